# SPDX-License-Identifier: Apache-2.0
"""An asyncio client of S3 on aiohttp with an exception tree of its own, as programs write such for themselves."""

import asyncio
import re
from urllib.parse import quote

import aiohttp
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from yarl import URL

from . import clients

# What a retry may mend, of all that a service says no by.
RETRIED = {408, 429, 503, 504}


class StorageError(Exception):
    """Any error answer."""

    def __init__(self, status, code, message):
        super().__init__(f"{status} {code}: {message}")
        self.status, self.code = status, code


class ClientFault(StorageError):
    pass


class NotFound(ClientFault):
    pass


class Denied(ClientFault):
    pass


class Invalid(ClientFault):
    pass


class ServerFault(StorageError):
    pass


class CircuitOpen(Exception):
    """No request was sent."""


CLASSES = {404: NotFound, 403: Denied, 400: Invalid}


def failure(status, body):
    """The error that an answer is."""
    text = body.decode()
    code = re.search("<Code>(.*?)</Code>", text)
    message = re.search("<Message>(.*?)</Message>", text)
    kind = CLASSES.get(status) or (ServerFault if status >= 500 else ClientFault)
    return kind(status, code[1] if code else str(status), message[1] if message else "")


class Store:
    """Objects of one endpoint: `async with Store(endpoint) as store`."""

    def __init__(self, endpoint, account=clients.ACCOUNT):
        self.endpoint = endpoint
        self.signer = S3SigV4Auth(Credentials(account, "test"), "s3", clients.REGION)

    async def __aenter__(self):
        self.session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_):
        await self.session.close()

    async def ask(self, method, bucket, key="", body=None, **headers):
        """Status, headers and body of a success; what is not one is raised."""
        url = f"{self.endpoint}/{bucket}/{quote(key)}"
        request = AWSRequest(method=method, url=url, data=body, headers=headers)
        self.signer.add_auth(request)
        sent = dict(request.headers.items())
        async with self.session.request(method, URL(url, encoded=True), data=body, headers=sent) as answer:
            told = await answer.read()
            if answer.status >= 300:
                raise failure(answer.status, told)
            return answer.status, answer.headers, told


async def retrying(call, attempts=3):
    """Calls again while the error is of those that a retry may mend."""
    for left in reversed(range(attempts)):
        try:
            return await call()
        except StorageError as error:
            if not left or error.status not in RETRIED:
                raise
            await asyncio.sleep(0)


class Breaker:
    """Lets no call through after so many server errors in a row, until it has rested and one call has come back."""

    def __init__(self, limit, rest, clock):
        self.limit, self.rest, self.clock = limit, rest, clock
        self.failures, self.opened = 0, None

    @property
    def state(self):
        if self.opened is None:
            return "closed"
        return "half-open" if self.clock() - self.opened >= self.rest else "open"

    async def call(self, make):
        if self.state == "open":
            raise CircuitOpen
        try:
            answer = await make()
        except ServerFault:
            self.failures += 1
            if self.failures >= self.limit:
                self.opened = self.clock()
            raise
        self.failures, self.opened = 0, None
        return answer
