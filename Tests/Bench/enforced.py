# SPDX-License-Identifier: Apache-2.0
"""What judging costs: GetObject by a user with 50 policies of 20 statements, each server asked for nothing, for
signatures, and for rights too; CPU of the server for each request."""

import json
import os
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import boto3
from botocore.awsrequest import AWSResponse
from botocore.config import Config

ROOT = Path(__file__).resolve().parents[2]
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "20000"))


def document(policy: int) -> str:
    """20 statements, of which the last one of the last policy is the one that allows."""
    statements = [
        {
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": f"arn:aws:s3:::other-{policy}-{number}/*",
        }
        for number in range(19)
    ]
    last = "arn:aws:s3:::judged/*" if policy == 49 else f"arn:aws:s3:::judgee-{policy}/*"
    statements.append({"Effect": "Allow", "Action": "s3:Get*", "Resource": last})
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


class Running:
    def __init__(self, mode: str):
        binary = os.environ.get("AWRY_BIN", str(ROOT / ".build/release/awry"))
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        command = [binary, "serve", "--quiet", "--port", str(self.port), "--auth", mode]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        for _ in range(500):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_awry/health", timeout=1).close()
                return
            except OSError:
                time.sleep(0.02)

    def client(self, service: str, key: str = "123456789012", secret: str = "test"):
        return boto3.client(
            service,
            endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name="us-east-1",
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            config=Config(s3={"addressing_style": "path"}),
        )

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/schedstat").read_text().split()
        threads = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9 if fields else 0


def request(running: Running) -> bytes:
    """GetObject as botocore signs it, by a user whose groups hold the policies."""
    s3, iam = running.client("s3"), running.client("iam")
    s3.create_bucket(Bucket="judged")
    s3.put_object(Bucket="judged", Key="k", Body=b"x" * 1024)
    iam.create_user(UserName="judged")
    for group in range(5):
        iam.create_group(GroupName=f"g{group}")
        iam.add_user_to_group(GroupName=f"g{group}", UserName="judged")
        for number in range(group * 10, group * 10 + 10):
            policy = iam.create_policy(PolicyName=f"p{number}", PolicyDocument=document(number))["Policy"]["Arn"]
            iam.attach_group_policy(GroupName=f"g{group}", PolicyArn=policy)
    key = iam.create_access_key(UserName="judged")["AccessKey"]
    made = running.client("s3", key["AccessKeyId"], key["SecretAccessKey"])
    kept = {}

    def keep(request, **_):
        kept["headers"] = {name: v.decode() if isinstance(v, bytes) else str(v) for name, v in request.headers.items()}
        answer = AWSResponse(request.url, 200, {}, None)
        answer._content = b""
        return answer

    made.meta.events.register("before-send", keep)
    made.get_object(Bucket="judged", Key="k")
    lines = "".join(f"{name}: {value}\r\n" for name, value in kept["headers"].items() if name.lower() != "host")
    return f"GET /judged/k HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n{lines}\r\n".encode()


def measured(mode: str) -> float:
    """Microseconds of CPU for each request."""
    running = Running(mode)
    try:
        asked = request(running)
        with socket.create_connection(("127.0.0.1", running.port)) as connection:
            connection.sendall(asked)
            first = connection.recv(1 << 16)
            assert first.startswith(b"HTTP/1.1 200"), first[:400]
            time.sleep(0.1)
            # One request after the other, as SDKs send them: none pipelines.
            for count in (REQUESTS // 10, REQUESTS):
                before = running.cpu()
                for _ in range(count):
                    connection.sendall(asked)
                    rest = b""
                    while not rest.endswith(b"x" * 1024):
                        rest += connection.recv(1 << 16)
                    assert rest.startswith(b"HTTP/1.1 200"), rest[:400]
                spent = running.cpu() - before
        return spent / count * 1e6
    finally:
        running.process.terminate()
        running.process.wait()


def compare() -> list[tuple[str, float, float]]:
    """Says what judging costs; its budget."""
    figures = {mode: measured(mode) for mode in ("off", "verify", "enforce")}
    print("| GetObject, 1 KiB, 50 policies of 20 statements | CPU, µs a request |\n| --- | ---: |")
    for mode, figure in figures.items():
        print(f"| `--auth {mode}` | {figure:.1f} |")
    print()
    return [("CPU of GetObject under enforce, of the CPU without", figures["enforce"] / figures["off"], 1.5)]
