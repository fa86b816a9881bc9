#!/usr/bin/env bash
# Runs a reference program on every structure of a batch that was written by `label.jar prepare`.
#
#   label_batch.sh BATCH_DIR --timeout SECONDS --converged FILE REGEX [--scratch GLOB]... [--keep DIR] -- COMMAND...
#
# In the folders BATCH_DIR/0000, 0001, ... it runs COMMAND (its words joined, for bash) in rung_1; only if FILE there does not match
# REGEX (grep -E) afterwards, or the time was up, also in rung_2, whose settings are safer, and so on. --scratch: files that nobody
# reads again are removed after a run. Each folder that was tried is left with engine.out, engine.err, the program's own files, and
# status. A calculation that fails is recorded there and the next one begins: the exit status is 0 as soon as all have been tried.
# One that was killed by a signal from outside, as by a machine that ran out of memory, is begun again, once.
# --keep: what has converged is copied to DIR there and then, under a checksum of its input, and taken from there when the batch is run
# again because it was killed before its end. Who computes holds a lock, which the system frees when the process dies: a
# calculation that outlives a killed campaign is waited for, and not done twice.
# It is not 0 if nothing can be run at all: 127 without the program, 2 if called wrongly, 74 if nothing can be written.
# Needs bash 5, coreutils and grep; no Java.
set -u
export LC_ALL=C

die() { echo "label_batch.sh: $2" >&2; exit "$1"; }
usage='usage: label_batch.sh BATCH_DIR --timeout SECONDS --converged FILE REGEX [--scratch GLOB]... [--keep DIR] -- COMMAND...'

[ $# -ge 1 ] || die 2 "$usage"
batch=$1
shift
limit='' file='' regex='' keep=''
scratch=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    case $1 in
        --timeout) limit=${2-}; shift 2 || die 2 "$usage" ;;
        --converged) file=${2-}; regex=${3-}; shift 3 || die 2 "$usage" ;;
        --keep) keep=${2-}; shift 2 || die 2 "$usage" ;;
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
    # Not to a process that is left behind: the lock.
    { time timeout -k 5 "$limit" bash -c "$command" > engine.out 2> engine.err < /dev/null 9>&-; } 2> time.part
    status=$?
    local seconds
    seconds=$(awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f", b - a }')
    # 137: killed. By timeout, if the time was up and the program had not ended when it was asked to; else by somebody else.
    if [ $status -eq 137 ] && [ "${seconds%.*}" -ge "$limit" ]; then status=124; fi
    # Hung up, interrupted, killed or asked to end, and not by timeout: that is no answer to this structure.
    case $status in
        129 | 130 | 137 | 143)
            if [ -z "${1-}" ]; then
                clean
                calculate again
                return
            fi ;;
    esac
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

# A checksum of all that a calculation's answer depends on: program, version, data files and settings of the batch, and the input.
key_of() {
    {
        grep -v '"requests"' "$batch/batch.json"
        cd "$1" || exit
        for inputs in rung_*/inputs.txt; do
            echo "$inputs"
            (cd "${inputs%/*}" && while IFS= read -r name; do sha256sum "./$name"; done < inputs.txt)
        done
    } | sha256sum | cut -c 1-32
}

# Copies the folders of the rungs of a calculation that has converged, whole or not at all.
keep_calculation() {
    local part=$keep/.tmp-$$-$key
    mkdir "$part" && cp -rP "$1"rung_* "$part" && find "$part" -type l -delete &&
        find "$part" -type f -exec sync {} + && mv -T "$part" "$keep/$key" && return
    rm -rf "$part"
    echo "label_batch.sh: $keep: cannot be written; what has converged is not kept there" >&2
}

if [ -n "$keep" ] && ! mkdir -p "$keep"; then
    echo "label_batch.sh: $keep: cannot be made; what has converged is not kept there" >&2
    keep=''
fi
for folder in "$batch"/[0-9]*/; do
    for inputs in "$folder"rung_*/inputs.txt; do
        if [ -f "$inputs" ]; then (cd "${inputs%/*}" && clean); fi
    done
    if [ -n "$keep" ]; then
        key=$(key_of "$folder")
        echo "$key" > "${folder}kept"
        if { true 9> "$keep/$key.lock"; } 2> /dev/null; then
            exec 9> "$keep/$key.lock"
            # A file system without locks, or a machine without flock: then nobody is waited for.
            flock 9 2> /dev/null || true
        fi
        if [ -d "$keep/$key" ]; then
            cp -r "$keep/$key"/rung_* "$folder" || die 74 "$folder: cannot be written; is the disk full?"
            rm -f "$keep/$key.lock"
            exec 9>&-
            continue
        fi
    fi
    rung=1
    while [ -f "${folder}rung_$rung/inputs.txt" ]; do
        (cd "${folder}rung_$rung" && calculate)
        case $? in
            0)
                if [ -n "$keep" ]; then keep_calculation "$folder"; fi
                break ;;
            74) die 74 "${folder}rung_$rung: cannot be written; is the disk full?" ;;
        esac
        rung=$((rung + 1))
    done
    if [ -n "$keep" ]; then
        rm -f "$keep/$key.lock"
        exec 9>&-
    fi
done
exit 0
