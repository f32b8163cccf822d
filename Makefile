# make demo tries it, make run runs it, make test and make check judge it. Everything lives in .venv.
UV_VERSION := 0.13.9
PYTHON ?= python3
BIN := .venv/bin
# The .venv has uv in it and takes exact versions from uv.lock; a Python is never downloaded.
SYNC = UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv sync --quiet --frozen --inexact --python $(BIN)/python

.PHONY: demo run test check bench clean

demo: .venv/.runtime
	@exec $(BIN)/python bot.py demo $(ARGS)

# The bot, or another command of it: make run ARGS=check
run: .venv/.runtime
	@exec $(BIN)/python bot.py $(ARGS)

# Stories wait more than they compute: one and a half of them for each of two cores, and who is done first helps out.
# Bytecode is written here whatever the environment says: without it each worker reads all tests anew, for six seconds.
test: .venv/.dev
	@$(COMPILE)
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Some five minutes. bench/README.md says what each table is, and how to ask for more.
bench: .venv/.dev
	$(BIN)/python bench/match_bench.py
	$(BIN)/python bench/poll_bench.py
	$(BIN)/python bench/poll_bench.py --scale 100,1000
	$(BIN)/python bench/fortnight.py --seeds 2
	$(BIN)/python bench/click_bench.py $(ARGS)

clean:
	rm -rf .venv .demo .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit("Two Ears needs Python 3.11 or newer, this is " + sys.version.split()[0] + ". Try: make $(MAKECMDGOALS) PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@echo "Setting up .venv (once, about half a minute) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

# Compiled here, once: with PYTHONDONTWRITEBYTECODE, as containers set it, each start would compile everything again.
COMPILE = $(BIN)/python -m compileall -q bot.py settings.py engagement feeds handlers storage triage sandbox

.venv/.runtime: uv.lock | .venv/bin/uv
	@$(SYNC) --no-dev
	@$(COMPILE)
	@touch $@

.venv/.dev: uv.lock | .venv/bin/uv
	@$(SYNC) --all-groups
	@$(COMPILE)
	@touch $@ .venv/.runtime
