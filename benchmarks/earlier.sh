#!/usr/bin/env bash
# Compares this build with an earlier one: both services run at once, each with a storage of its own, and are loaded in
# alternation with single events. Prints completed events/s and processor time per event of each (of the service, and of
# all with its database or broker), then the medians of the pairs' ratios. Needs wrk (Debian: apt-get install wrk).
#
#   benchmarks/earlier.sh JAR [storage] [rounds] [seconds per round]
#
# JAR: the program of the other build, server/target/sluice/sluice-server.jar in a checkout of it. Storage: memory, sqlite,
# postgres or broker. Rounds: an even number, because a service that was loaded last is slower in the next round.
# WARM_UP sets the number of warm-up rounds (default 5).
set -euo pipefail

other=$(realpath "${1:?the jar of the other build}")
storage=${2:-sqlite}
rounds=${3:-10}
seconds=${4:-6}
# For the first 300,000 events or so, the JIT compiler takes much of the service's processor time.
warm_up=${WARM_UP:-5}
connections=64
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"
now_url=http://127.0.0.1:${NOW_PORT:-18080}
earlier_url=http://127.0.0.1:${EARLIER_PORT:-18081}

# start NAME URL JAR: starts a build with its own storage; sets $service and $servers to its pids
start() {
  jar=$3
  start_own "$storage" "$1" "$2"
}

# cost PID...: prints the processor time of the processes together, in clock ticks
cost() { ticks "$@" | awk '{for (i = 1; i <= NF; i++) sum += $i; print sum}'; }

# run URL SERVICE SERVERS: loads a service until all that it accepted is completed; prints events/s, and microseconds of
# processor time per event of the service and of all
run() {
  local accepted completed begin end before all_before after all_after all
  read -r all < <(for pid in $2 $3; do process_tree "$pid"; done | xargs)
  read -r _ completed_before < <(totals "$1")
  before=$(cost "$2")
  # shellcheck disable=SC2086 # a list of pids
  all_before=$(cost $all)
  begin=$(date +%s%N)
  rate single "$1" "$connections" "$seconds" >/dev/null
  for _ in $(seq 600); do
    read -r accepted completed < <(totals "$1")
    if [ "$completed" -ge "$accepted" ]; then break; fi
    sleep 0.05
  done
  end=$(date +%s%N)
  after=$(cost "$2")
  # shellcheck disable=SC2086 # a list of pids
  all_after=$(cost $all)
  awk -v n=$((completed - completed_before)) -v t=$((end - begin)) -v own=$((after - before)) \
    -v all=$((all_after - all_before)) -v second="$(getconf CLK_TCK)" \
    'BEGIN {printf "%.0f %.1f %.1f\n", n / t * 1e9, own / second / n * 1e6, all / second / n * 1e6}'
}

ours=$jar
start now "$now_url" "$ours"; now=$service; now_servers=$servers
start earlier "$earlier_url" "$other"; earlier=$service; earlier_servers=$servers
load_now() { run "$now_url" "$now" "$now_servers"; }
load_earlier() { run "$earlier_url" "$earlier" "$earlier_servers"; }

echo "warming up"
for _ in $(seq "$warm_up"); do load_now >/dev/null; load_earlier >/dev/null; done
echo "$storage, single events, $connections connections, $rounds rounds of $seconds s in alternation"
echo "(completed/s, µs of processor per event: the service, with its servers)"
for round in $(seq "$rounds"); do
  # The one that comes first changes with each round.
  if ((round % 2)); then
    read -r rate_now own_now all_now < <(load_now)
    read -r rate_earlier own_earlier all_earlier < <(load_earlier)
  else
    read -r rate_earlier own_earlier all_earlier < <(load_earlier)
    read -r rate_now own_now all_now < <(load_now)
  fi
  rates=$(divide "$rate_now" "$rate_earlier"); costs=$(divide "$all_now" "$all_earlier")
  echo "$rates" >>"$work/rates"; echo "$costs" >>"$work/costs"
  printf '  now %6.0f %6.1f %6.1f   earlier %6.0f %6.1f %6.1f   ratios %s %s\n' "$rate_now" "$own_now" "$all_now" \
    "$rate_earlier" "$own_earlier" "$all_earlier" "$rates" "$costs"
done
printf 'medians of the ratios, now to earlier: completed/s %s, processor time per event %s\n' \
  "$(median <"$work/rates")" "$(median <"$work/costs")"
