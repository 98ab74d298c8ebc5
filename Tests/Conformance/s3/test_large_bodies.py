# SPDX-License-Identifier: Apache-2.0
"""Bodies that are not held in memory: how they come in, go out, break, and are given back."""

import base64
import hashlib
import os
import socket
import subprocess
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

from harness import clients
from harness.control import Control
from harness.raw import SCOPE, Wire
from harness.server import Server

MIB = 1 << 20
LARGE = os.urandom(3 * MIB + 17)


@pytest.fixture(scope="module")
def alone():
    """A server of this module's own, whose memory and files are looked at."""
    running = Server("--quiet", AWRY_ENDPOINT="")
    yield running
    assert running.stop() == 0


@pytest.fixture
def s3(alone):
    Control(alone.endpoint).clear()
    made = clients.client(alone.endpoint, "s3")
    made.create_bucket(Bucket="large")
    return made


def memory(server, what="VmRSS") -> int:
    """The server's memory in bytes."""
    with open(f"/proc/{server.process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(what)) * 1024


def files(server) -> list[os.stat_result]:
    """The nameless files in which the server keeps bodies."""
    folder = f"/proc/{server.process.pid}/fd"
    found = []
    for name in os.listdir(folder):
        # A connection or a body may close between the listing and the look at it: it is no longer kept then.
        with suppress(FileNotFoundError):
            if "/awry-" in os.readlink(f"{folder}/{name}"):
                found.append(os.stat(f"{folder}/{name}"))
    return found


def kept(server) -> int:
    """How many bytes of disk they take."""
    return sum(file.st_blocks * 512 for file in files(server))


def test_an_object_is_the_same_again(s3):
    put = s3.put_object(Bucket="large", Key="k", Body=LARGE)
    assert put["ETag"].strip('"') == hashlib.md5(LARGE).hexdigest()
    assert s3.get_object(Bucket="large", Key="k")["Body"].read() == LARGE
    assert s3.head_object(Bucket="large", Key="k")["ContentLength"] == len(LARGE)


@pytest.mark.parametrize("first, last", [(0, 0), (1, MIB), (MIB - 1, 2 * MIB + 3), (len(LARGE) - 5, len(LARGE) + 5)])
def test_a_range_comes_from_the_file(s3, first, last):
    s3.put_object(Bucket="large", Key="k", Body=LARGE)
    answer = s3.get_object(Bucket="large", Key="k", Range=f"bytes={first}-{last}")
    assert answer["Body"].read() == LARGE[first : last + 1]
    assert answer["ContentRange"] == f"bytes {first}-{min(last, len(LARGE) - 1)}/{len(LARGE)}"


@pytest.mark.parametrize("size", [MIB - 1, MIB, MIB + 1])
@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
def test_checksums_of_what_is_held_and_what_is_not(s3, size, algorithm):
    body = LARGE[:size]
    s3.put_object(Bucket="large", Key="k", Body=body, ChecksumAlgorithm=algorithm)
    answer = s3.get_object(Bucket="large", Key="k", ChecksumMode="ENABLED")
    assert answer["Body"].read() == body and answer[f"Checksum{algorithm}"]


def test_a_wrong_hash_stores_nothing(s3):
    with pytest.raises(ClientError) as caught:
        s3.put_object(Bucket="large", Key="wrong", Body=LARGE, ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg==")
    assert caught.value.response["Error"]["Code"] == "BadDigest"
    head = {"x-amz-content-sha256": hashlib.sha256(b"other").hexdigest()}

    def lie(request, **_):
        for name, value in head.items():
            del request.headers[name]
            request.headers[name] = value

    s3.meta.events.register("before-send.s3.PutObject", lie)
    with pytest.raises(ClientError) as caught:
        s3.put_object(Bucket="large", Key="wrong", Body=LARGE)
    assert caught.value.response["Error"]["Code"] == "XAmzContentSHA256Mismatch"
    assert caught.value.response["Error"]["ClientComputedContentSHA256"] == head["x-amz-content-sha256"]
    assert "Contents" not in s3.list_objects_v2(Bucket="large")


def test_memory_does_not_grow_with_the_body(alone, s3):
    body = os.urandom(64 * MIB)
    s3.put_object(Bucket="large", Key="warm", Body=b"x" * 1000)
    idle = memory(alone)
    s3.put_object(Bucket="large", Key="k", Body=body)
    assert s3.get_object(Bucket="large", Key="k")["Body"].read() == body
    assert memory(alone, "VmHWM") < idle + 24 * MIB
    assert kept(alone) >= len(body)
    s3.delete_object(Bucket="large", Key="k")
    assert kept(alone) < MIB, "a deleted object's room must go back"


def test_parts_are_joined_where_they_lie(alone, s3):
    config = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB, max_concurrency=4)
    body = os.urandom(23 * MIB + 1)
    source = f"/tmp/awry-parts-{os.getpid()}"
    with open(source, "wb") as file:
        file.write(body)
    try:
        s3.upload_file(source, "large", "parts", Config=config)
    finally:
        os.unlink(source)
    before = kept(alone)
    s3.copy_object(Bucket="large", Key="copy", CopySource="large/parts")
    assert kept(alone) == before, "a copy must share its bytes"
    for first in (0, 5 * MIB - 3, 20 * MIB, 23 * MIB):
        answer = s3.get_object(Bucket="large", Key="copy", Range=f"bytes={first}-{first + 9}")
        assert answer["Body"].read() == body[first : first + 10]
    assert s3.get_object(Bucket="large", Key="parts")["Body"].read() == body


def test_many_objects_need_few_descriptors(alone, s3):
    body = b"x" * (MIB + 1)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: s3.put_object(Bucket="large", Key=str(number), Body=body), range(200)))
    assert len(files(alone)) == 1
    assert s3.get_object(Bucket="large", Key="199")["Body"].read() == body
    Control(alone.endpoint).reset()
    assert kept(alone) < MIB


