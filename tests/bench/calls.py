"""One AssumeRole in a warm process, and a thousand sessions renewed by a whole core, beside bare clients."""

from __future__ import annotations

import statistics
import subprocess
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import OURS, PEERS, ROOT, Amount, Figure, Measured, Talker, Target, in_turns
from tests.bench_ui import scene

if TYPE_CHECKING:
    from collections.abc import Iterator

_PEERS = ROOT / "tests" / "bench" / "call_peers.py"
_AT_ONCE = (1, 2, 4, 8)
"""More are slower: with 32 it takes twice as long as with one."""
BEST = "bare httpx at its best"
_PLAIN = {"PATH": "/usr/bin:/bin", "NO_PROXY": "127.0.0.1", "AWS_EC2_METADATA_DISABLED": "true"}


@contextmanager
def call_server(pause_ms: int = 0) -> Iterator[str]:
    """The server for all, in a process of its own; its URL."""
    command = [OURS, "-m", "tests.bench.call_server", str(pause_ms)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}/"
    finally:
        server.terminate()
        server.communicate(timeout=10)


def _peer(kind: str, url: str, *, python: str | Path = PEERS / "bin" / "python") -> Talker:
    return Talker(command=[python, _PEERS, kind, url], environ=_PLAIN)


def _ours(*words: str) -> Talker:
    return Talker(command=[OURS, "-m", "tests.bench.call_ours", *words], environ=_PLAIN)


def call(amount: Amount) -> Measured:
    """A hundred calls, one after the other, are a run; what is told is one of them."""
    many = amount.of(100, 3)
    with call_server() as url, ExitStack() as stack:
        talkers = {
            "rolecall's client": stack.enter_context(_ours("call", url)),
            "bare httpx": stack.enter_context(_peer("httpx", url, python=OURS)),
            "boto3": stack.enter_context(_peer("boto3", url)),
            "aiobotocore": stack.enter_context(_peer("aiobotocore", url)),
        }
        measured = in_turns(
            {name: partial(each.run, f"{many} 1") for name, each in talkers.items()}, rounds=amount.of(15, 1)
        )
    return {
        name: [replace(each, seconds=each.seconds / many, cpu=each.cpu / many) for each in runs]
        for name, runs in measured.items()
    }


def storm(amount: Amount) -> Measured:
    """All sessions become due at once, again and again; the others only make as many calls.

    Seven rounds: the best of bare httpx is chosen by the runs that it is judged by, and of few runs the luckiest would
    be called the best.
    """
    many, rounds = amount.of(1000, 10), amount.of(7, 1)
    with call_server() as url, tempfile.TemporaryDirectory(prefix="rolecall-bench-") as home, ExitStack() as stack:
        scene.furnish(Path(home), many, 0)
        ours = stack.enter_context(_ours("storm", url, str(many), home))
        bare = stack.enter_context(_peer("httpx", url, python=OURS))
        aio = stack.enter_context(_peer("aiobotocore", url))
        sides = {"rolecall, all of it": ours.run}
        sides |= {f"bare httpx, {n} at once": partial(bare.run, f"{many} {n}") for n in _AT_ONCE}
        sides |= {f"aiobotocore, {n} at once": partial(aio.run, f"{many} {n}") for n in (4, 10)}
        measured = in_turns(sides, rounds=rounds)
    alone = [name for name in measured if name.startswith("bare httpx")]
    best = min(alone, key=lambda name: statistics.median(each.seconds for each in measured[name]))
    return measured | {BEST: measured[best]}


FIGURES = (
    Figure(
        name="call",
        title="One AssumeRole in a warm process",
        how=(
            "One STS at 127.0.0.1 for all, in a process of its own, which answers at once and checks nothing; "
            "connections are kept. Ours builds the request, signs it, sends it, reads the XML and checks it. Bare "
            "httpx sends bytes with a signature that was ready, and looks only at the status."
        ),
        targets=(
            Target(ours="rolecall's client", beside="bare httpx", most=1.3),
            Target(ours="rolecall's client", beside="boto3", most=0.7),
            Target(ours="rolecall's client", beside="aiobotocore"),
        ),
        measure=call,
    ),
    Figure(
        name="storm",
        title="1,000 sessions renewed at once",
        how=(
            "A core without its window, in a Python that looks for garbage as seldom as the window lets it, keeps "
            "1,000 sessions of one identity, and its clocks are put on by 50 minutes: all are due. Measured is until "
            "all are renewed, recorded in the state and published in the credentials file, at no more than four calls "
            "at a time. The others only make 1,000 calls: bare httpx with a ready signature at the number of calls at "
            "once that suits it best, aiobotocore with signing and parsing."
        ),
        targets=(
            Target(ours="rolecall, all of it", beside=BEST, most=1.3),
            Target(ours="rolecall, all of it", beside="aiobotocore, 4 at once"),
        ),
        measure=storm,
    ),
)
