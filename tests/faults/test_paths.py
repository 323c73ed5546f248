"""Odd files, directories and homes, met by a user who is nobody in particular: it works, or an error says why not."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.standin import Account, Role, StandIn, User, World
from tests.faults import paths_kinds
from tests.faults.paths_kinds import NOBODY, Kind, give, kinds
from tests.faults.tally import chosen
from tests.faults.zygote import ROOT, Zygote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.faults.tally import Tally

ACCOUNT = "123456789012"
WORK = "tests.faults.paths_work"
OLD = b"# mine\n[old]\naws_access_key_id = ASIAOLD\nx_rolecall = 7f3a9c/old\n[theirs]\nk = v\n"
OURS = b"[p1-a]\naws_access_key_id = ASIA1\n"
WITHOUT_OURS = b"# mine\n[theirs]\nk = v\n"
COMMANDS = (["list"], ["doctor"], ["stop", "--all"], ["assume", "role"], ["credentials", "role"], ["activity"])
SETTINGS = (
    'schema = 1\n[identity.alice]\naccess_key_id = "AKIAIOSFODNN7EXAMPLE"\n[profile.role]\n'
    'role_arn = "arn:aws:iam::123456789012:role/Role"\nsource = "identity.alice"\n'
)
PATIENCE_SECONDS = 60.0
ELSEWHERE: list[Path] = []
"""Directories on another disk, to be removed with the test's own."""


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    """Ready to be anybody: what is imported now need not be readable then."""
    with tempfile.TemporaryDirectory() as home, Zygote(WORK) as first:
        _furnish(Path(home))
        modules = first.call(f"{WORK}:modules", environ=environment(Path(home)), commands=COMMANDS)
    with Zygote(*modules) as running:
        running.call(f"{WORK}:refuses", path="/nowhere/at/all")
        yield running


@pytest.fixture
def folder() -> Iterator[Path]:
    """A directory of nobody in particular. (Those that pytest makes are closed to others.)"""
    path = Path(tempfile.mkdtemp(prefix="rolecall-paths-"))
    path.chmod(0o755)
    give(path)
    yield path
    for each in (path, *ELSEWHERE):
        paths_kinds.unmake(each)
        shutil.rmtree(each)
    ELSEWHERE.clear()


def environment(home: Path) -> dict[str, str]:
    """All of the environment of a command."""
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "ROLECALL_HOME": str(home / "rolecall"),
        "ROLECALL_KEYRING": "memory",
        "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9",
        "NO_PROXY": "127.0.0.1",
        "LC_ALL": "C.UTF-8",
    }


def own(folder: Path, name: str) -> Path:
    """A directory in the folder, as the person would have made it."""
    path = folder / name
    path.mkdir(mode=0o700)
    give(path)
    return path


def refusal(told: Mapping[str, Any], path: Path) -> str:
    """The code of an error that names the path, why, and what to do."""
    assert told["code"], f"it is not refused: {told}"
    assert told["title"], told
    assert str(path) in told["detail"], told
    assert told["remedy"], told
    return str(told["code"])


# --- The credentials file --------------------------------------------------------------------------------------------

CODES = {
    "symlink loop": "symlink-loop",
    "directory": "path-is-directory",
    "FIFO": "path-not-a-file",
    "socket": "path-not-a-file",
    "null device": "path-not-a-file",
    "zero device": "path-not-a-file",
    "mode 0400": "file-read-only",
    "mode 0000": "file-denied",
    "mode 0200": "file-denied",
    "foreign, 0600": "file-denied",
    "foreign, 0644": "file-denied",
    "foreign, 0666": "file-denied",
    "immutable": "file-immutable",
    "append only": "file-denied",
}


def test_odd_things_in_the_place_of_the_credentials_file(folder: Path, zygote: Zygote, tally: Tally) -> None:
    for number, kind in enumerate(kinds()):
        with tally.case("paths: credentials file", kind.name):
            path = own(folder, f"{number}") / "credentials"
            kind.make(path, OLD)
            before = what_is(path)
            probe = str(path) if kind.refuses else None
            child = zygote.start(f"{WORK}:publish_and_withdraw", uid=NOBODY, path=str(path), probe=probe)
            told = child.result(PATIENCE_SECONDS)
            if kind.works:
                check_works(kind, path, told, before)
            else:
                assert refusal(told["publish"], path) == CODES[kind.name]
                assert what_is(path) == before
            left = {each.name for each in path.parent.iterdir()}
            assert left <= {
                "credentials",
                ".credentials.rolecall.lock",
                "other",
                "real",
                "nothing",
                ".real.rolecall.lock",
                ".nothing.rolecall.lock",
            }


