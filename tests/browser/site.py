"""The running site, for real: web server, worker, run_due and mail server as processes, on a database file."""

import email
import email.policy
import http.client
import json
import mailbox
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from tests import prepared
from tests.codes import code_in

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
PATIENCE = 200


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(what: str, check, patience: float = PATIENCE):
    """Ask `check` again and again until it gives something; fail with `what` when patience ends."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := check():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {patience} s in vain for {what}")


class RunningSite:
    """Starts, stops and watches the site's processes; `address` is where it answers."""

    def __init__(self, folder: Path, everything: bool = False):
        self.folder, self.everything = folder, everything
        # Pages as axe.look_of names them.
        self.looks_without_faults: set[int] = set()
        self.web_port, self.mail_port = free_port(), free_port()
        self.address = f"http://localhost:{self.web_port}"
        (folder / "assets").symlink_to(ROOT / "var" / "assets")
        self.env = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "portal.settings.browser_test",
            "SITE_URL": self.address,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
        }
        self.processes: dict[str, subprocess.Popen] = {}
        self.console: subprocess.Popen | None = None
        # Of everyone who signed in by code: the cookies of that browser.
        self.signed_in: dict[str, list[dict]] = {}
        self.log = (folder / "site.log").open("w")

    def manage(self, *arguments: str) -> None:
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.env, check=True, stdout=self.log)

    def prepare(self, consortium: str, *arguments: str) -> str:
        """Put one of consortia.py into the database; the words that the test has to know."""
        return self.call("consortia", consortium, *arguments)

    def call(self, module: str, function: str, *arguments):
        """What this function of a module beside this one gives, called in the site's database."""
        if not self.console:
            command = [sys.executable, "-m", "tests.browser.console"]
            streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self.log}
            self.console = subprocess.Popen(command, cwd=ROOT, env=self.env, text=True, **streams)
        print(json.dumps([module, function, arguments]), file=self.console.stdin, flush=True)
        answer = json.loads(self.console.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def commands(self) -> dict[str, list[str]]:
        manage = [sys.executable, "manage.py"]
        granian = [str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.web_port)]
        threads = ["--workers", "1", "--respawn-failed-workers", "--blocking-threads", "4", "--no-ws"]
        return {
            "web": [*granian, *threads, "portal.wsgi:application"],
            "worker": [*manage, "run_worker", "--interval", "0.2", "--no-startup-delay", "--no-reload"],
            "due": [*manage, "run_due", "--every", "5"],
            "mail": [*manage, "mail_sink"],
        }

    def start(self, *names: str) -> None:
        commands = self.commands()
        for name in names or commands:
            self.processes[name] = subprocess.Popen(
                commands[name], cwd=ROOT, env=self.env, stdout=self.log, stderr=subprocess.STDOUT
            )
        if "web" in self.processes:
            wait_until("the site's first page", self.answers)

    def stop(self, *names: str) -> None:
        if not names and self.console:
            self.console.stdin.close()
            self.console.wait(10)
            self.console = None
        stopping = [self.processes.pop(name) for name in names or list(self.processes)]
        for process in stopping:
            process.terminate()
        for process in stopping:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

    def kill(self, name: str) -> None:
        """As by a power cut (kill -9), with the process's own workers."""
        workers, process = self.children(name), self.processes.pop(name)
        for pid in (process.pid, *workers):
            os.kill(pid, signal.SIGKILL)
        process.wait()

    def children(self, name: str) -> list[int]:
        """The process's own workers."""
        pid = self.processes[name].pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    @contextmanager
    def set_to(self, **settings: int):
        """For so long, the web server runs with these settings."""
        usual, names = self.env, {name: str(value) for name, value in settings.items()}
        self.stop("web")
        self.env = {**usual, **names}
        try:
            self.start("web")
            yield
        finally:
            self.env = usual
            self.stop("web")
            self.start("web")

    def answers(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.web_port, timeout=5)
            connection.request("GET", "/")
            return connection.getresponse().status == 200
        except OSError:
            return False

    def load(self) -> None:
        prepared.copy(prepared.folder("--demo"), self.folder)

    # ── Mail ─────────────────────────────────────────────────────────────────────────────────────────────────────────
    def mails(self, to: str, subject: str) -> list[email.message.EmailMessage]:
        """The mails to this address whose subject matches, oldest first."""
        folder = self.folder / "mail"
        if not folder.is_dir():
            return []
        box = mailbox.Maildir(folder, factory=self.parse, create=False)
        keys = sorted(box.iterkeys(), key=lambda key: (folder / "new" / key).stat().st_mtime_ns)
        messages = [box[key] for key in keys]
        return [message for message in messages if message["to"] == to and re.search(subject, message["subject"])]

    @staticmethod
    def parse(file) -> email.message.EmailMessage:
        return email.message_from_binary_file(file, policy=email.policy.default)

    def code(self, to: str, subject: str = "code", seen: int = 0) -> str:
        """Wait for one more mail with a code than were `seen` before; its code."""
        return code_in(self.mail(to, subject, seen).get_body(("plain",)).get_content())

    def mail(self, to: str, subject: str, seen: int = 0) -> email.message.EmailMessage:
        """Wait for one more such mail than were `seen` before."""
        return wait_until(f"a mail to {to} about {subject}", lambda: self.mails(to, subject)[seen:])[-1]
