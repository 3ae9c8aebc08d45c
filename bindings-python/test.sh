#!/usr/bin/env bash
# Builds the wheel, installs it, and tests what was installed. Environments live in the user's cache.
set -euo pipefail
cd "$(dirname "$0")"

cache="${XDG_CACHE_HOME:-$HOME/.cache}/sponsorfit"
tools="$cache/python"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$cache/target}"
export PIP_DISABLE_PIP_VERSION_CHECK=1

# The tools stay as long as their list does.
wanted="$(python3 --version; sha256sum < tests/requirements.txt)"
if [ "$(cat "$tools/installed" 2>/dev/null)" != "$wanted" ]; then
  echo "== installing the tools of the tests"
  python3 -m venv --clear "$tools"
  "$tools/bin/pip" install --quiet --requirement tests/requirements.txt
  echo "$wanted" > "$tools/installed"
fi

echo "== record batches"
cargo test --quiet --locked -p sponsorfit-arrow

echo "== the wheel"
wheels="$(mktemp -d)"
trap 'rm -rf "$wheels"' EXIT
"$tools/bin/maturin" build --profile wheel --locked --out "$wheels" --quiet
wheel=("$wheels"/*.whl)
"$tools/bin/pip" install --quiet --force-reinstall --no-deps "${wheel[0]}"
du -h "${wheel[0]}" | cut -f1 | sed 's/^/wheel: /'

echo "== the source distribution"
"$tools/bin/maturin" sdist --out "$wheels/source" >/dev/null 2>&1
# What the sources include beside code must be in it.
tar -xzf "$wheels"/source/*.tar.gz -C "$wheels/source"
for needed in core/src/lib.rs core/learn/src/stats/experiment/bucket.sql core/wire/src/lib.rs examples/recommend/data/sponsors.ndjson \
  bindings-python/src/lib.rs python/sponsorfit/py.typed Cargo.lock; do
  ls "$wheels"/source/sponsorfit-*/"$needed" >/dev/null
done
# So must be the licences, of ours and of what is linked in: in the wheel and in the sources.
for needed in LICENSE-APACHE LICENSE-MIT THIRD-PARTY-NOTICES.txt; do
  test -s "$(ls "$wheels"/source/sponsorfit-*/"$needed")"
  "$tools/bin/python" -m zipfile --list "${wheel[0]}" | grep "dist-info/licenses/$needed" >/dev/null
done

# Away from the sources, so that what is installed is what is imported.
root="$PWD"
cd "$wheels"
run() { "$tools/bin/python" -P "$@"; }

echo "== types"
run -m mypy.stubtest sponsorfit._lowlevel --concise --allowlist "$root/tests/stubtest-allowed.txt"
run -m mypy --strict --config-file "$root/pyproject.toml" "$root/python/sponsorfit" "$root/tests/consumer.py"
"$tools/bin/pyright" --pythonpath "$tools/bin/python" "$root/tests/consumer.py"

echo "== tests"
run -m pytest --quiet --config-file "$root/pyproject.toml" --rootdir "$root" "$root/tests" "$@"

echo "== a newcomer's path"
"$root/tests/newcomer.sh" "${wheel[0]}"
