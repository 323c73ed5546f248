"""Deeds of the credentials file: what is published, renewed, withdrawn, taken over and given back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.adapters.credentials_file.file import CredentialsFile, Wish
from app.domain.credentials import Credentials
from app.domain.published import PublishedSection
from app.domain.secret import Secret
from tests.faults.strace_deed import INSTALLATION, LOCK_SECONDS, NOW, ORPHAN, Deed, let_age

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_KEY_IDS = frozenset({"ASIAOLD", "ASIADEV", "ASIANEW"})
FOREIGN = b"# mine\n[default]\naws_access_key_id = AKIAMINE\naws_secret_access_key = s\n\n[old]\nregion=eu-west-1\n"
CRLF = b"\xef\xbb\xbf# mine\r\n[default]\r\nregion = eu-west-1\r\njunk\r\n[other]\r\nk = v"
TAKEN = b"[prod]\naws_access_key_id = AKIAPERSON\naws_secret_access_key = theirs\n\n[next]\nk = v\n"


def credentials_file(folder: Path, look_again_seconds: float = 0.0) -> CredentialsFile:
    """The file as a process opens it; without seconds, it is not looked at a second time later."""
    return CredentialsFile(
        folder / ".aws" / "credentials",
        installation=INSTALLATION,
        lock_seconds=LOCK_SECONDS,
        look_again_seconds=look_again_seconds,
    )


def section(name: str, key_id: str) -> PublishedSection:
    """A section to be published."""
    keys = Credentials(
        access_key_id=key_id,
        secret_access_key=Secret("se/cr+et=;#"),
        session_token=Secret("IQoJ=to:ken=="),
        expires=NOW + timedelta(hours=1),
    )
    return PublishedSection(aws_profile=name, profile=name, credentials=keys)


def _publish(name: str, key_id: str = "ASIANEW", *, renewal: bool = False, displace: bool = False) -> Wish:
    return Wish(section=section(name, key_id), known_key_ids=_KEY_IDS, renewal=renewal, displace=displace)


def _publishing(*wishes: Wish) -> Callable[[Path], Callable[[], object]]:
    def act(folder: Path) -> Callable[[], object]:
        file = credentials_file(folder)
        return lambda: file.publish_all(wishes)

    return act


def _withdrawing(*names: str) -> Callable[[Path], Callable[[], object]]:
    def act(folder: Path) -> Callable[[], object]:
        file = credentials_file(folder)
        return lambda: file.withdraw(frozenset(names))

    return act


def _looking_and_publishing(*wishes: Wish) -> Callable[[Path], Callable[[], object]]:
    """As a command does: it reads the file, keeps watch over it from then on, and replaces it."""

    def act(folder: Path) -> Callable[[], object]:
        file = credentials_file(folder, look_again_seconds=0.001)

        def look_and_publish() -> None:
            file.sections()
            file.publish_all(wishes)

        return look_and_publish

    return act


def _adopting(folder: Path) -> Callable[[], object]:
    """What a start does with the file: clean up, look, take away what has expired, renew what is due."""
    file = credentials_file(folder)

    def adopt() -> None:
        file.clean_up()
        file.sections()
        file.withdraw(frozenset({"dev"}))

    return adopt


def _credentials(content: bytes | None, *wishes: Wish, link: bool = False, orphan: bool = False) -> Callable[..., None]:
    def prepare(folder: Path) -> None:
        path = folder / ".aws" / "credentials"
        if content is not None or link:
            path.parent.mkdir(mode=0o700)
        if link:
            (folder / "elsewhere").mkdir()
            path.symlink_to(folder / "elsewhere" / "keys")
        if content is not None:
            path.write_bytes(content)
            path.chmod(0o640)
        if orphan:
            (path.parent / ORPHAN).write_bytes(b"half")
        let_age(folder)
        if wishes:
            credentials_file(folder).publish_all(wishes)
        let_age(folder)

    return prepare


def _start_credentials(folder: Path) -> object:
    file = credentials_file(folder)
    return file.clean_up(), file.sections(), file.findings()


def _credentials_deed(name: str, prepare: Callable[..., None], act: Callable[[Path], Callable[[], object]]) -> Deed:
    row = "give back" if act is _GIVE_BACK else name.partition(",")[0]
    return Deed(name=name, row=row, prepare=prepare, act=act, start=_start_credentials)


_GIVE_BACK = _withdrawing("prod")
_OLD, _DEV = _publish("prod", "ASIAOLD"), _publish("dev", "ASIADEV")
_TAKE = _publish("prod", displace=True)
_ADD, _RENEW = _publishing(_publish("prod")), _publishing(_publish("prod", renewal=True))
CREDENTIALS = (
    _credentials_deed("publish, no file yet", _credentials(None), _ADD),
    _credentials_deed("publish, into a person's file", _credentials(FOREIGN), _ADD),
    _credentials_deed("publish, CRLF and BOM and no last line end", _credentials(CRLF), _ADD),
    _credentials_deed("publish, three at once", _credentials(FOREIGN), _publishing(*map(_publish, ("a", "b", "c")))),
    _credentials_deed("publish, through a symbolic link", _credentials(FOREIGN, link=True), _ADD),
    _credentials_deed("publish, through a link to no file", _credentials(None, link=True), _ADD),
    _credentials_deed("renew", _credentials(FOREIGN, _OLD), _RENEW),
    _credentials_deed(
        "renew, after a look", _credentials(FOREIGN, _OLD), _looking_and_publishing(_publish("prod", renewal=True))
    ),
    _credentials_deed("renew, CRLF", _credentials(CRLF, _OLD, _DEV), _RENEW),
    _credentials_deed("withdraw, the file remains", _credentials(FOREIGN, _OLD), _withdrawing("prod")),
    _credentials_deed("withdraw, CRLF and no last line end", _credentials(CRLF, _OLD), _withdrawing("prod")),
    _credentials_deed("withdraw, the file goes", _credentials(None, _OLD), _withdrawing("prod")),
    _credentials_deed("adopt, with a left temporary file", _credentials(FOREIGN, _OLD, _DEV, orphan=True), _adopting),
    _credentials_deed(
        "take over, a person's section", _credentials(TAKEN), _publishing(_publish("prod", displace=True))
    ),
    _credentials_deed("give back", _credentials(TAKEN, _TAKE), _GIVE_BACK),
)
