"""A throwaway PostgreSQL for tests, from the installed binaries: started in a second, gone at the end."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from prepare import Missing, apt_install


def binaries() -> Path | None:
    """The folder of the newest installed server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    own = shutil.which("initdb")
    return Path(own).parent if own else None


def ensure_installed() -> Path:
    folder = binaries()
    if folder is None:
        apt_install("postgresql")
        folder = binaries()
    if folder is None:
        raise Missing(
            "PostgreSQL is needed for the tests. Install it first (Debian, Ubuntu: apt-get install postgresql)."
        )
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """Can go away and come back at the same address, with the same data."""

    def __init__(self):
        self.bin_folder = ensure_installed()
        self.folder = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
        # PostgreSQL refuses to run as root.
        self.as_owner = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            self.as_owner = ["runuser", "-u", "postgres", "--"]
        self.data, self.port = self.folder / "data", free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        initdb = ("-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        self.call("initdb", "-D", str(self.data), *initdb)

    def call(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*self.as_owner, str(self.bin_folder / program), *arguments],
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise Missing(f"PostgreSQL: {program} failed: {done.stderr.strip()}")

    def start(self) -> None:
        options = (
            f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off "
            "-c synchronous_commit=off -c max_connections=100"
        )
        self.call("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-o", options, "-w", "start")

    def stop(self) -> None:
        """At once, whatever is under way."""
        self.call("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    def remove(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Run a server for the block; gives its DATABASE_URL."""
    running = Server()
    try:
        running.start()
        yield running.url
    finally:
        running.remove()
