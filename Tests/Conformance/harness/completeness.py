# SPDX-License-Identifier: Apache-2.0
"""Whether each pair of an operation and an error that it models is caused by a test, or has a reason why not."""

from .model import pairs


def check(service: str, caused: set[tuple[str, str]], reasons: list[tuple[str, str | None, str]]) -> tuple[int, int]:
    """The numbers of pairs and of those that are caused. Each reason is of an error and of operations, or of all that
    have it where none are named; it must be of pairs that there are and that nothing causes."""
    modelled = {(pair.operation, pair.shape) for pair in pairs(service)}
    assert caused <= modelled, sorted(caused - modelled)
    left = modelled - caused
    for code, operations, reason in sorted(reasons, key=lambda row: row[1] is None):
        if operations:
            meant = {(name, code) for name in operations.split()}
            assert meant <= modelled - caused, (code, sorted(meant - modelled), sorted(meant & caused))
        else:
            meant = {pair for pair in left if pair[1] == code}
        assert meant & left and reason, (code, "there is nothing left to give a reason for")
        left -= meant
    assert not left, sorted(left)
    return len(modelled), len(caused)
