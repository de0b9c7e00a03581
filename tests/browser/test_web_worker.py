"""The process that answers is killed; granian starts another."""

import os
import signal

from .site import wait_until


def test_a_killed_web_worker_is_replaced(site):
    main, (worker,) = site.processes["web"], site.children("web")
    os.kill(worker, signal.SIGKILL)

    def is_replaced() -> bool:
        # Without its worker granian may end, and then nobody answers any more.
        assert main.poll() is None
        return site.children("web") not in ([], [worker]) and site.answers()

    wait_until("a new worker", is_replaced)
