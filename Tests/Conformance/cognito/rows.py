# SPDX-License-Identifier: Apache-2.0
"""Tables of what operations do and refuse, as tests of their own."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from botocore.exceptions import ClientError

from .world import World


@dataclass(frozen=True)
class Refused:
    """A call that ends in this error: the last of the steps, after what makes it so."""

    operation: str
    code: str
    steps: Callable
    words: str | None = None
    pool: dict | None = None
    client: dict | None = None

    def check(self, world):
        with pytest.raises(ClientError) as caught:
            self.steps(world)
        error = caught.value
        said = error.response["Error"]
        assert (error.operation_name, said["Code"]) == (self.operation, self.code), error
        assert type(error) is getattr(world.idp.exceptions, self.code)
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400
        assert said["Message"] == self.words if self.words else said["Message"]


@dataclass(frozen=True)
class Works:
    """A call that succeeds: the last of the steps, whose answer is as it should be."""

    operation: str
    steps: Callable
    shows: Callable | None = None
    pool: dict | None = None
    client: dict | None = None

    def check(self, world):
        answer = self.steps(world)
        answer = answer[-1] if isinstance(answer, list) else answer
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
        shown = {name: value for name, value in answer.items() if name != "ResponseMetadata"}
        assert self.shows(shown) if self.shows else shown == {}, shown


def cases(*rows):
    """A test for each row, in a sandbox of its own."""
    ids = [f"{row.operation}-{getattr(row, 'code', 'works')}-{number}" for number, row in enumerate(rows)]

    @pytest.mark.parametrize("row", rows, ids=ids)
    def test(row, idp, control):
        row.check(World(idp, control, row.pool, row.client))

    return test


def tolerated(call, **parameters):
    """A call whose refusal is part of the way."""
    try:
        return call(**parameters)
    except ClientError as error:
        return error
