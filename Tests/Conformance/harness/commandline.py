# SPDX-License-Identifier: Apache-2.0
"""The AWS command line, as PyPI has it."""

import os
import subprocess
import sys
from pathlib import Path

AWS = str(Path(sys.executable).with_name("aws"))


def aws(endpoint: str, home, *arguments: str) -> subprocess.CompletedProcess:
    """Runs a command to its end, with one attempt for each call and nobody's configuration but `home`'s."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_PAGER": "",
    }
    command = [AWS, "--endpoint-url", endpoint, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
