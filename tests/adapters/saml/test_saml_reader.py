"""What a response says comes out as it went in."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.saml.reader import SamlReader
from app.domain.arn import RoleArn
from app.domain.saml import AssertedRole, Assertion, SamlResponse
from app.domain.secret import Secret
from tests.adapters.saml.saml_documents import ACS, NOW, PROVIDER, ROLE, Made, attribute, coded, raw_attribute, stamp

CORP = AssertedRole(role_arn=RoleArn.parse(ROLE), provider_arn=PROVIDER)


def read(document: str, *, acs: str = "", role_index: str = "") -> SamlResponse:
    return SamlReader().read(Secret(coded(document)), now=NOW, acs=acs, role_index=role_index)


def said(**parts: str) -> Assertion:
    return read(Made(**parts).response()).assertion


def test_a_whole_assertion() -> None:
    everything = (
        attribute("Role", f"{ROLE},{PROVIDER}")
        + attribute("RoleSessionName", "alice@example.com")
        + attribute("SessionDuration", "28800")
        + attribute("SourceIdentity", "alice")
        + attribute("PrincipalTag:Team", "tools")
        + attribute("PrincipalTag:Cost", "")
        + attribute("TransitiveTagKeys", "Team", "Cost")
        + '<saml:Attribute Name="mail"><saml:AttributeValue><b>x</b></saml:AttributeValue></saml:Attribute>'
    )
    got = read(Made(attributes=everything).response())
    assert got.assertion == Assertion(
        issuer="https://idp.example/metadata",
        subject="alice",
        audiences=("urn:amazon:webservices",),
        recipient=ACS,
        roles=(CORP,),
        session_name="alice@example.com",
        session_duration=28800,
        session_duration_said="28800",
        issued=NOW,
        not_before=NOW - timedelta(minutes=1),
        not_on_or_after=NOW + timedelta(minutes=8),
        session_not_on_or_after=NOW + timedelta(hours=8),
        source_identity="alice",
        tags=(("Team", "tools"), ("Cost", "")),
        transitive_tag_keys=("Team", "Cost"),
        signed=True,
    )
    assert got.received == NOW
    assert got.acs is not None
    assert got.acs.region == "eu-west-1"


def test_a_response_of_blanks_and_prefixes_of_its_own() -> None:
    document = Made().response().replace("samlp:", "").replace("xmlns:samlp", "xmlns").replace("><", ">\r\n  <")
    got = read(document)
    assert got.assertion.roles == (CORP,)
    assert base64.b64decode(got.text.reveal()).decode() == document


@pytest.mark.parametrize(
    "value",
    [
        f"{ROLE},{PROVIDER}",
        f"{PROVIDER},{ROLE}",
        f"  {ROLE} ,\r\n\t{PROVIDER}  ",
        f"arn:aws:iam::123456789012:role/Ad<!-- not: -->min,{PROVIDER}",
        f"arn:aws:iam::123456789012:role/Ad<?not this?>min,{PROVIDER}",
        f"<![CDATA[{ROLE},{PROVIDER}]]>",
        f"{ROLE}&#44;{PROVIDER}",
    ],
)
def test_a_role_and_its_provider(value: str) -> None:
    assert said(attributes=raw_attribute("Role", value)).roles == (CORP,)


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso-b"])
@pytest.mark.parametrize("name", ["Admin", "path/to/Admin", "a,b", "a=b+c@d.e-f_g"])
def test_roles_of_all_partitions_and_names(partition: str, name: str) -> None:
    role = f"arn:{partition}:iam::123456789012:role/{name}"
    provider = f"arn:{partition}:iam::123456789012:saml-provider/corp.idp_1-x"
    for value in (f"{role},{provider}", f"{provider},{role}"):
        (found,) = said(attributes=attribute("Role", value)).roles
        assert (str(found.role_arn), found.provider_arn) == (role, provider)


def test_many_roles_in_their_order_each_once() -> None:
    other = ROLE.replace("Admin", "Audit")
    values = (f"{other},{PROVIDER}", f"{PROVIDER},{ROLE}", f"{other},{PROVIDER}", "")
    roles = said(attributes=attribute("Role", *values)).roles
    assert [each.role_arn.name for each in roles] == ["Audit", "Admin"]


def test_an_attribute_repeated_word_for_word_says_the_same() -> None:
    twice = attribute("Role", f"{ROLE},{PROVIDER}") * 2 + attribute("RoleSessionName", "alice", "alice")
    assert said(attributes=twice).roles == (CORP,)
    assert said(attributes=twice).session_name == "alice"


def test_attributes_count_only_under_their_own_names() -> None:
    strange = (
        attribute("RoleX", "x").replace("/SAML/Attributes/RoleX", "/SAML/Attributes/role")
        + attribute("Role", "x").replace("https://aws", "https://evil/?https://aws")
        + attribute("Role", "x").replace("saml:Attribute", "samlp:Attribute")
    )
    assert said(attributes=strange).roles == ()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("900", 900), (" 43200 ", 43200), ("899", None), ("43201", None), ("1h", None), ("-900", None), ("9" * 99, None)],
)
def test_a_session_duration_out_of_bounds_is_ignored_but_told(text: str, seconds: int | None) -> None:
    found = said(attributes=attribute("SessionDuration", text))
    assert (found.session_duration, found.session_duration_said) == (seconds, text.strip())


def test_an_encrypted_assertion_says_what_is_around_it() -> None:
    document = Made().response("<saml:EncryptedAssertion><x/></saml:EncryptedAssertion>")
    got = read(document, acs="https://eu-west-1.signin.aws.amazon.com/saml/acs/SAMLSPEXAMPLE")
    assert got.assertion == Assertion(
        issuer="https://idp.example/metadata", recipient=ACS, issued=NOW, signed=False, encrypted=True
    )
    assert got.usable(NOW + timedelta(minutes=4))
    assert not got.usable(NOW + timedelta(minutes=5))


@pytest.mark.parametrize("place", ["response", "assertion", "nowhere"])
def test_a_signature_of_the_response_or_the_assertion(place: str) -> None:
    made = Made(signature="<ds:Signature/>" if place == "assertion" else "")
    document = made.response()
    if place == "response":
        document = document.replace("<samlp:Status>", "<ds:Signature/><samlp:Status>")
    assert read(document).assertion.signed == (place != "nowhere")


def test_where_it_was_posted_to_counts_before_whom_it_is_for() -> None:
    posted = "https://ap-south-1.signin.aws.amazon.com/saml"
    regions = [
        None if got.acs is None else got.acs.region
        for got in (
            read(Made().response(), acs=posted),
            read(Made().response(), acs="https://evil/saml"),
            read(Made().response()),
            read(Made(recipient="").response().replace('Destination=""', f'Destination="{ACS}"')),
            read(Made(recipient="https://service.example/acs").response()),
        )
    ]
    assert regions == ["ap-south-1", "eu-west-1", "eu-west-1", "eu-west-1", None]


def test_the_role_that_the_page_chose_is_kept() -> None:
    assert read(Made().response(), role_index=ROLE).role_index == ROLE


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T04:00:00Z", NOW),
        ("2026-11-22T04:00:00", NOW),
        (" 2026-11-22T04:00:00Z ", NOW),
        ("2026-11-22T04:00:00.1234567899Z", NOW + timedelta(microseconds=123456)),
        ("2026-11-22T04:00:00.5+00:00", NOW + timedelta(milliseconds=500)),
        ("2026-11-22T09:30:00+05:30", NOW),
        ("2026-11-21T14:00:00-14:00", NOW),
        ("2026-11-21T24:00:00Z", datetime(2026, 11, 22, tzinfo=UTC)),
        ("2026-12-31T23:59:60Z", datetime(2027, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", datetime(9000, 1, 1, tzinfo=UTC)),
        ("12345-01-01T00:00:00-14:00", datetime(9000, 1, 1, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", datetime(1000, 1, 1, tzinfo=UTC)),
    ],
)
def test_times_as_xml_schema_allows_them(text: str, moment: datetime) -> None:
    found = said(issued=text, session_until=text)
    assert (found.issued, found.session_not_on_or_after) == (moment, moment)
    assert found.redeem_until is not None


def test_a_response_hides_its_text() -> None:
    got = read(Made().response())
    assert got.text.reveal() not in repr(got)


names = st.text("abcXYZ019+=,.@_-", min_size=1, max_size=64)
accounts = st.from_regex(r"[0-9]{12}", fullmatch=True)
visible = st.text(
    st.characters(min_codepoint=33, blacklist_categories=["Cs", "Cc", "Cn", "Zs", "Zl", "Zp"]), min_size=1, max_size=40
)
arns = st.builds(
    lambda account, role, provider: (
        f"arn:aws:iam::{account}:role/{role}",
        f"arn:aws:iam::{account}:saml-provider/{provider}",
    ),
    accounts,
    names,
    st.text("abcXYZ019._-", min_size=1, max_size=40),
)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # naive by demand


@settings(max_examples=100, deadline=None)
@given(
    roles=st.lists(arns, max_size=8, unique=True),
    turned=st.booleans(),
    subject=visible,
    issued=moments,
    until=moments,
    tags=st.dictionaries(st.text("abcXYZ", min_size=1, max_size=9), visible, max_size=4),
)
def test_what_goes_in_comes_out(
    roles: list[tuple[str, str]],
    turned: bool,
    subject: str,
    issued: datetime,
    until: datetime,
    tags: dict[str, str],
) -> None:
    values = [",".join(pair[::-1] if turned else pair) for pair in roles]
    inside = attribute("Role", *values) + "".join(attribute(f"PrincipalTag:{key}", tags[key]) for key in tags)
    made = Made(subject=subject, issued=stamp(issued), session_until=stamp(until), attributes=inside)
    found = read(made.response()).assertion
    assert [(str(each.role_arn), each.provider_arn) for each in found.roles] == roles
    assert (found.subject, found.issued, found.session_not_on_or_after) == (subject, issued, until)
    assert found.tags == tuple(tags.items())
