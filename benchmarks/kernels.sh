#!/usr/bin/env bash
# JMH benchmarks of the kernels, with the CPU time and the bytes allocated beside the wall time. Builds what it needs.
#
#   benchmarks/kernels.sh [JMH OPTIONS]            benchmarks/kernels.sh -h lists them
#   benchmarks/kernels.sh 'EnergyAndForces.cluster' -p atoms=55
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -B -q package -DskipTests
mvn -B -q -f benchmarks/pom.xml package
exec java -cp benchmarks/target/benchmarks.jar:target/sample.jar org.openjdk.jmh.Main \
    -prof cupel.benchmarks.CpuTimeProfiler -prof gc "$@"
