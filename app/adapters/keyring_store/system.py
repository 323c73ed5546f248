"""The OS keyring: which backend, whether it can be trusted with secrets, and what its failures mean.

The only importer of `keyring`.
"""

from __future__ import annotations

import logging
import secrets
import sys
from typing import TYPE_CHECKING

from app.adapters.keyring_store.vault import SERVICE
from app.domain.errors import StorageTrouble
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

_NAMES = {
    "keyring.backends.SecretService": "Secret Service",
    "keyring.backends.libsecret": "Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "Keychain",
    "keyring.backends.Windows": "Windows Credential Manager",
}
_CANDIDATES = {"darwin": ("keyring.backends.macOS.Keyring",), "win32": ("keyring.backends.Windows.WinVaultKeyring",)}
_ELSEWHERE = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.libsecret.Keyring",
)
_log = logging.getLogger(__name__)
_SMALL = "keyring.backends.Windows"
SMALL_UNITS = 1200
"""Windows keeps 2,560 bytes for each credential, as UTF-16: 1,280 units, less some room."""
ITEM_BROKEN = "keyring-item-broken"
_PARTS = "rolecall-parts:"


def open_system_vault() -> SystemVault:
    """Find the keyring of this desktop.

    Raises StorageTrouble: `keyring-absent` when there is none, `keyring-plaintext` when one that was chosen, or a
    member of a chain, would write secrets in the clear or forget them.
    """
    backend, chosen = _backend()
    members = _members(backend)
    for member in members:
        # A person chose the chain, not each of its members.
        _inspect(member, chosen=chosen and member is backend)
    limit = SMALL_UNITS if any(_module(each) == _SMALL for each in members) else None
    return SystemVault(backend, limit=limit)


class SystemVault:
    """A keyring backend as a vault. `limit` is how many UTF-16 units an item holds; longer values are split."""

    def __init__(self, backend: KeyringBackend, *, limit: int | None = None) -> None:
        self._backend = backend
        self._limit = limit

    def get(self, key: str) -> Secret | None:
        """See Vault."""
        text = self._read(key)
        if text is None or not text.startswith(_PARTS):
            return None if text is None else Secret(text)
        parts = [self._read(name) for name in _part_names(key, text)]
        if None in parts:
            raise _broken("An item of the keyring is incomplete", "A part of it is missing.")
        return Secret("".join(part or "" for part in parts))

    def set(self, key: str, value: Secret) -> None:
        """See Vault. The new parts are there before the item points to them, and the old ones until it does."""
        text = value.reveal()
        old = self._old_parts(key)
        if self._fits(text):
            self._write(key, text)
        else:
            pieces = _split(text, self._limit)
            header = f"{_PARTS}{len(pieces)}:{secrets.token_hex(4)}"
            for name, piece in zip(_part_names(key, header), pieces, strict=True):
                self._write(name, piece)
            self._write(key, header)
        for name in old:
            self._remove(name)

    def delete(self, key: str) -> None:
        """See Vault."""
        old = self._old_parts(key)
        for name in (key, *old):
            self._remove(name)

    def describe(self) -> str:
        """See Vault."""
        return " and ".join(dict.fromkeys(_name(each) for each in _members(self._backend)))

    def _fits(self, text: str) -> bool:
        return not text.startswith(_PARTS) and (self._limit is None or _units(text) <= self._limit)

    def _old_parts(self, key: str) -> list[str]:
        try:
            text = self._read(key)
        except StorageTrouble as error:
            if error.code != ITEM_BROKEN:
                raise
            return []  # what cannot be read is replaced, or removed, all the same
        return _part_names(key, text) if text is not None and text.startswith(_PARTS) else []

    def _read(self, key: str) -> str | None:
        return _asked(lambda: self._backend.get_password(SERVICE, key))

    def _write(self, key: str, text: str) -> None:
        _asked(lambda: self._backend.set_password(SERVICE, key, text), writing=True)

    def _remove(self, key: str) -> None:
        import keyring.errors

        def remove() -> None:
            try:
                self._backend.delete_password(SERVICE, key)
            except keyring.errors.PasswordDeleteError:
                # Backends say so for an item that is not there, and some for every other failure as well.
                if self._backend.get_password(SERVICE, key) is not None:
                    raise

        _asked(remove)


def _backend() -> tuple[KeyringBackend, bool]:
    """The backend, and whether a person chose it by variable or file.

    keyring's own search is not used: it takes what any installed package offers, and remembers for ever what was not
    there at its first look.
    """
    import keyring.core
    from keyring.backends import fail

    try:
        chosen = keyring.core.load_env() or keyring.core.load_config()
    except Exception as error:
        # The name leads to any module.
        raise _trouble(
            "keyring-absent",
            "The keyring that was chosen cannot be used",
            f"{type(error).__name__}: {error}.",
            "Correct PYTHON_KEYRING_BACKEND or keyringrc.cfg, or unset it.",
        ) from error
    if chosen is not None:
        return chosen, True
    found = [backend for name in _CANDIDATES.get(sys.platform, _ELSEWHERE) if (backend := _viable(name)) is not None]
    if not found:
        return fail.Keyring(), False  # type: ignore[no-untyped-call]  # keyring types only what it must
    # To tell its priority, a backend asks its service once more
    best = found[0] if len(found) == 1 else max(found, key=lambda backend: backend.priority)
    return best, False


