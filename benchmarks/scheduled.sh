#!/usr/bin/env bash
# Measures scheduled deliveries. First how late they begin: events whose times are spread over five seconds, on an idle
# node. Then what they cost others: single events over 64 connections, in alternation on a node without and on a node
# with many scheduled deliveries; prints completed events/s of both and the median of the ratios. Needs wrk (Debian:
# apt-get install wrk).
#
#   benchmarks/scheduled.sh [storages] [rounds] [seconds per round] [scheduled deliveries]
set -euo pipefail

storages=${1:-memory sqlite postgres broker}
rounds=${2:-6}
seconds=${3:-5}
scheduled=${4:-1000000}
timed=500
part=20000
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"
plain=http://127.0.0.1:${PLAIN_PORT:-18080}
full=http://127.0.0.1:${FULL_PORT:-18081}
export MEMORY_MAX_EVENTS=10000000 MEMORY_MAX_BYTES=8000000000 MAX_BACKLOG=10000000

# send URL FIRST COUNT BEGIN SPAN: sends events that are due at random between two times, given in seconds
send() {
  awk -v first="$2" -v count="$3" -v begin="$4" -v span="$5" 'BEGIN {
    srand(first)
    for (n = first; n < first + count; n++)
      printf "{\"event_id\":\"scheduled-%d\",\"event_type\":\"order.paid\",\"deliver_at\":%.3f,\"payload\":{\"order\":%d}}\n", n, begin + rand() * span, n
  }' | curl -sf -o /dev/null -H 'Content-Type: application/x-ndjson' --data-binary @- "$1/events"
}

# milliseconds NAME: prints the milliseconds of its day of the first time with this name in the JSON on standard input
milliseconds() {
  sed "s/.*\"$1\":\"[^T]*T\([0-9:.]*\)Z.*/\1/;s/[:.]/ /g" | awk '{print (($1 * 60 + $2) * 60 + $3) * 1000 + $4}'
}

# lateness URL FIRST: prints median, 99th percentile and largest of the milliseconds by which deliveries began too late
lateness() {
  local event
  send "$1" "$2" $timed $(($(date +%s) + 4)) 5
  sleep 11
  for n in $(seq "$2" $(($2 + timed - 1))); do
    event=$(curl -sf "$1/events/scheduled-$n")
    echo $(($(printf %s "$event" | milliseconds started_at) - $(printf %s "$event" | milliseconds deliver_at)))
  done | sort -n | awk '{v[NR] = $1} END {printf "%d, %d and %d ms\n", v[int((NR + 1) / 2)], v[int(NR * 0.99)], v[NR]}'
}

for storage in $storages; do
  start_own "$storage" plain "$plain"
  plain_service=$service
  warm_up=$(lateness "$plain" "$scheduled")
  printf '%s: begin late by %s (median, 99th percentile, largest of %d); first round %s\n' \
    "$storage" "$(lateness "$plain" $((scheduled + timed)))" $timed "$warm_up"
  start_own "$storage" full "$full"
  full_service=$service
  for first in $(seq 0 $part $((scheduled - 1))); do
    send "$full" "$first" $part $(($(date +%s) + 86400)) 3600
  done
  for _ in 1 2 3; do
    load "$plain" "$plain_service" >/dev/null
    load "$full" "$full_service" >/dev/null
  done
  for _ in $(seq "$rounds"); do
    read -r _ alone _ < <(load "$plain" "$plain_service")
    read -r _ beside _ < <(load "$full" "$full_service")
    printf '%s: %d events/s alone, %d beside %d scheduled deliveries\n' "$storage" "$alone" "$beside" "$scheduled" >&2
    divide "$beside" "$alone"
  done | median | sed "s/^/$storage: median ratio /"
  stop_all
  rm -rf "$work"/plain "$work"/full
done
