"""A process in the running site's database that calls functions of this folder: it starts once, not for each call."""

import json
import sys
import traceback
from importlib import import_module

import django


def main() -> None:
    """Each line of input is a call, each line of output what it gave: {"result": …} or {"error": …}."""
    django.setup()
    from django.db import connection

    for line in sys.stdin:
        module, function, arguments = json.loads(line)
        try:
            answer = {"result": getattr(import_module(f"tests.browser.{module}"), function)(*arguments)}
        except Exception:
            answer = {"error": traceback.format_exc()}
        connection.close()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
