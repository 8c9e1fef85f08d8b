#!/usr/bin/env bash
# Measures operator requests with a million stored events, a tenth of them dead letters; then a bulk replay of those
# 100,000 during live traffic: single events over 64 connections, alternating without and with the replay. The replayed
# events fail again, so each round has the same number. Needs wrk (Debian: apt-get install wrk).
#
#   benchmarks/operators.sh [rounds] [seconds per round] [storages]
set -euo pipefail

rounds=${1:-3}
seconds=${2:-10}
storages=${3:-sqlite postgres memory}
events=${OPERATOR_EVENTS:-1000000}
part=50000
port=${SLUICE_PORT:-18080}
url=http://127.0.0.1:$port
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"

# Events fail permanently at once, and the memory storage has room for all rounds.
export MAX_RETRIES=0 MEMORY_MAX_EVENTS=10000000

# member NAME: prints a number or text member of the JSON on standard input
member() { sed "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/"; }

await_no_backlog() {
  for _ in $(seq 2400); do
    sleep 0.5
    if [ "$(curl -s "$url/stats" | sed 's/.*"backlog":{"total":\([0-9]*\).*/\1/')" = 0 ]; then return; fi
  done
  echo "the backlog does not drain" >&2
  exit 1
}

fill() {
  for begin in $(seq 1 $part "$events"); do
    awk -v begin="$begin" -v count=$part 'BEGIN {
      for (n = begin; n < begin + count; n++) {
        printf "{\"event_id\":\"stored-%d\",\"event_type\":\"order.%s\",\"key\":\"customer-%d\",", n, n % 3 ? "paid" : "sent", n % 5000
        printf "\"payload\":{%s\"order\":%d,\"amount\":1999,\"currency\":\"EUR\",\"note\":\"about a hundred bytes of text\"}}\n", n % 10 ? "" : "\"fail\":true,", n
      }}' | curl -sf -o /dev/null -H 'Content-Type: application/x-ndjson' --data-binary @- "$url/events"
    await_no_backlog
  done
}

# replay: plans and starts a replay of all dead letters; prints the id of the job
replay() {
  plan=$(curl -sf -H 'Content-Type: application/json' -d '{"action":"replay","all":true,"filter":{"status":"failed"}}' "$url/bulk/plan")
  curl -sf -H 'Content-Type: application/json' -d "{\"token\":\"$(printf %s "$plan" | member token)\"}" "$url/bulk" | member id
}

# await_end ID: waits for the job; prints its duration and the number of replayed events
await_end() {
  for _ in $(seq 1200); do
    job=$(curl -sf "$url/bulk/$1")
    if [ "$(printf %s "$job" | member state)" != running ]; then
      begin=$(date -d "$(printf %s "$job" | member started_at)" +%s%N)
      end=$(date -d "$(printf %s "$job" | member ended_at)" +%s%N)
      printf '%s.%03d %s\n' $(((end - begin) / 1000000000)) $(((end - begin) / 1000000 % 1000)) "$(printf %s "$job" | member done)"
      return
    fi
    sleep 0.1
  done
}

for storage in $storages; do
  if [ "$storage" = postgres ]; then start_database; fi
  start_sluice "$storage" "$port"
  echo "$storage: storing $events events"
  fill
  "$java" -cp "$classes" dev.sluice.benchmark.OperatorCalls "$url" 300
  echo "$storage: bulk replay beside single events, 64 connections, $rounds rounds of $seconds s in alternation (requests/s)"
  rate single "$url" 64 "$seconds" >/dev/null
  rm -f "$work"/{alone,beside,ratio,took}
  for _ in $(seq "$rounds"); do
    await_no_backlog
    alone=$(rate single "$url" 64 "$seconds")
    await_no_backlog
    id=$(replay)
    beside=$(rate single "$url" 64 "$seconds")
    read -r took done < <(await_end "$id")
    echo "$alone" >>"$work/alone"; echo "$beside" >>"$work/beside"; echo "$took" >>"$work/took"
    awk -v a="$alone" -v b="$beside" -v t="$took" -v d="$done" 'BEGIN {
      printf "  alone %7.0f   beside %7.0f   ratio %.2f   %d replayed in %.1f s\n", a, b, b/a, d, t
      print b/a >> "'"$work"'/ratio"}'
  done
  printf 'medians: alone %.0f/s, beside %.0f/s, ratio of pairs %.2f, replay %.1f s\n' \
    "$(median <"$work/alone")" "$(median <"$work/beside")" "$(median <"$work/ratio")" "$(median <"$work/took")"
  stop_all
  rm -rf "$work/data" "$work/postgres"
done
