"""`rolecall decode` and `rolecall key-info`: the two STS actions that explain."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from app.cli.text import json_text, printable
from app.core.keeper import Wish
from app.domain import denied_text
from app.domain.errors import BadInput
from app.domain.sts_requests import DecodeAuthorizationMessage, GetAccessKeyInfo

if TYPE_CHECKING:
    from app.bootstrap.wiring import Wired
    from app.domain.credentials import Credentials


async def decode(wired: Wired, name: str, message: str) -> int:
    """Print what AWS says about an encoded authorization failure, as JSON."""
    text = sys.stdin.read() if message == "-" else message
    request = DecodeAuthorizationMessage(encoded_message=encoded_part(text))
    answer = await wired.sts.decode_authorization_message(
        request, signer=await _signer(wired, name), region=_region(wired, name)
    )
    try:
        print(json_text(json.loads(answer.text)))
    except (ValueError, RecursionError):
        print(printable(answer.text))
    return 0


async def key_info(wired: Wired, name: str, access_key_id: str, *, as_json: bool) -> int:
    """Print the account that an access key ID belongs to."""
    request = GetAccessKeyInfo(access_key_id=access_key_id)
    answer = await wired.sts.get_access_key_info(
        request, signer=await _signer(wired, name), region=_region(wired, name)
    )
    print(json.dumps({"Account": answer.account}) if as_json else printable(answer.account))
    return 0


def encoded_part(text: str) -> str:
    """The encoded message in an error text. Raises BadInput when there is none."""
    found = denied_text.encoded_part(text)
    if not found:
        raise BadInput(
            code="no-encoded-message",
            title="There is no encoded message in this text",
            detail="It is a long run of letters, digits, - and _ after “Encoded authorization failure message”.",
            remedy="Paste the whole error.",
            field="EncodedMessage",
        )
    return found


async def _signer(wired: Wired, name: str) -> Credentials:
    """The session of a profile; one that has to be obtained for this is not published."""
    engine = wired.front.engine
    wish = Wish(profile=name, since=engine.world.now(), by_person=True)
    return await engine.keeper(name).sign(wish)


def _region(wired: Wired, name: str) -> str:
    return wired.front.engine.keeper(name).region
