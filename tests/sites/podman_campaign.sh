#!/usr/bin/env bash
# Builds the images for Java and xtb without a registry, runs the smallest campaign with xtb in them, and compares it with the same
# campaign without containers. Needs root, xtb, and on Debian: apt-get install -y --no-install-recommends podman runc conmon debootstrap
#
#   tests/sites/podman_campaign.sh [DIR]      a new folder for everything (default: a temporary one, which goes when all is well)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)

fail() { echo "podman_campaign.sh: $*; everything is in $folder" >&2; exit 1; }

run() { "$root/nextflow" run "$root" --reference xtb --sizes 2..4 --max_generations 1 -ansi-log false "$@"; }

export CONTAINERS_CONF=$here/containers.conf
cd "$folder"
"$root/containers/build.sh" --bootstrap java xtb > build.log 2>&1 || { tail -n 30 build.log >&2; fail 'the images could not be built'; }

# The image of xtb has no Java, and that of Java no xtb: neither step can have run in the other's.
! podman run --rm --network=none --ulimit nofile=1024:1024 --ulimit nproc=1000:1000 localhost/cupel/xtb bash -c 'command -v java' ||
    fail 'the image of xtb has Java'
! podman run --rm --network=none --ulimit nofile=1024:1024 --ulimit nproc=1000:1000 localhost/cupel/java bash -c 'command -v xtb' ||
    fail 'the image of Java has xtb'

run -profile 'test,podman' -c "$here/podman.config" --outdir results -work-dir work | tee podman.log
submitted=$(grep -c '] Submitted process > ' podman.log)
for image in java xtb; do
    # One line of .command.run starts the container.
    count=$(cat work/*/*/.command.run | grep -c "podman run .* localhost/cupel/$image /bin/bash") || fail "no task ran in $image"
    echo "$count tasks in localhost/cupel/$image"
    submitted=$((submitted - count))
done
[ $submitted -eq 0 ] || fail "$submitted tasks ran in no container"

run -profile test --outdir local -work-dir work-local > local.log || { cat local.log; fail 'the campaign without containers failed'; }
# What calculations took is never the same twice.
diff -r -x '*_costs.csv' results/campaign_01 local/campaign_01 || fail 'the results differ'

echo 'In containers: the same bytes as without.'
[ $# -gt 0 ] || { cd /; rm -rf "$folder"; }
