"""A real clamd with a database of our own: one signature, that of the harmless file every scanner knows."""

import subprocess
import tempfile
import time
from pathlib import Path

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PATIENCE = 60


class Clamd:
    """Can go away and come back at the same address."""

    def __init__(self, folder: Path):
        # The path of a socket may have no more than about a hundred characters.
        self.socket = Path(tempfile.mkdtemp(prefix="clamd-")) / "clamd.sock"
        self.folder, self.process = folder, None
        (folder / "own.ndb").write_text(f"Test.Eicar:0:*:{EICAR.hex()}\n")
        self.config = folder / "clamd.conf"
        self.config.write_text(
            f"DatabaseDirectory {folder}\nLocalSocket {self.socket}\nForeground yes\nFixStaleSocket yes\n"
            "OfficialDatabaseOnly no\nMaxThreads 2\nConcurrentDatabaseReload no\n"
        )

    @property
    def address(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> None:
        log = (self.folder / "clamd.log").open("a")
        self.process = subprocess.Popen(["clamd", "-c", str(self.config)], stdout=log, stderr=subprocess.STDOUT)
        end = time.monotonic() + PATIENCE
        while not self.socket.exists():
            assert self.process.poll() is None, (self.folder / "clamd.log").read_text()
            assert time.monotonic() < end, "clamd did not start"
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None
        self.socket.unlink(missing_ok=True)