def check_works(kind: Kind, path: Path, told: Mapping[str, Any], before: object) -> None:
    assert {name: each for name, each in told.items() if each["code"]} == {}
    published = told["published"]["found"].encode("latin-1")
    fresh = kind.name in {"empty file", "dangling symlink"}
    assert published.startswith((b"" if fresh else OLD) + OURS), published
    assert told["withdraw"]["found"] == (["p1-a"] if fresh else ["old", "p1-a"])
    if kind.name == "symlink":
        assert path.readlink() == Path("real")
        assert path.with_name("real").read_bytes() == WITHOUT_OURS
    elif kind.name == "dangling symlink":
        assert path.readlink() == Path("nothing")
        assert not path.exists()
    elif kind.name == "hard link":
        # The other name is not ours to change; doctor tells that there is one.
        assert path.with_name("other").read_bytes() == OLD
        assert "links" in str(told["findings"]["found"])
    elif kind.name == "empty file":
        assert what_is(path) == before
    else:
        assert path.read_bytes() == WITHOUT_OURS


def what_is(path: Path) -> tuple[str, int, int, bytes, str]:
    """Everything about it that a person would miss."""
    status = path.lstat()
    content = path.read_bytes() if stat.S_ISREG(status.st_mode) else b""
    link = str(path.readlink()) if stat.S_ISLNK(status.st_mode) else ""
    return (stat.filemode(status.st_mode), status.st_uid, status.st_gid, content, link)


# --- The way to it ---------------------------------------------------------------------------------------------------


def test_odd_directories_on_the_way_to_the_credentials_file(folder: Path, zygote: Zygote, tally: Tally) -> None:
    for name, (make, code, refuses) in DIRECTORIES.items():
        with tally.case("paths: directory of the credentials file", name):
            base = own(folder, name.replace(" ", "-"))
            path = make(base)
            before = {each: what_is(each) for each in base.rglob("*")}
            probe = str(path) if refuses else None
            told = zygote.start(f"{WORK}:publish_and_withdraw", uid=NOBODY, path=str(path), probe=probe).result()
            if code:
                assert refusal(told["publish"], path) == code
                assert {each: what_is(each) for each in base.rglob("*")} == before
            else:
                assert {act: each for act, each in told.items() if each["code"]} == {}
                assert OURS in told["published"]["found"].encode("latin-1")
                assert path.read_bytes() == WITHOUT_OURS if path.exists() else not before


def _closed(base: Path, mode: int) -> Path:
    path = own(base, "aws") / "credentials"
    paths_kinds.plain(path, OLD)
    path.parent.chmod(mode)
    return path


def _locked_by(base: Path, make: Callable[[Path], object]) -> Path:
    path = own(base, "aws") / "credentials"
    paths_kinds.plain(path, OLD)
    make(path.with_name(".credentials.rolecall.lock"))
    return path


def _beside_a_file(base: Path) -> Path:
    paths_kinds.plain(base / "file", OLD)
    return base / "file" / "credentials"


def _circle(base: Path) -> Path:
    (base / "circle").symlink_to("circle")
    return base / "circle" / "credentials"


def _other_disk(base: Path) -> Path:
    # Where there is no other disk, it is the same one: that works, too.
    place = Path(tempfile.mkdtemp(prefix="rolecall-paths-", dir=paths_kinds.OTHER_DISK))
    ELSEWHERE.append(place)
    give(place)
    paths_kinds.plain(place / "real", OLD)
    (base / "credentials").symlink_to(place / "real")
    return base / "credentials"


