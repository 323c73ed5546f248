"""An X server of one's own."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def private_display(screen: str = "1600x1000x24") -> Iterator[dict[str, str]]:
    """Run Xvfb with a screen of that size; yield the variables that lead a child process to it.

    Raises RuntimeError where it does not start.
    """
    read, write = os.pipe()
    with tempfile.TemporaryFile("w+b") as output:
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"]
        server = subprocess.Popen(
            command, pass_fds=(write,), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        os.close(write)
        try:
            # The server writes the number of the display once it serves it; it ends before that if it cannot.
            with os.fdopen(read, encoding="ascii") as pipe:
                number = pipe.readline().strip()
            if not number:
                output.seek(0)
                raise RuntimeError("Xvfb did not start:\n" + output.read().decode(errors="replace"))
            yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "XDG_SESSION_TYPE": "x11"}
        finally:
            server.terminate()
            server.wait(10)
