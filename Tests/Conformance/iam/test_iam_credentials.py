# SPDX-License-Identifier: Apache-2.0
"""IAM: what users sign and sign in with, and the providers that vouch for others."""

import base64
import hashlib
import hmac
import re
import struct
import subprocess

import pytest
from harness.identity import ACCOUNT
from harness.refusing import refused

ARN = f"arn:aws:iam::{ACCOUNT}:"
USER = {"UserName": "beep"}
METADATA = """<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/me">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/>%s</EntityDescriptor>"""
METADATA %= " " * 1000


def password(seed, moment):
    """RFC 6238, by other means than the server's."""
    digest = hmac.new(base64.b32decode(seed), struct.pack(">Q", moment // 30), hashlib.sha1).digest()
    start = digest[19] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


NOON = 1772366400


@pytest.fixture(scope="session")
def pair(tmp_path_factory):
    """A certificate and its key, and another key."""
    folder = tmp_path_factory.mktemp("pair")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 3650 -subj /CN=x"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    subprocess.run("openssl genrsa -out other.pem 2048".split(), cwd=folder, check=True, capture_output=True)
    public = "openssl rsa -in key.pem -pubout -out public.pem"
    subprocess.run(public.split(), cwd=folder, check=True, capture_output=True)
    return [(folder / name).read_text() for name in ("cert.pem", "key.pem", "other.pem", "public.pem")]


def test_access_keys(iam, world, by):
    key = iam.create_access_key(**USER)["AccessKey"]
    assert re.fullmatch("AKIA[A-Z2-7]{16}", key["AccessKeyId"]) and len(key["SecretAccessKey"]) == 40
    who = by(key).get_caller_identity()
    assert who["Arn"] == f"{ARN}user/people/beep" and who["UserId"] == iam.get_user(**USER)["User"]["UserId"]
    mine = by(key, "iam")
    assert mine.get_user()["User"]["UserName"] == "beep"
    assert mine.create_access_key()["AccessKey"]["UserName"] == "beep"
    iam.update_access_key(**USER, AccessKeyId=key["AccessKeyId"], Status="Inactive")
    listed = iam.list_access_keys(**USER)["AccessKeyMetadata"]
    assert [entry["Status"] for entry in listed] == ["Inactive", "Active"]
    iam.delete_access_key(**USER, AccessKeyId=key["AccessKeyId"])
    assert len(iam.list_access_keys(**USER)["AccessKeyMetadata"]) == 1
    assert iam.create_access_key()["AccessKey"]["UserName"] == ACCOUNT


def test_passwords(iam, world, by):
    iam.update_account_password_policy(MinimumPasswordLength=8, RequireSymbols=True, PasswordReusePrevention=2)
    made = iam.create_login_profile(**USER, Password="Secret-123", PasswordResetRequired=True)["LoginProfile"]
    assert made["PasswordResetRequired"] and iam.get_login_profile(**USER)["LoginProfile"] == made
    mine = by(iam.create_access_key(**USER)["AccessKey"], "iam")
    refused("AccessDenied", mine.change_password, OldPassword="wrong", NewPassword="Secret-124")
    mine.change_password(OldPassword="Secret-123", NewPassword="Secret-124")
    assert not iam.get_login_profile(**USER)["LoginProfile"]["PasswordResetRequired"]
    for old in ("Secret-123", "Secret-124", "Secret124"):
        refused("PasswordPolicyViolation", iam.update_login_profile, **USER, Password=old)
    iam.delete_login_profile(**USER)
    refused("NoSuchEntity", mine.change_password, OldPassword="a", NewPassword="Secret-125")


def test_devices(iam, world, clock):
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName="m", Path="/x/")["VirtualMFADevice"]
    serial, seed = device["SerialNumber"], device["Base32StringSeed"]
    assert serial == f"{ARN}mfa/x/m" and device["QRCodePNG"].startswith(b"\x89PNG") and len(seed) == 64
    who = USER | {"SerialNumber": serial}

    def codes(at):
        return {"AuthenticationCode1": password(seed, at), "AuthenticationCode2": password(seed, at + 30)}

    message = refused("InvalidAuthenticationCode", iam.enable_mfa_device, **who, **codes(NOON + 3600))
    assert message == "Authentication code for device is not valid."
    iam.enable_mfa_device(**who, **codes(NOON - 30))
    refused("EntityAlreadyExists", iam.enable_mfa_device, **who, **codes(NOON))
    assert iam.list_mfa_devices(**USER)["MFADevices"][0]["SerialNumber"] == serial
    assigned = iam.list_virtual_mfa_devices(AssignmentStatus="Assigned")["VirtualMFADevices"]
    assert assigned[0]["User"]["UserName"] == "beep"
    assert iam.list_virtual_mfa_devices(AssignmentStatus="Unassigned")["VirtualMFADevices"] == []
    assert iam.get_mfa_device(SerialNumber=serial)["UserName"] == "beep"
    iam.resync_mfa_device(**who, **codes(NOON + 600))
    message = refused("DeleteConflict", iam.delete_virtual_mfa_device, SerialNumber=serial)
    assert message == "MFA VirtualDevice in use. Must deactivate first."
    iam.deactivate_mfa_device(**who)
    iam.delete_virtual_mfa_device(SerialNumber=serial)
    iam.enable_mfa_device(**USER, SerialNumber="GAHT12345678", **codes(0))
    assert iam.list_virtual_mfa_devices()["VirtualMFADevices"] == []


def test_server_certificates(iam, pair):
    certificate, key, other, _ = pair
    given = {"ServerCertificateName": "s", "CertificateBody": certificate}
    refused("KeyPairMismatch", iam.upload_server_certificate, **given, PrivateKey=other)
    made = iam.upload_server_certificate(**given, PrivateKey=key, CertificateChain=certificate)
    assert made["ServerCertificateMetadata"]["Expiration"].year >= 2035
    refused("EntityAlreadyExists", iam.upload_server_certificate, **given, PrivateKey=key)
    iam.update_server_certificate(ServerCertificateName="s", NewServerCertificateName="t", NewPath="/x/")
    found = iam.get_server_certificate(ServerCertificateName="t")["ServerCertificate"]
    assert found["ServerCertificateMetadata"]["Arn"] == f"{ARN}server-certificate/x/t"
    assert found["CertificateBody"].strip() == certificate.strip()
    iam.tag_server_certificate(ServerCertificateName="t", Tags=[{"Key": "a", "Value": "b"}])
    assert iam.list_server_certificate_tags(ServerCertificateName="t")["Tags"]
    iam.untag_server_certificate(ServerCertificateName="t", TagKeys=["a"])
    assert iam.list_server_certificates(PathPrefix="/x/")["ServerCertificateMetadataList"]
    iam.delete_server_certificate(ServerCertificateName="t")
    assert iam.list_server_certificates()["ServerCertificateMetadataList"] == []


def test_signing_certificates(iam, world, pair):
    made = iam.upload_signing_certificate(**USER, CertificateBody=pair[0])["Certificate"]
    refused("DuplicateCertificate", iam.upload_signing_certificate, **USER, CertificateBody=pair[0])
    iam.update_signing_certificate(**USER, CertificateId=made["CertificateId"], Status="Inactive")
    assert iam.list_signing_certificates(**USER)["Certificates"][0]["Status"] == "Inactive"
    iam.delete_signing_certificate(**USER, CertificateId=made["CertificateId"])
    assert iam.list_signing_certificates(**USER)["Certificates"] == []


def test_ssh_keys(iam, world, pair):
    made = iam.upload_ssh_public_key(**USER, SSHPublicKeyBody=pair[3])["SSHPublicKey"]
    key = USER | {"SSHPublicKeyId": made["SSHPublicKeyId"]}
    text = iam.get_ssh_public_key(**key, Encoding="SSH")["SSHPublicKey"]["SSHPublicKeyBody"]
    digest = hashlib.md5(base64.b64decode(text.split()[1])).hexdigest()
    assert made["Fingerprint"] == ":".join(re.findall("..", digest)) and text.startswith("ssh-rsa ")
    refused("DuplicateSSHPublicKey", iam.upload_ssh_public_key, **USER, SSHPublicKeyBody=text)
    assert iam.get_ssh_public_key(**key, Encoding="PEM")["SSHPublicKey"]["SSHPublicKeyBody"].strip() == pair[3].strip()
    iam.update_ssh_public_key(**key, Status="Inactive")
    assert iam.list_ssh_public_keys(**USER)["SSHPublicKeys"][0]["Status"] == "Inactive"
    iam.delete_ssh_public_key(**key)
    assert iam.list_ssh_public_keys(**USER)["SSHPublicKeys"] == []


def test_service_specific_credentials(iam, world):
    service = "codecommit.amazonaws.com"
    made = iam.create_service_specific_credential(**USER, ServiceName=service)["ServiceSpecificCredential"]
    assert made["ServiceUserName"] == f"beep-at-{ACCOUNT}" and made["Status"] == "Active"
    who = USER | {"ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"]}
    again = iam.reset_service_specific_credential(**who)["ServiceSpecificCredential"]
    assert again["ServicePassword"] != made["ServicePassword"]
    iam.update_service_specific_credential(**who, Status="Inactive")
    iam.create_service_specific_credential(**USER, ServiceName=service)
    refused("LimitExceeded", iam.create_service_specific_credential, **USER, ServiceName=service)
    listed = iam.list_service_specific_credentials(**USER, ServiceName=service)["ServiceSpecificCredentials"]
    assert [entry["Status"] for entry in listed] == ["Inactive", "Active"] and "ServicePassword" not in listed[0]
    iam.delete_service_specific_credential(**who)
    alias = iam.create_service_specific_credential(
        **USER, ServiceName="bedrock.amazonaws.com", CredentialAgeDays=30
    )["ServiceSpecificCredential"]  # fmt: skip
    assert alias["ServiceCredentialSecret"] and alias["ExpirationDate"].day == 31


