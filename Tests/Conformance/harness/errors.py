# SPDX-License-Identifier: Apache-2.0
"""`python -m harness.errors [--processes N] [SERVICE …]`: every modelled error of every operation, 84,788 pairs, and
EC2's common errors, through botocore; prints pairs right of pairs tried, per protocol, and fails if one is wrong that
no fact about botocore explains."""

import argparse
import multiprocessing
import sys
import time
from collections import Counter

from . import clients
from .exceptions import shares_code
from .model import UNMODELLED, service_model
from .pairs import Sweep, all_of
from .server import Server


endpoint = ""


def take(endpoints) -> None:
    """Gives a process the server that no other has: which rules are loaded says which of two like services is meant."""
    global endpoint
    endpoint = endpoints.get()


def sweep(service: str) -> tuple[str, str, int, int, list[tuple], float]:
    """One service: its name and protocol, how many were tried and right, and the others."""
    began = time.monotonic()
    pairs = all_of(service)
    protocol = f"common errors of {service}" if service in UNMODELLED else service_model(service).resolved_protocol
    try:
        running = Sweep(endpoint, service, pairs)
    except AssertionError as refusal:
        return service, protocol, len(pairs), 0, [(service, f"not loaded: {refusal}", None)], 0
    wrong = [(pair.label, text, shares_code(pair)) for pair, text in running.judge() if text]
    running.close()
    return service, protocol, len(pairs), len(pairs) - len(wrong), wrong, time.monotonic() - began


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("services", nargs="*")
    arguments = parser.parse_args()
    services = arguments.services or clients.session().get_available_services()
    tried, right, excused, unexplained = Counter(), Counter(), Counter(), 0
    servers = [Server("--quiet") for _ in range(arguments.processes)]
    endpoints = multiprocessing.Queue()
    for server in servers:
        endpoints.put(server.endpoint)
    began = time.monotonic()
    with multiprocessing.Pool(arguments.processes, take, [endpoints]) as pool:
        for service, protocol, count, good, wrong, seconds in pool.imap_unordered(sweep, services):
            tried[protocol] += count
            right[protocol] += good
            for label, text, why in wrong:
                if why:
                    excused[why] += 1
                unexplained += why is None
                if why is None:
                    print(f"WRONG {label}: {text[:400]}")
            print(f"{service} ({protocol}): {good} of {count} in {seconds:.1f} s", flush=True)
    print(f"\npairs right of pairs tried, in {(time.monotonic() - began) / 60:.1f} minutes:")
    modelled = [protocol for protocol in sorted(tried) if not protocol.startswith("common")]
    for protocol in modelled:
        print(f"  {protocol}: {right[protocol]} of {tried[protocol]}")
    print(f"  all: {sum(right[protocol] for protocol in modelled)} of {sum(tried[protocol] for protocol in modelled)}")
    for protocol in sorted(tried.keys() - set(modelled)):
        print(f"  {protocol}, which models none: {right[protocol]} of {tried[protocol]}")
    for why, count in excused.items():
        print(f"  {count} wrong because {why}")
    for server in servers:
        server.stop()
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
