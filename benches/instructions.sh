#!/usr/bin/env bash
# Counts the instructions of five fixed workloads, and shows the change since the committed counts.
# `instructions.sh --write` makes the new counts the committed ones.
#
# Instructions do not depend on what else a machine does; compare counts of the same toolchain only.
set -euo pipefail
cd "$(dirname "$0")/.."

counts=benches/instructions.txt
cargo build --quiet --release -p sponsorfit-benches --bin peers
peers="${CARGO_TARGET_DIR:-target}/release/peers"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

for name in top_events recommended pairs top_sponsors score_all; do
  valgrind --tool=callgrind --callgrind-out-file="$work/$name" "$peers" count "$name" > /dev/null 2> "$work/$name.log"
  # Building the catalog is not the work: only what runs inside one function counts.
  case $name in
    top_events | recommended) pattern=':peers::each ' ;;
    pairs) pattern='peers::every_pair ' ;;
    top_sponsors) pattern='::top_sponsors ' ;;
    score_all) pattern='::score_all ' ;;
  esac
  callgrind_annotate --inclusive=yes --threshold=100 "$work/$name" > "$work/$name.txt"
  now="$(grep -m1 -F -- "$pattern" "$work/$name.txt" | sed 's/^ *\([0-9,]*\).*/\1/; s/,//g')"
  before="$(sed -n "s/^$name //p" "$counts" 2> /dev/null || true)"
  change="$(awk -v now="$now" -v before="${before:-0}" 'BEGIN { if (before) printf "%+.2f %%", 100 * (now - before) / before; else print "new" }')"
  echo "$name $now $change"
  echo "$name $now" >> "$work/counts"
done
if [ "${1:-}" = "--write" ]; then
  cp "$work/counts" "$counts"
fi
