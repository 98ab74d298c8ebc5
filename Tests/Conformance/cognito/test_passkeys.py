# SPDX-License-Identifier: Apache-2.0
"""Passkeys, as far as a client without an authenticator can tell."""

from .authenticator import Authenticator
from .rows import Refused, Works, cases

ALLOWED = {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}}
PARTY = "shop.example.com"
NONE = {"CredentialId": "bm9uZQ"}


def ready(world, party=PARTY):
    """A pool that knows its relying party, and a user who begins to register."""
    world.token
    world.set_user_pool_mfa_config(WebAuthnConfiguration={"RelyingPartyId": party})
    return world.start_web_authn_registration()["CredentialCreationOptions"]


def completed(world, challenge, origin=f"https://{PARTY}"):
    made = Authenticator(id=b"canary").create({"challenge": challenge, "rp": {"id": PARTY}}, origin)
    return world.complete_web_authn_registration(Credential=made)


test_passkeys = cases(
    Works("StartWebAuthnRegistration", lambda w: [ready(w), w.start_web_authn_registration()],
          lambda a: a["CredentialCreationOptions"]["rp"]["id"] == PARTY, pool=ALLOWED),
    Works("CompleteWebAuthnRegistration", lambda w: completed(w, ready(w)["challenge"]), pool=ALLOWED),
    Works("ListWebAuthnCredentials", lambda w: [completed(w, ready(w)["challenge"]), w.list_web_authn_credentials()],
          lambda a: [each["RelyingPartyId"] for each in a["Credentials"]] == [PARTY], pool=ALLOWED),
    Works("DeleteWebAuthnCredential", lambda w: [
        completed(w, ready(w)["challenge"]), w.delete_web_authn_credential(CredentialId="Y2FuYXJ5")], pool=ALLOWED),
    Refused("StartWebAuthnRegistration", "WebAuthnNotEnabledException", lambda w: w.start_web_authn_registration()),
    Refused("CompleteWebAuthnRegistration", "WebAuthnNotEnabledException", lambda w: completed(w, "x")),
    Refused("StartWebAuthnRegistration", "WebAuthnConfigurationMissingException",
            lambda w: w.start_web_authn_registration(), pool=ALLOWED),
    Refused("CompleteWebAuthnRegistration", "WebAuthnChallengeNotFoundException",
            lambda w: [ready(w), completed(w, "other")], pool=ALLOWED),
    Refused("CompleteWebAuthnRegistration", "WebAuthnOriginNotAllowedException",
            lambda w: completed(w, ready(w)["challenge"], "https://elsewhere.example"), pool=ALLOWED),
    Refused("DeleteWebAuthnCredential", "ResourceNotFoundException",
            lambda w: w.delete_web_authn_credential(**NONE), "Credential does not exist.", pool=ALLOWED),
)  # fmt: skip
