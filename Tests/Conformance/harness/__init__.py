# SPDX-License-Identifier: Apache-2.0
"""What the conformance tests share: the server, its control interface, clients, and botocore's own model as data."""
