# SPDX-License-Identifier: Apache-2.0
"""Random calls against a model of what a queue promises: senders, consumers that crash, a clock that jumps.

Nothing that was sent is lost until it is deleted, nothing comes to a second consumer while it is invisible, and a
group's messages come in their order, the next not before all received before are done.
"""

import uuid

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from .asking import OLD, attribute, counts, received

VISIBILITY, DELAY = 30, 7
STEPS = settings(
    max_examples=25, stateful_step_count=30, derandomize=True, database=None, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


class Sent:
    """What the model knows of a message."""

    def __init__(self, body, group, visible_at):
        self.body, self.group, self.visible_at = body, group, visible_at
        self.receipts = 0
        self.handle = None

    def __repr__(self):
        return self.body


class QueueMachine(RuleBasedStateMachine):
    """A queue and its model, over one client. `sqs`, `clock` and `fifo` are set by the test."""

    handles = Bundle("handles")

    @initialize()
    def begin(self):
        self.now, self.number, self.live = 0, 0, []
        more = {"FifoQueue": "true", "DelaySeconds": "0"} if self.fifo else {"DelaySeconds": "0"}
        name = f"q{uuid.uuid4().hex[:12]}" + (".fifo" if self.fifo else "")
        more |= {"VisibilityTimeout": str(VISIBILITY)}
        self.url = self.sqs.create_queue(QueueName=name, Attributes=more)["QueueUrl"]

    def next_body(self):
        self.number += 1
        return str(self.number)

    @rule(group=st.sampled_from("abc"), delay=st.sampled_from([0, 0, DELAY]))
    def send(self, group, delay):
        body = self.next_body()
        more = {"MessageGroupId": group, "MessageDeduplicationId": body} if self.fifo else {"DelaySeconds": delay}
        self.sqs.send_message(QueueUrl=self.url, MessageBody=body, **more)
        self.live.append(Sent(body, group, self.now + (0 if self.fifo else delay)))

    @rule(count=st.integers(2, 10), group=st.sampled_from("abc"))
    def send_many(self, count, group):
        entries = []
        for _ in range(count):
            body = self.next_body()
            more = {"MessageGroupId": group, "MessageDeduplicationId": body} if self.fifo else {}
            entries.append({"Id": body, "MessageBody": body} | more)
            self.live.append(Sent(body, group, self.now))
        answer = self.sqs.send_message_batch(QueueUrl=self.url, Entries=entries)
        assert len(answer["Successful"]) == count

    @rule(target=handles, most=st.integers(1, 10), visibility=st.sampled_from([None, None, 5, 60]))
    def receive(self, most, visibility):
        more = {} if visibility is None else {"VisibilityTimeout": visibility}
        came = received(self.sqs, self.url, MaxNumberOfMessages=most, AttributeNames=["All"], **more)
        expected = self.receivable()
        # As many as there are: none is lost.
        assert len(came) == min(most, len(expected)), (came, expected)
        for message in came:
            (sent,) = [each for each in self.live if each.body == message["Body"]]
            # None that is invisible, or whose group is busy or not yet there.
            assert sent in expected, (sent, expected)
            sent.receipts += 1
            assert message["Attributes"]["ApproximateReceiveCount"] == str(sent.receipts)
            sent.visible_at = self.now + (VISIBILITY if visibility is None else visibility)
            sent.handle = message["ReceiptHandle"]
        self.check_order([message["Body"] for message in came], expected)
        return [message["ReceiptHandle"] for message in came]

    def receivable(self):
        """What may come now, in order."""
        visible = [each for each in self.live if each.visible_at <= self.now]
        if not self.fifo:
            return visible
        busy = {each.group for each in self.live if each.visible_at > self.now}
        return [each for each in visible if each.group not in busy]

    def check_order(self, came, expected):
        if not self.fifo:
            return
        for group in "abc":
            wanted = [each.body for each in expected if each.group == group]
            mine = [body for body in came if body in wanted]
            assert mine == wanted[: len(mine)], (group, came, wanted)

    @rule(handles=consumes(handles), is_batch=st.booleans())
    def delete(self, handles, is_batch):
        """A consumer that is done, maybe too late."""
        for handle in handles:
            sent = self.holder(handle)
            is_late = sent is None or sent.visible_at <= self.now
            if self.fifo and is_late and self.knows(handle):
                # The time of a FIFO queue's receipt is over: the message stays.
                entries = [{"Id": "a", "ReceiptHandle": handle}]
                answer = self.sqs.delete_message_batch(QueueUrl=self.url, Entries=entries)
                assert answer["Failed"][0]["Code"] == "InvalidParameterValue"
                continue
            if is_batch:
                entries = [{"Id": "a", "ReceiptHandle": handle}]
                assert "Failed" not in self.sqs.delete_message_batch(QueueUrl=self.url, Entries=entries)
            else:
                self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=handle)
            if sent is not None:
                self.live.remove(sent)

    def holder(self, handle):
        return next((each for each in self.live if each.handle == handle), None)

    def knows(self, handle):
        """Whether the handle's message is still there, under this or a later receipt."""
        return handle in self.given and self.given[handle] in self.live

    @property
    def given(self):
        if not hasattr(self, "_given"):
            self._given = {}
        for each in self.live:
            if each.handle:
                self._given[each.handle] = each
        return self._given

    @rule(handles=consumes(handles))
    def crash(self, handles):
        """A consumer that is never heard of again: its messages come back by themselves."""

    @rule(target=handles, handles=consumes(handles), seconds=st.sampled_from([0, 10, 100]))
    def change(self, handles, seconds):
        for handle in handles:
            sent = self.holder(handle)
            change = {"QueueUrl": self.url, "ReceiptHandle": handle, "VisibilityTimeout": seconds}
            # A standard queue's last receipt counts also when its time is over.
            if sent is not None and (sent.visible_at > self.now or not self.fifo):
                self.sqs.change_message_visibility(**change)
                sent.visible_at = self.now + seconds
            else:
                with pytest.raises(self.sqs.exceptions.ClientError) as caught:
                    self.sqs.change_message_visibility(**change)
                code = caught.value.response["Error"]["Code"]
                assert code in ("InvalidParameterValue", f"{OLD}MessageNotInflight"), code
        return handles

    @rule(seconds=st.sampled_from([1, 5, DELAY, VISIBILITY, 200]))
    def wait(self, seconds):
        self.clock(seconds)
        self.now += seconds

    @invariant()
    def everything_is_counted(self):
        if not hasattr(self, "url"):
            return
        self.given
        assert sum(counts(self.sqs, self.url)) == len(self.live)
        visible = sum(each.visible_at <= self.now for each in self.live)
        assert int(attribute(self.sqs, self.url, "ApproximateNumberOfMessages")) == visible

    def teardown(self):
        if not hasattr(self, "url"):
            return
        # In the end all that was sent and not deleted comes, in its order.
        self.wait(200)
        expected = [each.body for each in self.receivable()]
        came = []
        while messages := received(self.sqs, self.url, VisibilityTimeout=43_200):
            came += [message["Body"] for message in messages]
            for message in messages:
                self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        assert sorted(came) == sorted(expected)
        self.check_order(came, self.live)
        self.sqs.delete_queue(QueueUrl=self.url)


@pytest.mark.parametrize("fifo", [False, True])
def test_a_queue_keeps_its_promises(control, client, clock, fifo):
    machine = type("Machine", (QueueMachine,), {"sqs": client("sqs"), "clock": staticmethod(clock), "fifo": fifo})
    run_state_machine_as_test(machine, settings=STEPS)
