"""Addresses of providers: what could lead elsewhere than it seems is refused."""

from __future__ import annotations

import pytest

from app.domain.settings_fields import issuer_fault, url_fault


@pytest.mark.parametrize(
    "text",
    [
        "https://idp.example.com@evil.example/app/aws",
        "https://idp.example.com:x@evil.example/app/aws",
        "https://@evil.example/app/aws",
        "https://evil.example\\@idp.example.com/app/aws",
        "https://idp.example.com\\.evil.example/",
    ],
)
def test_what_leads_elsewhere_than_it_begins_is_refused(text: str) -> None:
    for fault in (url_fault(text), issuer_fault(text)):
        assert fault is not None
        assert fault.title in ("The URL is not safe", "Not a URL")


def test_an_at_sign_after_the_host_is_no_user() -> None:
    assert url_fault("https://idp.example.com/app/@alice?login=alice@example.com") is None
