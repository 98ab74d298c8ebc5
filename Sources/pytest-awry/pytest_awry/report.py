# SPDX-License-Identifier: Apache-2.0
"""What people read of a sandbox: a line for each request, and what a verdict says."""


def request_line(request: dict) -> str:
    """`✗ kinesis.PutRecord  400 LimitExceededException  rule ad-hoc-1  attempt 1`."""
    name = f"{request['service']}.{request['operation']}" if request["operation"] else request["path"]
    is_whole = request["delivered"] == "whole"
    is_well = is_whole and (request["status"] or 500) < 400 and not request["error"]
    outcome = " ".join(str(part) for part in (request["status"], request["error"]) if part)
    parts = ["✓ " + name if is_well else "✗ " + name, outcome]
    if request["delivered"] is None:
        parts.append("under way")
    elif not is_whole:
        parts.append("connection lost")
    rule = request["decidedBy"] or next(iter(request["rules"]), None)
    parts += [f"rule {rule}"] if rule else []
    return "  ".join(part for part in [*parts, f"attempt {request['attempt']}"] if part)


def verdict(report: dict, source: "str | None" = None) -> str:
    """The problems that a report names, each with the place of the expectation that it breaks; `source` is the name of
    what the server knows as a body."""
    if report.get("refused"):
        return f"not judged: {report['refused']}"
    lines = ["the client did not do what was expected:"]
    for finding in report["expectations"]:
        file = source if source and finding["file"] == "<body>" else finding["file"]
        notes = [f"note: {note}" for note in finding.get("notes", [])]
        lines += [f"  {file}:{finding['line']}: {text}" for text in finding["problems"] + notes]
    return "\n".join(lines)
