"""The whole path of the Ghent case, by HTTP, on either database: the browser test plays the same for real."""

import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from applications.models import Application, Criterion, Decision, Letter, Party, Signature
from partners.models import Partnership
from portal.files import receiving
from portal.models import Mail, User
from tests import ghent_answers
from tests.factories import small_pdf
from tests.seen import dossier_read, seen

pytestmark = pytest.mark.django_db

# A browser without script sends the number of the municipality.
ANSWERS = {**ghent_answers.ANSWERS, "stay": {**ghent_answers.ANSWERS["stay"], "dwellings-0-municipality": "44021"}}


class Visitor:
    """A signed-in person with a browser's manners: follows redirects, fails on an unexpected status."""

    def __init__(self, name: str):
        self.user = User.objects.get(email=f"{name}@demo.example")
        self.client = Client()
        self.client.force_login(self.user)

    def get(self, name, /, *args, status=200):
        response = self.client.get(reverse(name, args=args), follow=True)
        assert response.status_code == status, (name, response.status_code)
        return response.content.decode()

    def post(self, name, /, *args, status=200, **data):
        address = reverse(name, args=args)
        if name == "applications:section":
            data = {**seen(self.client, address), **data}
        elif name.startswith("desk_applications:"):
            data = {**dossier_read(Application.objects.get(pk=args[0])), **data}
        response = self.client.post(address, data, follow=True)
        assert response.status_code == status, (name, response.status_code, response.content.decode()[:3000])
        return response.content.decode()

    def mail(self, pattern: str) -> Mail:
        """The last mail to this person whose subject matches."""
        mails = list(Mail.objects.filter(to=self.user.email).order_by("pk"))
        return [mail for mail in mails if re.search(pattern, mail.subject)][-1]

    def sign(self, party: Party) -> str:
        self.post("applications:mail_signing_code", party.uuid)
        code = re.search(r"^ {4}(\S+)$", Mail.objects.filter(to=self.user.email).latest("pk").text, re.M)[1]
        return self.post("applications:sign_by_code", party.uuid, code=code)


@pytest.fixture
def demo():
    call_command("load_demo", verbosity=0)


def join(visitor: Visitor, party: Party, *aims: str):
    organisation = visitor.user.memberships.get().organisation
    visitor.post("applications:accept_invitation", party.uuid, organisation=organisation.pk, aims=list(aims))


def test_ghent_case(demo, clamd):
    city, ocmw, ngo = Visitor("city"), Visitor("ocmw"), Visitor("ngo")
    mayor, director, chair = Visitor("mayor"), Visitor("director"), Visitor("chair")
    officer, officer2, decider = Visitor("officer"), Visitor("officer2"), Visitor("decider")
    for person in (officer, officer2, decider):
        assert person.get("wagtailadmin_home")

    # The city leads and invites the other two.
    stad = city.user.memberships.get().organisation
    city.post("applications:start", organisation=stad.pk)
    application = Application.objects.get()
    city.post("applications:invite", application.uuid, name="vzw Thope", email=ngo.user.email)
    city.post("applications:invite", application.uuid, name="OCMW Gent", email=ocmw.user.email)
    assert ngo.mail("Uw organisatie is uitgenodigd")
    join(ngo, application.parties.get(invited_email=ngo.user.email), "stay")
    join(ocmw, application.parties.get(invited_email=ocmw.user.email), "guidance")

    # Each answers its part.
    for code, answers in ANSWERS.items():
        who = {"stay": ngo, "guidance": ocmw}.get(code, city)
        who.post("applications:section", application.uuid, code, **answers)
    thope = application.parties.get(organisation__kind="non_profit")
    for kind in ("statutes", "representation", "budget"):
        sent = SimpleUploadedFile(f"{kind}.pdf", small_pdf(kind))
        ngo.post("applications:attachments", application.uuid, **{f"{kind}-{thope.uuid}": sent})
    assert receiving.scan_waiting() == 3
    assert "22" in city.get("applications:summary", application.uuid)

    # Not submitted without signatures; then the same general director signs for city and OCMW.
    city.post("applications:submit", application.uuid, status=409)
    application.refresh_from_db()
    assert application.state == "draft"
    assert application.reference is None
    parties = {party.organisation.kind: party for party in application.joined_parties}
    for person, kind in [
        (mayor, "municipality"),
        (director, "municipality"),
        (director, "pcsw"),
        (chair, "pcsw"),
        (ngo, "non_profit"),
    ]:
        person.sign(parties[kind])
    assert Signature.objects.count() == 5
    page = city.post("applications:submit", application.uuid)
    application.refresh_from_db()
    assert application.state == "submitted"
    assert application.reference in page
    assert "22.000" in page
    assert "22.000" in city.mail(application.reference).text

    # Fedasil reads, asks for a change in the guidance only.
    officer.get("desk_applications:index")
    assert "OCMW Gent" in officer.get("desk_applications:inspect", application.pk)
    officer.post("desk_applications:begin_review", application.pk)
    officer.post(
        "desk_applications:send_request",
        application.pk,
        due_on="2099-01-01",
        **{"ask-5.2": "Please say how many hours."},
    )
    application.refresh_from_db()
    assert application.state == "changes_requested"
    assert "Please say how many hours." in city.get("applications:application", application.uuid)
    ocmw.post("applications:section", application.uuid, "guidance", guidance_hours="12", experience="smuggled")
    application.refresh_from_db()
    assert (application.guidance_hours, application.experience) == (12, "Tien jaar met nieuwkomers.")

    # Only the party whose aim it is signs again.
    city.post("applications:submit", application.uuid, status=409)
    director.sign(parties["pcsw"])
    chair.sign(parties["pcsw"])
    assert Signature.objects.count() == 7
    city.post("applications:submit", application.uuid)

    # Two reviews, one decision.
    decide = {"outcome": "approve", "reasons_nl": "All three aims are covered.", "contact": officer.user.pk}
    scores = {f"score-{criterion.pk}": "3" for criterion in Criterion.objects.all()}
    officer.post("desk_applications:assign", application.pk, reviewers=[officer.user.pk, officer2.user.pk])
    for person in (officer, officer2):
        assert "beoordelingen" in decider.post("desk_applications:prepare_decision", application.pk, **decide)
        person.post(
            "desk_applications:review",
            application.pk,
            version=application.versions.last().pk,
            advice="approve",
            reasons="A solid offer.",
            **scores,
        )
    officer.post("desk_applications:prepare_decision", application.pk, **decide)
    decision = Decision.objects.get()
    assert "goedgekeurd" not in city.get("applications:application", application.uuid)
    preview = decider.get("desk_decisions:inspect", decision.pk)
    seen_digest = re.search(r'name="seen" value="(\w+)"', preview)[1]
    decider.post("desk_decisions:release", decision.pk, seen=seen_digest)
    assert Letter.objects.count() == 3
    application.refresh_from_db()
    assert application.state == "approved"

    partnership = Partnership.objects.get(origin=application.reference)
    assert Decision.objects.get().partnership == partnership
    assert partnership.estimate == Decimal(22_000)
    assert partnership.contact == officer.user
    assert partnership.parties.count() == 3
    assert [placement.persons for placement in partnership.placements.all()] == [5]
    assert "22.000" in officer.get("desk_partnerships:inspect", partnership.pk)
    assert "22.000" in city.mail(application.reference).text
    assert application.versions.count() == 2
