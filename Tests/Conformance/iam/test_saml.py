# SPDX-License-Identifier: Apache-2.0
"""SAML assertions, signed by other people's code (signxml): which open a session, and what AWS says of the others."""

import base64
import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from harness.identity import ACCOUNT, trust
from harness.refusing import refused
from lxml import etree
from signxml import CanonicalizationMethod, DigestAlgorithm, SignatureMethod, XMLSigner, methods

ISSUER = "https://idp.example.com/saml"
PROVIDER = f"arn:aws:iam::{ACCOUNT}:saml-provider/idp"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/pilot"
ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/"
SPACES = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}
RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
    xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_response" Version="2.0">
  <saml:Issuer>{issuer}</saml:Issuer>{first}
  <saml:Assertion ID="_assertion" Version="2.0"><saml:Issuer>{issuer}</saml:Issuer>{second}
    <saml:Subject><!-- whom --><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
        >ann &amp; co</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
        Recipient="https://signin.aws.amazon.com/saml" NotOnOrAfter="{until}"/></saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}"/>
    <saml:AttributeStatement xmlns:xs="http://www.w3.org/2001/XMLSchema"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{attributes}</saml:AttributeStatement>
  </saml:Assertion>
</samlp:Response>"""


def attribute(name, *values):
    texts = "".join(f'<saml:AttributeValue xsi:type="xs:string">{value}</saml:AttributeValue>' for value in values)
    return f'<saml:Attribute Name="{ATTRIBUTES}{name}">{texts}</saml:Attribute>'


@pytest.fixture(scope="module")
def pairs():
    """Two keys with their certificates: the provider's and a stranger's."""
    made = []
    for number in range(2):
        key = rsa.generate_private_key(65537, 2048)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"idp {number}")])
        start = datetime.datetime(2026, 1, 1)
        builder = x509.CertificateBuilder(name, name, key.public_key(), 7, start, start.replace(year=2036))
        certificate = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
        made.append((key, certificate))
    return made


@pytest.fixture
def signed(pairs):
    """`signed("_assertion", …)`: a response in base64, in which the elements of these ids are signed."""

    def make(*ids, by=0, until="2026-03-01T12:05:00Z", since="2026-03-01T11:55:00Z", issuer=ISSUER, method="SHA256",
             form=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0, edit=None, **more):  # fmt: skip
        told = {"Role": f"{ROLE},{PROVIDER}", "RoleSessionName": "ann@example.com"} | more
        place = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="placeholder"/>'
        text = RESPONSE.format(
            issuer=issuer, until=until, since=since, first=place if "_response" in ids else "",
            second=place if "_assertion" in ids else "", attributes="".join(attribute(*one) for one in told.items()),
        )  # fmt: skip
        tree = etree.fromstring(text)
        key, certificate = pairs[by]
        # From within outwards: what holds a signature is signed after it.
        for name in [one for one in ("_assertion", "_response") if one in ids]:
            signer = XMLSigner(
                methods.enveloped, SignatureMethod[f"RSA_{method}"], DigestAlgorithm[method], form
            )
            part = tree if name == "_response" else tree.find("saml:Assertion", SPACES)
            whole = signer.sign(part, key=key, cert=certificate, reference_uri=name, id_attribute="ID")
            if part is tree:
                tree = whole
            else:
                tree.replace(part, whole)
        body = etree.tostring(tree)
        return base64.b64encode(edit(body) if edit else body).decode()

    return make


@pytest.fixture
def assume(iam, sts, pairs):
    """`assume(assertion)`: opens a session of a role that trusts the provider."""
    body = "".join(pairs[0][1].splitlines()[1:-1])
    key = f"""<KeyDescriptor use="signing"><KeyInfo xmlns="{SPACES["ds"]}"><X509Data>
        <X509Certificate>{body}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"""
    metadata = f"""<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ISSUER}">
        <IDPSSODescriptor protocolSupportEnumeration="{SPACES["samlp"]}">{key}</IDPSSODescriptor></EntityDescriptor>"""
    iam.create_saml_provider(Name="idp", SAMLMetadataDocument=metadata)
    condition = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    actions = ["sts:AssumeRoleWithSAML", "sts:TagSession"]
    iam.create_role(
        RoleName="pilot", AssumeRolePolicyDocument=trust({"Federated": PROVIDER}, actions, condition=condition)
    )
    return lambda assertion: sts.assume_role_with_saml(RoleArn=ROLE, PrincipalArn=PROVIDER, SAMLAssertion=assertion)


@pytest.mark.parametrize("ids", [["_assertion"], ["_response"], ["_assertion", "_response"]], ids="+".join)
@pytest.mark.parametrize("method", ["SHA256", "SHA384", "SHA512"])
def test_what_the_provider_signed_opens_a_session(assume, signed, by, ids, method):
    given = assume(signed(*ids, method=method))
    assert (given["Subject"], given["SubjectType"], given["Issuer"]) == ("ann & co", "transient", ISSUER)
    assert given["Audience"] == "https://signin.aws.amazon.com/saml"
    who = by(given["Credentials"]).get_caller_identity()["Arn"]
    assert who == f"arn:aws:sts::{ACCOUNT}:assumed-role/pilot/ann@example.com"


def test_the_other_canonical_form(assume, signed):
    assert assume(signed("_response", form=CanonicalizationMethod.CANONICAL_XML_1_0))["Credentials"]


def swap(old, new):
    return {"edit": lambda body: body.replace(old, new)}


FORGED = [
    ("unsigned", [], {}),
    ("by another's key", ["_assertion"], {"by": 1}),
    ("another role", ["_assertion"], swap(b"role/pilot", b"role/admin")),
    ("another subject", ["_response"], swap(b"ann &amp; co", b"bob &amp; co")),
    ("another id", ["_assertion"], swap(b'ID="_assertion"', b'ID="_other"')),
    ("another digest", ["_assertion"], swap(b"<ds:DigestValue>", b"<ds:DigestValue>AA")),
    ("no value", ["_assertion"], swap(b"<ds:SignatureValue>", b"<ds:SignatureValue>A")),
    ("one of two", ["_assertion", "_response"], swap(b'Version="2.0">', b'Version="2">')),
]


@pytest.mark.parametrize(("ids", "how"), [one[1:] for one in FORGED], ids=[one[0] for one in FORGED])
def test_a_forged_assertion(assume, signed, ids, how):
    assert refused("InvalidIdentityToken", assume, assertion=signed(*ids, **how)) == "Response signature invalid"


def test_a_wrapped_assertion(assume, signed):
    """What is signed must be what is read: a second assertion before the signed one changes nothing."""

    def wrap(body):
        start, end = body.index(b"<saml:Assertion"), body.index(b"</saml:Assertion>") + len(b"</saml:Assertion>")
        inner = body[start:end]
        cut = inner[: inner.index(b"<ds:Signature")] + inner[inner.index(b"</ds:Signature>") + 15 :]
        return body[:start] + cut.replace(b"ann@example.com", b"eve@example.com") + inner + body[end:]

    refused("InvalidIdentityToken", assume, assertion=signed("_assertion", edit=wrap))


LATE, EARLY = "2026-03-01T11:59:00Z", "2026-03-01T12:01:00Z"
CLAIMS = [
    ({"until": LATE}, "ExpiredTokenException"),
    ({"since": EARLY}, "IDPRejectedClaim"),
    ({"issuer": "https://other.example.com"}, "InvalidIdentityToken"),
    ({"Role": f"{ROLE}2,{PROVIDER}"}, "InvalidIdentityToken"),
]


@pytest.mark.parametrize(("claims", "code"), CLAIMS)
def test_what_an_assertion_must_say(assume, signed, claims, code):
    refused(code, assume, assertion=signed("_assertion", **claims))


def test_tags_and_lengths_of_an_assertion(assume, signed):
    told = {"PrincipalTag:team": "red", "SourceIdentity": "ann", "SessionDuration": "900"}
    given = assume(signed("_assertion", **told))
    assert given["SourceIdentity"] == "ann"
    assert given["Credentials"]["Expiration"].isoformat() == "2026-03-01T12:15:00+00:00"
