"""Servers that tests start as programs of their own."""

from __future__ import annotations

import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

START_SECONDS = 60.0


@contextmanager
def running(command: list[str], *, url: str, directory: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """Run a server in `directory` until the block ends; yield its log file once `url` answers with success."""
    log = directory / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=directory,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(url, server, log)
        yield log
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Ask until the server answers with success; fail the test with its log if it never does."""
    deadline = time.monotonic() + START_SECONDS
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    last = "nobody answered"
    while time.monotonic() < deadline and server.poll() is None:
        try:
            opener.open(url, timeout=5).close()
        except urllib.error.HTTPError as error:
            with error:
                last = f"{error.code} {error.read().decode(errors='replace')[:2000]}"
            break
        except OSError:
            time.sleep(0.05)
        else:
            return
    told = log.read_text(encoding="utf-8", errors="replace")[-4000:]
    pytest.fail(f"{url} did not start: {last}\n{told}", pytrace=False)
