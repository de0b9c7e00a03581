"""Signatures: what each covers, the fresh code that each needs, and which are still missing.

A Signature covers the common sections and those of its party's own aims. It counts as long as the hash of that content
is the present one, so an edit reopens exactly the signatures that cover it, and nothing has to be marked.
"""

import hashlib
import json
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from partners.models import Capacity
from portal import clock, log, mail
from portal.models import User
from portal.workflow import NotAllowed, Refused

from .models import Application, Party, Signature, SignatureCode
from .permissions import signing_capacities
from .questions import SECTIONS, Section, answer, missing

CODE_LASTS = timedelta(minutes=10)
CODE_ATTEMPTS = 5
CODE_LENGTH = 6
# Without 0/O, 1/I/L, 2/Z, 5/S, 8/B: read from a screen, typed on another.
CODE_ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
SIGNABLE = {Application.State.DRAFT, Application.State.CHANGES_REQUESTED}


def digest(content) -> str:
    """SHA-256 of plain data, written in one way only."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def covered_sections(party: Party) -> list[Section]:
    """What the party signs: the common sections, and those of the aims that it takes on."""
    return [
        section
        for section in SECTIONS
        if section.aim is None or section.aim == "cooperation" or getattr(party, section.aim)
    ]


def section_hash(application: Application, section: Section) -> str:
    return digest([[question.number, answer(application, question)] for question in section.asked(application)])


def covered_hashes(party: Party) -> dict[str, str]:
    """Hash by section code of what the party signs, as it stands now."""
    return {section.code: section_hash(party.application, section) for section in covered_sections(party)}


def content_hash(party: Party) -> str:
    """One hash over all that the party signs, as it stands now."""
    return digest(covered_hashes(party))


def standing_signatures(party: Party) -> list[Signature]:
    """The signatures that cover the present content."""
    now = content_hash(party)
    return [signature for signature in party.signatures.all() if signature.content_hash == now]


def missing_capacities(party: Party) -> list[Capacity]:
    """The capacities of the party's rule in which nobody signed the present content."""
    signed = {signature.capacity for signature in standing_signatures(party)}
    return [capacity for capacity in party.capacities if capacity not in signed]


def missing_signatures(application: Application) -> list[tuple[Party, Capacity]]:
    """Whom the application still waits for."""
    return [(party, capacity) for party in application.joined_parties for capacity in missing_capacities(party)]


def open_sections(party: Party) -> list[Section]:
    """The sections that the party signs and that still lack an answer: one signs what is complete."""
    return [section for section in covered_sections(party) if missing(party.application, section)]


def refuse_unless_signable(party: Party, user: User, capacity: str) -> None:
    """Refused or NotAllowed unless this person may sign for the party, in this capacity, now."""
    application = party.application
    if application.state not in SIGNABLE:
        raise NotAllowed(_("This application cannot be signed now."))
    if capacity not in signing_capacities(user, party):
        raise Refused(_("You cannot sign for this organisation in this capacity."))
    if open_sections(party):
        raise Refused(_("Some questions are still open. Answer them first: you sign what is complete."))
    if capacity not in missing_capacities(party):
        raise Refused(_("This signature is already given."))


def code_digest(code: str) -> str:
    return salted_hmac("applications.signing", "".join(code.split()).upper(), algorithm="sha256").hexdigest()


@transaction.atomic
def send_code(party: Party, user: User, capacity: str) -> None:
    """Mail a fresh code for what the party's content is now; earlier codes of this person for it end."""
    refuse_unless_signable(party, user, capacity)
    now = clock.now()
    code = "".join(secrets.choice(CODE_ALPHABET) for _place in range(CODE_LENGTH))
    open_codes(party, user).update(used_at=now)
    row = SignatureCode.objects.create(
        user=user,
        party=party,
        content_hash=content_hash(party),
        code_hash=code_digest(code),
        created_at=now,
        expires_at=now + CODE_LASTS,
    )
    mail.queue(
        key=f"signature-code:{row.pk}",
        to=user.email,
        language=user.language,
        template="applications/signature_code",
        context={"code": code, "party": party},
        sensitive=True,
        about=party.application,
    )


def has_open_code(party: Party, user: User) -> bool:
    """Whether a code that was mailed to this person still works for the present content."""
    return open_codes(party, user).filter(expires_at__gt=clock.now(), content_hash=content_hash(party)).exists()


def open_codes(party: Party, user: User):
    return SignatureCode.objects.filter(party=party, user=user, used_at__isnull=True)


def spend_code(party: Party, user: User, code: str, now) -> None:
    """Use up the person's open code if `code` is it; Refused otherwise. Five wrong tries end a code.

    Called outside the transaction of the signature, so that a wrong try counts.
    """
    row = open_codes(party, user).filter(expires_at__gt=now, attempts__lt=CODE_ATTEMPTS).order_by("-created_at").first()
    if row is None:
        raise Refused(_("Your code has ended. Ask for a new one."))
    if row.content_hash != content_hash(party):
        raise Refused(_("The application was changed after you got your code. Read it again and ask for a new code."))
    if not constant_time_compare(row.code_hash, code_digest(code)):
        SignatureCode.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
        raise Refused(_("This is not the code that we mailed. Check it and try again."))
    if not SignatureCode.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=now):
        raise Refused(_("Your code has ended. Ask for a new one."))


def sign(party: Party, user: User, capacity: str, code: str) -> Signature:
    """Sign for the party with a fresh code. Refused (nothing changed) where a rule says no."""
    refuse_unless_signable(party, user, capacity)
    spend_code(party, user, code, clock.now())
    with transaction.atomic():
        # Under the application's lock nobody edits between the hash and the signature.
        locked = Application.objects.select_for_update().get(pk=party.application_id)
        fresh = next(found for found in locked.joined_parties if found.pk == party.pk)
        refuse_unless_signable(fresh, user, capacity)
        if content_hash(fresh) != content_hash(party):
            raise Refused(_("The application was changed while you signed. Read it again and ask for a new code."))
        signature = Signature.objects.create(
            party=fresh,
            user=user,
            signatory_name=str(user),
            capacity=capacity,
            content_hash=content_hash(fresh),
            covered=covered_hashes(fresh),
            signed_at=clock.now(),
        )
        log.record(
            locked,
            "signed",
            actor=user,
            data={"party": fresh.pk, "capacity": capacity, "content": signature.content_hash},
        )
    return signature
