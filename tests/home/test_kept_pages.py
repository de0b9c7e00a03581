"""Pages are kept for a while: what changes on the site drops them, whoever changes it, and nothing else does."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from home.models import Fact, PrintedPage, Session, SessionIndexPage, SessionPage
from home.sessions import services as sessions_services
from partners.models import Municipality, Rate
from partners.organisations import services as organisations_services
from partners.partnerships import services as partnerships_services
from partners.support import rates
from portal import clock
from tests.clients import client_of
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
MAP = "/nl/het-verhaal-van-gent/onze-partners/"
SUPPORT = "/nl/wat-mag-een-partner-verwachten/wat-een-partner-ontvangt/"
WHO_DOES_WHAT = "/de/was-darf-ein-partner-erwarten/wer-tut-was/"


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    """Reading pages are kept, as where the site runs."""
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path / name)}
        for name in settings.CACHES
    }


@pytest.fixture
def officer():
    return UserFactory(groups=["Officers"])


@pytest.fixture
def publisher():
    return UserFactory(groups=["Publishers"])


@pytest.fixture
def session(officer) -> Session:
    fields = {"date": clock.today() + timedelta(days=30), "start_time": time(14), "seats": 5}
    planned = sessions_services.plan(Session(name="Webinar", place="the old hall", **fields), officer)
    page = SessionPage(title="Vragen", slug="vragen", intro="Kom luisteren.", session=planned)
    SessionIndexPage.objects.get(locale__language_code="nl").add_child(instance=page)
    page.save_revision().publish()
    return planned


@pytest.fixture
def partnership(officer):
    town = OrganisationFactory(name="Quiet town", municipality=Municipality.objects.get(refnis="44021"))
    lead = partnerships_services.PartyTerms(town, lead=True, stay=True, guidance=True)
    terms = partnerships_services.Terms("", [5], True, 1, date(2027, 3, 1), Decimal(17000))
    made = partnerships_services.start([lead], terms, officer, officer)
    partnerships_services.set_public(made, officer, agreed=True)
    return made


@pytest.fixture
def changing(django_capture_on_commit_callbacks):
    """A change, committed, after a reader had the page at this path; answers the page as it was and as it is."""

    def see(path, change):
        before = read(path)
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return before, read(path)

    return see


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


# ── What drops them ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_rate(changing):
    new = Rate(
        code=Rate.Code.SECOND_YEAR,
        amount=Decimal(700),
        valid_from=clock.today(),
        source="A new decision",
        source_date=date(2026, 11, 1),
    )
    before, after = changing(SUPPORT, lambda: rates.write_new(new, None))
    assert "€\u00a0700" not in before
    assert "€\u00a0700" in after


@pytest.mark.parametrize("change", ["moved", "cancelled"])
def test_a_session(changing, session, officer, change):
    def move():
        session.place = "the new hall"
        sessions_services.change(session, officer)

    verb = {"moved": move, "cancelled": lambda: sessions_services.cancel(session, officer, reason="A storm.")}[change]
    before, after = changing(session.pages.get().url, verb)
    assert "the old hall" in before
    assert reverse("session_register", args=[session.uuid]) in before
    assert ("the new hall" in after) == (change == "moved")
    assert (reverse("session_register", args=[session.uuid]) in after) == (change == "moved")


def test_a_fact(changing, publisher):
    fact = Fact.objects.get(key="home_months")
    data = {
        "key": fact.key,
        "value": "18",
        "source": "A new framework",
        "source_date": "2026-11-01",
        "action-publish": "1",
    }
    before, after = changing(
        WHO_DOES_WHAT,
        lambda: client_of(publisher).post(reverse("wagtailsnippets_home_fact:edit", args=[fact.pk]), data),
    )
    assert "18 Monate" not in before
    assert "18 Monate" in after


def test_a_partnership_that_does_not_agree_any_more(changing, partnership, officer):
    def hide():
        partnerships_services.set_public(partnership, officer, agreed=False)

    before, after = changing(MAP, hide)
    assert "Quiet town" in before
    assert "Quiet town" not in after


def test_an_approval_that_is_revoked(changing, partnership, officer):
    before, after = changing(MAP, lambda: partnerships_services.end_unsigned(partnership, officer))
    assert "Quiet town" in before
    assert "Quiet town" not in after


def test_a_partner_with_another_name(changing, partnership):
    town = partnership.parties.get().organisation
    manager = MembershipFactory(organisation=town, manager=True).user
    before, after = changing(MAP, lambda: organisations_services.change(town, manager, name="Lively town"))
    assert "Quiet town" in before
    assert "Lively town" in after


# ── What does not ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_registration_outdates_nothing(changing, session, django_assert_num_queries):
    PrintedPage.objects.update_or_create(key="brochure", language="nl", defaults={"is_outdated": False})
    changing(
        SUPPORT,
        lambda: sessions_services.register(
            session, name="Visitor", email="visitor@town.example", organisation="", needs="", language="nl"
        ),
    )
    with django_assert_num_queries(0):
        read(SUPPORT)
    assert not PrintedPage.objects.get(key="brochure", language="nl").is_outdated


def test_an_organisation_that_is_no_partner_drops_nothing(changing, django_assert_num_queries):
    manager = MembershipFactory(manager=True)

    def rename():
        organisations_services.change(manager.organisation, manager.user, name="Elsewhere")

    changing(MAP, rename)
    with django_assert_num_queries(0):
        read(MAP)
