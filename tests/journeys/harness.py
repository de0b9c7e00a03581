"""The process that moves the clock of a journey, and does at that moment what `run_due` and `run_worker` do."""

import io
import json
import logging
import sys

import django
from django.conf import settings
from django.core.management import call_command


class Complaints(logging.Handler):
    """Keeps the errors that jobs and tasks log: they go on, a journey does not."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record) -> None:
        self.found.append(self.format(record))


def work() -> str:
    """Run the due jobs once, as happens each minute, and then every task; what the jobs said."""
    said = io.StringIO()
    call_command("run_due", stdout=said)
    call_command("run_worker", batch=True, startup_delay=False)
    return said.getvalue()


def main() -> None:
    """Each line of input is a moment to go to (seconds of Unix time), or null to stay; its answer is one line."""
    answers, sys.stdout = sys.stdout, sys.stderr
    django.setup()
    complaints = Complaints()
    logging.getLogger().addHandler(complaints)
    for line in sys.stdin:
        if moment := json.loads(line):
            settings.CLOCK.move_to(moment)
        said = work()
        print(json.dumps({"said": said, "complaints": complaints.found}), file=answers, flush=True)


if __name__ == "__main__":
    main()
