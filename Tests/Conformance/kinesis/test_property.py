# SPDX-License-Identifier: Apache-2.0
"""Whatever is put, split and merged, and however often readers crash: who follows child shards reads each record once.

A model beside the stream knows what was put where; readers keep their checkpoints as the Kinesis Client Library does: a
number for each shard, and a child is begun only when all its parents are read to their ends.
"""

import itertools

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

KEYS = st.sampled_from([f"key-{number}" for number in range(12)])
NUMBERS = itertools.count()


class Reader:
    """Reads all shards in the order of the tree; a crash loses what is in its hands, not its checkpoints."""

    def __init__(self, client, name):
        self.client, self.name = client, name
        self.checkpoints, self.ended, self.seen = {}, set(), []
        self.iterators = {}

    def crash(self):
        self.iterators = {}

    def iterator(self, shard):
        if shard not in self.iterators:
            where = {"ShardIteratorType": "TRIM_HORIZON"}
            if shard in self.checkpoints:
                last = self.checkpoints[shard]
                where = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber": last}
            answer = self.client.get_shard_iterator(StreamName=self.name, ShardId=shard, **where)
            self.iterators[shard] = answer["ShardIterator"]
        return self.iterators[shard]

    def read(self, limit):
        """One round over all shards that may be read; whether anything was left to be read."""
        shards = self.client.list_shards(StreamName=self.name)["Shards"]
        came = False
        for each in shards:
            shard = each["ShardId"]
            parents = {each[name] for name in ("ParentShardId", "AdjacentParentShardId") if name in each}
            if shard in self.ended or not parents <= self.ended:
                continue
            answer = self.client.get_records(ShardIterator=self.iterator(shard), Limit=limit)
            for record in answer["Records"]:
                self.seen.append((record["PartitionKey"], record["SequenceNumber"], record["Data"]))
                self.checkpoints[shard] = record["SequenceNumber"]
            came = came or bool(answer["Records"])
            self.iterators[shard] = answer.get("NextShardIterator")
            if self.iterators[shard] is None:
                assert answer["ChildShards"], "a shard ends with its children"
                self.ended.add(shard)
                came = True
        return came


class Machine(RuleBasedStateMachine):
    client = clock = None

    @initialize(shards=st.integers(1, 3))
    def begin(self, shards):
        self.name = f"s{next(NUMBERS)}"
        self.client.create_stream(StreamName=self.name, ShardCount=shards)
        self.reader, self.put, self.passed, self.scaled = Reader(self.client, self.name), [], 0, 0

    def open(self):
        found = self.client.list_shards(StreamName=self.name, ShardFilter={"Type": "AT_LATEST"})["Shards"]
        return sorted(found, key=lambda each: int(each["HashKeyRange"]["StartingHashKey"]))

    @rule(keys=st.lists(KEYS, min_size=1, max_size=8), batch=st.booleans())
    def write(self, keys, batch):
        entries = [{"Data": f"{len(self.put) + place}".encode(), "PartitionKey": key} for place, key in enumerate(keys)]
        if batch:
            answers = self.client.put_records(StreamName=self.name, Records=entries)["Records"]
        else:
            answers = [self.client.put_record(StreamName=self.name, **entry) for entry in entries]
        for entry, answer in zip(entries, answers, strict=True):
            self.put.append((entry["PartitionKey"], answer["SequenceNumber"], entry["Data"]))

    @rule(place=st.floats(0, 1), share=st.floats(0.1, 0.9))
    def split(self, place, share):
        shards = self.open()
        if len(shards) > 6:
            return
        shard = shards[min(int(place * len(shards)), len(shards) - 1)]
        start, end = (int(shard["HashKeyRange"][name]) for name in ("StartingHashKey", "EndingHashKey"))
        middle = start + int((end - start) * share)
        if start + 1 < middle < end:
            self.client.split_shard(
                StreamName=self.name, ShardToSplit=shard["ShardId"], NewStartingHashKey=str(middle)
            )

    @rule(place=st.floats(0, 1))
    def merge(self, place):
        shards = self.open()
        if len(shards) > 1:
            first = min(int(place * (len(shards) - 1)), len(shards) - 2)
            one, other = shards[first]["ShardId"], shards[first + 1]["ShardId"]
            self.client.merge_shards(StreamName=self.name, ShardToMerge=one, AdjacentShardToMerge=other)

    @rule(wanted=st.integers(1, 6))
    def scale(self, wanted):
        count = len(self.open())
        # A stream is scaled ten times a day.
        if count <= wanted * 2 and wanted <= count * 2 and self.scaled < 10:
            self.scaled += 1
            self.client.update_shard_count(
                StreamName=self.name, TargetShardCount=wanted, ScalingType="UNIFORM_SCALING"
            )

    @rule(seconds=st.sampled_from([0.001, 1, 299, 301]))
    def wait(self, seconds):
        # Nothing is read after its time.
        if self.passed + seconds < 80_000:
            self.passed += seconds
            self.clock(seconds)
            if seconds >= 299:
                # Iterators are good for five minutes.
                self.reader.crash()

    @rule(limit=st.integers(1, 5))
    def read(self, limit):
        self.reader.read(limit)

    @rule()
    def crash(self):
        self.reader.crash()

    @invariant()
    def nothing_is_read_twice(self):
        if hasattr(self, "reader"):
            numbers = [number for _, number, _ in self.reader.seen]
            assert len(numbers) == len(set(numbers))

    def teardown(self):
        if not hasattr(self, "reader"):
            return
        self.reader.crash()
        while self.reader.read(100):
            pass
        seen = self.reader.seen
        assert sorted(seen) == sorted(self.put)
        for key in {key for key, _, _ in self.put}:
            order = [(number, data) for other, number, data in self.put if other == key]
            assert [(number, data) for other, number, data in seen if other == key] == order
            assert [number for number, _ in order] == sorted(number for number, _ in order)
        self.client.delete_stream(StreamName=self.name)


def test_every_record_is_read_exactly_once(kinesis, clock):
    Machine.client, Machine.clock = kinesis, staticmethod(clock)
    profile = settings(
        max_examples=25, stateful_step_count=25, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(Machine, settings=profile)
