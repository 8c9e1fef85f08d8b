#!/usr/bin/env bash
# Checks that the service in this container is alive. The address comes from the options of the container's first process,
# else from BIND_ADDRESS and PORT. Plain bash, because the base image has no HTTP client; TLS needs curl.
set -eu

address=${BIND_ADDRESS:-127.0.0.1}
port=${PORT:-8080}
certificate=${TLS_CERT:-}

# Reads the options of a command line, NUL-separated as in /proc.
read_options() {
  local name=
  while IFS= read -r -d '' word; do
    case $word in
      --*=*) set_option "${word%%=*}" "${word#*=}" ;;
      *) set_option "$name" "$word" ;;
    esac
    name=$word
  done
}

set_option() {
  case $1 in
    --port) port=$2 ;;
    --bind-address | --endpoint) address=$2 ;;
    --tls-cert) certificate=$2 ;;
  esac
}

# Tests pass another file.
commandline=${1:-/proc/1/cmdline}
if [ -r "$commandline" ]; then read_options <"$commandline"; fi

# host, host:port, [v6], [v6]:port, or a bare IPv6 address.
case $address in
  '['*']') host=${address:1:-1} ;;
  '['*']:'*) host=${address%]:*} host=${host#[} port=${address##*:} ;;
  *:*:*) host=$address ;;
  *:*) host=${address%:*} port=${address##*:} ;;
  *) host=$address ;;
esac
case $host in
  0.0.0.0 | :: | 0:0:0:0:0:0:0:0) host=127.0.0.1 ;;
esac

if [ -n "$certificate" ]; then
  case $host in *:*) host="[$host]" ;; esac
  # --insecure, because the certificate is for the callers' host name, not for this address.
  exec curl --silent --show-error --fail --insecure --max-time 4 --output /dev/null "https://$host:$port/health"
fi

exec 3<>"/dev/tcp/$host/$port"
printf 'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 3 -u 3 _ status _
[ "$status" = 200 ]
