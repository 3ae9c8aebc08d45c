#!/usr/bin/env bash
# Tests Spark on two executors, Dask and Ray on two processes, and SHAP's pictures. Needs a JRE of version 17 or later.
set -euo pipefail
cd "$(dirname "$0")/.."

cache="${XDG_CACHE_HOME:-$HOME/.cache}/sponsorfit"
tools="$cache/spark"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$cache/target}"
export PIP_DISABLE_PIP_VERSION_CHECK=1

if ! command -v java >/dev/null; then
  as_root=$([ "$(id -u)" = 0 ] || echo sudo)
  $as_root apt-get update -qq
  $as_root apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless
fi
wanted="$(python3 --version; sha256sum < spark/requirements.txt)"
if [ "$(cat "$tools/installed" 2>/dev/null)" != "$wanted" ]; then
  python3 -m venv --clear "$tools"
  "$tools/bin/pip" install --quiet --requirement spark/requirements.txt "$(grep ^maturin tests/requirements.txt)"
  echo "$wanted" > "$tools/installed"
fi
wheels="$(mktemp -d)"
trap 'rm -rf "$wheels"' EXIT
"$tools/bin/maturin" build --profile wheel --locked --out "$wheels" --quiet
"$tools/bin/pip" install --quiet --force-reinstall --no-deps "$wheels"/*.whl
root="$PWD"
cd "$wheels"
"$tools/bin/python" -P -m pytest --quiet -p no:cacheprovider --import-mode=importlib --rootdir "$root" "$root/spark"
