"""One section of a credentials file of 10,000 profiles is renewed, beside reading and writing that file."""

from __future__ import annotations

import os
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import OURS, Amount, Figure, Measured, Sample, Talker, Target, in_turns, peer

if TYPE_CHECKING:
    from collections.abc import Callable

PROFILES = 10_000
_KEYS = ("ASIAEXAMPLEEXAMPLE00", "ASIAEXAMPLEEXAMPLE01")

_OURS = """
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from app.adapters.credentials_file.file import CredentialsFile
from app.domain.credentials import Credentials
from app.domain.published import PublishedSection
from app.domain.secret import Secret

file = CredentialsFile(sys.argv[1], installation="0123456789ab", look_again_seconds=0.0)
keys = sys.argv[3:]
number = 0

def work():
    global number
    number += 1
    credentials = Credentials(
        access_key_id=keys[number % 2],
        secret_access_key=Secret("s" * 40),
        session_token=Secret("t" * 300),
        expires=datetime.now(timezone.utc) + timedelta(hours=1),
    )
    section = PublishedSection(aws_profile=sys.argv[2], profile=sys.argv[2], credentials=credentials)
    file.publish(section, known_key_ids=frozenset(keys), renewal=number > 1)
"""
_CAREFUL = """
import os, sys

path = sys.argv[1]
def work():
    with open(path, "rb") as file:
        content = file.read()
    with open(path + ".new", "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".new", path)
    directory = os.open(os.path.dirname(path), os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)
"""
_PLAIN = """
import sys

path = sys.argv[1]
def work():
    with open(path, "rb") as file:
        content = file.read()
    with open(path, "wb") as file:
        file.write(content)
"""
TALK = """
import json, time
print("ready", flush=True)
for _line in sys.stdin:
    begun, used = time.perf_counter(), time.process_time()
    work()
    print(json.dumps({"seconds": time.perf_counter() - begun, "cpu": time.process_time() - used}), flush=True)
"""


def content(profiles: int) -> bytes:
    """So many sections, as Rolecall writes them."""
    lines = [
        f"[team-{number:05}]\naws_access_key_id = ASIA{number:016}\naws_secret_access_key = {'s' * 40}\n"
        f"aws_session_token = {'t' * 300}\nx_security_token_expires = 2026-11-22T01:23:45Z\n"
        f"x_rolecall = 0123456789ab/team-{number:05}\n\n"
        for number in range(profiles)
    ]
    return "".join(lines).encode()


def renewing(path: Path, profiles: int) -> Talker:
    """Ours, which renews the section in the middle of a file of so many, which is made."""
    _make(path, profiles)
    number = f"{profiles // 2:05}"
    command: list[str | Path] = [OURS, "-c", _OURS + TALK, path, f"team-{number}", *_KEYS, f"ASIA{number:0>16}"]
    return Talker(command=command, environ=dict(os.environ))


def at_rest(talker: Talker, path: Path) -> Sample:
    """Its work on a file that was last written an hour ago."""
    hour_ago = time.time() - 3600
    os.utime(path, (hour_ago, hour_ago))
    return talker.run()


def update(amount: Amount) -> Measured:
    """Ours renews a section in the middle; the peers read and write all of the same file."""
    with tempfile.TemporaryDirectory(prefix="rolecall-bench-") as name:
        paths = [Path(name) / each / "credentials" for each in ("ours", "fresh", "careful", "plain")]
        ours, fresh = (renewing(path, PROFILES) for path in paths[:2])
        careful, plain = (_peer(code, path) for code, path in zip((_CAREFUL, _PLAIN), paths[2:], strict=True))
        with ours, fresh, careful, plain:
            resting = {"update of one section": ours, "read and write": careful, "without fsync": plain}
            pairs = zip(resting.items(), (paths[0], *paths[2:]), strict=True)
            sides: dict[str, Callable[[], Sample]] = {
                name: partial(at_rest, talker, path) for (name, talker), path in pairs
            }
            sides["update of one section, just written"] = fresh.run
            return in_turns(sides, rounds=amount.of(40, 2), warm=2)


def _peer(code: str, path: Path) -> Talker:
    _make(path, PROFILES)
    return Talker(command=peer("-c", code + TALK, path), environ=dict(os.environ))


def _make(path: Path, profiles: int) -> None:
    path.parent.mkdir()
    path.write_bytes(content(profiles))
    path.chmod(0o600)


FIGURES = (
    Figure(
        name="section",
        title=f"one section renewed in a credentials file of {PROFILES:,} profiles",
        how=(
            "Warm processes, a file of about 5 MB whose time of last write is an hour ago. Ours does all that it does "
            "for a renewal: it reads, edits, writes a new file beside it, syncs it, looks whether somebody else wrote, "
            "renames, syncs the directory, and looks once more at the file before. Its deliberate pause of 100 ms "
            "before that last look is left out. “Read and write” reads the file, writes the same bytes to a new one, "
            "syncs, renames and syncs the directory; “without fsync” reads it and writes it in place. A file that was "
            "written just before, as in a window that renews one after the other, is told beside it: of that one "
            "nobody can tell by its time that it is still the same."
        ),
        targets=(
            Target(ours="update of one section", beside="read and write", most=2),
            Target(ours="update of one section", beside="without fsync"),
            Target(ours="update of one section, just written", beside="read and write"),
        ),
        measure=update,
    ),
)
