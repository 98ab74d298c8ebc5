# SPDX-License-Identifier: Apache-2.0
"""What judging costs: GetObject by a user with 50 policies of 20 statements, each server asked for nothing, for
signatures, and for rights too. They take turns, so that what else the machine does is each one's alike."""

import json
import os
import statistics
from pathlib import Path

import boto3
from botocore.config import Config
from load import Load, captured, script
from objects import head
from servers import Awry

SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
ROUNDS = 5


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


class Judging(Awry):
    """Awry with one mode of authentication, and GetObject as botocore signs it, by a user whose groups hold the
    policies."""

    def __init__(self, folder: Path, mode: str):
        super().__init__(folder)
        self.mode = mode
        self.loads = []
        self.start(head(self, "GET", "/"))
        s3, iam = self.client("s3"), self.client("iam")
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
        pair = key["AccessKeyId"], key["SecretAccessKey"]
        headers, _ = captured(self.port, "s3", "get_object", pair, Bucket="judged", Key="k")
        self.lua = script(folder, headers, "", f"{mode}.lua")
        self.lua.write_text(self.lua.read_text() + 'wrk.method = "GET"\nwrk.body = nil\nwrk.path = "/judged/k"\n')

    def command(self):
        return [*super().command()[:-1], "--auth", self.mode]

    def client(self, service: str):
        return boto3.client(
            service,
            endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name="us-east-1",
            aws_access_key_id="123456789012",
            aws_secret_access_key="test",
            config=Config(s3={"addressing_style": "path"}),
        )

    def turn(self):
        load = Load(self, self.lua, 64, max(1, SECONDS // 4))
        if load.errors or load.refused:
            raise RuntimeError(f"--auth {self.mode}: {load.errors} {load.refused} answers are errors")
        self.loads.append(load)

    @property
    def cpu_of_one(self) -> float:
        """Microseconds a request: the median of the rounds."""
        return statistics.median(load.cpu_per_thousand for load in self.loads)


def compare(folder: Path) -> list[tuple[str, float, float]]:
    """Says what judging costs; its budget."""
    servers = [Judging(folder, mode) for mode in ("off", "verify", "enforce")]
    for _ in range(ROUNDS):
        for server in servers:
            server.turn()
    print("| GetObject, 1 KiB, 50 policies of 20 statements | CPU, µs a request |\n| --- | ---: |")
    for server in servers:
        print(f"| `--auth {server.mode}` | {server.cpu_of_one:.1f} |")
        server.stop()
    print()
    off, _, enforce = (server.cpu_of_one for server in servers)
    return [("CPU of GetObject under enforce, of the CPU without", enforce / off, 1.5)]
