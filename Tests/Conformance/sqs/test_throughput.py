# SPDX-License-Identifier: Apache-2.0
"""AWS's quotas of FIFO queues: a queue's own, and those of its groups where it is one for high throughput."""

import pytest
from botocore.exceptions import ClientError

from harness.refusing import refused

FIFO = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
HIGH = FIFO | {"DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"}


@pytest.fixture
def taken(sqs, control):
    """`taken(attributes, *groups)`: how many of 400 messages to each group a queue takes without a pause."""
    control.load({"scenario": "limited", "options": {"quotas": "aws"}})

    def send(attributes, *groups):
        url = sqs.create_queue(QueueName="q.fifo", Attributes=attributes)["QueueUrl"]
        count = dict.fromkeys(groups, 0)
        for number in range(400):
            for group in groups:
                try:
                    sqs.send_message(QueueUrl=url, MessageBody=f"{number}", MessageGroupId=group)
                    count[group] += 1
                except ClientError as error:
                    assert error.response["Error"]["Code"] == "RequestThrottled"
        return count

    return send


def test_a_queue_s_quota_is_its_groups_together(taken):
    assert sum(taken(FIFO, "a", "b").values()) == 300


def test_with_high_throughput_each_group_has_its_own(taken, sqs, clock):
    assert taken(HIGH, "a", "b") == {"a": 300, "b": 300}
    url = sqs.get_queue_url(QueueName="q.fifo")["QueueUrl"]
    # Batches are an action of their own; one that holds a group without room is refused as a whole.
    entries = [{"Id": group, "MessageBody": "m", "MessageGroupId": group} for group in "ac"]
    for number in range(300):
        for entry in entries:
            entry["MessageBody"] = f"b{number}"
        assert len(sqs.send_message_batch(QueueUrl=url, Entries=entries)["Successful"]) == 2
    refused("RequestThrottled", sqs.send_message_batch, QueueUrl=url, Entries=entries)
    sqs.send_message_batch(QueueUrl=url, Entries=[entries[0] | {"MessageGroupId": "d"}])
    # Receiving and deleting are not limited by group.
    for _ in range(310):
        sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)
    clock(1)
    sqs.send_message(QueueUrl=url, MessageBody="later", MessageGroupId="a")
