# The portal's commands; `make` alone lists them. Everything they need, they set up first.

PYTHON ?=
PORT ?= 8000
export PYTHON PORT

# The first line makes or updates a virtual environment; in a tenth of a second when it is up to date.
environment = python=$$(sh mktogether/setup/find-python.sh "$(PYTHON)") && "$$python" mktogether/setup/environment.py
compile = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help run reset test prove bench lock format development

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: ## Set up and start the portal with its sample on http://localhost:8000 (PORT=8001 for another port)
	@$(environment) .venv requirements.txt
	@exec .venv/bin/python -m mktogether.setup.run

reset: ## Forget what was entered here and begin again with the sample (asks first; YES=1 does not)
	@$(environment) .venv requirements.txt
	@exec .venv/bin/python -m mktogether.setup.reset

test: development ## Run everything that guards the portal, on PostgreSQL, on SQLite and in a browser
	@$(environment) .venv-pdf-checks requirements-pdf-checks.txt
	@exec .venv/bin/python -m mktogether.setup.verify

prove: development ## Run the long proofs: every Python that is here, and tests that take minutes
	@$(environment) .venv-pdf-checks requirements-pdf-checks.txt
	@exec .venv/bin/python -m mktogether.setup.prove

bench: development ## Measure speed as a multiple of a floor in the same run
	@exec .venv/bin/python -m bench

format: development ## Put the code into its one shape
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

lock: development ## Write the requirements' lock files anew (UPGRADE=--upgrade for newer versions)
	@for name in requirements requirements-dev requirements-pdf-checks requirements-tools requirements-node; do \
		$(compile) $$name.in --output-file $$name.txt || exit 1; done
	@.venv/bin/python -m mktogether.setup.addresses

development:
	@$(environment) .venv requirements.txt requirements-dev.txt
