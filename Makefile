# Needs Python 3.11 or newer and make, nothing else: every target makes the environment that it needs in .venv.
# `make PYTHON=/path/to/python3.12 test` names the Python to make it with.

VENV := .venv
BIN := $(VENV)/bin
INTEGRATION := .integration
OTHERS := java kafka
# A worker of xdist a processor, each file of tests to one of them; in this order the longest file is not the last.
SPREAD := --numprocesses auto --dist loadfile --no-loadscope-reorder
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# A command may exist and still not run (version managers put such stubs on the path), so each one is tried.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help demo test trial integration brokers lint contracts bench golden clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(VENV)/.services ## see all of it: contracts, who uses them, and the sample services at work in two styles
	@PYTHONPATH=generated $(BIN)/python -m examples.story

test: $(VENV)/.dev ## run the tests
	@$(BIN)/python -m pytest $(or $(ARGS),$(SPREAD))
	@$(if $(ARGS),,$(BIN)/python -m pytest tests/services)
	@echo "Left out: the tests against other software (make integration), the benchmarks (make bench)$(if $(wildcard ../shared/corpora),, and the real corpora (no ../shared/corpora here))."

trial: $(VENV)/.dev $(if $(filter kafka,$(BROKER)),$(INTEGRATION)/kafka/.stamp) ## let everything fail under N commands, 100000 by default, and count the effects; also SEED, BROKER=cluster, kafka
	@PYTHONPATH=generated $(BIN)/python -m examples.trial $(N:%=--commands %) $(SEED:%=--seed %) $(BROKER:%=--broker %)

integration: $(VENV)/.dev $(OTHERS:%=$(INTEGRATION)/%/.stamp) ## run the tests against other software, which it installs; needs Java and Maven
	@$(BIN)/python -m pytest $(or $(ARGS),tests/integration)
	@$(if $(ARGS),,$(MAKE) --no-print-directory brokers)

brokers: $(VENV)/.dev $(VENV)/.brokers $(INTEGRATION)/kafka/.stamp ## run those of them that need Kafka, a NATS cluster or PostgreSQL
	@$(BIN)/python -m pytest tests/brokers tests/outbox --broker kafka --broker cluster --database postgresql $(ARGS)
	@$(if $(ARGS),,$(BIN)/python -m pytest tests/services --broker kafka --broker cluster)
	@$(if $(ARGS),,for broker in cluster kafka; do $(MAKE) --no-print-directory trial BROKER=$$broker N=1000 || exit 1; done)

lint: $(VENV)/.dev ## check style and types of the tool and of the generated package
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	MYPYPATH=generated $(BIN)/mypy --strict -p contracts
	MYPYPATH=generated:. $(BIN)/mypy --strict -p producers -p consumers -p examples
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

clean: ## remove the environment, what was installed and all caches
	rm -rf $(VENV) $(INTEGRATION) .avow .mypy_cache .ruff_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp an extra, so that the demo does not wait for what only the tests need.
$(VENV)/.tool: pyproject.toml | $(BIN)/pip
	@echo "Installing avow into $(VENV) ..."
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.services $(VENV)/.dev $(VENV)/.bench $(VENV)/.brokers: $(VENV)/.%: pyproject.toml | $(BIN)/pip
	@echo "Installing avow and what its '$*' targets need into $(VENV) ..."
	@$(PIP) install --editable '.[$*]'
	@touch $@ $(VENV)/.tool

# pip is the last thing that venv writes: an interrupted attempt is cleared and made again.
$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer found; install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { echo "make: $(PYTHON) cannot make an environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

# One folder and one stamp for each of OTHERS, whatever the integration tests need; a fixture of tests/integration
# starts and stops it.
$(INTEGRATION)/java/.stamp: $(INTEGRATION)/java/.libs $(wildcard tests/integration/java/*.java)
	@javac -Xlint:all -Werror --release 17 -cp '$(@D)/libs/*' -d $(@D)/classes $(filter %.java,$^)
	@touch $@

$(INTEGRATION)/java/.libs: tests/integration/java/pom.xml
	@for tool in javac mvn; do command -v $$tool >/dev/null || { echo "make: $$tool not found; the tests against Apache Avro for Java need a JDK, 17 or newer, and Maven; on Debian and Ubuntu: apt install default-jdk-headless maven" >&2; exit 1; }; done
	@echo "Installing Apache Avro for Java into $(@D) ..."
	@rm -rf $(@D)
	@said=$$(mvn --quiet --batch-mode -Dmaven.repo.local=$(abspath $(INTEGRATION))/maven --file $< \
		dependency:copy-dependencies -DoutputDirectory=$(abspath $(@D))/libs) || { echo "$$said" >&2; exit 1; }
	@touch $@

$(INTEGRATION)/kafka/.stamp: tests/brokers/kafka/pom.xml
	@for tool in java mvn; do command -v $$tool >/dev/null || { echo "make: $$tool not found; the tests on Kafka need Java, 17 or newer, and Maven; on Debian and Ubuntu: apt install default-jdk-headless maven" >&2; exit 1; }; done
	@echo "Installing Kafka into $(@D) ..."
	@rm -rf $(@D)
	@said=$$(mvn --quiet --batch-mode -Dmaven.repo.local=$(abspath $(INTEGRATION))/maven --file $< \
		dependency:copy-dependencies -DoutputDirectory=$(abspath $(@D))/libs) || { echo "$$said" >&2; exit 1; }
	@touch $@
