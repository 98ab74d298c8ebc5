# SPDX-License-Identifier: Apache-2.0
"""Every operation of S3: its success, and each error that state can cause."""
