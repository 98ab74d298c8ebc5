# SPDX-License-Identifier: Apache-2.0
"""The pytest plugin from the checkout, whether it is installed or not."""

import sys
from importlib import metadata

from .server import ROOT

PATH = ROOT / "Sources/pytest-awry"
sys.path.insert(0, str(PATH))


def arguments() -> list[str]:
    """What pytest is to be told so that it has the plugin: nothing where it is installed."""
    names = {entry.value for entry in metadata.entry_points(group="pytest11")}
    return ["-p", "no:cacheprovider"] + ([] if "pytest_awry.plugin" in names else ["-p", "pytest_awry.plugin"])
