# SPDX-License-Identifier: Apache-2.0
"""An asyncio client with its own exception tree, on aiohttp, before the real fake and the scenario for such clients."""

import asyncio

import pytest

from harness.asyncs3 import (
    RETRIED, Breaker, CircuitOpen, ClientFault, Denied, Invalid, NotFound, ServerFault, StorageError, Store, retrying,
)  # fmt: skip
from harness.control import Control
from harness.server import FIXTURES


@pytest.fixture
def loaded(control):
    control.load(FIXTURES / "programs" / "s3-asyncio-client.yaml")
    return control


@pytest.fixture
def run(loaded, endpoint):
    """Runs a program with a client of it."""

    def perform(program):
        async def opened():
            async with Store(endpoint) as store:
                return await program(store)

        return asyncio.run(opened())

    return perform


TREE = {
    404: (NotFound, "NoSuchKey"),
    403: (Denied, "AccessDenied"),
    400: (Invalid, "InvalidRequest"),
    408: (ClientFault, "RequestTimeout"),
    409: (ClientFault, "OperationAborted"),
    429: (ClientFault, "TooManyRequests"),
    500: (ServerFault, "InternalError"),
    501: (ServerFault, "NotImplemented"),
    502: (ServerFault, "BadGateway"),
    503: (ServerFault, "SlowDown"),
    504: (ServerFault, "GatewayTimeout"),
}


@pytest.mark.parametrize("status", TREE)
def test_each_status_has_its_class(run, status):
    with pytest.raises(StorageError) as caught:
        run(lambda store: store.ask("GET", "orders", f"status/{status}"))
    assert (type(caught.value), caught.value.code, caught.value.status) == (*TREE[status], status)


@pytest.mark.parametrize("status", TREE)
def test_some_are_tried_again(run, loaded, status):
    with pytest.raises(StorageError):
        run(lambda store: retrying(lambda: store.ask("GET", "orders", f"status/{status}")))
    assert len(loaded.requests()) == (3 if status in RETRIED else 1)


def test_two_server_errors_and_then_success(run, loaded):
    run(lambda store: retrying(lambda: store.ask("PUT", "orders", "flaky/1", b"there")))
    assert [entry["status"] for entry in loaded.requests()] == [503, 503, 200]
    loaded.assert_verified()
    assert run(lambda store: store.ask("GET", "orders", "flaky/1"))[2] == b"there"


def test_a_circuit_breaker(run, loaded):
    now = 0.0
    breaker = Breaker(limit=3, rest=30, clock=lambda: now)

    async def program(store):
        nonlocal now
        told = []
        for span in (0, 0, 0, 0, 29, 1, 30, 0):
            now += span
            before = breaker.state
            key = "status/500" if len(told) < 6 else "described"
            try:
                await breaker.call(lambda: store.ask("GET", "orders", key))
                told.append((before, "success"))
            except (ServerFault, CircuitOpen) as error:
                told.append((before, type(error).__name__))
        return told

    closed, refused, half = ("closed", "ServerFault"), ("open", "CircuitOpen"), "half-open"
    assert run(program) == [
        closed, closed, closed, refused, refused, (half, "ServerFault"), (half, "success"), ("closed", "success"),
    ]  # fmt: skip
    # What the breaker held back was never sent.
    assert [entry["status"] for entry in loaded.requests()] == [500, 500, 500, 500, 200, 200]


def test_a_batch_of_which_some_fail(run, client):
    async def program(store):
        puts = [store.ask("PUT", "orders", f"batch/{number}", b"b") for number in range(10)]
        return await asyncio.gather(*puts, return_exceptions=True)

    outcomes = run(program)
    assert [number for number, outcome in enumerate(outcomes) if isinstance(outcome, ServerFault)] == [3, 6, 9]
    kept = client("s3").list_objects_v2(Bucket="orders", Prefix="batch/")["Contents"]
    assert [entry["Key"] for entry in kept] == [f"batch/{number}" for number in (0, 1, 2, 4, 5, 7, 8)]


@pytest.mark.parametrize("key", ["invalid/key/with/问题", "a b+c%2F&d", "\U0001f600"])
def test_a_key_in_another_script_comes_back(run, client, key):
    async def program(store):
        with pytest.raises(NotFound) as caught:
            await store.ask("GET", "orders", key)
        assert caught.value.code == "NoSuchKey"
        await store.ask("PUT", "orders", key, key.encode())
        return (await store.ask("GET", "orders", key))[2]

    assert run(program) == key.encode()
    assert key in [entry["Key"] for entry in client("s3").list_objects_v2(Bucket="orders")["Contents"]]


def test_what_stands_beside_an_object_comes_back(run):
    told = {"Content-Type": "text/x-numbers", "x-amz-meta-colour": "green"}

    async def program(store):
        await store.ask("PUT", "orders", "new", b"0123456789", **told)
        return [await store.ask(method, "orders", key) for key in ("new", "described") for method in ("GET", "HEAD")]

    for status, headers, body in run(program):
        assert status == 200 and body in (b"0123456789", b"")
        assert headers["Content-Length"] == "10"
        assert {name: headers[name] for name in told} == told


def test_a_second_endpoint_serves(loaded, endpoint):
    loaded.rules({"match": "s3.*", "error": "ServiceUnavailable"})
    Control(endpoint, "second").buckets("orders")

    async def program():
        async with Store(endpoint) as first, Store(f"{endpoint}/_sandbox/second") as second:
            for store in (first, second):
                try:
                    return await store.ask("PUT", "orders", "k", b"x"), store is second
                except ServerFault:
                    continue

    (status, _, _), was_second = asyncio.run(program())
    assert status == 200 and was_second
    Control(endpoint, "second").clear()


@pytest.mark.parametrize("name", ["invalid-bucket-name!", "myTestBucket", ""])
@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_a_name_that_no_bucket_has(run, client, name, method):
    with pytest.raises(Invalid) as caught:
        run(lambda store: store.ask(method, name, "file.txt", b"x" if method == "PUT" else None))
    assert caught.value.code == "InvalidBucketName"
    assert [bucket["Name"] for bucket in client("s3").list_buckets()["Buckets"]] == ["orders"]
