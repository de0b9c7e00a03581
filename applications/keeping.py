"""Nothing typed is lost: what a person types in a section is kept on the server until it is saved."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from portal import carrying, clock
from portal.models import User
from portal.text import clean
from portal.workflow import Refused

from .models import Application, KeptInput
from .questions import BY_CODE, Section

MOST_CHARACTERS = 500_000
# Said by a button or by the portal, not typed.
OURS = {*carrying.OURS, "action"}


def keep(application: Application, section: Section, user: User, typed: QueryDict) -> KeptInput:
    """Keep the form as it stands now, in place of what was kept before; Refused where that cannot be."""
    values = {name: [clean(value) for value in given] for name, given in typed.lists() if name not in OURS}
    if sum(len(value) for given in values.values() for value in given) > MOST_CHARACTERS:
        raise Refused(_("Not kept: the text is too long."))
    kept, _created = KeptInput.objects.update_or_create(
        application=application, section=section.code, user=user, defaults={"typed": values, "kept_at": clock.now()}
    )
    return kept


def find(application: Application, section: Section, user: User) -> KeptInput | None:
    return KeptInput.objects.filter(application=application, section=section.code, user=user).first()


def forget(application: Application, section: Section, user: User) -> None:
    KeptInput.objects.filter(application=application, section=section.code, user=user).delete()


def not_saved(application: Application) -> list[KeptInput]:
    """Whose text, in which section, is kept and not saved."""
    return list(application.kept_inputs.filter(section__in=BY_CODE).select_related("user").order_by("kept_at"))
