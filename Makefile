# Two commands need nothing but Python 3.11: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SAMPLES ?= samples/photos

.PHONY: demo test test-all check eval eval-notes bench bench-plan endurance man clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

demo: $(VENV)/.installed  ## scan the samples and print the contacts
	$(BIN)/cardscan scan $(SAMPLES) --store :memory: --format table

test: $(VENV)/.installed check  ## style, types and the default tests
	$(BIN)/python -m pytest -n 2 -m "not slow"

test-all: $(VENV)/.installed check  ## everything, as CI runs it
	$(BIN)/python -m pytest -n 2

check: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: $(VENV)/.installed  ## accuracy on generated photos nothing was tuned on; writes docs/accuracy.md
	$(BIN)/python -m tests.bench.evaluate

eval-notes: $(VENV)/.installed  ## facts of notes: tuned, held back, blind batches, negatives
	$(BIN)/python -m tests.bench.notes_score

bench: $(VENV)/.installed  ## CPU per photo against the plain RapidOCR class, in one run
	$(BIN)/python -m tests.bench.bench

endurance: $(VENV)/.installed  ## memory over a thousand photos
	$(BIN)/python -m tests.bench.endurance

bench-plan: $(VENV)/.installed  ## CPU seconds to plan 2,000 contacts
	$(BIN)/python -m tests.bench.plan_bench

man: $(VENV)/.installed  ## one man page a command, into docs/man; they go with the wheel
	$(BIN)/python docs/man_pages.py docs/man

clean:
	rm -rf $(VENV) dist build
