# SPDX-License-Identifier: Apache-2.0
"""Each waiter and paginator that botocore has for S3: success, time-out and failure, on what buckets really hold."""

import botocore.session
import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError, WaiterError

from harness import clients
from harness.resolving import know_localhost

LOADER = botocore.session.Session().get_component("data_loader")
ONE = {"Bucket": "one"}
CONFIG = {"WaiterConfig": {"Delay": 1, "MaxAttempts": 3}}


@pytest.fixture
def one(s3):
    s3.create_bucket(**ONE)
    return ONE


# What is waited for; what makes that come true, once the waiting has begun.
WAITERS = {
    "bucket_exists": ({"Bucket": "two"}, lambda s3: s3.create_bucket(Bucket="two")),
    "bucket_not_exists": (ONE, lambda s3: s3.delete_bucket(**ONE)),
    "object_exists": (ONE | {"Key": "new"}, lambda s3: s3.put_object(**ONE, Key="new")),
    "object_not_exists": (ONE | {"Key": "old"}, lambda s3: s3.delete_object(**ONE, Key="old")),
}


@pytest.fixture
def waiter(s3, one, request):
    if request.param == "object_not_exists":
        s3.put_object(**ONE, Key="old")
    return s3.get_waiter(request.param), *WAITERS[request.param]


def test_every_waiter_and_paginator_is_here(s3):
    assert set(s3.waiter_names) == set(WAITERS)
    paginators = LOADER.load_service_model("s3", "paginators-1")["pagination"]
    assert {operation(name) for name in PAGES} == {f"s3.{name}" for name in paginators}


@pytest.mark.parametrize("waiter", WAITERS, indirect=True)
def test_a_waiter_sees_what_comes(control, s3, sleeps, waiter, monkeypatch):
    made, parameters, act = waiter
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) == 2:
            act(s3)

    monkeypatch.setattr("botocore.waiter.time.sleep", sleep)
    made.wait(**parameters, **CONFIG)
    asked = [entry["status"] for entry in control.requests(operation=made.config.operation)]
    before, after = (200, 404) if "not" in made.name.lower() else (404, 200)
    assert asked == [before, before, after] and slept == [1, 1]


@pytest.mark.parametrize("waiter", WAITERS, indirect=True)
def test_a_waiter_gives_up(control, sleeps, waiter):
    made, parameters, _ = waiter
    with pytest.raises(WaiterError, match="Max attempts exceeded"):
        made.wait(**parameters, **CONFIG)
    assert len(control.requests(operation=made.config.operation)) == 3 and sleeps == [1, 1]


@pytest.mark.parametrize("waiter", WAITERS, indirect=True)
@pytest.mark.parametrize("fails", ["scripted", "by itself"])
def test_a_waiter_fails(control, s3, sleeps, waiter, fails):
    """By a rule, or because the bucket is somebody else's, which is success to `bucket_exists` alone."""
    made, parameters, act = waiter
    if fails == "scripted":
        control.rules({"match": f"s3.{made.config.operation}", "error": "InternalError"})
    else:
        parameters = parameters | {"Bucket": "one", "ExpectedBucketOwner": "222222222222"}
        if made.name == "BucketExists":
            return made.wait(**parameters, **CONFIG)
    with pytest.raises(WaiterError, match=r"An error occurred \(") as caught:
        made.wait(**parameters, **CONFIG)
    assert caught.value.last_response["Error"]["Code"] == ("500" if fails == "scripted" else "403")
    assert len(control.requests(operation=made.config.operation)) == 1 and not sleeps


# Paginators


def uploads(s3):
    for number in range(5):
        s3.create_multipart_upload(**ONE, Key=f"u{number}")
    return ONE


def parts(s3):
    upload = s3.create_multipart_upload(**ONE, Key="u")["UploadId"]
    for number in range(1, 6):
        s3.upload_part(**ONE, Key="u", UploadId=upload, PartNumber=number, Body=b"x")
    return ONE | {"Key": "u", "UploadId": upload}


def objects(s3):
    for number in range(5):
        s3.put_object(**ONE, Key=f"k{number}", Body=b"")
    return ONE


def versions(s3):
    s3.put_bucket_versioning(**ONE, VersioningConfiguration={"Status": "Enabled"})
    for _ in range(5):
        s3.put_object(**ONE, Key="k", Body=b"")
    return ONE


def buckets(s3):
    for number in range(4):
        s3.create_bucket(Bucket=f"more{number}")
    return {}


def directories(s3):
    for number in range(5):
        configuration = {
            "Location": {"Type": "AvailabilityZone", "Name": "use1-az4"},
            "Bucket": {"Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"},
        }
        s3.create_bucket(Bucket=f"d{number}--use1-az4--x-s3", CreateBucketConfiguration=configuration)
    return {}


PAGES = {
    "list_buckets": (buckets, "Buckets"),
    "list_directory_buckets": (directories, "Buckets"),
    "list_multipart_uploads": (uploads, "Uploads"),
    "list_object_versions": (versions, "Versions"),
    "list_objects": (objects, "Contents"),
    "list_objects_v2": (objects, "Contents"),
    "list_parts": (parts, "Parts"),
}


def operation(name):
    return "s3." + "".join(word.capitalize() for word in name.split("_"))


@pytest.fixture
def paged(control, endpoint, one, request, monkeypatch):
    """The paginator, filled with five of what it gives; what its calls are given, and where they stand in a page."""
    know_localhost()
    monkeypatch.setenv("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "true")
    make, listed = PAGES[request.param]
    connect = lambda **more: clients.client(endpoint.replace("127.0.0.1", "localhost"), "s3", **more)  # noqa: E731
    about = make(connect()) | {"PaginationConfig": {"PageSize": 2}}
    open = lambda **more: connect(**more).get_paginator(request.param).paginate(**about)  # noqa: E731
    return open, listed, operation(request.param)


@pytest.mark.parametrize("paged", PAGES, indirect=True)
def test_a_paginator_walks_all_pages(control, paged):
    pages, listed, name = paged
    assert [len(page[listed]) for page in pages()] == [2, 2, 1]
    assert len(control.requests(operation=name.removeprefix("s3."))) == 3


FAILURES = [({"error": "AccessDenied"}, ClientError), ({"connection": "close"}, ConnectionClosedError)]


def stop(control, paged, rule, error, **config):
    pages, listed, name = paged
    control.rules({"match": name, "nth": "2-"} | rule)
    walked = iter(pages(**config))
    assert len(next(walked)[listed]) == 2
    with pytest.raises(error):
        next(walked)


@pytest.mark.parametrize("paged", PAGES, indirect=True)
@pytest.mark.parametrize("rule, error", FAILURES, ids=["failure", "close"])
def test_a_paginator_fails_on_its_way(control, paged, rule, error):
    stop(control, paged, rule, error)


@pytest.mark.parametrize("paged", ["list_objects_v2"], indirect=True)
def test_a_paginator_waits_for_its_page(control, paged):
    stop(control, paged, {"connection": "blackhole"}, ReadTimeoutError, read_timeout=3)
