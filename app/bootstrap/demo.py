"""`rolecall --demo`: the window on a local stand-in AWS, in a temporary home of its own."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import BadInput
from app.domain.secret import Secret
from app.domain.values import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.bootstrap.wiring import Wired
    from app.standin import World

_FOREIGN = "[old-project]\naws_access_key_id = AKIAOLDPROJECTEXAMPLE\naws_secret_access_key = not-a-real-secret\n"


def run_demo(*, auto: bool) -> int:
    """Run it; with `auto` it plays the main path by itself. Raises BadInput when the stand-in is not installed."""
    try:
        from app.standin import StandIn, demo_settings, demo_world
    except ImportError as error:
        raise BadInput(
            code="demo-missing",
            title="The stand-in AWS is not installed",
            detail=f"It needs {error.name}, which is optional.",
            remedy="Install `rolecall[demo]`, or run `make demo` in a checkout.",
        ) from error
    from app.bootstrap import window
    from app.bootstrap.autoplay import Autoplay, DemoClock

    world, clock = demo_world(), DemoClock()
    with tempfile.TemporaryDirectory(prefix="rolecall-demo-") as home, StandIn(world, clock.now) as aws:
        environ = demo_environment(os.environ, Path(home), aws.url)
        furnish(Path(home), demo_settings(world, aws.url))
        stage = window.Stage(demo=True, prepare=partial(fill_keyring, world))
        if auto:
            played = Autoplay(aws, world, environ, clock)
            stage = replace(stage, clock=clock, play=played.play, open_url=played.open_url)
        else:
            print(f"Demo: a stand-in AWS at {aws.url}, everything in {home}, gone when you quit.", file=sys.stderr)
            print("Sign in to corp and login as alice: name and password are filled in.", file=sys.stderr)
            print(f"MFA codes for alice come from the TOTP secret {world.users['alice'].totp_secret}.", file=sys.stderr)
        return window.run(environ, stage=stage)


def demo_environment(environ: Mapping[str, str], home: Path, url: str) -> dict[str, str]:
    """The environment without anything about AWS or Rolecall, then with the demo's."""
    kept = {name: value for name, value in environ.items() if not name.startswith(("AWS_", "ROLECALL_"))}
    return kept | {
        "ROLECALL_HOME": str(home / "rolecall"),
        "ROLECALL_KEYRING": "memory",
        "ROLECALL_SIGNIN_ENDPOINT": f"{url}/federation",
        "AWS_ENDPOINT_URL_STS": url,
        "AWS_SHARED_CREDENTIALS_FILE": str(home / "aws" / "credentials"),
        "AWS_CONFIG_FILE": str(home / "aws" / "config"),
    }


def furnish(home: Path, settings: str) -> None:
    """Write the files of a home: the settings, and what other tools have left there."""
    for name, text in (("rolecall/config/config.toml", settings), ("aws/credentials", _FOREIGN), ("aws/config", "")):
        path = home / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)


async def fill_keyring(world: World, wired: Wired) -> None:
    """Put the secret keys of the world's users where the program looks for them."""
    secrets = wired.front.engine.world.secrets
    for name, user in world.users.items():
        await secrets.set(f"identity/{name}", Secret(user.secret_access_key))
