#!/usr/bin/env bash
# Builds Cupel's container images from the recipes beside this file, NAME.Containerfile.
#
#   containers/build.sh [--bootstrap] [--prefix PREFIX] [--with PROGRAM] NAME...
#
#   NAME         java, xtb, gpaw, cp2k, espresso, nwchem; the image is then PREFIX/NAME
#   --prefix     default localhost/cupel, as in the pipeline (--container_prefix)
#   --with       podman (default) or docker
#   --bootstrap  where no registry of images can be reached: the Debian that images begin from is made with debootstrap, from a mirror of
#                packages, instead of pulled. Needs podman, and root. The mirror: DEBIAN_MIRROR, default that of debootstrap
#
# Debian: apt-get install -y --no-install-recommends podman runc conmon, and debootstrap for --bootstrap
set -euo pipefail

die() { echo "build.sh: $*" >&2; exit 1; }

here=$(cd "$(dirname "$0")" && pwd -P)
prefix=localhost/cupel program=podman bootstrap='' names=()
while [ $# -gt 0 ]; do
    case $1 in
        --bootstrap) bootstrap=yes; shift ;;
        --prefix) prefix=${2:?--prefix needs a value}; shift 2 ;;
        --with) program=${2:?--with needs podman or docker}; shift 2 ;;
        -*) die "there is no option $1" ;;
        *) names+=("$1"); shift ;;
    esac
done
[ ${#names[@]} -gt 0 ] || die "usage: build.sh [--bootstrap] [--prefix PREFIX] [--with podman|docker] NAME..."
for name in "${names[@]}"; do
    [ -f "$here/$name.Containerfile" ] || die "there is no recipe $name; there are: $(cd "$here" && echo *.Containerfile | sed 's/\.Containerfile//g')"
done
command -v "$program" > /dev/null || die "$program is not installed"

options=()
if [ "$bootstrap" ]; then
    [ "$program" = podman ] || die '--bootstrap needs podman'
    [ "$(id -u)" = 0 ] || die '--bootstrap needs root, as debootstrap does'
    command -v debootstrap > /dev/null || die 'debootstrap is not installed; on Debian: apt-get install -y --no-install-recommends debootstrap'
    base=$prefix/debian:bookworm
    if ! podman image exists "$base"; then
        root=$(mktemp -d)
        trap 'rm -rf "$root"' EXIT
        debootstrap --variant=minbase bookworm "$root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} > "$root.log" 2>&1 ||
            { tail -n 20 "$root.log" >&2; die "debootstrap failed; everything it said is in $root.log"; }
        rm -rf "$root.log" "$root"/var/cache/apt/archives/*.deb
        tar -C "$root" -c . | podman import - "$base" > /dev/null
    fi
    # chroot: the steps of the build need no containers of their own, which many containers and virtual machines do not allow.
    options=(--isolation chroot --network host --build-arg "BASE=$base")
fi

for name in "${names[@]}"; do
    "$program" build "${options[@]+"${options[@]}"}" -t "$prefix/$name" -f "$here/$name.Containerfile" "$here"
done
