#!/bin/sh
# Writes the hash-pinned lock files from pyproject.toml. They name no host: any registry may serve them.
set -eu
cd "$(dirname "$0")/.."
lock() { .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate "$@"; }
lock pyproject.toml -o requirements/production.txt
lock pyproject.toml --group development -c requirements/production.txt -o requirements/run.txt
lock pyproject.toml --group test -c requirements/run.txt -o requirements/test.txt
lock --group node -o requirements/node.txt
npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund --loglevel=error
# Where a package asks for money is an address too.
.venv/bin/python - <<'END'
import json, pathlib
path = pathlib.Path("package-lock.json")
lock = json.loads(path.read_text())
for package in lock["packages"].values():
    package.pop("funding", None)
path.write_text(json.dumps(lock, indent=2) + "\n")
END
