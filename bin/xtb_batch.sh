#!/usr/bin/env bash
# Runs xtb on every structure of a batch that was written by `label.jar prepare --engine xtb`.
#
#   xtb_batch.sh BATCH_DIR [TIMEOUT_SECONDS]        (600 seconds for each structure unless said otherwise)
#
# In each folder BATCH_DIR/0000, 0001, ... it reads in.xyz and xtb.args and leaves xtb.out, xtb.err, in.engrad and status.
# A calculation that fails is recorded there and the next one begins: the exit status is 0 as soon as all have been tried.
# It is not 0 if nothing can be run at all: 127 without xtb, 2 if called wrongly. Needs bash, coreutils and xtb; no Java.
set -u

die() { echo "xtb_batch.sh: $2" >&2; exit "$1"; }

[ $# -eq 1 ] || [ $# -eq 2 ] || die 2 "usage: xtb_batch.sh BATCH_DIR [TIMEOUT_SECONDS]"
batch=$1
limit=${2:-600}
[ -d "$batch" ] || die 2 "$batch: no such folder"
[ -f "$batch/batch.json" ] || die 2 "$batch: is not a prepared batch: it has no batch.json"
case $limit in '' | 0 | *[!0-9]*) die 2 "the timeout must be a whole number of seconds, 1 or more, is '$limit'" ;; esac
command -v xtb > /dev/null || die 127 "xtb is not installed: apt-get install -y --no-install-recommends xtb"

# One thread: more structures at a time gain more than more threads for one, and sums keep their order.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 OMP_STACKSIZE=1G
# Debian's xtb finds its parameter files there; others set XTBPATH themselves.
if [ -z "${XTBPATH:-}" ] && [ -d /usr/share/xtb ]; then export XTBPATH=/usr/share/xtb; fi
ulimit -s unlimited 2> /dev/null || true

for folder in "$batch"/[0-9]*/; do
    [ -f "$folder/xtb.args" ] || continue
    rm -f "$folder/status"
    (
        cd "$folder" || exit 1
        # xtb takes up what an earlier run left: a restart file would be its first guess, .CHRG and .UHF its charge and spin.
        find . -mindepth 1 -maxdepth 1 ! -name in.xyz ! -name xtb.args -exec rm -rf {} +
        read -r -a arguments < xtb.args
        SECONDS=0
        timeout -k 5 "$limit" xtb in.xyz "${arguments[@]}" > xtb.out 2> xtb.err < /dev/null
        status=$?
        # 137: killed. By timeout, if the time was up and xtb had not ended when it was asked to; else by somebody else.
        if [ $status -eq 137 ] && [ $SECONDS -ge "$limit" ]; then status=124; fi
        find . -mindepth 1 -maxdepth 1 ! -name in.xyz ! -name xtb.args ! -name xtb.out ! -name xtb.err ! -name in.engrad \
            -exec rm -rf {} +
        # Last, and whole: a folder without it was never finished.
        printf 'exit_status=%d\ntimeout_seconds=%d\n' "$status" "$limit" > status.part && mv status.part status
    )
done
exit 0
