#!/usr/bin/env bash
# A Slurm cluster of this one machine, with two queues (partitions), java and dft, to try -profile slurm on.
#
#   slurm_cluster.sh start DIR     starts munged, slurmctld and slurmd, everything they keep in the new folder DIR; ends when a job can run
#   slurm_cluster.sh stop DIR      ends the jobs and these three daemons, and nothing else; DIR stays, for its logs
#
# After start:  export SLURM_CONF=DIR/slurm.conf     then sinfo, sbatch, ./nextflow run . -profile test,slurm --slurm_queue java ...
# DIR/jobs.txt has a line for each job that has ended (slurm.conf, jobcomp/filetxt): its name, its partition, how it ended.
#
# Needs root, as slurmd does, and on Debian: apt-get install -y --no-install-recommends slurm-wlm munge
# No cgroups, no accounting data base, no systemd: it runs in a container or a bare virtual machine too.
set -euo pipefail

die() { echo "slurm_cluster.sh: $*" >&2; exit 1; }

[ $# -eq 2 ] || die 'usage: slurm_cluster.sh start|stop DIR'
PATH=$PATH:/usr/sbin:/sbin

# its_process PID_FILE NAME: the process in the file, if it still is that daemon and not another that got its number.
its_process() {
    local pid
    pid=$(cat "$1" 2> /dev/null) || return 1
    # One that has ended and that nobody has waited for yet (a zombie) is no daemon any more.
    [ "$(sed -n 's/^Name:\t//p' "/proc/$pid/status" 2> /dev/null)" = "$2" ] && ! grep -q '^State:.Z' "/proc/$pid/status" && echo "$pid"
}

end_daemon() {
    local pid waited=0
    pid=$(its_process "$dir/$1.pid" "$1") || return 0
    kill "$pid"
    while its_process "$dir/$1.pid" "$1" > /dev/null; do
        waited=$((waited + 1))
        # Half a minute to end by itself.
        if [ $waited -eq 150 ]; then kill -KILL "$pid"; fi
        [ $waited -lt 200 ] || die "$1, process $pid, does not end"
        sleep 0.2
    done
}

end_jobs() {
    its_process "$dir/slurmctld.pid" slurmctld > /dev/null || return 0
    squeue -h -o %A 2> /dev/null | xargs -r scancel || true
    for _ in $(seq 60); do
        [ -n "$(squeue -h -t all -o '%T' 2> /dev/null | grep -E 'RUNNING|PENDING|COMPLETING')" ] || return 0
        sleep 0.5
    done
    echo 'slurm_cluster.sh: some jobs did not end' >&2
}

stop() {
    end_jobs
    end_daemon slurmd
    end_daemon slurmctld
    end_daemon munged
}

# port_from N: the first port from N on that nobody listens at.
port_from() {
    local port=$1
    while (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do port=$((port + 1)); done
    echo "$port"
}

start() {
    local cores memory controller_port node_port program
    [ "$(id -u)" = 0 ] || die "must be started by root: slurmd starts every job as the user who submitted it"
    for program in munged slurmctld slurmd sinfo; do
        command -v $program > /dev/null ||
            die "$program is not installed; on Debian: apt-get install -y --no-install-recommends slurm-wlm munge"
    done
    [ ! -e "$dir/slurm.conf" ] || die "$dir has a cluster already; stop it, and take a new folder"

    mkdir -p "$dir/state" "$dir/spool"
    (umask 077 && head -c 128 /dev/urandom > "$dir/munge.key")
    cores=$(nproc)
    # Training asks for two cores: a machine with one lends itself.
    [ "$cores" -ge 2 ] || cores=2
    memory=$(awk '/^MemTotal/ {print int($2 / 1024) - 64}' /proc/meminfo)
    controller_port=$(port_from 26817)
    node_port=$(port_from $((controller_port + 1)))

    cat > "$dir/slurm.conf" << END
ClusterName=cupel
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
SlurmctldPort=$controller_port
SlurmdPort=$node_port
AuthType=auth/munge
AuthInfo=socket=$dir/munge.socket
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
# No cgroups: they cannot be had in many containers.
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
# Memory is reserved as at a site: what the tasks ask for must be there.
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
ReturnToService=2
JobCompType=jobcomp/filetxt
JobCompLoc=$dir/jobs.txt
NodeName=localhost NodeAddr=127.0.0.1 CPUs=$cores RealMemory=$memory State=UNKNOWN
PartitionName=java Nodes=localhost Default=YES MaxTime=INFINITE State=UP
PartitionName=dft Nodes=localhost MaxTime=INFINITE State=UP
END

    # Whatever fails from here on takes down what is up.
    trap 'stop; echo "slurm_cluster.sh: could not start; the logs are in $dir" >&2' EXIT
    # --force: it warns where others cannot reach the socket; nobody else has to.
    munged --force --key-file="$dir/munge.key" --socket="$dir/munge.socket" --pid-file="$dir/munged.pid" \
        --log-file="$dir/munged.log" --seed-file="$dir/munged.seed"
    slurmctld -f "$dir/slurm.conf"
    slurmd -N localhost -f "$dir/slurm.conf"
    for _ in $(seq 120); do
        if [ "$(sinfo -h -o '%P %t' 2> /dev/null | sort | tr '\n' ' ')" = 'dft idle java* idle ' ]; then
            trap - EXIT
            sinfo
            return
        fi
        sleep 0.5
    done
    tail -n 5 "$dir"/*.log >&2
    die 'the node was not idle after a minute'
}

case $1 in
    start | stop) ;;
    *) die "must be start or stop: $1" ;;
esac
mkdir -p "$2"
dir=$(cd "$2" && pwd -P)
export SLURM_CONF=$dir/slurm.conf
"$1"
