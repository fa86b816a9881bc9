#!/usr/bin/env bash
# Which program will answer, and which data files: what the level of theory of its labels is made of.
#
#   identify_engine.sh cp2k|espresso|nwchem SETTINGS.json ATOMS.xyz
#
# SETTINGS.json is from `label.jar settings`, ATOMS.xyz holds all elements that will be asked for. Prints version=... and lines
# data.NAME=..., the first 16 hexadecimal digits of a checksum: SHA-256, but for pseudopotentials of Quantum ESPRESSO the MD5 that pw.x
# itself prints of each, so that a file that is changed later is noticed. Fails if the program, or the data of an element, is missing.
# Needs bash, coreutils, awk, grep and sed. $IDENTIFY_COMMAND: the program with its launcher, where it is not just its name.
set -euo pipefail
export LC_ALL=C

die() { echo "identify_engine.sh: $2" >&2; exit "$1"; }
[ $# -eq 3 ] || die 2 'usage: identify_engine.sh cp2k|espresso|nwchem SETTINGS.json ATOMS.xyz'
engine=$1 settings=$2 atoms=$3
for file in "$settings" "$atoms"; do [ -f "$file" ] || die 2 "$file: no such file"; done

# A setting that is text or a number.
setting() {
    tr -d '\n' < "$settings" | sed -nE "s/^\{ *(.*[{,] *)?\"$1\" *: *(\"([^\"]*)\"|([^\",} ]+)).*/\3\4/p"
}

# What a setting says of one element, nothing if it says nothing; with a third argument, whether it says anything.
setting_of() {
    local own
    own=$(tr -d '\n' < "$settings" | sed -nE "s/.*\"$1\" *: *\{([^}]*)\}.*/\1/p" | tr ',' '\n' | grep -E "\"$2\" *:" || true)
    [ -n "$own" ] || return 1
    sed -nE 's/.*: *"([^"]*)".*/\1/p' <<< "$own"
}

elements() {
    awk 'NF { n = $1; getline; for (i = 0; i < n; i++) { getline; print $1 } }' "$atoms" | sort -u
}

checksum() { printf '%.16s' "$("$1" < "$2")"; }

# Where basis sets and potentials are text files with a line "SYMBOL NAME ..." for each.
holds() {
    awk -v symbol="$2" -v name="$3" 'toupper($1) == toupper(symbol) { for (i = 2; i <= NF; i++) if ($i == name) found = 1 }
        END { exit !found }' "$1"
}

missing() { die 127 "$1 is not installed, or not on the PATH: apt-get install -y --no-install-recommends $2"; }

case $engine in
    cp2k)
        command=${IDENTIFY_COMMAND:-cp2k}
        command -v "${command%% *}" > /dev/null || missing "${command%% *}" cp2k
        printf '&GLOBAL\n  PROJECT identify\n  RUN_TYPE NONE\n&END GLOBAL\n' > identify.inp
        # RUN_TYPE NONE does nothing; that some versions complain does not matter, they have said who they are.
        $command -i identify.inp > identify.out 2>&1 < /dev/null || true
        version=$(sed -nE 's/.*version string: +CP2K version +([^ ]+).*/\1/p' identify.out)
        folder=${CP2K_DATA_DIR:-$(sed -nE 's/.*Data directory path +([^ ]+) *$/\1/p' identify.out)}
        [ -n "$version" ] || die 1 "cp2k did not tell its version: $(tail -n 3 identify.out)"
        printf 'version=%s\n' "$version"
        read -r -a bases <<< "$(setting basis_set_files)"
        potentials=$(setting potential_file)
        for file in "${bases[@]}" "$potentials"; do
            [ -f "$folder/$file" ] || die 1 "CP2K's data folder $folder has no file $file (\$CP2K_DATA_DIR names another folder)"
            printf 'data.%s=%s\n' "${file//[^A-Za-z0-9_.-]/_}" "$(checksum sha256sum "$folder/$file")"
        done
        for element in $(elements); do
            basis=$(setting_of basis_sets "$element" || setting basis_set)
            potential=$(setting_of potentials "$element" || setting potential)
            found=''
            for file in "${bases[@]}"; do
                if holds "$folder/$file" "$element" "$basis"; then found=$file; fi
            done
            [ -n "$found" ] || die 1 "no basis set $basis for $element in ${bases[*]}: see the settings basis_sets and basis_set_files"
            holds "$folder/$potentials" "$element" "$potential" ||
                die 1 "no potential $potential for $element in $potentials: see the settings potentials and potential_file"
        done
        ;;
    espresso)
        command=${IDENTIFY_COMMAND:-pw.x}
        command -v "${command%% *}" > /dev/null || missing "${command%% *}" quantum-espresso
        # pw.x has no option for it: it tells its version, and then that it has no input.
        $command < /dev/null > identify.out 2>&1 || true
        version=$(sed -nE 's/.*Program PWSCF v\.?([^ ]+) starts.*/\1/p' identify.out | head -n 1)
        [ -n "$version" ] || die 1 "pw.x did not tell its version: $(tail -n 3 identify.out)"
        printf 'version=%s\n' "$version"
        folder=$(setting pseudo_dir)
        for element in $(elements); do
            file=$(setting_of pseudopotentials "$element") ||
                die 1 "no pseudopotential for $element: name its file in the setting pseudopotentials"
            [ -f "$folder/$file" ] || die 1 "no pseudopotential $file for $element in $folder: see the settings pseudo_dir and pseudopotentials"
            printf 'data.%s.UPF=%s\n' "$element" "$(checksum md5sum "$folder/$file")"
        done
        ;;
    nwchem)
        command=${IDENTIFY_COMMAND:-nwchem}
        command -v "${command%% *}" > /dev/null || missing "${command%% *}" nwchem
        printf 'start identify\n' > identify.nw
        $command identify.nw > identify.out 2>&1 < /dev/null || true
        version=$(sed -nE 's/.*\(NWChem\) ([^ ]+).*/\1/p' identify.out | head -n 1)
        [ -n "$version" ] || die 1 "nwchem did not tell its version: $(tail -n 3 identify.out)"
        printf 'version=%s\n' "$version"
        # NWChem's own order: the environment, then its configuration files, then where Debian puts it.
        folder=${NWCHEM_BASIS_LIBRARY:-}
        for file in "${HOME:-}/.nwchemrc" /etc/nwchemrc; do
            if [ -z "$folder" ] && [ -f "$file" ]; then folder=$(sed -nE 's/^ *nwchem_basis_library +([^ ]+).*/\1/p' "$file"); fi
        done
        folder=${folder:-/usr/share/nwchem/libraries}
        number() {
            awk -v symbol="$1" 'BEGIN {
                n = split("H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr", symbols, " ")
                for (i = 1; i <= n; i++) if (symbols[i] == symbol) print i }'
        }
        # Prints the line of a library's checksum, having seen that it holds the element.
        library() {
            # NWChem finds "6-31G*" in the file 6-31gs.
            local name=${3,,}
            name=${name//\*/s}
            [ -f "$folder/$name" ] || die 1 "NWChem's library $folder has no $3 (\$NWCHEM_BASIS_LIBRARY names another folder)"
            grep -qiE "^ *(basis|ecp) +\"?$1_" "$folder/$name" || die 1 "NWChem's library $3 has nothing for $1"
            printf 'data.%s.%s=%s\n' "$1" "$2" "$(checksum sha256sum "$folder/$name")"
        }
        for element in $(elements); do
            basis=$(setting_of basis_sets "$element" || setting basis)
            library "$element" basis "$basis"
            core=$(setting_of ecps "$element" ||
                { [ "$(number "$element")" -lt "$(setting ecp_from)" ] || setting ecp; })
            if [ -n "$core" ]; then library "$element" ecp "$core"; fi
        done
        ;;
    *)
        die 2 "unknown engine $engine: must be cp2k, espresso or nwchem"
        ;;
esac
