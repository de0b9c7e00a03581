"""Django's checks of ours run: a module of checks that nothing imports would check nothing, and nobody would notice."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
REGISTERED = """
import django
django.setup()
from django.core.checks.registry import registry
print(*{check.__module__ for check in registry.registered_checks})
"""


def test_each_module_of_checks_is_registered_when_django_starts():
    started = subprocess.run([sys.executable, "-c", REGISTERED], cwd=ROOT, check=True, capture_output=True, text=True)
    ours = {f"{path.parent.name}.checks" for path in ROOT.glob("*/checks.py")}
    assert ours
    assert ours <= set(started.stdout.split())
