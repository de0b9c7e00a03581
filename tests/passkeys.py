"""A passkey in software: answers WebAuthn's two questions as a telephone would, so that tests over HTTP can use one."""

import hashlib
import os

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from portal.models import User

FLAG = AuthenticatorData.FLAG


class SoftPasskey:
    def __init__(self, host: str = "testserver"):
        self.host = host
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)

    def data(self, flags: FLAG, credential: bytes = b"") -> AuthenticatorData:
        party = hashlib.sha256(self.host.encode()).digest()
        return AuthenticatorData.create(party, flags | FLAG.UP | FLAG.UV, 0, credential)

    def answer(self, response: dict, **more) -> dict:
        encoded = {name: websafe_encode(value) for name, value in response.items()}
        name = websafe_encode(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": encoded, **more}

    def client_data(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, f"https://{self.host}")

    def create(self, options: dict) -> dict:
        """What navigator.credentials.create would give."""
        challenge = options["publicKey"]["challenge"]
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        attestation = AttestationObject.create("none", self.data(FLAG.AT, credential), {})
        response = {"clientDataJSON": self.client_data("webauthn.create", challenge), "attestationObject": attestation}
        return self.answer(response, clientExtensionResults={"credProps": {"rk": True}})

    def get(self, options: dict, user: User) -> dict:
        """What navigator.credentials.get would give."""
        client_data = self.client_data("webauthn.get", options["publicKey"]["challenge"])
        data = self.data(FLAG(0))
        signature = self.key.sign(data + client_data.hash, ec.ECDSA(hashes.SHA256()))
        handle = user_pk_to_url_str(user).encode()
        response = {
            "clientDataJSON": client_data,
            "authenticatorData": data,
            "signature": signature,
            "userHandle": handle,
        }
        return self.answer(response, clientExtensionResults={})

    def kept_by(self, user: User, name: str = "Telephone") -> Authenticator:
        """The row as after adding it."""
        challenge = websafe_encode(os.urandom(32))
        return WebAuthn.add(user, name, self.create({"publicKey": {"challenge": challenge}})).instance
