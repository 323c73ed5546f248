from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.arn import MfaDevice
from app.domain.configuration import (
    Configuration,
    Flow,
    Identity,
    MfaMethod,
    MfaUse,
    Profile,
    Publish,
    Settings,
    Source,
    SourceKind,
)
from app.domain.errors import BadInput
from app.domain.settings_entries import faults, parse_source
from app.domain.settings_schema import SCHEMA, kind_of, parse, table_of

ROLE = "arn:aws:iam::123456789012:role/Admin"
ALICE = {"access_key_id": "AKIAIOSFODNN7EXAMPLE", "mfa_device": "arn:aws:iam::111122223333:mfa/alice"}
PROFILE: dict[str, Any] = {"role_arn": ROLE, "source": "identity.alice"}
FIXTURES = Path(__file__).parent.parent / "fixtures" / "settings"


def read(**tables: Any) -> Configuration:  # noqa: ANN401  # any TOML
    return parse({"identity": {"alice": ALICE}, **tables})


def only(kind: str, name: str, values: dict[str, Any]) -> BadInput:
    found = faults(kind, name, values)
    assert len(found) == 1, found
    return found[0]


def told(configuration: Configuration) -> list[tuple[str, str, str]]:
    return [(each.entry, each.problem.code, each.problem.field) for each in configuration.refusals]


def test_an_empty_file_is_an_empty_configuration() -> None:
    assert parse({}) == Configuration()


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
def test_every_schema_there_ever_was_is_read(schema: int) -> None:
    document = tomllib.loads((FIXTURES / f"schema{schema}.toml").read_text())
    assert document["schema"] == schema
    configuration = parse(document)
    assert configuration.refusals == ()
    assert list(configuration.profiles) == ["hub", "prod-admin", "one-shot", "alice-mfa", "guest", "via-corp"]
    assert list(configuration.identities) == ["alice", "bob of ops"]
    assert list(configuration.providers) == ["corp", "login"]
    assert configuration.settings == Settings(region="eu-west-1", connect_timeout=4, retry_base=0.25)
    assert configuration.identities["bob of ops"].mfa_command == ("pass-otp", "aws/bob")
    login = configuration.providers["login"]
    assert (login.scopes, login.way, login.remembers) == (("openid", "email"), Flow.BROWSER, True)
    admin = configuration.profiles["prod-admin"]
    assert admin.tags == (("Team", "Data"), ("Cost Centre", ""))
    assert (admin.refresh, admin.colour, admin.published_as) == (False, "red", "prod")
    assert configuration.profiles["one-shot"].mfa is MfaUse.ROLE
    assert configuration.profiles["one-shot"].publish is Publish.NONE


def test_what_is_read_is_written_the_same() -> None:
    configuration = parse(tomllib.loads((FIXTURES / "schema1.toml").read_text()))
    entries: list[Any] = [
        *configuration.identities.values(),
        *configuration.providers.values(),
        *configuration.profiles.values(),
    ]
    document: dict[str, Any] = {"settings": table_of(configuration.settings)}
    for each in entries:
        document.setdefault(kind_of(each), {})[each.name] = table_of(each)
    assert parse(document) == configuration


def test_defaults_are_not_written() -> None:
    assert table_of(Settings()) == {}
    assert table_of(Identity(name="a", access_key_id="AKIAIOSFODNN7EXAMPLE")) == {
        "access_key_id": "AKIAIOSFODNN7EXAMPLE"
    }
    source = Source(kind=SourceKind.IDENTITY, name="a")
    assert table_of(Profile(name="p", source=source)) == {"source": "identity.a"}


def test_all_settings_are_read() -> None:
    values: dict[str, Any] = {
        "region": "us-gov-west-1",
        "sts_endpoints": "legacy",
        "fips": True,
        "dual_stack": True,
        "connect_timeout": 1,
        "read_timeout": 2.5,
        "max_retries": 0,
        "retry_base": 0.1,
        "proxy": "http://proxy.example.com:3128",
        "ca_bundle": "/etc/ssl/corp.pem",
        "withdraw_on_quit": True,
        "theme": "dark",
        "language": "de",
        "size": 150,
        "notifications": False,
        "console_logout_first": True,
    }
    assert values.keys() == {each.name for each in fields(Settings)}
    assert parse({"settings": values}) == Configuration(settings=Settings(**values))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("region", "Frankfurt"),
        ("region", "eu-west-\u0661"),
        ("sts_endpoints", "global"),
        ("fips", 1),
        ("size", 110),
        ("size", 300),
        ("size", "150"),
        ("connect_timeout", "5"),
        ("connect_timeout", True),
        ("connect_timeout", 0),
        ("connect_timeout", 1e9),
        ("max_retries", 1.5),
        ("max_retries", -1),
        ("max_retries", True),
        ("proxy", "proxy:3128"),
        ("proxy", "socks5://x:1"),
        ("proxy", "http://"),
        ("ca_bundle", "a\nb"),
        ("theme", "pink"),
    ],
)
def test_a_wrong_setting_has_its_default_and_is_told(key: str, value: object) -> None:
    configuration = parse({"settings": {key: value, "notifications": False}})
    assert configuration.settings == Settings(notifications=False)
    assert [(each.entry, each.problem.field) for each in configuration.refusals] == [("settings", key)]


