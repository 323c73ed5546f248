"""Our own calls. Usage: python -m tests.bench.call_ours call|storm URL [SESSIONS HOME]; see call_peers.

`call`: the client of STS alone. `storm`: a whole core whose sessions all become due with each line.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.adapters.clock import SystemClock
from app.adapters.http import Http, HttpOptions
from app.adapters.sts.client import StsClient, StsOptions
from app.bootstrap.later import collect_again
from app.bootstrap.wiring import Surroundings, wire
from app.domain.configuration import Settings
from app.domain.credentials import LongTermKey
from app.domain.secret import Secret
from app.domain.sts_requests import AssumeRole
from tests.bench.call_peers import KEY_ID, ROLE, SECRET, listen
from tests.bench_ui import scene

if TYPE_CHECKING:
    from datetime import datetime

    from app.bootstrap.wiring import Wired

STEP = timedelta(minutes=50)
"""Of an hour's life: all have ten minutes left then."""
PATIENCE_SECONDS = 120
_LOOK_SECONDS = 0.05


async def call(url: str) -> None:
    """One client, one role."""
    environ, settings = {"AWS_ENDPOINT_URL_STS": url}, Settings()
    http = Http(HttpOptions.from_environment(environ, settings))
    sts = StsClient(http, StsOptions.from_environment(environ, settings))
    key = LongTermKey(access_key_id=KEY_ID, secret_access_key=Secret(SECRET))

    async def assume() -> None:
        request = AssumeRole(role_arn=ROLE, role_session_name="alice", duration_seconds=3600)
        await sts.assume_role(request, signer=key, region="eu-west-1")

    await listen(assume)
    await http.aclose()


class LaterClock(SystemClock):
    """All the machine's clocks, so much later."""

    def __init__(self) -> None:
        self.later = timedelta()

    def now(self) -> datetime:
        """See SystemClock."""
        return super().now() + self.later

    def monotonic(self) -> float:
        """See SystemClock."""
        return super().monotonic() + self.later.total_seconds()

    def steady(self) -> float:
        """See SystemClock."""
        return super().steady() + self.later.total_seconds()


class Storm:
    """A core with so many live sessions, all published."""

    def __init__(self, wired: Wired, clock: LaterClock, sessions: int) -> None:
        self.wired, self.clock = wired, clock
        self.front, self.engine = wired.front, wired.front.engine
        self.sessions = sessions

    async def begin(self) -> None:
        """Obtain all of them."""
        await self.engine.world.secrets.set("identity/alice", Secret(scene.SECRET))
        await self.front.start()
        await asyncio.gather(*(self.front.assume(scene.name_of(n)) for n in range(self.sessions)))

    def keys(self) -> dict[str, str]:
        """The key that each session has now."""
        profiles = self.engine.roster.profiles.items()
        return {name: each.session.obtained.access_key_id for name, each in profiles if each.session.obtained}

    async def renew(self) -> None:
        """Let all be due, and wait until all have other keys and nobody does anything any more."""
        before = self.keys()
        self.clock.later += STEP
        self.front.supervisor.wake()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self._is_at_it():  # noqa: ASYNC110  # to be told of each change would be measured too
                await asyncio.sleep(_LOOK_SECONDS)
        after = self.keys()
        assert len(after) == len(before) == self.sessions
        assert not set(after.values()) & set(before.values())

    def _is_at_it(self) -> bool:
        now, keepers = self.engine.world.now(), self.engine.roster.profiles.values()
        return any(each.session.busy or each.due(now) for each in keepers)

    def check_file(self) -> None:
        """Raise AssertionError unless the file holds exactly what the core has."""
        found = {each.aws_profile: each.access_key_id for each in self.wired.credentials_file.sections()}
        assert {name: found[name] for name in self.keys()} == self.keys()


async def storm(url: str, sessions: int, home: Path) -> None:
    """A line renews all of them."""
    os.environ.update(scene.environment(home, int(url.rpartition(":")[2].strip("/"))))
    clock = LaterClock()
    wired = wire(os.environ, person_present=False, around=Surroundings(clock=clock))
    each = Storm(wired, clock, sessions)
    await each.begin()
    collect_again()  # as the window does after its start
    watching = asyncio.create_task(wired.front.supervisor.run())
    print("ready", flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        begun, worked = time.perf_counter(), time.process_time()
        await each.renew()
        took = {"seconds": time.perf_counter() - begun, "cpu": time.process_time() - worked}
        each.check_file()
        print(json.dumps(took), flush=True)
    watching.cancel()
    await asyncio.wait([watching])
    await wired.close()


if __name__ == "__main__":
    if sys.argv[1] == "call":
        asyncio.run(call(sys.argv[2]))
    else:
        asyncio.run(storm(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])))
