#!/usr/bin/env bash
# Runs the command of `label.jar prepare --engine command` in the folder of one calculation.
#
#   label_command.sh [FILES_DIR]
#   label_command.sh --identify SETTINGS.json FILES_DIR    prints the setting version, and checksums of the files
#
# In a folder with input.xyz and command.txt: links the user's files into it, so that ./my_code works, runs the command, and, if that ends
# with status 0 and leaves output.xyz, writes the line "answered" into answered.txt. Ends with the status of the command.
set -u

if [ "${1:-}" = --identify ] && [ $# -eq 3 ]; then
    version=$(sed -n 's/^ *"version" : "\(.*\)",\{0,1\}$/\1/p' "$2")
    echo "version=${version:-unstated}"
    for file in "$3"/*; do
        if [ -f "$file" ]; then
            name=$(printf '%s' "${file##*/}" | tr -c 'A-Za-z0-9_.-' _)
            printf 'data.file.%s=%.16s\n' "$name" "$(sha256sum < "$file")"
        fi
    done
    exit 0
fi
if [ $# -gt 1 ] || [ ! -f command.txt ]; then
    echo "usage: label_command.sh [FILES_DIR], in a folder with command.txt" >&2
    exit 2
fi
if [ $# -eq 1 ] && [ -d "$1" ]; then
    folder=$(cd "$1" && pwd)
    for file in "$folder"/*; do
        name=${file##*/}
        if [ -e "$file" ] && [ ! -e "$name" ]; then ln -s "$file" "$name"; fi
    done
fi
rm -f output.xyz answered.txt
bash command.txt < /dev/null
status=$?
if [ $status -eq 0 ] && [ -s output.xyz ]; then echo answered > answered.txt; fi
exit $status