def test_a_proxys_password_is_no_setting_and_not_repeated() -> None:
    error = only("settings", "", {"proxy": "http://me:hunter2@proxy.example.com:3128"})
    assert "hunter2" not in str(error)
    assert "HTTPS_PROXY" in error.detail


@pytest.mark.parametrize("key", ["secret_access_key", "aws_secret_access_key", "totp_secret", "session_token"])
@pytest.mark.parametrize("kind", ["identity", "profile"])
def test_a_secret_in_the_file_is_refused_and_not_repeated(kind: str, key: str) -> None:
    values = {**(ALICE if kind == "identity" else PROFILE), key: "canary"}
    error = only(kind, "x", values)
    assert (error.code, error.field) == ("settings-secret", key)
    assert "canary" not in str(error)


@pytest.mark.parametrize(
    "name",
    ["", " a", "a ", "a]b", "[a", "a\nb", "a\tb", "a\x00", "a\u2028b", "-a", "mfa:x", "x--kept-by-rolecall", "x" * 129],
)
@pytest.mark.parametrize("kind", ["identity", "provider", "profile"])
def test_names_that_would_break_something_are_refused(kind: str, name: str) -> None:
    values = {"identity": ALICE, "provider": {"type": "saml"}, "profile": PROFILE}[kind]
    assert only(kind, name, values).field == "name"
    if kind == "profile" and name:
        assert only(kind, "fine", values | {"aws_profile": name}).field == "aws_profile"


@pytest.mark.parametrize("name", ["a", "prod/admin", "/a", "a.b", "é ü", "x y", "a=b", "#1", "default", "名前"])
def test_other_names_are_fine(name: str) -> None:
    assert read(profile={name: PROFILE}).profiles[name].published_as == name
    assert parse_source(f"profile.{name}").name == name


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"access_key_id": None}, "access_key_id"),
        ({"access_key_id": ""}, "access_key_id"),
        ({"access_key_id": "ASIAIOSFODNN7EXAMPLE"}, "access_key_id"),
        ({"access_key_id": "wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY"}, "access_key_id"),
        ({"access_key_id": "AKIA IOSFODNN7EXAMPL"}, "access_key_id"),
        ({"access_key_id": 7}, "access_key_id"),
        ({"mfa_device": "arn:aws:iam::111122223333:u2f/user/alice/default-X"}, "mfa_device"),
        ({"mfa_device": "short"}, "mfa_device"),
        ({"mfa": "never"}, "mfa"),
        ({"mfa": True}, "mfa"),
        ({"mfa": []}, "mfa"),
        ({"mfa": [""]}, "mfa"),
        ({"mfa": ["a", 1]}, "mfa"),
        ({"mfa": ["a\0b"]}, "mfa"),
        ({"mfa_session_duration": 899}, "mfa_session_duration"),
        ({"mfa_session_duration": 129601}, "mfa_session_duration"),
        ({"mfa_session_duration": "43200"}, "mfa_session_duration"),
        ({"region": "nowhere"}, "region"),
    ],
)
def test_faults_of_an_identity_name_their_field(values: dict[str, Any], field: str) -> None:
    merged = {key: value for key, value in {**ALICE, **values}.items() if value is not None}
    found = faults("identity", "x", merged)
    assert {each.field for each in found} == {field}
    assert all(each.title and each.detail and each.remedy for each in found)
    configuration = parse({"identity": {"x": merged}})
    assert configuration.identities == {}
    assert {each.entry for each in configuration.refusals} == {"identity.x"}