DIRECTORIES: dict[str, tuple[Callable[[Path], Path], str, bool]] = {
    "not writable": (lambda base: _closed(base, 0o500), "file-denied", False),
    "not searchable": (lambda base: _closed(base, 0o600), "file-denied", True),
    "closed": (lambda base: _closed(base, 0), "file-denied", True),
    "missing": (lambda base: base / "a" / "b" / "credentials", "", False),
    "a file": (_beside_a_file, "path-through-file", True),
    "a circle": (_circle, "symlink-loop", True),
    "name too long": (lambda base: base / ("x" * 256), "path-too-long", True),
    "name too long for a temporary one": (lambda base: base / ("x" * 255), "path-too-long", False),
    "path too long": (lambda base: base.joinpath(*["x" * 200] * 21) / "credentials", "path-too-long", True),
    "another disk": (_other_disk, "", False),
    "with blanks": (lambda base: base / " a  b " / " credentials ", "", False),
    "with a line end": (lambda base: base / "a\nb" / "cred\nentials", "", False),
    "not UTF-8": (lambda base: base / "\udcff\udc80" / "cred\udcff", "", False),
    "lock file is a directory": (lambda base: _locked_by(base, Path.mkdir), "path-is-directory", False),
    "lock file is a circle": (
        lambda base: _locked_by(base, lambda path: path.symlink_to(path.name)),
        "symlink-loop",
        False,
    ),
    "lock file is closed": (
        lambda base: _locked_by(base, lambda path: paths_kinds.plain(path, b"", 0)),
        "file-denied",
        False,
    ),
    "lock file is a FIFO": (lambda base: _locked_by(base, paths_kinds.fifo), "", False),
}


# --- Homes -----------------------------------------------------------------------------------------------------------


def test_odd_homes(folder: Path, zygote: Zygote, tally: Tally) -> None:
    for name, changes in HOMES.items():
        for command in chosen(COMMANDS, 2):
            with tally.case("paths: homes", f"{name}: {' '.join(command)}"):
                home = own(folder, f"{len(list(folder.iterdir()))}")
                environ = environment(home)
                for variable, value in changes.items():
                    if value is None:
                        environ.pop(variable, None)
                    else:
                        environ[variable] = value.replace("HERE", str(home))
                        if variable == "HOME" and value.startswith("HERE/") and "no/such" not in value:
                            Path(environ[variable]).mkdir(exist_ok=True)
                            give(Path(environ[variable]))
                child = zygote.start(f"{WORK}:run", uid=NOBODY, environ=environ, arguments=command, cwd=str(home))
                check_decent(child.result(PATIENCE_SECONDS), command)


def check_decent(told: Mapping[str, Any], command: list[str]) -> None:
    """It did its work, or ended with an error that is told as one. Nothing else was written."""
    assert not told["crash"], told["crash"]
    assert told["code"] in {0, 1, 3}, told
    assert "Traceback" not in told["err"], told["err"]
    if told["code"] and command != ["doctor"]:
        assert re.search(r"^.+ \[[0-9a-z-]+\]\n  .", told["err"], re.MULTILINE), told
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", told["out"] + told["err"]), told


