#!/usr/bin/env bash
# A newcomer's walk: clones this repository into an empty folder and types every command of the README and the guides, in their order, as they
# stand there. Ends at the first that fails; prints how long each took. About half an hour on two cores; needs what README.md asks for, xtb and gpaw.
# Left out: mvn verify (CI does it) and -profile paper (two hours). VASP on Slurm: tests/sites/slurm_vasp.sh.
#
#   tests/newcomer.sh [DIR]      an empty folder for everything (default: a temporary one, which goes when all is well)
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd -P)
folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
cd "$folder"
[ -z "$(ls -A)" ] || { echo "newcomer.sh: $folder is not empty" >&2; exit 1; }
times=$folder/times.txt

# step WHERE COMMAND: types it, and notes the time.
step() {
    local began=$SECONDS
    printf '\n=== %s: %s\n' "$1" "$2"
    bash -euc "$2" || { echo "newcomer.sh: this failed (in $PWD): $2" >&2; exit 1; }
    printf '%5d s  %-30s %s\n' $((SECONDS - began)) "$1" "$2" >> "$times"
}

# commands DOCUMENT: the command lines in its blocks of code.
commands() { awk '/^ *```/ { code = !code; next } code' "$1" | sed 's/^ *//' | grep -E '^(\./nextflow|java|cp) '; }

# walk DOCUMENT: types them all.
walk() {
    local command
    commands "$1" > "$folder/commands.txt"
    [ -s "$folder/commands.txt" ] || { echo "newcomer.sh: $1 has no commands" >&2; exit 1; }
    while read -r command <&3; do
        case $command in
            *'-profile paper'*) ;;
            *) step "$1" "$command" ;;
        esac
    done 3< "$folder/commands.txt"
}

step 'clone' "git clone -q '$root' cupel"
cd cupel
# Structures of one's own, as the README calls them.
cp data/seeds/Au13.xyz mine.xyz
cp data/test/gupta-gold.xyz train.xyz
cp data/test/gupta-gold.xyz test.xyz
walk README.md
step 'help' './nextflow run . --help > /dev/null'

# The examples are of other elements than gold; each says what it makes.
walk docs/guides/own-system.md
cp examples/silver/seed.xyz mine.xyz
rm -r results-test
walk examples/silver/README.md
cp examples/gold-copper/seed.xyz mine.xyz
rm -r results-test
walk examples/gold-copper/README.md

# Last, because it changes a module.
walk docs/guides/own-pipeline.md

echo
cat "$times"
[ $# -gt 0 ] || { cd /; rm -rf "$folder"; }
