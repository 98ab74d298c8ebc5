# SPDX-License-Identifier: Apache-2.0
"""The guide: `awry help` prints it, its scenarios load, and its command lines are ones that the program understands."""

import os
import re
import shlex

import pytest

from harness.server import FIXTURES, awry

ROOT = FIXTURES.parent
PAGES = sorted((ROOT / "Sources/awry/Documentation.docc").glob("*.md"))
TEXTS = {path.stem: path.read_text() for path in [*PAGES, ROOT / "README.md"]}
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
# Whatever a command would do, it is refused before it does it: what is asked here is whether it was understood.
NOWHERE = {
    "PATH": os.environ["PATH"],
    "AWRY_ENDPOINT": "http://127.0.0.1:9",
    "AWRY_PORT": "none",
    "AWRY_AUTH": "none",
}


def blocks(*languages):
    """(page and number, text) of each block of code in one of these languages."""
    for name, text in TEXTS.items():
        for number, (language, block) in enumerate(BLOCK.findall(text)):
            if language in languages:
                yield f"{name}-{number}", block


def scenario(block):
    """A whole scenario made of a fragment: rules, or what may stand beside them."""
    if block.startswith("- "):
        block = "rules:\n" + "".join(f"  {line}\n" for line in block.splitlines())
    return block if re.search(r"^scenario:", block, re.MULTILINE) else "scenario: fragment\n" + block


def commands():
    """Each line of the guide's shells that calls the program, without what a shell makes of it."""
    for place, block in blocks("sh", "console"):
        for line in block.splitlines():
            if place.startswith("README") and not line.startswith("$ "):
                continue
            words = shlex.split(line.removeprefix("$ ").split(" > ")[0], comments=True)
            if words and words[0].endswith("awry"):
                yield place, words[1:]


def test_a_page_is_printed_as_it_stands():
    for path in PAGES:
        # A command of the same name goes before it.
        assert awry("help", path.stem.lower()).stdout.endswith(path.read_text()), path.stem


def test_help_knows_commands_and_pages():
    listed = awry("help").stdout
    assert all(path.stem.lower() in listed for path in PAGES) and "  serve " in listed
    assert awry("help", "serve").stdout == awry("serve", "--help").stdout
    for wrong, near in (("scenario", "scenarios"), ("serv", "serve")):
        result = awry("help", wrong)
        assert (result.returncode, result.stdout) == (64, "")
        assert f"awry: help {wrong}: no such command or page; did you mean {near}?" in result.stderr


@pytest.mark.parametrize("block", [pytest.param(block, id=place) for place, block in blocks("yaml")])
def test_a_scenario_of_the_guide_loads(block, tmp_path):
    path = tmp_path / "guide.yaml"
    path.write_text(scenario(block))
    result = awry("check", str(path))
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("words", [pytest.param(words, id=" ".join([place, *words])) for place, words in commands()])
def test_a_command_of_the_guide_is_understood(words, tmp_path):
    result = awry(*words, env=NOWHERE | {"XDG_STATE_HOME": str(tmp_path)}, cwd=tmp_path)
    assert result.returncode != 64, result.stderr