@pytest.mark.parametrize(
    ("mfa", "method", "command"),
    [("ask", MfaMethod.ASK, ()), ("stored", MfaMethod.STORED, ()), (["a", "b c"], MfaMethod.COMMAND, ("a", "b c"))],
)
def test_ways_to_give_a_code(mfa: object, method: MfaMethod, command: tuple[str, ...]) -> None:
    identity = parse({"identity": {"x": {**ALICE, "mfa": mfa}}}).identities["x"]
    assert (identity.mfa, identity.mfa_command) == (method, command)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"type": None}, "type"),
        ({"type": "ldap"}, "type"),
        ({"login_url": "http://idp.example.com"}, "login_url"),
        ({"login_url": "javascript:alert(1)"}, "login_url"),
        ({"login_url": "https://"}, "login_url"),
        ({"login_url": "https://a b"}, "login_url"),
        ({"login_url": 3}, "login_url"),
        ({"type": "oidc", "issuer": "http://accounts.example.com"}, "issuer"),
    ],
)
def test_faults_of_a_provider(values: dict[str, Any], field: str) -> None:
    merged = {key: value for key, value in {"type": "saml", **values}.items() if value is not None}
    assert only("provider", "x", merged).field == field


def test_a_provider_on_this_machine_may_do_without_tls() -> None:
    assert faults("provider", "x", {"type": "oidc", "issuer": "http://127.0.0.1:8080", "client_id": "rolecall"}) == []


OIDC = {"type": "oidc", "issuer": "https://login.example.com", "client_id": "rolecall"}


@pytest.mark.parametrize(
    ("values", "way", "remembers"),
    [
        ({"type": "saml", "login_url": "https://idp.example.com"}, Flow.WINDOW, False),
        ({"type": "saml", "login_url": "https://idp.example.com", "stay_signed_in": True}, Flow.WINDOW, True),
        ({"type": "saml", "flow": "paste"}, Flow.PASTE, False),
        ({"type": "saml", "command": ["saml-login", "--quiet"]}, Flow.COMMAND, False),
        (OIDC, Flow.BROWSER, True),
        (OIDC | {"flow": "device", "stay_signed_in": False}, Flow.DEVICE, False),
        ({"type": "oidc", "web_identity_token_file": "/run/token"}, Flow.FILE, True),
        ({"type": "oidc", "command": ["print-token"]}, Flow.COMMAND, True),
        ({"type": "oidc", "provider_id": "www.amazon.com", "client_id": "amzn1"}, Flow.BROWSER, True),
    ],
)
def test_the_way_in_is_told_by_what_is_set(values: dict[str, Any], way: Flow, remembers: bool) -> None:
    provider = parse({"provider": {"x": values}}).providers["x"]
    assert (provider.way, provider.remembers) == (way, remembers)
    assert bool(provider.place) is (way is not Flow.PASTE)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"type": "saml"}, "login_url"),
        ({"type": "saml", "flow": "browser", "login_url": "https://idp.example.com"}, "flow"),
        ({"type": "saml", "flow": "command"}, "command"),
        ({"type": "oidc", "issuer": "https://login.example.com"}, "client_id"),
        ({"type": "oidc", "client_id": "rolecall"}, "issuer"),
        (OIDC | {"flow": "window"}, "flow"),
        (OIDC | {"flow": "file"}, "web_identity_token_file"),
        (OIDC | {"scopes": ["open id"]}, "scopes"),
        (OIDC | {"scopes": "openid"}, "scopes"),
        (OIDC | {"issuer": "https://login.example.com/?tenant=1"}, "issuer"),
        (OIDC | {"provider_id": "accounts.google.com"}, "provider_id"),
        (OIDC | {"provider_id": "www.amazon.com", "flow": "device"}, "flow"),
        (OIDC | {"client_secret": "s3cret"}, "client_secret"),
        (OIDC | {"refresh_token": "s3cret"}, "refresh_token"),
        (OIDC | {"stay_signed_in": "yes"}, "stay_signed_in"),
        (OIDC | {"command": "print-token"}, "command"),
    ],
)
def test_what_a_way_in_needs_has_to_be_there(values: dict[str, Any], field: str) -> None:
    assert only("provider", "x", values).field == field


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"source": None}, "source"),
        ({"source": "alice"}, "source"),
        ({"source": "identity."}, "source"),
        ({"source": "user.alice"}, "source"),
        ({"source": ["identity.alice"]}, "source"),
        ({"role_arn": "arn:aws:iam::123456789012:user/alice"}, "role_arn"),
        ({"role_arn": ""}, "role_arn"),
        ({"federated_user": "guest"}, "federated_user"),
        ({"session_name": "a"}, "session_name"),
        ({"session_name": "é" * 3}, "session_name"),
        ({"duration": 899}, "duration"),
        ({"duration": 43201}, "duration"),
        ({"duration": 3600.0}, "duration"),
        ({"duration": True}, "duration"),
        ({"external_id": "a"}, "external_id"),
        ({"mfa": "session"}, "mfa"),
        ({"mfa": 1}, "mfa"),
        ({"mfa_device": "arn:aws:iam::111122223333:u2f/user/a/b"}, "mfa_device"),
        ({"region": ""}, "region"),
        ({"refresh": "yes"}, "refresh"),
        ({"group": "a\nb"}, "group"),
        ({"group": "x" * 257}, "group"),
        ({"colour": "crimson"}, "colour"),
        ({"publish": "keyring"}, "publish"),
        ({"console_service": "https://evil"}, "console_service"),
        ({"console_service": "../x"}, "console_service"),
        ({"provider_arn": "arn:aws:iam::123456789012:oidc-provider/x"}, "provider_arn"),
        ({"policy": "{"}, "policy"),
        ({"policy": "[]"}, "policy"),
        ({"policy": '{"a": "' + "x" * 2048 + '"}'}, "policy"),
        ({"policy_arns": "arn:aws:iam::aws:policy/ReadOnlyAccess"}, "policy_arns"),
        ({"policy_arns": ["short"]}, "policy_arns"),
        ({"policy_arns": ["arn:aws:iam::aws:policy/ReadOnlyAccess"] * 11}, "policy_arns"),
        ({"tags": ["a"]}, "tags"),
        ({"tags": {"a": 1}}, "tags"),
        ({"tags": [{"key": "a"}]}, "tags"),
        ({"tags": {"a": "x", "A": "y"}}, "tags"),
        ({"tags": {"a": "<"}}, "tags"),
        ({"transitive_tag_keys": ["a", "A"]}, "transitive_tag_keys"),
        ({"transitive_tag_keys": "a"}, "transitive_tag_keys"),
        ({"source_identity": "aws:me"}, "source_identity"),
    ],
)
def test_faults_of_a_profile_name_their_field(values: dict[str, Any], field: str) -> None:
    merged = {key: value for key, value in {**PROFILE, **values}.items() if value is not None}
    found = faults("profile", "x", merged)
    assert {each.field for each in found} == {field}
    assert all(each.title and each.remedy and "nothing was sent" not in str(each) for each in found)
    configuration = read(profile={"x": merged, "fine": PROFILE})
    assert list(configuration.profiles) == ["fine"]


