"""All laws by name, and the pieces their inputs are made from: for hypothesis, and as dictionaries for the fuzzer."""

# ruff: noqa: E501  # lists of pieces are not easier to read with a line for each

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz import laws_answers, laws_files, laws_ini, laws_texts

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
CORPUS, FOUND = HERE / "corpus", HERE / "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One parser: its law (bytes in; an exception is a finding), and what its inputs are made from."""

    name: str
    law: Callable[[bytes], None]
    pieces: tuple[bytes, ...]

    @property
    def samples(self) -> tuple[bytes, ...]:
        """The seed corpus, and what was found once."""
        paths = [*sorted((CORPUS / self.name).iterdir()), *sorted((FOUND / self.name).glob("*"))]
        return tuple(path.read_bytes() for path in paths)


def _words(text: str) -> tuple[bytes, ...]:
    return tuple(word.encode() for word in text.split())


_INI = (
    b"[default]\n", b"[profile a]\n", b"[ours]\n", b"[ours]", b"[a]\r\n", b"[", b"]", b"=", b":", b"\n", b"\r\n", b"\r",
    b" ", b"\t", b"# x\n", b"; x\n", b"key = value\n", b"  more\n", b"region = us-east-1\n", b"aws_access_key_id = AKIA\n",
    b"aws_secret_access_key = s\n", b"aws_session_token = t\n", b"aws_security_token = u\n", b"s3 =\n  a = b\n",
    b"role_arn = x\n", b"\xef\xbb\xbf", b"\xff", b"\x00", b"\xe2\x80\xa8", b"\x0c", b"\x1c", b"'", b'"', b"\\",
    b"[ours--kept-by-rolecall]\n", b"x_rolecall = other/a\n", b"x_rolecall = 5ec0ffee5ec0/p\n", b"=x\n", b"junk\n",
    b"x_rolecall_added = file line-end region keys-only displaced line-end-crlf\n", b"[profile 'a b']\n", b" [x]\n",
)  # fmt: skip
_JSON = (
    *_words('{ } [ ] , : "Version" "2012-10-17" "Statement" "Effect" "Allow" "Deny" "Action" "s3:*" "Resource" "*" "Sid"'),
    *_words('"Condition" "StringEquals" "NotAction" "Principal" null true false NaN Infinity -0 1e3 1E+400 0.5 01 "'),
    *_words(r'\\u0000 \\ud800 \\" \\ \u00e9 "a":1, {"a": [[ [[[['),
    b" ", b"\n", b"\t", b"\xc3\xa9", b"\xff", b"\xf0\x9f\x98\x80", b"arn:aws:s3:::bucket/*",
)  # fmt: skip
_TOML = (
    b"[identity.alice]\n", b"[provider.corp]\n", b"[profile.admin]\n", b"[settings]\n", b"[[profile]]\n", b"[profile]\n",
    b"schema = 1\n", b"schema = 2\n", b'region = "eu-west-1"\n', b'role_arn = "arn:aws:iam::123456789012:role/Admin"\n',
    b'source = "identity.alice"\n', b'source = "provider.corp"\n', b'source = "profile.admin"\n', b"mfa = true\n",
    b'access_key_id = "AKIAIOSFODNN7EXAMPLE"\n', b"duration = 3600\n", b"duration = 1" + b"0" * 400 + b"\n",
    b"connect_timeout = nan\n", b"connect_timeout = 1e999\n", b"retry_base = 0x10\n", b'type = "saml"\n', b'type = "oidc"\n',
    b'login_url = "https://idp.example.com/"\n', b'flow = "browser"\n', b'issuer = "https://a.example"\n',
    b'client_id = "x"\n', b'tags = {a = "b"}\n', b'policy = """{\n}"""\n', b"'''\n", b'"""', b"\\u0000", b"\\", b"{", b"}",
    b"[", b"]", b".", b"=", b",", b'"', b"'", b"#", b"# note\n", b"\n", b"\r\n", b" ", b"\xef\xbb\xbf", b"\xc3\xa9",
    b"xkey = [1, 2]\n", b"xkey = 1 # keep\n", b"x.y.z = 1\n", b'"quoted key" = 1\n', b"'a.b' = 2\n", b"1979-05-27T07:32:00Z",
    b'profile.other.source = "identity.alice"\n', b'profile = {a = {source = "identity.alice", mfa = true}}\n',
    b"[profile.admin.tags]\n", b"size = 150\n", b'theme = "dark"\n', b'["settings"]\n', b'mfa = ["/bin/x", "y"]\n',
)  # fmt: skip
_XML = (
    b"<", b">", b"</", b"/>", b"<a>", b"</a>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&amp;", b"&#0;", b"&#x1F600;",
    b"<!DOCTYPE a>", b'<?xml version="1.0" encoding="utf-16"?>', b'<?xml version="1.0" encoding="x"?>', b"\xff", b"\x00",
    b' xmlns="u"', b' xmlns:a="b"', b"a:", b" ", b"\n", b"9999-12-31T23:59:59Z", b"0001-01-01T00:00:00+14:00",
    b"2026-11-22T05:00:00Z", b"-", b"\xe2\x80\xae",
)  # fmt: skip
_STS = (
    *_XML,
    *(b"<%s>" % word for word in _words("Credentials AccessKeyId SecretAccessKey SessionToken Expiration RequestId Error")),
    *(b"</%s>" % word for word in _words("Credentials AccessKeyId SecretAccessKey SessionToken Expiration RequestId Error")),
    *_words("AssumeRoleResponse AssumeRoleResult GetSessionTokenResponse GetSessionTokenResult AssumedRoleUser Arn Code"),
    *_words("ErrorResponse Response Errors Message Type AccessDenied ExpiredToken PackedPolicySize SourceIdentity"),
    *_words("654321 the+whole/assertion== eyJ0.the-whole.token signer-secret-key signer+session/token== 'roleArn'"),
    b"ASIAIOSFODNN7EXAMPLE", b"The string-to-sign", b"MultiFactorAuthentication failed", b"at 'policy'",
)  # fmt: skip
_SAML = (
    *_XML,
    *_words("SAMLResponse= SAMLResponse SAMLRequest RelayState roleIndex= %2B %3D %25 %3C ^ \\u003d \\/ value= name="),
    *_words("samlp:Response saml:Assertion saml:EncryptedAssertion saml:Subject saml:NameID saml:Conditions"),
    *_words("samlp:Status samlp:StatusCode saml:AttributeValue saml:Attribute ds:Signature ID= Destination="),
    b"<html><body><form>", b'<input name="SAMLResponse" value="', b'">', b"PHNhbWxwOlJlc3BvbnNl", b"=", b"&",
    b"arn:aws:iam::123456789012:role/Admin,arn:aws:iam::123456789012:saml-provider/corp", b"https://aws.amazon.com/SAML/Attributes/",
)  # fmt: skip
_HTTP = (
    b"GET ", b"POST ", b"HEAD ", b"/callback", b"/done", b"?", b"&", b"=", b" HTTP/1.1", b" HTTP/1.0", b"\r\n", b"\r\n\r\n",
    b"Host: 127.0.0.1:4711", b"Host: evil.example", b"host:127.0.0.1:4711", b"Origin: http://127.0.0.1:4711",
    b"Sec-Fetch-Mode: navigate", b"Sec-Fetch-Mode: cors", b"Sec-Fetch-Dest: document", b"state=the-state-of-this-sign-in",
    b"code=the-authorization-code", b"error=access_denied", b"error_description=", b"iss=https://idp.example.com", b"iss=",
    b"%00", b"%C3%A9", b"%FF", b"%", b"+", b"\x00", b"\xff", b":", b" ", b"\t", b";", b"/the-path-that-nobody-guesses",
    b"%ED%A0%80", b"code=%E2%80%A8", b"error=server_error", b"error=login_required",
)  # fmt: skip
_OTP = (
    b"otpauth://totp/", b"otpauth://hotp/", b"otpauth:", b"OTPAUTH://TOTP/", b"?", b"&", b"=", b"secret=",
    b"JBSWY3DPEHPK3PXP", b"GEZDGNBVGY3TQOJQ", b"digits=6", b"digits=8", b"period=30", b"period=60", b"algorithm=SHA1",
    b"algorithm=SHA-256", b"issuer=AWS", b"alice", b":", b"%20", b"%", b" ", b"-", b"[", b"]", b"\xc3\x9f", b"\xc4\xb1",
    b"\xef\xac\x81", b"\xff", b"\x00", b"\n", b"@", b"#", b"mfzwizltomqgg33oobqxe5a", b"\xe2\x84\x80", b"//",
)  # fmt: skip
_NAMES = (
    *_words("arn: aws aws-cn iam :: 123456789012 :role/ :mfa/ :u2f/ :saml-provider/ :oidc-provider/ / Admin alice @ + , . -"),
    *_words("AKIAIOSFODNN7EXAMPLE ASIA identity. provider. profile. https:// http:// user:password@ [::1] :8080 eu-west-1"),
    *_words("https://signin.aws.amazon.com/saml us-gov-west-1. signin.amazonaws.cn wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    b" ", b"\n", b"\xc3\xa9", b"\xd9\xa1", b"\xff", b"\x00", b"\xe2\x80\xae", b"aws:", b"%", b"?", b"#", b"=", b"*",
)  # fmt: skip
_DENIED = (
    b"User: arn:aws:sts::1:assumed-role/a/b is not authorized to perform: ", b"s3:GetObject", b" on resource: ", b'"',
    b"with an explicit deny", b" in an identity-based policy", b"because no session policy allows", b"\n", b" ", b"\\n",
    b"Encoded authorization failure message: ", b"Encoded authorization message", b"1g8fa7cad_-" * 12, b"&quot;", b"&#9999999999;",
    b"<wbr>", b"<br>", b"<Message>", b"\\u003c", b"\\", b"&", b"&#x", b"Request ID: ", b"01234567-89ab-cdef-0123-456789abcdef",
    b"{", b"}", b"[", b'{"allowed":false,"context":{"principal":{"arn":"a"},"action":"b"}}', b'"items":', b"1e999",
    b'"matchedStatements":{"items":[{"statementId":"x","effect":"DENY"}]}', b"\xe2\x80\xae", b"\xff", b"]", b":",
)  # fmt: skip
_STATE = (
    *_words('{ } [ ] , : " "schema": 1 2 "sessions": "totp_steps": "confirmed_commands": "provider_secrets": {} [] null true'),
    *_words('"fingerprint": "access_key_id": "issued": "expires": "lease_ends": "chained": "arn": "x" 1e999 -1 "\\ud800"'),
    b'"2026-11-22T01:00:00Z"', b'"0001-01-01T00:00:00+14:00"', b'"9999-12-31T23:59:59-14:00"', b"\n", b"\xff", b"[" * 1100,
    b'"2026-11-22"', b"1" * 5000, b'{"a":' * 1100,
)  # fmt: skip
_JOURNAL = (
    *_words('{ } [ ] , : " "at": "what": "obtained" "stopped" "refused" "why": "by_person": true "expires": null "tidied":'),
    *_words('"schema": 1 2 "profile": "role": "code": "x" 12 "\\ud83d" "\\u0000"'),
    b'"2026-11-22T01:00:00.123Z"', b'"0001-01-01T00:00:00+14:00"', b'"9999-12-31T23:59:59-14:00"', b"\n", b"\xff", b"[" * 1100,
)  # fmt: skip
_LOG = (
    b"SecretAccessKey", b"aws_secret_access_key = ", b"SessionToken", b": ", b'"', b"'", b"=", b"%3D", b"%22%3A%22", b"<", b">",
    b"Authorization: Bearer ", b"Cookie: ", b"otpauth://totp/x?secret=", b"https://user:", b"@", b"eyJ", b".", b"&", b" ",
    b"\n", b"password", b"(hidden)", b"A" * 45, b"0123456789abcdef" * 4, b"%2F", b"+", b"/", b"\xff", b"\\", b",", b"Session=%7B",
)  # fmt: skip

TARGETS = {
    each.name: each
    for each in (
        Target(name="credentials-file", law=laws_ini.credentials_file, pieces=_INI),
        Target(name="config-file", law=laws_ini.config_file, pieces=_INI),
        Target(name="arn", law=laws_texts.arn, pieces=_NAMES),
        Target(name="policy", law=laws_texts.policy, pieces=_JSON),
        Target(name="tags", law=laws_texts.tags, pieces=(*_NAMES, b"Team=Data\n", b"team=x\n", b"=\n", b"a=*\n")),
        Target(name="names", law=laws_texts.names, pieces=_NAMES),
        Target(name="otpauth", law=laws_texts.otpauth, pieces=_OTP),
        Target(name="denied", law=laws_texts.denied, pieces=_DENIED),
        Target(name="sts", law=laws_answers.sts, pieces=_STS),
        Target(name="saml", law=laws_answers.saml, pieces=_SAML),
        Target(name="request", law=laws_answers.request, pieces=_HTTP),
        Target(name="settings", law=laws_files.settings, pieces=_TOML),
        Target(name="profiles", law=laws_files.profiles, pieces=_TOML),
        Target(name="state", law=laws_files.state, pieces=_STATE),
        Target(name="journal", law=laws_files.journal, pieces=_JOURNAL),
        Target(name="redaction", law=laws_files.redaction, pieces=_LOG),
    )
}
