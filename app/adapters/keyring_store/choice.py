"""Which place for secrets, told by the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters import files
from app.adapters.keyring_store import aside
from app.adapters.keyring_store.store import CALL_SECONDS, KeyringStore, get_now
from app.adapters.keyring_store.vault import MemoryVault
from app.domain.errors import StorageTrouble
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.adapters.keyring_store.vault import Vault

KEYRING = "ROLECALL_KEYRING"
PASSPHRASE_FILE = "ROLECALL_KEYRING_PASSPHRASE_FILE"  # noqa: S105  # a variable's name
TYPING_SECONDS = 300.0
MEMORY = "memory"
_FILE = "file:"


def open_store(environ: Mapping[str, str], *, ask: Callable[[bool], Secret] | None = None) -> KeyringStore:
    """Choose by `ROLECALL_KEYRING`: unset, the OS keyring; `file:PATH`, an encrypted file; `memory`, until quit.

    The file's passphrase is read from the file that `ROLECALL_KEYRING_PASSPHRASE_FILE` names, else asked for with
    `ask(new)`, which runs on the keyring's thread. Nothing is opened, and nothing fails, before the first call.
    """
    typing = ask is not None and not environ.get(PASSPHRASE_FILE)
    seconds = TYPING_SECONDS if typing else CALL_SECONDS
    return KeyringStore(lambda: _open(environ, ask), seconds=seconds, lasting=environ.get(KEYRING) != MEMORY)


def begin(environ: Mapping[str, str]) -> None:
    """Let the OS keyring, if that is the place, be opened meanwhile: a command comes that will ask for a secret.

    To be called before there are threads.
    """
    if not environ.get(KEYRING):
        aside.begin(_open_system)


def read_now(environ: Mapping[str, str], key: str) -> Secret | None:
    """One secret of the same place, blocking; nobody is asked for a passphrase. Raises StorageTrouble."""
    return get_now(lambda: _open(environ, None), key)


def _open(environ: Mapping[str, str], ask: Callable[[bool], Secret] | None) -> Vault:
    wish = environ.get(KEYRING, "")
    if wish == MEMORY:
        return MemoryVault()
    if wish.startswith(_FILE) and wish != _FILE:
        from app.adapters.keyring_store.encrypted_file import EncryptedFileVault

        return EncryptedFileVault(
            files.expanded(wish.removeprefix(_FILE)).absolute(), lambda new: _passphrase(environ, ask, new=new)
        )
    if not wish:
        return aside.taken() or _open_system()
    raise StorageTrouble(
        code="keyring-absent",
        title=f"{KEYRING} names no keyring",
        detail=f"“{wish}” is neither memory nor file:PATH.",
        remedy=f"Correct {KEYRING}, or unset it to use the desktop's keyring.",
    )


def _open_system() -> Vault:
    from app.adapters.keyring_store.system import open_system_vault

    return open_system_vault()


def _passphrase(environ: Mapping[str, str], ask: Callable[[bool], Secret] | None, *, new: bool) -> Secret:
    name = environ.get(PASSPHRASE_FILE, "")
    if name:
        try:
            data = files.expanded(name).read_bytes()
        except OSError as error:
            raise StorageTrouble(
                code="keyring-passphrase",
                title="The passphrase file could not be read",
                detail=f"{name}: {error.strerror}.",
                remedy=f"Correct {PASSPHRASE_FILE}, or the file's mode.",
            ) from error
        # An editor ends the line; the end is not part of the passphrase.
        return Secret(data.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "surrogateescape"))
    if ask is not None:
        return ask(new)
    raise StorageTrouble(
        code="keyring-passphrase",
        title="The encrypted keyring needs its passphrase",
        detail="There is no terminal to ask on.",
        remedy=f"Put it into a file that only you can read, and name that in {PASSPHRASE_FILE}.",
    )
