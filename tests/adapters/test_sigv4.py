from __future__ import annotations

from datetime import UTC, datetime
from unittest import mock
from urllib.parse import quote

import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotoCredentials
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters import sigv4
from app.domain.credentials import Credentials, LongTermKey, SigningKey
from app.domain.secret import Secret

SUITE_TIME = datetime(2015, 8, 30, 12, 36, tzinfo=UTC)
SUITE_KEY = LongTermKey(
    access_key_id="AKIDEXAMPLE", secret_access_key=Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
)
SUITE_URL = "https://example.amazonaws.com"
SUITE_TOKEN = (
    "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUu"
    "wthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQc"
    "HNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/o"
    "LxBA=="
)


def signature(
    method: str,
    url: str,
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    *,
    service: str = "service",
    key: SigningKey = SUITE_KEY,
) -> str:
    signed = sigv4.sign_headers(
        key,
        method=method,
        url=url,
        headers=headers or {},
        body=body,
        region="us-east-1",
        service=service,
        now=SUITE_TIME,
    )
    return signed["authorization"].rpartition("Signature=")[2]


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "expected"),
    [
        pytest.param(
            "GET", "/", {}, b"", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31", id="get-vanilla"
        ),
        pytest.param(
            "POST", "/", {}, b"", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b", id="post-vanilla"
        ),
        pytest.param(
            "GET",
            "/?Param1=value1",
            {},
            b"",
            "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
            id="get-vanilla-empty-query-key",
        ),
        pytest.param(
            "GET",
            "/?Param2=value2&Param1=value1",
            {},
            b"",
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
            id="get-vanilla-query-order-key-case",
        ),
        pytest.param(
            "GET", "/\u1234", {}, b"", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85", id="get-utf8"
        ),
        pytest.param(
            "GET",
            "/example space/",
            {},
            b"",
            "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
            id="get-space",
        ),
        pytest.param(
            "GET", "//", {}, b"", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31", id="get-slash"
        ),
        pytest.param(
            "GET",
            "//example//",
            {},
            b"",
            "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84",
            id="get-slashes",
        ),
        pytest.param(
            "GET",
            "/./example",
            {},
            b"",
            "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5",
            id="get-slash-pointless-dot",
        ),
        pytest.param(
            "GET",
            "/example/..",
            {},
            b"",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            id="get-relative",
        ),
        pytest.param(
            "GET",
            "/",
            {"My-Header1": " value1", "My-Header2": ' "a   b   c"'},
            b"",
            "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
            id="get-header-value-trim",
        ),
        pytest.param(
            "POST",
            "/",
            {"My-Header1": "value1"},
            b"",
            "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
            id="post-header-key-sort",
        ),
        pytest.param(
            "POST",
            "/",
            {"My-Header1": "VALUE1"},
            b"",
            "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
            id="post-header-value-case",
        ),
        pytest.param(
            "POST",
            "/",
            {"Content-Type": "application/x-www-form-urlencoded"},
            b"Param1=value1",
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
            id="post-x-www-form-urlencoded",
        ),
        pytest.param(
            "POST",
            "/",
            {"Content-Type": "application/x-www-form-urlencoded; charset=utf8"},
            b"Param1=value1",
            "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe",
            id="post-x-www-form-urlencoded-parameters",
        ),
    ],
)
def test_signature_version_4_test_suite(
    method: str, path: str, headers: dict[str, str], body: bytes, expected: str
) -> None:
    assert signature(method, f"{SUITE_URL}{path}", headers, body) == expected


def test_suite_signs_the_session_token_too() -> None:
    key = Credentials(
        access_key_id="AKIDEXAMPLE",
        secret_access_key=SUITE_KEY.secret_access_key,
        session_token=Secret(SUITE_TOKEN),
        expires=SUITE_TIME,
    )
    expected = "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"
    assert signature("POST", f"{SUITE_URL}/", key=key) == expected


def test_documented_example_of_iam_list_users() -> None:
    key = sigv4.signing_key(SUITE_KEY.secret_access_key, "20150830/us-east-1/iam/aws4_request")
    assert key.hex() == "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9"
    url = "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    expected = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    assert signature("GET", url, headers, service="iam") == expected


def test_what_is_signed_is_what_is_returned() -> None:
    signed = sigv4.sign_headers(
        SUITE_KEY,
        method="POST",
        url="http://127.0.0.1:4566/",
        headers={"Content-Type": "text/plain", "X-Amz-Date": "19700101T000000Z"},
        body=b"x",
        region="eu-west-1",
        service="sts",
        now=SUITE_TIME,
    )
    assert set(signed) == {"content-type", "host", "x-amz-date", "authorization"}
    assert signed["host"] == "127.0.0.1:4566"
    assert signed["x-amz-date"] == "20150830T123600Z"
    assert "SignedHeaders=content-type;host;x-amz-date, " in signed["authorization"]


# --- botocore as oracle -----------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
path_parts = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="?#"), max_size=8)
paths = st.lists(st.sampled_from(["", ".", "..", "a b", "%20", "é", "~", "*"]) | path_parts, max_size=5).map(
    lambda parts: "/" + "/".join(parts)
)
queries = st.lists(st.tuples(texts, texts), max_size=5).map(
    lambda pairs: "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in pairs)
)
header_values = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)
header_names = st.from_regex(r"X-[A-Za-z][A-Za-z0-9-]{0,10}", fullmatch=True).filter(
    lambda name: not name.lower().startswith(("x-amz", "x-amzn"))
)
headers_given = st.dictionaries(header_names, header_values, max_size=4).filter(
    lambda found: len({name.lower() for name in found}) == len(found)
)
secrets = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
tokens = st.none() | st.text("ABCabc019+/=", min_size=1, max_size=80)
times = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # it wants naive bounds
regions = st.sampled_from(["us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1"])


def make_key(secret: str, token: str | None) -> SigningKey:
    if token is None:
        return LongTermKey(access_key_id="AKIDEXAMPLE", secret_access_key=Secret(secret))
    return Credentials(
        access_key_id="ASIAEXAMPLE", secret_access_key=Secret(secret), session_token=Secret(token), expires=SUITE_TIME
    )


def boto_key(key: SigningKey) -> BotoCredentials:
    token = key.session_token
    return BotoCredentials(key.access_key_id, key.secret_access_key.reveal(), token.reveal() if token else None)


@settings(max_examples=150, deadline=None)
@given(
    method=st.sampled_from(["GET", "POST", "PUT"]),
    path=paths,
    query=queries,
    headers=headers_given,
    body=st.binary(max_size=50),
    secret=secrets,
    token=tokens,
    region=regions,
    now=times,
)
def test_header_signature_is_botocores(
    *,
    method: str,
    path: str,
    query: str,
    headers: dict[str, str],
    body: bytes,
    secret: str,
    token: str | None,
    region: str,
    now: datetime,
) -> None:
    key = make_key(secret, token)
    url = f"https://sts.example.com{path}{'?' + query if query else ''}"
    ours = sigv4.sign_headers(
        key, method=method, url=url, headers=headers, body=body, region=region, service="sts", now=now
    )
    request = AWSRequest(method=method, url=url, headers=headers, data=body)
    with mock.patch.object(botocore.auth, "get_current_datetime", return_value=now):
        botocore.auth.SigV4Auth(boto_key(key), "sts", region).add_auth(request)
    assert ours["authorization"] == request.headers["Authorization"]
    assert ours.get("x-amz-security-token") == request.headers.get("X-Amz-Security-Token") == token
