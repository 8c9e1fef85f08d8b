#!/usr/bin/env bash
# Tests the main functions of a service: health, metrics, an event that completes, one that fails.
#
#   scripts/smoke_test.sh                              starts a service, and stops it afterwards
#   SLUICE_URL=http://host:8080 scripts/smoke_test.sh  uses a running service; the failing event takes as long as
#                                                      its retries there, and needs DEMO=on
#
# SLUICE_KEY            operator key, if the service needs one
# SLUICE_WAIT_SECONDS   how long to wait for each step (default: 60; 600 for the start, which may build)
#
# Needs bash and curl, in the versions of macOS or newer.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/sluice-smoke.XXXXXX") || exit 1
url=${SLUICE_URL:-}
url=${url%/}
limit=${SLUICE_WAIT_SECONDS:-60}
start_limit=${SLUICE_WAIT_SECONDS:-600}
# In a file, because all users of the machine can read command lines.
printf '%s' "${SLUICE_KEY:+Authorization: Bearer $SLUICE_KEY}" >"$work/headers"
run=$(date +%s)-$$
service=
failures=0

clean_up() {
  if [ -n "$service" ]; then
    kill "$service" 2>/dev/null
    # It may drain for a while; waiting longer would serve no purpose.
    wait_until 10 is_gone || kill -9 "$service" 2>/dev/null
  fi
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# ---- Steps ----------------------------------------------------------------------------------------

# Runs a command as a named step, and prints ok or FAILED.
step() {
  local name=$1
  shift
  if "$@"; then
    printf 'ok      %s\n' "$name"
  else
    printf 'FAILED  %s\n' "$name"
    failures=$((failures + 1))
    return 1
  fi
}

# Repeats a command until it succeeds, for at most `$1` seconds.
wait_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.2
  done
}

give_up() {
  if [ -s "$work/log" ]; then
    printf '%s\n' '--- last lines of the service log:'
    tail -n 20 "$work/log"
  fi
  printf '%s\n' 'smoke test FAILED'
  exit 1
}

# ---- Requests -------------------------------------------------------------------------------------

# Prints the response body; fails unless the status is `$1`.
request() {
  local expected=$1 status
  shift
  status=$(curl --silent --max-time 10 -H "@$work/headers" --output "$work/body" --write-out '%{http_code}' "$@") || return 1
  [ "$status" = "$expected" ] && cat "$work/body"
}

# Whether the response body at a path contains a text.
has() {
  request 200 "$url$1" | grep -q -F -- "$2"
}

post() {
  request 202 -H 'Content-Type: application/json' --data "$1" "$url/events" >"$work/answer"
}

# ---- The service ----------------------------------------------------------------------------------

is_gone() {
  ! kill -0 "$service" 2>/dev/null
}

# The address is in the single line that the service prints when it is up.
is_listening() {
  url=$(sed -n 's/.* listens on \(http:[^ ,]*\),.*/\1/p' "$work/out")
  [ -n "$url" ] || is_gone
}

start() {
  # In an empty folder, so that no sluice.yaml is read.
  (
    cd "$work" &&
      DATA_DIR="$work/data" PORT=0 BIND_ADDRESS=127.0.0.1 MAX_RETRIES=1 RETRY_BASE_MS=10 LOG_LEVEL=info \
        exec "$root/sluice" serve
  ) >"$work/out" 2>"$work/log" &
  service=$!
  wait_until "$start_limit" is_listening && [ -n "$url" ]
}

# 143 is the exit code of a JVM after SIGTERM.
stop() {
  local status=0
  kill "$service" || return 1
  wait_until "$limit" is_gone || return 1
  wait "$service" || status=$?
  service=
  [ "$status" -eq 143 ] || [ "$status" -eq 0 ]
}

drained() {
  grep -q 'stopped: .*nothing is left' "$work/log"
}

# ---- The test -------------------------------------------------------------------------------------

if [ -z "$url" ]; then
  step 'the service starts' start || give_up
fi
step "ready at $url" wait_until "$limit" has /ready '"ready":true' || give_up
step 'healthy' has /health '"status":"ok"'
step 'metrics are available' has /metrics sluice_

good=smoke-good-$run
step 'an event is accepted' post "{\"event_id\":\"$good\",\"payload\":{\"hello\":\"world\"}}"
step 'it is completed' wait_until "$limit" has "/events/$good" '"status":"completed"'

bad=smoke-bad-$run
step 'a failing event is accepted' post "{\"event_id\":\"$bad\",\"payload\":{\"fail\":true}}"
step 'it becomes a dead letter' wait_until "$limit" has '/dead-letters?limit=500' "\"$bad\""

if [ -n "$service" ]; then
  step 'the service stops' stop
  step 'nothing is left unfinished' drained
fi

[ "$failures" -eq 0 ] || give_up
echo 'smoke test passed'
