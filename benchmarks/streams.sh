#!/usr/bin/env bash
# Measures how clients of GET /events/stream slow down live traffic: single events over 64 connections, alternating without
# and with 500 stream clients on the same machine. Prints each round, then medians and the median of the ratios of
# adjacent rounds. Needs wrk (Debian: apt-get install wrk).
#
#   benchmarks/streams.sh [rounds] [seconds per round] [storages]
set -euo pipefail

rounds=${1:-5}
seconds=${2:-8}
storages=${3:-memory sqlite}
clients=${STREAM_READERS:-500}
port=${SLUICE_PORT:-18080}
url=http://127.0.0.1:$port
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"

# open_streams: starts the readers and waits until all are connected; a line on descriptor 3 ends them.
open_streams() {
  mkfifo "$work/end"
  : >"$work/readers.out"
  "$java" -cp "$classes" dev.sluice.benchmark.StreamReaders "$url" "$clients" <"$work/end" >"$work/readers.out" 2>"$work/readers.err" &
  readers=$!
  exec 3>"$work/end"
  for _ in $(seq 300); do
    if grep -q open "$work/readers.out"; then return; fi
    sleep 0.1
  done
  cat "$work/readers.err" >&2
  exit 1
}

close_streams() {
  echo >&3
  wait "$readers"
  exec 3>&-
  rm "$work/end"
}

for storage in $storages; do
  start_sluice "$storage" "$port"
  echo "warming up"
  rate single "$url" 64 "$seconds" >/dev/null
  open_streams
  rate single "$url" 64 "$seconds" >/dev/null
  close_streams
  echo "$storage: single events, 64 connections, $rounds rounds of $seconds s in alternation (requests/s)"
  rm -f "$work"/{without,with,ratio}
  for _ in $(seq "$rounds"); do
    without=$(rate single "$url" 64 "$seconds")
    open_streams
    with=$(rate single "$url" 64 "$seconds")
    close_streams
    echo "$without" >>"$work/without"; echo "$with" >>"$work/with"
    awk -v a="$without" -v b="$with" -v r="$(tail -n 1 "$work/readers.out")" 'BEGIN {
      printf "  alone %7.0f   watched %7.0f   ratio %.2f   %s\n", a, b, b/a, r
      print b/a >> "'"$work"'/ratio"}'
  done
  printf 'medians: alone %.0f/s, watched by %s %.0f/s; ratio of pairs %.2f\n' \
    "$(median <"$work/without")" "$clients" "$(median <"$work/with")" "$(median <"$work/ratio")"
  stop_all
  rm -rf "$work/data"
done
