#!/usr/bin/env bash
# docs/guides/slurm-vasp.md step by step on a real Slurm, with a stand-in for VASP: its site.config, the dry run, the campaign, and the same
# line again after the work folder has been deleted. Takes about three minutes; needs root, python3 and what slurm_cluster.sh needs.
#
#   tests/sites/slurm_vasp.sh [DIR]      a new folder for everything (default: a temporary one, which goes when all is well)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
site=$folder/site

fail() { echo "slurm_vasp.sh: $*; everything is in $folder" >&2; exit 1; }

# calculations LOG: how many Nextflow has begun.
calculations() { grep -c '] Submitted process > .*:RUN_VASP' "$1" || true; }

# What a site has: its potentials, and a program. This one notes each start, to be counted.
mkdir -p "$site/potentials/potpaw_PBE/Au" "$site/bin"
printf '  PAW_PBE Au 00Xxx0000\n   TITEL  = PAW_PBE Au 00Xxx0000\n End of Dataset\n' > "$site/potentials/potpaw_PBE/Au/POTCAR"
cat > "$site/bin/vasp_std" << END
#!/usr/bin/env bash
grep -q '^ *NELM' INCAR && echo "\$SLURM_JOB_PARTITION \$SLURM_CPUS_PER_TASK" >> $site/starts.txt
exec python3 $root/src/test/resources/cupel/reference/vasp/bin/vasp_std
END
chmod +x "$site/bin/vasp_std"

cd "$folder"
# Step 1, with the numbers of this machine. srun takes MPI that VASP has and its stand-in has not.
cat > site.config << END
process {
    withName: 'IDENTIFY_VASP|RUN_VASP' {
        beforeScript = 'export VASP_PP_PATH=$site/potentials PATH=$site/bin:\$PATH'
    }
    withName: RUN_VASP {
        cpus        = 2
        memory      = 1.GB
        time        = 1.h
        ext.command = 'srun --ntasks 1 vasp_std'
    }
}
END
"$here/slurm_cluster.sh" start "$folder/slurm"
trap '"$here/slurm_cluster.sh" stop "$folder/slurm"' EXIT
export SLURM_CONF=$folder/slurm/slurm.conf

# The guide's line, made small.
run() {
    "$root/nextflow" run "$root" -profile gold,slurm -c "site.config,$here/slurm.config" --reference vasp --slurm_queue java --slurm_engine_queue dft \
        --slurm_account physics --label_store labels --sizes 2..4 --walkers 2 --walks 2 --max_epochs 5 --folds 2 --final_folds 2 \
        --final_max_epochs 5 --max_generations 1 -ansi-log false "$@"
}

echo '--- 2. Look before you pay'
run --dry_run | tee dry.log
grep -q 'All is in order' dry.log && [ "$(calculations dry.log)" -eq 0 ] || fail 'the dry run should find all in order and calculate nothing'

echo '--- 3. Run it'
run | tee first.log
labels=$(find labels -name '*.xyz' | wc -l)
[ "$labels" -gt 3 ] && [ "$(wc -l < "$site/starts.txt")" -eq "$labels" ] || fail "$labels labels of $(wc -l < "$site/starts.txt") calculations"
[ "$(sort -u "$site/starts.txt")" = 'dft 2' ] || fail "VASP should have run in dft with two cores, and ran in: $(sort -u "$site/starts.txt")"
awk '{ wrong += (/ Name=nf-[^ ]*_(RUN|IDENTIFY)_VASP/ ? !/Partition=dft / : !/Partition=java /) } END { exit wrong || !NR }' slurm/jobs.txt ||
    fail 'steps ran in the wrong queues'

echo '--- 4. Look'
[ -s results/campaign_01/report.html ] || fail 'no report'
cat results/campaign_01/labels/*.xyz | grep -q 'level="*engine=vasp,version=6.3.0' || fail 'labels should say their level of theory'
[ -z "$(find work results labels -name POTCAR)" ] || fail 'potentials should stay where they are'

echo '--- 5. Go on, even without the work folder'
cp -r results before
rm -r work
starts=$(wc -l < "$site/starts.txt")
run -resume | tee second.log
[ "$(wc -l < "$site/starts.txt")" -eq "$starts" ] || fail 'what is in the label store should not be calculated again'
cmp before/campaign_01/pool.xyz results/campaign_01/pool.xyz
cmp before/campaign_01/potential.json results/campaign_01/potential.json

echo "The guide works: $labels labels by the stand-in in queue dft with two cores each, none again without the work folder, the same potential."
[ $# -gt 0 ] || { cd /; "$here/slurm_cluster.sh" stop "$folder/slurm"; rm -rf "$folder"; trap - EXIT; }
