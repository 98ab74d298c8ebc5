# SPDX-License-Identifier: Apache-2.0
"""IAM: the errors that the tables of `causes` cause, by code, status and class; and that no modelled error is left out
without a reason."""

import datetime

import botocore.session
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from harness.refusing import refused, told

from .causes import DEVICE, DOUBLE, ELSEWHERE, MANY, ONE_MORE, PHONE, REASONS, ROWS, USER
from .test_iam_credentials import NOON, pair, password  # noqa: F401
from .test_iam_refusals import MISSING, REFUSED


@pytest.mark.parametrize(
    ("before", "name", "parameters", "code", "status"), ROWS,
    ids=[f"{row[1]}-{row[3]}-{n}" for n, row in enumerate(ROWS)],
)  # fmt: skip
def test_is_refused(iam, world, before, name, parameters, code, status):
    for call, given in before:
        answer = getattr(iam, call)(**given)
        if "AccessKey" in answer and "AccessKeyId" in parameters:
            parameters = parameters | {"AccessKeyId": answer["AccessKey"]["AccessKeyId"]}
    with pytest.raises(ClientError) as caught:
        getattr(iam, name)(**parameters)
    found = told(caught.value)
    assert found[:2] == (code, status) and found[2], found


def self_signed(text):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])
    start = datetime.datetime(2026, 1, 1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, start, start.replace(year=2036))
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def test_an_alias_of_another_account(iam, by):
    other = by({"AccessKeyId": "210987654321", "SecretAccessKey": "test"}, "iam")
    other.create_account_alias(AccountAlias="taken")
    refused("EntityAlreadyExists", iam.create_account_alias, AccountAlias="taken")


def test_certificates_that_are_wrong_or_too_many(iam, world, pair, clock):  # noqa: F811
    certificate, key, other, _ = pair
    body = {"CertificateBody": certificate, "PrivateKey": key}
    for number in range(20):
        iam.upload_server_certificate(ServerCertificateName=f"s{number}", **body)
    refused("LimitExceeded", iam.upload_server_certificate, ServerCertificateName="last", **body)
    first = {"ServerCertificateName": "s0"}
    refused("EntityAlreadyExists", iam.update_server_certificate, **first, NewServerCertificateName="s1")
    refused("InvalidInput", iam.tag_server_certificate, **first, **DOUBLE)
    iam.tag_server_certificate(**first, **MANY)
    refused("LimitExceeded", iam.tag_server_certificate, **first, **ONE_MORE)
    iam.delete_server_certificate(ServerCertificateName="s19")
    refused("InvalidInput", iam.upload_server_certificate, ServerCertificateName="last", **body, **DOUBLE)
    clock(86400 * 366 * 20)
    refused("InvalidCertificate", iam.upload_signing_certificate, **USER, CertificateBody=certificate)


def test_keys_that_are_too_many(iam, world):
    for number in range(6):
        public = rsa.generate_private_key(65537, 2048).public_key()
        form = (serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
        line = {"SSHPublicKeyBody": public.public_bytes(*form).decode()}
        if number < 5:
            iam.upload_ssh_public_key(**USER, **line)
    refused("LimitExceeded", iam.upload_ssh_public_key, **USER, **line)
    for number in range(3):
        body = {"CertificateBody": self_signed(f"c{number}")}
        if number < 2:
            iam.upload_signing_certificate(**USER, **body)
    refused("LimitExceeded", iam.upload_signing_certificate, **USER, **body)


def test_devices_that_are_out_of_step(iam, world):
    for call, given in DEVICE:
        seed = getattr(iam, call)(**given)["VirtualMFADevice"]["Base32StringSeed"]
    codes = {f"AuthenticationCode{n + 1}": password(seed, NOON + 30 * (n - 1)) for n in range(2)}
    iam.enable_mfa_device(**USER, **PHONE, **codes)
    wrong = {name: "000000" for name in codes}
    refused("InvalidAuthenticationCode", iam.resync_mfa_device, **USER, **PHONE, **wrong)


def test_a_user_s_own_password(iam, world, by):
    iam.create_login_profile(**USER, Password="Abcdef-123")
    own = by(iam.create_access_key(**USER)["AccessKey"], "iam")
    refused("PasswordPolicyViolation", own.change_password, OldPassword="Abcdef-123", NewPassword="short")
    own.change_password(OldPassword="Abcdef-123", NewPassword="Abcdef-124")


def modelled():
    """Each operation's method with the codes that it models."""
    model = botocore.session.get_session().get_service_model("iam")
    for name in model.operation_names:
        for shape in model.operation_model(name).error_shapes:
            yield xform_name(name), shape.error_code


def test_no_error_is_left_out_without_a_reason():
    caused = {(name, "NoSuchEntity") for name, _, _ in MISSING}
    caused |= {(row[1], row[3]) for row in REFUSED + ROWS}
    caused |= {(name, code) for code, names in ELSEWHERE.items() for name in names.split()}
    left = {}
    for name, code in set(modelled()) - caused:
        left.setdefault(code, []).append(name)
    assert set(left) == set(REASONS)
    for code, names in left.items():
        why, excused = REASONS[code]
        assert why and (excused == "*" or sorted(names) == sorted(excused.split())), (code, sorted(names))
