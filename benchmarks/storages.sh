#!/usr/bin/env bash
# Compares the durable storages with the memory storage: all three services run at once and are loaded in alternation with
# single events over 64 connections. Then NDJSON, a steady load, and the cost of claims and lists with many finished
# events. PostgreSQL comes with the build; only wrk must be installed.
#
#   benchmarks/storages.sh [rounds] [seconds per round]
set -euo pipefail

rounds=${1:-5}
seconds=${2:-8}
memory=http://127.0.0.1:${MEMORY_PORT:-18080}
sqlite=http://127.0.0.1:${SQLITE_PORT:-18081}
postgres=http://127.0.0.1:${POSTGRES_PORT:-18082}
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"

# load URL SCRIPT CONNECTIONS: prints accepted requests/s and completed events/s
load() {
  read -r _ before < <(totals "$1"); begin=$(date +%s%N)
  accepted=$(rate "$2" "$1" "$3" "$seconds")
  read -r _ after < <(totals "$1"); end=$(date +%s%N)
  awk -v a="$accepted" -v n=$((after - before)) -v t=$((end - begin)) 'BEGIN {printf "%.0f %.0f\n", a, n / t * 1e9}'
}

start_database
start_sluice memory "${memory##*:}"
start_sluice sqlite "${sqlite##*:}"
start_sluice postgres "${postgres##*:}"
echo "warming up"
for url in "$memory" "$sqlite" "$postgres"; do load "$url" single 64 >/dev/null; done
echo "single events, 64 connections, $rounds rounds of $seconds s in alternation (accepted/s, completed/s)"
for _ in $(seq "$rounds"); do
  read -r ma mc < <(load "$memory" single 64)
  read -r sa sc < <(load "$sqlite" single 64)
  ask 'select pg_stat_statements_reset()' >/dev/null
  read -r before _ < <(totals "$postgres")
  read -r pa pc < <(load "$postgres" single 64)
  read -r after _ < <(totals "$postgres")
  calls=$(ask "select 1000 * sum(calls) from pg_stat_statements where query !~ 'pg_stat_statements'")
  statements=$(divide "$calls" $((after - before)))
  printf '  memory %6.0f %6.0f   sqlite %6.0f %6.0f   postgres %6.0f %6.0f with %.1f statements per 1,000\n' \
    "$ma" "$mc" "$sa" "$sc" "$pa" "$pc" "$statements"
  echo "$mc" >>"$work/m"; echo "$sc" >>"$work/s"; echo "$pc" >>"$work/p"; echo "$statements" >>"$work/q"
  divide "$sc" "$mc" >>"$work/r"
done
printf 'medians of completed: memory %.0f/s, sqlite %.0f/s (ratio of pairs to memory %.2f), postgres %.0f/s (%.1f statements per 1,000)\n' \
  "$(median <"$work/m")" "$(median <"$work/s")" "$(median <"$work/r")" "$(median <"$work/p")" "$(median <"$work/q")"
echo "NDJSON, 1,000 events a request, 32 connections (requests/s, completed events/s)"
for _ in $(seq "$rounds"); do
  printf '  sqlite %s   postgres %s\n' "$(load "$sqlite" ndjson 32)" "$(load "$postgres" ndjson 32)"
done

stop_all
rm -rf "$work/data"
start_sluice sqlite "${sqlite##*:}"
"$java" -cp "$classes" dev.sluice.benchmark.SteadyLoad "$sqlite" 1000 20
stop_all
start_database
"$java" --enable-native-access=ALL-UNNAMED -cp "$classes" dev.sluice.benchmark.StorageCost "$work/cost" 1000000 "$database" 2>&1 |
  grep '   ratio '
echo "rate limits"
"$java" --enable-native-access=ALL-UNNAMED -cp "$classes" dev.sluice.benchmark.RateCost "$database"
