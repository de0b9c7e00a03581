"""What a signature needs: a fresh mailed code, or a passkey that signs a fresh question over the content.

Who signs for several parties of an application may do so with one code: it is mailed once, and bound to each of them
and its content by a row of its own (decision 62).
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from partners.models import Capacity
from partners.people.person import Person
from portal import clock
from portal.accounts import webauthn
from portal.audit import log
from portal.mail import outbox
from portal.models import Mail, User
from portal.workflow import Refused

from ..case import loading
from ..models import Party, Signature, SignatureCode
from ..signing.coverage import content_hash, covered_hashes, digest, refuse_unless_signable
from ..submission import signatory_mails

LASTS = timedelta(minutes=10)
# Who presses twice gets one mail.
RESENT_AFTER = timedelta(minutes=2)
ATTEMPTS = 5
CODE_LENGTH = 6
# Without 0/O, 1/I/L, 2/Z, 5/S, 8/B: read from a screen, typed on another.
CODE_ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"


def code_digest(code: str) -> str:
    return salted_hmac("applications.signing.coverage", "".join(code.split()).upper(), algorithm="sha256").hexdigest()


@dataclass(frozen=True)
class ToSign:
    """A signature that someone is about to give."""

    party: Party
    capacity: Capacity

    @cached_property
    def content(self) -> str:
        """The fingerprint of what is signed."""
        return content_hash(self.party)


def send_code(party: Party, user: User, capacity: str) -> SignatureCode:
    """Mail a fresh code for the signature of one party, as `send_one_code` does for several."""
    return send_one_code([ToSign(party, Capacity(capacity))], user)[0]


@transaction.atomic
def send_one_code(signing: Sequence[ToSign], user: User) -> list[SignatureCode]:
    """Mail one fresh code for what the content of each party is now; earlier codes of this person for them end.

    One that was mailed just now for all of them, and still works, is answered instead. Refused where the address got
    too many.
    """
    person = Person(user)
    for one in signing:
        refuse_unless_signable(one.party, person, one.capacity)
    latest = [row for one in signing if (row := _mailed_just_now(one.party, user))]
    if len(latest) == len(signing) and len({row.code_hash for row in latest}) == 1:
        return latest
    code = "".join(secrets.choice(CODE_ALPHABET) for _place in range(CODE_LENGTH))
    rows = [_open(one.party, user, open_codes(one.party, user), code_hash=code_digest(code)) for one in signing]
    outbox.queue(
        key=f"signature-code:{rows[0].pk}",
        to=user.email,
        language=user.language,
        template="applications/signature_code",
        context={"code": code, "application": signing[0].party.application, "signing": signing},
        sensitive=True,
        expires_at=rows[0].expires_at,
        about=signing[0].party.application,
        ceiling=Mail.Ceiling.SIGNATURE,
    )
    return rows


def _mailed_just_now(party: Party, user: User) -> SignatureCode | None:
    return working_codes(party, user).filter(created_at__gt=clock.now() - RESENT_AFTER).first()


@transaction.atomic
def ask_passkey(party: Party, user: User, capacity: str) -> None:
    """Open a question to the person's passkeys over what the party's content is now; earlier ones end."""
    refuse_unless_signable(party, Person(user), capacity)
    if not webauthn.has_one(user):
        raise Refused(_("You have no passkey here. Use a code."))
    _open(party, user, open_questions(party, user), nonce=secrets.token_hex(32))


def _open(party: Party, user: User, earlier: QuerySet, **secret) -> SignatureCode:
    now = clock.now()
    earlier.update(used_at=now)
    return SignatureCode.objects.create(
        user=user, party=party, content_hash=content_hash(party), created_at=now, expires_at=now + LASTS, **secret
    )


def open_codes(party: Party, user: User) -> QuerySet[SignatureCode]:
    return SignatureCode.objects.filter(party=party, user=user, used_at__isnull=True, nonce="")


def working_codes(party: Party, user: User) -> QuerySet[SignatureCode]:
    """Those that would sign the present content; the latest first."""
    rows = open_codes(party, user).filter(expires_at__gt=clock.now(), attempts__lt=ATTEMPTS)
    return rows.filter(content_hash=content_hash(party)).order_by("-created_at")


def open_questions(party: Party, user: User) -> QuerySet[SignatureCode]:
    return SignatureCode.objects.filter(party=party, user=user, used_at__isnull=True).exclude(nonce="")


def open_code(party: Party, user: User) -> SignatureCode | None:
    """The code that was mailed to this person and still works for the present content."""
    return working_codes(party, user).first()


def have_one_code(signing: Iterable[ToSign], code: SignatureCode, user: User) -> list[ToSign]:
    """Those for which this same code was mailed, and still works."""
    same = SignatureCode.objects.filter(code_hash=code.code_hash, user=user, used_at__isnull=True)
    covered = set(same.values_list("party", "content_hash"))
    return [one for one in signing if (one.party.pk, one.content) in covered]


def passkey_question(party: Party, user: User) -> dict | None:
    """What the page asks the browser, where a question is open for the present content."""
    rows = open_questions(party, user).filter(expires_at__gt=clock.now(), content_hash=content_hash(party))
    row = rows.order_by("-created_at").first()
    return webauthn.question(user, challenge(row)) if row else None


def challenge(row: SignatureCode) -> bytes:
    """What the passkey signs: bound to the person, the party and the content, and never the same twice."""
    bound = f"{row.nonce}:{row.user_id}:{row.party.uuid}:{row.content_hash}"
    return hashlib.sha256(bound.encode()).digest()


def spend_code(party: Party, user: User, code: str) -> dict:
    """Use up the person's open code if `code` is it; Refused otherwise. Five wrong tries end a code."""
    row = _open_row(open_codes(party, user), _("Your code has ended. Ask for a new one."))
    if row.content_hash != content_hash(party):
        raise Refused(_("The application was changed after you got your code. Read it again and ask for a new code."))
    if not constant_time_compare(row.code_hash, code_digest(code)):
        SignatureCode.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
        raise Refused(_("This is not the code that we mailed. Check it and try again."))
    _use_up(row, _("Your code has ended. Ask for a new one."))
    return {}


