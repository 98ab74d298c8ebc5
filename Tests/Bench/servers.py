# SPDX-License-Identifier: Apache-2.0
"""The servers that the benchmark compares, each started on a free port and measured through /proc."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import ClassVar

ROOT = Path(__file__).resolve().parents[2]
# AWS's usual message names the stream, so the body is read before the answer is made.
SCENARIO = """\
scenario: bench
rules:
  - match: kinesis.DescribeStream
    error: LimitExceededException
"""
# The same answer, byte for byte, decided and made from the request's head alone.
FIXED = """\
scenario: bench
rules:
  - match: kinesis.DescribeStream
    error: { code: LimitExceededException, message: "%s" }
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Server:
    """A process (and its children) that answers on a port."""

    name = ""
    # Those that run, for whoever ends before they do.
    running: ClassVar[list["Server"]] = []

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()
        self.process = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def start(self, request: bytes) -> tuple[float, float]:
        """Starts it; gives the seconds and the CPU seconds until its first answer."""
        command = self.command()
        began = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        Server.running.append(self)
        while not self.answers(request):
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} ended with status {self.process.returncode}: {' '.join(command)}")
            if time.perf_counter() - began > 60:
                raise RuntimeError(f"{self.name} does not answer")
            time.sleep(0.0005)
        return time.perf_counter() - began, self.exact_cpu()

    def answers(self, request: bytes) -> bool:
        return bool(self.ask(request))

    def ask(self, request: bytes) -> bytes:
        """The first bytes of an answer to this request; nothing where none comes."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(request)
                return connection.recv(65536)
        except OSError:
            return b""

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
            self.process = None
            Server.running.remove(self)

    def pids(self) -> list[int]:
        found = [self.process.pid]
        for pid in found:
            children = Path(f"/proc/{pid}/task/{pid}/children")
            found += [int(child) for child in children.read_text().split()]
        return found

    def cpu(self) -> float:
        """CPU seconds so far, in ticks of 10 ms: user and system, ended threads included, over all processes."""
        ticks = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def exact_cpu(self) -> float:
        """CPU seconds so far to the nanosecond, over the threads that live: for what is over in a few ticks."""
        total = 0
        for pid in self.pids():
            for thread in Path(f"/proc/{pid}/task").iterdir():
                try:
                    total += int((thread / "schedstat").read_text().split()[0])
                except (FileNotFoundError, ProcessLookupError):
                    continue
        return total / 1e9

    def resident(self) -> float:
        """Resident memory in MiB; what processes share is counted once (PSS)."""
        total = 0
        for pid in self.pids():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().split("\n"):
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        return total / 1024

    def descriptors(self) -> int:
        return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in self.pids())


class Awry(Server):
    name = "awry"
    scenario = SCENARIO

    def command(self):
        path = self.folder / "bench.yaml"
        path.write_text(self.scenario)
        binary = os.environ.get("AWRY_BIN", str(ROOT / ".build/release/awry"))
        return [binary, "serve", "--quiet", "--port", str(self.port), str(path)]


class Nginx(Server):
    name = "nginx"
    # The answer it gives, and the header that makes it as long as ours: set before it is started.
    body = "{}"
    filler = "x"

    def command(self):
        path = self.folder / "nginx.conf"
        path.write_text(
            f"""\
daemon off;
worker_processes 2;
pid {self.folder}/nginx.pid;
error_log /dev/null crit;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    server_tokens off;
    keepalive_requests 1000000000;
    client_body_temp_path {self.folder}/body;
    server {{
        listen 127.0.0.1:{self.port} backlog=4096;
        location / {{
            default_type application/x-amz-json-1.1;
            add_header x-amzn-RequestId 01234567-89ab-cdef-0123-456789abcdef always;
            add_header X-Filler {self.filler} always;
            return 400 '{self.body}';
        }}
    }}
}}
"""
        )
        binary = next(path for path in ("/usr/sbin/nginx", "/usr/bin/nginx") if os.path.exists(path))
        return [binary, "-c", str(path)]


class Moto(Server):
    name = "moto"

    def command(self):
        return [str(Path(sys.executable).with_name("moto_server")), "-p", str(self.port)]
