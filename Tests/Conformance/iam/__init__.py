# SPDX-License-Identifier: Apache-2.0
"""IAM's and STS's fake."""
