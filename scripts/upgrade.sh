#!/usr/bin/env bash
# Upgrades the data of an earlier version. Builds that version from this repository's history, lets it write events (one
# in 20 stays in the backlog, some are dead letters or wait for a retry), kills it, starts this version on the same data and
# compares: counts, attempts and payloads, dead letters, keys, pauses, the activity log. Then the backlog must drain, and
# subscriptions, back-fill, replay and a bulk job that was planned before must work. Prints sizes and times.
#
#   scripts/upgrade.sh [--storage sqlite|postgres|both] [--events N] [--from COMMIT]
#
# Without options: both storages, a million events, and the last version without stored subscriptions. It takes some
# minutes, and about 2 GB in the folder for temporary files.
set -euo pipefail

storage=both
events=1000000
from=490d45bf
usage() {
  sed -n 's/^#   //p' "$0" >&2
  exit 2
}
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --storage) storage=$2 ;;
    --events) events=$2 ;;
    --from) from=$2 ;;
    *) usage ;;
  esac
  shift 2
done
case $storage in
  both) tests=UpgradeTrial ;;
  sqlite | postgres) tests="UpgradeTrial#*_$storage" ;;
  *) usage ;;
esac

root=$(cd "$(dirname "$0")/.." && pwd)
git -C "$root" cat-file -e "$from^{commit}" 2>/dev/null ||
  { echo "This clone has no commit $from. Fetch the whole history: git fetch --unshallow" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/earlier"
git -C "$root" archive "$from" | tar -x -C "$work/earlier"

echo "From $(git -C "$root" log -1 --format='%h (%cs)' "$from"), $events events"
# Builds both versions, so that no start has to.
"$work/earlier/sluice" version >/dev/null
"$root/sluice" version >/dev/null
report=$root/process-tests/target/surefire-reports/dev.sluice.process.UpgradeTrial-output.txt
rm -f "$report"
status=0
"$root/sluice" check -pl process-tests -am "-Dtest=$tests" -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=None \
  "-Dupgrade.earlier=$work/earlier" "-Dupgrade.current=$root" "-Dupgrade.events=$events" >"$work/log" 2>&1 || status=$?
sed -n 's/^upgrade: //p' "$report" || true
grep "Tests run: .*UpgradeTrial" "$work/log" || true
if [ "$status" -ne 0 ]; then tail -60 "$work/log" >&2; fi
exit "$status"
