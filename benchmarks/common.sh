# Shared functions of the load scripts, which source this file.
# shellcheck shell=bash disable=SC2034 # used by the scripts that source it

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
work=$(mktemp -d)
pids=()

stop_all() {
  if [ ${#pids[@]} -gt 0 ]; then kill "${pids[@]}" 2>/dev/null || true; fi
  wait 2>/dev/null || true
  pids=()
}
trap 'stop_all; rm -rf "$work"' EXIT

command -v wrk >/dev/null || { echo "wrk is missing. Install it, for example: apt-get install wrk" >&2; exit 2; }
jar=$(ls "$root"/server/target/sluice/sluice-server.jar 2>/dev/null) ||
  { echo "Build the program first: ./sluice check" >&2; exit 2; }
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes=$here/target/classes:$here/target/lib/*
database=
# The flags of ./sluice.
eval "$(grep '^SERVER_FLAGS=' "$root/sluice")"
flags=$SERVER_FLAGS

# start_sluice STORAGE PORT: starts the service and waits until it is ready.
start_sluice() {
  # shellcheck disable=SC2086 # a list of flags
  STORAGE=$1 PORT=$2 DATA_DIR=$work/data DATABASE_URL=$database "$java" $flags -jar "$jar" serve >"$work/$1.out" 2>"$work/$1.err" &
  pids+=($!)
  for _ in $(seq 100); do
    curl -sf "http://127.0.0.1:$2/ready" >/dev/null && return
    sleep 0.1
  done
  cat "$work/$1.err" >&2
  exit 1
}

# start_database: starts a PostgreSQL that counts its statements, and sets $database to its URL.
start_database() {
  mkdir -p "$work/postgres"
  : >"$work/database.out"
  "$java" -cp "$classes" dev.sluice.benchmark.DatabaseServer "$work/postgres" >"$work/database.out" 2>"$work/database.err" &
  pids+=($!)
  for _ in $(seq 300); do
    database=$(cat "$work/database.out")
    if [ -n "$database" ]; then return; fi
    sleep 0.1
  done
  cat "$work/database.err" >&2
  exit 1
}

# ask QUERY: prints the rows of a query
ask() { "$java" -cp "$classes" dev.sluice.benchmark.Ask "$database" "$1" 2>/dev/null; }

# totals URL: prints the accepted and completed events since the start
totals() { curl -s -w '\n' "$1/stats" | sed 's/.*"totals":{"accepted":\([0-9]*\),"completed":\([0-9]*\).*/\1 \2/'; }

# rate SCRIPT URL CONNECTIONS SECONDS: prints requests per second; reports responses other than 2xx
rate() {
  wrk -t1 -c"$3" -d"${4}s" -s "$here/$1.lua" "$2/events" >"$work/wrk.log"
  if grep -q "Non-2xx" "$work/wrk.log"; then grep "Non-2xx" "$work/wrk.log" >&2; fi
  awk '/Requests\/sec/ {print $2}' "$work/wrk.log"
}

# load URL SERVICE [SCRIPT]: loads a service for $seconds until nothing waits; prints accepted events/s, completed
# deliveries/s, and microseconds of its processor time per event
load() {
  local accepted_before completed_before accepted completed last=-1 before begin end
  read -r accepted_before completed_before < <(totals "$1")
  before=$(ticks "$2"); begin=$(date +%s%N)
  rate "${3:-single}" "$1" 64 "$seconds" >/dev/null
  read -r accepted completed < <(totals "$1")
  while [ "$completed" != "$last" ]; do
    last=$completed; end=$(date +%s%N)
    sleep 0.1
    read -r _ completed < <(totals "$1")
  done
  awk -v a=$((accepted - accepted_before)) -v c=$((completed - completed_before)) -v t=$((end - begin)) \
    -v cpu=$(($(ticks "$2") - before)) -v second="$(getconf CLK_TCK)" \
    'BEGIN {printf "%.0f %.0f %.1f\n", a / t * 1e9, c / t * 1e9, cpu / second / a * 1e6}'
}

# start_brokers: starts a RabbitMQ and a Redis, and exports their URLs.
start_brokers() {
  mkdir -p "$work/brokers"
  : >"$work/brokers.out"
  "$java" -cp "$classes" dev.sluice.benchmark.Brokers "$work/brokers" >"$work/brokers.out" 2>"$work/brokers.err" &
  pids+=($!)
  for _ in $(seq 600); do
    if read -r AMQP_URL REDIS_URL <"$work/brokers.out"; then export AMQP_URL REDIS_URL; return; fi
    sleep 0.1
  done
  cat "$work/brokers.err" >&2
  exit 1
}

# start_own STORAGE NAME URL: starts a service with a storage of its own in the folder NAME; sets $service to its pid,
# and $servers to the pid of its database or brokers
start_own() {
  local all=$work
  work=$all/$2
  mkdir -p "$work"
  servers=
  case $1 in
    postgres) start_database; servers=${pids[-1]} ;;
    broker) start_brokers; servers=${pids[-1]} ;;
  esac
  start_sluice "$1" "${3##*:}"
  service=${pids[-1]}
  work=$all
}

# process_tree PID: prints a process and all that descend from it
process_tree() {
  local child
  echo "$1"
  for child in $(pgrep -P "$1"); do process_tree "$child"; done
}

# ticks PID...: prints the processor time of each process, in clock ticks
ticks() { for pid; do sed 's/.*) //' "/proc/$pid/stat" | awk '{printf "%d ", $12 + $13}'; done; }

divide() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.3f\n", a / b}'; }

median() { sort -n | awk '{v[NR]=$1} END {print (NR%2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2)}'; }
