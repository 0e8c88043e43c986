#!/usr/bin/env bash
# Time from the command to the first authenticated 200: with an empty data directory, then with a warm one.
# usage: benchmarks/start.sh [runs]   (after ./kubiya build)
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5}
port=${PORT:-8790}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

one() {
  local begin end
  begin=$(date +%s%N)
  KUBIYA_DATA=$scratch/data KUBIYA_PORT=$port ./kubiya up >"$scratch/out" 2>"$scratch/err" &
  local pid=$!
  until [ -s "$scratch/key" ] || grep -m1 '^uk_' "$scratch/out" >"$scratch/key" 2>/dev/null; do
    kill -0 "$pid" || { cat "$scratch/err" >&2; exit 1; }
    sleep 0.01
  done
  until curl -sf -o /dev/null "localhost:$port/v1/auth/me" -H "Authorization: UserKey $(cat "$scratch/key")"; do
    sleep 0.01
  done
  end=$(date +%s%N)
  echo "$(((end - begin) / 1000000)) ms, server RSS $(awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$pid/status") MiB, with its children PSS $(
    for p in $pid $(pgrep -P "$pid" || true) $(pgrep -f "$scratch/data/postgres" || true); do
      awk '/^Pss:/ {s += $2} END {print s}' "/proc/$p/smaps_rollup" 2>/dev/null || true
    done | awk '{s += $1} END {print int(s / 1024)}'
  ) MiB"
  kill "$pid"
  wait "$pid" || true
}

echo "empty data directory: $(one)"
for _ in $(seq "$runs"); do echo "warm data directory:  $(one)"; done
