"""For scripts that look at the site in a browser: their work runs in the environment of the browser tests."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from prepare import PYTHON, ROOT, browser, in_venv, prepare


def run(script: str, work: Callable[[], None]) -> None:
    """Make the environment, start the script anew in it, and there do its work."""
    if "--inside" in sys.argv:
        sys.path.insert(0, str(ROOT))
        work()
        return
    prepare("test")
    browser()
    os.chdir(ROOT)
    env = in_venv({"DJANGO_SETTINGS_MODULE": "portal.settings.browser_test"})
    os.execve(PYTHON, [PYTHON, str(Path(script).resolve()), "--inside"], env)
