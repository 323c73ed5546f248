# Each target sets up what it needs: see packaging/prepare.py. PYTHON=... chooses the Python for .venv.
.DEFAULT_GOAL := help
.PHONY: help run demo screens test faults fuzz mutants bench bench-ui check translations lock clean

SETUP := @sh packaging/setup.sh
PY := .venv/bin/python
ARGS ?=
# How many processes share the tests; a file's tests stay together.
JOBS ?= auto
SHARED = -n $(JOBS) --maxprocesses 4 --dist loadfile
FUZZ_SECONDS ?= 600

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

run: ## start Rolecall on your own settings (ARGS="list --json" for the command line)
	$(SETUP) run
	@exec $(PY) main.py $(ARGS)

# QtWebEngine refuses to run as root in its sandbox, and containers often have nobody else. What it shows here is the
# stand-in's own page; nowhere else is the sandbox switched off.
demo: ## start Rolecall on a local stand-in AWS; without a display it plays by itself, pictures in build/demo
	$(SETUP) demo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		exec $(PY) main.py --demo $(ARGS); \
	else \
		if [ "$$(id -u)" = 0 ]; then export QTWEBENGINE_DISABLE_SANDBOX=1; fi; \
		exec xvfb-run --auto-servernum --server-args="-screen 0 1600x1000x24 -nolisten tcp" \
			$(PY) main.py --demo --auto $(ARGS); \
	fi

screens: ## take pictures of every page, light and dark, at 100 and 200 %: build/screens/index.html
	$(SETUP) test
	@rm -rf build/screens
	@if [ "$$(id -u)" = 0 ]; then export QTWEBENGINE_DISABLE_SANDBOX=1; fi; \
	for name in 100 100-first 200 200-first; do \
		QT_SCALE_FACTOR=$$(expr $${name%-first} / 100) \
			xvfb-run --auto-servernum --server-args="-screen 0 3200x2000x24 -nolisten tcp" \
			$(PY) -m app.bootstrap.screens build/screens $$name || exit 1; \
	done

test: ## run the tests (ARGS="tests/domain -k arn" for some of them)
	$(SETUP) test
	@exec $(PY) -m pytest $(SHARED) $(ARGS)

faults: ## try all that should not break Rolecall, and print how much was tried, passed and failed
	$(SETUP) test
	@ROLECALL_FAULTS=whole exec $(PY) -m pytest $(SHARED) -o faulthandler_timeout=3600 tests/faults $(ARGS)

fuzz: ## let a fuzzer look for input that breaks a parser: FUZZ_SECONDS=60 is a minute for all of them together
	$(SETUP) prove
	@exec $(PY) -m tests.fuzz --seconds $(FUZZ_SECONDS) $(ARGS)

mutants: ## change the code in small ways and see whether the tests notice (takes an hour)
	$(SETUP) prove
	@exec $(PY) -m tests.mutants $(ARGS)

bench: ## measure what Rolecall costs beside the AWS CLI, boto3 and bare Python: ratios, as a table
	$(SETUP) bench
	@exec $(PY) -m tests.bench $(ARGS)

bench-ui: ## measure how fast the window is with many profiles; fails where it is too slow
	$(SETUP) test
	@exec $(PY) -m tests.bench_ui $(ARGS)

check: ## lint, formatting, types, and who imports whom
	$(SETUP) check
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	MYPYPATH=packaging $(PY) -m mypy packaging/prepare.py
	$(PY) -m mypy packaging/lock.py
	MYPYPATH=packaging $(PY) -m mypy packaging/translations.py
	.venv/bin/lint-imports --no-logo

translations: ## collect what the window says, and make from its translations what Qt reads
	$(SETUP) check
	$(PY) packaging/translations.py $(ARGS)

lock: ## move the locked Python packages up as far as pyproject.toml lets them
	$(SETUP) check
	$(PY) packaging/lock.py

clean: ## remove what was built, and caches; .venv stays
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
