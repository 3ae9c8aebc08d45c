# The commands of the project. `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Build output outlives a clone, so that the next one starts warm.
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/sponsorfit
export CARGO_TARGET_DIR ?= $(CACHE)/target

# Runs a part, with the minutes it may take: `.ci/timed` says what that means.
timed = @.ci/timed

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | column -t -s $$'\t'

setup: ## install what tests need and is missing
	@.ci/setup

demo: ## rank the bundled catalog
	cargo run --release -p recommend

test: setup lint test-core test-wasm test-python test-npm test-system ## everything, from a fresh clone

test-core: ## the core and the command line; needs cargo alone
	$(timed) test-core 4 cargo test -p sponsorfit -p sponsorfit-learn -p sponsorfit-wire -p recommend --all-features --locked

test-wasm: setup ## the core without its features builds for the browser, and ranks the same in WASM
	$(timed) test-wasm 2 .ci/test-wasm

test-system: setup ## the system in Postgres: schema, pipeline, queue, worker, edge functions, API; on servers of its own
	$(timed) test-system 12 .ci/test-system

demo-system: setup ## the system on the sample catalog: leaves an address to query until Ctrl-C
	.ci/setup system
	cargo build --release -p queue-worker --locked
	FIT_WORKER="$(CARGO_TARGET_DIR)/release/queue-worker" examples/supabase/bin/demo

measure-system: setup ## the system's speed on this machine, as examples/supabase/README.md shows it
	.ci/setup database
	cargo build --release -p queue-worker --locked
	FIT_WORKER="$(CARGO_TARGET_DIR)/release/queue-worker" examples/supabase/bin/measure

test-spark: setup ## the Python package on Spark's executors, Dask, Ray, and with SHAP: large downloads, needs Java
	$(timed) test-spark 0 bindings-python/spark/test.sh

test-train: setup ## the ranker's recipe and the committed model, on LightGBM
	$(timed) test-train 0 .ci/train

test-python: setup ## the Python package: its wheel, installed, with types, examples and notebooks
	$(timed) test-python 8 bindings-python/test.sh

test-npm: setup ## the npm packages, on what is packed, in every runtime; and the preview page
	$(timed) test-npm 10 .ci/npm

preview: setup ## the page that scores while you type, at the address it prints
	.ci/setup npm
	cd bindings-wasm && node pack/build.mjs
	cd examples/preview && npm run build && npm run preview

lint: ## formatting, lints, documentation, types, spelling, licences, versions, workflows
	$(timed) lint 4 .ci/lint

generate: ## write what is made from the code and committed: schema, types, vectors, notices
	@.ci/generate

# The trained ranker takes part once it is there.
DATA ?= examples/data/outcomes
CUT ?= 2025-01-01
MODEL ?= $(wildcard examples/train-ranker/model.txt)

evaluate: ## measure rankers on what came later: DATA=folder CUT=2025-01-01 UNTIL= SVG=
	cargo run --release --locked -p recommend -- evaluate --data '$(DATA)' --cut $(CUT) \
	  $(if $(UNTIL),--until $(UNTIL)) $(if $(MODEL),--model '$(MODEL)') $(if $(SVG),--svg '$(SVG)')

bench: ## criterion benches: see benches/README.md
	cargo bench -p sponsorfit-benches

bench-peers: ## the same ranking in NumPy, DuckDB and Polars, as a table of ratios
	benches/peers/run.sh

soak: setup ## the long hauls: fuzzing, many cases, coverage
	.ci/soak

.PHONY: help setup demo test test-core test-wasm test-python test-train test-spark test-system test-npm preview demo-system measure-system lint generate evaluate bench bench-peers soak