def test_chunks_signed_and_trailers(alone, s3):
    """aws-chunked inside chunked, as SDKs send what they cannot measure; the trailing checksum counts."""
    data = LARGE[: 2 * MIB]
    coded = b""
    for start in range(0, len(data), 65536):
        piece = data[start : start + 65536]
        coded += b"%x\r\n%s\r\n" % (len(piece), piece)
    for checksum, status in (("AAAAAA==", 400), (None, 200)):
        right = base64.b64encode(zlib.crc32(data).to_bytes(4, "big")).decode()
        body = coded + b"0\r\nx-amz-checksum-crc32:%s\r\n\r\n" % (checksum or right).encode()
        with Wire(alone.address) as wire:
            wire.send(
                f"PUT /large/chunked HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}"
                "Transfer-Encoding: chunked\r\nContent-Encoding: aws-chunked\r\nx-amz-trailer: x-amz-checksum-crc32\r\n"
                f"x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\n"
                f"x-amz-decoded-content-length: {len(data)}\r\n\r\n".encode()
            )
            for start in range(0, len(body), 100_000):
                piece = body[start : start + 100_000]
                wire.send(b"%x\r\n%s\r\n" % (len(piece), piece))
            wire.send(b"0\r\n\r\n")
            answer = wire.answer()
        assert answer.status == status, answer.body
    assert s3.get_object(Bucket="large", Key="chunked")["Body"].read() == data


@pytest.mark.parametrize("fault, after", [("resetMidBody", 2 * MIB), ("truncate", MIB + 3), ("stall", MIB)])
def test_faults_cut_what_lies_in_a_file(alone, s3, fault, after):
    s3.put_object(Bucket="large", Key="k", Body=LARGE)
    rule = {"match": "s3.GetObject", "connection": {"fault": fault, "after": after}}
    Control(alone.endpoint).load({"scenario": "cut", "rules": [rule]})
    with Wire(alone.address, timeout=1) as wire:
        wire.send(f"GET /large/k HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}\r\n")
        head = wire.until(b"\r\n\r\n")
        assert f"Content-Length: {len(LARGE)}".encode() in head
        assert wire.exactly(after) == LARGE[:after]
        with pytest.raises((EOFError, ConnectionResetError, TimeoutError)):
            wire.exactly(1)


def test_a_chunk_of_a_file(alone, s3):
    s3.put_object(Bucket="large", Key="k", Body=LARGE)
    rule = {"match": "s3.GetObject", "connection": {"fault": "badChunk", "after": MIB}}
    Control(alone.endpoint).load({"scenario": "cut", "rules": [rule]})
    with Wire(alone.address) as wire:
        wire.send(f"GET /large/k HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}\r\n")
        wire.until(b"\r\n\r\n")
        assert wire.until(b"\r\n") == b"100000" and wire.exactly(MIB + 2) == LARGE[:MIB] + b"\r\n"
        assert wire.to_end() == b"zz\r\n"


def test_a_slow_file(alone, s3):
    s3.put_object(Bucket="large", Key="k", Body=LARGE)
    rule = {"match": "s3.GetObject", "bandwidth": "8MiB/s"}
    Control(alone.endpoint).load({"scenario": "slow", "rules": [rule]})
    begun = time.monotonic()
    assert s3.get_object(Bucket="large", Key="k")["Body"].read() == LARGE
    assert time.monotonic() - begun > 0.3


def test_one_bit_is_damaged(alone, s3):
    s3.put_object(Bucket="large", Key="k", Body=LARGE)
    control = Control(alone.endpoint)
    control.load({"scenario": "damaged", "rules": [{"match": "s3.GetObject", "corrupt": "body"}]})
    trusting = clients.client(alone.endpoint, "s3", response_checksum_validation="when_required")
    got = trusting.get_object(Bucket="large", Key="k")["Body"].read()
    assert len(got) == len(LARGE)
    assert [index for index in range(len(got)) if got[index] != LARGE[index]] == [len(LARGE) // 2]


def test_a_client_that_goes_is_no_harm(alone, s3):
    """`sendfile` to a closed connection raises SIGPIPE where nobody holds it back."""
    s3.put_object(Bucket="large", Key="k", Body=LARGE * 4)
    for _ in range(20):
        with socket.create_connection(alone.address) as plain:
            plain.sendall(f"GET /large/k HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}\r\n".encode())
            plain.recv(1000)
    assert s3.get_object(Bucket="large", Key="k", Range="bytes=0-1")["Body"].read() == LARGE[:2]


def test_curl_expects_to_continue(alone, s3, tmp_path):
    source = tmp_path / "body"
    source.write_bytes(LARGE)
    url = f"{alone.endpoint}/large/curl"
    command = ["curl", "-sS", "-m", "20", "-H", "Expect: 100-continue", "-T", str(source), "-D", "-", url]
    begun = time.monotonic()
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "100 Continue" in told and "200 OK" in told
    assert time.monotonic() - begun < 20
    got = subprocess.run(["curl", "-sS", "-r", "5-9", url], capture_output=True, check=True).stdout
    assert got == LARGE[5:10]
