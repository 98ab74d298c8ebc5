# SPDX-License-Identifier: Apache-2.0
"""`make bench`: a scripted error, SQS's queues, S3's objects and Kinesis's streams beside nginx and moto's server in
one run, as Markdown tables, and what judging by policies costs. `bench.py streams enforced` runs these parts alone.

CPU for each request is the figure to trust; times depend on what else the machine does. Exit status 1 if a broken
connection was not survived; a budget that is missed is said, with by how much.
"""

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

import enforced
import objects
import queues
import streams
from broken import break_many
from decode import first_calls
from load import Load, as_bytes, captured, hold, script
from servers import FIXED, Awry, Moto, Nginx, Server
from slow import CLIENTS, beside_slow_clients

SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
BROKEN = int(os.environ.get("BENCH_BROKEN", "50000"))


# What was promised: name, figure, and the most that it may be.
Budgets = list[tuple[str, float, float]]


class Figures:
    """What one server came to."""

    def __init__(self, server: Server, folder: Path):
        self.name = server.name
        headers, body = captured(server.port)
        self.request = as_bytes(headers, body)
        starts = [self.started_and_stopped(server) for _ in range(1 if server.name == "moto" else 9)]
        self.first_answer = statistics.median(seconds for seconds, _ in starts) * 1000
        self.start_cpu = statistics.median(cpu for _, cpu in starts) * 1000
        server.start(self.request)
        # What starting needed is given back once the first answer is out, which its client may see before.
        server.ask(self.request)
        self.memory = server.resident()
        self.answer = server.ask(self.request)
        lua = script(folder, headers, body)
        seconds = 4 if server.name == "moto" else SECONDS
        self.few = Load(server, lua, 64, seconds)
        self.many = None if server.name == "moto" else Load(server, lua, 1000, seconds)

    def started_and_stopped(self, server: Server) -> tuple[float, float]:
        figures = server.start(self.request)
        server.stop()
        return figures


def memory_with_connections(server: Server, request: bytes) -> float:
    """MiB that 1,000 open connections add to a server that has just begun."""
    server.stop()
    server.start(request)
    before = server.resident()
    held = hold(server, request, 1000)
    after = server.resident()
    for connection in held:
        connection.close()
    return after - before


def from_the_head(server: Awry, answer: bytes, folder: Path) -> Load:
    """The load of the same answer where the scenario gives its message, so that no body has to be read for it."""
    message = json.loads(answer.split(b"\r\n\r\n", 1)[1])["message"]
    server.scenario = FIXED % message
    headers, body = captured(server.port)
    server.start(as_bytes(headers, body))
    load = Load(server, script(folder, headers, body), 64, SECONDS)
    server.stop()
    return load


def slow_clients(server: Awry, folder: Path) -> str:
    """What clients that send a byte a second cost the others, in a sentence."""
    headers, body = captured(server.port)
    request = as_bytes(headers, body)
    server.start(request)
    alone, beside, memory = beside_slow_clients(server, request, script(folder, headers, body), SECONDS)
    server.stop()
    return (
        f"{CLIENTS:,} clients that send a byte a second: {memory:.1f} MiB; the p99 of 64 others beside them "
        f"{beside.p99:.2f} ms, alone {alone.p99:.2f} ms; their CPU ms per 1,000 requests "
        f"{beside.cpu_per_thousand:.1f}, alone {alone.cpu_per_thousand:.1f}"
    )


def of_queues(folder: Path, awry: Awry, nginx: Nginx, moto: Moto) -> Budgets:
    """Says what queues cost; their budgets."""
    ours, theirs, others = queues.sending(awry, nginx, moto, folder, SECONDS)
    costs = [each.load.cpu_per_thousand for each in (ours, theirs, others)]
    print(
        f"SendMessage, {len(ours.request)} bytes and {len(ours.answer)}, CPU ms per 1,000: "
        f"awry {costs[0]:.1f}, nginx {costs[1]:.1f}, moto's server {costs[2]:,.0f}"
    )
    idle, woken = queues.woken(awry)
    print(f"{queues.WAITERS:,} long polls: {idle * 1000:.1f} ms of CPU in a second of waiting; woken in {woken:.2f} ms")
    memory, many, few = queues.million(awry)
    print(
        f"{queues.MILLION:,} messages of 1 KiB: {memory:,.0f} MiB; CPU ms per 1,000 ReceiveMessage {many:.1f}, "
        f"of a queue of a thousand {few:.1f}"
    )
    return [
        ("CPU of SendMessage, of nginx's", costs[0] / costs[1], 1.3),
        ("CPU of SendMessage, of moto's", costs[0] / costs[2], 1 / 300),
        ("1,000 long polls: a message to the answer, ms", woken, 5),
        ("a million messages of 1 KiB, GiB", memory / 1024, 1.6),
        ("CPU of receiving of a million messages, of a thousand's", many / few, 1.1),
    ]


def matched(nginx: Nginx, answer: bytes) -> None:
    """Makes nginx's answer as long as ours: the same body, and a header that fills up the rest."""
    nginx.body = answer.split(b"\r\n\r\n", 1)[1].decode()
    headers, body = captured(nginx.port)
    request = as_bytes(headers, body)
    nginx.start(request)
    short = len(answer) - len(nginx.ask(request))
    nginx.stop()
    nginx.filler = "x" * max(1, 1 + short)


