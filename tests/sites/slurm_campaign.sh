#!/usr/bin/env bash
# The smallest campaign with a quantum mechanical reference on a real Slurm: each step in its queue, a lost job done again, -resume,
# and the same bytes as without Slurm; and job arrays. Takes about three minutes; needs root, xtb and what slurm_cluster.sh needs.
#
#   tests/sites/slurm_campaign.sh [DIR]      a new folder for everything (default: a temporary one, which goes when all is well)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)

fail() { echo "slurm_campaign.sh: $*; everything is in $folder" >&2; exit 1; }

run() { "$root/nextflow" run "$root" --reference xtb --sizes 2..4 --max_generations 1 -ansi-log false "$@"; }

# tasks MARK LOG: how many tasks Nextflow said that of.
tasks() { grep -c "] $1 process > " "$2" || true; }

# What the jobs were: name, state and partition, one a line. (No accounting data base, so no sacct.)
jobs_that_ended() { sed -E 's/.* Name=nf-([^ ]*) JobState=([^ ]*) Partition=([^ ]*) .*/\1 \2 \3/' "$folder/slurm/jobs.txt"; }

"$here/slurm_cluster.sh" start "$folder/slurm"
trap '"$here/slurm_cluster.sh" stop "$folder/slurm"' EXIT
export SLURM_CONF=$folder/slurm/slurm.conf

cd "$folder"
# The first reference calculation is killed whole, as by a node that fails: nothing of it is left to say how it ended.
cat > lost.config << END
process {
    withName: RUN_XTB {
        beforeScript = '[ -e $folder/lost ] || { touch $folder/lost; kill -KILL 0; }'
    }
}
END
on_slurm=(-profile 'test,slurm' -c "$here/slurm.config,lost.config" --outdir results -work-dir work
    --slurm_queue java --slurm_engine_queue dft --slurm_account nobody '--slurm_options=--comment=cupel --nice=1')
run "${on_slurm[@]}" | tee first.log

submitted=$(tasks Submitted first.log)
[ "$(jobs_that_ended | wc -l)" -eq $((submitted + 1)) ] ||
    fail "$submitted tasks and one repetition are not $(jobs_that_ended | wc -l) jobs"
[ -e lost ] && [ "$(jobs_that_ended | grep -vc ' COMPLETED ')" -eq 1 ] && [ "$(tasks Re-submitted first.log)" -eq 1 ] ||
    fail 'one job should have been lost, and its task done again'
jobs_that_ended | awk '
    { queue = $1 ~ /_(RUN|IDENTIFY)_XTB(_|$)/ ? "dft" : "java"; count[$3]++ }
    $3 != queue { print "slurm_campaign.sh: should have run in " queue ": " $0; wrong = 1 }
    END { exit wrong || !count["dft"] || !count["java"] }' >&2 || fail 'steps ran in the wrong queues'
# The reference calculations ask for what conf/base.config says, in a queue of their own or not.
grep -q '^#SBATCH --mem 2048M' $(grep -l '^#SBATCH -J.*_RUN_XTB_' work/*/*/.command.run) || fail 'reference calculations should ask for 2 GB'
for option in account=nobody comment=cupel nice=1; do
    [ "$(cat work/*/*/.command.run | grep -c "^#SBATCH.*--$option")" -eq $((submitted + 1)) ] || fail "not every job has --$option"
done

run "${on_slurm[@]}" -resume | tee second.log
# Which program answers is asked anew each time; all that hangs on the answer is found again.
again=$(grep -c '] Submitted process > .*:IDENTIFY_XTB' second.log || true)
[ "$(tasks Submitted second.log)" -eq "$again" ] && [ "$(tasks Cached second.log)" -eq $((submitted - again)) ] ||
    fail "-resume should find all $submitted tasks in the cache, but those that ask which program will answer"

run -profile test --outdir local -work-dir work-local > local.log || { cat local.log; fail 'the campaign without Slurm failed'; }
cmp results/campaign_01/pool.xyz local/campaign_01/pool.xyz
cmp results/campaign_01/potential.json local/campaign_01/potential.json

# Structures to be labelled, no loop: job arrays of three batches each, and the labels that come without.
label() { "$root/nextflow" run "$root" --reference xtb --label_structures "$root/data/seeds/gold-30.xyz" --batch_size 5 -ansi-log false "$@"; }
label -profile slurm -c "$here/slurm.config" --outdir arrays -work-dir work-arrays --slurm_queue java --slurm_engine_queue dft --slurm_array 3 |
    tee arrays.log
[ "$(cat work-arrays/*/*/.command.run | grep -c '^#SBATCH --array 0-2$')" -eq 2 ] || fail 'six batches should be two job arrays of three'
label --outdir alone -work-dir work-alone > alone.log || { cat alone.log; fail 'labels without Slurm failed'; }
cmp <(sed -E 's/ (cpu_)?seconds=[^ ]*//g' arrays/labels/structures_labelled.xyz) \
    <(sed -E 's/ (cpu_)?seconds=[^ ]*//g' alone/labels/structures_labelled.xyz)

echo "On Slurm: $submitted tasks, $(jobs_that_ended | grep -c ' dft$') jobs in dft, $(jobs_that_ended | grep -c ' java$') in java," \
    'one lost and done again; -resume ran none again; the same potential without Slurm. Two job arrays, the same labels.'
[ $# -gt 0 ] || { cd /; "$here/slurm_cluster.sh" stop "$folder/slurm"; rm -rf "$folder"; trap - EXIT; }
