#!/usr/bin/env bash
# What a newcomer does: a fresh environment, the package and nothing else, a first score.
set -euo pipefail
package="$1"
# A wheel needs nothing; sources need what builds them.
case "$package" in *.whl) alone=(--no-index) ;; *) alone=() ;; esac
fresh="$(mktemp -d)"
trap 'rm -rf "$fresh"' EXIT
python3 -m venv "$fresh/venv"
"$fresh/venv/bin/pip" install --quiet --disable-pip-version-check "${alone[@]}" "$package"
cd "$fresh"
printf 'event_id,categories\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001,{music}\n' > events.csv
printf 'sponsor_id,preferred_categories\n6f9619ff-8b86-d011-b42d-00c04fc964ff,{music}\n' > sponsors.csv
venv/bin/python -P - <<'PY'
import sponsorfit

sponsor = {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "annual_budget_cents": 5_000_000}
event = {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "categories": ["Music"]}
score = sponsorfit.Scorer().score(sponsor, event)
assert score.score == 0.5450980392156862, score
PY
venv/bin/python -m sponsorfit --sponsors sponsors.csv --events events.csv --format ndjson | grep -q '"score":'
echo "a first score, and the command line: as they should be"
