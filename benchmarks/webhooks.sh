#!/usr/bin/env bash
# Measures webhooks. First 100 subscriptions to the demo destination against 100 to one fast local receiver: two services
# that are loaded in alternation with single events of 100 types. Then receivers that take 100 ms, with 64 requests in
# flight: deliveries/s against what that allows. Last the memory that 10,000 receivers take, without a service. Needs wrk
# (Debian: apt-get install wrk).
#
#   benchmarks/webhooks.sh [storage] [rounds] [seconds per round]
set -euo pipefail

storage=${1:-sqlite}
rounds=${2:-6}
seconds=${3:-5}
demo=http://127.0.0.1:${DEMO_PORT:-18080}
hooks=http://127.0.0.1:${HOOKS_PORT:-18081}
fast=${FAST_PORT:-19080}
slow=${SLOW_PORT:-19081}
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"

# subscriptions COUNT DESTINATION [MEMBERS]: prints COUNT subscriptions, each to one type
subscriptions() {
  seq "$1" | awk -v to="$2" -v more="${3:-}" 'BEGIN {printf "{\"subscriptions\":["} {
    printf "%s{\"name\":\"s-%d\",\"types\":[\"order.%d\"],\"destination\":%s%s}", sep, $1, $1, to, more; sep = ","}
    END {print "]}"}'
}

# start NAME URL: starts a service with the subscriptions of the file NAME.json; sets $service to its pid
start() {
  export SUBSCRIPTIONS_FILE=$work/$1.json
  if [ "$storage" = postgres ]; then export SECRETS_KEY=$key; fi
  start_own "$storage" "$1" "$2"
}
key=$(head -c 32 /dev/urandom | base64)

# receiver PORT DELAY_MS
receiver() {
  "$java" -cp "$classes" dev.sluice.benchmark.FastReceiver "$1" "$2" >"$work/receiver-$1.out" 2>&1 &
  pids+=($!)
}

subscriptions 100 '{"kind":"demo"}' >"$work/demo.json"
subscriptions 100 "{\"kind\":\"webhook\",\"url\":\"http://127.0.0.1:$fast/\"}" >"$work/hooks.json"
receiver "$fast" 0
start demo "$demo"; demo_pid=$service
start hooks "$hooks"; hooks_pid=$service
for _ in 1 2 3; do load "$demo" "$demo_pid" routed >/dev/null; load "$hooks" "$hooks_pid" routed >/dev/null; done
echo "$storage, single events of 100 subscriptions, 64 connections, $rounds rounds of $seconds s in alternation"
echo "(until nothing waits: events/s, deliveries/s, µs of processor of the service per event)"
for _ in $(seq "$rounds"); do
  read -r de dd dc < <(load "$demo" "$demo_pid" routed)
  read -r we wd wc < <(load "$hooks" "$hooks_pid" routed)
  divide "$wd" "$dd" >>"$work/ratios"; echo "$wd" >>"$work/rates"
  printf '  demo %6.0f %6.0f %6.1f   webhook %6.0f %6.0f %6.1f   ratio %s\n' "$de" "$dd" "$dc" "$we" "$wd" "$wc" \
    "$(divide "$wd" "$dd")"
done
printf 'median of the ratios, webhook to demo: %s; webhooks/s: %s\n' \
  "$(median <"$work/ratios")" "$(median <"$work/rates")"
stop_all
rm -rf "$work/demo" "$work/hooks"

subscriptions 2 "{\"kind\":\"webhook\",\"url\":\"http://127.0.0.1:$slow/\"}" ',"concurrency":32' >"$work/slow.json"
receiver "$slow" 100
start slow "$hooks"
post() { seq "$1" | awk '{printf "{\"event_type\":\"order.%d\",\"payload\":{\"n\":%d}}\n", $1 % 2 + 1, $1}' |
  curl -sf -H 'Content-Type: application/x-ndjson' --data-binary @- "$hooks/events" >/dev/null; }
post 2000
for _ in $(seq 600); do
  if [ "$(totals "$hooks" | cut -d' ' -f2)" = 2000 ]; then break; fi
  sleep 0.1
done
post 12800
sleep 2
read -r _ before < <(totals "$hooks"); begin=$(date +%s%N)
sleep 10
read -r _ after < <(totals "$hooks"); end=$(date +%s%N)
awk -v n=$((after - before)) -v t=$((end - begin)) 'BEGIN {rate = n / t * 1e9
  printf "64 in flight to receivers of 100 ms: %.1f deliveries/s, %.3f of 640\n", rate, rate / 640}'

stop_all
# Another port: the connections of the first receiver may keep that one for a minute.
all=$((fast + 2))
"$java" -cp "$classes" dev.sluice.benchmark.FastReceiver "$all" 0 0.0.0.0 >"$work/all.out" 2>&1 &
pids+=($!)
"$java" -XX:+UseCompactObjectHeaders -Xmx1g -cp "$classes" dev.sluice.benchmark.ReceiverMemory "$all" 10000 2>"$work/memory.err" ||
  { cat "$work/all.out" "$work/memory.err" >&2; exit 1; }
