# SPDX-License-Identifier: Apache-2.0
"""A short text that satisfies a regular expression."""

import re
from re import _constants as kinds
from re import _parser as parser


class Unsatisfiable(Exception):
    """No text was found."""


def example(pattern: str, least: int = 0) -> str:
    """A text of at least this length that the pattern matches as a whole."""
    tree = parser.parse(pattern)
    for extra in (0, 1, least, least * 2):
        made = "".join(piece(item, extra) for item in tree)
        if len(made) >= least and re.fullmatch(pattern, made):
            return made
    raise Unsatisfiable(pattern)


def piece(item, extra: int) -> str:
    kind, argument = item
    if kind is kinds.LITERAL:
        return chr(argument)
    if kind is kinds.NOT_LITERAL:
        return "a" if argument != ord("a") else "b"
    if kind is kinds.ANY:
        return "a"
    if kind is kinds.IN:
        return member(argument)
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        low, high, body = argument
        count = min(low + extra, high)
        return "".join(piece(inner, extra) for inner in body) * count
    if kind is kinds.SUBPATTERN:
        return "".join(piece(inner, extra) for inner in argument[3])
    if kind is kinds.BRANCH:
        return "".join(piece(inner, extra) for inner in argument[1][0])
    return ""


def member(options) -> str:
    """A letter of a class; of a negated one, the first usual letter that is not in it."""
    if options[0][0] is kinds.NEGATE:
        source = options[1:]
        return next(letter for letter in "a0-b_ " if not any(holds(option, letter) for option in source))
    kind, argument = options[0]
    if kind is kinds.LITERAL:
        return chr(argument)
    if kind is kinds.RANGE:
        low, high = argument
        return "a" if low <= ord("a") <= high else chr(max(low, ord("0")) if ord("0") <= high else low)
    return {kinds.CATEGORY_DIGIT: "1", kinds.CATEGORY_SPACE: " "}.get(argument, "a")


def holds(option, letter: str) -> bool:
    kind, argument = option
    if kind is kinds.LITERAL:
        return chr(argument) == letter
    if kind is kinds.RANGE:
        return argument[0] <= ord(letter) <= argument[1]
    tests = {kinds.CATEGORY_SPACE: str.isspace, kinds.CATEGORY_DIGIT: str.isdigit, kinds.CATEGORY_WORD: str.isalnum}
    return tests.get(argument, lambda _: False)(letter)
