"""`make bench`, the desk: queries, time and memory of the inbox and a dossier with 100 and with 100,000 applications.

On sites of its own, on SQLite and on PostgreSQL. With --measure it is the process in such a site that measures.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import postgres
from prepare import PYTHON, ROOT, in_venv, prepare, say

FEW, MANY = 100, 100_000
WARM_UP, MEASURED = 3, 15
MOST_QUERIES = {"inbox": 15, "dossier": 40}
MOST_TIMES = 1.5
INBOX = "/admin/applications/"
PAGES = {
    "inbox": "",
    "my work": "?work=mine",
    "the team’s work": "?work=team",
    "overdue": "?work=overdue",
    "all": "?work=all",
    "state": "?state=approved",
    "waits for the decider": "?turn=decider",
    "assigned to nobody": "?assignee=null",
    "province": "?province=10000",
    "kind": "?kind=other_public",
    "language": "?language=de",
    "persons": "?persons_from=15",
    "days": "?days=60",
    "several at once": "?work=team&province=40000&kind=pcsw&language=nl&persons_from=2",
    "search: place": "?q=luik",
    "search: organisation": "?q=welkom",
    "search: nothing": "?q=zzzz",
    "last page": "?work=all&p=5",
}


def site(env: dict, *arguments: str) -> str:
    done = subprocess.run(
        [PYTHON, *arguments], cwd=ROOT, env=in_venv(env), check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


# ── In the site ───────────────────────────────────────────────────────────────────────────────────────────────────────
def measure() -> None:
    """Print what was measured, as JSON."""
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.conf import settings

    from applications.models import Application
    from portal.models import User
    from tests.at_desk import client_at_desk

    settings.ALLOWED_HOSTS = ["*"]
    client = client_at_desk(User.objects.get(email="officer@demo.example"))
    newest = Application.objects.filter(state="in_review").latest("pk").pk
    pages = {name: INBOX + address for name, address in PAGES.items()} | {
        "dossier": f"{INBOX}{newest}/",
        "first page of the desk": "/admin/",
    }
    found = {name: one_page(client, address) for name, address in pages.items()}
    for form in ("csv", "json", "xlsx"):
        found[f"export: {form}"] = export(client, f"{INBOX}?work=all&export={form}")
    print(json.dumps(found))


def one_page(client, address: str) -> dict:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _request in range(WARM_UP):
        client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    # The next request empties the list.
    taken = len(queries)
    times = []
    for _request in range(MEASURED):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    rows = response.content.count(b'id="application_')
    return {"queries": taken, "ms": statistics.median(times), "rows": rows}


def export(client, address: str) -> dict:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    start, size = time.perf_counter(), 0
    with CaptureQueriesContext(connection) as queries:
        for part in client.get(address).streaming_content:
            size += len(part)
    return {
        "queries": len(queries),
        "ms": (time.perf_counter() - start) * 1000,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": size,
    }


# ── Around it ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def compare(name: str, few: dict, many: dict, whole: dict) -> str:
    """One row; what is outside its bounds is named at its end.

    A page that shows more rows than with few applications is held against a `whole` page of those: rows take time too.
    """
    row = f"{name:28}{few['queries']:8}{many['queries']:8}"
    wrong = []
    if "mb" in many:
        other = "other queries" if many["queries"] != few["queries"] else ""
        return f"{row}{few['ms']:10.0f}{many['ms']:10.0f}{few['mb']:15.0f}{many['mb']:8.0f} MB at most  {other}"
    # Of an empty page no rows are read, and of a search that finds nothing no list either.
    spared = 2 if many["rows"] and not few["rows"] else 0
    if not few["queries"] <= many["queries"] <= few["queries"] + spared:
        wrong.append("other queries")
    times = many["ms"] / (whole if many["rows"] > few["rows"] else few)["ms"]
    row += f"{few['ms']:10.0f}{many['ms']:10.0f}{few['rows']:6}{many['rows']:6}{times:7.2f}"
    if many["queries"] > MOST_QUERIES["dossier" if name in ("dossier", "first page of the desk") else "inbox"]:
        wrong.append("too many queries")
    if times > MOST_TIMES:
        wrong.append("slower")
    return f"{row}  {', '.join(wrong)}"


def bench(title: str, database: dict) -> None:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as var:
        (Path(var) / "assets").symlink_to(ROOT / "var" / "assets")
        env = {"DJANGO_SETTINGS_MODULE": "portal.settings.browser_test", "LOG_LEVEL": "ERROR", **database}
        env["VAR_DIR"] = var
        say(f"the desk on {title}")
        site(env, "manage.py", "set_up", "--demo")
        site(env, "manage.py", "make_applications", "--number", str(FEW))
        few = json.loads(site(env, "scripts/bench_desk.py", "--measure").splitlines()[-1])
        print(site(env, "manage.py", "make_applications", "--number", str(MANY), "--seed", "2"), end="")
        many = json.loads(site(env, "scripts/bench_desk.py", "--measure").splitlines()[-1])
    print(f"{title:28}{'queries':>16}{'ms':>20}{'rows':>12}{'times':>7}")
    print(f"{'':28}{FEW:8,}{MANY:8,}{FEW:10,}{MANY:10,}")
    for name in few:
        print(compare(name, few[name], many[name], few["all"]), flush=True)


def main() -> None:
    prepare("run")
    os.environ.pop("DATABASE_URL", None)
    bench("SQLite", {})
    with postgres.server() as url:
        bench("PostgreSQL", {"DATABASE_URL": url})


if __name__ == "__main__":
    try:
        measure() if "--measure" in sys.argv else main()
    except KeyboardInterrupt:
        sys.exit(130)
