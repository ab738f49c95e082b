# What developers and CI run. A machine needs Rust, Python 3.9 or newer and Node 20.17 or newer; the rest is set up here.

PYTHON ?= python3
# Packages are tested in the profile of the Rust tests, so that dependencies are compiled once; they are shipped in `release`.
PROFILE ?= dev
WHEELS := target/wheels
TOOLS := .venv
USER := target/python-user
# Cargo verifies each crate against the others as published, and does not notice when these change under the same version:
# what it keeps of them goes first.
STALE := $(wildcard $(or $(CARGO_HOME),$(HOME)/.cargo)/registry/*/-*/treeward*) target/publish

.PHONY: docs test test-rust test-python test-node lint bench package clean

# Writes the generated references of rules and facts.
docs:
	UPDATE_DOCS=1 cargo test --locked -p treeward --test reference

test: test-rust test-python test-node

test-rust:
	cargo test --locked

# The wheel is tested as a user has it: installed in an environment of its own.
test-python: $(TOOLS)/installed
	rm -rf $(WHEELS) $(USER)
	$(TOOLS)/bin/maturin build --manifest-path bindings-python/Cargo.toml --profile $(PROFILE) --out $(WHEELS)
	$(PYTHON) -m venv $(USER)
	$(USER)/bin/pip install --quiet --no-index $(WHEELS)/*.whl
	$(USER)/bin/pip install --quiet -r bindings-python/requirements-test.txt
	$(USER)/bin/mypy --strict --package treeward
	$(USER)/bin/python -m pytest bindings-python

# The tests pack the package and install it in an empty folder.
test-node: bindings-node/node_modules
	cd bindings-node && TREEWARD_PROFILE=$(PROFILE) npm test

$(TOOLS)/installed: bindings-python/requirements-build.txt
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/pip install --quiet -r bindings-python/requirements-build.txt
	touch $@

bindings-node/node_modules: bindings-node/package.json
	cd bindings-node && npm install --no-audit --no-fund
	touch $@

lint:
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	if command -v cargo-deny >/dev/null; then cargo deny --locked check licenses bans sources; fi

# Criterion on the engine, then treeward beside its peers (some minutes, most of them Semgrep's).
bench:
	cargo bench --locked -p treeward
	cargo build --locked --profile dist -p treeward-cli
	$(PYTHON) benches/peers/run.py

# What is published: crates in target/publish/package, the wheel and the npm tarball in target/packages.
package:
	rm -rf target/packages $(STALE)
	mkdir -p target/packages
	cargo package --locked --target-dir target/publish --workspace --exclude treeward-python --exclude treeward-node
	$(PYTHON) -m pip wheel --no-deps --wheel-dir target/packages ./bindings-python
	cd bindings-node && npm pack --pack-destination ../target/packages

clean:
	cargo clean
	rm -rf $(TOOLS) bindings-node/node_modules bindings-node/*.node bindings-node/LICENSE-*
