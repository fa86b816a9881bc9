#!/usr/bin/env bash
# What a label from xtb (GFN1) costs: CPU seconds per structure, energy and forces, one thread, everything that the run step
# does included. Compact clusters of gold, cut from fcc and rattled by up to 0.15 angstrom in each coordinate.
#
#   mvn -q package -DskipTests && benchmarks/xtb_timing.sh [STRUCTURES_PER_SIZE] [SIZES...]       (20; 2 8 13 20)
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-20}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- 2 8 13 20
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

clusters() { # number of atoms, number of clusters
    awk -v n="$1" -v count="$2" '
        # a generator of its own: rand() differs from one awk to the next
        function uniform() { state = (state * 16807) % 2147483647; return state / 2147483647 }
        BEGIN {
            state = 12345 + n; m = 0
            for (i = -3; i <= 3; i++) for (j = -3; j <= 3; j++) for (k = -3; k <= 3; k++)
                if ((i + j + k) % 2 == 0) {
                    x[m] = i; y[m] = j; z[m] = k
                    # off centre, so that no two points are equally far and the order is defined
                    d[m] = (i - 0.11) ^ 2 + (j - 0.07) ^ 2 + (k - 0.03) ^ 2
                    m++
                }
            for (c = 0; c < count; c++) {
                print n "\npbc=\"F F F\" Properties=species:S:1:pos:R:3"
                split("", used)
                for (a = 0; a < n; a++) {
                    best = -1
                    for (p = 0; p < m; p++) if (!(p in used) && (best < 0 || d[p] < d[best])) best = p
                    used[best]
                    printf "Au %.8f %.8f %.8f\n", 1.97 * x[best] + 0.3 * uniform() - 0.15,
                        1.97 * y[best] + 0.3 * uniform() - 0.15, 1.97 * z[best] + 0.3 * uniform() - 0.15
                }
            }
        }'
}

identity=$work/engine.txt
printf 'version=%s\n' "$(xtb --version 2>&1 | sed -n 's/.*xtb version \([^ ]*\).*/\1/p')" > "$identity"
export OMP_NUM_THREADS=1 XTBPATH="${XTBPATH:-/usr/share/xtb}"

printf '%5s %10s %8s %7s %22s\n' atoms structures labelled failed 'CPU s per structure'
TIMEFORMAT='%U %S'
for n in "$@"; do
    clusters "$n" "$count" > "$work/$n.xyz"
    java -jar target/label.jar prepare --engine xtb --identity "$identity" --structures "$work/$n.xyz" \
        --batch-size "$count" --output-dir "$work/$n" > "$work/log"
    cpu=$({ time bin/label_batch.sh "$work/$n/batch_0000" --timeout 600 \
        --converged engine.out ':: total energy +-' -- 'xtb in.xyz $(cat xtb.args)' > "$work/log"; } 2>&1)
    summary=$(java -jar target/label.jar parse --batch "$work/$n/batch_0000" --output "$work/answers.xyz")
    echo "$n $count $summary $cpu" |
        awk '{ printf "%5d %10d %8d %7d %22.3f\n", $1, $2, $3, $5, ($(NF - 1) + $NF) / $2 }'
done
