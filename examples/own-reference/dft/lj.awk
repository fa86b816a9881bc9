# Stands for a program of density functional theory: Lennard-Jones, extended XYZ in and out. Ends with status 3 where two atoms are
# nearer than 1.5 angstrom, as a program that does not converge.
NR == 1 { n = $1; next }
NR == 2 { c = $0; sub(/Properties=[^ ]*/, "Properties=species:S:1:pos:R:3:REF_forces:R:3", c); next }
{ s[NR - 2] = $1; for (k = 1; k <= 3; k++) x[NR - 2, k] = $(k + 1) }
END {
    for (i = 1; i <= n; i++) for (j = 1; j <= n; j++) if (i != j) {
        r2 = 0; for (k = 1; k <= 3; k++) { d[k] = x[j, k] - x[i, k]; r2 += d[k]^2 }
        if (r2 < 1.5^2) { print "no convergence: atoms " i " and " j " are too near" > "/dev/stderr"; exit 3 }
        q = (2.6^2 / r2)^3; e += q * q / 2 - q; for (k = 1; k <= 3; k++) f[i, k] -= 12 * (q * q - q) * d[k] / r2
    }
    print n; printf "%s REF_energy=%.10f\n", c, e
    for (i = 1; i <= n; i++) printf "%s %s %s %s %.10f %.10f %.10f\n", s[i], x[i, 1], x[i, 2], x[i, 3], f[i, 1], f[i, 2], f[i, 3]
}
