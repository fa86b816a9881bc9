# In the place of a program of density functional theory: Lennard-Jones, 0.6 eV deep at 2.6 angstrom, and -20 eV for each atom alone. One
# structure in and out, extended XYZ. Ends with status 3 where two atoms are nearer than 1.5 angstrom, as one that does not converge.
NR == 1 { n = $1; next }
NR == 2 { notes = $0; sub(/Properties=[^ ]*/, "Properties=species:S:1:pos:R:3:REF_forces:R:3", notes); next }
{ species[NR - 2] = $1; for (k = 1; k <= 3; k++) x[NR - 2, k] = $(k + 1) }
END {
    e = -20 * n
    for (i = 1; i <= n; i++) for (j = 1; j <= n; j++) if (i != j) {
        r2 = 0; for (k = 1; k <= 3; k++) { d[k] = x[i, k] - x[j, k]; r2 += d[k] ^ 2 }
        if (r2 < 1.5 ^ 2) { print "SCF NOT CONVERGED" > "/dev/stderr"; exit 3 }
        q = (2.6 ^ 2 / r2) ^ 3
        e += 0.3 * (q * q - 2 * q)
        for (k = 1; k <= 3; k++) f[i, k] += 7.2 * (q * q - q) * d[k] / r2
    }
    printf "%d\n%s REF_energy=%.10f level=lennard-jones\n", n, notes, e
    for (i = 1; i <= n; i++) printf "%s %s %s %s %.10f %.10f %.10f\n", species[i], x[i, 1], x[i, 2], x[i, 3], f[i, 1], f[i, 2], f[i, 3]
}
