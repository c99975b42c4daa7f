# Each target prepares what it needs; see scripts/ for what they do.
OPENAPI ?= ../shared/openapi
ARGS ?=
SHELL := /bin/bash
export OPENAPI

.DEFAULT_GOAL := help
.PHONY: help prepare demo test serve bench soak contract lint format translations clean

help:  ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

prepare:  ## get Odoo 19, PostgreSQL, a browser and the Python packages; quick when there
	@scripts/prepare

demo: prepare  ## a simulated organisation and a database, connected and synced; both ledgers must agree
	@scripts/demo

serve: prepare  ## as demo, then keep Odoo running (PORT=8069)
	@scripts/serve

test: prepare  ## the whole suite; fails on skipped tests; ARGS="-k money" goes to pytest
	@scripts/test $(ARGS)

contract: prepare  ## the simulator and our calls against Xero's OpenAPI documents (OPENAPI=folder)
	@scripts/contract $(ARGS)

bench: prepare  ## what the connector costs: writes benchmarks/results.json and prints a table
	@. scripts/env.sh && python -m benchmarks $(ARGS)

soak: prepare  ## the long randomised runs; prints seeds of failures; ARGS="documents 600"
	@scripts/soak $(ARGS)

lint: prepare  ## ruff, pylint-odoo, XML formatting, shellcheck
	@scripts/lint

format: prepare  ## let ruff format the Python files
	@. scripts/env.sh && ruff check --fix . && ruff format .

translations: prepare  ## export the texts of the addons to their .pot files
	@scripts/translations

clean:  ## stop PostgreSQL; remove the databases and the virtual environment
	@scripts/clean
