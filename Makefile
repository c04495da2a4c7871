# The two commands a newcomer needs are `make report` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

PYTHON ?= python3
TICKER ?= BABA
AS_OF ?= 2025-11-30
WORKERS ?= 2

RUN := .venv-run
DEV := .venv
PIP_INSTALL := -m pip --disable-pip-version-check install -qq --no-deps

# $(call install,VENV,LOCK): a fresh environment holding exactly the lock, then this project.
# An empty index for the last step proves that nothing outside the lock is fetched.
define install
@echo "setting up $(1) from $(2)"
@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(None if v >= (3, 11) else "reportgen needs Python 3.11 or newer, $(PYTHON) is %d.%d; run make PYTHON=python3.11" % v[:2])'
@$(PYTHON) -m venv --clear $(1)
@$(1)/bin/python $(PIP_INSTALL) --only-binary :all: --require-hashes -r $(2)
endef

.PHONY: help report test bench lint lock pictures system-tools

help: ## print this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(DEV)/.locked: requirements-dev.lock
	$(call install,$(DEV),requirements-dev.lock)
	@$(DEV)/bin/python $(PIP_INSTALL) --no-build-isolation --no-index -e .
	@touch $@
