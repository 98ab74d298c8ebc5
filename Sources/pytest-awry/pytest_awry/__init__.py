# SPDX-License-Identifier: Apache-2.0
"""A pytest fixture for Awry, the local AWS that fails the way AWS fails."""

from .control import AwryError
from .sandbox import Call, Sandbox

__all__ = ["AwryError", "Call", "Sandbox"]