HOMES: dict[str, dict[str, str | None]] = {
    "HOME unset": {"HOME": None, "ROLECALL_HOME": None},
    "HOME unset, ROLECALL_HOME not": {"HOME": None},
    "HOME empty": {"HOME": "", "ROLECALL_HOME": None},
    "HOME with blanks": {"HOME": "HERE/ my  home ", "ROLECALL_HOME": None},
    "HOME with a line end": {"HOME": "HERE/my\nhome", "ROLECALL_HOME": None},
    "HOME not UTF-8": {"HOME": "HERE/h\udcf6me\udcff", "ROLECALL_HOME": None},
    "HOME that is not there": {"HOME": "HERE/no/such/home", "ROLECALL_HOME": None},
    "HOME of somebody else": {"HOME": "/root", "ROLECALL_HOME": None},
    "HOME relative": {"HOME": "home", "ROLECALL_HOME": None},
    "HOME is a device": {"HOME": "/dev/null", "ROLECALL_HOME": None},
    "ROLECALL_HOME with ~": {"ROLECALL_HOME": "~/my files"},
    "ROLECALL_HOME with ~ of nobody": {"ROLECALL_HOME": "~nosuchuser/x"},
    "ROLECALL_HOME with ~, HOME unset": {"HOME": None, "ROLECALL_HOME": "~/x"},
    "ROLECALL_HOME relative": {"ROLECALL_HOME": "my files"},
    "ROLECALL_HOME blank": {"ROLECALL_HOME": " "},
    "ROLECALL_HOME not UTF-8": {"ROLECALL_HOME": "HERE/r\udcff"},
    "ROLECALL_HOME with a line end": {"ROLECALL_HOME": "HERE/r\n\x1b[1mx"},
    "ROLECALL_HOME too long": {"ROLECALL_HOME": "HERE/" + "x" * 300},
    "ROLECALL_HOME much too long": {"ROLECALL_HOME": "HERE" + "/xxxxxxxxx" * 500},
    "ROLECALL_HOME of somebody else": {"ROLECALL_HOME": "/root/x"},
    "ROLECALL_HOME is a device": {"ROLECALL_HOME": "/dev/null"},
    "AWS file with ~ and blanks": {"AWS_SHARED_CREDENTIALS_FILE": "~/my aws/cred entials"},
    "AWS file with ~ of nobody": {"AWS_SHARED_CREDENTIALS_FILE": "~nosuchuser/credentials"},
    "AWS file relative": {"AWS_SHARED_CREDENTIALS_FILE": "credentials"},
    "AWS file blank": {"AWS_SHARED_CREDENTIALS_FILE": " "},
    "AWS file with a line end": {"AWS_SHARED_CREDENTIALS_FILE": "HERE/a\nb\x1b[1m"},
    "AWS file not UTF-8": {"AWS_SHARED_CREDENTIALS_FILE": "HERE/\udcff"},
    "AWS file is /dev/null": {"AWS_SHARED_CREDENTIALS_FILE": "/dev/null"},
    "AWS file too long": {"AWS_SHARED_CREDENTIALS_FILE": "HERE/" + "x" * 300},
    "AWS config too long": {"AWS_CONFIG_FILE": "HERE/" + "x" * 300},
    "AWS config not UTF-8": {"AWS_CONFIG_FILE": "HERE/\udcff"},
    "AWS config is a directory": {"AWS_CONFIG_FILE": "HERE"},
}


# --- Our own files ---------------------------------------------------------------------------------------------------


def test_odd_things_in_the_place_of_our_own_files(folder: Path, zygote: Zygote, tally: Tally) -> None:
    cases = [(place, kind, command) for place in PLACES for kind in kinds() for command in COMMANDS[:4]]
    for number, (place, kind, command) in enumerate(chosen(cases, 60)):
        with tally.case(f"paths: {place}", f"{kind.name}: {' '.join(command)}"):
            home = own(folder, f"{number}")
            _furnish(home)
            path = home / place
            old = path.read_bytes() if path.is_file() else b""
            _remove(path)
            kind.make(path, old)
            before = what_is(path)
            child = zygote.start(f"{WORK}:run", uid=NOBODY, environ=environment(home), arguments=command, cwd=str(home))
            check_decent(child.result(PATIENCE_SECONDS), command)
            if not kind.works:
                now = what_is(path)
                # The journal alone is written at its end, which a file may allow that cannot be replaced
                assert now == before or (path.name == "activity.jsonl" and _is_longer(now, before))


def _is_longer(now: tuple[str, int, int, bytes, str], before: tuple[str, int, int, bytes, str]) -> bool:
    """Whether the same file holds what it held, and more after it."""
    return now[:3] == before[:3] and now[3].startswith(before[3]) and now[4] == before[4]


PLACES = (
    "rolecall/config/config.toml",
    "rolecall/state/sessions.json",
    "rolecall/state/installation",
    "rolecall/state/activity.jsonl",
    "rolecall/state/locks",
    "rolecall/state/sessions.json.lock",
    "rolecall/state/clock.json",
    "rolecall/config",
    "rolecall/state",
    "rolecall",
    ".aws/credentials",
    ".aws/config",
    ".aws",
)


