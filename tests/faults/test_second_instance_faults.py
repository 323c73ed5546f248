"""Two starts at the same moment, a first one that hangs, and whatever else stands where the window listens."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters.desktop.single_instance import SOCKET, SingleInstance
from tests.faults.tally import amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tests.faults.tally import Tally

ROOT = Path(__file__).parents[2]
PATIENCE = 60
START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.adapters.desktop.single_instance import SingleInstance
app = QCoreApplication([])
print("ready", flush=True)
for line in sys.stdin:
    directory, wait = line.split()
    one = SingleInstance(Path(directory))
    print("first" if one.claim(wait_seconds=float(wait)) else "second", flush=True)
    one.hear()
    break
app.exec()
"""


class Started:
    """A process that is ready to claim; it goes on listening until it is killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", START],
            cwd=ROOT,
            env=os.environ | {"XDG_ACTIVATION_TOKEN": ""},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ready(self) -> None:
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    @classmethod
    def several(cls, number: int) -> list[Started]:
        made = [cls() for _ in range(number)]
        for each in made:
            each.ready()
        return made

    def claim(self, directory: Path, wait: float = 30.0) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{directory} {wait}\n")
        self._process.stdin.flush()

    def became(self) -> str:
        return self._line()

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def end(self) -> None:
        self._process.kill()
        self._process.communicate(timeout=PATIENCE)


def test_of_several_starts_at_the_same_moment_one_is_the_first(tally: Tally, tmp_path: Path) -> None:
    for number in range(amount(12, 1)):
        with tally.case("second instance: at the same moment", str(number)):
            directory = tmp_path / str(number)
            directory.mkdir()
            several = Started.several(4)
            for each in several:
                each.claim(directory)
            became = sorted(each.became() for each in several)
            for each in several:
                each.end()
            assert became == ["first", "second", "second", "second"]


def test_a_first_one_that_hangs_keeps_a_second_window_away(tally: Tally, tmp_path: Path) -> None:
    """Two windows would write over each other's memory; it is told in the log that the first one does not answer."""
    with tally.case("second instance: others", "the first one is stopped"):
        first, second = Started.several(2)
        first.claim(tmp_path)
        assert first.became() == "first"
        first.send(signal.SIGSTOP)
        second.claim(tmp_path, wait=0.5)
        assert second.became() == "second"
        first.send(signal.SIGCONT)
        for each in (first, second):
            each.end()


def test_a_killed_one_is_no_obstacle_to_many(tally: Tally, tmp_path: Path) -> None:
    """Its socket is still there: of those that start then, one is the first, and none removes its socket."""
    for number in range(amount(6, 1)):
        with tally.case("second instance: after a kill", str(number)):
            killed, *several = Started.several(4)
            killed.claim(tmp_path)
            assert killed.became() == "first"
            killed.end()
            for each in several:
                each.claim(tmp_path)
            became = sorted(each.became() for each in several)
            for each in several:
                each.end()
            assert became == ["first", "second", "second"]


# --- What stands where it listens -------------------------------------------------------------------------------------


def _a_directory(path: Path) -> None:
    path.mkdir()
    (path / "x").touch()


def _dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def _a_loop(path: Path) -> None:
    path.symlink_to(path)


def _dead(path: Path) -> None:
    made = socket.socket(socket.AF_UNIX)
    made.bind(str(path))
    made.close()


OBSTACLES: dict[str, Callable[[Path], object]] = {
    "a file": lambda path: path.write_text("precious"),
    "an empty file": Path.touch,
    "a FIFO": os.mkfifo,
    "a dangling link": _dangling,
    "a link to itself": _a_loop,
    "a dead socket": _dead,
    "a directory": _a_directory,
}


