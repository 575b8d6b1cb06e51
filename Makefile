# Each recipe is one line; the work is done by tools/, in plain Python. Without make: python3 tools/start.py run
PYTHON ?= python3
ARGS ?=

.PHONY: setup run test check fix bench shots fresh

setup: ; @$(PYTHON) tools/start.py setup $(ARGS)
run:   ; @$(PYTHON) tools/start.py run $(ARGS)
test:  ; @$(PYTHON) tools/start.py test $(ARGS)
check: ; @$(PYTHON) tools/start.py check $(ARGS)
fix:   ; @$(PYTHON) tools/start.py fix $(ARGS)
bench: ; @$(PYTHON) tools/start.py bench $(ARGS)
shots: ; @$(PYTHON) tools/start.py shots $(ARGS)
fresh: ; @$(PYTHON) tools/start.py fresh $(ARGS)
