"""The worker is asked for each PDF once, however many ask: with transactions of their own."""

from datetime import timedelta

from django.conf import settings

from home import prints
from home.models import PrintedPage
from home.models.printed import BROCHURE, DOCUMENTS
from portal import clock
from tests.races import at_once

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def test_the_documents_are_made_before_anyone_asks_and_each_is_asked_once(own_transactions):
    assert prints.keep_up() == len(LANGUAGES) * len(DOCUMENTS)
    assert prints.keep_up() == 0
    later = clock.now() + prints.LOST_AFTER + timedelta(minutes=1)
    with clock.standing_at(later):
        assert prints.keep_up() == len(LANGUAGES) * len(DOCUMENTS)


def test_many_who_ask_at_once_set_the_worker_to_work_once(own_transactions):
    PrintedPage.objects.create(key=BROCHURE, language="nl")
    printed = PrintedPage.objects.get()
    assert at_once(10, lambda: prints.queue(PrintedPage.objects.get(pk=printed.pk))).count(True) == 1
