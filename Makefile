# Everything starts here. Each target sets up what it needs, from nothing but Python 3.11 or newer.
.DEFAULT_GOAL := help
.PHONY: programme help init answer serve phone test check test-clock-night mutants counts recover calibrate calibrate-needed calibrate-schedules calibrate-worlds agree bench bench-long bench-answer bench-people bench-report bench-readers bench-sweep pictures real bench-import corpus fuzz postgres-free phones crash attack load schema test-clock docs package clean words lock test-lowest test-locked clusters cohort
SHELL := /bin/sh
.SHELLFLAGS := -euc

PYTHON ?= python3
VENV := .venv
ORACLE := .venv-oracle
BIN := $(VENV)/bin
# the compiled engine is shared by all targets; PIP_* keep pip quiet and off the screen
export NUMBA_CACHE_DIR ?= $(CURDIR)/.cache/engine
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
OUT ?= .
# a test that takes so long hangs: its process says where, ends, and the test has failed (begun anew, it would hang again)
HANGS := --max-worker-restart 0 -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true

help: ## Show this list
	@echo "backstride - I have back pain. Should I run?"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  make answer FROM=folder   the same on your own files (docs/diary-format.md)"

answer: $(VENV)/.product ## Answer for a simulated person, or for FROM=folder; writes report.html
	@$(BIN)/backstride answer $(if $(FROM),"$(FROM)",--simulated) --out "$(OUT)"

serve: $(VENV)/.web ## Open the diary as a web app, on this computer alone (PORT=8710)
	@$(BIN)/backstride serve $(if $(PORT),--port $(PORT))

phone: $(VENV)/.web ## Open it for your phone in the same network, with a QR code to point the camera at (HTTPS=1: over https)
	@$(BIN)/python -m pip install --quiet --editable '.[web,phone]'
	@$(BIN)/backstride serve --phone $(if $(HTTPS),--https) $(if $(PORT),--port $(PORT))

test: $(VENV)/.test ## Run the tests (the slow ones have their own targets)
	@mkdir -p .cache
	@$(BIN)/python -c "from backstride.model.ahead import compile_ahead; compile_ahead()"
	@$(BIN)/python -m pytest -m "not slow" -n auto --dist loadfile --no-loadscope-reorder $(HANGS)

check: $(VENV)/.check ## Format, lint, types, layers, spelling
	@$(BIN)/ruff format --check src tests examples benchmarks
	@$(BIN)/ruff check src tests examples benchmarks
	@$(BIN)/mypy
	@$(BIN)/mypy --strict --config-file /dev/null examples
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/codespell src tests docs examples benchmarks decisions *.md

recover: $(VENV)/.product ## Find known truths again in 200 simulated people (half an hour)
	@$(BIN)/python benchmarks/recover.py --people 200 --seed 1 --out docs/results/recovery.md

agree: $(ORACLE)/.ready ## Hold the engine against an independent one (over 1 GB more, ten minutes)
	@NUMBA_CACHE_DIR="$(CURDIR)/.cache/engine-oracle" BACKSTRIDE_AGREEMENT=docs/results/agreement.md \
	  BACKSTRIDE_AGREEMENT_POPULATION=docs/results/agreement-population.md \
	  $(ORACLE)/bin/python -m pytest -m slow tests/model tests/cohort/test_joint_fit.py

bench: $(ORACLE)/.ready $(VENV)/.product ## Time the engine beside NumPyro and nutpie on the same model (half an hour)
	@$(BIN)/python benchmarks/engines.py --oracle $(ORACLE)/bin/python --out docs/results/speed-engines.md

calibrate: $(VENV)/.product ## Hold the answer against known truths (3 hours; PEOPLE=20 is a small one)
	@$(BIN)/python benchmarks/calibrate.py $(if $(PEOPLE),--people $(PEOPLE)) $(if $(ONLY),--only $(ONLY))

calibrate-needed: $(VENV)/.product ## Told N more mornings: is there a verdict by then? (an hour; PEOPLE=20 is a small one)
	@$(BIN)/python benchmarks/statements.py --only needed $(if $(PEOPLE),--people $(PEOPLE))

