# SPDX-License-Identifier: Apache-2.0
"""Signatures that are checked and policies that decide."""
