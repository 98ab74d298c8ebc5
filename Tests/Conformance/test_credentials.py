# SPDX-License-Identifier: Apache-2.0
"""The endpoints from which SDKs fetch credentials: instance metadata, containers, web identity, SSO."""

import datetime
import hashlib
import json
import urllib.error
import urllib.request

import boto3
import pytest
from botocore import exceptions
from botocore.credentials import (
    AssumeRoleWithWebIdentityProvider,
    ContainerProvider,
    InstanceMetadataProvider,
    SSOCredentialFetcher,
)
from botocore.utils import ContainerMetadataFetcher, InstanceMetadataFetcher, SSOTokenLoader

from harness import clients
from harness.control import Control
from harness.identity import trust

ROLES = "latest/meta-data/iam/security-credentials/"


def ask(url, method="GET", **headers):
    """Status, text and headers of a plain request."""
    request = urllib.request.Request(url, method=method, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


@pytest.fixture
def imds(endpoint, control):
    return f"{endpoint}/_awry/imds/"


@pytest.fixture
def container(endpoint, control):
    return f"{endpoint}/_awry/container/credentials"


def instance(imds, **config):
    """What botocore finds at the instance metadata service; nil where it finds nothing."""
    fetcher = InstanceMetadataFetcher(
        timeout=5, base_url=imds, env={"AWS_EC2_METADATA_DISABLED": "false"}, config=config
    )
    return InstanceMetadataProvider(iam_role_fetcher=fetcher).load()


def task(url):
    fetcher = ContainerMetadataFetcher(sleep=lambda seconds: None)
    return ContainerProvider({ContainerProvider.ENV_VAR_FULL: url}, fetcher).load()


def frozen(credentials):
    return credentials.get_frozen_credentials()


def test_botocore_finds_an_instances_credentials(imds, control):
    found = instance(imds)
    assert found.method == "iam-role" and frozen(found).access_key.startswith("ASIA")
    assert not found.refresh_needed()
    called = [entry["operation"] for entry in control.requests(service="imds")]
    assert called == ["GetToken", "ListRoles", "GetRoleCredentials"]


def test_botocore_finds_a_containers_credentials(container, control):
    found = task(container)
    assert found.method == "container-role" and len(frozen(found).secret_key) == 40
    assert [entry["params"]["Path"] for entry in control.requests(service="container")] == ["credentials"]


def test_version_two_of_the_metadata_service(imds, control):
    status, token, headers = ask(imds + "latest/api/token", "PUT", X_aws_ec2_metadata_token_ttl_seconds="60")
    assert status == 200 and len(token) == 56 and headers["x-aws-ec2-metadata-token-ttl-seconds"] == "60"
    assert headers["Content-Type"] == "text/plain"
    assert ask(imds + ROLES, X_aws_ec2_metadata_token=token)[:2] == (200, "awry")
    status, text, headers = ask(imds + ROLES, X_aws_ec2_metadata_token=token[:-4] + "AAA=")
    assert status == 401 and "401 - Unauthorized" in text and headers["Content-Type"] == "text/html"
    control.advance("61s")
    assert ask(imds + ROLES, X_aws_ec2_metadata_token=token)[0] == 401
    for ttl in ("0", "21601", "soon"):
        assert ask(imds + "latest/api/token", "PUT", X_aws_ec2_metadata_token_ttl_seconds=ttl)[0] == 400
    assert ask(imds + "latest/api/token", "PUT")[0] == 400


def test_version_one_and_the_rest_of_the_metadata(imds):
    assert ask(imds + ROLES)[1] == "awry"
    document = json.loads(ask(imds + ROLES + "awry")[1])
    assert document["Code"] == "Success" and document["Type"] == "AWS-HMAC"
    assert document["LastUpdated"].endswith("Z") and document["Expiration"].endswith("Z")
    assert ask(imds + "latest/meta-data/placement/region")[1] == "us-east-1"
    assert json.loads(ask(imds + "latest/dynamic/instance-identity/document")[1])["accountId"] == "123456789012"
    for path in (ROLES + "nobody", "latest/meta-data/nothing", "latest/user-data", "nothing"):
        assert ask(imds + path)[0] == 404


def test_credentials_of_a_sandbox_belong_to_it(endpoint, control):
    document = json.loads(ask(f"{endpoint}/_sandbox/blue/_awry/container/x")[1])
    found = boto3.client(
        "sts", "us-east-1", endpoint_url=endpoint, aws_access_key_id=document["AccessKeyId"],
        aws_secret_access_key=document["SecretAccessKey"], aws_session_token=document["Token"],
    ).get_caller_identity()  # fmt: skip
    assert found["Arn"].startswith("arn:aws:sts::123456789012:assumed-role/awry/")
    entry = Control(endpoint, "blue").requests(service="sts")[-1]
    assert entry["principal"] == found["Arn"]
    control.call("DELETE", "sandboxes/blue")


def test_credentials_run_out_with_the_clock(container, control):
    start = control.freeze()
    document = json.loads(ask(container)[1])
    ends = datetime.datetime.fromisoformat(document["Expiration"].replace("Z", "+00:00"))
    assert ends - datetime.datetime.fromisoformat(start["now"].replace("Z", "+00:00")) == datetime.timedelta(hours=6)


def test_a_refusal_to_version_one(imds, control):
    without_token = {"operation": "*", "service": "imds", "headers": {"x-aws-ec2-metadata-token": {"exists": False}}}
    control.rules({"match": "imds.GetToken", "pass": True}, {"match": without_token, "error": "Unauthorized"})
    assert ask(imds + ROLES)[0] == 401
    assert frozen(instance(imds)).access_key


def test_a_token_that_is_refused_leaves_version_one_disabled_without_credentials(imds, control):
    control.rules({"match": "imds.GetToken", "error": "Forbidden"})
    assert frozen(instance(imds)).access_key
    with pytest.raises(exceptions.MetadataRetrievalError):
        instance(imds, ec2_metadata_v1_disabled=True)


@pytest.mark.parametrize(
    "outcome",
    [
        {"error": "NotFound"},
        {"error": "ServiceUnavailable"},
        {"raw": {"status": 200, "body": ""}},
        {"raw": {"status": 200, "body": "<html>captive portal</html>"}},
        {"respond": {"Code": "AssumeRoleUnauthorizedAccess", "Message": "EC2 cannot assume the role awry."}},
        {"connection": "reset"},
        {"connection": "close"},
    ],
    ids=str,
)

def test_without_good_answers_an_instance_has_no_credentials(imds, control, outcome):
    control.rules({"match": "imds.GetRoleCredentials"} | outcome)
    assert instance(imds) is None


@pytest.mark.parametrize(
    "outcome",
    [{"error": "InvalidIdInRequest"}, {"error": "InternalServerError"}, {"raw": {"status": 200, "body": "{"}}],
    ids=str,
)

def test_a_container_asks_three_times(container, control, outcome):
    control.rules({"match": "container.GetCredentials"} | outcome)
    with pytest.raises(exceptions.CredentialRetrievalError):
        task(container)
    assert len(control.requests(service="container")) == 3
    control.reset()
    control.rules({"match": "container.GetCredentials", "times": 2} | outcome)
    assert frozen(task(container)).access_key


def test_what_a_container_is_told(container, control):
    control.rules({"match": "container.*", "error": {"code": "InvalidIdInRequest", "message": "unknown task"}})
    status, text, headers = ask(container)
    assert (status, headers["Content-Type"]) == (400, "application/json")
    assert json.loads(text) == {"code": "InvalidIdInRequest", "message": "unknown task", "HTTPErrorCode": 400}


def test_expired_credentials_are_served_by_name(imds, control):
    past = {"AccessKeyId": "ASIAOLD", "Expiration": "2020-01-01T00:00:00Z"}
    control.rules({"match": "imds.GetRoleCredentials", "respond": past})
    # botocore extends what is expired, as AWS asks of SDKs, and goes on with it.
    found = frozen(instance(imds))
    assert found.access_key == "ASIAOLD" and len(found.secret_key) == 40
    control.rules({"match": "container.GetCredentials", "respond": past})
    with pytest.raises(RuntimeError, match="still expired"):
        frozen(task(imds.replace("imds/", "container/task")))


def test_credentials_that_are_about_to_expire(container, control):
    control.freeze()
    control.rules({"match": "container.GetCredentials", "respond": {"Expiration": "${now+5m}"}})
    assert json.loads(ask(container)[1])["Expiration"] == "2026-03-01T12:05:00Z"
    control.rules({"match": "sts.GetSessionToken", "respond": {"Credentials": {"Expiration": "${now-1m}"}}})
    ended = clients.client(control.endpoint, "sts").get_session_token()["Credentials"]["Expiration"]
    assert ended.isoformat() == "2026-03-01T11:59:00+00:00"


def test_web_identity_is_exchanged_for_credentials(endpoint, control, tmp_path, monkeypatch):
    iam = clients.client(endpoint, "iam")
    issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
    provider = iam.create_open_id_connect_provider(Url=issuer, ClientIDList=["me"])["OpenIDConnectProviderArn"]
    document = trust({"Federated": provider}, "sts:AssumeRoleWithWebIdentity")
    iam.create_role(RoleName="app", AssumeRolePolicyDocument=document)
    token = clients.client(endpoint, "sts").get_web_identity_token(Audience=["me"], SigningAlgorithm="ES384")
    (tmp_path / "token").write_text(token["WebIdentityToken"])
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", endpoint)
    role = "arn:aws:iam::123456789012:role/app"
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("AWS_ROLE_ARN", role)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")

    def load():
        provider = AssumeRoleWithWebIdentityProvider(
            load_config=lambda: {"profiles": {}},
            client_creator=clients.session()._session.create_client,
            profile_name="default",
        )
        return provider.load()

    found = load()
    assert frozen(found).access_key.startswith("ASIA") and not found.refresh_needed()
    control.rules({"match": "sts.AssumeRoleWithWebIdentity", "error": "ExpiredTokenException"})
    with pytest.raises(exceptions.ClientError, match="ExpiredToken"):
        frozen(load())


def sso(endpoint):
    token = {"accessToken": "t", "expiresAt": "2099-01-01T00:00:00Z"}
    name = hashlib.sha1(b"https://corp.awsapps.com/start").hexdigest()

    def create(service, **options):
        return clients.session()._session.create_client(service, endpoint_url=endpoint, **options)

    return SSOCredentialFetcher(
        "https://corp.awsapps.com/start",
        "us-east-1",
        "reader",
        "123456789012",
        create,
        token_loader=SSOTokenLoader(cache={name: token}),
        cache={},
    )


def test_the_portal_of_single_sign_on(endpoint, control):
    found = sso(endpoint).fetch_credentials()
    assert found["access_key"].startswith("ASIA") and found["expiry_time"] > "2026"
    control.rules({"match": "sso.GetRoleCredentials", "error": "UnauthorizedException"})
    with pytest.raises(exceptions.UnauthorizedSSOTokenError):
        sso(endpoint).fetch_credentials()


def test_single_sign_on_registers_and_gives_tokens(client, control):
    oidc = client("sso-oidc")
    registered = oidc.register_client(clientName="test", clientType="public")
    assert registered["clientSecretExpiresAt"] > registered["clientIdIssuedAt"]
    who = {"clientId": registered["clientId"], "clientSecret": registered["clientSecret"]}
    device = oidc.start_device_authorization(startUrl="https://corp.awsapps.com/start", **who)
    assert device["interval"] == 1 and device["userCode"] in device["verificationUriComplete"]
    control.rules({"match": "sso-oidc.CreateToken", "times": 1, "error": "AuthorizationPendingException"})
    ask_for = {"grantType": "urn:ietf:params:oauth:grant-type:device_code", "deviceCode": device["deviceCode"]}
    with pytest.raises(oidc.exceptions.AuthorizationPendingException):
        oidc.create_token(**ask_for, **who)
    assert oidc.create_token(**ask_for, **who)["expiresIn"] == 3600


def test_sign_in_gives_credentials(client, control):
    signin = client("signin")
    code = {"grantType": "authorization_code", "code": "c", "redirectUri": "http://127.0.0.1/x"}
    asked = {"clientId": "arn:aws:signin:::devtools/same-device", "codeVerifier": "v" * 43} | code
    output = signin.create_o_auth2_token(tokenInput=asked)
    assert output["tokenOutput"]["accessToken"]["accessKeyId"].startswith("ASIA")
    assert output["tokenOutput"]["expiresIn"] == 900


def test_assumed_roles_have_credentials_that_last_as_asked(client, control):
    control.freeze()
    role = {"RoleArn": "arn:aws:iam::210987654321:role/path/app", "RoleSessionName": "me"}
    app = {"RoleName": "app", "Path": "/path/", "AssumeRolePolicyDocument": trust()}
    control.load({"scenario": "role", "setup": [{"iam.CreateRole": app, "account": "210987654321"}]})
    answer = client("sts").assume_role(DurationSeconds=900, **role)
    assert answer["Credentials"]["Expiration"].isoformat() == "2026-03-01T12:15:00+00:00"
    assert answer["AssumedRoleUser"]["Arn"] == "arn:aws:sts::210987654321:assumed-role/app/me"
    control.rules({"match": "sts.AssumeRole", "respond": {"Credentials": {"Expiration": "2020-01-01T00:00:00Z"}}})
    again = client("sts").assume_role(**role)["Credentials"]
    assert again["Expiration"].year == 2020 and again["AccessKeyId"].startswith("ASIA")
