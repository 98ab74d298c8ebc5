# SPDX-License-Identifier: Apache-2.0
"""STS: each error that the model names for an operation, caused by a state or listed with the reason why none does."""

import json
from types import SimpleNamespace

import jwt
import pytest
from harness import clients
from harness.identity import POLICY, trust
from harness.model import service_model
from harness.refusing import refused

from .test_saml import PROVIDER, assume, pairs, signed  # noqa: F401
from .test_saml import ROLE as SAML_ROLE
from .test_sts import ARN
from .test_web_identity import NOON, keys, known, token  # noqa: F401
from .test_web_identity import ROLE as WEB_ROLE

MALFORMED, LARGE, ENDED = "MalformedPolicyDocument", "PackedPolicyTooLarge", "ExpiredTokenException"
IDENTITY, CLAIM, SILENT = "InvalidIdentityToken", "IDPRejectedClaim", "IDPCommunicationError"
REGION, TRADED = "RegionDisabledException", "ExpiredTradeInTokenException"
MESSAGE = "InvalidAuthorizationMessageException"
ESCALATION, DISABLED = "SessionDurationEscalationException", "OutboundWebIdentityFederationDisabledException"
PAYLOAD = "JWTPayloadSizeExceededException"

LONG = json.loads(POLICY)
LONG["Statement"][0]["Resource"] = [f"arn:aws:s3:::{'x' * 60}{number}" for number in range(24)]
MANAGED = ["AdministratorAccess", "IAMFullAccess", "AmazonS3ReadOnlyAccess", "AmazonSQSFullAccess"]
WRONG = {"Policy": "{}"}
TOGETHER = {"Policy": json.dumps(LONG), "PolicyArns": [{"arn": f"arn:aws:iam::aws:policy/{name}"} for name in MANAGED]}
WEB = {"Audience": ["me"], "SigningAlgorithm": "ES384"}
TAGS = [{"Key": f"{number:0128}", "Value": "v" * 256} for number in range(50)]
CONTEXT = "arn:aws:iam::aws:contextProvider/IdentityCenter"


ROLE = {"RoleArn": f"{ARN}role/context", "RoleSessionName": "one"}


@pytest.fixture
def there(known, assume, iam, signed, token, by):  # noqa: F811
    """Clients of IAM and of a user, a role that takes contexts, tokens and assertions."""
    iam.enable_outbound_web_identity_federation()
    iam.create_role(RoleName="context", AssumeRolePolicyDocument=trust(action=["sts:AssumeRole", "sts:SetContext"]))
    iam.create_user(UserName="beep")
    user = by(iam.create_access_key(UserName="beep")["AccessKey"])
    return SimpleNamespace(iam=iam, user=user, by=by, signed=signed, token=token)


def web(there, **claims):
    return WEB_ROLE | {"WebIdentityToken": there.token(**claims)}


def saml(there, **told):
    return {"RoleArn": SAML_ROLE, "PrincipalArn": PROVIDER, "SAMLAssertion": there.signed("_assertion", **told)}


def in_context(end):
    """A role, in a context of which a token tells until when it holds."""
    assertion = jwt.encode({"sts:identity_context": "x", "exp": end}, "a key of nobody's, as long as needed", "HS256")
    provided = [{"ProviderArn": CONTEXT, "ContextAssertion": assertion}]
    return ROLE | {"ProvidedContexts": provided}


def short(there):
    """A session of a quarter of an hour, in place of the user."""
    there.user = there.by(there.user.assume_role(**ROLE, DurationSeconds=900)["Credentials"])
    return WEB | {"DurationSeconds": 1200}


def disabled(there):
    there.iam.disable_outbound_web_identity_federation()
    return WEB


