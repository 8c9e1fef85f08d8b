#!/usr/bin/env bash
# Kills the service at random times while 32 producers send, restarts it, and checks that no acknowledged event was
# lost and that no attempt began after its delivery had finished. Then two nodes on one PostgreSQL: a node killed,
# terminated or frozen, and the database stopped. The same with RabbitMQ and Redis, if they are installed. Then a kill
# during a bulk job, a full disk, a start with a million pending events, kills while subscriptions change, kills while
# webhooks are sent, and kills and changes under order per key. Prints the counts and the seed; the same seed kills at
# the same times after each start.
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
tests=CrashIT,BulkCrashIT,DiskFullIT,DatabaseNodesIT,BrokerNodesIT,BrokerOutagesIT,BacklogIT,SubscriptionChangesIT,WebhookCrashIT,OrderIT
"$root/sluice" check -Dtest=None "-Dit.test=$tests" -Dsluice.process.forks=1 "-Dchaos.rounds=$rounds" "-Dchaos.seed=$seed" \
  -Dchaos.outage=40 -Dchaos.bulk=40000 -Dchaos.pending=1000000 \
  -Dchaos.routed=20000 -Dchaos.changes=1000 "-Dchaos.kills=$rounds" >"$log" 2>&1 || status=$?
grep -E "acknowledged; | pending: |Tests run: .*IT|cannot mount|^\[ERROR\] +(${tests//,/|})" "$log" || true
if [ "$status" -ne 0 ]; then tail -40 "$log" >&2; fi
exit "$status"
