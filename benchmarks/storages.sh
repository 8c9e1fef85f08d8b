#!/usr/bin/env bash
# Measures the durable storage against memory: both services run at once and are loaded in turn with single events over
# 64 connections. Then NDJSON, a steady load, and what claims and lists cost with many finished events. Needs wrk.
#
#   benchmarks/storages.sh [rounds] [seconds per round]
set -euo pipefail

rounds=${1:-5}
seconds=${2:-8}
memory=http://127.0.0.1:${MEMORY_PORT:-18080}
sqlite=http://127.0.0.1:${SQLITE_PORT:-18081}
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"

# load URL SCRIPT CONNECTIONS: accepted requests/s and completed events/s
load() {
  read -r _ before < <(totals "$1"); begin=$(date +%s%N)
  accepted=$(rate "$2" "$1" "$3" "$seconds")
  read -r _ after < <(totals "$1"); end=$(date +%s%N)
  awk -v a="$accepted" -v n=$((after - before)) -v t=$((end - begin)) 'BEGIN {printf "%.0f %.0f\n", a, n / t * 1e9}'
}

start_sluice memory "${memory##*:}"
start_sluice sqlite "${sqlite##*:}"
echo "warming up"
load "$memory" single 64 >/dev/null
load "$sqlite" single 64 >/dev/null
echo "single events, 64 connections, $rounds rounds of $seconds s in alternation (accepted/s, completed/s)"
for _ in $(seq "$rounds"); do
  read -r ma mc < <(load "$memory" single 64)
  read -r sa sc < <(load "$sqlite" single 64)
  ratio=$(awk -v m="$mc" -v s="$sc" 'BEGIN {printf "%.3f", s / m}')
  printf '  memory %7.0f %7.0f   sqlite %7.0f %7.0f   ratio of completed %s\n' "$ma" "$mc" "$sa" "$sc" "$ratio"
  echo "$mc" >>"$work/m"; echo "$sc" >>"$work/s"; echo "$ratio" >>"$work/r"
done
printf 'medians of completed: memory %.0f/s, sqlite %.0f/s, ratio of pairs %.2f\n' \
  "$(median <"$work/m")" "$(median <"$work/s")" "$(median <"$work/r")"
echo "NDJSON, 1,000 events a request, 32 connections, on sqlite (requests/s, completed events/s)"
for _ in $(seq "$rounds"); do load "$sqlite" ndjson 32; done

stop_all
rm -rf "$work/data"
start_sluice sqlite "${sqlite##*:}"
"$java" -cp "$here/target/classes" dev.sluice.benchmark.SteadyLoad "$sqlite" 1000 20
stop_all
"$java" --enable-native-access=ALL-UNNAMED -cp "$classes" dev.sluice.benchmark.StorageCost "$work/cost" 1000000 2>&1 |
  grep '   ratio '