def table(awry: Figures, nginx: Figures, moto: Figures, added: dict[str, float]) -> str:
    def row(what, *values):
        return f"| {what} | " + " | ".join(values) + " |"

    def cells(pick, shape="{:,.1f}"):
        return [shape.format(pick(figures)) for figures in (awry, nginx, moto)]

    def of_many(pick, shape="{:,.1f}"):
        return [shape.format(pick(figures.many)) for figures in (awry, nginx)] + ["–"]

    return "\n".join(
        [
            "| a scripted error, " + f"{len(awry.answer)} bytes | awry | nginx, 2 workers | moto's server |",
            "| --- | ---: | ---: | ---: |",
            row("requests per CPU second, 64 connections", *cells(lambda f: f.few.per_cpu_second, "{:,.0f}")),
            row("requests per second, 64 connections", *cells(lambda f: f.few.per_second, "{:,.0f}")),
            row("CPU ms per 1,000 requests, 64 connections", *cells(lambda f: f.few.cpu_per_thousand)),
            row("CPU ms per 1,000 requests, 1,000 connections", *of_many(lambda load: load.cpu_per_thousand)),
            row("p99 in ms, 64 connections", *cells(lambda f: f.few.p99, "{:,.2f}")),
            row("p99 in ms, 1,000 connections", *of_many(lambda load: load.p99, "{:,.2f}")),
            row("first answer after start, ms", *cells(lambda f: f.first_answer)),
            row("CPU until then, ms", *cells(lambda f: f.start_cpu)),
            row("memory at rest, MiB", *cells(lambda f: f.memory)),
            row("more for 1,000 connections, MiB", *[f"{added[name]:,.1f}" for name in ("awry", "nginx")], "–"),
        ]
    )


def budgets(
    awry: Figures, nginx: Figures, moto: Figures, added: dict[str, float], firsts: dict[str, float]
) -> Budgets:
    """What was promised of errors."""
    return [
        ("CPU a request, 64 connections, of nginx's", awry.few.cpu_per_thousand / nginx.few.cpu_per_thousand, 0.8),
        ("CPU a request, 1,000 connections, of nginx's", awry.many.cpu_per_thousand / nginx.many.cpu_per_thousand, 0.9),
        ("CPU a request, of moto's", awry.few.cpu_per_thousand / moto.few.cpu_per_thousand, 1 / 150),
        ("CPU until the first answer, ms", awry.start_cpu, 10),
        ("first answer after start, of nginx's", awry.first_answer / nginx.first_answer, 1),
        ("memory at rest, MiB", awry.memory, 15),
        ("more for 1,000 connections, MiB", added["awry"], 8),
        ("CPU of EC2's first call beyond its next, ms", firsts["ec2"], 10),
    ]


def main() -> int:
    survived = True

    def errors(folder: Path) -> Budgets:
        nonlocal survived
        found, survived = of_errors(folder, Awry(folder), Nginx(folder), Moto(folder))
        return found

    parts = {
        "errors": errors,
        "queues": lambda folder: of_queues(folder, Awry(folder), Nginx(folder), Moto(folder)),
        "objects": lambda folder: objects.compare(folder, SECONDS),
        "streams": lambda folder: streams.compare(folder, SECONDS),
        "enforced": enforced.compare,
    }
    wanted = sys.argv[1:] or list(parts)
    unknown = [part for part in wanted if part not in parts]
    if unknown:
        sys.exit(f"no part {', '.join(unknown)}: there are {', '.join(parts)}")
    with tempfile.TemporaryDirectory() as name:
        try:
            for part in wanted:
                for what, figure, most in parts[part](Path(name)):
                    verdict = "kept" if figure <= most else f"missed by {figure / most:.2f} times"
                    print(f"{what}: {figure:.4g}, budget {most:.4g}: {verdict}", flush=True)
                print(flush=True)
        finally:
            for server in list(Server.running):
                server.stop()
    return 0 if survived else 1


def of_errors(folder: Path, awry_server: Awry, nginx_server: Nginx, moto_server: Moto) -> tuple[Budgets, bool]:
    """Says what a scripted error costs; its budgets, and whether broken connections were survived."""
    awry = Figures(awry_server, folder)
    added = {"awry": memory_with_connections(awry_server, awry.request)}
    broken = break_many(awry_server, awry.request, BROKEN)
    awry_server.stop()
    slow = slow_clients(awry_server, folder)
    firsts = first_calls(awry_server, awry.request)
    fixed = from_the_head(awry_server, awry.answer, folder)
    matched(nginx_server, awry.answer)
    nginx = Figures(nginx_server, folder)
    added["nginx"] = memory_with_connections(nginx_server, nginx.request)
    nginx_server.stop()
    moto = Figures(moto_server, folder)
    print(
        f"request {len(awry.request)} bytes; answers {len(awry.answer)}, {len(nginx.answer)}, {len(moto.answer)} bytes"
    )
    print()
    print(table(awry, nginx, moto, added))
    print()
    print(
        f"The same answer with its message in the scenario: {fixed.cpu_per_thousand:.1f} ms, "
        f"{fixed.cpu_per_thousand / nginx.few.cpu_per_thousand:.2f} times nginx's CPU"
    )
    print(f"CPU of S3's first call beyond its next: {firsts['s3']:.1f} ms, its decoding being a part of that")
    print(slow)
    print(
        f"{BROKEN:,} broken connections: {broken['reached']:,} reached the server, {broken['lost']} descriptors lost, "
        f"{'alive and answering' if broken['answers'] and broken['alive'] else 'NOT ANSWERING'}"
    )
    survived = broken["lost"] <= 0 and broken["answers"] and broken["alive"]
    return budgets(awry, nginx, moto, added, firsts), survived


if __name__ == "__main__":
    sys.exit(main())
