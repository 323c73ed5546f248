"""Who is at the other end of a connection on the loopback interface, where the system tells (Linux, proc(5)).

Part of the floor that adapters share: those who listen on this machine must not answer its other users.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

_UID_COLUMN = 7
_WORD = 4
_MAPPED = f"{0:016X}{int.from_bytes(bytes.fromhex('0000ffff'), sys.byteorder):08X}"
"""How proc(5) writes the first 96 bits of an IPv4 address in an IPv6 one: words of 32 bits."""
_LOOKS = 2
"""The table changes while it is read."""


def of_another_user(peer: tuple[str, int], ours: tuple[str, int]) -> bool:
    """Whether a connection comes from another user; `peer` and `ours` are the addresses of its ends.

    Where the system knows the connection but not whose its other end is, it is another's: a browser's end is open
    and its owner known as long as it waits for the answer.
    """
    for _ in range(_LOOKS):
        rows = _connections()
        theirs = rows.get((_as_in_proc(*peer[:2]), _as_in_proc(*ours[:2])))
        if theirs is not None:
            return theirs != os.geteuid()
        if (_as_in_proc(*ours[:2]), _as_in_proc(*peer[:2])) not in rows:
            return False
    return True


def _connections() -> dict[tuple[str, str], int]:
    """The owner of each end of each TCP connection, by its own address and the other's."""
    rows: dict[tuple[str, str], int] = {}
    # An IPv6 socket may speak to an IPv4 one (RFC 4291, section 2.5.5.2) and is listed among its own kind.
    for table in ("/proc/net/tcp6", "/proc/net/tcp"):
        with suppress(OSError):
            for line in Path(table).read_text(encoding="ascii").splitlines()[1:]:
                columns = line.split()
                local, remote = (address.removeprefix(_MAPPED) for address in columns[1:3])
                rows[local, remote] = int(columns[_UID_COLUMN])
    return rows


def _as_in_proc(host: str, port: int) -> str:
    packed = socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host)
    words = (packed[start : start + _WORD] for start in range(0, len(packed), _WORD))
    return "".join(f"{int.from_bytes(word, sys.byteorder):08X}" for word in words) + f":{port:04X}"
