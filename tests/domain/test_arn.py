from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.arn import MfaDevice, RoleArn, account_of, provider_kind
from app.domain.errors import BadInput

ROLE = "arn:aws:iam::123456789012:role/Admin"


@pytest.mark.parametrize(
    ("text", "partition", "path", "name"),
    [
        (ROLE, "aws", "/", "Admin"),
        ("arn:aws-cn:iam::123456789012:role/team/dev/Admin", "aws-cn", "/team/dev/", "Admin"),
        ("arn:aws-us-gov:iam::123456789012:role/a+=,.@-_b", "aws-us-gov", "/", "a+=,.@-_b"),
        ("arn:aws-iso-b:iam::123456789012:role/reserved/a.b/R", "aws-iso-b", "/reserved/a.b/", "R"),
    ],
)
def test_roles(text: str, partition: str, path: str, name: str) -> None:
    arn = RoleArn.parse(text)
    assert (arn.partition, arn.account, arn.path, arn.name) == (partition, "123456789012", path, name)
    assert str(arn) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Admin",
        "arn:aws:iam::123456789012:user/alice",
        "arn:aws:iam::12345678901:role/Admin",
        "arn:aws:iam::1234567890123:role/Admin",
        "arn:aws:iam::١٢٣٤٥٦٧٨٩٠١٢:role/Admin",
        "arn:aws:iam:eu-west-1:123456789012:role/Admin",
        "arn:aws:sts::123456789012:assumed-role/Admin/alice",
        "arn:aws:iam::123456789012:role/",
        "arn:aws:iam::123456789012:role/Admin/",
        "arn:aws:iam::123456789012:role/Ädmin",
        f"{ROLE}\n",
        f" {ROLE}",
        f"arn:aws:iam::123456789012:role/{'a' * 65}",
        f"arn:aws:iam::123456789012:role/{'a/' * 1200}Admin",
    ],
)
def test_what_is_no_role(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        RoleArn.parse(text, field="role_arn")
    assert caught.value.code == "role-arn"
    assert caught.value.field == "role_arn"
    assert caught.value.remedy
    assert len(caught.value.detail) < 250


@given(
    st.from_regex(r"arn:aws(-cn)?:iam::[0-9]{12}:role/([!-.0-~]{1,20}/){0,3}[0-9A-Za-z_+=,.@-]{1,64}", fullmatch=True)
)
def test_what_is_read_is_written_the_same(text: str) -> None:
    assert str(RoleArn.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("arn:aws:iam::123456789012:mfa/alice", "alice"),
        ("arn:aws:iam::123456789012:mfa/team/alice", "alice"),
        ("GAHT12345678", "GAHT12345678"),
        ("a" * 9, "a" * 9),
    ],
)
def test_mfa_devices(text: str, name: str) -> None:
    device = MfaDevice.parse(text)
    assert str(device) == text
    assert device.name == name


@pytest.mark.parametrize("text", ["", "12345678", "a" * 257, "arn:aws:iam::123456789012:mfa/al ice", "GAHT1234567é"])
def test_what_is_no_mfa_device(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        MfaDevice.parse(text)
    assert caught.value.code == "mfa-device"


@pytest.mark.parametrize("kind", ["u2f", "fido"])
def test_security_keys_are_told_apart(kind: str) -> None:
    with pytest.raises(BadInput) as caught:
        MfaDevice.parse(f"arn:aws:iam::123456789012:{kind}/user/alice/key-ABC")
    assert caught.value.code == "mfa-device-security-key"
    assert "authenticator" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("arn:aws:iam::123456789012:saml-provider/Corp", "saml-provider"),
        ("arn:aws:iam::123456789012:oidc-provider/accounts.example.com/x", "oidc-provider"),
        (ROLE, None),
        ("", None),
    ],
)
def test_provider_kinds(text: str, kind: str | None) -> None:
    assert provider_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "account"),
    [
        (ROLE, "123456789012"),
        ("arn:aws:sts::123456789012:assumed-role/Admin/a:b", "123456789012"),
        ("nonsense", ""),
        ("arn:aws:iam", ""),
        ("x:aws:iam::123456789012:role/a", ""),
    ],
)
def test_account_of(text: str, account: str) -> None:
    assert account_of(text) == account
