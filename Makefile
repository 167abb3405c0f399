# Everything runs in .venv, made from the lock: exact versions, checked by hash.
PYTHON ?= python3
VENV := .venv
GAKJU := $(VENV)/bin/gakju

.PHONY: run test format bench lock clean

run: $(VENV)/.ready  ## ask questions in the terminal
	@$(GAKJU) run

test: $(VENV)/.ready  ## every check
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/pytest

format: $(VENV)/.ready
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: $(VENV)-bench/.ready  ## speed and size, beside the peers
	@$(VENV)-bench/bin/python -m benchmarks

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; name it with: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear $(VENV)
	$(VENV)/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements.lock
	$(VENV)/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@$(VENV)/bin/python -m compileall -q bot  # as an installation would: it starts a tenth of a second sooner
	@touch $@

# The locks are complete, so nothing is resolved: one peer's bounds are overridden (benchmarks/overrides.txt).
$(VENV)-bench/.ready: requirements.lock benchmarks/requirements.lock pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)-bench
	$(VENV)-bench/bin/python -m pip install --quiet --no-deps --require-hashes --only-binary :all: -r requirements.lock -r benchmarks/requirements.lock
	$(VENV)-bench/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