calibrate-schedules: $(VENV)/.product ## Own days, drawn days, drawn weeks, end to end (an hour; PEOPLE=20 is a small one)
	@$(BIN)/python benchmarks/statements.py --only schedules $(if $(PEOPLE),--people $(PEOPLE))

calibrate-worlds: $(VENV)/.product ## Ask people whose lives the model does not know (an hour and more; PEOPLE=4 ONLY="at a peak")
	@$(BIN)/python benchmarks/worlds.py $(if $(PEOPLE),--people $(PEOPLE)) $(if $(ONLY),--only "$(ONLY)")
	@$(BIN)/python benchmarks/worlds.py --table

bench-long: $(VENV)/.product ## Time diaries of 90 days to ten years (some minutes)
	@$(BIN)/python benchmarks/long_diaries.py --out docs/results/speed-long.md

bench-answer: $(VENV)/.product ## Time one answer from process start, and where the time goes
	@$(BIN)/python benchmarks/answer.py --repeat 5 --out docs/results/speed.md

pictures: $(VENV)/.test ## Take a picture of every page (.cache/pictures), and anew those of README.md and of the manifest
	@$(BIN)/python benchmarks/pictures.py
	@$(BIN)/python benchmarks/pictures.py --readme docs/pictures

bench-sweep: $(VENV)/.product ## Time each step of a sweep, and the rows of the panel
	@$(BIN)/python benchmarks/sweep_steps.py --out docs/results/speed-sweep.md

bench-people: $(VENV)/.product ## Count the people that can be answered in a second
	@$(BIN)/python benchmarks/people.py --out docs/results/speed-people.md

bench-report: $(VENV)/.test ## Time the report for a clinician, as a page and as a PDF
	@$(BIN)/python benchmarks/clinician_report.py --out docs/results/speed-clinician-report.md

bench-readers: $(VENV)/.test ## Time a reader's list of 40 people with a year of records each
	@$(BIN)/python benchmarks/reading_list.py --out docs/results/speed-reading-list.md

bench-import: $(VENV)/.test ## Time the readers beside others on the files below FROM=folder; AGAINST=commit beside an earlier one
ifdef AGAINST
	@$(BIN)/python benchmarks/readers_against.py $(AGAINST) $(if $(FROM),--from "$(FROM)")
else
	@$(BIN)/python -m pip install --quiet --group bench
	@$(BIN)/python benchmarks/imports.py --out docs/results/speed-import.md $(if $(FROM),--from "$(FROM)")
endif

corpus: $(VENV)/.test ## Read every file of a collection of real ones, beside other readers (4 minutes)
	@$(BIN)/python benchmarks/corpus.py --out docs/results/corpus.md

programme: $(VENV)/.product ## 1,000 people live 26 weeks under the plan (some minutes)
	@$(BIN)/python benchmarks/programme.py --people 1000 --out docs/results/programme-people.md

fuzz: $(VENV)/.test ## Damage files by chance: 20,000 of each format (FORMAT=fit, COUNT=2000 for less)
	@$(BIN)/python benchmarks/fuzz.py $(if $(FORMAT),--format $(FORMAT)) $(if $(COUNT),--count $(COUNT),$(if $(FORMAT),,--out docs/results/fuzz.md))

real: $(VENV)/.product ## Ask real people's diaries and watch files (those of docs/results/real-people.md)
	@$(BIN)/python benchmarks/real_people.py --out docs/results/real-people.md

cohort: $(VENV)/.product ## Ask a simulated cohort, the whole way, with the truth beside it (three minutes; PEOPLE=200 for more)
	@$(BIN)/python benchmarks/cohort.py $(if $(PEOPLE),--people $(PEOPLE)) --out .cache/cohort

clusters: $(VENV)/.test ## Try a cohort on a Dask cluster of this machine, with kills (a minute; 240 MB more)
	@$(BIN)/python -m pip install --quiet --editable '.[cluster,parquet]'
	@$(BIN)/python -m pytest -m slow tests/cohort/test_clusters.py

phones: $(VENV)/.test ## Hold two phones against a simple model in 1,000 sequences (some minutes)
	@$(BIN)/python -m pytest -m slow tests/services/test_two_phones.py

