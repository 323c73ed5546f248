"""The reader of SAML responses with what a real provider signs and posts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from app.adapters.saml.reader import SamlReader
from app.domain.saml_explain import facts
from app.domain.secret import Secret
from tests.e2e.simplesamlphp import ADMIN_ARN, PROVIDER_ARN, READ_ONLY_ARN, REGION, REGIONAL_ACS

if TYPE_CHECKING:
    from tests.e2e.simplesamlphp import SimpleSamlPhp


def test_a_real_response_as_posted_and_as_pasted(simplesamlphp: SimpleSamlPhp) -> None:
    posted = simplesamlphp.log_in("alice", acs=REGIONAL_ACS)
    now = datetime.now(UTC)
    form = urlencode({"SAMLResponse": posted.saml_response, "RelayState": "x"})
    got = SamlReader().read(Secret(posted.saml_response), now=now, acs=posted.acs)
    assert SamlReader().read(Secret(form), now=now).assertion == got.assertion
    said = got.assertion
    assert got.text.reveal() == posted.saml_response
    assert got.acs is not None
    assert got.acs.region == REGION
    assert [(str(each.role_arn), each.provider_arn) for each in said.roles] == [
        (ADMIN_ARN, PROVIDER_ARN),
        (READ_ONLY_ARN, PROVIDER_ARN),
    ]
    assert (said.issuer, said.recipient, said.signed) == (simplesamlphp.issuer, REGIONAL_ACS, True)
    assert (said.session_name, said.session_duration) == ("alice@example.com", 7200)
    assert said.subject
    assert said.issued is not None
    assert abs(said.issued - now) < timedelta(minutes=1)
    assert said.redeem_until is not None
    assert got.usable(now)
    assert not got.usable(said.redeem_until)
    assert [each for each in facts(got, now) if each.verdict == "bad"] == []
