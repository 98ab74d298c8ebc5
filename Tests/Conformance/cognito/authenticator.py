# SPDX-License-Identifier: Apache-2.0
"""An authenticator that signs as browsers' do."""

import base64
import hashlib
import json

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa


def text(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def number(value):
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


class Authenticator:
    """One key, and what it answers to `navigator.credentials.create` and `get`."""

    def __init__(self, kind="ES256", id=b"an authenticator's id"):
        self.id = id
        if kind == "ES256":
            self.key = ec.generate_private_key(ec.SECP256R1())
            point = self.key.public_key().public_numbers()
            self.cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        else:
            self.key = rsa.generate_private_key(65537, 2048)
            public = self.key.public_key().public_numbers()
            self.cose = {1: 3, 3: -257, -1: number(public.n), -2: number(public.e)}

    def data(self, party, flags=0x01, more=b""):
        return hashlib.sha256(party.encode()).digest() + bytes([flags]) + b"\0\0\0\x01" + more

    def client(self, kind, challenge, origin):
        return json.dumps({"type": f"webauthn.{kind}", "challenge": challenge, "origin": origin}).encode()

    def create(self, options, origin, party=None):
        more = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(self.cose)
        data = self.data(party or options["rp"]["id"], 0x41, more)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return {
            "id": text(self.id), "rawId": text(self.id), "type": "public-key", "authenticatorAttachment": "platform",
            "response": {
                "clientDataJSON": text(self.client("create", options["challenge"], origin)),
                "attestationObject": text(attestation), "transports": ["internal"]},
        }  # fmt: skip

    def get(self, options, origin, flags=0x01):
        client = self.client("get", options["challenge"], origin)
        data = self.data(options["rpId"], flags)
        signed = data + hashlib.sha256(client).digest()
        if isinstance(self.key, rsa.RSAPrivateKey):
            signature = self.key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
        else:
            signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return json.dumps({
            "id": text(self.id), "rawId": text(self.id), "type": "public-key",
            "response": {"clientDataJSON": text(client), "authenticatorData": text(data),
                         "signature": text(signature)}})  # fmt: skip
