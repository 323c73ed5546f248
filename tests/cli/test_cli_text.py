"""What AWS, a file or a command says must not steer the terminal on which it is shown."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import tools
from app.cli.terminal import command_shown
from app.cli.text import json_text

if TYPE_CHECKING:
    from app.bootstrap.wiring import Wired
    from app.core.keeper import Wish

STEERING = "\x1b]0;title\x07 \x9b2J \u202egnp \ud800 \U000e0001"


@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.dictionaries(st.text(), inner)))
def test_json_says_the_same_and_nothing_in_it_steers(value: object) -> None:
    text = json_text(value)
    assert json.loads(text) == value
    assert all(character.isprintable() for character in text.replace("\n", ""))
    text.encode()


def test_letters_of_all_scripts_stay_readable_in_json() -> None:
    assert json_text({"name": "Zoë 東京"}) == '{\n  "name": "Zoë 東京"\n}'


@pytest.mark.parametrize("message", [json.dumps({"allowed": STEERING}), STEERING, "[" * 100_000])
async def test_a_decoded_message_steers_nothing(message: str, capsys: pytest.CaptureFixture[str]) -> None:
    async def decode(*_: object, **__: object) -> object:
        return SimpleNamespace(text=message)

    async def sign(_wish: Wish) -> None:
        """Nobody looks at what signs."""

    keeper = SimpleNamespace(region="eu-west-1", sign=sign)
    world = SimpleNamespace(now=lambda: datetime.now(UTC))
    engine = SimpleNamespace(world=world, keeper=lambda _name: keeper)
    wired = SimpleNamespace(
        sts=SimpleNamespace(decode_authorization_message=decode), front=SimpleNamespace(engine=engine)
    )
    assert await tools.decode(cast("Wired", wired), "prod", "A" * 60) == 0
    assert all(character.isprintable() for character in capsys.readouterr().out.replace("\n", ""))


def test_a_command_is_shown_argument_by_argument() -> None:
    assert command_shown(("sh", "-c", "echo 123456; curl evil")) == "  sh\n  -c\n  'echo 123456; curl evil'"
    assert command_shown(("a b",)) != command_shown(("a", "b"))


@given(st.lists(st.text(), min_size=1))
def test_a_shown_command_steers_nothing(command: list[str]) -> None:
    lines = command_shown(tuple(command)).split("\n")
    assert len(lines) == len(command)
    assert all(line.isprintable() for line in lines)
