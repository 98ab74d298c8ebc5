# SPDX-License-Identifier: Apache-2.0
"""Tokens of other people's issuers, signed by PyJWT with keys that a scenario gives, and sessions opened by them."""

import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from harness.identity import ACCOUNT, trust
from harness.refusing import refused
from harness.server import awry

NOON = 1772366400
ISSUER = "https://login.example.com/tenant"
BARE = ISSUER.removeprefix("https://")
PROVIDER = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{BARE}"
ROLE = {"RoleArn": f"arn:aws:iam::{ACCOUNT}:role/web", "RoleSessionName": "s1"}
CURVES = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}
ALGORITHMS = ["RS256", "RS384", "RS512", *CURVES]


@pytest.fixture(scope="module")
def keys():
    """A private key and its public one, as RFC 7517 has it, by algorithm."""
    shared = rsa.generate_private_key(65537, 2048)
    found = {}
    for name in ALGORITHMS:
        private = ec.generate_private_key(CURVES[name]) if name in CURVES else shared
        public = jwt.get_algorithm_by_name(name).to_jwk(private.public_key(), as_dict=True)
        found[name] = (private, public | {"kid": name, "use": "sig"})
    return found


@pytest.fixture
def token(keys):
    """`token(algorithm="RS256", **claims)`: a token of the issuer's."""

    def sign(algorithm="RS256", key=None, **claims):
        told = {"iss": ISSUER, "sub": "ann", "aud": "app", "iat": NOON, "exp": NOON + 600} | claims
        told = {name: value for name, value in told.items() if value is not None}
        return jwt.encode(told, key or keys[algorithm][0], algorithm, headers={"kid": algorithm})

    return sign


@pytest.fixture
def known(control, iam, keys):
    """A scenario with the issuer's keys, a provider of its, and a role that trusts it."""
    public = [one for _, one in keys.values()]
    control.load({"scenario": "issuers", "options": {"issuers": {ISSUER: {"keys": public}}}})
    iam.create_open_id_connect_provider(Url=ISSUER, ClientIDList=["app"])
    condition = {"StringEquals": {f"{BARE}:aud": "app", f"{BARE}:sub": "ann"}}
    text = trust({"Federated": PROVIDER}, ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"], condition=condition)
    iam.create_role(RoleName="web", AssumeRolePolicyDocument=text)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_token_opens_a_session(known, sts, by, token, algorithm):
    given = sts.assume_role_with_web_identity(**ROLE, WebIdentityToken=token(algorithm))
    assert (given["SubjectFromWebIdentityToken"], given["Audience"], given["Provider"]) == ("ann", "app", PROVIDER)
    assert by(given["Credentials"]).get_caller_identity()["Arn"].endswith(":assumed-role/web/s1")


WRONG = [
    ({"exp": NOON}, "ExpiredTokenException"),
    ({"exp": None}, "InvalidIdentityToken"),
    ({"aud": "other"}, "InvalidIdentityToken"),
    ({"sub": "bob"}, "AccessDenied"),
    ({"iss": "https://nobody.example.com"}, "InvalidIdentityToken"),
]


@pytest.mark.parametrize(("claims", "code"), WRONG)
def test_what_a_token_must_say(known, sts, token, claims, code):
    refused(code, sts.assume_role_with_web_identity, **ROLE, WebIdentityToken=token(**claims))


def test_only_the_issuer_s_keys_sign(known, sts, token, control, keys):
    forged = token(key=rsa.generate_private_key(65537, 2048))
    refused("InvalidIdentityToken", sts.assume_role_with_web_identity, **ROLE, WebIdentityToken=forged)
    control.unload("issuers")
    refused("IDPCommunicationError", sts.assume_role_with_web_identity, **ROLE, WebIdentityToken=token())
    # The keys are the scenario's, not a service's state: emptying the fakes leaves them.
    control.load({"scenario": "issuers", "options": {"issuers": {f"{ISSUER}/": [keys["RS256"][1]]}}})
    control.demand("POST", "reset", {"state": True, "rules": False, "journal": False, "clock": False})
    refused("InvalidIdentityToken", sts.assume_role_with_web_identity, **ROLE, WebIdentityToken=token())


def test_session_tags_of_a_token(known, sts, token, by):
    tags = {"principal_tags": {"team": ["red"]}, "transitive_tag_keys": ["team"]}
    told = token(**{"https://aws.amazon.com/tags": tags, "https://aws.amazon.com/source_identity": "ann"})
    refused("AccessDenied", sts.assume_role_with_web_identity, **ROLE, WebIdentityToken=token(sub="eve"))
    given = sts.assume_role_with_web_identity(**ROLE, WebIdentityToken=told)
    assert given["SourceIdentity"] == "ann"


def test_keys_from_a_file(tmp_path, keys):
    """As a program has them: `$file` beside the scenario, which only files may name."""
    (tmp_path / "keys.json").write_text(json.dumps({"keys": [keys["ES256"][1]]}))
    text = f"""
scenario: from-a-file
options:
  issuers:
    {ISSUER}: {{ $file: keys.json }}
"""
    (tmp_path / "scenario.yaml").write_text(text)
    checked = awry("check", str(tmp_path / "scenario.yaml"))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    (tmp_path / "keys.json").write_text('{"keys": [{"kty": "EC", "crv": "P-255"}]}')
    checked = awry("check", str(tmp_path / "scenario.yaml"))
    said = checked.stdout + checked.stderr
    assert checked.returncode == 2 and "/keys.json:1:32: " in said and "`P-384` or `P-521`" in said, said
