# The two commands a newcomer needs are `make report` and `make test`; each sets up what it needs.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

PYTHON ?= python3
TICKER ?= BABA
AS_OF ?= 2025-11-30
WORKERS ?= 2
N ?= 500
OUT ?= synthetic

BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip --disable-pip-version-check install -qq --no-deps
LOCKED := $(PIP_INSTALL) --only-binary :all: --require-hashes
# The tests start the program some hundred times, as it is where it is installed: compiled. What is
# compiled lies beside them, so that what only they need is not compiled as it is installed, too.
COMPILED := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/.venv/compiled
# Each worker begins with a half of its own, so that it seldom makes again what another has made.
TESTS := $(COMPILED) scripts/without-net $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
BRANCHES := -p tests.support.branches
COMPILE := $(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate
# One solution of everything, of which each lock is a part: they are laid over each other.
WHOLE := .venv/whole.lock
VALIDATOR := node_modules/.package-lock.json

# To set up an environment that is linked would clear the one that another checkout works in.
ifneq ($(shell test -L .venv && echo linked),)
ifneq ($(filter-out help,$(or $(MAKECMDGOALS),help)),)
$(error .venv is a link to the environment of another checkout: remove the link, and make sets up \
one for this checkout; or run .venv/bin/python without make)
endif
endif

.PHONY: help report test test-all lowest bench peers universe lint docs pictures lock tools

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

report: .venv/project ## build the report of TICKER (BABA) as of AS_OF (2025-11-30)
	@$(BIN)/reportgen build $(TICKER) --as-of $(AS_OF)

test: .venv/project .venv/extras tools ## run every check, and the tests that prove each law once, with branch coverage
	@$(TESTS) $(BRANCHES)

test-all: .venv/project .venv/extras tools ## run all tests with coverage; see that they notice wrong changes
	@$(TESTS) -m "" $(BRANCHES)
	@$(BIN)/python scripts/wrong_changes.py

lowest: .venv/lowest ## build and read back the example at the lowest versions declared
	@$(COMPILED) PYTHONPATH=src .venv/lowest/bin/python scripts/build_and_read_back.py

bench: .venv/project .venv/dev ## measure speed against stock libraries
	@$(BIN)/python -m benchmarks

peers: .venv/project .venv/dev ## compare workbooks side by side with other programs, into docs/peers.md
	@$(BIN)/python scripts/compare_with_peers.py

universe: .venv/run ## write inputs of N (500) invented companies into the folder OUT (synthetic)
	@$(BIN)/python scripts/make_universe.py $(N) $(OUT)

lint: .venv/project .venv/dev ## format, then check style, types and layers
	@$(BIN)/ruff format -q
	@$(BIN)/ruff check -q
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

docs: .venv/project ## write the pages that are made from the model and from the commands
	@$(BIN)/python docs/build_model_page.py
	@$(BIN)/python docs/build_audit_page.py
	@$(BIN)/python docs/quote_help.py

pictures: .venv/project .venv/dev ## draw the pictures of the documents (needs LibreOffice, Chromium and poppler)
	@$(BIN)/python docs/make_pictures.py

lock: .venv/dev ## resolve the newest versions into the hash-locked requirements
	@$(COMPILE) --upgrade --all-extras -o $(WHOLE)
	@$(COMPILE) --upgrade --extra build -c $(WHOLE) -o requirements.lock
	@$(COMPILE) --upgrade --extra build --extra dev -c $(WHOLE) -o requirements-dev.lock
	@$(COMPILE) --upgrade --extra build --extra dask --extra s3 -c $(WHOLE) -o requirements-extras.lock
	@$(COMPILE) --upgrade --extra build --extra yahoo -c $(WHOLE) -o requirements-yahoo.lock
	@$(COMPILE) --upgrade --resolution lowest-direct -o requirements-lowest.lock

# What the tests use besides Python.
tools: $(if $(filter Linux-x86_64,$(shell uname -sm | tr ' ' -)),$(VALIDATOR))
	@scripts/system-tools

$(VALIDATOR): package-lock.json package.json
	@scripts/system-tools
	@if command -v npm >/dev/null; then npm ci --silent --no-audit --no-fund; touch $@; fi

# The stamps below lie inside the environment, so that deleting it is all a reset takes.
.venv/run: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("reportgen needs Python 3.11 or newer: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@echo "setting up .venv"
	@$(PYTHON) -m venv --clear .venv
	@$(LOCKED) -r requirements.lock
	@touch $@

.venv/dev: requirements-dev.lock .venv/run
	@echo "adding what the tests need to .venv"
	@$(LOCKED) --no-compile -r requirements-dev.lock
	@touch $@

# What runs beyond one machine need, which few installations do.
.venv/extras: requirements-extras.lock .venv/dev
	@$(LOCKED) --no-compile -r requirements-extras.lock
	@touch $@

.venv/lowest: requirements-lowest.lock .venv/run
	@echo "setting up .venv/lowest"
	@$(PYTHON) -m venv --clear $@
	@$(LOCKED:$(BIN)%=$@/bin%) --no-compile -r $<
	@touch $@

# No index: nothing but what the locks name is ever fetched.
.venv/project: pyproject.toml .venv/run
	@$(PIP_INSTALL) --no-build-isolation --no-index --editable .
	@touch $@
