"""Nothing typed is lost: what a person types in a section is kept on the server until it is saved."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts import post_resume
from portal.models import User
from portal.text import clean
from portal.workflow import Refused

from ..models import Application, AutosavedForm
from ..questionnaire.definition import Section
from ..questionnaire.questions import BY_CODE

MOST_CHARACTERS = 500_000
# Said by a button or by the portal, not typed.
OURS = {*post_resume.OURS, "action"}


def save_draft_of_form(application: Application, section: Section, user: User, typed: QueryDict) -> AutosavedForm:
    """Keep the form as it stands now, in place of what was kept before; Refused where that cannot be."""
    values = {name: [clean(value) for value in given] for name, given in typed.lists() if name not in OURS}
    if sum(len(value) for given in values.values() for value in given) > MOST_CHARACTERS:
        raise Refused(_("Not kept: the text is too long."))
    kept, _created = AutosavedForm.objects.update_or_create(
        application=application, section=section.code, user=user, defaults={"typed": values, "saved_at": clock.now()}
    )
    return kept


def find(application: Application, section: Section, user: User) -> AutosavedForm | None:
    return AutosavedForm.objects.filter(application=application, section=section.code, user=user).first()


def forget(application: Application, section: Section, user: User) -> None:
    AutosavedForm.objects.filter(application=application, section=section.code, user=user).delete()


def unsaved_forms(application: Application) -> list[AutosavedForm]:
    """The sections of this application with autosaved text that was not saved, and whose text it is."""
    return list(application.autosaved_forms.filter(section__in=BY_CODE).select_related("user").order_by("saved_at"))