def _viable(name: str) -> KeyringBackend | None:
    import keyring.core

    try:
        return keyring.core.load_keyring(name)
    except Exception as error:  # noqa: BLE001  # each library behind a backend says in its own way that it is not there
        _log.debug("%s is not there: %s: %s", name, type(error).__name__, error)
        return None


def _members(backend: KeyringBackend) -> list[KeyringBackend]:
    from keyring.backends.chainer import ChainerBackend

    return list(backend.backends) if isinstance(backend, ChainerBackend) else [backend]


def _inspect(backend: KeyringBackend, *, chosen: bool) -> None:
    from keyring.backends import fail, null

    full_name = f"{type(backend).__module__}.{type(backend).__qualname__}"
    if isinstance(backend, fail.Keyring):
        raise _trouble(
            "keyring-absent",
            "There is no keyring on this desktop",
            "Neither Secret Service, KWallet, Keychain nor Credential Manager was found.",
            "Start one (on Linux GNOME Keyring or KWallet), set ROLECALL_KEYRING=file:PATH for an encrypted file, "
            "or keep secrets in memory until quit.",
        )
    if isinstance(backend, null.Keyring):
        raise _unfit("The keyring is switched off", f"{full_name} forgets what it is given.")
    ancestry = [f"{each.__module__}.{each.__qualname__}" for each in type(backend).__mro__]
    plain = any("plaintext" in each.lower() for each in ancestry)
    alternative = _module(backend).startswith("keyrings.alt") and "Encrypted" not in type(backend).__qualname__
    if plain or alternative:
        raise _unfit("The keyring would keep secrets in plain text", f"{full_name} writes them unencrypted to a file.")
    if _module(backend) not in _NAMES and not chosen:
        raise _unfit(
            "The keyring is an unknown one",
            f"Nothing is known about {full_name}, and it was not chosen by a person.",
            f"If you trust it, set PYTHON_KEYRING_BACKEND={full_name}; else uninstall it.",
        )


def _module(backend: KeyringBackend) -> str:
    module = type(backend).__module__
    return "keyring.backends.macOS" if module.startswith("keyring.backends.macOS") else module


def _name(backend: KeyringBackend) -> str:
    return _NAMES.get(_module(backend), f"{type(backend).__module__}.{type(backend).__qualname__}")


def _asked(question: Callable[[], str | None], *, writing: bool = False) -> str | None:
    try:
        return question()
    except Exception as error:  # noqa: BLE001  # backends are plugins and raise what they like
        trouble = _told(error, writing=writing)
    # Out here nothing leads back to the error: it might hold what was to be written, or what was read.
    raise trouble


def _told(error: Exception, *, writing: bool) -> StorageTrouble:
    import keyring.errors

    kind = type(error).__name__
    if isinstance(error, UnicodeError):
        return _broken("An item of the keyring cannot be read", "It is no text: something else wrote it.")
    if isinstance(error, keyring.errors.KeyringLocked) or kind in {"PromptDismissedException", "LockedException"}:
        return _locked()
    absent = {"SecretServiceNotAvailableException", "NoKeyringError"}
    if isinstance(error, keyring.errors.InitError) or kind in absent:
        return _absent()
    # A message about a write might repeat what was to be written.
    said = f"{kind}." if writing else f"{kind}: {error}."[:200]
    return _trouble(
        "keyring-failed", "The keyring failed", said, "See whether the keyring's own program works, and try again."
    )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _split(text: str, limit: int | None) -> list[str]:
    """Cut into pieces that fit, never inside a character. A character has at most two units."""
    size = max(1, limit // 2 if limit and _units(text) != len(text) else limit or len(text))
    return [text[begin : begin + size] for begin in range(0, len(text), size)]


def _part_names(key: str, header: str) -> list[str]:
    number, _, mark = header.removeprefix(_PARTS).partition(":")
    return [f"{key}/part-{mark}-{each}" for each in range(1, int(number) + 1)] if number.isdecimal() else []


def _broken(title: str, detail: str) -> StorageTrouble:
    return _trouble(ITEM_BROKEN, title, detail, "Enter it again, and it is replaced.")


def _locked() -> StorageTrouble:
    return _trouble(
        "keyring-locked",
        "The keyring is locked",
        "Its password was not given.",
        "Unlock it, and try again.",
    )


def _absent() -> StorageTrouble:
    return _trouble(
        "keyring-absent",
        "The keyring is gone",
        "Its service does not run, or has no place to keep things in.",
        "Start it, set ROLECALL_KEYRING=file:PATH for an encrypted file, or keep secrets in memory until quit.",
    )


def _unfit(title: str, detail: str, remedy: str = "") -> StorageTrouble:
    remedy = remedy or (
        "Use the desktop's own keyring, set ROLECALL_KEYRING=file:PATH for an encrypted file, or keep secrets in "
        "memory until quit."
    )
    return _trouble("keyring-plaintext", title, detail, remedy)


def _trouble(code: str, title: str, detail: str, remedy: str) -> StorageTrouble:
    return StorageTrouble(code=code, title=title, detail=detail, remedy=remedy)
