# SPDX-License-Identifier: Apache-2.0
"""Listings: order, prefixes, delimiters, pages, and a seeded comparison with a plain model of them."""

import random

import pytest

from .asking import refused

KEYS = sorted(["a", "a/1", "a/2/x", "a/2/y", "b", "b-1", "b/1", "c/", "é", "e\u0301", "\U0001f600", "\uffee"],
              key=lambda key: key.encode())  # fmt: skip


@pytest.fixture
def filled(s3, bucket):
    for key in reversed(KEYS):
        s3.put_object(Bucket=bucket, Key=key)
    return bucket


def seen(page):
    contents = [entry["Key"] for entry in page.get("Contents", [])]
    return contents, [entry["Prefix"] for entry in page.get("CommonPrefixes", [])]


def test_keys_stand_in_the_order_of_their_bytes(s3, filled):
    assert seen(s3.list_objects_v2(Bucket=filled)) == (KEYS, [])
    assert seen(s3.list_objects(Bucket=filled)) == (KEYS, [])


@pytest.mark.parametrize(
    ("parameters", "contents", "prefixes"),
    [
        ({"Prefix": "a"}, ["a", "a/1", "a/2/x", "a/2/y"], []),
        ({"Prefix": "a/", "Delimiter": "/"}, ["a/1"], ["a/2/"]),
        ({"Prefix": "b", "Delimiter": "/"}, ["b", "b-1"], ["b/"]),
        ({"Prefix": "c/", "Delimiter": "/"}, ["c/"], []),
        ({"Prefix": "a", "Delimiter": "/2/"}, ["a", "a/1"], ["a/2/"]),
        ({"Prefix": "none"}, [], []),
        ({"MaxKeys": 0}, [], []),
        ({"StartAfter": "b-1", "Prefix": "b"}, ["b/1"], []),
    ],
)
def test_prefixes_and_delimiters(s3, filled, parameters, contents, prefixes):
    answer = s3.list_objects_v2(Bucket=filled, **parameters)
    assert seen(answer) == (contents, prefixes)
    assert answer["KeyCount"] == len(contents) + len(prefixes) and not answer["IsTruncated"]
    assert (answer["Prefix"], answer["Name"]) == (parameters.get("Prefix", ""), filled)


def test_what_a_listing_says(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"content", StorageClass="STANDARD_IA")
    [entry] = s3.list_objects_v2(Bucket=bucket)["Contents"]
    assert (entry["Size"], entry["StorageClass"], len(entry["ETag"])) == (7, "STANDARD_IA", 34)
    assert entry["LastModified"].isoformat().startswith("2026-03-01T12:00:00") and "Owner" not in entry
    assert len(s3.list_objects_v2(Bucket=bucket, FetchOwner=True)["Contents"][0]["Owner"]["ID"]) == 64
    assert "Owner" in s3.list_objects(Bucket=bucket)["Contents"][0]


def test_the_first_listings_markers(s3, filled):
    page = s3.list_objects(Bucket=filled, MaxKeys=2)
    assert page["IsTruncated"] and "NextMarker" not in page
    page = s3.list_objects(Bucket=filled, MaxKeys=2, Delimiter="/")
    assert seen(page) == (["a"], ["a/"]) and page["NextMarker"] == "a/"
    page = s3.list_objects(Bucket=filled, Delimiter="/", Marker="a/", MaxKeys=1)
    assert seen(page) == (["b"], []) and page["Marker"] == "a/"


def test_listings_that_cannot_be(s3, filled):
    token = {"ArgumentName": "continuation-token", "ArgumentValue": "x"}
    refused(400, "InvalidArgument", s3.list_objects_v2, token, Bucket=filled, ContinuationToken="x")
    for call in (s3.list_objects, s3.list_objects_v2, s3.list_object_versions):
        refused(400, "InvalidArgument", call, {"ArgumentName": "max-keys", "ArgumentValue": "-1"}, Bucket=filled,
                MaxKeys=-1)  # fmt: skip
        refused(404, "NoSuchBucket", call, {"BucketName": "none"}, Bucket="none")
    assert s3.list_objects_v2(Bucket=filled, MaxKeys=5000)["MaxKeys"] == 1000


def model(keys, prefix, delimiter, after):
    """What a listing shows: keys, and groups of keys, in order."""
    shown = []
    for key in sorted(keys, key=str.encode):
        if not key.startswith(prefix) or key.encode() <= after.encode() and after:
            continue
        rest = key[len(prefix) :]
        group = prefix + rest[: rest.index(delimiter)] + delimiter if delimiter and delimiter in rest else None
        if group is None:
            shown.append(key)
        elif group not in shown and not after.startswith(group):
            shown.append(group)
    return shown


def test_pages_against_a_model(s3, bucket):
    chance = random.Random(20260301)
    keys = {"".join(chance.choice("ab/é") for _ in range(chance.randint(1, 5))) for _ in range(60)}
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key)
    for _ in range(60):
        prefix = chance.choice(["", "a", "a/", "b", "é"])
        delimiter = chance.choice(["", "/", "a", "b/"])
        after = chance.choice(["", "a", "a/", "b/a", "zz"])
        size = chance.randint(1, 7)
        pages = s3.get_paginator("list_objects_v2").paginate(
            Bucket=bucket, Prefix=prefix, Delimiter=delimiter, StartAfter=after, PaginationConfig={"PageSize": size}
        )
        found = []
        for page in pages:
            contents, groups = seen(page)
            assert len(contents) + len(groups) == page["KeyCount"] <= size
            found += sorted(contents + groups, key=str.encode)
        assert found == model(keys, prefix, delimiter, after), (prefix, delimiter, after, size)
