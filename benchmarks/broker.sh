#!/usr/bin/env bash
# Compares the broker storage with a minimal NestJS producer and worker (benchmarks/nestjs), end to end: events/s from the
# first request until the last accepted event is completed. Both use the same RabbitMQ and Redis, which the script starts
# from the system's packages and stops again, and are loaded in alternation with the same wrk command on one machine.
# Prints each round, then medians, the ratio of adjacent rounds, and the processor time of each process per event.
#
#   benchmarks/broker.sh [rounds] [seconds per round]
#
# CONNECTIONS="64 256" sets the numbers of connections. Needs wrk, rabbitmq-server, redis-server and Node.js 18 with npm
# (Debian: apt-get install wrk rabbitmq-server redis-server nodejs npm).
#
# Guarantees. Both use durable quorum queues and persistent messages, and acknowledge a message when it is processed;
# Redis writes nothing to disk.
#   sluice   202 after RabbitMQ has confirmed the message. Redis has the record of each event: its state, its lease and
#            worker, its result; a duplicate id is detected on arrival.
#   nestjs   202 after the message is handed to ClientRMQ.emit(), as in most programs: it publishes with confirms, but does
#            not wait for them, so accepted events may be lost. With AWAIT_CONFIRM=true the producer waits, which is the
#            fairer comparison. The worker (noAck: false, prefetch 64) sets a key per event in Redis unless it exists, then
#            sets it to done and acknowledges.
# Neither does any work for an event. The NestJS worker has no retries or delays, and keeps nothing to look up.
set -euo pipefail

rounds=${1:-5}
seconds=${2:-8}
read -ra loads <<<"${CONNECTIONS:-64 256}"
# Fails when no event completes for this many seconds.
patience=30
# shellcheck source=benchmarks/common.sh
. "$(dirname "$0")/common.sh"

# need COMMAND PACKAGE
need() { command -v "$1" >/dev/null || { echo "$1 is missing. Install it, for example: apt-get install $2" >&2; exit 2; }; }

# Debian's rabbitmq-server in the path is only for root and its own user; the script that it calls is for any user.
rabbitmq=/usr/lib/rabbitmq/bin/rabbitmq-server
[ -x "$rabbitmq" ] || { need rabbitmq-server rabbitmq-server; rabbitmq=$(command -v rabbitmq-server); }
need epmd erlang-base
need redis-server redis-server
need node nodejs
need npm npm
[ "$(node -p 'parseInt(process.versions.node)')" -ge 18 ] || { echo "Node.js 18 or newer is needed" >&2; exit 2; }

# free_ports COUNT: prints unused ports, below the ephemeral range: a connection attempt to an ephemeral port could connect
# to itself.
free_ports() {
  node -e '
    const free = [], server = require("net").createServer();
    let port = 18100;
    const next = () => server.listen(port, "127.0.0.1");
    server.on("error", () => { port++; next(); });
    server.on("listening", () => server.close(() => {
      free.push(port++);
      if (free.length == process.argv[1]) console.log(free.join(" ")); else next();
    }));
    next();' "$1"
}

# await_port NAME PORT: waits until the process started last listens.
await_port() {
  for _ in $(seq 600); do
    kill -0 "${pids[-1]}" 2>/dev/null || break
    if (: <>"/dev/tcp/127.0.0.1/$2") 2>/dev/null; then return; fi
    sleep 0.1
  done
  echo "$1 did not start:" >&2
  tail -n 30 "$work/$1.log" >&2
  exit 1
}

# start_rabbitmq PORT DISTRIBUTION_PORT EPMD_PORT: keeps all files in the temporary folder, and sets $rabbit to its pid.
start_rabbitmq() {
  local home=$work/rabbitmq
  mkdir -p "$home"
  echo "listeners.tcp.1 = 127.0.0.1:$1" >"$home/rabbitmq.conf"
  echo '[].' >"$home/plugins"
  epmd -port "$3" -address 127.0.0.1 &
  pids+=($!)
  HOME=$home RABBITMQ_NODENAME=sluice-benchmark-$1@localhost RABBITMQ_MNESIA_BASE=$home/mnesia RABBITMQ_LOG_BASE=$home/log \
    RABBITMQ_CONFIG_FILE=$home/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$home/plugins RABBITMQ_PID_FILE=$home/pid \
    RABBITMQ_DIST_PORT=$2 ERL_EPMD_PORT=$3 ERL_EPMD_ADDRESS=127.0.0.1 \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}' \
    "$rabbitmq" >"$work/rabbitmq.log" 2>&1 &
  pids+=($!)
  await_port rabbitmq "$1"
  rabbit=$(cat "$home/pid")
}

# start_redis PORT
start_redis() {
  redis-server --port "$1" --bind 127.0.0.1 --save '' --appendonly no --dir "$work" >"$work/redis.log" 2>&1 &
  pids+=($!)
  await_port redis "$1"
}

# build_nestjs: installs the packages of its package-lock.json unless they are up to date, and compiles.
build_nestjs() (
  cd "$here/nestjs"
  if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
    npm ci --ignore-scripts --no-audit --no-fund >"$work/npm.log" 2>&1 || { cat "$work/npm.log" >&2; exit 1; }
  fi
  npm run --silent build
)

# start_nestjs producer|worker PORT
start_nestjs() {
  NODE_ENV=production PORT=$2 node "$here/nestjs/dist/$1.js" >"$work/$1.log" 2>&1 &
  pids+=($!)
  await_port "$1" "$2"
}

