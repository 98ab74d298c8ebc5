# SPDX-License-Identifier: Apache-2.0
"""Passwords, tokens, keys and codes: not in the journal, the log, the events, the console, unless asked for."""

import itertools
import json
import re
import urllib.request
from contextlib import ExitStack

import pytest
from botocore.exceptions import ClientError

from harness import clients
from harness.control import Control
from harness.model import service_model
from harness.owned import owned_server
from harness.params import value
from harness.sse import EventStream

SERVICES = ["cognito-idp", "cognito-identity", "sts", "iam"]
# Secret though the models do not mark them.
BESIDES = {
    "SessionTokenString", "ConfirmationCodeType", "DeviceSecretVerifierConfigType", "ProviderDetailsType",
    "authenticationCodeType", "contextAssertionType", "tokenCodeType", "tokenType",
}  # fmt: skip
TOKEN = "canarytokenofthesession"


class Canaries:
    """Inputs in which each secret holds a text that is nowhere else."""

    def __init__(self):
        self.numbers = itertools.count(1000)
        self.sent = {}

    def text(self, shape):
        """One that the shape takes, if letters and digits are what it takes."""
        made = f"canary{next(self.numbers)}Aa"
        if shape.name in ("tokenCodeType", "authenticationCodeType", "SoftwareTokenMFAUserCodeType"):
            made = f"9{next(self.numbers)}7"
        return made.ljust(shape.metadata.get("min", 0), "x")

    def secret(self, shape, trail=()):
        """A whole value of a secret shape."""
        kind = shape.type_name
        if kind == "structure":
            return {name: self.secret(member) for name, member in shape.members.items()}
        if kind == "list":
            return [self.secret(shape.member)]
        if kind == "map":
            return {"PASSWORD": self.secret(shape.value)}
        if kind == "string":
            made = self.text(shape)
            self.sent[made] = trail
            return made
        return value(shape, "secret")

    def filled(self, shape, trail):
        """A value with all that is secret in it, and what it must have; None where there is nothing of either."""
        if shape.metadata.get("sensitive") or shape.name in BESIDES:
            return self.secret(shape, trail)
        if shape.type_name == "structure" and shape.name not in trail:
            made = {name: self.filled(member, (*trail, shape.name)) for name, member in shape.members.items()}
            must = {name: value(shape.members[name], name) for name in shape.required_members}
            return must | {name: each for name, each in made.items() if each not in (None, {}, [])}
        if shape.type_name == "list":
            each = self.filled(shape.member, trail)
            return [each] if each else None
        if shape.type_name == "map":
            each = self.filled(shape.value, trail)
            return {"some": each} if each else None
        return None


def run(endpoint):
    """Calls each operation once; the secrets that were sent, and those that came back."""
    canaries, came = Canaries(), set()
    for service in SERVICES:
        client = clients.session().client(
            service, endpoint_url=endpoint, config=clients.config(parameter_validation=False),
            aws_access_key_id="test", aws_secret_access_key="test", aws_session_token=TOKEN,
        )  # fmt: skip
        for name in service_model(service).operation_names:
            shape = service_model(service).operation_model(name).input_shape
            given = canaries.filled(shape, ()) if shape else {}
            try:
                clients.method(client, name)(**given)
            except ClientError:
                pass
    came |= made(endpoint)
    return [*canaries.sent, TOKEN], sorted(came)


def made(endpoint):
    """Secrets that the fakes make: keys, sessions, tokens, a client's secret."""
    iam, sts = clients.client(endpoint, "iam"), clients.client(endpoint, "sts")
    iam.create_user(UserName="canary")
    found = {iam.create_access_key(UserName="canary")["AccessKey"]["SecretAccessKey"]}
    found |= {sts.get_session_token()["Credentials"][name] for name in ("SecretAccessKey", "SessionToken")}
    # A server that was not optimised is slow at making the pool's keys.
    idp = clients.client(endpoint, "cognito-idp", read_timeout=120)
    pool = {"UserPoolId": idp.create_user_pool(PoolName="shop")["UserPool"]["Id"]}
    flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    app = idp.create_user_pool_client(**pool, ClientName="web", ExplicitAuthFlows=flows)["UserPoolClient"]
    secret = idp.create_user_pool_client(**pool, ClientName="app", GenerateSecret=True)["UserPoolClient"]
    found.add(secret["ClientSecret"])
    idp.admin_create_user(**pool, Username="canary", MessageAction="SUPPRESS")
    idp.admin_set_user_password(**pool, Username="canary", Password="canaryPassw0rd!", Permanent=True)
    result = idp.admin_initiate_auth(
        **pool, ClientId=app["ClientId"], AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "canary", "PASSWORD": "canaryPassw0rd!"},
    )["AuthenticationResult"]  # fmt: skip
    idp.get_user(AccessToken=result["AccessToken"])
    return found | {"canaryPassw0rd!"} | {result[name] for name in ("AccessToken", "IdToken", "RefreshToken")}


