# SPDX-License-Identifier: Apache-2.0
"""A short text that satisfies a regular expression of the models (java.util.regex)."""

import random
import re
import string
import warnings
from re import _constants as kinds
from re import _parser as parser

# Java's classes of characters, as far as ASCII goes. A class that has none of it stays empty.
CLASSES = {
    "L": "a-zA-Z", "LD": "a-zA-Z0-9", "Lu": "A-Z", "Ll": "a-z", "M": "", "S": "+$", "N": "0-9", "Nd": "0-9",
    "P": "!-/", "Pc": "_", "Pd": "\\-", "Z": " ", "Zs": " ", "C": "\\x00-\\x1f", "Cntrl": "\\x00-\\x1f",
    "IsAlphabetic": "a-zA-Z", "IsWhitespace": "\\s", "Alnum": "a-zA-Z0-9", "Alpha": "a-zA-Z", "Upper": "A-Z",
    "Digit": "0-9", "XDigit": "0-9a-fA-F", "Punct": "!-/:-@\\[-`{-~", "Blank": " \\t", "Graph": "!-~",
    "Print": " -~", "ASCII": "\\x00-\\x7f", "all": "\\x00-\\x7f", "InBasicLatin": "\\x00-\\x7f",
}  # fmt: skip
NEGATED = {"C": " -~", "M": " -~", "Cntrl": " -~"}
PRINTABLE = string.ascii_letters + string.digits + "-_./:=+ ,@!\"#$%&'()*;<>?[\\]^`{|}~"
# How often the choices between alternatives, letters and counts are made anew.
ATTEMPTS = 200


class Unsatisfiable(Exception):
    """No text was found."""


def python_pattern(pattern: str) -> str:
    """A pattern of the models in Python's words: Unicode's classes as far as ASCII goes."""
    out, is_in_class, at = "", False, 0
    while at < len(pattern):
        letter = pattern[at]
        found = re.compile(r"\\([pP])(?:\{(\w+)\}|(\w))").match(pattern, at)
        if found:
            name = found[2] or found[3]
            members = (NEGATED if found[1] == "P" else CLASSES).get(name, "a-zA-Z0-9")
            out += members if is_in_class else f"[{members or 'a'}]"
            at = found.end()
        elif letter == "\\":
            escape = pattern[at : at + 2]
            out += {"\\z": "\\Z", "\\h": " "}.get(escape, escape)
            at += 2
        elif is_in_class and pattern[at : at + 3] == "&&[":
            # An intersection: what is left out follows, and is not looked at.
            at = pattern.index("]", at) + 1
        else:
            if letter == "[" and not is_in_class:
                is_in_class = True
                beginning = re.compile(r"\[\^?\]?").match(pattern, at)[0]
                out += beginning
                at += len(beginning)
                continue
            if letter == "[":
                out += "\\"
            elif letter == "]":
                is_in_class = False
            elif letter == "-" and is_in_class and re.search(r"\\[wdsWDS]$|\\p\{\w+\}$", pattern[:at]):
                out += "\\"
            out += letter
            at += 1
    out = re.sub(r"\\x\{0*([0-9a-fA-F]{2})\}", r"\\x\1", out)
    out = re.sub(r"\\uD800\\uDC00-\\uDBFF\\uDFFF", "", out)
    return out.replace("(?i)", "").replace("${", "{")


def compiled(pattern: str) -> re.Pattern | None:
    """The pattern, anchored nowhere; None where Python cannot say it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return re.compile(python_pattern(pattern))
        except re.error:
            return None


def example(pattern: str, least: int = 0, most: int = 10**6) -> str:
    """A text of such a length that the pattern matches as a whole."""
    wanted = compiled(pattern)
    if wanted is None:
        raise Unsatisfiable(pattern)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = parser.parse(wanted.pattern)
    shortest = len(Sample(0).text(tree))
    missing = max(0, least - shortest)
    for attempt in range(ATTEMPTS):
        made = Sample(attempt, missing).text(tree)
        if least <= len(made) <= most and wanted.fullmatch(made):
            return made
    raise Unsatisfiable(pattern)


class Sample:
    """One text that a pattern's tree describes.

    The first attempts take the first of everything; of these, each lets another repetition make up what is missing in
    length. Later ones choose by chance.
    """

    PLAIN = 12

    def __init__(self, attempt: int, missing: int = 0):
        self.chance = random.Random(attempt)
        self.attempt = attempt
        self.is_plain = attempt < self.PLAIN
        self.missing = missing
        self.repeats = 0
        self.groups: dict[int, str] = {}

    def repeated(self, low: int, high: int, body) -> str:
        """A repetition: the first attempt takes the least of each, the second one more, the next the Nth at length."""
        self.repeats += 1
        made = self.text(body)
        if self.is_plain and self.attempt > 1 and self.repeats == self.attempt - 1:
            count = low + -(-self.missing // max(1, len(made)))
        else:
            count = low + (int(self.attempt == 1) if self.is_plain else self.chance.choice([0, 1, 2, 5]))
        count = min(count, high)
        return made * count if self.is_plain else "".join(self.text(body) for _ in range(min(count, 300)))

    def text(self, items) -> str:
        return "".join(self.piece(kind, argument) for kind, argument in items)

    def piece(self, kind, argument) -> str:
        if kind is kinds.LITERAL:
            return chr(argument)
        if kind is kinds.NOT_LITERAL:
            return "a" if argument != ord("a") else "b"
        if kind is kinds.ANY:
            return "a"
        if kind is kinds.IN:
            return self.member(argument)
        if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            return self.repeated(*argument)
        if kind is kinds.SUBPATTERN:
            self.groups[argument[0]] = made = self.text(argument[3])
            return made
        if kind is kinds.GROUPREF:
            return self.groups.get(argument, "")
        if kind is kinds.ATOMIC_GROUP:
            return self.text(argument)
        if kind is kinds.BRANCH:
            return self.text(argument[1][0] if self.is_plain else self.chance.choice(argument[1]))
        return ""

    def member(self, options) -> str:
        """A letter of a class, a plain one if it has one."""
        is_negated = options[0][0] is kinds.NEGATE
        source = options[1:] if is_negated else options
        if not is_negated and source[0][0] is kinds.LITERAL and self.is_plain:
            return chr(source[0][1])
        letters = PRINTABLE if self.is_plain else self.chance.sample(PRINTABLE, len(PRINTABLE))
        for letter in letters:
            if any(holds(option, letter) for option in source) != is_negated:
                return letter
        kind, argument = source[0]
        return chr(argument[0] if kind is kinds.RANGE else argument) if not is_negated else "\u00e9"


def holds(option, letter: str) -> bool:
    kind, argument = option
    if kind is kinds.LITERAL:
        return chr(argument) == letter
    if kind is kinds.RANGE:
        return argument[0] <= ord(letter) <= argument[1]
    is_word = letter.isalnum() or letter == "_"
    return {
        kinds.CATEGORY_SPACE: letter.isspace(),
        kinds.CATEGORY_NOT_SPACE: not letter.isspace(),
        kinds.CATEGORY_DIGIT: letter.isdigit(),
        kinds.CATEGORY_NOT_DIGIT: not letter.isdigit(),
        kinds.CATEGORY_WORD: is_word,
        kinds.CATEGORY_NOT_WORD: not is_word,
    }.get(argument, False)
