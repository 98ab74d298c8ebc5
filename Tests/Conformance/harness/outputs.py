# SPDX-License-Identifier: Apache-2.0
"""`python -m harness.outputs [SERVICE…]`: every operation's output, stub, identification and parameters, through
botocore; prints what is right of what was tried, per protocol, and what is not."""

import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from .clients import session
from .model import service_model
from .server import Server
from .sweeping import Finding, Sweep, figures

def sweep(services: list[str]) -> list[Finding]:
    """All operations of some services, on a server of their own."""
    server = Server()
    findings = []
    for service in services:
        findings += Sweep(server.endpoint, service).run(list(service_model(service).operation_names))
    server.stop()
    return findings


def main(arguments: list[str]) -> int:
    services = arguments or session()._session.get_available_services()
    workers = min(len(services), os.cpu_count() or 1)
    # The largest first, so that no worker ends long after the others.
    ordered = sorted(services, key=lambda name: -len(service_model(name).operation_names))
    findings = []
    with ProcessPoolExecutor(workers) as pool:
        for found in pool.map(sweep, ([name] for name in ordered)):
            findings += found
    for finding in findings:
        if finding.is_mistake:
            print(f"{finding.kind} {finding.operation}: {finding.wrong[:1000]}")
    reasons = Counter(finding.reason for finding in findings if finding.is_explained)
    for reason, count in reasons.most_common():
        print(f"explained {count}: {reason}")
    print(figures(findings))
    return 1 if any(finding.is_mistake for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
