# SPDX-License-Identifier: Apache-2.0
"""The clock of a sandbox: windows, buckets, expiry and `Date` follow it."""

from .control import Control


class Clock:
    """Reads and moves a sandbox's clock; each change gives the time that it then shows."""

    def __init__(self, control: Control):
        self._control = control

    @property
    def now(self) -> str:
        """What it shows, as `2026-03-01T12:00:00Z`."""
        return self._control.demand("GET", "clock")["now"]

    @property
    def is_frozen(self) -> bool:
        """Whether it stands still."""
        return self._control.demand("GET", "clock")["frozen"]

    def advance(self, span: "str | float") -> str:
        """Moves it on: by `"10m"`, or by seconds."""
        return self._change({"advance": span})

    def set(self, moment: str) -> str:
        """Sets it to a moment such as `2026-03-01T12:00:00Z`."""
        return self._change({"set": moment})

    def freeze(self) -> str:
        """Stops it."""
        return self._change({"freeze": True})

    def run(self) -> str:
        """Lets it run again."""
        return self._change({"run": True})

    def _change(self, change: dict) -> str:
        return self._control.demand("POST", "clock", change)["now"]