def spend_question(party: Party, user: User, answer: str) -> dict:
    """Use up the open question if a passkey of this person answered it; gives the proof. Refused otherwise."""
    row = _open_row(open_questions(party, user), _("Too much time went by. Use your passkey again."))
    if row.content_hash != content_hash(party):
        raise Refused(_("The application was changed. Read it again, and use your passkey again."))
    try:
        proof = webauthn.check(user, challenge(row), answer)
    except webauthn.NotSigned:
        SignatureCode.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
        raise Refused(_("That did not work with the passkey. Try again, or use a code.")) from None
    _use_up(row, _("Too much time went by. Use your passkey again."))
    return {"nonce": row.nonce, **proof}


def _open_row(rows: QuerySet[SignatureCode], ended: str) -> SignatureCode:
    row = rows.filter(expires_at__gt=clock.now(), attempts__lt=ATTEMPTS).order_by("-created_at").first()
    if row is None:
        raise Refused(ended)
    return row


def _use_up(row: SignatureCode, ended: str) -> None:
    if not SignatureCode.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=clock.now()):
        raise Refused(ended)


def sign(party: Party, user: User, capacity: str, code: str) -> Signature:
    """Sign for the party with a fresh code. Refused (nothing changed) where a rule says no."""
    return sign_together([ToSign(party, Capacity(capacity))], user, code)[0]


def sign_together(signing: Sequence[ToSign], user: User, code: str) -> list[Signature]:
    """Sign for each of these parties with the code that was mailed for them: all signatures, or none."""
    person = Person(user)
    for one in signing:
        refuse_unless_signable(one.party, person, one.capacity)
    proofs = [spend_code(one.party, user, code) for one in signing]
    with transaction.atomic():
        return [
            _sign(one.party, user, one.capacity, Signature.Method.CODE, proof)
            for one, proof in zip(signing, proofs, strict=True)
        ]


def sign_with_passkey(party: Party, user: User, capacity: str, answer: str) -> Signature:
    """The same, with the answer of a passkey."""
    refuse_unless_signable(party, Person(user), capacity)
    return _sign(party, user, capacity, Signature.Method.PASSKEY, spend_question(party, user, answer))


@transaction.atomic
def _sign(party: Party, user: User, capacity: str, method: str, proof: dict) -> Signature:
    """What was spent before stays spent; under the application's lock nobody edits between hash and signature."""
    locked = loading.locked(party.application_id, related=["parties__organisation"])
    fresh = next((found for found in locked.joined_parties if found.pk == party.pk), None)
    if fresh is None:
        raise Refused(_("This organisation does not take part any more."))
    refuse_unless_signable(fresh, Person(user), capacity)
    covered = covered_hashes(fresh)
    if digest(covered) != content_hash(party):
        raise Refused(_("The application was changed while you signed. Read it again and ask for a new code."))
    signature = Signature.objects.create(
        party=fresh,
        user=user,
        signatory_name=str(user),
        capacity=capacity,
        content_hash=digest(covered),
        covered=covered,
        method=method,
        proof=proof,
        signed_at=clock.now(),
    )
    entry = log.record(
        locked,
        "signed",
        actor=user,
        data={"party": fresh.pk, "capacity": capacity, "content": signature.content_hash, "method": method},
    )
    signatory_mails.tell_after(signatory_mails.read(locked), entry, user)
    return signature
