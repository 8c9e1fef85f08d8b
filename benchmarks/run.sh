#!/usr/bin/env bash
# Measures the service against a bare Helidon server: both run at once and are loaded in turn, so that whatever else the
# machine does hits both. Prints each round, then medians and ratios. Needs wrk (Debian: apt-get install wrk).
#
#   benchmarks/run.sh [rounds] [seconds per round]
set -euo pipefail

rounds=${1:-5}
seconds=${2:-8}
connections=32
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
bare_port=${BARE_PORT:-18090}
port=${SLUICE_PORT:-18080}
url=http://127.0.0.1:$port
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
# What ./sluice starts the program with.
flags=$(sed -n "s/^JVM_FLAGS='\(.*\)'/\1/p" "$root/sluice")

start_bare() {
  # shellcheck disable=SC2086
  "$java" $flags -cp "$classes" dev.sluice.benchmark.BareServer "$bare_port" >"$work/bare.log" 2>&1 &
  pids+=($!)
}

start_sluice() {
  # shellcheck disable=SC2086
  STORAGE=memory PORT=$port "$java" $flags -jar "$jar" serve "$@" >"$work/out.log" 2>"$work/err.log" &
  pids+=($!)
  sluice_pid=$!
  for _ in $(seq 100); do
    curl -sf "$url/ready" >/dev/null && return
    sleep 0.1
  done
  cat "$work/err.log" >&2
  exit 1
}

# rate SCRIPT URL: requests per second; fails on anything but 2xx.
rate() {
  wrk -t1 -c"$connections" -d"${seconds}s" -s "$1" "$2/events" >"$work/wrk.log"
  if grep -q "Non-2xx" "$work/wrk.log"; then grep "Non-2xx" "$work/wrk.log" >&2; fi
  awk '/Requests\/sec/ {print $2}' "$work/wrk.log"
}

median() { sort -n | awk '{v[NR]=$1} END {print (NR%2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2)}'; }

start_bare
start_sluice
echo "warming up"
rate "$here/single.lua" "http://127.0.0.1:$bare_port" >/dev/null
rate "$here/single.lua" "$url" >/dev/null

echo "single events, $connections connections, $rounds rounds of $seconds s in alternation (requests/s)"
for _ in $(seq "$rounds"); do
  bare=$(rate "$here/single.lua" "http://127.0.0.1:$bare_port")
  ours=$(rate "$here/single.lua" "$url")
  echo "$bare" >>"$work/bare"; echo "$ours" >>"$work/ours"
  awk -v b="$bare" -v o="$ours" 'BEGIN {printf "  bare %8.0f   sluice %8.0f   ratio %.3f\n", b, o, o/b; print o/b >> "'"$work"'/ratio"}'
done
single=$(median <"$work/ours")
printf 'medians: bare %.0f/s, sluice %.0f/s, ratio of pairs %.3f\n' "$(median <"$work/bare")" "$single" "$(median <"$work/ratio")"

completed() { curl -s "$url/stats" | sed 's/.*"totals":{"accepted":\([0-9]*\),"completed":\([0-9]*\).*/\1 \2/'; }
echo "NDJSON, 1,000 events a request, $connections connections (events/s)"
for _ in $(seq "$rounds"); do
  before=$(completed); begin=$(date +%s%N)
  rate "$here/ndjson.lua" "$url" >/dev/null
  after=$(completed); end=$(date +%s%N)
  echo "$before $after $((end - begin))" |
    awk '{t=$5/1e9; printf "  accepted %8.0f   completed %8.0f\n", ($3-$1)/t, ($4-$2)/t; print ($3-$1)/t >> "'"$work"'/ndjson"}'
done
batch=$(median <"$work/ndjson")
awk -v b="$batch" -v s="$single" 'BEGIN {printf "median: %.0f events/s accepted, %.1f times single events\n", b, b/s}'

kill "$sluice_pid"; wait "$sluice_pid" 2>/dev/null || true
start_sluice
"$java" -cp "$here/target/classes" dev.sluice.benchmark.SteadyLoad "$url" 1000 20
