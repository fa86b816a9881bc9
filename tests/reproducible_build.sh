#!/usr/bin/env bash
# Two builds of the last commit, in two folders: is the release archive the same, byte for byte? Takes a minute or two on an idle machine, and
# is not for mvn -o: without a network the plugin for bills of materials writes none.
#
#   tests/reproducible_build.sh [DIR]      a new folder for both (default: a temporary one, which goes when all is well)
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd -P)
folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)

# Other paths, another umask, another time zone, another language: what may get into a file unseen.
build() {
    git clone -q "$root" "$folder/$1"
    (umask "$2" && cd "$folder/$1" && TZ=$3 LC_ALL=$4 mvn -B -q -Prelease package -Dmaven.test.skip=true > build.log 2>&1) ||
        { tail -n 20 "$folder/$1/build.log" >&2; exit 1; }
    (cd "$folder/$1/target" && sha256sum featurize.jar train.jar sample.jar compare.jar label.jar cupel-*.zip)
}

build one 022 UTC C > "$folder/one.sha256"
build 'another folder' 077 Asia/Tokyo C.UTF-8 > "$folder/another.sha256"
diff "$folder/one.sha256" "$folder/another.sha256" || { echo "reproducible_build.sh: the builds differ; both are in $folder" >&2; exit 1; }
cat "$folder/one.sha256"
[ $# -gt 0 ] || rm -rf "$folder"
