"""Where secrets are kept: the OS keyring, an encrypted file, or memory.

Everything below `store` blocks, and may hang for as long as a prompt stays open; `store` asks on a thread of its own,
with a time limit. Only `system` imports `keyring`, and nothing here imports it before the first secret is asked for;
`aside` lets a process of its own do so, before a command gets there.
"""

from app.adapters.keyring_store.choice import PASSPHRASE_FILE, open_store, read_now
from app.adapters.keyring_store.store import KeyringStore

__all__ = ["PASSPHRASE_FILE", "KeyringStore", "open_store", "read_now"]
