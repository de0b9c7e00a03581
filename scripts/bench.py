"""`make bench`: how fast the reading pages are, and whether signing in takes as long for an address without an account.

On a site of its own that is started and stopped here.
"""

import http.client
import re
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from postgres import free_port
from prepare import PYTHON, ROOT, VENV_BIN, in_venv, prepare, say

PAGES = ("/", "/nl/", "/nl/wat-mag-een-partner-verwachten/", "/fr/", "/nl/account/login/")
WARM_UP, ONE_BY_ONE, AT_ONCE, READERS = 20, 200, 400, 8
# A stranger must not learn from the time of an answer who has an account.
ENTRANCES = {
    "/en/account/login/": lambda email: {"login": email},
    "/en/account/signup/": lambda email: {"first_name": "A", "last_name": "B", "email": email},
}
KNOWN, UNKNOWN, ASKED = "city@demo.example", "nobody@demo.example", 100


def get(port: int, path: str) -> tuple[float, int]:
    """Seconds and bytes of one request on a connection of its own."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    size = len(response.read())
    connection.close()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}")
    return time.perf_counter() - start, size


def wait_for(port: int) -> float:
    """Seconds until the first page came."""
    start = time.perf_counter()
    while time.perf_counter() - start < 60:
        try:
            get(port, "/nl/")
        except OSError:
            time.sleep(0.02)
        else:
            return time.perf_counter() - start
    raise SystemExit("the site did not start")


def measure(port: int, path: str) -> str:
    """One row: milliseconds one by one, and pages a second for several readers at once."""
    for _request in range(WARM_UP):
        _seconds, size = get(port, path)
    times = sorted(get(port, path)[0] * 1000 for _request in range(ONE_BY_ONE))
    start = time.perf_counter()
    with ThreadPoolExecutor(READERS) as readers:
        list(readers.map(lambda _number: get(port, path), range(AT_ONCE)))
    rate = AT_ONCE / (time.perf_counter() - start)
    slow = times[int(len(times) * 0.95)]
    return f"{path:40}{size:8}{times[0]:9.1f}{statistics.median(times):9.1f}{slow:9.1f}{rate:10.0f}"


def ask_for_code(port: int, path: str, data: dict) -> float:
    """Seconds until the answer to one posted form, by a browser that never was here."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    page = connection.getresponse()
    cookie = page.getheader("Set-Cookie").partition(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
    body = urlencode({**data, "csrfmiddlewaretoken": token})
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    start = time.perf_counter()
    connection.request("POST", path, body, headers)
    response = connection.getresponse()
    response.read()
    seconds = time.perf_counter() - start
    connection.close()
    if response.status != 302:
        raise SystemExit(f"{path} answered {response.status}")
    return seconds


def compare(port: int, path: str) -> str:
    """One row: the median in milliseconds for an address with an account and one without, asked in turn."""
    times = {KNOWN: [], UNKNOWN: []}
    for number in range(WARM_UP + ASKED):
        for email in (KNOWN, UNKNOWN):
            seconds = ask_for_code(port, path, ENTRANCES[path](email))
            if number >= WARM_UP:
                times[email].append(seconds * 1000)
    known, unknown = (statistics.median(times[email]) for email in (KNOWN, UNKNOWN))
    return f"{path:40}{known:10.2f}{unknown:11.2f}{unknown - known:12.2f}"


def main() -> None:
    prepare("run")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as var:
        (Path(var) / "assets").symlink_to(ROOT / "var" / "assets")
        env = in_venv(
            {
                "VAR_DIR": var,
                # As in development, without limits on how often one asks for a code.
                "DJANGO_SETTINGS_MODULE": "portal.settings.browser_test",
                "SITE_URL": f"http://127.0.0.1:{port}",
                "LOG_LEVEL": "ERROR",
            }
        )
        env.pop("DATABASE_URL", None)
        say("a site on SQLite")
        subprocess.run(
            [PYTHON, "manage.py", "set_up", "--demo"], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL
        )
        command = [str(VENV_BIN / "granian"), "--interface", "wsgi", "--port", str(port), "--workers", "1"]
        command += ["--respawn-failed-workers", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
        command += ["portal.wsgi:application"]
        web = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            print(f"first page {wait_for(port):.1f} s after the start of the process\n")
            print(f"{'page':40}{'bytes':>8}{'best ms':>9}{'median':>9}{'95 %':>9}{'pages/s':>10}")
            for path in PAGES:
                print(measure(port, path), flush=True)
            print(f"\n{'asking for a code':40}{'known ms':>10}{'unknown ms':>11}{'difference':>12}")
            for path in ENTRANCES:
                print(compare(port, path), flush=True)
        finally:
            web.terminate()
            web.wait(10)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
