#!/usr/bin/env bash
# Measures the durable storage against memory: both services run at once and are loaded in turn with single events over
# 64 connections. Then NDJSON, a steady load, and what claims and lists cost with many finished events. Needs wrk.
#
#   benchmarks/storages.sh [rounds] [seconds per round]
set -euo pipefail

rounds=${1:-5}
seconds=${2:-8}
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
memory_port=${MEMORY_PORT:-18080}
sqlite_port=${SQLITE_PORT:-18081}
work=$(mktemp -d)
pids=()

stop() {
  if [ ${#pids[@]} -gt 0 ]; then kill "${pids[@]}" 2>/dev/null || true; fi
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

command -v wrk >/dev/null || { echo "wrk is missing; install it first, for example: apt-get install wrk" >&2; exit 2; }
jar=$(ls "$root"/server/target/sluice/sluice-server.jar 2>/dev/null) ||
  { echo "build first: ./sluice check" >&2; exit 2; }
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes=$here/target/classes:$(echo "$root"/server/target/sluice/lib/*.jar | tr ' ' ':')
flags=$(sed -n "s/^JVM_FLAGS='\(.*\)'/\1/p" "$root/sluice")

# start STORAGE PORT
start() {
  # shellcheck disable=SC2086
  STORAGE=$1 PORT=$2 DATA_DIR=$work/data "$java" $flags -jar "$jar" serve >"$work/$1.out" 2>"$work/$1.err" &
  pids+=($!)
  for _ in $(seq 100); do
    curl -sf "http://127.0.0.1:$2/ready" >/dev/null && return
    sleep 0.1
  done
  cat "$work/$1.err" >&2
  exit 1
}

completed() { curl -s "http://127.0.0.1:$1/stats" | sed 's/.*"totals":{"accepted":\([0-9]*\),"completed":\([0-9]*\).*/\2/'; }

# load PORT SCRIPT CONNECTIONS: accepted requests/s and completed events/s
load() {
  before=$(completed "$1"); begin=$(date +%s%N)
  wrk -t1 -c"$3" -d"${seconds}s" -s "$here/$2.lua" "http://127.0.0.1:$1/events" >"$work/wrk.log"
  after=$(completed "$1"); end=$(date +%s%N)
  if grep -q "Non-2xx" "$work/wrk.log"; then grep "Non-2xx" "$work/wrk.log" >&2; fi
  accepted=$(awk '/Requests\/sec/ {print $2}' "$work/wrk.log")
  awk -v a="$accepted" -v n=$((after - before)) -v t=$((end - begin)) 'BEGIN {printf "%.0f %.0f\n", a, n / t * 1e9}'
}

median() { sort -n | awk '{v[NR]=$1} END {print (NR%2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2)}'; }

start memory "$memory_port"
start sqlite "$sqlite_port"
echo "warming up"
load "$memory_port" single 64 >/dev/null
load "$sqlite_port" single 64 >/dev/null
echo "single events, 64 connections, $rounds rounds of $seconds s in alternation (accepted/s, completed/s)"
for _ in $(seq "$rounds"); do
  read -r ma mc < <(load "$memory_port" single 64)
  read -r sa sc < <(load "$sqlite_port" single 64)
  ratio=$(awk -v m="$mc" -v s="$sc" 'BEGIN {printf "%.3f", s / m}')
  printf '  memory %7.0f %7.0f   sqlite %7.0f %7.0f   ratio of completed %s\n' "$ma" "$mc" "$sa" "$sc" "$ratio"
  echo "$mc" >>"$work/m"; echo "$sc" >>"$work/s"; echo "$ratio" >>"$work/r"
done
printf 'medians of completed: memory %.0f/s, sqlite %.0f/s, ratio of pairs %.2f\n' \
  "$(median <"$work/m")" "$(median <"$work/s")" "$(median <"$work/r")"
echo "NDJSON, 1,000 events a request, 32 connections, on sqlite (requests/s, completed events/s)"
for _ in $(seq "$rounds"); do load "$sqlite_port" ndjson 32; done

kill "${pids[@]}"; wait 2>/dev/null || true; pids=(); rm -rf "$work/data"
start sqlite "$sqlite_port"
"$java" -cp "$here/target/classes" dev.sluice.benchmark.SteadyLoad "http://127.0.0.1:$sqlite_port" 1000 20
kill "${pids[@]}"; wait 2>/dev/null || true; pids=()
"$java" --enable-native-access=ALL-UNNAMED -cp "$classes" dev.sluice.benchmark.StorageCost "$work/cost" 1000000 2>&1 | grep '   ratio '
