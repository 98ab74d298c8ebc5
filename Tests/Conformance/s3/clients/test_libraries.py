# SPDX-License-Identifier: Apache-2.0
"""Unchanged libraries on the S3 fake, each through the same life of objects: create, put, 64 MiB in parts, a list of
2,500 keys, a range, a copy, deletion, and the library's own error for what is not there."""

import asyncio
import io

import pytest
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

from .conftest import KEYS

MIB = 1 << 20
LARGE = b"".join(number.to_bytes(4, "big") * 256 for number in range(64 * MIB // 1024))
BYTES = b"0123456789"


@pytest.fixture
def one(many):
    """A bucket with a long list of keys."""
    return many()


def is_in_parts(s3, key):
    return "-" in s3.head_object(Bucket="one", Key=key)["ETag"]


def test_boto3_resource_and_transfers(s3, endpoint, one, tmp_path):
    from harness.clients import config, session

    options = config(s3={"addressing_style": "path"})
    resource = session().resource("s3", endpoint_url=endpoint, config=options)
    two = resource.create_bucket(Bucket="two")
    two.put_object(Key="small", Body=BYTES, Metadata={"k": "v"})
    assert two.Object("small").metadata == {"k": "v"}
    bucket = resource.Bucket(one)
    bucket.upload_fileobj(io.BytesIO(LARGE), "large", Config=TransferConfig(multipart_chunksize=8 * MIB))
    assert is_in_parts(s3, "large") and resource.Object(one, "large").content_length == 64 * MIB
    target = tmp_path / "large"
    bucket.download_file("large", str(target))
    assert target.read_bytes() == LARGE
    bucket.copy({"Bucket": one, "Key": "large"}, "copied", Config=TransferConfig(multipart_threshold=16 * MIB))
    assert resource.Object(one, "copied").get(Range="bytes=0-7")["Body"].read() == LARGE[:8]
    assert sum(1 for _ in bucket.objects.filter(Prefix="many/")) == KEYS
    with pytest.raises(resource.meta.client.exceptions.NoSuchKey):
        resource.Object(one, "none").get()
    with pytest.raises(ClientError) as caught:
        resource.Object(one, "none").load()
    assert caught.value.response["Error"]["Code"] == "404"
    bucket.objects.all().delete()
    bucket.delete()
    with pytest.raises(resource.meta.client.exceptions.NoSuchBucket):
        list(bucket.objects.all())


def test_pyarrow(s3, server, one):
    fs = pytest.importorskip("pyarrow.fs")
    host, port = server.address
    files = fs.S3FileSystem(
        access_key="123456789012", secret_key="test", region="us-east-1", scheme="http",
        endpoint_override=f"{host}:{port}", allow_bucket_creation=True, allow_bucket_deletion=True,
    )  # fmt: skip
    files.create_dir("two")
    with files.open_output_stream("two/small", metadata={"Content-Type": "text/x-small"}) as stream:
        stream.write(BYTES)
    assert s3.get_object(Bucket="two", Key="small")["Body"].read() == BYTES
    files.delete_file("two/small")
    with files.open_output_stream("one/large") as stream:
        stream.write(LARGE)
    assert is_in_parts(s3, "large")
    with files.open_input_file("one/large") as file:
        assert file.size() == 64 * MIB and file.read_at(8, 1024) == LARGE[1024:1032]
    assert len(files.get_file_info(fs.FileSelector("one/many"))) == KEYS
    files.copy_file("one/large", "two/copied")
    assert files.get_file_info("two/copied").size == 64 * MIB
    files.move("two/copied", "two/moved")
    assert files.get_file_info("two/copied").type == fs.FileType.NotFound
    with pytest.raises(FileNotFoundError):
        files.open_input_file("one/none")
    with pytest.raises(OSError, match="NO_SUCH_BUCKET"):
        files.get_file_info(fs.FileSelector("none"))
    files.delete_dir_contents("two")
    files.delete_dir("two")
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["one"]


def test_obstore(s3, endpoint, one):
    store_module = pytest.importorskip("obstore.store")
    import obstore

    store = store_module.S3Store(
        "one", endpoint=endpoint, access_key_id="123456789012", secret_access_key="test", region="us-east-1",
        client_options={"allow_http": True},
    )  # fmt: skip
    obstore.put(store, "small", BYTES, attributes={"Content-Type": "text/x-small"})
    obstore.put(store, "large", LARGE, chunk_size=8 * MIB)
    assert is_in_parts(s3, "large") and obstore.head(store, "large")["size"] == 64 * MIB
    assert bytes(obstore.get_range(store, "small", start=2, length=3)) == b"234"
    ranges = obstore.get_ranges(store, "large", starts=[0, MIB], lengths=[4, 4])
    assert [bytes(found) for found in ranges] == [LARGE[:4], LARGE[MIB : MIB + 4]]
    assert sum(len(batch) for batch in obstore.list(store, "many")) == KEYS
    obstore.copy(store, "small", "copied")
    assert bytes(obstore.get(store, "copied").bytes()) == BYTES
    # A write that must be the first, by If-None-Match.
    with pytest.raises(obstore.exceptions.AlreadyExistsError):
        obstore.put(store, "small", b"second", mode="create")
    etag = obstore.head(store, "small")["e_tag"]
    obstore.put(store, "small", b"second", mode={"e_tag": etag})
    with pytest.raises(obstore.exceptions.PreconditionError):
        obstore.put(store, "small", b"third", mode={"e_tag": etag})
    with pytest.raises(FileNotFoundError):
        obstore.get(store, "none")
    obstore.delete(store, ["small", "large", "copied"])
    assert "Contents" not in s3.list_objects_v2(Bucket="one", Prefix="small")
    with pytest.raises(FileNotFoundError):
        obstore.head(store, "small")


def test_deltalake(s3, endpoint, one):
    deltalake = pytest.importorskip("deltalake")
    pyarrow = pytest.importorskip("pyarrow")
    options = {
        "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "123456789012", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1", "AWS_ALLOW_HTTP": "true", "aws_conditional_put": "etag",
    }  # fmt: skip
    for start in (0, 3):
        rows = pyarrow.table({"n": list(range(start, start + 3))})
        deltalake.write_deltalake("s3://one/table", rows, mode="append", storage_options=options)
    table = deltalake.DeltaTable("s3://one/table", storage_options=options)
    assert table.version() == 1 and sorted(table.to_pyarrow_table()["n"].to_pylist()) == [0, 1, 2, 3, 4, 5]
    with pytest.raises(deltalake.exceptions.TableNotFoundError):
        deltalake.DeltaTable("s3://one/other", storage_options=options)


def test_minio(s3, server, one):
    minio = pytest.importorskip("minio")
    from minio.commonconfig import CopySource
    from minio.deleteobjects import DeleteObject

    store = minio.Minio(
        "%s:%d" % server.address, access_key="123456789012", secret_key="test", secure=False, region="us-east-1"
    )
    store.make_bucket("two")
    assert store.bucket_exists("two") and not store.bucket_exists("none")
    store.put_object("two", "small", io.BytesIO(BYTES), len(BYTES), metadata={"k": "v"}, content_type="text/x-small")
    assert store.stat_object("two", "small").metadata["x-amz-meta-k"] == "v"
    store.put_object("one", "large", io.BytesIO(LARGE), len(LARGE), part_size=8 * MIB)
    assert is_in_parts(s3, "large")
    answer = store.get_object("two", "small", offset=2, length=3)
    assert answer.read() == b"234"
    answer.close()
    answer.release_conn()
    assert sum(1 for _ in store.list_objects("one", prefix="many/")) == KEYS
    store.copy_object("two", "copied", CopySource("two", "small"))
    assert {found.object_name for found in store.list_objects("two")} == {"small", "copied"}
    with pytest.raises(minio.S3Error) as caught:
        store.get_object("two", "none")
    assert caught.value.code == "NoSuchKey" and caught.value.response.status == 404
    with pytest.raises(minio.S3Error) as caught:
        store.remove_bucket("two")
    assert caught.value.code == "BucketNotEmpty"
    assert list(store.remove_objects("two", [DeleteObject("small"), DeleteObject("copied")])) == []
    store.remove_bucket("two")


def test_s3fs(s3, endpoint, one, monkeypatch):
    s3fs = pytest.importorskip("s3fs")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    files = s3fs.S3FileSystem(
        key="123456789012", secret="test", endpoint_url=endpoint, use_listings_cache=False, skip_instance_cache=True
    )  # fmt: skip
    files.mkdir("two")
    with files.open("two/small", "wb") as file:
        file.write(BYTES)
    with files.open("one/large", "wb", block_size=8 * MIB) as file:
        file.write(LARGE)
    assert is_in_parts(s3, "large") and files.info("one/large")["size"] == 64 * MIB
    assert files.cat_file("two/small", start=2, end=5) == b"234"
    assert len(files.ls("one/many")) == KEYS
    files.copy("two/small", "two/copied")
    assert sorted(files.ls("two")) == ["two/copied", "two/small"]
    with pytest.raises(FileNotFoundError):
        files.cat_file("two/none")
    with pytest.raises(FileNotFoundError):
        files.ls("none")
    files.rm("two", recursive=True)
    assert not files.exists("two")


def test_aiobotocore(s3, endpoint, one):
    session_module = pytest.importorskip("aiobotocore.session")

    async def run():
        options = {"aws_access_key_id": "123456789012", "aws_secret_access_key": "test", "region_name": "us-east-1"}
        async with session_module.get_session().create_client("s3", endpoint_url=endpoint, **options) as store:
            await store.create_bucket(Bucket="two")
            await store.put_object(Bucket="two", Key="small", Body=BYTES)
            await store.copy_object(Bucket="two", Key="copied", CopySource={"Bucket": "two", "Key": "small"})
            copied = await store.get_object(Bucket="two", Key="copied")
            assert await copied["Body"].read() == BYTES
            made = await store.create_multipart_upload(Bucket="two", Key="large")
            upload = {"Bucket": "two", "Key": "large", "UploadId": made["UploadId"]}
            pieces = [LARGE[start : start + 8 * MIB] for start in range(0, len(LARGE), 8 * MIB)]
            parts = await asyncio.gather(
                *(store.upload_part(PartNumber=n, Body=piece, **upload) for n, piece in enumerate(pieces, 1))
            )
            told = [{"PartNumber": n, "ETag": part["ETag"]} for n, part in enumerate(parts, 1)]
            await store.complete_multipart_upload(MultipartUpload={"Parts": told}, **upload)
            answer = await store.get_object(Bucket="two", Key="large", Range="bytes=1024-1031")
            assert await answer["Body"].read() == LARGE[1024:1032]
            pages = store.get_paginator("list_objects_v2").paginate(Bucket="one", Prefix="many/")
            assert sum([len(page["Contents"]) async for page in pages]) == KEYS
            with pytest.raises(store.exceptions.NoSuchKey):
                await store.get_object(Bucket="two", Key="none")
            with pytest.raises(store.exceptions.ClientError, match="BucketNotEmpty"):
                await store.delete_bucket(Bucket="two")
            named = [{"Key": key} for key in ("small", "copied", "large")]
            await store.delete_objects(Bucket="two", Delete={"Objects": named})
            await store.delete_bucket(Bucket="two")

    asyncio.run(run())
