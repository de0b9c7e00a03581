"""Each source page has a date by which someone looks at it again, and its reminders."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime
from wagtail.models import Page

from home.models import PageReview
from home.reviews import services
from portal import clock, jobs
from portal.models import Absence, LogEntry, Mail
from tests.clients import client_of
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("home.reviews.services")]


@pytest.fixture
def editor():
    return UserFactory(groups=["Editors"], language="fr", first_name="Ann", last_name="Claes")


@pytest.fixture
def publisher():
    return UserFactory(groups=["Publishers"], language="nl")


def a_page(owner=None) -> Page:
    page = Page.objects.get(url_path="/nl/contact/")
    Page.objects.filter(pk=page.pk).update(owner=owner)
    return page


def looked_at_by(page: Page, day: date) -> None:
    """This page has this date, and no other page comes up."""
    jobs.JOBS["reviews of pages"]()
    PageReview.objects.update(review_by=date(2100, 1, 1))
    PageReview.objects.filter(page=page).update(review_by=day)


def on(day: date) -> int:
    """Run the job on this day; how many mails it wrote."""
    with clock.standing_at(clock.midnight(day) + timedelta(hours=9)):
        return jobs.JOBS["reviews of pages"]()


def test_source_pages_get_a_date_a_year_after_they_were_published_and_translations_none():
    Page.objects.filter(url_path="/nl/contact/").update(
        last_published_at=datetime.fromisoformat("2020-01-31T12:00+00:00")
    )
    jobs.JOBS["reviews of pages"]()
    dates = dict(PageReview.objects.values_list("page__url_path", "review_by"))
    published = localtime(Page.objects.get(url_path="/nl/").last_published_at).date()
    assert dates["/nl/"] == published + timedelta(days=365)
    # An old page is not due on the day on which the dates begin.
    assert dates["/nl/contact/"] == clock.today() + timedelta(days=30)
    assert {path.split("/")[1] for path in dates} == {"nl"}


def test_who_made_the_page_is_reminded_before_and_on_the_day_once_each(editor, publisher):
    page, day = a_page(owner=editor), clock.today() + timedelta(days=100)
    looked_at_by(page, day)
    assert on(day - timedelta(days=15)) == 0
    assert [on(day - timedelta(days=days)) for days in (14, 13, 1)] == [1, 0, 0]
    assert [on(day + timedelta(days=days)) for days in (0, 1, 40)] == [1, 0, 0]
    mails = list(Mail.objects.order_by("pk"))
    assert [mail.to for mail in mails] == [editor.email] * 2
    assert {mail.language for mail in mails} == {"fr"}
    assert mails[1].subject.startswith("[Action requise]")
    assert "Contact" in mails[1].text
    assert reverse("desk_reviews") in mails[1].text


def test_one_mail_tells_of_all_pages(publisher):
    looked_at_by(a_page(), clock.today())
    PageReview.objects.update(review_by=clock.today())
    assert on(clock.today()) == 1
    assert Mail.objects.get().text.count("(") >= 20


def test_someone_else_is_told_where_the_owner_is_away_or_gone(editor, publisher):
    page, day = a_page(owner=editor), clock.today() + timedelta(days=50)
    deputy, officer = UserFactory(groups=["Editors", "Officers"]), UserFactory(groups=["Officers"])
    looked_at_by(page, day)

    def told() -> list[str]:
        Mail.objects.all().delete()
        PageReview.objects.update(told="")
        on(day)
        return [mail.to for mail in Mail.objects.all()]

    absence = Absence.objects.create(user=editor, first_day=day, last_day=day, deputy=deputy)
    assert told() == [deputy.email]
    # A deputy who writes no pages could do nothing about it.
    Absence.objects.filter(pk=absence.pk).update(deputy=officer)
    assert told() == [publisher.email]
    absence.delete()
    PageReview.objects.filter(page=page).update(responsible=deputy)
    assert told() == [deputy.email]
    type(deputy).objects.filter(pk=deputy.pk).update(is_active=False)
    assert told() == [publisher.email]


def test_reviewed_still_right_sets_the_next_date_and_is_logged(editor):
    page = a_page(owner=editor)
    looked_at_by(page, clock.today())
    client = client_of(editor)
    address = reverse("desk_review", args=[page.pk])
    assert address in client.get(reverse("desk_reviews"), {"due": "soon"}).content.decode()
    assert client.post(reverse("desk_review_confirm", args=[page.pk])).status_code == 302
    review = PageReview.objects.get(page=page)
    assert (review.review_by, review.told) == (clock.today() + timedelta(days=365), "")
    entry = LogEntry.objects.get(action=services.REVIEWED)
    assert (entry.subject_id, entry.actor) == (page.pk, editor)
    assert address not in client.get(reverse("desk_reviews"), {"due": "soon"}).content.decode()


def test_another_date_and_person(editor, publisher):
    page, day = a_page(), clock.today() + timedelta(days=90)
    client, address = client_of(editor), reverse("desk_review", args=[page.pk])
    for wrong in (clock.today(), clock.today() + timedelta(days=3000)):
        assert client.post(address, {"responsible": "", "review_by": wrong}).context["form"].errors["review_by"]
    assert client.post(address, {"responsible": publisher.pk, "review_by": day}).status_code == 302
    review = PageReview.objects.get(page=page)
    assert (review.responsible, review.review_by) == (publisher, day)
    assert LogEntry.objects.filter(action=services.ARRANGED, actor=editor).exists()
    # The editor of the page says so; that of a translation does not, and it has no date of its own.
    editing = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert address in editing
    assert str(publisher) in editing
    translation = Page.objects.get(url_path="/fr/contact/")
    assert client.get(reverse("desk_review", args=[translation.pk])).status_code == 404


def test_the_report_asks_as_often_for_two_pages_as_for_all(editor, django_assert_max_num_queries):
    client = client_of(editor)
    jobs.JOBS["reviews of pages"]()
    PageReview.objects.update(responsible=editor)
    keep = list(PageReview.objects.values_list("pk", flat=True)[:2])
    kept = list(PageReview.objects.exclude(pk__in=keep))
    PageReview.objects.exclude(pk__in=keep).delete()
    client.get(reverse("desk_reviews"))
    with django_assert_max_num_queries(30) as few:
        client.get(reverse("desk_reviews"))
    PageReview.objects.bulk_create(kept)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("desk_reviews"))
