#!/usr/bin/env bash
# Tries the main things on a service: health, metrics, an event that completes, one that fails.
#
#   scripts/smoke_test.sh                             starts a service of its own and stops it again
#   SLUICE_URL=http://host:8080 scripts/smoke_test.sh  uses one that runs; a failing event there takes
#                                                     as long as its retries do, and takes DEMO=on
#
# SLUICE_KEY            an operator's key, where the service asks for one
# SLUICE_WAIT_SECONDS   how long to wait for each thing (60; the first start builds: 600)
#
# Needs bash and curl; nothing newer than what macOS has.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/sluice-smoke.XXXXXX") || exit 1
url=${SLUICE_URL:-}
url=${url%/}
limit=${SLUICE_WAIT_SECONDS:-60}
start_limit=${SLUICE_WAIT_SECONDS:-600}
# In a file, because command lines can be seen by all users of the machine.
printf '%s' "${SLUICE_KEY:+Authorization: Bearer $SLUICE_KEY}" >"$work/headers"
run=$(date +%s)-$$
service=
failures=0

clean_up() {
  if [ -n "$service" ]; then
    kill "$service" 2>/dev/null
    # It may drain for a while; nothing here is worth waiting for longer.
    wait_until 10 is_gone || kill -9 "$service" 2>/dev/null
  fi
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# ---- Steps ----------------------------------------------------------------------------------------

# Prints ok or FAILED for a named check, which is a command.
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

# Runs a command up to `$1` seconds until it succeeds.
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
    printf '%s\n' '--- the last the service said:'
    tail -n 20 "$work/log"
  fi
  printf '%s\n' 'smoke test FAILED'
  exit 1
}

# ---- Requests -------------------------------------------------------------------------------------

# Prints the body; fails unless the status is `$1`.
request() {
  local expected=$1 status
  shift
  status=$(curl --silent --max-time 10 -H "@$work/headers" --output "$work/body" --write-out '%{http_code}' "$@") || return 1
  [ "$status" = "$expected" ] && cat "$work/body"
}

# Whether the body at a path has a text in it.
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

# The address stands in the one line that the service prints when it is up.
is_listening() {
  url=$(sed -n 's/.* listens on \(http:[^ ,]*\),.*/\1/p' "$work/out")
  [ -n "$url" ] || is_gone
}

start() {
  # In an empty folder, so that nobody's sluice.yaml is read.
  (
    cd "$work" &&
      DATA_DIR="$work/data" PORT=0 BIND_ADDRESS=127.0.0.1 MAX_RETRIES=1 RETRY_BASE_MS=10 LOG_LEVEL=info \
        exec "$root/sluice" serve
  ) >"$work/out" 2>"$work/log" &
  service=$!
  wait_until "$start_limit" is_listening && [ -n "$url" ]
}

# 143 is how a JVM ends when it is asked to.
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
step 'metrics are there' has /metrics sluice_

good=smoke-good-$run
step 'an event is accepted' post "{\"event_id\":\"$good\",\"payload\":{\"hello\":\"world\"}}"
step 'it is completed' wait_until "$limit" has "/events/$good" '"status":"completed"'

bad=smoke-bad-$run
step 'an event that fails is accepted' post "{\"event_id\":\"$bad\",\"payload\":{\"fail\":true}}"
step 'it is in the dead letters' wait_until "$limit" has '/dead-letters?limit=500' "\"$bad\""

if [ -n "$service" ]; then
  step 'the service stops when asked to' stop
  step 'nothing was left undone' drained
fi

[ "$failures" -eq 0 ] || give_up
echo 'smoke test passed'
