# SPDX-License-Identifier: Apache-2.0
"""Lists: what ListUsers looks for, and each paginator that botocore has, which succeeds, is throttled, fails."""

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError, PaginationError, ReadTimeoutError

from .rows import Refused, Works, cases
from .test_protection import WATCHED
from .world import World

UNPARSED = "Error while parsing filter."
NONE = "One or more requested attributes do not exist."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('username = "ann"', ["ann"]), ('username ^= "b"', ["ben", "bob"]), ('"email" = "ann@example.com"', ["ann"]),
        ('given_name^="B"', ["ben"]), ('given_name = "b"', []), ('phone_number ^= "+1555"', ["ann"]),
        ('cognito:user_status = "CONFIRMED"', ["ann"]), ('status = "Disabled"', ["bob"]),
        ('cognito:user_status="FORCE_CHANGE_PASSWORD"', ["ben", "bob"]), ('family_name = "O\\"Hara"', ["bob"]),
        ("", None),
    ],
)  # fmt: skip
def test_filters(idp, control, text, found):
    world = World(idp, control)
    world.ann
    world.user("ben", {"Name": "given_name", "Value": "Ben"})
    world.user("bob", {"Name": "family_name", "Value": 'O"Hara'})
    world.admin_disable_user(Username="bob")
    listed = [user["Username"] for user in world.list_users(Filter=text)["Users"]]
    assert sorted(listed) == (["ann", "ben", "bob"] if found is None else found)


def test_a_sub_and_chosen_attributes(idp, control):
    world = World(idp, control)
    sub = {each["Name"]: each["Value"] for each in world.admin_get_user()["UserAttributes"]}["sub"]
    [user] = world.list_users(Filter=f'sub = "{sub}"', AttributesToGet=["email"])["Users"]
    assert user["Attributes"] == [{"Name": "email", "Value": "ann@example.com"}]


test_what_is_no_filter = cases(
    Works("ListUsers", lambda w: [w.ann, w.list_users(Limit=1)], lambda a: len(a["Users"]) == 1),
    *[Refused("ListUsers", "InvalidParameterException", lambda w, text=text: w.list_users(Filter=text), words)
      for text, words in [("username", UNPARSED), ("username = ann", UNPARSED), ('username = "a"b"', UNPARSED),
                          ('gender = "x"', NONE), ('custom:tier = "x"', NONE)]],
    Refused("ListUsers", "InvalidParameterException", lambda w: w.list_users(AttributesToGet=["age"]), NONE),
    *[Refused(operation, "InvalidParameterException",
              lambda w, operation=operation, given=given: getattr(w, xform_name(operation))(**given),
              "Invalid pagination token")
      for operation, given in [
          ("ListUsers", {"PaginationToken": "eA=="}), ("ListGroups", {"NextToken": "eA=="}),
          ("ListUserPools", {"NextToken": "eA==", "MaxResults": 1}), ("ListUserPoolClients", {"NextToken": "eA=="}),
          ("ListUserImportJobs", {"PaginationToken": "eA==", "MaxResults": 1}),
          ("ListIdentityProviders", {"NextToken": "eA=="}), ("ListResourceServers", {"NextToken": "eA=="}),
          ("AdminListGroupsForUser", {"NextToken": "eA=="})]],
)  # fmt: skip


OIDC = {"client_id": "c", "client_secret": "s", "attributes_request_method": "GET", "authorize_scopes": "openid",
        "oidc_issuer": "https://id.example"}  # fmt: skip


def grouped(world):
    for number in range(3):
        world.create_group(GroupName=f"g{number}")
        world.admin_add_user_to_group(GroupName=f"g{number}")


def gathered(world):
    world.create_group(GroupName="all")
    for number in range(3):
        world.user(f"u{number}")
        world.admin_add_user_to_group(GroupName="all", Username=f"u{number}")


# The paginator, what makes three of them, what it is asked, where they are, and the member for a page's size.
PAGED = [
    ("admin_list_groups_for_user", grouped, {"Username": "ann"}, "Groups"),
    ("admin_list_user_auth_events", lambda w: [w.ann and w.pool.tokens() for _ in range(3)], {"Username": "ann"},
     "AuthEvents"),
    ("list_groups", grouped, {}, "Groups"),
    ("list_identity_providers", lambda w: [w.create_identity_provider(
        ProviderName=f"one{n}", ProviderType="OIDC", ProviderDetails=OIDC) for n in range(3)], {}, "Providers"),
    ("list_resource_servers", lambda w: [w.create_resource_server(Identifier=f"api{n}", Name="a") for n in range(3)],
     {}, "ResourceServers"),
    ("list_user_pool_clients", lambda w: [w.create_user_pool_client(ClientName=f"c{n}") for n in range(2)], {},
     "UserPoolClients"),
    ("list_user_pools", lambda w: [w.create_user_pool(PoolName=f"p{n}") for n in range(2)], None, "UserPools"),
    ("list_users", lambda w: [w.user(f"u{n}") for n in range(3)], {}, "Users"),
    ("list_users_in_group", gathered, {"GroupName": "all"}, "Users"),
]  # fmt: skip


@pytest.fixture(params=PAGED, ids=[row[0] for row in PAGED])
def paged(request, idp, control):
    """The paginator's method, the parameters of its pages and where what it lists is, with three of them."""
    name, make, given, key = request.param
    world = World(idp, control, WATCHED if name == "admin_list_user_auth_events" else None)
    make(world)
    parameters = {} if given is None else {"UserPoolId": world.pool.id} | given
    return world, idp.get_paginator(name), parameters | {"PaginationConfig": {"PageSize": 2}}, key


def test_pages(paged):
    _, paginator, given, key = paged
    pages = [page[key] for page in paginator.paginate(**given)]
    assert [len(page) for page in pages] == [2, 1]
    assert pages[0] + pages[1] == paginator.paginate(**given).build_full_result()[key]


def test_a_page_that_is_throttled(paged, control):
    """The first page comes, the second is refused."""
    _, paginator, given, _ = paged
    operation = paginator._model.name
    control.rules({"match": f"cognito-idp.{operation}", "nth": 2, "error": "TooManyRequestsException"})
    pages = iter(paginator.paginate(**given))
    assert next(pages)
    with pytest.raises(ClientError) as caught:
        next(pages)
    assert caught.value.response["Error"]["Code"] == "TooManyRequestsException"


def test_a_page_that_goes_round(paged, control):
    """The same token twice: botocore gives up."""
    _, paginator, given, key = paged
    token = paginator._output_token[0].expression
    control.rules({"match": f"cognito-idp.{paginator._model.name}", "respond": {key: [], token: "again"}})
    with pytest.raises(PaginationError, match="same next token"):
        list(paginator.paginate(**given))


def test_a_page_that_does_not_come_in_time(paged, control, client):
    _, paginator, given, _ = paged
    control.rules({"match": f"cognito-idp.{paginator._model.name}", "delay": "2s"})
    hasty = client("cognito-idp", read_timeout=0.2).get_paginator(xform_name(paginator._model.name))
    with pytest.raises(ReadTimeoutError):
        list(hasty.paginate(**given))
