# SPDX-License-Identifier: Apache-2.0
"""Event streams as a client writes them: botocore reads such messages, but writes none."""

import json
import struct
import zlib


def header(name: str, kind: int, value: bytes) -> bytes:
    return bytes([len(name)]) + name.encode() + bytes([kind]) + value


def text(name: str, value: str) -> bytes:
    return header(name, 7, struct.pack("!H", len(value.encode())) + value.encode())


def message(headers: list[bytes], payload: bytes = b"") -> bytes:
    """One message with its two checksums."""
    head = b"".join(headers)
    prelude = struct.pack("!II", len(head) + len(payload) + 16, len(head))
    whole = prelude + struct.pack("!I", zlib.crc32(prelude)) + head + payload
    return whole + struct.pack("!I", zlib.crc32(whole))


def event(name: str, members: dict) -> bytes:
    """An event whose members are its payload, as JSON."""
    headers = [text(":event-type", name), text(":content-type", "application/json"), text(":message-type", "event")]
    return message(headers, json.dumps(members).encode())


def signed(payload: bytes) -> bytes:
    """A message around another's bytes with a signature (of no value); around nothing it ends the stream."""
    date = header(":date", 8, struct.pack("!q", 1_700_000_000_000))
    return message([date, header(":chunk-signature", 6, struct.pack("!H", 32) + bytes(32))], payload)