@pytest.mark.parametrize("key", ["policy", "policy_arns", "tags", "transitive_tag_keys", "source_identity"])
def test_limits_that_get_session_token_cannot_take_are_not_dropped_in_silence(key: str) -> None:
    value = {
        "policy": "{}",
        "policy_arns": ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        "tags": {"a": "b"},
        "transitive_tag_keys": ["a"],
        "source_identity": "me",
    }[key]
    error = only("profile", "x", {"source": "identity.alice", key: value})
    assert (error.code, error.field) == ("profile-impossible", key)
    federated = faults("profile", "x", {"source": "identity.alice", "federated_user": "guest", key: value})
    assert bool(federated) is (key in {"transitive_tag_keys", "source_identity"})


def test_the_code_goes_with_assume_role_only_where_there_is_a_role() -> None:
    assert only("profile", "x", {"source": "identity.alice", "mfa": "role"}).field == "mfa"


@pytest.mark.parametrize(("seconds", "fine"), [(899, False), (900, True), (129600, True), (129601, False)])
def test_a_session_may_last_longer_than_a_role(seconds: int, fine: bool) -> None:
    assert (faults("profile", "x", {"source": "identity.alice", "duration": seconds}) == []) is fine


@pytest.mark.parametrize("mfa", [True, False, "role"])
def test_mfa_of_a_profile(mfa: object) -> None:
    use = {True: MfaUse.SESSION, False: MfaUse.NONE, "role": MfaUse.ROLE}[mfa]
    profile = read(profile={"x": {**PROFILE, "mfa": mfa, "mfa_device": "GAHT12345678"}}).profiles["x"]
    assert (profile.mfa, profile.mfa_device) == (use, MfaDevice(serial="GAHT12345678"))


def test_every_fault_of_an_entry_is_told() -> None:
    found = faults("profile", "-x", {"role_arn": "no", "duration": 1, "colour": "no"})
    assert [each.field for each in found] == ["name", "role_arn", "source", "duration", "colour"]


