# SPDX-License-Identifier: Apache-2.0
"""Policies, names and tokens that tests of identities share."""

import json

import jwt

from . import clients

ACCOUNT = clients.ACCOUNT
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]})
ROOT = f"arn:aws:iam::{ACCOUNT}:root"


def trust(principal=None, action="sts:AssumeRole", **condition):
    statement = {"Effect": "Allow", "Principal": principal or {"AWS": ROOT}, "Action": action}
    if condition:
        statement["Condition"] = condition["condition"]
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def claims(token):
    """What a token says, whoever has signed it."""
    return jwt.decode(token, options={"verify_signature": False})
