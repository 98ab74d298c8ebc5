# SPDX-License-Identifier: Apache-2.0
"""Each pair of an operation and an error that its model has is caused by state in a test, or listed with a reason."""

import importlib
from collections import Counter
from pathlib import Path

from .groups import ALL, GROUPS, modelled
from .rows import Refused, Works
from .throttles import RATED
from .uncaused import UNCAUSED


def rows():
    """The rows of all tables in this folder."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        module = importlib.import_module(f"{__package__}.{path.stem}")
        for value in vars(module).values():
            for mark in getattr(value, "pytestmark", []):
                if mark.name == "parametrize" and mark.args[0] == "row":
                    yield from mark.args[1]


def pairs():
    return {(name, code) for name in ALL for code in modelled(name)}


def caused():
    found = {(row.operation, row.code) for row in rows() if isinstance(row, Refused)}
    found |= {(name, code) for code, names in GROUPS.items() for name in names}
    found |= {(name, "TooManyRequestsException") for name in RATED}
    return found


def listed():
    """The pairs that have a reason, with it; a row that names operations comes before one that means all."""
    reasons = {}
    for code, names, reason in sorted(UNCAUSED, key=lambda row: row[1] is None):
        for name in names.split() if names else [name for name in ALL if code in modelled(name)]:
            reasons.setdefault((name, code), reason)
    return reasons


def test_each_pair_is_caused_or_has_a_reason():
    both = caused() & pairs()
    left = pairs() - both - listed().keys()
    assert not left, sorted(left)
    print(f"{len(pairs())} pairs: {len(both)} caused by state, {len(pairs()) - len(both)} listed")


def test_reasons_are_of_pairs_that_there_are():
    """A row that names operations is of pairs, none of which a test causes; one that means all has some left."""
    for code, names, reason in UNCAUSED:
        named = {(name, code) for name in names.split()} if names else {pair for pair in pairs() if pair[1] == code}
        assert named <= pairs() and reason, (code, named - pairs())
        assert not (names and named & caused()), (code, named & caused())
        assert named - caused(), code


def test_each_operation_works_in_a_test():
    worked = Counter(row.operation for row in rows() if isinstance(row, Works))
    assert sorted(set(ALL) - worked.keys()) == []