crash: $(VENV)/.test ## Kill the server 200 times, cut its log, fill its disk (some minutes)
	@$(BIN)/python benchmarks/crash.py --kills 200 --cuts 500 --out docs/results/crash.md

attack: $(VENV)/.test ## Try bombs, strangers, erasures and restarts on a real server, bounded, on this machine (10 minutes)
	@$(BIN)/python benchmarks/attack.py --out docs/results/security-tests.md

load: $(VENV)/.test ## 10,000 people, 300 check-ins a second for a minute, on SQLite and PostgreSQL
	@$(BIN)/python benchmarks/load.py --people 10000 --rate 300 --seconds 60 --out docs/results/load.md

test-lowest: ## Run the tests that touch other packages on the lowest versions that pyproject.toml allows (some minutes)
	@$(PYTHON) -m venv --clear .cache/lowest && .cache/lowest/bin/pip install --quiet uv
	@.cache/lowest/bin/uv pip compile pyproject.toml --extra web --extra pdf --extra postgresql --extra xarray \
	  --resolution lowest-direct --quiet --output-file .cache/lowest.txt
	@.cache/lowest/bin/uv pip install --quiet --python .cache/lowest --requirements .cache/lowest.txt
	@.cache/lowest/bin/uv pip install --quiet --python .cache/lowest --group test --constraints .cache/lowest.txt
	@.cache/lowest/bin/uv pip install --quiet --python .cache/lowest --no-deps .
	@.cache/lowest/bin/python -m pytest -o filterwarnings= -m "not slow" $(or $(ONLY),tests/core tests/diary tests/importers)

test-locked: ## Install the web app from requirements-app.txt, hashes checked, and run its tests on those versions
	@$(PYTHON) -m venv --clear .cache/locked && .cache/locked/bin/pip install --quiet uv
	@.cache/locked/bin/uv pip install --quiet --python .cache/locked --require-hashes --requirements requirements-app.txt
	@.cache/locked/bin/uv pip install --quiet --python .cache/locked --no-deps .
	@.cache/locked/bin/backstride --version
	@sed -n 's/^\([A-Za-z0-9_.-]*==[^ ]*\).*/\1/p' requirements-app.txt > .cache/locked.txt
	@.cache/locked/bin/uv pip install --quiet --python .cache/locked --group test --constraints .cache/locked.txt
	@.cache/locked/bin/python -m pytest -o filterwarnings= -m "not slow" $(or $(ONLY),tests/web tests/diary)

lock: ## Write down the versions of the web app that are tested, with their hashes (requirements-app.txt)
	@$(PYTHON) -m venv .cache/lock && .cache/lock/bin/pip install --quiet pip-tools
	@.cache/lock/bin/pip-compile --quiet --upgrade --generate-hashes --extra web --extra postgresql --strip-extras \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-annotate --no-header --allow-unsafe \
	  --output-file requirements-app.txt pyproject.toml

# half past midnight, noon, half past eleven; a leap day, both changes of clocks in Europe, the last of the year
INSTANTS ?= 2026-12-15T00:30 2026-12-15T12:00 2026-12-15T23:30 2028-02-29T23:30 2027-03-28T00:30 2027-10-31T00:30 2026-12-31T23:30
ZONES ?= Europe/Berlin America/Los_Angeles Pacific/Kiritimati
CLOCK_TESTS = $(shell grep -rlE "utc_now|local_today|lived_today|this_morning|datetime\.now|date\.today" tests --include="test_*.py")

test-clock: $(VENV)/.test ## Run the tests that read the clock at odd hours and days, in three zones (half an hour)
	@failed=0; for at in $(INSTANTS); do for zone in $(ZONES); do echo "$$at UTC, TZ=$$zone"; \
	  BACKSTRIDE_TEST_CLOCK=$$at+00:00 TZ=$$zone $(BIN)/python -m pytest -m "not slow" -n auto --dist loadfile $(CLOCK_TESTS) || failed=1; \
	done; done; exit $$failed

