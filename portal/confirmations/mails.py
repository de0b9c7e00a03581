"""Who is told of changes that give or take power: those who can confirm them, those concerned, and administrators."""

from django.utils.translation import gettext_lazy as _

from ..mail import outbox
from ..models import ConfirmationRequest, User
from ..team import administrators
from .kinds import KINDS, Kind, Recipient, Shown, Told

NEEDED, SETTLED = "portal/confirmation_needed", "portal/confirmation_settled"
SENTENCES = {
    "ask": _("This change was requested. It is made only when a second person at Fedasil confirms it."),
    "confirm": _("A second person at Fedasil confirmed this change. It is made."),
    "refuse": _("This request was refused. Nothing changes."),
    "withdraw": _("This request was withdrawn. Nothing changes."),
    "expire": _("Nobody confirmed this request in time. Nothing changes."),
    "carry_out": _("Whoever runs the server made this change without a second person."),
    "close": _("This account was closed. Nobody can sign in with it any more."),
}


def tell(request: ConfirmationRequest, step: str, actor: User | None) -> None:
    """Queue the mails about one step in the life of a request."""
    shown, kind = Shown(request), KINDS[request.kind]
    if step == "ask":
        for person in shown.who_may_confirm:
            _queue(f"{request.pk}:needed", Recipient(person.email, person.language), NEEDED, shown)
    else:
        informed = kind.who_may_confirm() | User.objects.filter(pk=request.requested_by_id, is_active=True)
        if step == "carry_out":
            informed |= administrators()
        to_skip = [person.pk for person in (actor, request.person) if person]
        for person in informed.exclude(pk__in=to_skip).distinct():
            recipient = Recipient(person.email, person.language)
            _queue(f"{request.pk}:{step}", recipient, SETTLED, shown, SENTENCES[step])
    for recipient in kind.recipients(request):
        _queue(f"{request.pk}:{step}:concerned", recipient, kind.template, shown, SENTENCES[step])


def tell_closed(user: User, actor: User | None, entry: int) -> None:
    """The account was closed: its owner and the administrators know."""
    told = Told(_("Account closed"), user.get_full_name() or user.email)
    _queue(f"closed:{entry}", Recipient(user.email, user.language), Kind.template, told, SENTENCES["close"])
    for person in administrators().exclude(pk=actor.pk if actor else None):
        recipient = Recipient(person.email, person.language)
        _queue(f"closed:{entry}:told", recipient, SETTLED, told, SENTENCES["close"])


def _queue(occasion: str, to: Recipient, template: str, asked: Shown | Told, sentence="") -> None:
    outbox.queue(
        key=f"confirmation:{occasion}:{to.address}"[:200],
        to=to.address,
        language=to.language,
        template=template,
        context={"asked": asked, "sentence": sentence, "knows_values": to.knows_values},
    )
