# SPDX-License-Identifier: Apache-2.0
"""Finds the server or the program, starts it where there is none yet, and stops what it started."""

import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from .control import AwryError

PATIENCE = 15.0


def program() -> str:
    """The program to start: AWRY_BIN, `awry` on PATH, or the release build of the checkout that this file is in."""
    named = os.environ.get("AWRY_BIN")
    if named:
        return named
    found = shutil.which("awry")
    if found:
        return found
    for folder in Path(__file__).resolve().parents:
        built = folder / ".build" / "release" / "awry"
        if (folder / "Package.swift").exists() and built.exists():
            return str(built)
    raise AwryError("no awry: set AWRY_ENDPOINT to a running server or AWRY_BIN to the program, or put it on PATH")


def leash() -> "list[str]":
    """What a command is begun with so that it gets SIGTERM when this process ends, also by SIGKILL.

    That is util-linux's setpriv. It counts the thread that starts the command as its parent, so that thread must last.
    """
    found = shutil.which("setpriv")
    return [found, "--pdeathsig", "TERM"] if found else []


class Server:
    """A server of our own, on a free port."""

    def __init__(self, scenarios: "list[str]"):
        """Starts it with these scenarios as the base of every sandbox, and returns once it answers."""
        command = [*leash(), program(), "serve", "--port", "0", "--quiet", *scenarios]
        reader, writer = os.pipe()
        with tempfile.TemporaryFile() as output, os.fdopen(reader, "rb", buffering=0) as ready:
            try:
                # Not the terminal's group: an interrupted run still speaks to it while its tests are torn down.
                self.process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                    pass_fds=[writer],
                    env={**os.environ, "AWRY_READY_FD": str(writer)},
                )
            except OSError as error:
                raise AwryError(f"{' '.join(command)}: {error}") from error
            finally:
                os.close(writer)
            self.endpoint = endpoint(ready)
            if not self.endpoint:
                self.stop()
                output.seek(0)
                raise AwryError(f"{' '.join(command)} does not serve:\n{output.read().decode('utf-8', 'replace')}")

    def stop(self) -> int:
        """Stops it by SIGTERM, and if it does not listen by SIGKILL. Gives its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def endpoint(ready) -> str:
    """What the server tells when it answers; an empty text where it ends without a word, or the time is up."""
    deadline = time.monotonic() + PATIENCE
    text = b""
    while not text.endswith(b"\n"):
        is_there, _, _ = select.select([ready], [], [], max(0, deadline - time.monotonic()))
        read = ready.read(4096) if is_there else b""
        if not read:
            return ""
        text += read
    return text.decode().strip()
