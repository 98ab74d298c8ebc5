# SPDX-License-Identifier: Apache-2.0
"""Starts the server that is under test, and stops it."""

import os
import re
import signal
import subprocess
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "Fixtures"


def binary() -> str:
    """The built program: AWRY_BIN, else the release build."""
    return os.environ.get("AWRY_BIN", str(ROOT / ".build/release/awry"))


class Server:
    """A running `awry serve`, or the one that AWRY_ENDPOINT names (which is then left running)."""

    def __init__(self, *arguments: str, **environment: str):
        self.endpoint = os.environ.get("AWRY_ENDPOINT", "").rstrip("/")
        self.process = None
        self.lines: list[str] = []
        if not self.endpoint:
            self.start(arguments, environment)

    def start(self, arguments, environment) -> None:
        command = [binary(), "serve", "--port", "0", *arguments]
        self.process = subprocess.Popen(
            command,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        ready = threading.Event()
        threading.Thread(target=self.read, args=(ready,), daemon=True).start()
        if not ready.wait(15) or not self.endpoint:
            self.stop()
            raise RuntimeError(f"{' '.join(command)} did not say where it serves:\n" + "\n".join(self.lines))
        self.wait_until_answering()

    def read(self, ready) -> None:
        """Collects what the server prints; the first address in it is the endpoint."""
        with self.process.stdout as printed:
            for line in printed:
                self.lines.append(line.rstrip("\n"))
                found = re.search(r"http://[0-9a-z.:\[\]-]+:\d+", line)
                if found and not self.endpoint:
                    self.endpoint = found.group(0)
                    ready.set()
        ready.set()

    def wait_until_answering(self) -> None:
        for _ in range(200):
            try:
                with urllib.request.urlopen(self.endpoint + "/_awry/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("the server does not answer GET /_awry/health")

    @property
    def address(self) -> tuple[str, int]:
        host, port = self.endpoint.removeprefix("http://").rsplit(":", 1)
        return host, int(port)

    def descriptors(self) -> int:
        """How many files and connections the server has open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def cpu(self) -> float:
        """CPU seconds that the server has used; 0 where it is not ours. Unlike a time, it does not depend on what
        else the machine does."""
        if self.process is None:
            return 0
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> int | None:
        """Stops it by SIGTERM and gives its exit status; None for a server that was here before."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def awry(*arguments: str, **options) -> subprocess.CompletedProcess:
    """Runs a subcommand to its end."""
    return subprocess.run(
        [binary(), *arguments], capture_output=True, text=True, encoding="utf-8", timeout=60, **options
    )
