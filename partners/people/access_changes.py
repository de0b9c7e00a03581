"""Giving someone the management of an organisation: one officer asks, another confirms
(portal/confirmations/services.py).
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.confirmations.kinds import Kind, Line, Recipient, fingerprint
from portal.models import User
from portal.team import officers
from portal.text import clean_address
from portal.workflow import Refused

from . import services as people_services


class Access(Kind):
    """Someone is invited to manage an organisation, by Fedasil. {"email": …, "language": of the mail}"""

    code = "organisation_access"
    label = gettext_lazy("Access to an organisation")
    permission = "partners.restore_access"
    template = "partners/access_requested"

    def person(self, subject, after):
        """Who is invited, where there is an account: an officer who is cannot confirm it."""
        return User.objects.filter(email=after["email"]).first()

    def current(self, subject):
        return {"email": "", "language": ""}

    def validate(self, subject, after):
        email = clean_address(after["email"])
        try:
            validate_email(email)
        except ValidationError as error:
            raise Refused(*error.messages) from error
        people_services.refuse_second_invitation(subject, email)
        return {"email": email, "language": after["language"]}

    def apply(self, request):
        people_services.restore_access(request.subject, request.requested_by, reason=request.reason, **request.after)

    def describe(self, before, after):
        languages = dict(settings.LANGUAGES)
        shown = [
            (values["email"] or _("none"), languages.get(values["language"], _("none"))) for values in (before, after)
        ]
        emails, mails = zip(*shown, strict=True)
        return [Line(_("Who is invited to manage it"), *emails), Line(_("Language of the e-mail"), *mails)]

    def for_log(self, values):
        return {"email": fingerprint(values["email"]) if values["email"] else "", "language": values["language"]}

    def who_may_confirm(self):
        return officers()

    def recipients(self, request):
        """Everyone who works there; `restore_access` tells them itself that someone was invited."""
        if request.state in {request.State.CONFIRMED, request.State.SERVER}:
            return []
        working = request.subject.memberships.filter(user__is_active=True).select_related("user")
        return [Recipient(found.user.email, found.user.language) for found in working]


KINDS = (Access(),)
