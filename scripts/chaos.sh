#!/usr/bin/env bash
# Kills the service at random moments while 32 producers send, starts it again, and checks afterwards that nothing
# acknowledged was lost and nothing ran after its end. Then the same with two nodes on one PostgreSQL: a node killed, a
# node frozen, the database stopped. Prints the counts and the seed; the same seed kills at the same times after each
# start.
#
#   scripts/chaos.sh [rounds] [seed]
set -euo pipefail

rounds=${1:-20}
seed=${2:-$(date +%s)}
root=$(cd "$(dirname "$0")/.." && pwd)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

echo "$rounds rounds, seed $seed"
status=0
"$root/sluice" check -Dtest=None -Dit.test=CrashIT,DiskFullIT,ManyNodesIT "-Dchaos.rounds=$rounds" "-Dchaos.seed=$seed" -Dchaos.outage=40 >"$log" 2>&1 || status=$?
grep -E 'acknowledged; |Tests run: .*IT|cannot mount|^\[ERROR\] +CrashIT|^\[ERROR\] +DiskFullIT|^\[ERROR\] +ManyNodesIT' "$log" || true
if [ "$status" -ne 0 ]; then tail -40 "$log" >&2; fi
exit "$status"