# counts sluice|nestjs: prints the accepted and completed events since the start
counts() {
  if [ "$1" = sluice ]; then
    totals "$sluice_url"
  else
    local accepted completed
    read -r accepted _ < <(totals "$producer_url")
    read -r _ completed < <(totals "$worker_url")
    echo "$accepted $completed"
  fi
}

# run sluice|nestjs CONNECTIONS: loads it and waits until all events are completed. Sets $taken (events/s accepted during
# the load), $ended (events/s completed from the first request to the last completion), and $costs (microseconds of
# processor time per event, for each of its processes).
run() {
  local url=$sluice_url processes=("$sluice" "$rabbit" "$redis")
  if [ "$1" = nestjs ]; then url=$producer_url; processes=("$producer" "$worker" "$rabbit" "$redis"); fi
  local accepted completed accepted_before completed_before last=-1 moved=$SECONDS before after begin loaded end
  read -r accepted_before completed_before < <(counts "$1")
  before=$(ticks "${processes[@]}"); begin=$(date +%s%N)
  rate single "$url" "$2" "$seconds" >/dev/null
  loaded=$(date +%s%N)
  while read -r accepted completed < <(counts "$1") && ((completed - completed_before < accepted - accepted_before)); do
    if [ "$completed" != "$last" ]; then last=$completed; moved=$SECONDS; fi
    if ((SECONDS - moved > patience)); then
      echo "$1 completed $((completed - completed_before)) of $((accepted - accepted_before)) events, then none for $patience s" >&2
      tail -n 30 "$work/broker.err" "$work/producer.log" "$work/worker.log" >&2
      exit 1
    fi
    sleep 0.1
  done
  end=$(date +%s%N); after=$(ticks "${processes[@]}")
  read -r taken ended costs < <(echo "$before $after" | awk -v n=$((completed - completed_before)) \
    -v load=$((loaded - begin)) -v all=$((end - begin)) -v second="$(getconf CLK_TCK)" '{
      printf "%.0f %.0f", n / load * 1e9, n / all * 1e9
      for (i = 1; i <= NF / 2; i++) printf " %.0f", ($(i + NF / 2) - $i) / second / n * 1e6
      print ""}')
}

# keep FILE: appends $ended to FILE, and each of $costs to FILE.cpuN
keep() {
  local cost i=0
  echo "$ended" >>"$1"
  for cost in $costs; do i=$((i + 1)); echo "$cost" >>"$1.cpu$i"; done
}

# cost FILE NAME...: prints the medians of the recorded costs, by name
cost() {
  local file=$1 name i=0 sum=0 value
  shift
  for name; do
    i=$((i + 1)); value=$(median <"$file.cpu$i")
    sum=$(awk -v a="$sum" -v b="$value" 'BEGIN {print a + b}')
    printf '%s %.0f, ' "$name" "$value"
  done
  printf 'total %.0f' "$sum"
}

build_nestjs
read -r amqp_port dist_port epmd_port redis_port sluice_port producer_port worker_port < <(free_ports 7)
sluice_url=http://127.0.0.1:$sluice_port
producer_url=http://127.0.0.1:$producer_port
worker_url=http://127.0.0.1:$worker_port
export AMQP_URL=amqp://guest:guest@127.0.0.1:$amqp_port REDIS_URL=redis://127.0.0.1:$redis_port AWAIT_CONFIRM=${AWAIT_CONFIRM:-false}
start_redis "$redis_port"; redis=${pids[-1]}
start_rabbitmq "$amqp_port" "$dist_port" "$epmd_port"
start_nestjs worker "$worker_port"; worker=${pids[-1]}
start_nestjs producer "$producer_port"; producer=${pids[-1]}
start_sluice broker "$sluice_port"; sluice=${pids[-1]}

echo "warming up"
for connections in "${loads[@]}" "${loads[@]}"; do
  run sluice "$connections"
  run nestjs "$connections"
done
if [ "$AWAIT_CONFIRM" = true ]; then answers="after the confirm"; else answers="without waiting for the confirm"; fi
for connections in "${loads[@]}"; do
  echo "single events, $connections connections, $rounds rounds of $seconds s in alternation; NestJS answers $answers"
  echo "(accepted/s during the load, completed/s from the first request to the last completion, µs of processor per event)"
  ours=$work/sluice-$connections; theirs=$work/nestjs-$connections
  for _ in $(seq "$rounds"); do
    run sluice "$connections"; keep "$ours"; mine=$ended
    read -r java_cost rabbit_cost redis_cost <<<"$costs"
    printf '  sluice %6.0f %6.0f   java %.0f rabbitmq %.0f redis %.0f\n' "$taken" "$ended" "$java_cost" "$rabbit_cost" "$redis_cost"
    run nestjs "$connections"; keep "$theirs"
    read -r producer_cost worker_cost rabbit_cost redis_cost <<<"$costs"
    ratio=$(awk -v o="$mine" -v t="$ended" 'BEGIN {printf "%.2f", o / t}'); echo "$ratio" >>"$work/ratio-$connections"
    printf '  nestjs %6.0f %6.0f   producer %.0f worker %.0f rabbitmq %.0f redis %.0f   ratio %s\n' \
      "$taken" "$ended" "$producer_cost" "$worker_cost" "$rabbit_cost" "$redis_cost" "$ratio"
  done
  printf 'medians of completed: sluice %.0f/s, nestjs %.0f/s; median of ratios %.2f\n' \
    "$(median <"$ours")" "$(median <"$theirs")" "$(median <"$work/ratio-$connections")"
  printf 'medians of µs per event: sluice: %s; nestjs: %s\n' \
    "$(cost "$ours" java rabbitmq redis)" "$(cost "$theirs" producer worker rabbitmq redis)"
done
