#!/usr/bin/env bash
# Builds the images of the reference programs without a registry, labels a dimer in each and without it, and compares energies and forces.
# Needs root, the programs themselves, and on Debian: apt-get install -y --no-install-recommends podman runc conmon debootstrap
#
#   tests/sites/podman_engines.sh [ENGINE...]      default: xtb gpaw cp2k espresso nwchem
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
folder=$(mktemp -d)
[ $# -gt 0 ] || set -- xtb gpaw cp2k espresso nwchem

fail() { echo "podman_engines.sh: $*; everything is in $folder" >&2; exit 1; }

# An image brings its own linear algebra: the last digits of an energy may differ, what a label means may not. eV, eV/angstrom.
readonly energy=1e-6 force=1e-4

export CONTAINERS_CONF=$here/containers.conf
cd "$folder"
printf '2\nProperties=species:S:1:pos:R:3 pbc="F F F"\nAu 0 0 0\nAu 0 0 2.6\n' > gold.xyz
printf '2\nProperties=species:S:1:pos:R:3 pbc="F F F"\nSi 0 0 0\nSi 0.1 0 2.1\n' > silicon.xyz

label() { printf '%s\n' "$settings" > settings.json; "$root/nextflow" run "$root" --reference "$engine" --label_structures "$molecule.xyz" --reference_settings settings.json -ansi-log false "$@"; }

for engine in "$@"; do
    molecule=gold settings='{}'
    case $engine in
        # Debian has no PBE pseudopotential of gold.
        espresso) molecule=silicon settings='{"ecutwfc": 20, "ecutrho": 160, "vacuum": 3, "pseudopotentials": {"Si": "Si.pbe-rrkj.UPF"}}' ;;
        # Small: this compares a program with itself.
        gpaw) settings='{"cutoff": 200, "vacuum": 3}' ;;
        cp2k) settings='{"cutoff": 200, "vacuum": 4}' ;;
        nwchem) settings='{"basis_sets": {"Au": "lanl2dz_ecp"}, "ecps": {"Au": "lanl2dz_ecp"}}' ;;
    esac
    "$root/containers/build.sh" --bootstrap java "$engine" > "build_$engine.log" 2>&1 ||
        { tail -n 30 "build_$engine.log" >&2; fail "the image of $engine could not be built"; }
    label --outdir "local_$engine" -work-dir work_local > "local_$engine.log" 2>&1 || { cat "local_$engine.log" >&2; fail "$engine failed without an image"; }
    label --outdir "image_$engine" -work-dir "work_$engine" -profile podman -c "$here/podman.config" > "image_$engine.log" 2>&1 ||
        { cat "image_$engine.log" >&2; fail "$engine failed in its image"; }
    grep -q "podman run .* localhost/cupel/$engine /bin/bash" "work_$engine"/*/*/.command.run || fail "$engine did not run in its image"
    cat {local,image}_"$engine"/labels/*.xyz |
        awk -v engine="$engine" -v energy="$energy" -v force="$force" '
            function difference(a, b) { return a > b ? a - b : b - a }
            /^[0-9]+$/ { atoms += $1; next }
            match($0, /REF_energy=[^ ]*/) { e[++labels] = substr($0, RSTART + 11, RLENGTH - 11); next }
            { for (i = 5; i <= 7; i++) f[labels, ++values[labels]] = $i }
            END {
                half = labels / 2
                for (l = 1; l <= half; l++) {
                    if (values[l] == 0 || values[l] != values[half + l]) { print "podman_engines.sh: forces are missing" > "/dev/stderr"; exit 1 }
                    if (difference(e[l], e[half + l]) > worst) worst = difference(e[l], e[half + l])
                    for (i = 1; i <= values[l]; i++) if (difference(f[l, i], f[half + l, i]) > push) push = difference(f[l, i], f[half + l, i])
                }
                printf "%s: %d labels, energies within %.1e eV, forces within %.1e eV/angstrom\n", engine, half, worst, push
                exit !(half >= 1 && half == int(half) && worst <= energy && push <= force)
            }' || fail "$engine: the labels differ"
done

cd /
rm -rf "$folder"
