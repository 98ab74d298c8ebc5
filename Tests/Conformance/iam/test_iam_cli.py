# SPDX-License-Identifier: Apache-2.0
"""IAM and STS by the AWS command line: what it prints, and the line and status of a refusal."""

import json

from harness import commandline
from harness.identity import ACCOUNT, ROOT, trust

# Version 2, and version 1 as PyPI has it.
REFUSED = (254, 255)


def test_the_command_line(iam, endpoint, tmp_path):
    def aws(*arguments):
        return commandline.aws(endpoint, tmp_path, *arguments)

    who = json.loads(aws("sts", "get-caller-identity").stdout)
    assert who == {"UserId": ACCOUNT, "Account": ACCOUNT, "Arn": ROOT}
    made = aws("iam", "create-user", "--user-name", "beep", "--tags", "Key=team,Value=red")
    assert json.loads(made.stdout)["User"]["Tags"] == [{"Key": "team", "Value": "red"}]
    again = aws("iam", "create-user", "--user-name", "beep")
    assert again.returncode in REFUSED and again.stderr.strip() == (
        "An error occurred (EntityAlreadyExists) when calling the CreateUser operation: "
        "User with name beep already exists."
    )
    assert aws("iam", "create-role", "--role-name", "r", "--assume-role-policy-document", trust()).returncode == 0
    role = f"arn:aws:iam::{ACCOUNT}:role/r"
    given = aws("sts", "assume-role", "--role-arn", role, "--role-session-name", "me")
    assert json.loads(given.stdout)["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/r/me"
    gone = aws("iam", "get-role", "--role-name", "gone")
    assert gone.returncode in REFUSED and "(NoSuchEntity)" in gone.stderr
    assert aws("iam", "wait", "user-exists", "--user-name", "beep").returncode == 0
    listed = aws("iam", "list-users", "--query", "Users[].UserName", "--output", "text")
    assert listed.stdout.strip() == "beep"
