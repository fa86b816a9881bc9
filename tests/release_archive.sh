#!/usr/bin/env bash
# Does the release archive run with Java alone? Unpacks it in an empty folder with spaces in its name, puts a compiler, a Maven
# and a Nextflow on the PATH that fail, and runs the smallest campaign, or what is given.
#
#   tests/release_archive.sh [target/cupel-VERSION.zip [PROFILE]]
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd -P)
archive=$(realpath "${1:-$(ls "$root"/target/cupel-*.zip)}")
folder=$(mktemp -d)
mkdir "$folder/path" "$folder/an empty folder"
for program in mvn javac nextflow; do
    printf '#!/bin/sh\necho "$0 $*" >> "%s"\nexit 1\n' "$folder/called" > "$folder/path/$program"
    chmod +x "$folder/path/$program"
done
cd "$folder/an empty folder"
unzip -q "$archive"
cd cupel-*
[ -s licenses/THIRD-PARTY.txt ] && [ -s licenses/THIRD-PARTY-nextflow.txt ] && [ -s sbom/cupel-bom.json ] && [ -s sbom/nextflow-bom.json ]
PATH=$folder/path:$PATH CUPEL_NEXTFLOW=own CUPEL_HOME=$folder/home ./nextflow run . -profile "${2:-test}" -ansi-log false
[ ! -e "$folder/called" ] || { cat "$folder/called" >&2; exit 1; }
[ -s results/campaign_01/potential.json ]
echo "${archive##*/} runs with Java alone."
cd / && rm -rf "$folder"
