# SPDX-License-Identifier: Apache-2.0
"""STS: what its operations refuse beside what `test_sts` shows: policies that are wrong or too long for each way to a
session, tokens that outlive their session, and what nobody can trade in."""

import json

import pytest
from harness.identity import POLICY
from harness.refusing import refused

from .test_saml import PROVIDER, assume, pairs, signed  # noqa: F401
from .test_saml import ROLE as SAML_ROLE
from .test_sts import ROLE, beep  # noqa: F401
from .test_web_identity import ROLE as WEB_ROLE
from .test_web_identity import keys, known, token  # noqa: F401

LONG = json.loads(POLICY)
LONG["Statement"][0]["Resource"] = [f"arn:aws:s3:::{'x' * 60}{number}" for number in range(24)]
MANAGED = ["AdministratorAccess", "IAMFullAccess", "AmazonS3ReadOnlyAccess", "AmazonSQSFullAccess"]
TOGETHER = {"Policy": json.dumps(LONG), "PolicyArns": [{"arn": f"arn:aws:iam::aws:policy/{name}"} for name in MANAGED]}
WRONG = [("MalformedPolicyDocument", {"Policy": "{}"}), ("PackedPolicyTooLarge", TOGETHER)]


@pytest.mark.parametrize(("code", "policy"), WRONG, ids=[row[0] for row in WRONG])
def test_policies_of_sessions(known, iam, sts, token, beep, code, policy):  # noqa: F811
    refused(code, beep().get_federation_token, Name="bob", **policy)
    refused(code, beep().assume_role, **ROLE, **policy)
    refused(code, sts.assume_role_with_web_identity, **WEB_ROLE, WebIdentityToken=token(), **policy)


@pytest.mark.parametrize(("code", "policy"), WRONG, ids=[row[0] for row in WRONG])
def test_policies_of_sessions_by_assertions(assume, signed, sts, code, policy):  # noqa: F811
    given = {"RoleArn": SAML_ROLE, "PrincipalArn": PROVIDER, "SAMLAssertion": signed("_assertion")}
    refused(code, sts.assume_role_with_saml, **given, **policy)


def test_a_token_does_not_outlive_its_session(iam, beep, by):  # noqa: F811
    iam.enable_outbound_web_identity_federation()
    session = by(beep().assume_role(**ROLE, DurationSeconds=900)["Credentials"])
    asked = {"Audience": ["me"], "SigningAlgorithm": "ES384"}
    assert session.get_web_identity_token(**asked, DurationSeconds=600)["WebIdentityToken"]
    refused("SessionDurationEscalationException", session.get_web_identity_token, **asked, DurationSeconds=1200)


def test_what_nobody_can_trade_in(sts):
    refused("ExpiredTradeInTokenException", sts.get_delegated_access_token, TradeInToken="no such thing")
