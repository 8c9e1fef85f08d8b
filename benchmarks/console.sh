#!/usr/bin/env bash
# Measures the console: time from start to window; processor, memory and requests while it idles on the overview of a
# service with some load; and how evenly 100,000 rows scroll.
#
#   benchmarks/console.sh [starts] [idle seconds]
#
# Needs Xvfb, xdotool, curl and GTK 3 (Debian: apt install xvfb xdotool curl libgtk-3-0 libxtst6). The console renders
# with the processor, as on a machine without a graphics card.
set -euo pipefail

starts=${1:-5}
idle=${2:-60}
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
children=()

end() {
  for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT

for tool in Xvfb xdotool curl; do
  command -v "$tool" >/dev/null || { echo "console.sh: $tool is missing" >&2; exit 2; }
done

# ---- A display and a service -----------------------------------------------------------------------

Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp 3>"$work/display" 2>/dev/null &
children+=($!)
for _ in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$work/display")
export DISPLAY SLUICE_CONSOLE_HOME=$work/home SLUICE_CONSOLE_RENDERING=software

PORT=0 STORAGE=memory ACCESS_LOG=on LOG_FORMAT=text "$root/sluice" serve >"$work/service" 2>&1 &
children+=($!)
for _ in $(seq 1200); do grep -q 'listens on' "$work/service" && break; sleep 0.1; done
address=$(sed -n 's/.*listens on \(http:[^,]*\),.*/\1/p' "$work/service" | head -1)

# Twenty events a second.
while true; do
  curl -s -o /dev/null -H 'Content-Type: application/json' \
    -d '[{"payload":1},{"payload":2},{"payload":3},{"payload":{"fail":true}}]' "$address/events" || true
  sleep 0.2
done &
load=$!
children+=("$load")

# ---- Start to window -------------------------------------------------------------------------------

now() { date +%s%N; }

# Starts the console; sets `console` (process id) and `took` (milliseconds).
open_console() {
  local from
  from=$(now)
  "$root/sluice" console "$address" >"$work/console" 2>&1 &
  console=$!
  # Without --sync, which polls only twice a second.
  until xdotool search --onlyvisible --name ' – Sluice' >/dev/null 2>&1; do sleep 0.02; done
  took=$((($(now) - from) / 1000000))
}

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

open_console # builds it, and makes its AOT cache, if necessary
kill "$console"
wait "$console" 2>/dev/null || true
for _ in $(seq "$starts"); do
  open_console
  echo "$took"
  kill "$console"
  wait "$console" 2>/dev/null || true
done >"$work/starts"
echo "start to window: median $(median <"$work/starts") ms of $(tr '\n' ' ' <"$work/starts")"

# ---- Idle ------------------------------------------------------------------------------------------

# Prints the processor time of a process in hundredths of a second.
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }

# Measures the idle console; the argument describes the load of the service.
measure() {
  local before asked used kib
  before=$(ticks "$console")
  asked=$(grep -c 'GET /' "$work/service" || true)
  sleep "$idle"
  used=$(($(ticks "$console") - before))
  asked=$(($(grep -c 'GET /' "$work/service" || true) - asked))
  kib=$(awk '/VmRSS/ { print $2 }' "/proc/$console/status")
  awk -v used="$used" -v idle="$idle" -v asked="$asked" -v kib="$kib" -v load="$1" \
    'BEGIN { printf "idle on the overview, %s: %.2f %% of a core, %d MiB, %.0f requests a minute\n",
             load, used / idle, kib / 1024, asked * 60 / idle }'
}

open_console
children+=("$console")
# Until the JVM has compiled the frequently used code.
sleep 120
measure 'service with 20 events/s'
kill "$load"
# Until the rates are down to zero.
sleep 90
measure 'idle service'
kill "$console"

# ---- Scrolling -------------------------------------------------------------------------------------

"$root/sluice" check -pl admin-ui -Dtest=ScrollBench -Dit.test=None >"$work/scroll" 2>&1 || { tail -30 "$work/scroll"; exit 1; }
sed -n 's/^INFO: \(.*frames.*\)/\1/p' "$work/scroll"
