#!/usr/bin/env bash
# Measures priorities: single events with a key over 64 connections, in alternation without a priority and with a random
# one, on one node; prints completed events/s of both and the median of the ratios. Then how long urgent events wait behind a
# backlog. Needs wrk (Debian: apt-get install wrk).
#
#   benchmarks/priority.sh [storages] [rounds] [seconds per round] [events of the backlog]
set -euo pipefail

storages=${1:-memory sqlite postgres}
rounds=${2:-6}
seconds=${3:-5}
backlog=${4:-200000}
part=20000
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"
node=http://127.0.0.1:${PORT:-18080}
export MEMORY_MAX_EVENTS=10000000 MEMORY_MAX_BYTES=8000000000 MAX_BACKLOG=10000000

# send COUNT PRIORITY PREFIX: sends events with a priority
send() {
  awk -v count="$1" -v priority="$2" -v prefix="$3" 'BEGIN {
    for (n = 1; n <= count; n++)
      printf "{\"event_id\":\"%s-%d\",\"event_type\":\"order.paid\",\"priority\":%d,\"payload\":{\"order\":%d}}\n", prefix, n, priority, n
  }' | curl -sf -o /dev/null -H 'Content-Type: application/x-ndjson' --data-binary @- "$node/events"
}

# completed PREFIX: prints when the first event with this prefix was completed, in milliseconds of the day
completed() {
  until curl -sf "$node/events/$1-1" | grep -q '"status":"completed"'; do sleep 0.05; done
  curl -sf "$node/events/$1-1" | sed 's/.*"completed_at":"[^T]*T\([0-9:.]*\)Z.*/\1/;s/[:.]/ /g' \
    | awk '{print (($1 * 60 + $2) * 60 + $3) * 1000 + $4}'
}

for storage in $storages; do
  start_own "$storage" priority "$node"
  for _ in 1 2 3; do
    load "$node" "$service" keyed >/dev/null
    load "$node" "$service" prioritized >/dev/null
  done
  for _ in $(seq "$rounds"); do
    read -r _ without _ < <(load "$node" "$service" keyed)
    read -r _ with _ < <(load "$node" "$service" prioritized)
    printf '%s: %d events/s without a priority, %d with\n' "$storage" "$without" "$with" >&2
    divide "$with" "$without"
  done | median | sed "s/^/$storage: median ratio /"
  curl -sf -o /dev/null -H 'Content-Type: application/json' -d '{"reason":"measuring"}' "$node/subscriptions/default/pause"
  sleep 2
  for first in $(seq 0 $part $((backlog - 1))); do send $part 5 "usual-$first"; done
  send 1 9 urgent
  send 1 0 patient
  curl -sf -o /dev/null -X POST "$node/subscriptions/default/resume"
  urgent=$(completed urgent); patient=$(completed patient)
  printf '%s: behind a backlog of %d, the least urgent event completed %d ms after the most urgent\n' \
    "$storage" "$backlog" $((patient - urgent))
  stop_all
  rm -rf "$work"/priority
done
