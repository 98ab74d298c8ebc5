# SPDX-License-Identifier: Apache-2.0
"""User pools' fake."""
