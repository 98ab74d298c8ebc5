# SPDX-License-Identifier: Apache-2.0
"""Five gibibytes through parts and ranges, and thousands of objects in files, in bounded memory.

It needs 13 GiB of disk and some minutes, so it runs where AWRY_LARGE is set; `-s` shows its figures.
"""

import os
import re

import pytest

from harness import clients
from harness.control import Control
from harness.raw import SCOPE, Wire
from harness.server import Server

from .test_large_bodies import files, kept, memory

pytestmark = pytest.mark.skipif("AWRY_LARGE" not in os.environ, reason="AWRY_LARGE is not set")

MIB, GIB = 1 << 20, 1 << 30
PART, PARTS = 64 * MIB, 80
OBJECTS = 2500
# What design promises of bodies of 64 MiB: memory beyond what was there, and CPU seconds a GiB.
MEMORY, CPU_PUT, CPU_GET = 24 * MIB, 4, 0.5


@pytest.fixture
def alone():
    running = Server("--quiet", AWRY_ENDPOINT="")
    clients.client(running.endpoint, "s3").create_bucket(Bucket="large")
    yield running
    assert running.stop() == 0


class Meter:
    """What the server's work cost since it was set."""

    def __init__(self, server):
        self.server, self.began, self.idle = server, server.cpu(), memory(server)

    def show(self, what, count, cpu):
        """Prints the figures beside what is promised. CPU seconds grow with what else the machine does; memory is
        held to its promise."""
        spent = (self.server.cpu() - self.began) * GIB / count
        more = memory(self.server, "VmHWM") - self.idle
        figures = f"{count / GIB:.1f} GiB, {spent:.2f} CPU s a GiB (promised {cpu}), {more / MIB:.1f} MiB above idle"
        print(f"\n{what}: {figures}")
        assert more < MEMORY


def put(wire, path, body):
    head = f"PUT {path} HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}Content-Length: {len(body)}\r\n\r\n"
    wire.send(head)
    wire.socket.sendall(body)
    answer = wire.answer()
    assert answer.status == 200, answer.body
    return answer.header("etag")


def reads(wire, path, first, buffer):
    """Reads a range as long as the buffer into it."""
    last = first + len(buffer) - 1
    wire.send(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}Range: bytes={first}-{last}\r\n\r\n")
    head = wire.until(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 206") and int(re.search(rb"Content-Length: (\d+)", head)[1]) == len(buffer)
    view = memoryview(buffer)
    view[: len(wire.rest)] = wire.rest
    done, wire.rest = len(wire.rest), b""
    while done < len(buffer):
        done += wire.socket.recv_into(view[done:])


def test_five_gibibytes_go_in_and_out(alone):
    s3 = clients.client(alone.endpoint, "s3")
    body = os.urandom(PART)
    marked = lambda number: number.to_bytes(8, "big") + body[8:]  # noqa: E731
    with Wire(alone.address, timeout=60) as wire:
        upload = {"Bucket": "large", "Key": "k"}
        upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
        about = f"/large/k?uploadId={upload['UploadId']}"
        meter = Meter(alone)
        tags = [put(wire, f"{about}&partNumber={number}", marked(number)) for number in range(1, PARTS + 1)]
        meter.show("in, by parts", PART * PARTS, CPU_PUT)
        told = [{"PartNumber": number, "ETag": tag} for number, tag in enumerate(tags, 1)]
        s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": told})
        assert s3.head_object(Bucket="large", Key="k")["ContentLength"] == PART * PARTS == 5 * GIB
        meter, buffer = Meter(alone), bytearray(PART)
        for number in range(PARTS):
            reads(wire, "/large/k", PART * number, buffer)
            assert buffer[:8] == (number + 1).to_bytes(8, "big") and buffer[8:] == body[8:]
        meter.show("out, by ranges", PART * PARTS, CPU_GET)
        # A range across two parts.
        across = bytearray(16)
        reads(wire, "/large/k", PART - 8, across)
        assert across == body[-8:] + (2).to_bytes(8, "big")
    assert len(files(alone)) <= 2 and kept(alone) >= 5 * GIB
    s3.delete_object(Bucket="large", Key="k")
    assert kept(alone) < MIB


def test_thousands_of_objects_in_files(alone):
    body = os.urandom(MIB + 1)
    with Wire(alone.address, timeout=60) as wire:
        before, meter = alone.descriptors(), Meter(alone)
        for number in range(OBJECTS):
            put(wire, f"/large/{number}", number.to_bytes(8, "big") + body[8:])
        meter.show(f"{OBJECTS} objects in", OBJECTS * len(body), CPU_PUT)
        assert alone.descriptors() <= before + 2
        meter, buffer = Meter(alone), bytearray(len(body))
        for number in range(OBJECTS):
            reads(wire, f"/large/{number}", 0, buffer)
            assert buffer[:8] == number.to_bytes(8, "big")
        # Each costs a request beside its bytes.
        meter.show(f"{OBJECTS} objects out", OBJECTS * len(body), 2 * CPU_GET)
    Control(alone.endpoint).reset()
    assert kept(alone) < MIB
