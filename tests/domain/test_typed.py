from __future__ import annotations

import pytest

from app.domain import typed

URL = "otpauth://totp/Amazon%20Web%20Services:alice@111122223333?secret=JBSWY3DPEHPK3PXP&issuer=Amazon%20Web%20Services"


@pytest.mark.parametrize("text", ["JBSWY3DPEHPK3PXP", "jbsw y3dp ehpk 3pxp", URL])
def test_a_totp_secret_as_people_copy_it(text: str) -> None:
    assert typed.totp_fault(text) is None


@pytest.mark.parametrize("text", ["", "JBSWY3", "not a secret canary!", "otpauth://hotp/x?secret=JBSWY3DPEHPK3PXP"])
def test_what_is_none_is_refused_without_repeating_it(text: str) -> None:
    fault = typed.totp_fault(text)
    assert fault is not None
    assert fault.field == "totp"
    assert not text or text not in str(fault)


def test_whose_a_url_is() -> None:
    assert typed.totp_owner(URL) == "Amazon Web Services, alice@111122223333"
    assert typed.totp_owner("JBSWY3DPEHPK3PXP") == ""


@pytest.mark.parametrize("text", ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "short+but=possible"])
def test_a_secret_key(text: str) -> None:
    assert typed.secret_key_fault(text) is None


@pytest.mark.parametrize("text", ["canary canary", "canary\n", "canarý", "can\tary"])
def test_not_a_secret_key(text: str) -> None:
    fault = typed.secret_key_fault(text)
    assert fault is not None
    assert text not in str(fault)
