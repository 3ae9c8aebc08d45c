#!/usr/bin/env bash
# Compares the engine with NumPy, DuckDB and Polars on the same rows, and prints one table of ratios.
# SPONSORFIT_10M=1 adds ten million events (more than 16 GB of memory).
set -euo pipefail
cd "$(dirname "$0")/../.."

cache="${XDG_CACHE_HOME:-$HOME/.cache}/sponsorfit/peers"
if ! [ -x "$cache/bin/python" ]; then
  python3 -m venv "$cache"
fi
"$cache/bin/pip" install --quiet --disable-pip-version-check --requirement benches/peers/requirements.txt

cargo build --quiet --release -p sponsorfit-benches --bin peers
peers="${CARGO_TARGET_DIR:-target}/release/peers"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Settings for older builds of OpenBLAS slow a current one down: the others shall run at their best.
other() { env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE "$cache/bin/python" benches/peers/peers.py "$@"; }
for size in "10000 10000" "2000 5000" "500 2000"; do
  # shellcheck disable=SC2086
  set -- $size
  "$peers" rows "$work/$1" "$1" "$2"
  "$peers" top "$work/$1" "$1" "$2"
done
{
  other numpy "$work/10000"
  other duckdb "$work/2000"
  other polars "$work/500"
  "$peers" run
  if [ -n "${SPONSORFIT_10M:-}" ]; then "$peers" run 10000000; fi
} | tee "$work/measured" >&2
echo
echo "$(date -u +%F), $(nproc) cores, $(uname -m), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(rustc --version)"
echo
python3 benches/peers/table.py < "$work/measured"
