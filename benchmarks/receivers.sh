#!/usr/bin/env bash
# Measures what receivers that hang cost the others: 100 subscriptions to webhooks, 10 of which go to receivers that accept
# connections and never respond. Sends events to one service at a steady rate, in alternation without and with these ten,
# and prints how long the events take to arrive at the other 90, and the ratio of the p99.
#
#   benchmarks/receivers.sh [storage] [rounds] [seconds per phase] [events per second]
set -euo pipefail

storage=${1:-sqlite}
rounds=${2:-5}
seconds=${3:-10}
rate=${4:-5}
port=${SLUICE_PORT:-18080}
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"

if [ "$storage" = postgres ]; then start_database; fi
start_sluice "$storage" "$port"
echo "$storage, $rate events/s to 90 receivers, without and with 10 that hang, $rounds rounds of $seconds s each in alternation"
"$java" -cp "$classes" dev.sluice.benchmark.ReceiversLoad "http://127.0.0.1:$port" "$rounds" "$seconds" "$rate"
