# Needs Python 3.11 or newer and make, nothing else: every target makes the environment that it needs in .venv.
# `make PYTHON=/path/to/python3.12 test` names the Python to make it with.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# A command may exist and still not run (version managers put such stubs on the path), so each one is tried.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help demo test brokers lint bench golden clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(VENV)/.tool ## generate the sample contracts, then build, encode and decode some
	@$(BIN)/avow generate
	@PYTHONPATH=generated $(BIN)/python examples/tour.py

test: $(VENV)/.dev ## run the tests
	@$(BIN)/python -m pytest $(ARGS)
	@echo "Left out: the benchmarks (make bench), other brokers and databases (make brokers)$(if $(wildcard ../shared/corpora),, and the real corpora (no ../shared/corpora here))."

brokers: $(VENV)/.dev $(VENV)/.brokers .integration/kafka/libs ## run the tests of the integrations on Kafka, a NATS cluster and PostgreSQL
	@$(BIN)/python -m pytest tests/brokers tests/outbox --broker kafka --broker cluster --database postgresql $(ARGS)

lint: $(VENV)/.dev ## check style and types of the tool and of the generated package, and the schemas
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	MYPYPATH=generated $(BIN)/mypy --strict -p contracts
	$(BIN)/pyright
	$(BIN)/avow fmt --check
	$(BIN)/avow lint
	$(BIN)/avow generate --check

bench: $(VENV)/.bench ## measure the generated code and the tool beside others
	@$(BIN)/python -m benchmarks $(ARGS)

golden: $(VENV)/.dev ## write the expected files of the golden cases anew, to be read in the diff
	@$(BIN)/python -m pytest tests/golden --regenerate

clean: ## remove the environment and all caches
	rm -rf $(VENV) .integration .avow .mypy_cache .ruff_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp an extra, so that the demo does not wait for what only the tests need.
$(VENV)/.tool: pyproject.toml | $(BIN)/pip
	@echo "Installing avow into $(VENV) ..."
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.dev $(VENV)/.bench $(VENV)/.brokers: $(VENV)/.%: pyproject.toml | $(BIN)/pip
	@echo "Installing avow and what its '$*' targets need into $(VENV) ..."
	@$(PIP) install --editable '.[$*]'
	@touch $@ $(VENV)/.tool

# A Kafka broker is a folder of jars.
.integration/kafka/libs: tests/brokers/kafka/pom.xml
	@java -version 2>/dev/null && mvn --version >/dev/null 2>&1 || { echo "make: Kafka needs Java 17 or newer and Maven; on Debian and Ubuntu: apt install default-jdk maven" >&2; exit 1; }
	@echo "Fetching Kafka into $@ ..."
	@mvn --quiet --file $< dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/$@
	@touch $@

# pip is the last thing that venv writes: an interrupted attempt is cleared and made again.
$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer found; install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { echo "make: $(PYTHON) cannot make an environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