# the hour at which most tests once failed, in the zone that is furthest ahead: what CI has time for
test-clock-night: ## Run a few of them half an hour before midnight UTC, on the other side of the date line
	@$(MAKE) --no-print-directory test-clock INSTANTS=2026-12-15T23:30 ZONES=Pacific/Kiritimati \
	  CLOCK_TESTS="tests/web/test_before_run.py tests/web/test_bad_morning.py tests/web/test_diary.py tests/cli/test_plan.py"

mutants: $(VENV)/.test ## Change the code at random places and see whether a test notices (an hour; COUNT=5 for less)
	@mkdir -p .cache
	@$(BIN)/python benchmarks/mutants.py --count $(if $(COUNT),$(COUNT),20) --page docs/results/mutants.md

counts: $(VENV)/.check ## Count comments, Args, private words and sizes, here and at AGAINST=commit
	@$(BIN)/python benchmarks/counts.py $(AGAINST)

docs: $(VENV)/.docs ## Build the documentation as a site in site/; a broken link stops it
	@rm -rf .cache/docs-source && mkdir -p .cache/docs-source
	@cp -R *.md LICENSE CITATION.cff docs decisions .cache/docs-source
	@mkdir -p .cache/docs-source/tests .cache/docs-source/examples
	@cp tests/README.md .cache/docs-source/tests && cp examples/*.* .cache/docs-source/examples
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict
	@echo "Open site/index.html"

package: $(VENV)/.package ## Build wheel and sdist in dist/, and try the wheel outside of the repository
	@rm -rf dist build .cache/package && $(BIN)/python -m build --quiet
	@$(PYTHON) -m venv .cache/package
	@.cache/package/bin/pip install --quiet dist/*.whl xarray mypy
	@cd .cache/package && ../package/bin/backstride simulate somebody --days 60 && \
	  ../package/bin/python "$(CURDIR)/examples/experts.py" somebody/records && \
	  ../package/bin/python -m mypy --strict --config-file /dev/null --cache-dir .mypy "$(CURDIR)/examples"

words: $(VENV)/.test ## Gather every sentence for translation; new ones wait in the catalogues
	@$(BIN)/python tests/language/strings.py

postgres-free: $(VENV)/.test ## Run the tests without PostgreSQL
	@$(BIN)/python -m pytest -m "not slow" -k "not postgresql"

schema: $(VENV)/.test ## Hold the web app against its own OpenAPI, with many requests (some minutes)
	@BACKSTRIDE_SCHEMA_PAGE=docs/results/schema.md $(BIN)/python -m pytest -m slow tests/web/test_openapi.py

init: $(VENV)/.test $(VENV)/.check ## Set up everything for work on the code
	@echo "Ready. Try: make answer, make test, make check"

clean: ## Remove what was built; diaries are not touched
	@rm -rf $(VENV) $(ORACLE) .cache build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@rm -rf src/*.egg-info report.html answer.json
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up, one stamp a stage; a change of pyproject.toml sets up anew.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "backstride needs Python 3.11 or newer. Install it, or name it: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Setting up Python in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python cannot make a virtual environment here (on Debian: apt install python3-venv)."; exit 1; }
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/.product: pyproject.toml | $(BIN)/python
	@echo "Installing backstride ..."
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.web: pyproject.toml | $(VENV)/.product
	@echo "Installing the web app ..."
	@$(BIN)/python -m pip install --quiet --editable '.[web]'
	@touch $@

$(VENV)/.test: pyproject.toml | $(VENV)/.product
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --editable '.[web]' --group test
	@touch $@

$(VENV)/.check: pyproject.toml | $(VENV)/.product
	@echo "Installing what the checks need ..."
	@$(BIN)/python -m pip install --quiet --editable '.[xarray]' --group check
	@touch $@

$(VENV)/.docs: pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --group docs
	@touch $@

$(VENV)/.package: pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --group package
	@touch $@

$(ORACLE)/.ready: pyproject.toml | $(BIN)/python
	@echo "Installing the independent engines in $(ORACLE) (over 1 GB) ..."
	@$(PYTHON) -m venv $(ORACLE)
	@$(ORACLE)/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(ORACLE)/bin/python -m pip install --quiet --editable . --group oracle --group test
	@touch $@
