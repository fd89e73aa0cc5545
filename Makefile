# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m

.PHONY: demo test slow check e2e bench bench-methods format lint-api messages reference lock help

help: ## What can be made
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

demo: $(VENV)/runtime ## Everything from nothing: database, real figures, an example municipality, http://localhost:8000
	$(RUN) samenspel demo

test: $(VENV)/dev ## The quick suite, on a real PostgreSQL
	$(RUN) pytest -n auto

slow: $(VENV)/dev ## The long tests: every indicator, killed processes, slow twins
	$(RUN) pytest -n auto -m slow

check: $(VENV)/dev ## Style, layers, types, templates, migrations
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	PYTHONPATH=. $(BIN)/lint-imports
	$(RUN) mypy
	$(RUN) tools.templates
	$(RUN) samenspel manage makemigrations --check --dry-run

e2e: $(VENV)/dev ## Browser tests with the system's Chromium
	$(RUN) pytest -m e2e

bench: $(VENV)/dev ## Benchmarks, as ratios against a stated bound
	$(RUN) bench

bench-methods: $(VENV)/dev ## Simulations of how well the statistical methods hold, as tables
	$(RUN) bench.methods

RULESET ?= https://static.developer.overheid.nl/adr/ruleset.yaml
lint-api: $(VENV)/dev ## The official NL API Design Rules on our OpenAPI document (needs Node; RULESET=path-or-address)
	@mkdir -p build
	$(RUN) samenspel openapi --address https://samenspel.example/api/v1 > build/openapi.json
	npx --yes --package @stoplight/spectral-cli@6 spectral lint --fail-severity warn --ruleset $(RULESET) build/openapi.json

format: $(VENV)/dev ## Put the code in its one style
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

messages: $(VENV)/dev ## Collect the Dutch texts and list those without an English translation
	$(RUN) tools.messages

reference: $(VENV)/dev ## Write the reference of commands and API anew
	$(RUN) tools.reference
	$(RUN) tools.api_reference

lock: $(VENV)/dev ## Pin all dependencies anew, with hashes and without naming a package host
	$(BIN)/pip install uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements/runtime.lock pyproject.toml
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group dev -o requirements/dev.lock pyproject.toml

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Samenspel needs Python 3.11 or newer; $(PYTHON) is older. Name another: make PYTHON=python3.13 demo"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "Python lacks the venv module. On Debian or Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/runtime: requirements/runtime.lock | $(BIN)/samenspel
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.lock
	@touch $@

# The program runs from this checkout, which also holds its templates and data; the launcher works from any folder.
$(BIN)/samenspel: | $(VENV)/bin/python
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s/bin/python" -m samenspel "$$@"\n' '$(CURDIR)' '$(abspath $(VENV))' > $@
	@chmod +x $@

$(VENV)/dev: requirements/dev.lock | $(BIN)/samenspel
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@ $(VENV)/runtime
