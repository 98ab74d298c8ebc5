# SPDX-License-Identifier: Apache-2.0
"""Programs that sign in with an identity pool."""

import base64
import json

import boto3
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from harness import clients
from harness.server import FIXTURES

from .asking import refused
from .conftest import GOOGLE
from .test_identities import found


def test_from_a_password_to_an_object(control, endpoint, client, sleeps):
    """As a web application does it: nothing is signed before the identity has its credentials."""
    control.load(FIXTURES / "programs" / "cognito-identity-sign-in.yaml")
    known = control.demand("GET", "env")
    asked = {"USERNAME": "ann", "PASSWORD": "Passw0rd!"}
    idp, identity = client("cognito-idp"), client("cognito-identity", "standard")
    flow = {"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": asked}
    token = idp.initiate_auth(ClientId=known["CLIENT_ID"], **flow)["AuthenticationResult"]["IdToken"]
    logins = {f"cognito-idp.us-east-1.amazonaws.com/{known['USER_POOL_ID']}": token}
    ann = identity.get_id(IdentityPoolId=known["IDENTITY_POOL_ID"], Logins=logins)["IdentityId"]
    keys = identity.get_credentials_for_identity(IdentityId=ann, Logins=logins)["Credentials"]
    session = boto3.Session(keys["AccessKeyId"], keys["SecretKey"], keys["SessionToken"], region_name=clients.REGION)
    s3 = session.client("s3", endpoint_url=endpoint, config=clients.config(s3={"addressing_style": "path"}))
    s3.put_object(Bucket="pictures", Key="public/a", Body=b"a picture")
    assert s3.get_object(Bucket="pictures", Key="public/a")["Body"].read() == b"a picture"
    with pytest.raises(s3.exceptions.ClientError) as caught:
        s3.put_object(Bucket="pictures", Key="private/a", Body=b"a picture")
    text = (
        "User: arn:aws:sts::123456789012:assumed-role/users/CognitoIdentityCredentials is not authorized to perform: "
        's3:PutObject on resource: "arn:aws:s3:::pictures/private/a" because no identity-based policy allows the '
        "s3:PutObject action"
    )
    assert caught.value.response["Error"]["Message"] == text
    control.assert_verified()


def test_unsigned_calls_find_their_region(clock, endpoint):
    """They name neither region nor account: the ids of client, pool and identity do."""
    session = boto3.Session("444455556666", "test", region_name="eu-west-1")
    idp, identity = (session.client(name, endpoint_url=endpoint) for name in ("cognito-idp", "cognito-identity"))
    users = idp.create_user_pool(PoolName="shop")["UserPool"]["Id"]
    web = idp.create_user_pool_client(UserPoolId=users, ClientName="web")["UserPoolClient"]["ClientId"]
    assert idp.sign_up(ClientId=web, Username="ann", Password="Passw0rd!")["UserSub"]
    settings = {"IdentityPoolName": "shop", "AllowUnauthenticatedIdentities": True}
    guest = identity.get_id(IdentityPoolId=identity.create_identity_pool(**settings)["IdentityPoolId"])["IdentityId"]
    assert guest.startswith("eu-west-1:")
    assert identity.get_open_id_token(IdentityId=guest)["IdentityId"] == guest
    assert identity.describe_identity(IdentityId=guest)["Logins"] == []


def encoded(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@pytest.fixture(scope="module")
def google():
    """Google's part: the key that a scenario gives, and tokens by it."""
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_numbers()
    known = {"kty": "EC", "crv": "P-256", "kid": "one"}
    known |= {"x": encoded(point.x.to_bytes(32, "big")), "y": encoded(point.y.to_bytes(32, "big"))}

    def token(**claims):
        usual = {"iss": "https://accounts.google.com", "sub": "ann", "aud": "app.googleusercontent.com"}
        parts = [{"alg": "ES256", "kid": "one"}, usual | {"exp": 1_772_366_400 + 60} | claims]
        signed = ".".join(encoded(json.dumps(each).encode()) for each in parts)
        r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{signed}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    token.options = {"issuers": {"https://accounts.google.com": {"keys": [known]}}}
    return token


def test_google(control, identity, pool, google):
    made = pool(CognitoIdentityProviders=None)
    asked = {"IdentityPoolId": made, "Logins": {GOOGLE: google()}}
    # Google does not answer here, so its keys must be told.
    refused(identity.get_id, "ExternalServiceException", **asked)
    control.demand("PUT", "scenarios/google", {"scenario": "google", "options": google.options})
    one = found(identity, made, {GOOGLE: google()})
    assert found(identity, made, {GOOGLE: google(iss=GOOGLE)}) == one
    assert found(identity, made, {GOOGLE: google(sub="b")}) != one
    head, _, rest = google().partition(".")
    cases = {
        "Incorrect token audience.": google(aud="other"),
        "Issuer doesn't match providerName": google(iss="https://login.example.com"),
        "Token expired: 1772366400 >= 1772366400": google(exp=1_772_366_400),
        "Couldn't verify signed token.": f"{google(sub='b').rpartition('.')[0]}.{rest.rpartition('.')[2]}",
    }
    for text, token in cases.items():
        wrong = asked | {"Logins": {GOOGLE: token}}
        refused(identity.get_id, "NotAuthorizedException", f"Invalid login token. {text}", **wrong)
