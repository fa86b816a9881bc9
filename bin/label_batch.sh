#!/usr/bin/env bash
# Runs a reference program on every structure of a batch that was written by `label.jar prepare`.
#
#   label_batch.sh BATCH_DIR --timeout SECONDS --converged FILE REGEX [--scratch GLOB]... -- COMMAND...
#
# In the folders BATCH_DIR/0000, 0001, ... it runs COMMAND (its words joined, for bash) in rung_1; only if FILE there does not match
# REGEX (grep -E) afterwards, or the time was up, also in rung_2, whose settings are safer, and so on. --scratch: files that nobody
# reads again are removed after a run. Each folder that was tried is left with engine.out, engine.err, the program's own files, and
# status. A calculation that fails is recorded there and the next one begins: the exit status is 0 as soon as all have been tried.
# It is not 0 if nothing can be run at all: 127 without the program, 2 if called wrongly, 74 if nothing can be written.
# Needs bash 5, coreutils and grep; no Java.
set -u
export LC_ALL=C

die() { echo "label_batch.sh: $2" >&2; exit "$1"; }
usage='usage: label_batch.sh BATCH_DIR --timeout SECONDS --converged FILE REGEX [--scratch GLOB]... -- COMMAND...'

[ $# -ge 1 ] || die 2 "$usage"
batch=$1
shift
limit='' file='' regex=''
scratch=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    case $1 in
        --timeout) limit=${2-}; shift 2 || die 2 "$usage" ;;
        --converged) file=${2-}; regex=${3-}; shift 3 || die 2 "$usage" ;;
        --scratch) scratch+=("${2-}"); shift 2 || die 2 "$usage" ;;
        *) die 2 "what is '$1'? $usage" ;;
    esac
done
[ $# -ge 2 ] && [ -n "$file" ] && [ -n "$regex" ] || die 2 "$usage"
shift
command=$*
[ -d "$batch" ] || die 2 "$batch: no such folder"
[ -f "$batch/batch.json" ] || die 2 "$batch: is not a prepared batch: it has no batch.json"
case $limit in '' | 0 | *[!0-9]*) die 2 "the timeout must be a whole number of seconds, 1 or more, is '$limit'" ;; esac
program=${command%% *}
command -v "$program" > /dev/null || die 127 "$program is not installed, or not on the PATH"

# Programs take up what an earlier run left in the current folder, as a first guess or worse: only the input stays.
clean() {
    find . -mindepth 1 -maxdepth 1 ! -name inputs.txt -printf '%f\n' | grep -vxF -f inputs.txt | while IFS= read -r left; do rm -rf -- "./$left"; done
}

# One calculation in the current folder. True if it shows its convergence.
calculate() {
    local begin=$EPOCHREALTIME TIMEFORMAT='%U %S' status
    { time timeout -k 5 "$limit" bash -c "$command" > engine.out 2> engine.err < /dev/null; } 2> time.part
    status=$?
    local seconds
    seconds=$(awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f", b - a }')
    # 137: killed. By timeout, if the time was up and the program had not ended when it was asked to; else by somebody else.
    if [ $status -eq 137 ] && [ "${seconds%.*}" -ge "$limit" ]; then status=124; fi
    local glob
    for glob in "${scratch[@]+"${scratch[@]}"}"; do
        # shellcheck disable=SC2086
        rm -rf -- $glob
    done
    # Last, and whole: a folder without it was never finished.
    {
        printf 'exit_status=%d\ntimeout_seconds=%d\nseconds=%s\n' "$status" "$limit" "$seconds" &&
            tail -n 1 time.part | awk '{ printf "cpu_seconds=%.3f\n", $1 + $2 }' # behind what bash says of a signal
    } > status.part && rm -f time.part && mv status.part status || exit 74
    [ $status -ne 124 ] && [ -f "$file" ] && grep -qE -e "$regex" "$file"
}

for folder in "$batch"/[0-9]*/; do
    for inputs in "$folder"rung_*/inputs.txt; do
        if [ -f "$inputs" ]; then (cd "${inputs%/*}" && clean); fi
    done
    rung=1
    while [ -f "${folder}rung_$rung/inputs.txt" ]; do
        (cd "${folder}rung_$rung" && calculate)
        case $? in
            0) break ;;
            74) die 74 "${folder}rung_$rung: cannot be written; is the disk full?" ;;
        esac
        rung=$((rung + 1))
    done
done
exit 0
