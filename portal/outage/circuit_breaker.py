"""The circuit breaker pattern: what is known to be away is not waited for by each request."""

import threading
import time

PAUSE = 2.0


class CircuitBreaker:
    """Remembers, for all threads of this process, whether a service is away.

    While it is, `allows` lets one attempt through every PAUSE seconds; everyone else goes without it at once.
    """

    def __init__(self):
        self.lock = threading.Lock()
        self.next_try: float | None = None

    def allows(self) -> bool:
        """Whether to try the service now. Who is told so has to report `succeeded` or `failed`."""
        with self.lock:
            now = time.monotonic()
            if self.next_try is not None:
                if now < self.next_try:
                    return False
                self.next_try = now + PAUSE
            return True

    def failed(self) -> bool:
        """The service did not answer. True where it was thought to be there."""
        with self.lock:
            is_new, self.next_try = self.next_try is None, time.monotonic() + PAUSE
            return is_new

    def succeeded(self) -> bool:
        """The service answered. True where it was thought to be away."""
        with self.lock:
            was_away, self.next_try = self.next_try is not None, None
            return was_away
