# SPDX-License-Identifier: Apache-2.0
"""What the first call of a service costs: its part of the catalogue is decoded then, once."""

import statistics
import time

from servers import Server

SCOPE = (
    "Authorization: AWS4-HMAC-SHA256 Credential=123456789012/20260301/us-east-1/{}/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=00\r\nX-Amz-Date: 20260301T120000Z\r\nHost: 127.0.0.1\r\n"
)
FORM = "Action=DescribeRegions&Version=2016-11-15"
CALLS = {
    "ec2": "POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    f"Content-Length: {len(FORM)}\r\n{{}}\r\n{FORM}",
    "s3": "GET / HTTP/1.1\r\n{}\r\n",
}


def first_call(server: Server, service: str, other: bytes) -> float:
    """CPU in ms of a service's first call beyond that of its next, in a server that has answered calls of another."""
    request = CALLS[service].format(SCOPE.format(service)).encode()
    server.start(other)
    costs = []
    for _ in range(2):
        before = server.exact_cpu()
        answer = server.ask(request)
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{service} answered {answer[:200]!r}")
        # The answer is out before its record is made; that belongs to neither call more than to the other.
        time.sleep(0.01)
        costs.append(server.exact_cpu() - before)
    server.stop()
    return (costs[0] - costs[1]) * 1000


def first_calls(server: Server, other: bytes) -> dict[str, float]:
    """The same for each of the services, in the middle of nine starts."""
    return {service: statistics.median(first_call(server, service, other) for _ in range(9)) for service in CALLS}
