"""The database goes away under the running site, and comes back."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from portal.outage import middleware
from tests import prepared
from tests.browser.outage_world import ADDRESS
from tests.browser.site import wait_until

from .servers import Answer, Reader, SiteWithPostgres

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="SQLite is a file and cannot go away"),
]
PAGE, TYPED = "/nl/", "Twee begeleiders, samen 1,5 voltijds."


@pytest.fixture
def site(tmp_path, django_db_setup):
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    running = SiteWithPostgres(tmp_path, f"{server}/prepared_{prepared.key()}")
    try:
        running.start()
        yield running
    finally:
        running.stop()


def at_once(reader: Reader, path: str) -> list[Answer]:
    """More requests than the site has threads."""
    with ThreadPoolExecutor(8) as together:
        return list(together.map(reader.get, [path] * 8))


def test_the_site_goes_on_without_its_database_and_again_with_it(site):
    session, section = site.call("outage_world", "someone_with_a_draft")
    reader, stranger = Reader(site, sessionid=session), Reader(site)
    page, form = stranger.get(PAGE), reader.get(section)
    assert (page.status, form.status) == (200, 200)

    site.postgres.stop()
    shutil.rmtree(site.folder / "pages")
    answers = at_once(reader, section)
    assert {answer.status for answer in answers} == {503}
    assert 'lang="nl"' in answers[0].text
    assert answers[0].headers["Retry-After"]
    french = stranger.get("/fr/applications/", Cookie=f"sessionid={session}")
    assert (french.status, 'lang="fr"' in french.text) == (503, True)
    # Public pages are as they were; what asks nothing of the database is as always.
    copy = stranger.get(PAGE)
    assert (copy.status, copy.text) == (200, page.text)
    assert stranger.get("/static/portal/site.css").status == 200
    assert stranger.get("/").status == 200

    # What was typed stands on the answer, and can be sent again from there.
    fields = dict(form.fields) | {"guidance_team": TYPED, "action": "leave"}
    refused = reader.post(section, list(fields.items()))
    assert refused.status == 503
    assert TYPED in refused.text
    assert dict(refused.fields).items() >= fields.items()
    # From a stranger's page it is not shown.
    assert TYPED not in stranger.post(section, [("guidance_team", TYPED)]).text

    wait_until("the worker to notice", lambda: "the worker waits" in (site.folder / "site.log").read_text())
    wait_until("the due jobs to notice", lambda: "the due jobs wait" in (site.folder / "site.log").read_text())
    site.postgres.start()
    wait_until("the page of the section", lambda: reader.get(section).status == 200)
    assert reader.post(section, refused.fields).status == 302
    assert TYPED in reader.get(section).text

    # By themselves, worker and due jobs go on.
    now = site.call("outage_world", "queue_mail", "after the outage")
    wait_until("the worker", lambda: site.call("outage_world", "is_delivered_by_worker", "after the outage"))
    wait_until("all due jobs", lambda: site.call("outage_world", "due_jobs_ran_since", now))
    assert len(site.mails(ADDRESS, "after the outage")) == 1

    # The database was away between two requests: none of them sees it.
    assert {answer.status for answer in at_once(reader, section)} == {200}
    site.postgres.stop()
    site.postgres.start()
    assert {answer.status for answer in at_once(reader, section)} == {200}


def test_what_the_database_refuses_is_no_outage():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
        with pytest.raises(OperationalError) as refused, transaction.atomic():
            cursor.execute("SELECT pg_sleep(1)")
    assert not middleware.is_outage(refused.value)
