#!/usr/bin/env bash
# Runs VASP in the folder of one calculation; and says which VASP it is.
#
#   label_vasp.sh COMMAND...         such as: label_vasp.sh mpirun -np 4 vasp_std
#   label_vasp.sh --identify SETTINGS.json ATOMS.xyz -- COMMAND...
#                                    prints version=..., and data.<Element>.POTCAR=... for each element of ATOMS.xyz
#
# The potentials are VASP's property and licensed to the site: they are put together here, where VASP runs, from the files
# $VASP_PP_PATH/<setting potcar_dir>/<name>/POTCAR, and taken away again afterwards. Neither Cupel nor its work folders keep a copy. Which
# ones a calculation needs says its potcar.txt, a line each: element, name, folder.
set -u

die() { echo "label_vasp.sh: $2" >&2; exit "$1"; }

# Prints the potential ELEMENT NAME FOLDER.
potential() {
    [ -n "${VASP_PP_PATH:-}" ] || die 2 "VASP_PP_PATH is not set: it must name the folder that holds $3, with your POTCARs"
    local place=$VASP_PP_PATH/$3
    if [ -f "$place/$2/POTCAR" ]; then
        cat "$place/$2/POTCAR"
    elif [ -f "$place/$2/POTCAR.gz" ]; then
        gzip -dc "$place/$2/POTCAR.gz"
    elif [ -f "$place/$2/POTCAR.Z" ]; then
        gzip -dc "$place/$2/POTCAR.Z"
    else
        die 2 "no potential of $1: there is no $place/$2/POTCAR; see the settings potcar and potcar_dir"
    fi
}

# One thread unless the site says otherwise: sums keep their order.
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
ulimit -s unlimited 2> /dev/null || true

if [ "${1:-}" = --identify ]; then
    settings=${2:-}
    atoms=${3:-}
    [ -f "$settings" ] && [ -f "$atoms" ] && [ "${4:-}" = -- ] && [ $# -gt 4 ] ||
        die 2 "usage: label_vasp.sh --identify SETTINGS.json ATOMS.xyz -- COMMAND..."
    shift 4
    program=${1%% *}
    command -v "$program" > /dev/null || die 127 "$program is not there: VASP is brought by its users; load its module, or set ext.command"
    place=$(mktemp -d)
    trap 'rm -rf "$place"' EXIT
    # VASP has no --version. Without a POSCAR it stops at once, after it has said who it is.
    (cd "$place" && echo "SYSTEM = who are you" > INCAR && timeout -k 5 120 bash -c "$*" > said 2>&1 < /dev/null)
    version=$(cat "$place/OUTCAR" "$place/said" 2> /dev/null | grep -a -o -m 1 -E 'vasp\.[0-9][^ ]*' | head -n 1)
    [ -n "$version" ] || die 1 "'$*' did not say which version of VASP it is: $(tail -n 1 "$place/said" 2> /dev/null)"
    echo "version=${version#vasp.}"
    # As label.jar settings writes it: one key a line.
    folder=$(sed -n 's/^ *"potcar_dir" : "\(.*\)",\{0,1\}$/\1/p' "$settings")
    names=$(sed -n '/^ *"potcar" : {/,/}/p' "$settings")
    for element in $(awk 'NF == 1 && $1 ~ /^[0-9]+$/ { n = $1; getline; while (n-- > 0) { getline; print $1 } }' "$atoms" | sort -u); do
        name=$(printf '%s\n' "$names" | sed -n 's/^ *"'"$element"'" : "\(.*\)",\{0,1\}$/\1/p')
        name=${name:-$element}
        content=$(potential "$element" "$name" "$folder" | sha256sum; exit "${PIPESTATUS[0]}") || exit 2
        echo "data.$element.POTCAR=${content:0:16}"
    done
    exit 0
fi

# The last file that is written tells label_batch.sh whether safer settings are needed: converged.txt.
[ $# -gt 0 ] && [ -f potcar.txt ] || die 2 "usage: label_vasp.sh COMMAND..., in a folder with potcar.txt"
trap 'rm -f POTCAR' EXIT
while read -r element name folder; do
    potential "$element" "$name" "$folder" || exit 2
done < potcar.txt > POTCAR || exit 2
rm -f converged.txt
bash -c "$*" < /dev/null
status=$?
# VASP 5 says that EDIFF is reached also when it was NELM that was: only fewer electronic steps than allowed are believed.
if [ -f OUTCAR ]; then
    awk '/^ *NELM *=/ { limit = $0; sub(/^ *NELM *= */, "", limit); limit += 0 }
         /Iteration +[0-9]+\( *[0-9]+\)/ { step = $0; sub(/.*Iteration +[0-9]+\( */, "", step); steps = step + 0 }
         /aborting loop because EDIFF is reached/ { reached = 1 }
         /General timing and accounting/ { whole = 1 }
         END { if (reached && whole && steps > 0 && steps < limit) print "converged in " steps " steps of " limit }' OUTCAR > converged.part
    if [ -s converged.part ]; then mv converged.part converged.txt; else rm -f converged.part; fi
fi
exit $status
