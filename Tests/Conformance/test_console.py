# SPDX-License-Identifier: Apache-2.0
"""The console: one page that stands alone, runs its own script only, and asks for what exists."""

import re
import shutil
import subprocess
import urllib.request
from html.parser import HTMLParser

import pytest

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """Elements that are closed as they were opened, with their attributes and the texts of script and style."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attributes):
        self.attributes += [(tag, name, value) for name, value in attributes]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data):
        if self.open:
            self.texts[self.open[-1]] = self.texts.get(self.open[-1], "") + data

    def values(self, name: str) -> list[str]:
        return [value for _, found, value in self.attributes if found == name]


@pytest.fixture(scope="module")
def answer(endpoint):
    with urllib.request.urlopen(endpoint + "/_awry/") as answer:
        return answer, answer.read().decode()


@pytest.fixture(scope="module")
def page(answer):
    return Page(answer[1])


def test_it_stands_alone(answer, page):
    assert answer[0].headers["Content-Type"] == "text/html; charset=utf-8"
    assert not any(page.values(name) for name in ("src", "href", "action", "style"))
    assert "@import" not in page.texts["style"] and "url(" not in page.texts["style"]
    assert "http://" not in answer[1] and "https://" not in answer[1]


def test_it_runs_its_own_script_only(answer, page, endpoint):
    nonces = set(page.values("nonce"))
    policy = answer[0].headers["Content-Security-Policy"]
    assert len(nonces) == 1 and f"script-src 'nonce-{nonces.pop()}'" in policy and "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    with urllib.request.urlopen(endpoint + "/_awry") as again:
        assert again.headers["Content-Security-Policy"] != policy


def test_what_it_shows_is_text(page):
    script = page.texts["script"]
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert word not in script
    assert "textContent" in script


def test_it_asks_for_what_exists(page, control):
    script = page.texts["script"]
    served = {
        (method.upper(), re.sub(r"\{\w+\}", "*", path.removeprefix("/_awry/")))
        for path, methods in control.demand("GET", "openapi.json")["paths"].items()
        for method in methods
    }
    asked = re.findall(r'\bask\("(\w+)", (?:"([^"]*)"|`([^`]*)`)', script)
    assert len(asked) == script.count("ask(") - 1  # all but its definition
    wanted = {(method, re.sub(r"\$\{[^}]*\}", "*", plain or made).split("?")[0]) for method, plain, made in asked}
    opened = {("GET", path) for path in re.findall(r'EventSource\("/_awry/(\w+)', script)}
    assert len(wanted) > 8 and opened == {("GET", "events")}
    assert wanted | opened <= served, wanted - served


def test_it_has_the_parts_that_it_fills(page):
    script = page.texts["script"]
    parts = set(re.findall(r'\b(?:part|fill)\("(\w+)"', script))
    assert parts == set(page.values("id"))


def test_it_hears_of_every_kind_of_event(page, control):
    script = page.texts["script"]
    for kind in ("request", "sandbox", "scenario", "rules", "state", "clock", "reset", "dropped"):
        assert f'"{kind}"' in script


@pytest.mark.skipif(not shutil.which("node"), reason="no node")
def test_its_script_parses(page, tmp_path):
    path = tmp_path / "console.js"
    path.write_text(page.texts["script"])
    checked = subprocess.run(["node", "--check", str(path)], capture_output=True, text=True, timeout=60)
    assert checked.returncode == 0, checked.stderr
