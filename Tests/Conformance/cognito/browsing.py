# SPDX-License-Identifier: Apache-2.0
"""A pool with a domain, and a browser at its pages."""

import re
from urllib.parse import parse_qs, urlsplit

import requests

from .conftest import PASSWORD, Pool

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
HOME = "https://app.example/callback"
CLIENT = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code", "implicit"],
    "AllowedOAuthScopes": ["openid", "email", "phone", "profile", "shop/read"],
    "CallbackURLs": [HOME],
    "LogoutURLs": ["https://app.example/bye"],
    "SupportedIdentityProviders": ["COGNITO"],
}


class HostedPool(Pool):
    """A pool whose domain is `shop`."""

    def __init__(self, idp, endpoint, settings=None, client=None, domain="shop"):
        super().__init__(idp, settings, {})
        idp.create_resource_server(
            UserPoolId=self.id, Identifier="shop", Name="shop",
            Scopes=[{"ScopeName": name, "ScopeDescription": name} for name in ("read", "write")])  # fmt: skip
        own = {"CustomDomainConfig": {"CertificateArn": CERTIFICATE}} if "." in domain else {}
        idp.create_user_pool_domain(UserPoolId=self.id, Domain=domain, **own)
        self.base = f"{endpoint}/_cognito/{domain}"
        self.issuer = f"{endpoint}/{self.id}"
        made = self.another(client or {})
        self.client, self.secret = made["ClientId"], made.get("ClientSecret")

    def another(self, client):
        return self.idp.create_user_pool_client(UserPoolId=self.id, ClientName="web", **(CLIENT | client))[
            "UserPoolClient"
        ]

    def token(self, **form):
        auth = (self.client, self.secret) if self.secret else None
        form = form if auth else {"client_id": self.client} | form
        return requests.post(f"{self.base}/oauth2/token", data=form, auth=auth, timeout=20)


class Browser:
    """Follows redirects as far as the pages go, and fills in their forms."""

    def __init__(self):
        self.session = requests.Session()
        self.page = None

    def open(self, url, **form):
        """The address outside to which it is sent at last; None while there is a page."""
        method = "POST" if form else "GET"
        while True:
            answer = self.session.request(method, url, data=form or None, allow_redirects=False, timeout=20)
            if answer.status_code != 302:
                self.page = answer
                return None
            url, method, form = answer.headers["Location"], "GET", {}
            if not url.startswith("http://127.0.0.1"):
                return url

    @property
    def message(self):
        found = re.search(r'id="message"[^>]*>([^<]*)<', self.page.text)
        return found and found[1]

    def submit(self, **filled):
        action = re.search(r'action="([^"]*)"', self.page.text)[1].replace("&amp;", "&")
        fields = dict(re.findall(r'<input name="([^"]*)" type="[^"]*" value="([^"]*)"', self.page.text))
        return self.open(action, **(fields | filled))

    def sign_in(self, url, username="ann", password=PASSWORD):
        return self.open(url) or self.submit(username=username, password=password)


def parameters(url, part="query"):
    return {name: values[0] for name, values in parse_qs(getattr(urlsplit(url), part)).items()}


def refusal(answer, error, status=400):
    """The refusal of one of the endpoints that speak JSON."""
    assert (answer.status_code, answer.json()["error"]) == (status, error), answer.text
    return answer
