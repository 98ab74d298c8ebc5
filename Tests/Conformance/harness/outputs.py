# SPDX-License-Identifier: Apache-2.0
"""`python -m harness.outputs [SERVICE …]`: of every operation the output, the stub, what its request is taken for and
the parameters that the journal keeps, through botocore; prints what is right of what was tried, per protocol, and fails
if something is wrong that no fact about botocore explains."""

import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from .clients import session
from .model import service_model
from .server import Server
from .sweeping import Finding, Sweep, figures


def sweep(service: str) -> tuple[list[Finding], Counter]:
    """All operations of a service, on a server of their own: which rules are loaded says which of two like services is
    meant."""
    server = Server("--quiet")
    made = Sweep(server.endpoint, service)
    findings = made.run(list(service_model(service).operation_names))
    server.stop()
    return findings, made.counts


def main(arguments: list[str]) -> int:
    services = arguments or session()._session.get_available_services()
    # The largest first, so that no worker ends long after the others.
    ordered = sorted(services, key=lambda name: -len(service_model(name).operation_names))
    findings, counts = [], Counter()
    with ProcessPoolExecutor(min(len(services), os.cpu_count() or 1)) as pool:
        for found, counted in pool.map(sweep, ordered):
            findings += found
            counts += counted
    for finding in findings:
        if finding.is_mistake:
            print(f"{finding.kind} {finding.operation}: {finding.wrong[:1000]}")
    reasons = Counter(finding.reason for finding in findings if finding.is_explained)
    for reason, count in reasons.most_common():
        print(f"explained {count}: {reason}")
    print("; ".join(f"{count} {name}" for name, count in counts.items()))
    print(figures(findings))
    return 1 if any(finding.is_mistake for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
