# What a newcomer needs: `make run` and `make test`. The rest is for those who build.
SHELL := bash
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
INSTALLED := .venv/.installed
TESTED := .venv/.installed-test

.DEFAULT_GOAL := help
.PHONY: help run test check setup index evaluate clean

help:  ## List the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Loketgids needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv

$(INSTALLED): pyproject.toml | $(BIN)/python
	@echo "Installing (about a minute the first time) ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(TESTED): pyproject.toml package.json scripts/install-test-tools | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	scripts/install-test-tools
	@touch $(INSTALLED) $@

setup: $(TESTED)  ## Install everything, tests and checks included

run: $(INSTALLED)  ## Install, load the content, build the index, serve on http://localhost:8000
	$(BIN)/loket serve --port $(PORT)

check: $(TESTED)  ## Style, types, import contracts, the widget's types, the content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	npx --no-install tsc -p .
	$(BIN)/loket knowledge validate

test: check  ## Install what tests need, and run the checks and every test
	@# What fails while others run beside it is asked once more, by itself: a machine with more work than cores
	@# lets a browser wait longer than any limit. What fails by itself too has failed.
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder \
		|| (echo "Once more, one at a time, what failed beside others:" \
			&& $(BIN)/pytest --last-failed --last-failed-no-failures none)

index: $(INSTALLED)  ## Build the search index now instead of behind the first questions
	$(BIN)/loket index build

evaluate: $(INSTALLED)  ## Score understanding, retrieval, eligibility and answering
	$(BIN)/loket evaluate

clean:  ## Throw away what can be made again (not the data in var/)
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache
