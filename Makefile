# khoidan. `make run` and `make test` are all a newcomer needs; DATABASE_URL=… replaces the embedded PostgreSQL.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help install install-dev browser run stop reset test soak bench static lint screenshots messages backup restore

PORT ?= 8000
ADDRESS ?= 127.0.0.1
SPACE := 700
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
FAIL = { echo "error: $(1)" >&2; exit 1; }
CHROMIUM := { command -v chromium || command -v chromium-browser || command -v google-chrome; }
OFFLINE := is the network there, is the disk full? The lines above tell. Then run make again.

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

install: .venv/.run node_modules/.done var/secret-key  ## what running needs, into .venv and node_modules

install-dev: install .venv/.dev  ## what testing needs too

run: install  ## serve on http://127.0.0.1:8000; PORT=8001 takes another port
	@KHOIDAN_ADDRESS=$${KHOIDAN_ADDRESS:-$(ADDRESS)} KHOIDAN_PORT=$${KHOIDAN_PORT:-$(PORT)} \
		HTTPS=$${HTTPS:-0} $(MANAGE) serve --demo

stop:  ## end what `make run` started, the embedded PostgreSQL too
	@test ! -x $(BIN)/python || KHOIDAN_NO_DATABASE=1 $(MANAGE) stop

reset: install  ## throw the database away; FORCE=1 does not ask, CONFIRM=name is needed beyond the demo
	@$(MANAGE) reset $(if $(FORCE),--force) $(if $(CONFIRM),--confirm "$(CONFIRM)")

test: install-dev browser  ## the whole suite on a database of its own; ARGS=… goes to pytest
	@$(CHROMIUM) >/dev/null || if test -n "$$CI"; then $(call FAIL,no Chromium: CI leaves no test out); \
		else set -- -m "not browser"; fi; \
	echo "==> Testing"; SECRET_KEY=for-tests-only $(BIN)/python -m pytest -n 2 "$$@" $(ARGS)

soak: install-dev  ## the tests of properties with 5000 new examples each; HYPOTHESIS_EXAMPLES=… takes another number
	@SECRET_KEY=for-tests-only HYPOTHESIS_EXAMPLES=$${HYPOTHESIS_EXAMPLES:-5000} $(BIN)/python -m pytest -n 2 -m hypothesis $(ARGS)

bench: install  ## measure pages against SQL by hand (bench/README.md); ARGS=lists takes one
	@$(BIN)/python -m bench $(ARGS)

static: install  ## collect the static files, for a web server of your own; `make run` does it by itself
	KHOIDAN_NO_DATABASE=1 $(MANAGE) collectstatic --noinput --clear --verbosity 0

lint: install-dev  ## style, layers, settings and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --check --lint --quiet
	$(BIN)/lint-imports
	KHOIDAN_NO_DATABASE=1 HTTPS=1 DEBUG=0 $(MANAGE) check --deploy --fail-level WARNING
	KHOIDAN_NO_DATABASE=1 $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

# With the right to install, what the tests drive is installed; CI never leaves the browser out.
browser:
	@missing="$$($(CHROMIUM) >/dev/null || echo chromium)$$(command -v msgfmt >/dev/null || echo ' gettext')"; \
	test -n "$$missing" || exit 0; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		echo "==> Installing $$missing"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends $$missing >/dev/null || \
			$(call FAIL,apt-get could not install $$missing: $(OFFLINE)); \
	elif test -n "$$CI"; then $(call FAIL,install $$missing: CI leaves no test out); \
	else echo "==> Tests that need them are left out; install: $$missing"; fi

# Vietnamese is the language of the source; its catalogue holds what packages say, and is kept by hand.
screenshots: install-dev browser  ## the pictures of README.md, taken of the demo
	@mkdir -p docs
	SECRET_KEY=for-tests-only BROWSER_PATH=$$($(CHROMIUM)) $(BIN)/python -m pytest -q tests/browser/pictures.py

messages: install  ## gather the texts for English and compile both languages (needs gettext)
	KHOIDAN_NO_DATABASE=1 $(MANAGE) makemessages --locale en
	KHOIDAN_NO_DATABASE=1 $(MANAGE) compilemessages --ignore .venv --ignore node_modules

backup: install  ## the whole house into FILE=…
	@test -n "$(FILE)" || $(call FAIL,name the file: make backup FILE=khoidan.tar)
	@$(MANAGE) backup "$(FILE)"

restore: install  ## the whole house out of FILE=…
	@test -n "$(FILE)" || $(call FAIL,name the file: make restore FILE=khoidan.tar)
	@$(MANAGE) restore "$(FILE)"

$(BIN)/python:
	@free=$$(df -Pm . | awk 'NR == 2 {print $$4}'); test "$$free" -ge $(SPACE) || \
		$(call FAIL,disk full: $$free MB free here and $(SPACE) needed. Free some and run again.)
	@for python in $${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		$$python -c 'import ensurepip, venv' 2>/dev/null || \
			$(call FAIL,$$python lacks venv: install it (Debian and Ubuntu: apt-get install python3-venv).); \
		echo "==> Making .venv with $$($$python --version)"; \
		rm -rf .venv && exec $$python -m venv .venv; \
	done; $(call FAIL,no Python 3.11 or newer: install one or name it with PYTHON=/path/to/python3.)

.venv/.run: requirements.txt | $(BIN)/python
	@echo "==> Installing Python packages (the first time about a minute)"
	@$(PIP) -r requirements.txt || $(call FAIL,pip could not install: $(OFFLINE))
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@echo "==> Installing packages for testing"
	@$(PIP) -r requirements-dev.txt || $(call FAIL,pip could not install: $(OFFLINE))
	@touch $@

# Without npm, or with one that does not know our lock file, Node.js comes from PyPI into .venv.
node_modules/.done: package-lock.json | .venv/.run
	@echo "==> Installing front-end packages"
	@PATH="$$PATH:$$PWD/$(BIN)"; \
	if [ "$$(npm --version 2>/dev/null | cut -d. -f1)" -ge 7 ] 2>/dev/null; then :; else \
		echo "==> No npm here: installing it into .venv"; \
		$(PIP) -r requirements-node.txt || $(call FAIL,pip could not install Node.js: $(OFFLINE)); \
		PATH="$$PWD/$(BIN):$$PATH"; \
	fi; \
	npm ci --ignore-scripts --loglevel=error || $(call FAIL,npm could not install: $(OFFLINE))
	@touch $@

var/secret-key: | .venv/.run
	@$(BIN)/python -m khoidan.core.local
