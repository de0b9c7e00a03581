"""The clock of a process of the site in a journey: all that Python calls now, as far ahead as a file says.

Waiting (`sleep`, timeouts) and the times of files stay real.
"""

import math
import threading
import time
from datetime import timedelta
from pathlib import Path

import time_machine


class MovedClock:
    def __init__(self, file: Path):
        self.file, self.ahead, self.lock = file, 0, threading.Lock()
        self.traveller = time_machine.travel(timedelta(0), tick=True).start()
        # It stands still until someone asks.
        time.time()
        self.follow()

    def follow(self, **signal) -> None:
        """Stand where the file says; as a receiver of `request_started`, before anything looks at the clock."""
        with self.lock:
            ahead = int(self.file.read_text()) if self.file.exists() else 0
            self.traveller.shift(ahead - self.ahead)
            self.ahead = ahead

    def move_to(self, moment: float) -> None:
        """Have every process stand at this Unix time, at most a second later."""
        real = time_machine.escape_hatch.time.time()
        new = self.file.with_suffix(".new")
        new.write_text(str(math.ceil(moment - real)))
        new.replace(self.file)
        self.follow()