def test_saml_providers(iam, pair):
    made = iam.create_saml_provider(Name="idp", SAMLMetadataDocument=METADATA, Tags=[{"Key": "a", "Value": "b"}])
    arn = {"SAMLProviderArn": made["SAMLProviderArn"]}
    assert made["SAMLProviderArn"] == f"{ARN}saml-provider/idp" and made["Tags"]
    refused("EntityAlreadyExists", iam.create_saml_provider, Name="idp", SAMLMetadataDocument=METADATA)
    iam.update_saml_provider(**arn, AssertionEncryptionMode="Allowed", AddPrivateKey=pair[1])
    found = iam.get_saml_provider(**arn)
    assert found["SAMLMetadataDocument"] == METADATA and found["AssertionEncryptionMode"] == "Allowed"
    iam.update_saml_provider(**arn, RemovePrivateKey=found["PrivateKeyList"][0]["KeyId"])
    iam.tag_saml_provider(**arn, Tags=[{"Key": "c", "Value": "d"}])
    iam.untag_saml_provider(**arn, TagKeys=["a"])
    assert iam.list_saml_provider_tags(**arn)["Tags"] == [{"Key": "c", "Value": "d"}]
    assert iam.list_saml_providers()["SAMLProviderList"][0]["Arn"] == made["SAMLProviderArn"]
    iam.delete_saml_provider(**arn)
    assert iam.list_saml_providers()["SAMLProviderList"] == []


def test_oidc_providers(iam):
    url = "https://id.example/x"
    made = iam.create_open_id_connect_provider(Url=url, ClientIDList=["a"], ThumbprintList=["A" * 40])
    arn = {"OpenIDConnectProviderArn": made["OpenIDConnectProviderArn"]}
    assert made["OpenIDConnectProviderArn"] == f"{ARN}oidc-provider/id.example/x"
    iam.add_client_id_to_open_id_connect_provider(**arn, ClientID="b")
    iam.add_client_id_to_open_id_connect_provider(**arn, ClientID="b")
    iam.remove_client_id_from_open_id_connect_provider(**arn, ClientID="a")
    iam.update_open_id_connect_provider_thumbprint(**arn, ThumbprintList=["b" * 40])
    found = iam.get_open_id_connect_provider(**arn)
    assert (found["Url"], found["ClientIDList"], found["ThumbprintList"]) == ("id.example/x", ["b"], ["b" * 40])
    assert iam.list_open_id_connect_providers()["OpenIDConnectProviderList"] == [
        {"Arn": made["OpenIDConnectProviderArn"]}
    ]
    iam.delete_open_id_connect_provider(**arn)
    assert iam.list_open_id_connect_providers()["OpenIDConnectProviderList"] == []
