# SPDX-License-Identifier: Apache-2.0
"""STS: sessions, who may open them, whose they are and how long they last."""

import base64
import json

import pytest
from harness.identity import ACCOUNT, POLICY, ROOT, claims, trust
from harness.refusing import refused

ARN = f"arn:aws:iam::{ACCOUNT}:"
ROLE = {"RoleArn": f"{ARN}role/pilot", "RoleSessionName": "s1"}


@pytest.fixture
def beep(iam, world, by):
    """Clients of a user: `beep(service)`."""
    key = iam.create_access_key(UserName="beep")["AccessKey"]
    return lambda service="sts": by(key, service)


def test_a_role_is_assumed(iam, beep, by):
    given = beep().assume_role(**ROLE)
    role = iam.get_role(RoleName="pilot")["Role"]
    assert given["AssumedRoleUser"] == {
        "AssumedRoleId": role["RoleId"] + ":s1", "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/pilot/s1"
    }  # fmt: skip
    assert given["Credentials"]["Expiration"].isoformat() == "2026-03-01T13:00:00+00:00"
    who = by(given["Credentials"]).get_caller_identity()
    assert who["Arn"] == given["AssumedRoleUser"]["Arn"] and who["Account"] == ACCOUNT
    refused("ValidationError", by(given["Credentials"], "iam").get_user)
    by(given["Credentials"], "sqs").list_queues()
    assert iam.get_role(RoleName="pilot")["Role"]["RoleLastUsed"]["Region"] == "us-east-1"


TRUSTS = [
    ({"AWS": ROOT}, None, {}, True),
    ({"AWS": "*"}, None, {}, True),
    ({"AWS": f"{ARN}user/people/beep"}, None, {}, True),
    ({"Service": "ec2.amazonaws.com"}, None, {}, False),
    ({"AWS": "arn:aws:iam::210987654321:root"}, None, {}, False),
    ({"AWS": ROOT}, {"StringEquals": {"sts:ExternalId": "xx"}}, {"ExternalId": "xx"}, True),
    ({"AWS": ROOT}, {"StringEquals": {"sts:ExternalId": "xx"}}, {"ExternalId": "yy"}, False),
    ({"AWS": ROOT}, {"StringEquals": {"sts:ExternalId": "xx"}}, {}, False),
    ({"AWS": ROOT}, {"StringLike": {"sts:RoleSessionName": "${aws:username}"}}, {"RoleSessionName": "beep"}, True),
    ({"AWS": ROOT}, {"StringLike": {"sts:RoleSessionName": "${aws:username}"}}, {}, False),
    ({"AWS": ROOT}, {"Bool": {"aws:MultiFactorAuthPresent": "true"}}, {}, False),
    ({"AWS": ROOT}, {"DateLessThan": {"aws:CurrentTime": "2026-03-01T11:00:00Z"}}, {}, False),
]  # fmt: skip


@pytest.mark.parametrize(("principal", "condition", "given", "goes"), TRUSTS)
def test_whom_a_role_trusts(iam, beep, principal, condition, given, goes):
    text = trust(principal, condition=condition) if condition else trust(principal)
    iam.update_assume_role_policy(RoleName="pilot", PolicyDocument=text)
    if goes:
        assert beep().assume_role(**ROLE | given)["Credentials"]
        return
    message = refused("AccessDenied", beep().assume_role, **ROLE | given)
    assert message.startswith(
        f"User: {ARN}user/people/beep is not authorized to perform: sts:AssumeRole on resource: {ARN}role/pilot"
    )


def test_what_assume_role_refuses(iam, sts, beep):
    gone = ROLE | {"RoleArn": f"{ARN}role/gone"}
    assert "not authorized to perform: sts:AssumeRole" in refused("AccessDenied", sts.assume_role, **gone)
    assert refused("ValidationError", sts.assume_role, RoleArn="arn:aws:iam::1:role/x", RoleSessionName="ss")
    message = refused("ValidationError", beep().assume_role, **ROLE, DurationSeconds=7200)
    assert message == "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    refused("MalformedPolicyDocument", beep().assume_role, **ROLE, Policy="{}")
    long = json.loads(POLICY)
    long["Statement"][0]["Resource"] = [f"arn:aws:s3:::{'x' * 60}{n}" for n in range(25)]
    size = beep().assume_role(**ROLE, Policy=json.dumps(long))["PackedPolicySize"]
    assert 80 < size <= 100
    tags = [{"Key": f"k{n}", "Value": "x" * 200} for n in range(10)]
    iam.update_assume_role_policy(RoleName="pilot", PolicyDocument=trust(action=["sts:AssumeRole", "sts:TagSession"]))
    refused("PackedPolicyTooLarge", beep().assume_role, **ROLE, Policy=json.dumps(long), Tags=tags)


