#!/usr/bin/env bash
# Measures how requests that cost a service more than their size affect other clients: each kind of hostile client in turn,
# together with 100 good events a second, on a service with a heap of 512 MiB. The hostile clients run in a process of the
# lowest priority. Prints the latencies of the good producers without and with the hostile clients, the peak memory of the
# service, and the size of its temporary files. Exits with 1 if a good producer got a response other than 202 or 503.
#
#   benchmarks/hostile.sh [seconds per kind] [storage] [kinds, such as DUPLICATES READINESS]
set -euo pipefail

seconds=${1:-10}
storage=${2:-sqlite}
shift $(($# < 2 ? $# : 2))
port=${SLUICE_PORT:-18080}
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"

mkdir "$work/tmp"
# The flags of the container image.
flags="$flags -Xmx512m -XX:G1HeapRegionSize=4m -Djava.io.tmpdir=$work/tmp"
if [ "$storage" = postgres ]; then start_database; fi
start_sluice "$storage" "$port"
ulimit -n "$(ulimit -Hn)"
"$java" -cp "$classes" dev.sluice.benchmark.HostileLoad "http://127.0.0.1:$port" "${pids[-1]}" "$work/tmp" "$seconds" "$@"
