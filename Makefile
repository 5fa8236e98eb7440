# Needs Python 3.11 or newer and make, nothing else: every target makes the environment that it needs in .venv.
# `make PYTHON=/path/to/python3.12 test` names the Python to make it with.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# A command may exist and still not run (version managers put such stubs on the path), so each one is tried.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help demo test lint contracts bench golden clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: $(VENV)/.tool ## generate the sample contracts, then build, encode and decode some
	@$(BIN)/avow generate
	@PYTHONPATH=generated $(BIN)/python examples/tour.py

test: $(VENV)/.dev ## run the tests
	@$(BIN)/python -m pytest $(ARGS)
	@echo "Left out: the benchmarks (make bench)$(if $(wildcard ../shared/corpora),, and the real corpora (no ../shared/corpora here))."

lint: $(VENV)/.dev ## check style and types of the tool and of the generated package
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	MYPYPATH=generated $(BIN)/mypy --strict -p contracts
	$(BIN)/pyright

# As docs/ci.md tells others to: on pull requests against the branch they are for, on main with a look at releases.
# Before there is a release, the last commit is what the schemas are held against.
RELEASED := $(wildcard schemas/released)
BASELINE := $(if $(GITHUB_BASE_REF),--against "origin/$$GITHUB_BASE_REF",$(if $(RELEASED),,--against HEAD))
ANNOTATE := $(if $(GITHUB_ACTIONS),--format github)

contracts: $(VENV)/.tool ## hold the sample contracts to what avow is for
	$(BIN)/avow fmt --check
	$(BIN)/avow lint $(ANNOTATE)
	$(BIN)/avow generate --check
	$(BIN)/avow check $(BASELINE) $(ANNOTATE)
	$(if $(and $(RELEASED),$(filter refs/heads/main,$(GITHUB_REF))),$(BIN)/avow release --check $(ANNOTATE))

bench: $(VENV)/.bench ## measure the generated code and the tool beside others
	@$(BIN)/python -m benchmarks $(ARGS)

golden: $(VENV)/.dev ## write the expected files of the golden cases anew, to be read in the diff
	@$(BIN)/python -m pytest tests/golden --regenerate

clean: ## remove the environment and all caches
	rm -rf $(VENV) .avow .mypy_cache .ruff_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp an extra, so that the demo does not wait for what only the tests need.
$(VENV)/.tool: pyproject.toml | $(BIN)/pip
	@echo "Installing avow into $(VENV) ..."
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.dev $(VENV)/.bench: $(VENV)/.%: pyproject.toml | $(BIN)/pip
	@echo "Installing avow and what its '$*' targets need into $(VENV) ..."
	@$(PIP) install --editable '.[$*]'
	@touch $@ $(VENV)/.tool

# pip is the last thing that venv writes: an interrupted attempt is cleared and made again.
$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer found; install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { echo "make: $(PYTHON) cannot make an environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
