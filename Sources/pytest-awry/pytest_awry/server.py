# SPDX-License-Identifier: Apache-2.0
"""Finds the server or the program, starts it where there is none yet, and stops what it started."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from .control import AwryError

PATIENCE = 15.0
ADDRESS = re.compile(rb"http://[0-9a-z.:\[\]-]+:\d+")


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
        """Starts it with these scenarios as the base of every sandbox, and returns once it serves."""
        command = [*leash(), program(), "serve", "--port", "0", "--quiet", *scenarios]
        # Not the terminal's group: an interrupted run still speaks to it while its tests are torn down.
        with tempfile.TemporaryFile() as output:
            try:
                self.process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
                )
            except OSError as error:
                raise AwryError(f"{' '.join(command)}: {error}") from error
            self.endpoint = self._address(command, output)

    def _address(self, command: "list[str]", output) -> str:
        deadline = time.monotonic() + PATIENCE
        while True:
            has_ended = self.process.poll() is not None
            output.seek(0)
            text = output.read()
            found = ADDRESS.search(text)
            # The line is printed when the port answers. A line that is still being written has no end yet.
            if found and b"\n" in text[found.end() :]:
                return found[0].decode()
            if has_ended or time.monotonic() > deadline:
                self.stop()
                raise AwryError(f"{' '.join(command)} does not serve:\n{text.decode('utf-8', 'replace')}")
            time.sleep(0.005)

    def stop(self) -> int:
        """Stops it by SIGTERM, and if it does not listen by SIGKILL. Gives its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
