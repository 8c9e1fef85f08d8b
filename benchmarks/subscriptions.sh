#!/usr/bin/env bash
# Measures what subscriptions cost. First through HTTP, with two services at once that are loaded in alternation with single
# events: three subscriptions against 10,000 of which the same three match, and one against ten that all match. Then in the
# storages alone: claims beside the backlog of 1,000 subscriptions, deliveries/s of events with one and with ten
# deliveries, and the counts of 10,000. Needs wrk (Debian: apt-get install wrk).
#
#   benchmarks/subscriptions.sh [storage] [rounds] [seconds per round]
#
# Storage for the first part: memory, sqlite or postgres. The second is about all three.
set -euo pipefail

storage=${1:-sqlite}
rounds=${2:-9}
seconds=${3:-5}
few=http://127.0.0.1:${FEW_PORT:-18080}
many=http://127.0.0.1:${MANY_PORT:-18081}
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"

# matching COUNT: prints COUNT subscriptions that match every event of single.lua
matching() {
  seq "$1" | awk '{printf "%s{\"name\":\"match-%d\",\"types\":[\"order.*\"],\"filter\":{\"payload\":{\"currency\":[\"EUR\"]}},%s}", sep, $1, \
    "\"destination\":{\"kind\":\"demo\"}"; sep = ","}'
}

# others COUNT: prints COUNT subscriptions that match none: by type, by a value of the event, or by a value of its payload
others() {
  seq "$1" | awk '{
    filter = "\"payload\":{\"customer\":[\"c-other-" $1 "\"]}"
    if ($1 % 3 == 0) filter = "\"source\":[\"tenant-" $1 "\"]"
    type = $1 % 3 == 1 ? "shop" $1 ".*" : "order.*"
    printf ",{\"name\":\"other-%d\",\"types\":[\"%s\"],\"filter\":{%s},\"destination\":{\"kind\":\"demo\"}}", $1, type, filter}'
}

# start NAME URL: starts a service with the subscriptions of the file NAME.json; sets $service to its pid
start() {
  export SUBSCRIPTIONS_FILE=$work/$1.json
  start_own "$storage" "$1" "$2"
}

# compare TITLE: loads both in alternation
compare() {
  start few "$few"; local few_pid=$service
  start many "$many"; local many_pid=$service
  for _ in 1 2 3 4; do load "$few" "$few_pid" >/dev/null; load "$many" "$many_pid" >/dev/null; done
  echo "$storage, single events, 64 connections, $1, $rounds rounds of $seconds s in alternation"
  echo "(until nothing waits: events/s, deliveries/s, µs of processor per event)"
  rm -f "$work/ratios" "$work/costs"
  local fe fd fc me md mc
  for _ in $(seq "$rounds"); do
    read -r fe fd fc < <(load "$few" "$few_pid")
    read -r me md mc < <(load "$many" "$many_pid")
    divide "$md" "$fd" >>"$work/ratios"; divide "$mc" "$fc" >>"$work/costs"
    printf '  few %6.0f %6.0f %6.1f   many %6.0f %6.0f %6.1f   ratios %s %s\n' "$fe" "$fd" "$fc" "$me" "$md" "$mc" \
      "$(divide "$md" "$fd")" "$(divide "$mc" "$fc")"
  done
  printf 'medians of the ratios, many to few: deliveries/s %s, processor time per event %s\n' \
    "$(median <"$work/ratios")" "$(median <"$work/costs")"
  stop_all
  rm -rf "$work/few" "$work/many"
}

echo "{\"subscriptions\":[$(matching 3)]}" >"$work/few.json"
echo "{\"subscriptions\":[$(matching 3)$(others 9997)]}" >"$work/many.json"
compare "3 subscriptions against 10,000 of which 3 match"
echo "{\"subscriptions\":[$(matching 1)]}" >"$work/few.json"
echo "{\"subscriptions\":[$(matching 10)]}" >"$work/many.json"
compare "1 subscription against 10 that match"

start_database
"$java" --enable-native-access=ALL-UNNAMED -cp "$classes" dev.sluice.benchmark.SubscriptionCost "$work/cost" "$database" 2>"$work/cost.err" ||
  { cat "$work/cost.err" >&2; exit 1; }
