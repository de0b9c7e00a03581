"""Dates by which pages are looked at again: set by themselves, told to those who look, moved on once they did."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from portal import clock
from portal.audit import log
from portal.mail import outbox
from portal.models import User
from portal.permissions import EDITORS, PUBLISHERS
from portal.staff import absences

from ..models import PageReview

REVIEWED, ARRANGED = "page.reviewed", "page.review_arranged"
REMIND_BEFORE = timedelta(days=14)
Told = PageReview.Told


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def sources(pages: QuerySet[Page] | None = None) -> QuerySet[Page]:
    """The live pages that are looked at: translations follow their source."""
    is_translation = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), target_locale_id=OuterRef("locale_id"), enabled=True
    )
    found = Page.objects.all() if pages is None else pages
    return found.live().filter(~Exists(is_translation), depth__gt=1, alias_of__isnull=True)


def reviews() -> QuerySet[PageReview]:
    """Of all pages that are looked at, the next first."""
    return PageReview.objects.filter(page__in=sources()).select_related("page", "responsible").order_by("review_by")


def due() -> QuerySet[PageReview]:
    """Those that are due, or will be soon."""
    return reviews().filter(review_by__lte=clock.today() + REMIND_BEFORE)


def review_of(page: Page) -> PageReview:
    """The page's date, set where it has none yet."""
    return PageReview.objects.get_or_create(page_id=page.pk, defaults={"review_by": PageReview.first_date(page)})[0]


def authors() -> QuerySet[User]:
    """Who can be named to look at a page: those who write pages."""
    people = User.objects.filter(is_active=True, groups__name__in=(EDITORS, PUBLISHERS))
    return people.distinct().order_by("last_name", "first_name", "email")


# ── Looked at ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def confirm(page: Page, actor: User) -> PageReview:
    """The actor looked at the page, and it is still right: the next date is a year from now."""
    review = _locked(page)
    return _keep(review, REVIEWED, actor, review.responsible, clock.today() + PageReview.EACH)


@transaction.atomic
def arrange(page: Page, actor: User, responsible: User | None, review_by: date) -> PageReview:
    """Name who looks at the page, and by when."""
    return _keep(_locked(page), ARRANGED, actor, responsible, review_by)


def _locked(page: Page) -> PageReview:
    """The page's date, under the lock of the page's row."""
    return review_of(Page.objects.select_for_update().get(pk=page.pk))


def _keep(review: PageReview, action: str, actor: User, responsible: User | None, review_by: date) -> PageReview:
    review.responsible, review.review_by, review.told = responsible, review_by, Told.NOT_YET
    review.save()
    data = {"responsible": responsible and responsible.pk, "review_by": review_by.isoformat()}
    log.record(review.page, action, actor=actor, data=data)
    return review


# ── Reminders ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def keep_up() -> int:
    """Set dates where they are missing, and remind (a job of `run_due`); answers how many mails."""
    missing = sources().filter(review__isnull=True)
    rows = [PageReview(page=page, review_by=PageReview.first_date(page)) for page in missing]
    PageReview.objects.bulk_create(rows, ignore_conflicts=True)
    return remind(Told.DUE) + remind(Told.SOON)


@transaction.atomic
def remind(stage: PageReview.Told) -> int:
    """Mail each person once about all pages that are due, or will be within two weeks; answers how many mails.

    Whoever is away has a deputy; where the person left, or the deputy writes no pages, all publishers are told.
    """
    today = clock.today()
    waiting = reviews().select_related("page__owner").select_for_update(of=("self",))
    if stage == Told.DUE:
        waiting = waiting.filter(review_by__lte=today).exclude(told=Told.DUE)
    else:
        waiting = waiting.filter(review_by__gt=today, review_by__lte=today + REMIND_BEFORE, told=Told.NOT_YET)
    people = {person.pk: person for person in authors()}
    publishers = [people[pk] for pk in authors().filter(groups__name=PUBLISHERS).values_list("pk", flat=True)]
    absent = absences.away()
    mails: dict[User, list[PageReview]] = defaultdict(list)
    told = []
    for review in waiting:
        for person in _readers(review, people, publishers, absent):
            mails[person].append(review)
            told.append(review.pk)
    PageReview.objects.filter(pk__in=told).update(told=stage)
    for person, its_reviews in mails.items():
        _mail(person, stage, its_reviews)
    return len(mails)


def _readers(
    review: PageReview, people: dict[int, User], publishers: Iterable[User], absent: dict[int, int]
) -> Iterable[User]:
    person = review.person and absences.present(review.person.pk, absent)
    return [people[person]] if person in people else publishers


def _mail(person: User, stage: PageReview.Told, its_reviews: list[PageReview]) -> None:
    outbox.queue(
        # A page is told once at each stage, so no two mails of a day have the same first page.
        key=f"review:{stage}:{person.pk}:{clock.today().isoformat()}:{min(review.pk for review in its_reviews)}",
        to=person.email,
        language=person.language,
        template="home/review_due" if stage == Told.DUE else "home/review_soon",
        context={
            "pages": [{"title": review.page.title, "on": review.review_by} for review in its_reviews],
            "count": len(its_reviews),
            "address": reverse("desk_reviews"),
        },
    )
