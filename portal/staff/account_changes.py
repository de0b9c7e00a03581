"""What changes an account in the hands of others: its groups, its address, whether it is open; and the first one.

Groups, addresses and reopening wait for a second person (portal/confirmations/services.py). Closing does not: it takes
power and gives none, and has to be quick.
"""

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ..audit import log
from ..confirmations import mails as confirmations_mails
from ..confirmations import services as confirmations_services
from ..confirmations.kinds import Kind, Line, Recipient, fingerprint
from ..models import ConfirmationRequest, User
from ..permissions import ADMINISTRATORS
from ..team import administrators
from ..text import clean_address
from ..workflow import Refused


class OfAccount(Kind):
    """A change of one account; its owner cannot confirm it."""

    def person(self, subject, after):
        return subject

    def about(self, request):
        return account_name(request.person)


class Groups(OfAccount):
    """Which of Fedasil's groups the account is in: all its powers come from them. {"groups": [name, …]}"""

    code = "account_groups"
    label = gettext_lazy("Groups of an account")

    def current(self, subject):
        return {"groups": groups_of(subject)}

    def validate(self, subject, after):
        wanted = sorted(set(after["groups"]))
        if Group.objects.filter(name__in=wanted).count() != len(wanted):
            raise Refused(_("One of these groups does not exist any more."))
        return {"groups": wanted}

    def apply(self, request):
        request.subject.groups.set(Group.objects.filter(name__in=request.after["groups"]))

    def describe(self, before, after):
        return [Line(_("Groups"), *(", ".join(values["groups"]) or _("none") for values in (before, after)))]


class Address(OfAccount):
    """The address by which one signs in: whoever reads its mails has the account. {"email": …}"""

    code = "account_address"
    label = gettext_lazy("E-mail address of an account")

    def current(self, subject):
        return {"email": subject.email}

    def validate(self, subject, after):
        email = clean_address(after["email"])
        try:
            validate_email(email)
        except ValidationError as error:
            raise Refused(*error.messages) from error
        if User.objects.filter(email__iexact=email).exclude(pk=subject.pk).exists():
            raise Refused(_("Another account has this address."))
        return {"email": email}

    def apply(self, request):
        request.subject.email = request.after["email"]
        request.subject.save(update_fields=["email"])

    def describe(self, before, after):
        return [Line(_("E-mail address"), before["email"], after["email"])]

    def for_log(self, values):
        return {"email": fingerprint(values["email"])}

    def recipients(self, request):
        """Both addresses; the new one may be a stranger's, so it is not told the old one."""
        language = request.person.language
        return [
            Recipient(request.before["email"], language),
            Recipient(request.after["email"], language, knows_values=False),
        ]


class Reopening(OfAccount):
    """A closed account can be signed in to again, with the groups that it has. {"active": True}"""

    code = "account_reopened"
    label = gettext_lazy("Reopening an account")

    def current(self, subject):
        return {"active": subject.is_active}

    def validate(self, subject, after):
        return {"active": True}

    def apply(self, request):
        request.subject.is_active = True
        request.subject.save(update_fields=["is_active"])

    def describe(self, before, after):
        return [Line(_("Account"), *(shown_state(values["active"]) for values in (before, after)))]


KINDS = (Groups(), Address(), Reopening())


def shown_state(active: bool) -> str:
    return pgettext("account", "active") if active else pgettext("account", "closed")


def account_name(user: User) -> str:
    name = user.get_full_name()
    return f"{name} ({user.email})" if name else user.email


def groups_of(user: User) -> list[str]:
    return sorted(user.groups.values_list("name", flat=True))


def open_requests(user: User) -> list[ConfirmationRequest]:
    """What waits to be confirmed about this person's account and powers."""
    return list(ConfirmationRequest.objects.filter(state="open", person=user).select_related("person", "requested_by"))


# ── What one person does alone ────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def make_account(email: str, actor: User, **fields) -> User:
    """A new account, in no group: as if the person had signed up, before the first sign-in."""
    if not confirmations_services.may_ask(actor, KINDS[0]):
        raise PermissionDenied
    user = User.objects.create_user(email, **fields)
    log.record(user, "account_made", actor=actor)
    return user


@transaction.atomic
def change_details(user: User, actor: User, **fields) -> User:
    """Names and language of mails; the log keeps which, not what."""
    locked = _locked(user, actor)
    changed = sorted(name for name, value in fields.items() if getattr(locked, name) != value)
    for name in changed:
        setattr(locked, name, fields[name])
    if changed:
        locked.save(update_fields=changed)
        log.record(locked, "account_details_changed", actor=actor, data={"fields": changed})
    return locked


@transaction.atomic
def close(user: User, actor: User | None, *, reason: str, mails: bool = True) -> User:
    """Nobody can sign in with this account any more, and whoever was signed in is signed out.

    The actor is None for whoever runs the server. Nobody closes the own account. Without `mails` nobody is told.
    """
    locked = _locked(user, actor)
    if actor and actor.pk == locked.pk:
        raise Refused(_("You cannot close your own account. Ask another administrator."))
    if not locked.is_active:
        raise Refused(_("This account is closed already."))
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    for session in UserSession.objects.filter(user=locked):
        session.end()
    data = {"from": {"active": True}, "to": {"active": False}}
    entry = log.record(locked, "account_closed", actor=actor, data=data, note=reason)
    if mails:
        confirmations_mails.tell_closed(locked, actor, entry.pk)
    return locked


def _locked(user: User, actor: User | None) -> User:
    if actor and not confirmations_services.may_ask(actor, KINDS[0]):
        raise PermissionDenied
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


# ── On the server ─────────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def make_administrator(email: str, *, reason: str, emergency: bool = False, **fields) -> User:
    """Put the account with this address, made where there is none, into the group Administrators.

    For the first administrator. Refused where others are active, unless it is an emergency.
    """
    if administrators().exists() and not emergency:
        raise Refused(_("There are administrators: let one of them ask for it in the desk, and another confirm it."))
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(email, **fields)
        log.record(user, "account_made")
    if not user.is_active:
        confirmations_services.carry_out_unasked("account_reopened", user, {"active": True}, reason=reason)
    wanted = {"groups": sorted({*groups_of(user), ADMINISTRATORS})}
    confirmations_services.carry_out_unasked("account_groups", user, wanted, reason=reason)
    user.refresh_from_db()
    return user
