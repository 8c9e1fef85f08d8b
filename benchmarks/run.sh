#!/usr/bin/env bash
# Compares the service with two bare Helidon servers, one with defaults and one that shares its mappers as the service
# does. All run at once and are loaded in alternation, so that other load on the machine affects all of them. Prints each
# round, then medians and ratios. Needs wrk (Debian: apt-get install wrk).
#
#   benchmarks/run.sh [rounds] [seconds per round]
set -euo pipefail

rounds=${1:-5}
seconds=${2:-8}
connections=32
bare=http://127.0.0.1:${BARE_PORT:-18090}
mended=http://127.0.0.1:${MENDED_PORT:-18091}
port=${SLUICE_PORT:-18080}
url=http://127.0.0.1:$port
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"

# start_bare URL [plain]: starts a bare server without a logging library, which by default would log every byte
start_bare() {
  # shellcheck disable=SC2086 # a list of flags
  "$java" $flags -cp "$classes" dev.sluice.benchmark.BareServer "${1##*:}" "${2:-}" >"$work/bare.log" 2>&1 &
  pids+=($!)
}

start_bare "$bare" plain
start_bare "$mended"
start_sluice memory "$port"
echo "warming up"
rate single "$bare" "$connections" "$seconds" >/dev/null
rate single "$mended" "$connections" "$seconds" >/dev/null
rate single "$url" "$connections" "$seconds" >/dev/null

echo "single events, $connections connections, $rounds rounds of $seconds s in alternation (requests/s)"
for _ in $(seq "$rounds"); do
  b=$(rate single "$bare" "$connections" "$seconds")
  m=$(rate single "$mended" "$connections" "$seconds")
  o=$(rate single "$url" "$connections" "$seconds")
  echo "$b" >>"$work/bare"; echo "$m" >>"$work/mended"; echo "$o" >>"$work/ours"
  awk -v b="$b" -v m="$m" -v o="$o" 'BEGIN {
    printf "  bare %7.0f   bare with shared mappers %7.0f   sluice %7.0f   ratios %.2f and %.2f\n", b, m, o, o/b, o/m
    print o/b >> "'"$work"'/ratio"; print o/m >> "'"$work"'/ratio2"}'
done
single=$(median <"$work/ours")
bare_rate=$(median <"$work/bare")
printf 'medians: bare %.0f/s, with shared mappers %.0f/s, sluice %.0f/s; ratios %.2f and %.2f\n' \
  "$bare_rate" "$(median <"$work/mended")" "$single" "$(median <"$work/ratio")" "$(median <"$work/ratio2")"

echo "NDJSON, 1,000 events a request, $connections connections (events/s)"
for _ in $(seq "$rounds"); do
  before=$(totals "$url"); begin=$(date +%s%N)
  rate ndjson "$url" "$connections" "$seconds" >/dev/null
  after=$(totals "$url"); end=$(date +%s%N)
  echo "$before $after $((end - begin))" |
    awk '{t=$5/1e9; printf "  accepted %8.0f   completed %8.0f\n", ($3-$1)/t, ($4-$2)/t; print ($3-$1)/t >> "'"$work"'/ndjson"}'
done
awk -v n="$(median <"$work/ndjson")" -v s="$single" -v b="$bare_rate" \
  'BEGIN {printf "median: %.0f events/s accepted, %.1f times single events, %.1f times 0.75 of the bare server\n", n, n/s, n/b/0.75}'

stop_all
start_sluice memory "$port"
"$java" -cp "$here/target/classes" dev.sluice.benchmark.SteadyLoad "$url" 1000 20
