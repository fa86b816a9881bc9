# Random clusters as extended XYZ: each atom beside another one, at a bond length that is rattled.
#     awk -v element=Au -v count=8 -v smallest=3 -v largest=6 -v seed=1 -f rattle.awk
# Random numbers of its own (Park and Miller), as rand() is another one in every awk.
function random() { state = state * 16807 % 2147483647; return state / 2147483647 }

# A place for atom n+1 at x, y and z of this index; false if it is too near to another atom.
function place(n,    i, k, d, r, r2, other) {
    do { r2 = 0; for (k = 1; k <= 3; k++) { d[k] = 2 * random() - 1; r2 += d[k] ^ 2 } } while (r2 > 1 || r2 < 0.01)
    other = 1 + int(n * random())
    r = 2.3 + 0.8 * random()
    for (k = 1; k <= 3; k++) x[n + 1, k] = x[other, k] + r * d[k] / sqrt(r2)
    for (i = 1; i <= n; i++) {
        r2 = 0; for (k = 1; k <= 3; k++) r2 += (x[n + 1, k] - x[i, k]) ^ 2
        if (r2 < 2.2 ^ 2) return 0
    }
    return 1
}

BEGIN {
    state = 1000003 * seed % 2147483646 + 1
    for (c = 1; c <= count; c++) {
        atoms = smallest + (c - 1) % (largest - smallest + 1)
        for (k = 1; k <= 3; k++) x[1, k] = 0
        for (n = 1; n < atoms; n++) while (!place(n)) continue
        printf "%d\nProperties=species:S:1:pos:R:3 pbc=\"F F F\"\n", atoms
        for (i = 1; i <= atoms; i++) printf "%s %.6f %.6f %.6f\n", element, x[i, 1], x[i, 2], x[i, 3]
    }
}
