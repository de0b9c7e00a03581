"""The kinds of changes that give or take power, and how a request for one is shown. The rooms register theirs here.

Which kinds wait for a second person is decided in one place, `portal.confirmations.services.ask`: today all of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db import models
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise

from ..models import ConfirmationRequest, User
from ..team import administrators


@dataclass(frozen=True)
class Line:
    """One value that changes, in words for a reader."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True)
class Recipient:
    """Who is mailed because a change concerns this person; `knows_values`: the mail tells from what to what."""

    address: str
    language: str
    knows_values: bool = True


class Consequences(Protocol):
    """What follows from a change; `digest` differs where anything of it differs."""

    @property
    def digest(self) -> str: ...


class Kind:
    """One kind of change.

    `before` and `after` are plain data (JSON), the same keys in both. The subject, the row that is changed, is None for
    a kind that adds something that is about nothing else. `validate` and `apply` are called under the subject's lock.
    """

    code: str
    label: str | Promise
    # The mail to those concerned.
    template = "portal/account_change"
    # The rule that one has to pass to ask for such a change, and to confirm or refuse it.
    permission = "portal.manage_accounts"
    # Shows what `consequences` answers, as `found`, on the page of a request that waits.
    consequences_template: str = ""

    def person(self, subject: models.Model | None, after: dict) -> User | None:
        """Whose account or powers change: this person cannot confirm the change."""
        return None

    def current(self, subject: models.Model | None) -> dict:
        """What is now, as in `after`."""
        raise NotImplementedError

    def validate(self, subject: models.Model | None, after: dict) -> dict:
        """What `apply` will get; raises Refused where the change cannot be made. Called again when it is confirmed."""
        return after

    def apply(self, request: ConfirmationRequest) -> None:
        """Make the change: what stands in `request.after`, with `request.subject`."""
        raise NotImplementedError

    def describe(self, before: dict, after: dict) -> list[Line]:
        """From what to what, in the language that is active."""
        raise NotImplementedError

    def about(self, request: ConfirmationRequest) -> str:
        """How a reader knows what is changed."""
        return str(request.subject or "")

    def consequences(self, request: ConfirmationRequest, reader: User) -> Consequences | None:
        """What else would follow now, for this reader to know before an answer."""
        return None

    def for_log(self, values: dict) -> dict:
        """The values as the log keeps them for ever: ids and codes, no names and no addresses."""
        return values

    def who_may_confirm(self) -> QuerySet[User]:
        """All active people who pass `permission`."""
        return administrators()

    def recipients(self, request: ConfirmationRequest) -> list[Recipient]:
        """Who is told of each step because the change concerns them."""
        person = request.person
        return [Recipient(person.email, person.language)] if person else []


KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    KINDS.update({kind.code: kind for kind in kinds})


def fingerprint(value: str) -> str:
    """Stands for a value that the log may not hold: who knows the value can check it."""
    return salted_hmac("portal.confirmations.kinds", value, algorithm="sha256").hexdigest()[:32]


@dataclass(frozen=True)
class Told:
    """What a mail tells of a change; `request` where there is one to look at."""

    label: str | Promise
    about: str
    lines: Iterable[Line] = ()
    request: ConfirmationRequest | None = None


@dataclass(frozen=True)
class Shown:
    """A request as people read it. Its words are made when they are read, in the reader's language."""

    request: ConfirmationRequest

    @property
    def kind(self) -> Kind:
        return KINDS[self.request.kind]

    @property
    def label(self) -> str | Promise:
        return self.kind.label

    @property
    def about(self) -> str:
        return self.kind.about(self.request)

    @property
    def lines(self) -> list[Line]:
        return self.kind.describe(self.request.before, self.request.after)

    @property
    def who_may_confirm(self) -> QuerySet[User]:
        """Nobody who asked for it, and nobody whose powers it changes."""
        request = self.request
        return self.kind.who_may_confirm().exclude(
            pk__in=[pk for pk in (request.requested_by_id, request.person_id) if pk]
        )