def test_a_refused_profile_takes_its_children_with_it() -> None:
    configuration = read(
        profile={
            "broken": {**PROFILE, "duration": 1},
            "child": {**PROFILE, "source": "profile.broken"},
            "grandchild": {**PROFILE, "source": "profile.child"},
            "nowhere": {**PROFILE, "source": "profile.nobody"},
            "fine": PROFILE,
        }
    )
    assert list(configuration.profiles) == ["fine"]
    assert told(configuration) == [
        ("profile.broken", "settings-value", "duration"),
        ("profile.child", "source-refused", "source"),
        ("profile.grandchild", "source-refused", "source"),
        ("profile.nowhere", "source-missing", "source"),
    ]


def test_a_refused_identity_takes_its_profiles_with_it() -> None:
    configuration = parse({"identity": {"alice": {}}, "profile": {"x": PROFILE}})
    assert told(configuration) == [
        ("identity.alice", "settings-missing", "access_key_id"),
        ("profile.x", "source-refused", "source"),
    ]


def test_loops_are_told_as_loops() -> None:
    ring = {"a": {**PROFILE, "source": "profile.b"}, "b": {**PROFILE, "source": "profile.a"}}
    assert {code for _, code, _ in told(read(profile=ring))} == {"source-loop"}


@pytest.mark.parametrize("value", [3, "x", [], [{"a": 1}], True])
@pytest.mark.parametrize("key", ["settings", "identity", "provider", "profile"])
def test_a_table_that_is_none_is_told(key: str, value: object) -> None:
    configuration = parse({key: value})
    assert [each.entry for each in configuration.refusals] == [key]
    if key != "settings":
        nested = parse({key: {"x": value}})
        assert [each.entry for each in nested.refusals] == [f"{key}.x"]


def test_the_plural_is_a_slip_worth_telling() -> None:
    assert [each.entry for each in parse({"profiles": {"x": PROFILE}}).refusals] == ["profiles"]


def test_unknown_keys_are_no_fault() -> None:
    configuration = read(profile={"x": {**PROFILE, "later": {"a": 1}}}, settings={"later": 1}, later={"a": 1})
    assert configuration.refusals == ()


@pytest.mark.parametrize("schema", [0, -1, "1", 1.0, True, []])
def test_a_schema_that_never_was_is_no_settings_file(schema: object) -> None:
    with pytest.raises(BadInput) as caught:
        parse({"schema": schema})
    assert caught.value.field == "schema"


def test_a_later_schema_is_read_as_far_as_it_is_understood() -> None:
    configuration = read(schema=SCHEMA + 1, profile={"x": PROFILE})
    assert list(configuration.profiles) == ["x"]
    assert [each.problem.code for each in configuration.refusals] == ["settings-newer"]


def test_lines_are_told_where_they_can_be() -> None:
    lines = {
        ("profile", "x"): 10,
        ("profile", "x", "duration"): 12,
        ("profile", "y"): 20,
        ("profile", "y", "source"): 21,
    }
    configuration = parse(
        {
            "identity": {"alice": ALICE},
            "profile": {"x": {**PROFILE, "duration": 1}, "y": {**PROFILE, "source": "profile.y"}, "z": {}},
        },
        lambda path: lines.get(path, 0),
    )
    assert [(each.entry, each.line) for each in configuration.refusals] == [
        ("profile.x", 12),
        ("profile.z", 0),
        ("profile.y", 21),
    ]


TOML = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from([each.name for each in (*fields(Profile), *fields(Identity), *fields(Settings))])


@given(
    st.dictionaries(
        st.sampled_from(["identity", "profile", "provider"]),
        st.dictionaries(st.text(max_size=5), st.dictionaries(KEYS, TOML, max_size=4), max_size=2),
    )
)
def test_nothing_in_a_file_breaks_the_reading(document: dict[str, Any]) -> None:
    cleaned = {
        kind: {
            name: {key: value for key, value in table.items() if value is not None} for name, table in entries.items()
        }
        for kind, entries in document.items()
    }
    configuration = parse(cleaned)
    refused = {each.entry for each in configuration.refusals}
    for kind, entries in cleaned.items():
        for name in entries:
            usable: Any = {
                "identity": configuration.identities,
                "provider": configuration.providers,
                "profile": configuration.profiles,
            }[kind]
            assert (name in usable) is not (f"{kind}.{name}" in refused)
