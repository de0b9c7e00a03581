"""A passkey asked to sign a challenge of ours: by allauth's and fido2's own functions."""

import json
from typing import Any

from allauth.mfa.webauthn.internal.auth import get_credentials, get_server, parse_authentication_response
from django.core.exceptions import ValidationError
from fido2 import cbor
from fido2.utils import websafe_encode
from fido2.webauthn import UserVerificationRequirement

from ..models import User

# It is the person who signs, not who happens to hold the telephone.
VERIFIED = UserVerificationRequirement.REQUIRED


class NotSigned(Exception):
    """The answer is not that of a passkey of this person to this challenge."""


def has_one(user: User) -> bool:
    return bool(get_credentials(user))


def question(user: User, challenge: bytes) -> dict:
    """What the page asks the browser, as allauth's scripts take it."""
    options, _state = get_server().authenticate_begin(get_credentials(user), VERIFIED, challenge)
    return {"request_options": dict(options)}


def check(user: User, challenge: bytes, answer: str) -> dict[str, Any]:
    """What proves that a passkey of this person signed the challenge: enough to check it once more years later.

    NotSigned otherwise.
    """
    state = {"challenge": websafe_encode(challenge), "user_verification": VERIFIED}
    try:
        response = parse_authentication_response(json.loads(answer))
        credential = get_server().authenticate_complete(state, get_credentials(user), response)
    except (ValueError, TypeError, KeyError, AttributeError, ValidationError) as error:
        raise NotSigned from error
    given = response.response
    return {
        "credential": websafe_encode(credential.credential_id),
        "public_key": websafe_encode(cbor.encode(dict(credential.public_key))),
        "client_data": websafe_encode(given.client_data),
        "authenticator_data": websafe_encode(given.authenticator_data),
        "signature": websafe_encode(given.signature),
    }
