# make run    everything from nothing to the window (or, without a display, to out/kyphoplasty.mp4)
# make test   everything that is checked before a change is taken
# make bench  what a busy machine would spoil: speed and memory, each against its bar
# make venv   the environment alone

PYTHON := $(shell sh scripts/find_python.sh)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed

.PHONY: venv run test bench format clean

venv: $(INSTALLED)

run: $(INSTALLED)
	@sh scripts/system_libraries.sh run "$(PYTHON)"
	@sh scripts/run.sh

test: $(INSTALLED)
	sh scripts/system_libraries.sh test "$(PYTHON)"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

bench: $(INSTALLED)
	sh scripts/system_libraries.sh run "$(PYTHON)"
	$(BIN)/kyphoviz bench --check

format:
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) out dist build

$(INSTALLED): pyproject.toml constraints.txt scripts/system_libraries.sh
	@test -n "$(PYTHON)"
	sh scripts/system_libraries.sh run "$(PYTHON)"
	$(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --prefer-binary -q -c constraints.txt -e ".[dev,build]"
	@touch $@