def told(server):
    """All that people can read of the calls, as texts by where it is."""
    control = Control(server.endpoint)
    with urllib.request.urlopen(f"{server.endpoint}/_awry/") as answer:
        console = answer.read().decode()
    requests = control.requests()
    explained = [control.call("GET", "explain", None, id=entry["id"])[1] for entry in requests[:: len(requests) // 20]]
    verdict = control.verify({"match": {"service": "cognito-idp", "operation": "SignUp"}, "count": 7})
    texts = {"requests": requests, "explain": explained, "console": console, "verify": verdict, "log": server.lines}
    return {name: json.dumps(text) for name, text in texts.items()}


def stands(secret, text):
    """Whether a secret is in a text. A code's six digits are not told by a time that happens to have them."""
    if not secret.isdigit():
        return secret in text
    return re.search(rf"(?<!\d){secret}(?!\d)", text)


# Makes the journal keep headers, and asks for a secret of each call.
WATCHING = {
    "scenario": "watching",
    "rules": [{"match": {"service": "cognito-idp", "params": {"Password": "of-nobody"}}, "delay": "1ms"}],
    "expect": [{"match": {"service": "*", "headers": {"user-agent": "*"}}, "count": "1-"}],
}


@pytest.fixture
def serving(tmp_path):
    """`serving(arguments)`: a server of its own, watched, which has been called; the secrets of the calls."""

    def start(*arguments):
        server = stack.enter_context(owned_server(*arguments, state=tmp_path))
        Control(server.endpoint).load(WATCHING)
        return server

    with ExitStack() as stack:
        yield start


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_is_told(serving, form):
    server = serving("--log-format", form)
    with EventStream(server.address, sandbox="default") as stream:
        sent, came = run(server.endpoint)
        events = json.dumps([next(stream).data for _ in range(300)])
    texts = told(server) | {"events": events}
    assert len(sent) > 150 and len(came) == 8 and "SignUp" in texts["requests"] and "SignUp" in texts["log"]
    shown = {where: [secret for secret in sent + came if stands(secret, text)] for where, text in texts.items()}
    assert not any(shown.values()), shown


def test_they_are_told_where_somebody_asks(serving):
    server = serving("--show-secrets")
    sent, came = run(server.endpoint)
    text = told(server)["requests"]
    assert TOKEN in text and "canaryPassw0rd!" in text
    assert sum(bool(stands(secret, text)) for secret in sent) > len(sent) * 0.9


def test_rules_see_what_is_not_told(control, client):
    """A rule matches on a password and a token; the journal says only that there was one."""
    control.rules(
        {"match": {"service": "cognito-idp", "operation": "SignUp", "params": {"Password": "Passw0rd!"}},
         "error": "InvalidPasswordException"},
        {"match": {"service": "cognito-idp", "operation": "GetUser", "params": {"AccessToken": "abc*"}},
         "error": "UserNotConfirmedException"},
    )  # fmt: skip
    idp = client("cognito-idp")
    with pytest.raises(idp.exceptions.InvalidPasswordException):
        idp.sign_up(ClientId="x" * 26, Username="ann", Password="Passw0rd!")
    with pytest.raises(idp.exceptions.UserNotConfirmedException):
        idp.get_user(AccessToken="abcdef")
    kept = [entry["params"] for entry in control.requests()]
    assert kept[0]["Password"] == kept[1]["AccessToken"] == {"$hidden": True}
