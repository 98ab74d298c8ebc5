# SPDX-License-Identifier: Apache-2.0
# The everyday commands. What they need is installed by Tests/setup.sh, with apt-get and pip, if it is missing.

export AWRY_BIN ?= $(CURDIR)/.build/release/awry
FUZZ := .build/release/awry-fuzz
PYTHON := .venv/pinned/bin/python
PYTEST := -q -p no:cacheprovider Tests/Conformance

.PHONY: serve build image prove-image check lint test unit conformance sweep retries fuzz bench clean

serve: build
	$(AWRY_BIN) serve Fixtures/quickstart

build:
	Tests/setup.sh build
	swift build -c release --static-swift-stdlib --product awry

# With docker, podman or buildah, whichever is there; BASE=FOLDER, a Debian 12 root file system, needs no registry.
image:
	$(if $(BASE),$(MAKE) build)
	docker/image.sh $(BASE)

prove-image:
	docker/prove.sh

check: build
	$(AWRY_BIN) check Fixtures/quickstart Fixtures/programs Fixtures/botocore Fixtures/packs Fixtures/partial

lint:
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

test: lint unit build
	$(MAKE) fuzz FUZZ_SECONDS=5
	$(MAKE) conformance
	$(MAKE) retries

unit:
	Tests/setup.sh build
	swift test

# -n: each worker starts a server of its own.
conformance: build
	Tests/setup.sh python
	Tests/setup.sh ruby
	$(PYTHON) -m pytest $(PYTEST) -n 2 --dist loadscope

# Every modelled error, output, stub and request of every operation; `make test` runs samples of them.
sweep: build
	Tests/setup.sh python
	cd Tests/Conformance && $(CURDIR)/$(PYTHON) -m harness.errors
	cd Tests/Conformance && $(CURDIR)/$(PYTHON) -m harness.outputs

# The newer botocore reads the models of the version from which the catalogue is made: its own know more operations.
MODELS = $$($(PYTHON) -c 'import botocore.loaders; print(botocore.loaders.Loader.BUILTIN_DATA_PATH)')
retries: build
	Tests/setup.sh python
	AWS_DATA_PATH=$(MODELS) .venv/new/bin/python -m pytest $(PYTEST)/test_retries.py \
	    Tests/Conformance/test_throttled.py Tests/Conformance/test_audit.py -n 2

# Every target of the fuzzer for so many seconds: `make fuzz FUZZ_SECONDS=3600`.
FUZZ_SECONDS ?= 600
fuzz:
	Tests/setup.sh build
	swift build -c release --static-swift-stdlib --product awry-fuzz
	for target in $$($(FUZZ) 2>&1 | sed -n 's/^targets: //p' | tr -d ,); do \
	    $(FUZZ) $$target --seconds $(FUZZ_SECONDS) || exit 1; done

bench: build
	Tests/setup.sh bench
	$(PYTHON) Tests/Bench/bench.py

clean:
	rm -rf .build .venv
