"""`make bench`, the CMS: queries, time and size of the page editor, the list of pages and a translation.

On a site of its own, on SQLite. The editor of a long page is held against that of a bare Wagtail page. With --measure
it is the process in such a site that measures.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from prepare import PYTHON, ROOT, in_venv, prepare, say

BLOCKS, FEW, MANY = 60, 10, 50
WARM_UP, MEASURED = 2, 9
HEADING = f"{'page':44}{'queries':>9}{'ms':>8}{'times':>8}{'kB':>8}"


# ── In the site ───────────────────────────────────────────────────────────────────────────────────────────────────────
def measure() -> None:
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.conf import settings
    from wagtail.models import Page

    from home.models import InformationPage
    from portal.models import User
    from tests.at_desk import client_at_desk

    settings.ALLOWED_HOSTS = ["*"]
    client = client_at_desk(User.objects.get(email="publisher@demo.example"))
    home = Page.objects.get(url_path="/nl/").specific
    bare = home.add_child(instance=Page(title="Bare", locale=home.locale))
    empty = home.add_child(instance=InformationPage(title="Empty", intro="One sentence."))
    pairs = ([("heading", f"Part {number}"), ("text", "<p>Some words.</p>")] for number in range(BLOCKS // 2))
    long = home.add_child(
        instance=InformationPage(title="Long", intro="One sentence.", body=[block for pair in pairs for block in pair])
    )
    french = Page.objects.get(url_path="/fr/").specific
    print(HEADING)
    alone = row("editor: a bare Wagtail page", client, f"/admin/pages/{bare.pk}/edit/")
    row("editor: our page without a block", client, f"/admin/pages/{empty.pk}/edit/", alone)
    row(f"editor: our page with {BLOCKS} blocks", client, f"/admin/pages/{long.pk}/edit/", alone)
    row("editor: the first page in French", client, f"/admin/pages/{french.pk}/edit/", alone)
    row("first page of the desk", client, "/admin/")
    few = 0.0
    for total in (FEW, MANY):
        for number in range(total - empty.get_children_count()):
            empty.add_child(instance=InformationPage(title=f"Page {number} of {total}", intro="One sentence."))
        few = row(f"list of {total} pages", client, f"/admin/pages/{empty.pk}/", few)


def row(title: str, client, address: str, beside: float = 0) -> float:
    """Print one row; the milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _request in range(WARM_UP):
        client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    # The next request empties the list.
    taken, times = len(queries), []
    for _request in range(MEASURED):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    middle = statistics.median(times)
    ratio = f"{middle / beside:8.2f}" if beside else " " * 8
    print(f"{title:44}{taken:9}{middle:8.0f}{ratio}{len(response.content) / 1000:8.0f}", flush=True)
    return middle


# ── Around it ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def main() -> None:
    prepare("run")
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as var:
        (Path(var) / "assets").symlink_to(ROOT / "var" / "assets")
        env = {"VAR_DIR": var, "DJANGO_SETTINGS_MODULE": "portal.settings.browser_test", "LOG_LEVEL": "ERROR"}
        env = in_venv(env)
        env.pop("DATABASE_URL", None)
        say("the CMS, on SQLite")
        for arguments in (["manage.py", "set_up", "--demo"], [__file__, "--measure"]):
            out = subprocess.DEVNULL if arguments[0] == "manage.py" else None
            subprocess.run([PYTHON, *arguments], cwd=ROOT, env=env, check=True, stdout=out)


if __name__ == "__main__":
    os.chdir(ROOT)
    measure() if "--measure" in sys.argv else main()