CAUSES = {
    ("AssumeRole", MALFORMED): lambda w: in_context(NOON + 1) | WRONG,
    ("AssumeRole", LARGE): lambda w: in_context(NOON + 1) | TOGETHER,
    ("AssumeRole", ENDED): lambda w: in_context(NOON),
    ("AssumeRoleWithSAML", MALFORMED): lambda w: saml(w) | WRONG,
    ("AssumeRoleWithSAML", LARGE): lambda w: saml(w) | TOGETHER,
    ("AssumeRoleWithSAML", CLAIM): lambda w: saml(w, since="2026-03-01T12:01:00Z"),
    ("AssumeRoleWithSAML", IDENTITY): lambda w: saml(w, by=1),
    ("AssumeRoleWithSAML", ENDED): lambda w: saml(w, until="2026-03-01T11:59:00Z"),
    ("AssumeRoleWithWebIdentity", MALFORMED): lambda w: web(w) | WRONG,
    ("AssumeRoleWithWebIdentity", LARGE): lambda w: web(w) | TOGETHER,
    ("AssumeRoleWithWebIdentity", IDENTITY): lambda w: web(w, aud="other"),
    ("AssumeRoleWithWebIdentity", ENDED): lambda w: web(w, exp=NOON),
    ("DecodeAuthorizationMessage", MESSAGE): lambda w: {"EncodedMessage": "x" * 40},
    ("GetDelegatedAccessToken", TRADED): lambda w: {"TradeInToken": "no such thing"},
    ("GetFederationToken", MALFORMED): lambda w: {"Name": "bob"} | WRONG,
    ("GetFederationToken", LARGE): lambda w: {"Name": "bob"} | TOGETHER,
    ("GetWebIdentityToken", ESCALATION): short,
    ("GetWebIdentityToken", DISABLED): disabled,
    ("GetWebIdentityToken", PAYLOAD): lambda w: WEB | {"Tags": TAGS},
}
# By error alone, or by operation and error.
REASONS = {
    REGION: "every region is active: nothing that is faked deactivates one",
    ("AssumeRoleWithWebIdentity", CLAIM): "issuers are not asked whether a token still holds",
    ("AssumeRoleWithWebIdentity", SILENT): "caused by `test_web_identity`: the issuer's keys go with a scenario",
    ("AssumeRoot", ENDED): "it takes no token",
    ("GetDelegatedAccessToken", LARGE): "what a request's template allows is the partner's own",
}


def test_every_pair_is_caused_or_has_its_reason():
    model = service_model("sts")
    operations = {name: model.operation_model(name).error_shapes for name in model.operation_names}
    modelled = {(name, shape.error_code) for name, shapes in operations.items() for shape in shapes}
    assert set(CAUSES) <= modelled
    left = modelled - set(CAUSES)
    assert not [pair for pair in left if pair not in REASONS and pair[1] not in REASONS]
    assert not [reason for reason in REASONS if reason not in left | {code for _, code in left}]
    assert (len(modelled), len(CAUSES)) == (30, 19)


@pytest.mark.parametrize("operation, error", CAUSES, ids=["-".join(pair) for pair in CAUSES])
def test_state_causes(there, operation, error):
    parameters = CAUSES[operation, error](there)
    refused(error, clients.method(there.user, operation), **parameters)


def test_a_session_in_a_context(there):
    """It takes a role that lets contexts in."""
    assert there.user.assume_role(**in_context(NOON + 1))["Credentials"]
    condition = {"ForAllValues:StringEquals": {"sts:RequestContextProviders": [f"{CONTEXT}2"]}}
    for text in (trust(), trust(action=["sts:AssumeRole", "sts:SetContext"], condition=condition)):
        there.iam.update_assume_role_policy(RoleName="context", PolicyDocument=text)
        refused("AccessDenied", there.user.assume_role, **in_context(NOON + 1))
    other = in_context(NOON + 1)
    other["ProvidedContexts"][0]["ProviderArn"] = f"{ARN}role/pilot"
    refused("ValidationError", there.user.assume_role, **other)
