# Everything one does here, by name. `make` alone lists it.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PACKAGES := pyproject.toml sdks/python/pyproject.toml
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header
WORKERS ?= auto
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help setup run test check lint unit format bench docs lock clean

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/run.stamp ## from nothing: install what the server needs

run: $(VENV)/run.stamp ## from nothing: set up, then start the emulator (ARGS=... for its options)
	@$(BIN)/tidings dev $(ARGS)

test: $(VENV)/dev.stamp lint ## from nothing: set up what tests need, then run every test
	@tools/prepare_web.sh $(VENV)
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile tests sdks/python/tests

check: $(VENV)/dev.stamp lint unit ## the quick inner loop: format, lint, types, imports, rules, unit, contract

lint: $(VENV)/dev.stamp
	@$(BIN)/ruff format --check --quiet --output-format concise .
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/codespell
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo >$(VENV)/imports.log || { cat $(VENV)/imports.log; exit 1; }

unit: $(VENV)/dev.stamp
	@$(BIN)/pytest -q -n $(WORKERS) --dist loadfile tests/rules tests/unit tests/contract sdks/python/tests

format: $(VENV)/dev.stamp ## lay the code out and repair what the linter can repair
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

bench: $(VENV)/dev.stamp ## measure: a table, and the ratio to the bare ceiling
	@$(BIN)/python -m bench $(ARGS)

docs: $(VENV)/dev.stamp ## make the reference pages anew from the catalogue and the code
	@$(BIN)/python docs/generate.py

lock: $(VENV)/dev.stamp ## make the locked requirements anew (UPGRADE=--upgrade for newer versions)
	@$(PIP) "uv>=0.13,<0.14"
	@$(COMPILE) $(UPGRADE) $(PACKAGES) --group build -o requirements/run.txt
	@$(COMPILE) $(UPGRADE) $(PACKAGES) --group dev -o requirements/dev.txt
	@$(COMPILE) $(UPGRADE) --group node -o requirements/node.txt

clean: ## remove what was set up, built and measured
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .web bench/results

$(BIN)/python:
	@echo "Making $(VENV)"
	@tools/make_venv.sh $(VENV)

$(VENV)/run.stamp: requirements/run.txt $(PACKAGES) | $(BIN)/python
	@echo "Installing what the server needs"
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation -e . -e sdks/python
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo "Installing what the tests need"
	@$(PIP) --require-hashes --no-build-isolation --use-pep517 -r requirements/dev.txt
	@touch $@
