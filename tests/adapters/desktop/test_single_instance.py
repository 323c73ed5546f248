from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters.desktop.single_instance import SOCKET, SingleInstance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parents[3]
START = """
import sys
import tempfile
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.adapters.desktop.single_instance import SingleInstance
app = QCoreApplication([])
one = SingleInstance(Path(sys.argv[1]))
print("first" if one.claim() else "second", flush=True)
one.hear()
if sys.argv[2] == "stay":
    app.exec()
"""


def start(directory: Path, how: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START, str(directory), how],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_second_start_is_told_so_and_the_first_one_hears_it(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    first = SingleInstance(tmp_path)
    assert first.claim()
    first.hear()
    with qtbot.waitSignal(first.asked, timeout=10_000) as heard:
        second = start(tmp_path, "end", XDG_ACTIVATION_TOKEN="token-1")
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=10_000)
    assert heard.args == ["token-1"]
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "token-1"
    assert second.communicate()[0] == "second\n"
    first.release()


def test_who_comes_before_the_first_one_hears_is_heard_later(tmp_path: Path, qtbot: QtBot) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    with socket.socket(socket.AF_UNIX) as early:
        early.connect(str(tmp_path / SOCKET))
        early.sendall(b"rolecall show token-0\n")
        with qtbot.waitSignal(first.asked, timeout=10_000) as heard:
            first.hear()
        assert heard.args == ["token-0"]
        qtbot.waitUntil(lambda: bool(select.select([early], [], [], 0)[0]), timeout=10_000)
        assert early.recv(10) == b"ok\n"
    first.release()
    assert not (tmp_path / SOCKET).exists()


def test_one_that_ends_before_it_heard_leaves_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    first.release()
    assert not (tmp_path / SOCKET).exists()


def test_one_that_starts_while_another_ends_keeps_its_place(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    started: list[subprocess.Popen[str]] = []
    unlink = Path.unlink

    def meanwhile(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == SOCKET and not started:
            started.append(start(tmp_path, "stay"))
            told = started[0].stdout
            assert told is not None
            assert not select.select([told], [], [], 1)[0], "it claims what is about to be removed"
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", meanwhile)
    first.release()
    (second,) = started
    assert second.stdout is not None
    assert second.stdout.readline() == "first\n"
    assert (tmp_path / SOCKET).exists()
    second.kill()
    second.communicate()


def test_what_a_killed_one_left_behind_is_no_obstacle(tmp_path: Path, qtbot: QtBot) -> None:
    killed = start(tmp_path, "stay")
    assert killed.stdout is not None
    assert killed.stdout.readline() == "first\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert (tmp_path / SOCKET).exists()
    mine = SingleInstance(tmp_path)
    assert mine.claim()
    mine.hear()
    after = start(tmp_path, "end")
    qtbot.waitUntil(lambda: after.poll() is not None, timeout=10_000)
    assert after.communicate()[0] == "second\n"
    mine.release()


def test_released_is_free(tmp_path: Path, qtbot: QtBot) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    first.release()
    second = SingleInstance(tmp_path)
    assert second.claim()
    second.release()


def test_released_a_second_time_it_leaves_the_next_one_its_place(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    for each in (first, second):
        assert each.claim()
        each.hear()
        first.release()
    assert (tmp_path / SOCKET).exists()
    third = start(tmp_path, "end")
    with qtbot.waitSignal(second.asked, timeout=10_000):
        pass
    assert third.communicate()[0] == "second\n"
    second.release()
    assert not (tmp_path / SOCKET).exists()


def test_other_directories_are_other_installations(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "other").mkdir()
    ones = SingleInstance(tmp_path), SingleInstance(tmp_path / "other")
    assert all(one.claim() for one in ones)
    for one in ones:
        one.release()


def test_the_socket_is_nobody_elses(tmp_path: Path, qtbot: QtBot) -> None:
    one = SingleInstance(tmp_path)
    one.claim()
    assert (tmp_path / SOCKET).stat().st_mode & 0o077 == 0
    one.release()


@pytest.mark.parametrize("length", [60, 120])
def test_a_long_path_works_too(tmp_path: Path, qtbot: QtBot, length: int) -> None:
    directory = tmp_path / ("d" * length)
    directory.mkdir()
    one = SingleInstance(directory)
    assert one.claim()
    one.hear()
    other = start(directory, "end")
    qtbot.waitUntil(lambda: other.poll() is not None, timeout=10_000)
    assert other.communicate()[0] == "second\n"
    one.release()


@pytest.fixture
def short() -> Iterator[Path]:
    """A directory whose path leaves room for a socket's name."""
    with tempfile.TemporaryDirectory(prefix="rc-", dir="/tmp") as name:
        yield Path(name)


def test_a_long_path_has_its_socket_where_nobody_else_writes(
    tmp_path: Path, short: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short))
    directory = tmp_path / ("d" * 120)
    directory.mkdir()
    one = SingleInstance(directory)
    assert one.claim()
    assert [path.stat().st_mode & 0o077 for path in short.iterdir() if path.is_socket()] == [0]
    one.release()


def test_where_even_the_runtime_directory_is_too_long_the_one_for_temporary_files_serves(
    tmp_path: Path, short: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / ("d" * 120)
    directory.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(directory))
    monkeypatch.setenv("TMPDIR", str(short))
    one = SingleInstance(directory)
    assert one.claim()
    assert [path.stat().st_mode & 0o077 for path in short.iterdir() if path.is_socket()] == [0]
    one.release()


def test_a_socket_of_another_user_neither_keeps_us_from_starting_nor_hears_us(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = SingleInstance(tmp_path)
    assert theirs.claim()
    theirs.hear()
    monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
    with qtbot.assertNotEmitted(theirs.asked, wait=100):
        mine = SingleInstance(tmp_path)
        assert mine.claim()
    mine.release()
    theirs.release()


def test_nonsense_is_not_heard(tmp_path: Path, qtbot: QtBot) -> None:
    from PySide6.QtNetwork import QLocalSocket

    one = SingleInstance(tmp_path)
    one.claim()
    one.hear()
    with qtbot.assertNotEmitted(one.asked):
        caller = QLocalSocket()
        caller.connectToServer(str(tmp_path / SOCKET))
        caller.write(b"GET / HTTP/1.1\r\n")
        qtbot.waitUntil(lambda: caller.state() is QLocalSocket.LocalSocketState.UnconnectedState, timeout=5000)
    one.release()


END = """
import gc, socket, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from app.adapters.desktop.single_instance import SOCKET, SingleInstance
app = QCoreApplication([])
one = [SingleInstance(Path(sys.argv[1]))]
assert one[0].claim()
one[0].hear()
client = socket.socket(socket.AF_UNIX)
client.connect(str(Path(sys.argv[1]) / SOCKET))

def end():
    client.close()
    one[0].release()
    one.clear()
    gc.collect()
    QTimer.singleShot(50, app.quit)

QTimer.singleShot(50, end)
app.exec()
print("ended")
"""


def test_who_came_and_said_nothing_does_no_harm_at_the_end(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", END, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "ended\n"), done.stderr
