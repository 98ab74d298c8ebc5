# SPDX-License-Identifier: Apache-2.0
"""Identity providers and users linked to theirs; resource servers."""

from .rows import Refused, Works, cases

OIDC = {"client_id": "c", "client_secret": "s", "attributes_request_method": "GET", "authorize_scopes": "openid",
        "oidc_issuer": "https://id.example"}  # fmt: skip
NAME = {"ProviderName": "Example"}
EXAMPLE = NAME | {"ProviderType": "OIDC", "ProviderDetails": OIDC, "IdpIdentifiers": ["example.com"]}
NO_PROVIDER = "Identity provider Example does not exist."
API = {"Identifier": "api"}
SERVER = API | {"Name": "API", "Scopes": [{"ScopeName": "read", "ScopeDescription": "r"}]}
NO_SERVER = "Resource server with identifier 'api' not found."


def there(world):
    return world.create_identity_provider(**EXAMPLE)


def link(world, name=None, who="1"):
    return world.admin_link_provider_for_user(
        DestinationUser={"ProviderName": "Cognito", "ProviderAttributeValue": name or world.ann},
        SourceUser={"ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": who} | NAME,
    )


def unlink(world):
    user = {"ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": "1"} | NAME
    return world.admin_disable_provider_for_user(User=user)


def provided(key="IdentityProvider"):
    return lambda answer: answer[key]["ProviderName"] == "Example" and answer[key]["ProviderDetails"] == OIDC


test_providers = cases(
    Works("CreateIdentityProvider", there, provided()),
    Works("DescribeIdentityProvider", lambda w: [there(w), w.describe_identity_provider(**NAME)], provided()),
    Works("UpdateIdentityProvider", lambda w: [there(w), w.update_identity_provider(
        **NAME, AttributeMapping={"email": "mail"})],
        lambda a: a["IdentityProvider"]["AttributeMapping"] == {"email": "mail"}),
    Works("DeleteIdentityProvider", lambda w: [there(w), w.delete_identity_provider(**NAME)]),
    Works("ListIdentityProviders", lambda w: [there(w), w.list_identity_providers()],
          lambda a: [each["ProviderType"] for each in a["Providers"]] == ["OIDC"]),
    Works("GetIdentityProviderByIdentifier", lambda w: [there(w), w.get_identity_provider_by_identifier(
        IdpIdentifier="example.com")], provided()),
    Refused("CreateIdentityProvider", "DuplicateProviderException", lambda w: [there(w), there(w)],
            "A provider with the name Example already exists"),
    Refused("CreateIdentityProvider", "InvalidParameterException",
            lambda w: w.create_identity_provider(**EXAMPLE | {"ProviderDetails": {}})),
    Refused("CreateIdentityProvider", "LimitExceededException", lambda w: [
        w.create_identity_provider(**EXAMPLE | {"ProviderName": f"p{number:03}"}) for number in range(301)],
        "Exceeded the limit of 300 identity providers per user pool."),
    Refused("DescribeIdentityProvider", "ResourceNotFoundException",
            lambda w: w.describe_identity_provider(**NAME), NO_PROVIDER),
    Refused("UpdateIdentityProvider", "ResourceNotFoundException",
            lambda w: w.update_identity_provider(**NAME), NO_PROVIDER),
    Refused("DeleteIdentityProvider", "ResourceNotFoundException",
            lambda w: w.delete_identity_provider(**NAME), NO_PROVIDER),
    Refused("GetIdentityProviderByIdentifier", "ResourceNotFoundException",
            lambda w: w.get_identity_provider_by_identifier(IdpIdentifier="x")),
)  # fmt: skip

test_linked_users = cases(
    Works("AdminLinkProviderForUser", lambda w: [there(w), link(w)]),
    Works("AdminGetUser", lambda w: [there(w), link(w), w.admin_get_user()],
          lambda a: any(each["Name"] == "identities" and '"userId":"1"' in each["Value"]
                        for each in a["UserAttributes"])),
    Works("AdminDisableProviderForUser", lambda w: [there(w), link(w), unlink(w)]),
    Refused("AdminLinkProviderForUser", "ResourceNotFoundException", link, NO_PROVIDER),
    Refused("AdminLinkProviderForUser", "UserNotFoundException", lambda w: [there(w), link(w, "nobody")],
            "User does not exist."),
    Refused("AdminLinkProviderForUser", "InvalidParameterException", lambda w: [there(w), link(w), link(w)],
            "SourceUser is already linked to DestinationUser"),
    Refused("AdminLinkProviderForUser", "AliasExistsException",
            lambda w: [there(w), link(w), w.user("bob"), link(w, "bob")]),
    Refused("AdminLinkProviderForUser", "LimitExceededException",
            lambda w: [there(w), [link(w, who=str(number)) for number in range(6)]],
            "Exceeded the limit of 5 identities linked to a user."),
    Refused("AdminDisableProviderForUser", "UserNotFoundException", lambda w: [there(w), unlink(w)],
            "User does not exist."),
)  # fmt: skip


def served(answer):
    return answer["ResourceServer"]["Scopes"] == SERVER["Scopes"]


test_resource_servers = cases(
    Works("CreateResourceServer", lambda w: w.create_resource_server(**SERVER), served),
    Works("DescribeResourceServer",
          lambda w: [w.create_resource_server(**SERVER), w.describe_resource_server(**API)], served),
    Works("UpdateResourceServer", lambda w: [w.create_resource_server(**SERVER), w.update_resource_server(
        **API, Name="B")], lambda a: a["ResourceServer"]["Name"] == "B"),
    Works("DeleteResourceServer", lambda w: [w.create_resource_server(**SERVER), w.delete_resource_server(**API)]),
    Works("ListResourceServers", lambda w: [w.create_resource_server(**SERVER), w.list_resource_servers(MaxResults=5)],
          lambda a: [each["Identifier"] for each in a["ResourceServers"]] == ["api"]),
    Refused("CreateResourceServer", "InvalidParameterException",
            lambda w: [w.create_resource_server(**SERVER) for _ in range(2)]),
    Refused("CreateResourceServer", "LimitExceededException", lambda w: [
        w.create_resource_server(Identifier=f"api{number}", Name="A") for number in range(26)],
        "Exceeded the limit of 25 resource servers per user pool."),
    Refused("DescribeResourceServer", "ResourceNotFoundException",
            lambda w: w.describe_resource_server(**API), NO_SERVER),
    Refused("UpdateResourceServer", "ResourceNotFoundException",
            lambda w: w.update_resource_server(**API, Name="B"), NO_SERVER),
    Refused("DeleteResourceServer", "ResourceNotFoundException", lambda w: w.delete_resource_server(**API), NO_SERVER),
)  # fmt: skip
