"""What is wrong in the files of AWS tools, and the one-click remedies: every other byte survives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.credentials_file import inspection, mend
from app.adapters.credentials_file.file import CredentialsFile
from app.adapters.credentials_file.inspection import Files, ToolFile
from app.adapters.credentials_file.inspector import Inspector
from app.domain.errors import StorageTrouble
from app.domain.x_ray import Remedy
from tests.adapters.credentials_file.credfile_helpers import INSTALLATION, NOTHING_KNOWN, wanted

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.x_ray import Ailment

NOW = datetime(2026, 12, 1, tzinfo=UTC)
KEYS = b"aws_access_key_id = ASIAOTHER\naws_secret_access_key = canary\n"
OLD = KEYS + b"x_security_token_expires = 2026-11-01T00:00:00Z\n"


def inspector(target: Path) -> Inspector:
    return Inspector(
        CredentialsFile(target, installation=INSTALLATION, look_again_seconds=0),
        target.with_name("config"),
        installation=INSTALLATION,
    )


def only(target: Path, code: str) -> Ailment:
    (found,) = [each for each in inspector(target).ailments(NOW) if each.code == code]
    return found


def remedy_of(target: Path, code: str) -> Remedy:
    found = only(target, code).remedy
    assert found is not None
    return found


def written(target: Path, content: bytes, mode: int = 0o600) -> Path:
    target.write_bytes(content)
    target.chmod(mode)
    return target


def test_an_expired_section_of_somebody_else_goes_whole_and_alone(target: Path) -> None:
    before, after = b"# top\n[a]\nregion = x\n\n# about old\n", b"# about b\n[b]\r\nregion = y\n"
    written(target, before + b"[old]\n" + OLD + b"# inside\nregion = z\n\n" + after)
    found = only(target, "entry-expired")
    assert found.remedy is not None
    assert "not Rolecall's" in found.remedy.words
    assert "canary" not in repr(found)
    inspector(target).mend(found.remedy)
    assert target.read_bytes() == before + after
    assert not inspector(target).ailments(NOW)


@pytest.mark.parametrize("key", inspection.EXPIRY_KEYS)
def test_every_tools_way_to_note_the_expiry_is_read(target: Path, key: str) -> None:
    written(target, b"[old]\n" + KEYS + key.encode() + b" = 2026-11-01T00:00:00+00:00\n")
    assert only(target, "entry-expired").title == "The keys of [old] have expired"


def test_an_expired_section_of_ours_is_withdrawn_and_puts_back_what_it_displaced(target: Path) -> None:
    written(target, b"[prod]\naws_access_key_id = AKIAMINE\naws_secret_access_key = x\n")
    was = target.read_bytes()
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=0)
    file.publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False, displace=True)
    found = only(target, "entry-expired")
    assert found.remedy is not None
    assert found.remedy.words == "Removes [prod] from the file."
    inspector(target).mend(found.remedy)
    assert target.read_bytes() == was


@pytest.mark.parametrize("end", [b"", b"\n", b"\n\n"])
def test_notes_at_the_end_of_the_file_stay(target: Path, end: bytes) -> None:
    before, notes = b"[live]\nregion = x\n\n", b"# my notes\n# [commented]\n# aws_secret = x" + end
    written(target, before + b"[old]\n" + OLD + b"\n" + notes)
    inspector(target).mend(remedy_of(target, "entry-expired"))
    assert target.read_bytes() == before + notes


def test_what_rolecall_has_set_aside_is_not_offered_for_removal(target: Path) -> None:
    written(target, b"[prod]\n" + KEYS + b"expiration = 2026-11-01T00:00:00Z\n")
    was = target.read_bytes()
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=0)
    credentials = replace(wanted().credentials, expires=NOW + timedelta(hours=1))
    file.publish(replace(wanted(), credentials=credentials), known_key_ids=NOTHING_KNOWN, renewal=False, displace=True)
    found = only(target, "entry-expired")
    assert found.title == "The keys of [prod--kept-by-rolecall] have expired"
    assert "when [prod] is stopped" in found.detail
    assert found.remedy is None
    file.withdraw(frozenset({"prod"}))
    assert target.read_bytes() == was


def test_a_token_beside_a_long_term_key_is_reported_and_goes(target: Path) -> None:
    key = b"aws_access_key_id = AKIAOTHER\naws_secret_access_key = canary\n"
    written(target, b"[a]\n" + key + b"aws_security_token = canary-old\n[b]\n" + KEYS + b"aws_security_token = x\n")
    written(target.with_name("config"), b"[profile c]\n" + key + b"aws_security_token = canary-old\n")
    found = [each for each in inspector(target).ailments(NOW) if each.code == "stale-security-token"]
    assert [each.title for each in found] == [
        "aws_security_token in [a] belongs to no key",
        "aws_security_token of “c” in the config file belongs to no key",
    ]
    assert "canary" not in repr(found)
    assert [(each.name, each.state) for each in inspector(target).holders("AKIAOTHER", NOW)] == [
        ("a", "stale token"),
        ("c", "stale token"),
    ]
    assert found[0].remedy is not None
    inspector(target).mend(found[0].remedy)
    assert target.read_bytes() == b"[a]\n" + key + b"[b]\n" + KEYS + b"aws_security_token = x\n"


def test_a_config_file_that_cannot_be_read_is_one_ailment(target: Path) -> None:
    written(target, b"[a]\n" + OLD)
    config = target.with_name("config")
    config.mkdir()
    found = {each.code: each for each in inspector(target).ailments(NOW)}
    assert found.keys() == {"entry-expired", "config-unreadable"}
    unreadable = found["config-unreadable"]
    assert unreadable.detail.startswith(f"{config}: ")
    assert "redentials" not in unreadable.title + unreadable.detail + unreadable.advice
    assert [each.name for each in inspector(target).holders("ASIAOTHER", NOW)] == ["a"]


def test_only_the_stale_token_goes(target: Path) -> None:
    before = b"[a]\n"
    written(
        target, before + KEYS + b"aws_security_token = canary-old\n  and = more\naws_session_token = new\nregion = x"
    )
    inspector(target).mend(remedy_of(target, "stale-security-token"))
    assert target.read_bytes() == before + KEYS + b"aws_session_token = new\nregion = x"


def test_the_right_one_of_two_stale_tokens_goes(target: Path) -> None:
    section = KEYS + b"aws_security_token = old\naws_session_token = new\n"
    written(target, b"[a]\n" + section + b"[b]\n" + section)
    second = [each for each in inspector(target).ailments(NOW) if each.code == "stale-security-token"][1].remedy
    assert second is not None
    inspector(target).mend(second)
    assert target.read_bytes() == b"[a]\n" + section + b"[b]\n" + section.replace(b"aws_security_token = old\n", b"")


def test_a_byte_order_mark_goes(target: Path) -> None:
    written(target, b"\xef\xbb\xbf[a]\nregion = x\n")
    inspector(target).mend(remedy_of(target, "byte-order-mark"))
    assert target.read_bytes() == b"[a]\nregion = x\n"


@pytest.mark.parametrize("mode", [0o644, 0o640])
def test_a_mode_that_is_too_wide_is_narrowed(target: Path, mode: int) -> None:
    written(target, b"[a]\nregion = x\n", mode)
    inspector(target).mend(remedy_of(target, "file-mode-wide"))
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_bytes() == b"[a]\nregion = x\n"


@pytest.mark.parametrize(("mode", "after"), [(0o440, 0o400), (0o444, 0o400), (0o604, 0o600), (0o750, 0o700)])
def test_narrowing_gives_the_owner_nothing_new(target: Path, mode: int, after: int) -> None:
    config = target.with_name("config")
    for file, content in ((target, b"[a]\nregion = x\n"), (config, b"[profile a]\n" + KEYS)):
        written(file, content, mode)
        remedy = remedy_of(target, "file-mode-wide")
        assert f"mode to {after:o}:" in remedy.words
        inspector(target).mend(remedy)
        assert file.stat().st_mode & 0o777 == after
        file.unlink()


def test_a_config_file_with_keys_is_narrowed_too(target: Path) -> None:
    config = target.with_name("config")
    written(config, b"[profile a]\n" + KEYS, 0o644)
    inspector(target).mend(remedy_of(target, "file-mode-wide"))
    assert config.stat().st_mode & 0o777 == 0o600
    written(config, b"[profile a]\nregion = x\n", 0o644)
    assert not inspector(target).ailments(NOW)


@pytest.mark.parametrize("code", ["entry-expired", "stale-security-token", "file-mode-wide", "byte-order-mark"])
def test_a_file_that_changed_since_is_left_alone(target: Path, code: str) -> None:
    content = b"\xef\xbb\xbf[a]\n" + OLD + b"aws_security_token = old\naws_session_token = new\n"
    written(target, content, 0o644)
    remedy = remedy_of(target, code)
    changed = content + b"# one word more\n"
    target.write_bytes(changed)
    with pytest.raises(StorageTrouble) as caught:
        inspector(target).mend(remedy)
    assert caught.value.code == "file-changed"
    assert target.read_bytes() == changed
    assert target.stat().st_mode & 0o777 == 0o644


def test_a_remedy_for_another_file_is_refused(target: Path) -> None:
    written(target, b"[a]\nregion = x\n", 0o644)
    for remedy in (
        Remedy(code="file-mode-wide", words="", path="/etc/passwd"),
        Remedy(code="rm -rf", words="", path=str(target)),
        Remedy(code="entry-expired", words="", path=str(target.with_name("config"))),
    ):
        with pytest.raises(StorageTrouble) as caught:
            inspector(target).mend(remedy)
        assert caught.value.code == "file-changed"


def test_what_wins_over_static_keys_is_told(target: Path) -> None:
    written(target, b"[role]\n" + KEYS + b"[proc]\n" + KEYS + b"[conf]\n" + KEYS)
    written(
        target.with_name("config"),
        b"[profile role]\nrole_arn = x\n[profile proc]\ncredential_process = y\n[profile conf]\n" + KEYS + b"junk\n",
    )
    assert [each.code for each in inspector(target).ailments(NOW)] == [
        "keys-shadowed",
        "process-shadowed",
        "config-keys-shadowed",
        "config-junk-line",
    ]


def test_who_holds_a_key(target: Path) -> None:
    written(
        target,
        b"[plain]\n" + KEYS + b"[old]\n" + OLD + b"[shadowed]\n" + KEYS + b"[stale]\n" + KEYS
        + b"aws_security_token = o\naws_session_token = n\n[live]\n" + KEYS
        + b"expiration = 2027-01-01T00:00:00Z\n[other]\naws_access_key_id = AKIAOTHER\n",
    )  # fmt: skip
    written(target.with_name("config"), b"[profile shadowed]\nrole_arn = x\n[profile plain]\n" + KEYS)
    found = inspector(target).holders("ASIAOTHER", NOW)
    assert [(each.where, each.name, each.state, each.line) for each in found] == [
        ("credentials file", "plain", "", 2),
        ("credentials file", "old", "expired", 5),
        ("credentials file", "shadowed", "shadowed", 9),
        ("credentials file", "stale", "stale token", 12),
        ("credentials file", "live", "live", 17),
        ("config file", "plain", "shadowed", 4),
    ]
    assert "canary" not in repr(found)


def test_files_that_are_not_there_are_fine(target: Path) -> None:
    assert inspector(target).ailments(NOW) == ()
    assert inspector(target).holders("ASIAOTHER", NOW) == ()


LINES = (
    b"[a]\n", b"[b]\r\n", b"[a] # again\n", b"# words\n", b"\n", b"junk\n", b"  deeper = 1\n", b"region = x\n",
    b"aws_access_key_id = ASIAOTHER\n", b"aws_session_token = new\n", b"aws_security_token = old\n",
    b"aws_security_token =\n", b"x_security_token_expires = 2026-11-01T00:00:00Z\n", b"no end",
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=12).map(b"".join))
def test_whatever_is_in_a_file_a_remedy_cuts_out_one_piece(content: bytes) -> None:
    looked = Files(
        credentials=ToolFile(path="c", content=content), config=ToolFile(path="d"), installation=INSTALLATION
    )
    for each in inspection.ailments(looked, datetime(2100, 1, 1, tzinfo=UTC)):
        if each.remedy is None:
            continue
        after = mend.mended(content, each.remedy, INSTALLATION)
        assert after is not None
        assert len(after) < len(content)
        same = next((i for i, (x, y) in enumerate(zip(content, after, strict=False)) if x != y), len(after))
        gone = len(content) - len(after)
        assert any(content[:i] + content[i + gone :] == after for i in range(max(0, same - gone), same + 1))
        assert mend.mended(after, each.remedy, INSTALLATION, again=True) is not None


@given(st.binary(max_size=80))
def test_any_bytes_are_inspected(content: bytes) -> None:
    looked = Files(
        credentials=ToolFile(path="c", content=content), config=ToolFile(path="d", content=content), installation="x"
    )
    inspection.ailments(looked, NOW)
    inspection.holders(looked, "ASIAOTHER", NOW)
