"""Servers beside the portal that can go away and come back, and what asks the portal meanwhile."""

import html
import http.client
import re
import socket
import subprocess
import sys
from urllib.parse import urlencode

from tests.browser.site import ROOT, RunningSite, free_port, wait_until

sys.path.append(str(ROOT / "scripts"))
from postgres import Server as PostgresServer  # noqa: E402

# Long enough for a slow machine, and much less than the half minute for which a pool waits by default.
SECONDS = 25


class RedisServer:
    def __init__(self):
        self.port, self.process = free_port(), None
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until("Redis", self.answers)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(5) == b"+PONG"
        except OSError:
            return False


class SiteWithPostgres(RunningSite):
    """The running site on a PostgreSQL of its own, a copy of the prepared database of the tests."""

    def __init__(self, folder, template_url: str):
        super().__init__(folder)
        self.postgres = PostgresServer()
        self.postgres.start()
        self.env["DATABASE_URL"] = self.postgres.url
        bin_folder = self.postgres.bin_folder
        dump = subprocess.run([bin_folder / "pg_dump", template_url], check=True, capture_output=True).stdout
        subprocess.run(
            [bin_folder / "psql", "-q", self.postgres.url], input=dump, check=True, stdout=subprocess.DEVNULL
        )

    def stop(self, *names: str) -> None:
        super().stop(*names)
        if not names:
            self.postgres.remove()


class Answer:
    def __init__(self, response: http.client.HTTPResponse):
        self.status, self.headers = response.status, response.headers
        self.text = response.read().decode()

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The hidden fields of its forms, as a browser would send them."""
        found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', self.text)
        return [(html.unescape(name), html.unescape(value)) for name, value in found]


class Reader:
    """Asks the site as a browser does, and does not wait for ever."""

    def __init__(self, site: RunningSite, **cookies: str):
        self.site, self.cookies = site, cookies

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, headers)

    def post(self, path: str, fields: list[tuple[str, str]], **headers: str) -> Answer:
        return self.ask(
            "POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded", **headers}
        )

    def ask(self, method: str, path: str, body, headers: dict) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.web_port, timeout=SECONDS)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, body, {"Cookie": cookies, **headers})
        answer = Answer(connection.getresponse())
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, value = cookie.partition(";")[0].split("=", 1)
            self.cookies[name] = value
        connection.close()
        return answer
