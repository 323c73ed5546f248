"""One encrypted file as a keyring, for machines without a desktop.

The encryption is Fernet of the `cryptography` library (AES-128-CBC with HMAC-SHA-256, its specification is public); the
key comes from a passphrase through scrypt (RFC 7914). The names of the items are encrypted with them.
"""

from __future__ import annotations

import base64
import json
import os
from typing import TYPE_CHECKING, Any

from app.adapters import files
from app.domain.errors import StorageTrouble
from app.domain.secret import Secret
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cryptography.fernet import Fernet

FORMAT = 1
SALT_BYTES = 16
COST = 2**16
"""scrypt's N; with r = 8 and p = 2 a guess costs 64 MiB and some 0.3 s."""
_BLOCK, _PARALLEL = 8, 2
_COST_MOST, _BLOCK_MOST, _PARALLEL_MOST = 2**20, 32, 16
_MEMORY_MOST = 2**30
"""Bytes; scrypt takes 128 times N times r (RFC 7914, section 2)."""
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sealed:
    """The file as it is: how the key is derived, and the token."""

    salt: bytes
    cost: int
    block: int
    parallel: int
    token: bytes


class EncryptedFileVault:
    """Keeps all items in the file `path`, mode 0600, locked between processes.

    `passphrase` is called when the first item is needed, with True when the file is about to be made and the passphrase
    is a new one. `cost` is scrypt's N for a new file.
    """

    def __init__(self, path: Path, passphrase: Callable[[bool], Secret], *, cost: int = COST) -> None:
        self._path = path
        self._passphrase = passphrase
        self._cost = cost
        self._lock_path = path.with_name(f"{path.name}.lock")
        self._is_clean = False
        self._known: tuple[tuple[bytes, int, int, int], Fernet] | None = None

    def get(self, key: str) -> Secret | None:
        """See Vault. The first time, what killed writers left is removed."""
        if not self._is_clean:
            self._is_clean = True
            files.clean_up(self._path, self._lock_path)
        sealed = self._read()
        text = None if sealed is None else self._open(sealed).get(key)
        return None if text is None else Secret(text)

    def set(self, key: str, value: Secret) -> None:
        """See Vault."""
        self._change(lambda items: items | {key: value.reveal()})

    def delete(self, key: str) -> None:
        """See Vault."""
        self._change(lambda items: {name: text for name, text in items.items() if name != key})

    def describe(self) -> str:
        """See Vault."""
        return f"encrypted file {self._path}"

    def _change(self, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
        try:
            with files.locked(self._lock_path):
                sealed = self._read()
                items = {} if sealed is None else self._open(sealed)
                changed = change(dict(items))
                if changed != items:
                    files.replace(self._path, self._seal(sealed or self._fresh(), changed, new=sealed is None))
        except OSError as error:
            title = "The encrypted keyring could not be written"
            raise files.trouble(error, code="keyring-failed", title=title, path=self._path) from error

    def _read(self) -> _Sealed | None:
        try:
            data = files.read(self._path)
        except OSError as error:
            title = "The encrypted keyring could not be read"
            raise files.trouble(error, code="keyring-failed", title=title, path=self._path) from error
        return None if data is None else _unpacked(data, self._path)

    def _open(self, sealed: _Sealed) -> dict[str, str]:
        from cryptography.fernet import InvalidToken

        try:
            items: dict[str, str] = json.loads(self._cipher(sealed, new=False).decrypt(sealed.token))
        except InvalidToken:
            self._known = None
            raise StorageTrouble(
                code="keyring-passphrase",
                title="The passphrase of the encrypted keyring is wrong",
                detail=f"{self._path} could not be opened with it; or somebody changed the file.",
                remedy="Give the passphrase the file was made with.",
            ) from None
        return items

    def _seal(self, sealed: _Sealed, items: dict[str, str], *, new: bool) -> bytes:
        token = self._cipher(sealed, new=new).encrypt(json.dumps(items, ensure_ascii=True).encode())
        document = {
            "rolecall_keyring": FORMAT,
            "scrypt": {
                "salt": base64.b64encode(sealed.salt).decode(),
                "n": sealed.cost,
                "r": sealed.block,
                "p": sealed.parallel,
            },
            "items": token.decode(),
        }
        return (json.dumps(document, indent=1) + "\n").encode()

    def _fresh(self) -> _Sealed:
        return _Sealed(salt=os.urandom(SALT_BYTES), cost=self._cost, block=_BLOCK, parallel=_PARALLEL, token=b"")

    def _cipher(self, sealed: _Sealed, *, new: bool) -> Fernet:
        from cryptography.fernet import Fernet
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        way = (sealed.salt, sealed.cost, sealed.block, sealed.parallel)
        if self._known is None or self._known[0] != way:
            passphrase = self._passphrase(new)
            if not passphrase:
                raise StorageTrouble(
                    code="keyring-passphrase",
                    title="The passphrase of the encrypted keyring is empty",
                    remedy="Choose one that is hard to guess.",
                )
            scrypt = Scrypt(salt=sealed.salt, length=_KEY_BYTES, n=sealed.cost, r=sealed.block, p=sealed.parallel)
            key = scrypt.derive(passphrase.reveal().encode("utf-8", "surrogateescape"))
            self._known = (way, Fernet(base64.urlsafe_b64encode(key)))
        return self._known[1]


def _unpacked(data: bytes, path: Path) -> _Sealed:
    try:
        document: dict[str, Any] = json.loads(data)
        way = document["scrypt"]
        sealed = _Sealed(
            salt=base64.b64decode(way["salt"], validate=True),
            cost=way["n"],
            block=way["r"],
            parallel=way["p"],
            token=str(document["items"]).encode("ascii"),
        )
        _check(document["rolecall_keyring"], sealed)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise StorageTrouble(
            code="keyring-failed",
            title="The encrypted keyring is damaged",
            detail=f"{path} is no keyring file of Rolecall ({type(error).__name__}).",
            remedy="Restore it from a backup, or move it away and enter the secrets again.",
        ) from error
    return sealed


def _check(version: object, sealed: _Sealed) -> None:
    if version != FORMAT:
        message = "an unknown format"
        raise ValueError(message)
    # What a forged file may make us compute is bounded.
    most = ((sealed.cost, _COST_MOST), (sealed.block, _BLOCK_MOST), (sealed.parallel, _PARALLEL_MOST))
    whole = all(type(number) is int and 0 < number <= limit for number, limit in most)
    if not whole or sealed.cost == 1 or sealed.cost & (sealed.cost - 1) or _memory(sealed) > _MEMORY_MOST:
        message = "impossible scrypt parameters"
        raise ValueError(message)


def _memory(sealed: _Sealed) -> int:
    return 128 * sealed.cost * sealed.block
