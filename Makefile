# One command for each thing a developer does here. PYTHON may name the interpreter of a virtual environment.
PYTHON ?= python

# Markers of the tests that take long; pyproject.toml describes them.
LONG_TESTS = slow or sweep or terminal or torture or wheel or browser

.PHONY: check install format lint types contracts test test-fast picture bench bench-again torture

check: lint types contracts test ## what CI runs

install: ## this checkout and everything for development, into the environment of PYTHON
	$(PYTHON) -m pip install -e ".[dev]"

format: ## put every file into shape
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

lint: ## shape and common mistakes
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

types: ## mypy --strict on the package and the tests
	$(PYTHON) -m mypy

contracts: ## who may import whom
	$(PYTHON) -c "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"

test: ## all tests
	$(PYTHON) -m pytest -n auto

test-fast: ## the tests to run all day, under a minute on two cores
	$(PYTHON) -m pytest -n auto -m "not ($(LONG_TESTS))"

picture: ## the picture of the screen in the README, drawn anew
	$(PYTHON) -m tests.picture

bench: ## how fast it is, each figure over a floor taken in the same run; writes benchmarks/README.md
	$(PYTHON) -m benchmarks

bench-again: ## the same once more, put beside the first run in the table
	$(PYTHON) -m benchmarks --again

torture: ## ends the program badly, ten thousand times; TORTURE_ROUNDS and TORTURE_SEED choose otherwise
	TORTURE_ROUNDS=$${TORTURE_ROUNDS:-10000} $(PYTHON) -m pytest -n $${TORTURE_JOBS:-4} -m torture tests/torture