def _furnish(home: Path) -> None:
    files = {
        "rolecall/config/config.toml": SETTINGS,
        "rolecall/state/installation": "7f3a9c7f3a9c\n",
        "rolecall/state/sessions.json": '{"schema": 1, "sessions": {}, "totp_steps": {}, "confirmed_commands": []}\n',
        "rolecall/state/activity.jsonl": '{"schema": 1, "tidied": "2026-11-22"}\n',
        ".aws/credentials": OLD.decode(),
        ".aws/config": "[default]\nregion = eu-west-1\n",
    }
    for name, text in files.items():
        path = home / name
        for above in reversed(path.relative_to(home).parents):
            if not (home / above).exists():
                (home / above).mkdir(mode=0o700)
                give(home / above)
        paths_kinds.plain(path, text.encode())
    own(home, "rolecall/state/locks")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# --- The program itself, with AWS behind it --------------------------------------------------------------------------


def test_the_program_itself_meets_odd_things(folder: Path, tally: Tally) -> None:
    """`python main.py`, as whoever runs the tests: what needs no modes."""
    alice = User(name="alice", account_id=ACCOUNT)
    arn = f"arn:aws:iam::{ACCOUNT}:role/Role"
    account = Account(id=ACCOUNT, alias="acme")
    world = World(accounts={ACCOUNT: account}, users={"alice": alice}, roles={arn: Role(arn=arn, trusts=(alice.arn,))})
    with StandIn(world) as aws:
        for number, (name, make, code) in enumerate(chosen(REAL, 2)):
            with tally.case("paths: python main.py assume", name):
                home = folder / f"{number}"
                home.mkdir()
                _furnish(home)
                (home / "passphrase").write_text("correct horse\n")
                place = home / ".aws" / "credentials"
                settings = SETTINGS.replace("AKIAIOSFODNN7EXAMPLE", alice.access_key_id)
                (home / "rolecall/config/config.toml").write_text(settings)
                environ = environment(home) | {
                    "AWS_ENDPOINT_URL_STS": aws.url,
                    "ROLECALL_KEYRING": f"file:{home / 'keyring'}",
                    "ROLECALL_KEYRING_PASSPHRASE_FILE": str(home / "passphrase"),
                }
                assert main(environ, "identity", "add", "alice", typed=alice.secret_access_key + "\n")["code"] == 0
                environ |= make(place)
                before = what_is(place) if place.is_symlink() or place.exists() else None
                for command in (["list"], ["assume", "role"], ["doctor"], ["stop", "--all"]):
                    told = main(environ, *command)
                    check_decent(told, command)
                    if command[0] == "assume":
                        assert told["code"] == (1 if code else 0), told
                        assert f"[{code}]" in told["err"] if code else not told["err"], told
                    if command[0] == "doctor" and code:
                        assert f"[{code}]" in told["err"], told
                after = what_is(place) if place.is_symlink() or place.exists() else None
                assert after == before


def main(environ: Mapping[str, str], *arguments: str, typed: str = "") -> dict[str, Any]:
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    done = subprocess.run(
        command, env=dict(environ), input=typed, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
    )
    return {"code": done.returncode, "out": done.stdout, "err": done.stderr, "crash": ""}


def _in_place(make: Callable[[Path], object]) -> Callable[[Path], dict[str, str]]:
    def made(place: Path) -> dict[str, str]:
        place.unlink()
        make(place)
        return {}

    return made


REAL: tuple[tuple[str, Callable[[Path], dict[str, str]], str], ...] = (
    ("plain file", lambda _place: {}, ""),
    ("FIFO", _in_place(os.mkfifo), "path-not-a-file"),
    ("directory", _in_place(Path.mkdir), "path-is-directory"),
    ("circle", _in_place(lambda place: place.symlink_to("credentials")), "symlink-loop"),
    ("dangling symlink", _in_place(lambda place: place.symlink_to("elsewhere")), ""),
    ("with blanks and ~", lambda place: {"AWS_SHARED_CREDENTIALS_FILE": f"~/{place.parent.name}/a file"}, ""),
    ("not UTF-8", lambda place: {"AWS_SHARED_CREDENTIALS_FILE": f"{place}\udcff\n"}, ""),
    ("path too long", lambda place: {"AWS_SHARED_CREDENTIALS_FILE": f"{place}{'x' * 300}"}, "path-too-long"),
)
