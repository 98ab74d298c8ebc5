# SPDX-License-Identifier: Apache-2.0
"""For each ready scenario two programs: one that does what the scenario expects, and one that does not."""

from botocore.exceptions import BotoCoreError, ClientError

from . import clients
from .control import Control
from .identity import trust

QUEUE = "http://localhost/123456789012/orders"


class Programs:
    """The programs are methods called `PACK__good` and `PACK__bad`, with underscores for the name's hyphens."""

    def __init__(self, endpoint: str):
        self.endpoint = endpoint

    def run(self, pack: str, kind: str) -> None:
        getattr(self, f"{pack.replace('-', '_')}__{kind}")()

    def client(self, service: str, mode: "str | None" = "standard", **options):
        """A client that tries three times, or without a mode once."""
        return clients.client(self.endpoint, service, mode, **options)

    def s3_slowdown_storm__good(self):
        self.client("s3").put_object(Bucket="reports", Key="k", Body=b"x")

    def s3_slowdown_storm__bad(self):
        attempt(lambda: self.client("s3", None).put_object(Bucket="reports", Key="k", Body=b"x"))

    def kinesis_hot_shard__good(self):
        rest = records("cold-1", "hot-1", "hot-2")
        kinesis = self.client("kinesis")
        while rest:
            answer = kinesis.put_records(StreamName="orders", Records=rest)["Records"]
            rest = [record for record, result in zip(rest, answer) if "ErrorCode" in result]

    def kinesis_hot_shard__bad(self):
        """Sends the whole batch again, so that what was written is written twice."""
        kinesis = self.client("kinesis")
        while kinesis.put_records(StreamName="orders", Records=records("cold-1", "hot-1"))["FailedRecordCount"]:
            pass

    def cognito_sign_in_throttle__good(self):
        assert self.sign_in("standard")["AuthenticationResult"]["AccessToken"]

    def cognito_sign_in_throttle__bad(self):
        attempt(lambda: self.sign_in(None))

    def sign_in(self, mode):
        idp = self.client("cognito-idp", mode)
        pool = {"UserPoolId": idp.create_user_pool(PoolName="shop")["UserPool"]["Id"]}
        flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        app = idp.create_user_pool_client(**pool, ClientName="web", ExplicitAuthFlows=flows)["UserPoolClient"]
        idp.admin_create_user(**pool, Username="ann", MessageAction="SUPPRESS")
        idp.admin_set_user_password(**pool, Username="ann", Password="Passw0rd!", Permanent=True)
        ask = {"USERNAME": "ann", "PASSWORD": "Passw0rd!"}
        return idp.initiate_auth(AuthFlow="USER_PASSWORD_AUTH", ClientId=app["ClientId"], AuthParameters=ask)

    def iam_propagation__good(self):
        self.make_role()
        while not self.assume():
            # By the sandbox's clock, which a test need not wait for.
            Control(self.endpoint).advance("1s")

    def iam_propagation__bad(self):
        self.make_role()
        self.assume()

    def make_role(self) -> None:
        self.client("iam").create_role(RoleName="worker", AssumeRolePolicyDocument=trust())

    def assume(self) -> bool:
        role = {"RoleArn": "arn:aws:iam::123456789012:role/worker", "RoleSessionName": "session"}
        return attempt(lambda: self.client("sts").assume_role(**role))

    def token_expiry__good(self):
        """Fetches new credentials when the old ones have expired, and does the rest with them."""
        self.make_role()
        self.assume()
        for number in range(6):
            if not self.put(number):
                self.assume()
                assert self.put(number)

    def token_expiry__bad(self):
        self.make_role()
        self.assume()
        for number in range(6):
            self.put(number)

    def put(self, number: int) -> bool:
        return attempt(lambda: self.client("s3").put_object(Bucket="reports", Key=f"{number}", Body=b"x"))

    def brown_out__good(self):
        sqs = self.client("sqs", attempts=12)
        for number in range(5):
            sqs.send_message(QueueUrl=QUEUE, MessageBody=f"{number}")

    def brown_out__bad(self):
        sqs = self.client("sqs", None)
        for number in range(10):
            attempt(lambda: sqs.send_message(QueueUrl=QUEUE, MessageBody=f"{number}"))

    def partial_batches__good(self):
        rest = [{"Id": f"{number}", "MessageBody": "m"} for number in range(3)]
        sqs = self.client("sqs")
        while rest:
            failed = {entry["Id"] for entry in sqs.send_message_batch(QueueUrl=QUEUE, Entries=rest).get("Failed", [])}
            rest = [entry for entry in rest if entry["Id"] in failed]

    def partial_batches__bad(self):
        answer = self.client("kinesis").put_records(StreamName="orders", Records=records("a", "b"))
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200

    def lost_writes__good(self):
        self.client("sqs").send_message(QueueUrl=QUEUE, MessageBody="m")

    def lost_writes__bad(self):
        attempt(lambda: self.client("sqs", None).send_message(QueueUrl=QUEUE, MessageBody="m"))

    def flapping_endpoint__good(self):
        s3 = self.client("s3")
        for _ in range(6):
            s3.list_buckets()

    def flapping_endpoint__bad(self):
        s3 = self.client("s3", None)
        for _ in range(6):
            attempt(s3.list_buckets)

    def retry_conformance__good(self):
        kinesis = self.client("kinesis")
        for _ in range(4):
            kinesis.describe_stream(StreamName="orders")

    def retry_conformance__bad(self):
        """The same: the test takes its waits away."""
        self.retry_conformance__good()


def records(*keys: str) -> "list[dict]":
    return [{"Data": b"x", "PartitionKey": key} for key in keys]


def attempt(call) -> bool:
    """Whether a call succeeded; what it failed with is passed over, as the programs under test do."""
    try:
        call()
    except (ClientError, BotoCoreError):
        return False
    return True