def test_what_stands_in_the_way_keeps_nobody_from_starting(
    tally: Tally, tmp_path: Path, qtbot: QtBot, expect_log: Callable[[str], None]
) -> None:
    """At worst later starts are not heard, and that is told."""
    for name, make in OBSTACLES.items():
        with tally.case("second instance: in its place", name):
            directory = tmp_path / name
            directory.mkdir()
            make(directory / SOCKET)
            one = SingleInstance(directory)
            assert one.claim(wait_seconds=0.5)
            one.release()
    with tally.case("second instance: in its place", "no directory"):
        assert SingleInstance(tmp_path / "not" / "there").claim(wait_seconds=0.5)
    expect_log("cannot listen for later starts")


@pytest.fixture
def pretender(tmp_path: Path) -> Iterator[tuple[Path, list[Callable[[socket.socket], object]]]]:
    """Somebody of ours that listens there, and is no Rolecall."""
    ways: list[Callable[[socket.socket], object]] = []
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / SOCKET))
    listening.listen()
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                connected, _ = listening.accept()
            except OSError:
                return
            with connected:
                ways[0](connected)

    thread = threading.Thread(target=serve)
    thread.start()
    yield tmp_path, ways
    ended.set()
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(PATIENCE)


def test_who_listens_there_and_says_other_things(
    tally: Tally,
    pretender: tuple[Path, list[Callable[[socket.socket], object]]],
    qtbot: QtBot,
    expect_log: Callable[[str], None],
) -> None:
    """The start ends in time, and does not become a second window beside whoever listens."""
    directory, ways = pretender
    for name, way in {
        "says ok": lambda it: it.sendall(b"ok\n"),
        "says junk": lambda it: it.sendall(b"\xff\x00" * 5000),
        "closes": lambda it: it.shutdown(socket.SHUT_RDWR),
        "says nothing": lambda it: it.recv(10_000),
    }.items():
        with tally.case("second instance: a pretender", name):
            ways[:] = [way]
            assert not SingleInstance(directory).claim(wait_seconds=0.5)
    expect_log("the running window does not answer")


def test_junk_on_the_socket(tally: Tally, tmp_path: Path, qtbot: QtBot) -> None:
    """None of it raises the window or ends it; a real start is heard afterwards."""
    one = SingleInstance(tmp_path)
    assert one.claim()
    one.hear()
    heard: list[str] = []
    one.asked.connect(heard.append)
    sent = {
        "nothing": b"",
        "NULs": bytes(10_000),
        "a long line": b"x" * 1_000_000,
        "HTTP": b"GET / HTTP/1.1\r\n\r\n",
        "half a greeting": b"rolecall sho",
        "a greeting without its end": b"rolecall show token",
        "another greeting": b"rolecall quit \n",
        "another case": b"ROLECALL SHOW x\n",
        "a blank before": b" rolecall show x\n",
    }
    clients = []
    for name, data in sent.items():
        with tally.case("second instance: junk on the socket", name):
            client = socket.socket(socket.AF_UNIX)
            client.settimeout(PATIENCE)
            client.connect(str(tmp_path / SOCKET))
            writer = threading.Thread(target=_send, args=(client, data))
            writer.start()
            _wait_for_end(qtbot, writer)
            clients.append(client)
            assert not heard
    for name, token in {
        "a token that steers": b"\x1b[2J\xff\xfe",
        "a token of 3 KB": b"t" * 3000,
        "no token": b"",
    }.items():
        with tally.case("second instance: junk on the socket", name):
            heard.clear()
            client = socket.socket(socket.AF_UNIX)
            client.connect(str(tmp_path / SOCKET))
            client.sendall(b"rolecall show " + token + b"\n")
            qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE * 1000)
            clients.append(client)
            assert heard[0].isascii()
    for client in clients:
        client.close()
    one.release()


def _wait_for_end(qtbot: QtBot, thread: threading.Thread) -> None:
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=PATIENCE * 1000)


def _send(client: socket.socket, data: bytes) -> None:
    try:
        client.sendall(data)
    except OSError:
        return  # it was hung up on, as it should be