def test_chains(iam, beep, by):
    iam.create_role(RoleName="second", AssumeRolePolicyDocument=trust(action=["sts:AssumeRole", "sts:TagSession"]),
                    MaxSessionDuration=43200)  # fmt: skip
    iam.update_assume_role_policy(
        RoleName="pilot", PolicyDocument=trust(action=["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"])
    )
    tags = [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
    first = beep().assume_role(**ROLE, Tags=tags, TransitiveTagKeys=["a"], SourceIdentity="ann")
    assert first["SourceIdentity"] == "ann"
    session = by(first["Credentials"])
    second = {"RoleArn": f"{ARN}role/second", "RoleSessionName": "t2"}
    message = refused("ValidationError", session.assume_role, **second, DurationSeconds=3601)
    assert "1 hour session limit for roles assumed by role chaining" in message
    refused("InvalidParameterValue", session.assume_role, **second, Tags=[{"Key": "a", "Value": "9"}])
    assert session.assume_role(**second)["SourceIdentity"] == "ann"


def test_sessions_without_a_role(iam, sts, beep, by):
    session = beep().get_session_token(DurationSeconds=900)["Credentials"]
    assert session["AccessKeyId"].startswith("ASIA")
    assert by(session).get_caller_identity()["Arn"] == f"{ARN}user/people/beep"
    message = refused("AccessDenied", by(session).get_session_token)
    assert message == "Cannot call GetSessionToken with session credentials"
    given = beep().get_federation_token(Name="Bob", Policy=POLICY)
    assert given["FederatedUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:federated-user/Bob"
    assert by(given["Credentials"]).get_caller_identity()["UserId"] == f"{ACCOUNT}:Bob"
    refused("AccessDenied", by(given["Credentials"]).get_federation_token, Name="Bob")
    root = sts.get_session_token(DurationSeconds=43200)["Credentials"]
    assert root["Expiration"].hour == 13


def test_who_is_who(sts, beep, iam):
    assert sts.get_caller_identity()["Arn"] == ROOT
    key = iam.create_access_key(UserName="beep")["AccessKey"]["AccessKeyId"]
    assert sts.get_access_key_info(AccessKeyId=key)["Account"] == ACCOUNT
    assert sts.get_access_key_info(AccessKeyId="ASIAQNZGKIQY56JQ7WML")["Account"] == "029608264753"
    refused("ValidationError", sts.get_access_key_info, AccessKeyId="a" * 20)
    refused("InvalidAuthorizationMessageException", sts.decode_authorization_message, EncodedMessage="x" * 40)


def test_root_of_another_account(iam, sts, by):
    policy = {"arn": "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"}
    asked = {"TargetPrincipal": "210987654321", "TaskPolicyArn": policy}
    refused("AccessDenied", sts.assume_root, **asked)
    iam.enable_organizations_root_sessions()
    given = sts.assume_root(**asked)["Credentials"]
    assert by(given).get_caller_identity()["Arn"] == "arn:aws:iam::210987654321:root"
    other = {"arn": "arn:aws:iam::aws:policy/AdministratorAccess"}
    refused("ValidationError", sts.assume_root, **asked | {"TaskPolicyArn": other})


@pytest.mark.parametrize("algorithm", ["ES384", "RS256"])
def test_tokens_outwards_and_back(iam, sts, clock, algorithm):
    asked = {"Audience": ["me"], "SigningAlgorithm": algorithm}
    refused("OutboundWebIdentityFederationDisabledException", sts.get_web_identity_token, **asked)
    issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
    token = sts.get_web_identity_token(**asked, DurationSeconds=600)["WebIdentityToken"]
    found = claims(token)
    assert (found["iss"], found["aud"], found["sub"]) == (issuer, "me", ROOT)
    provider = iam.create_open_id_connect_provider(Url=issuer, ClientIDList=["me"])["OpenIDConnectProviderArn"]
    bare = issuer.removeprefix("https://")
    text = trust({"Federated": provider}, "sts:AssumeRoleWithWebIdentity",
                 condition={"StringEquals": {f"{bare}:aud": "me"}})  # fmt: skip
    iam.create_role(RoleName="web", AssumeRolePolicyDocument=text)
    role = {"RoleArn": f"{ARN}role/web", "RoleSessionName": "s1"}
    given = sts.assume_role_with_web_identity(**role, WebIdentityToken=token)
    assert given["Provider"] == provider and given["Audience"] == "me" and given["SubjectFromWebIdentityToken"] == ROOT
    head, body, _ = token.split(".")
    other = sts.get_web_identity_token(Audience=["you"], SigningAlgorithm=algorithm)["WebIdentityToken"]
    assert refused("InvalidIdentityToken", sts.assume_role_with_web_identity, **role, WebIdentityToken=other) == (
        "Incorrect token audience"
    )
    forged = f"{head}.{body}.{other.split('.')[2]}"
    refused("InvalidIdentityToken", sts.assume_role_with_web_identity, **role, WebIdentityToken=forged)
    refused("InvalidIdentityToken", sts.assume_role_with_web_identity, **role, WebIdentityToken="not a token")
    clock(700)
    refused("ExpiredTokenException", sts.assume_role_with_web_identity, **role, WebIdentityToken=token)
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=provider)
    message = refused("InvalidIdentityToken", sts.assume_role_with_web_identity, **role, WebIdentityToken=token)
    assert message == f"No OpenIDConnect provider found in your account for {issuer}"


def assertion(role, provider, until="2026-03-01T12:05:00Z", issuer="https://idp.example/me"):
    aws = "https://aws.amazon.com/SAML/Attributes"
    text = f"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
      xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><saml:Issuer>{issuer}</saml:Issuer>
      <saml:Assertion><saml:Issuer>{issuer}</saml:Issuer><saml:Subject>
      <saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">ann</saml:NameID>
      <saml:SubjectConfirmation><saml:SubjectConfirmationData NotOnOrAfter="{until}"
      Recipient="https://signin.aws.amazon.com/saml"/></saml:SubjectConfirmation></saml:Subject>
      <saml:AttributeStatement><saml:Attribute Name="{aws}/Role">
      <saml:AttributeValue>{role},{provider}</saml:AttributeValue></saml:Attribute>
      <saml:Attribute Name="{aws}/RoleSessionName"><saml:AttributeValue>ann@example.com</saml:AttributeValue>
      </saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>"""
    return base64.b64encode(text.encode()).decode()


def test_saml(iam, sts, by):
    from .test_iam_credentials import METADATA

    provider = iam.create_saml_provider(Name="idp", SAMLMetadataDocument=METADATA)["SAMLProviderArn"]
    condition = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    text = trust({"Federated": provider}, "sts:AssumeRoleWithSAML", condition=condition)
    role = iam.create_role(RoleName="saml", AssumeRolePolicyDocument=text)["Role"]["Arn"]
    asked = {"RoleArn": role, "PrincipalArn": provider}
    given = sts.assume_role_with_saml(**asked, SAMLAssertion=assertion(role, provider))
    assert (given["Subject"], given["SubjectType"], given["Issuer"]) == ("ann", "persistent", "https://idp.example/me")
    assert by(given["Credentials"]).get_caller_identity()["Arn"].endswith("assumed-role/saml/ann@example.com")
    late = assertion(role, provider, until="2026-03-01T11:00:00Z")
    refused("ExpiredTokenException", sts.assume_role_with_saml, **asked, SAMLAssertion=late)
    for wrong in (assertion(role, provider, issuer="https://x"), assertion(provider, provider), "AAAA"):
        refused("InvalidIdentityToken", sts.assume_role_with_saml, **asked, SAMLAssertion=wrong)
    other = trust({"Federated": f"{provider}2"}, "sts:AssumeRoleWithSAML")
    iam.update_assume_role_policy(RoleName="saml", PolicyDocument=other)
    refused("AccessDenied", sts.assume_role_with_saml, **asked, SAMLAssertion=assertion(role, provider))


def test_keys_find_their_sandbox(control, by, client):
    there = by({"AccessKeyId": "sandbox.blue", "SecretAccessKey": "test"}, "iam")
    try:
        there.create_user(UserName="far")
        key = there.create_access_key(UserName="far")["AccessKey"]
        assert by(key).get_caller_identity()["Arn"] == f"{ARN}user/far"
        with pytest.raises(client("iam").exceptions.NoSuchEntityException):
            client("iam").get_user(UserName="far")
    finally:
        control.call("DELETE", "sandboxes/blue")


def test_changes_take_effect_late(iam, sts, control, clock):
    control.load({"scenario": "late", "seed": 3, "options": {"propagation": {"iam": "10s"}}})
    iam.create_role(RoleName="new", AssumeRolePolicyDocument=trust())
    role = {"RoleArn": f"{ARN}role/new", "RoleSessionName": "s1"}
    clock(5)
    refused("AccessDenied", sts.assume_role, **role)
    clock(5)
    assert sts.assume_role(**role)["Credentials"]
    iam.update_assume_role_policy(RoleName="new", PolicyDocument=trust({"Service": "ec2.amazonaws.com"}))
    assert sts.assume_role(**role)["Credentials"]
    clock(10)
    refused("AccessDenied", sts.assume_role, **role)
