#!/usr/bin/env bash
# Whether the service in this container lives. Plain bash, because the image brings no HTTP client.
set -eu

exec 3<>"/dev/tcp/127.0.0.1/${PORT:-8080}"
# Without a client for TLS, that it takes connections has to do.
[ -z "${TLS_CERT:-}" ] || exit 0
printf 'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 3 -u 3 _ status _
[ "$status" = 200 ]
