# SPDX-License-Identifier: Apache-2.0
"""SQS's fake."""
