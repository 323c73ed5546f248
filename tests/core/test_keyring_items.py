"""Items of the keyring that others spoilt."""

from __future__ import annotations

import pytest

from app.domain.configuration import Publish
from app.domain.errors import StorageTrouble
from tests.core.fakes import machine, profile, session
from tests.core.virtual_time import virtual


@virtual
async def test_a_session_whose_item_cannot_be_read_is_lost_and_obtained_anew() -> None:
    pc = machine(profile("hidden", publish=Publish.NONE))
    first = await pc.process()
    await first.assume("hidden")
    front = await pc.process()
    keeper, held = front.engine.keeper("hidden"), session(front, "hidden").obtained
    assert held.credentials is None
    pc.keyring.trouble = StorageTrouble(code="keyring-item-broken", title="An item of the keyring cannot be read")
    with pytest.raises(StorageTrouble) as caught:
        await keeper.loaded(held)
    assert caught.value.code == "session-lost"
    pc.keyring.trouble = None
    await front.assume("hidden")
    assert session(front, "hidden").obtained.access_key_id != held.access_key_id
