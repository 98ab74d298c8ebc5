# SPDX-License-Identifier: Apache-2.0
"""Errors that many operations have for one reason: a pool, a client or a user that is not there, a bad token."""

import re

import pytest
from botocore.exceptions import ClientError

from harness import clients

from . import groups
from .throttles import CATEGORIES
from .world import World


@pytest.fixture
def bare(endpoint, idp):
    """`bare(operation, parameters)`: code and message of the refusal, with nothing checked by botocore."""
    client = clients.client(endpoint, "cognito-idp", parameter_validation=False)

    def call(operation, parameters):
        try:
            answer = clients.method(client, operation)(**parameters)
        except ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400
            assert type(error) is getattr(client.exceptions, error.response["Error"]["Code"], None), error
            return error.response["Error"]["Code"], error.response["Error"]["Message"]
        return "done", str(answer)

    return call


@pytest.fixture
def world(idp, control):
    return World(idp, control)


def check(bare, operations, code, given, words=None):
    """Each of the operations is refused so; all that differ are told at once."""
    found = {name: bare(name, given(name)) for name in operations}
    wrong = {name: told for name, told in found.items() if told[0] != code or words not in (None, told[1])}
    assert not wrong, wrong


def test_what_breaks_the_model(bare):
    wrong = {}
    for name in groups.ALL:
        parameters, member = groups.broken(name)
        code, message = bare(name, parameters)
        begins = r"1 validation error detected: |[2-9] validation errors detected: "
        where = f"at '{member[0].lower()}{member[1:]}' failed to satisfy constraint: Member must "
        if code != "InvalidParameterException" or not re.match(begins, message) or where not in message:
            wrong[name] = code, message
    assert not wrong, wrong


def test_a_pool_that_is_not_there(bare):
    words = f"User pool {groups.NOWHERE} does not exist."
    check(
        bare, groups.NO_POOL, "ResourceNotFoundException",
        lambda name: groups.least(name, UserPoolId=groups.NOWHERE), words,
    )  # fmt: skip


def test_a_client_that_is_not_there(bare):
    words = f"User pool client {groups.NO_CLIENT} does not exist."
    check(
        bare, groups.NO_CLIENTS, "ResourceNotFoundException",
        lambda name: groups.least(name, ClientId=groups.NO_CLIENT), words,
    )  # fmt: skip


def test_a_resource_that_is_not_there(bare):
    arn = f"arn:aws:cognito-idp:us-east-1:123456789012:userpool/{groups.NOWHERE}"
    check(
        bare, groups.NO_RESOURCE, "ResourceNotFoundException", lambda name: groups.least(name, ResourceArn=arn)
    )


def with_token(world):
    token = world.token
    return lambda name: groups.least(name, AccessToken=token)


def test_a_token_that_is_none(bare):
    check(
        bare, groups.BAD_TOKEN, "NotAuthorizedException", lambda name: groups.least(name, AccessToken="123"),
        "Invalid Access Token",
    )  # fmt: skip


def test_a_token_of_a_pool_that_is_gone(bare, world):
    given = with_token(world)
    world.delete_user_pool()
    words = f"User pool {world.pool.id} does not exist."
    check(bare, groups.POOL_GONE, "ResourceNotFoundException", given, words)


def test_a_token_of_a_client_that_is_gone(bare, world):
    given = with_token(world)
    world.delete_user_pool_client()
    words = f"User pool client {world.pool.client} does not exist."
    check(bare, groups.POOL_GONE, "ResourceNotFoundException", given, words)


def test_a_token_of_a_user_who_is_gone(bare, world):
    given = with_token(world)
    world.admin_delete_user()
    check(bare, groups.USER_GONE, "UserNotFoundException", given, "User does not exist.")


def test_a_token_of_a_user_who_must_reset_his_password(bare, world):
    given = with_token(world)
    world.admin_reset_user_password()
    words = "Password reset required for the user"
    check(bare, groups.RESET, "PasswordResetRequiredException", given, words)


def test_a_user_who_is_not_there(bare, world):
    def given(name):
        taken = {"UserPoolId": world.pool.id, "ClientId": world.pool.client, "Username": "nobody"}
        return groups.least(name, **{key: value for key, value in taken.items() if key in groups.members(name)})

    check(bare, groups.NO_USER, "UserNotFoundException", given)


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_that_is_used_up(bare, control, clock, category):
    """One call a second for the whole category: the second is refused, whichever of its operations it is."""
    quotas = {f"cognito-idp.{category}": "1/s"}
    control.load({"scenario": "limited", "options": {"quotas": quotas}})
    names, wrong = CATEGORIES[category].split(), {}
    for first, second in zip([names[-1], *names], names):
        clock(1)
        before, after = (bare(name, groups.least(name)) for name in (first, second))
        if before[0] == "TooManyRequestsException" or after != ("TooManyRequestsException", "Rate exceeded"):
            wrong[first, second] = before, after
    assert not wrong, wrong
