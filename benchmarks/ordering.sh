#!/usr/bin/env bash
# Measures order per key: single events with one of 10,000 keys over 64 connections, in alternation on a node whose
# subscription is ordered and on one whose is not; prints completed events/s of both and the median of the ratios. Then
# the completed events/s of one key alone. Needs wrk (Debian: apt-get install wrk).
#
#   benchmarks/ordering.sh [storages] [rounds] [seconds per round]
set -euo pipefail

storages=${1:-memory sqlite postgres}
rounds=${2:-6}
seconds=${3:-5}
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"
plain=http://127.0.0.1:${PLAIN_PORT:-18080}
ordered=http://127.0.0.1:${ORDERED_PORT:-18081}
export MEMORY_MAX_EVENTS=10000000 MEMORY_MAX_BYTES=8000000000 MAX_BACKLOG=10000000

# start NAME URL ORDERING: starts a service with its own storage and one subscription, and sets $service to its pid
start() {
  start_own "$storage" "$1" "$2"
  curl -sf -o /dev/null -X PUT -H 'Content-Type: application/json' "$2/subscriptions/all" \
    -d "{\"types\":[\"*\"],\"destination\":{\"kind\":\"demo\"}$3}"
}

for storage in $storages; do
  start plain "$plain" ''
  plain_service=$service
  start ordered "$ordered" ',"ordering":{"by":"key"}'
  ordered_service=$service
  for _ in 1 2 3; do
    load "$plain" "$plain_service" keyed >/dev/null
    load "$ordered" "$ordered_service" keyed >/dev/null
  done
  for _ in $(seq "$rounds"); do
    read -r _ without _ < <(load "$plain" "$plain_service" keyed)
    read -r _ with _ < <(load "$ordered" "$ordered_service" keyed)
    printf '%s: %d events/s without an ordering, %d with\n' "$storage" "$without" "$with" >&2
    divide "$with" "$without"
  done | median | sed "s/^/$storage: median ratio /"
  read -r _ hot _ < <(load "$ordered" "$ordered_service" hotkey)
  printf '%s: %d events/s of one key\n' "$storage" "$hot"
  stop_all
  rm -rf "$work"/plain "$work"/ordered
done
