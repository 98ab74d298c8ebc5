# SPDX-License-Identifier: Apache-2.0
"""How a pool's pages look, and the terms that they link to."""

from .rows import Refused, Works, cases

PLAIN = {"UseCognitoProvidedValues": True}
NONE = {"ManagedLoginBrandingId": "00000000-0000-4000-8000-000000000000"}
NO_BRANDING = "Managed login branding does not exist."
TERMS = {"TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE"}
NO_TERMS = {"TermsId": "00000000-0000-4000-8000-000000000000"}
GONE = "Terms do not exist."


def branded(world, **more):
    made = world.create_managed_login_branding(**PLAIN, **more)["ManagedLoginBranding"]
    return {"ManagedLoginBrandingId": made["ManagedLoginBrandingId"]}


def client(world, number=0):
    return world.create_user_pool_client(ClientName=f"app{number}")["UserPoolClient"]["ClientId"]


def plain(answer):
    return answer["ManagedLoginBranding"]["UseCognitoProvidedValues"] is True


test_brandings = cases(
    Works("CreateManagedLoginBranding", lambda w: w.create_managed_login_branding(**PLAIN), plain),
    Works("DescribeManagedLoginBranding", lambda w: w.describe_managed_login_branding(**branded(w)), plain),
    Works("DescribeManagedLoginBrandingByClient",
          lambda w: [branded(w), w.describe_managed_login_branding_by_client()], plain),
    Works("UpdateManagedLoginBranding", lambda w: w.update_managed_login_branding(
        UserPoolId=w.pool.id, **branded(w), UseCognitoProvidedValues=False), lambda a: not plain(a)),
    Works("DeleteManagedLoginBranding", lambda w: w.delete_managed_login_branding(**branded(w))),
    Refused("CreateManagedLoginBranding", "ManagedLoginBrandingExistsException", lambda w: [branded(w), branded(w)]),
    Refused("CreateManagedLoginBranding", "ResourceNotFoundException",
            lambda w: branded(w, ClientId="x" * 26), f"User pool client {'x' * 26} does not exist."),
    Refused("CreateManagedLoginBranding", "LimitExceededException",
            lambda w: [branded(w, ClientId=client(w, number)) for number in range(21)],
            "Exceeded the limit of 20 managed login branding styles per user pool."),
    Refused("DescribeManagedLoginBranding", "ResourceNotFoundException",
            lambda w: w.describe_managed_login_branding(**NONE), NO_BRANDING),
    Refused("DescribeManagedLoginBrandingByClient", "ResourceNotFoundException",
            lambda w: w.describe_managed_login_branding_by_client(), NO_BRANDING),
    Refused("UpdateManagedLoginBranding", "ResourceNotFoundException",
            lambda w: w.update_managed_login_branding(UserPoolId=w.pool.id, **NONE), NO_BRANDING),
    Refused("DeleteManagedLoginBranding", "ResourceNotFoundException",
            lambda w: w.delete_managed_login_branding(**NONE), NO_BRANDING),
)  # fmt: skip

test_customizations = cases(
    Works("SetUICustomization", lambda w: [w.create_user_pool_domain(Domain="shop"), w.set_ui_customization(CSS="a{}")],
          lambda a: a["UICustomization"]["CSS"] == "a{}"),
    Works("GetUICustomization", lambda w: w.get_ui_customization(), lambda a: a == {"UICustomization": {}}),
    Works("GetUICustomization", lambda w: [w.create_user_pool_domain(Domain="shop"), w.set_ui_customization(CSS="a{}"),
                                           w.get_ui_customization(ClientId=w.pool.client)],
          lambda a: a["UICustomization"]["ClientId"] == "ALL"),
    Refused("SetUICustomization", "InvalidParameterException", lambda w: w.set_ui_customization(CSS="a{}"),
            "There has to be an existing domain associated with this user pool"),
    Refused("GetUICustomization", "ResourceNotFoundException", lambda w: w.get_ui_customization(ClientId="x" * 26),
            f"User pool client {'x' * 26} does not exist."),
)  # fmt: skip


def terms(world, **more):
    return {"TermsId": world.create_terms(**TERMS | more)["Terms"]["TermsId"]}


def kept(answer):
    return answer["Terms"]["TermsName"] == "terms-of-use"


test_terms = cases(
    Works("CreateTerms", lambda w: w.create_terms(**TERMS), kept),
    Works("DescribeTerms", lambda w: w.describe_terms(**terms(w)), kept),
    Works("UpdateTerms", lambda w: w.update_terms(**terms(w), TermsName="privacy-policy"),
          lambda a: a["Terms"]["TermsName"] == "privacy-policy"),
    Works("DeleteTerms", lambda w: w.delete_terms(**terms(w))),
    Works("ListTerms", lambda w: [terms(w), w.list_terms()], lambda a: [kept({"Terms": each}) for each in a["Terms"]]),
    Refused("CreateTerms", "TermsExistsException", lambda w: [terms(w), terms(w)]),
    Refused("UpdateTerms", "TermsExistsException", lambda w: [
        terms(w), w.update_terms(**terms(w, TermsName="privacy-policy"), TermsName="terms-of-use")]),
    Refused("CreateTerms", "ResourceNotFoundException", lambda w: terms(w, ClientId="x" * 26)),
    Refused("DescribeTerms", "ResourceNotFoundException", lambda w: w.describe_terms(**NO_TERMS), GONE),
    Refused("UpdateTerms", "ResourceNotFoundException", lambda w: w.update_terms(**NO_TERMS), GONE),
    Refused("DeleteTerms", "ResourceNotFoundException", lambda w: w.delete_terms(**NO_TERMS), GONE),
)  # fmt: skip
