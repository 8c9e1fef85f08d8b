#!/usr/bin/env bash
# Measures what it costs to decide where an event goes, with up to 10,000 subscriptions, and how long their filters take
# to be read and indexed. It starts no service and needs nothing but the build.
#
#   benchmarks/routing.sh
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ -d "$here/target/lib" ] || { echo "Build the program first: ./sluice check" >&2; exit 2; }
# The flags of ./sluice.
eval "$(grep '^SERVER_FLAGS=' "$(dirname "$here")/sluice")"
# shellcheck disable=SC2086 # a list of flags
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" $SERVER_FLAGS -cp "$here/target/classes:$here/target/lib/*" dev.sluice.benchmark.RoutingCost
