#!/usr/bin/env bash
# Shows what requests that cost more than their size do to others: each kind in turn, beside 100 good events a second, at a
# service with a heap of 512 MiB. The hostile clients are a process of the lowest priority. Prints what the good producers
# saw alone and beside it, the most memory that the process had, and the size of its temporary files. Ends with 1 when a
# good producer got another answer than 202 or 503.
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
# As in the image.
flags="$flags -Xmx512m -XX:G1HeapRegionSize=4m -Djava.io.tmpdir=$work/tmp"
if [ "$storage" = postgres ]; then start_database; fi
start_sluice "$storage" "$port"
ulimit -n "$(ulimit -Hn)"
"$java" -cp "$classes" dev.sluice.benchmark.HostileLoad "http://127.0.0.1:$port" "${pids[-1]}" "$work/tmp" "$seconds" "$@"
