# SPDX-License-Identifier: Apache-2.0
"""A program as users write them, with an environment, configuration files and credentials of its own."""

import base64
import hashlib
import json

import botocore.session
import pytest
from botocore.credentials import SSOProvider
from botocore.tokens import SSOTokenProvider

from . import clients

PAST = "2020-01-01T00:00:00Z"
FUTURE = "2099-01-01T00:00:00Z"
WHO = "arn:aws:iam::123456789012:user/beep"
SINGLE_SIGN_ON = """[default]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = reader
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://corp.awsapps.com/start
"""
ROLE = f"""[default]
role_arn = arn:aws:iam::123456789012:role/app
source_profile = beep
mfa_serial = {WHO.replace("user", "mfa")}
[profile beep]
aws_access_key_id = 123456789012
aws_secret_access_key = test
"""


class Program:
    """What a program has in one test: clients of the server, and sessions that find credentials as botocore does."""

    def __init__(self, endpoint, monkeypatch, folder, mode="standard"):
        self.endpoint = endpoint
        self.monkeypatch = monkeypatch
        self.folder = folder
        self.mode = mode
        # The port that the scenario opens.
        self.port = 0

    def client(self, service, **options):
        """A client of the server, with a program's usual attempts."""
        return clients.client(self.endpoint, service, self.mode, **options)

    def impatient(self, service, endpoint=None, **options):
        """A client that waits 0.3 seconds for a connection, and for an answer."""
        waits = {"connect_timeout": 0.3, "read_timeout": 0.3}
        return clients.client(endpoint or self.endpoint, service, self.mode, **waits, **options)

    def session(self, profile="", **environment):
        """A session without credentials of its own, with this configuration file."""
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            self.monkeypatch.delenv(name, raising=False)
        (self.folder / "config").write_text(profile)
        settings = {"AWS_CONFIG_FILE": self.folder / "config", "AWS_DEFAULT_REGION": "us-east-1"}
        for name, value in (settings | environment).items():
            self.monkeypatch.setenv(name, str(value))
        return botocore.session.Session()

    def instance(self, **environment):
        """A session on an instance whose metadata service is the server."""
        address = f"{self.endpoint}/_awry/imds/"
        return self.session(
            AWS_EC2_METADATA_DISABLED="false", AWS_EC2_METADATA_SERVICE_ENDPOINT=address, **environment
        )

    def container(self):
        """A session in a container whose credentials come from the server."""
        return self.session(AWS_CONTAINER_CREDENTIALS_FULL_URI=f"{self.endpoint}/_awry/container/credentials")

    def single_sign_on(self, ends=FUTURE):
        """A session after `aws sso login`, whose token ends then."""
        token = {"accessToken": "t", "refreshToken": "r", "expiresAt": ends, "registrationExpiresAt": FUTURE}
        client = {"clientId": "c", "clientSecret": "s"}
        self.cache("corp", token | client, hashlib.sha1)
        for provider in (SSOProvider, SSOTokenProvider):
            self.monkeypatch.setattr(provider, "_SSO_TOKEN_CACHE_DIR", str(self.folder))
        return self.session(
            SINGLE_SIGN_ON, AWS_ENDPOINT_URL_SSO=self.endpoint, AWS_ENDPOINT_URL_SSO_OIDC=self.endpoint
        )

    def signed_in(self):
        """A session after `aws login`, whose credentials have ended."""
        crypto = pytest.importorskip("awscrt.crypto", reason="botocore signs in with awscrt alone")
        key = crypto.EC.new_generate(crypto.ECType.P_256).export_key(crypto.ECExportFormat.SEC1)
        keys = {"accessKeyId": "ASIA", "secretAccessKey": "s", "sessionToken": "t", "accountId": "123456789012"}
        token = {"accessToken": keys | {"expiresAt": PAST}, "refreshToken": "r", "clientId": "c"}
        self.cache(WHO, token | {"dpopKey": base64.b64encode(key).decode()}, hashlib.sha256)
        return self.session(
            f"[default]\nlogin_session = {WHO}\n",
            AWS_ENDPOINT_URL_SIGNIN=self.endpoint,
            AWS_LOGIN_CACHE_DIRECTORY=self.folder,
        )

    def behind_a_device(self):
        """A session whose role wants the code of a device."""
        session = self.session(ROLE, AWS_ENDPOINT_URL_STS=self.endpoint)
        provider = session.get_component("credential_provider").get_provider("assume-role")
        provider._prompter = lambda prompt: "123456"
        return session

    def cache(self, name, token, digest):
        (self.folder / f"{digest(name.encode()).hexdigest()}.json").write_text(json.dumps(token))
