# The front door. Each target sets up what it needs; `make` alone lists them.
# setpriv ties what a target starts to make itself: when make is killed, it ends too.

MAKEFLAGS += --no-print-directory
WITH_MAKE := setpriv --pdeathsig KILL --
NODE := $(WITH_MAKE) node --import tsx

.DEFAULT_GOAL := help
.PHONY: help setup build package demo test vm-test try vm-shell example-bundle vm-summary vm-issues generate reference check fmt new-step bench mutation clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing: Debian packages, npm packages
	@setpriv --pdeathsig TERM -- ./vm-tests/setup.sh

build: setup ## Compile the rbdboot command into dist/
	@$(WITH_MAKE) node_modules/.bin/tsc --project tsconfig.build.json

package: build ## Compile the lab too, for "rbdboot vm-test" and npm pack
	@$(WITH_MAKE) node_modules/.bin/tsc --project tsconfig.lab.json
	@mkdir -p dist/lab/vm-tests && cp -R vm-tests/guest dist/lab/vm-tests/

demo: build ## Boot a diskless machine, from nothing to a login (KEEP=1 leaves it running)
	@$(NODE) vm-tests/demo.ts

test: build ## Run the tests of a change: format, types, units, shell, the first boots
	@$(NODE) generator/testing/run-all.ts

vm-test: build ## Run all boot scenarios (ONLY=F16 one and its variants, TIER=change the first)
	@$(NODE) vm-tests/run-scenarios.ts

vm-summary: ## Compare the last run of the scenarios with those before (AGAINST=good, JSON=1)
	@$(NODE) vm-tests/report/summary-command.ts --against $(or $(AGAINST),previous) $(if $(JSON),--json)

vm-issues: ## Open an issue for each kind of failure of a night (LEGS=directory RUN=address)
	@$(NODE) vm-tests/report/issues-command.ts '$(LEGS)' '$(RUN)'

vm-shell: build ## A shell in the lab beside a machine (HOST=desk1, RUN='rbd status ...'; HELP=1)
	@$(NODE) vm-tests/shell/outside.ts

example-bundle: build ## Break a boot, and write its bundle into docs/examples/ anew
	@$(NODE) vm-tests/example/outside.ts

try: package ## Boot a machine of each kind in sites/ and examples/ by "rbdboot vm-test"
	@$(NODE) vm-tests/prove-configurations.ts $(CONFIG)

generate: build ## Write hooks/ and scripts/ anew from the reference example
	@$(WITH_MAKE) node dist/cli/main.js generate --config examples/desk/boot.config.ts --out .

reference: setup ## Write docs/reference and the list of scenarios anew from the source
	@$(NODE) generator/testing/reference/write.ts
	@$(NODE) vm-tests/write-manifest.ts

check: setup ## Format, lint and types alone: a matter of seconds
	@$(NODE) generator/testing/run-all.ts --only static

fmt: setup ## Format every file
	@node_modules/.bin/biome check --write .

new-step: setup ## Make the folder of a new step (NAME=set-clock)
	@$(NODE) generator/testing/new-step.ts '$(NAME)'

bench: build ## Measure against the budgets (ONLY=name measures one)
	@$(NODE) generator/testing/bench.ts $(if $(ONLY),--only '$(ONLY)')

mutation: setup ## Break the printer on purpose, and see that tests notice
	@$(NODE) generator/testing/mutate-printer.ts

clean: ## Remove what was built and cached
	@rm -rf build dist
