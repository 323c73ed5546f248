"""What the state says of sessions, and how that changes when one is recorded, parted with or taken back. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.state import SessionRecord

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from app.core.places import Place
    from app.domain.credentials import Obtained
    from app.domain.state import SharedState


def record_of(place: Place, obtained: Obtained, *, previous_key_id: str = "") -> SessionRecord:
    """The record of what was obtained for a place. `previous_key_id`: see SessionRecord."""
    return SessionRecord(
        name=place.key,
        fingerprint=place.fingerprint,
        access_key_id=obtained.access_key_id,
        issued=obtained.issued,
        expires=obtained.expires,
        arn=obtained.arn,
        aws_profile=place.aws_profile,
        chained=obtained.chained,
        packed_policy_size=obtained.packed_policy_size,
        request_id=obtained.request_id,
        source_identity=obtained.source_identity,
        previous_key_id=previous_key_id,
        lease_ends=obtained.lease_ends,
    )


def with_record(state: SharedState, record: SessionRecord) -> SharedState:
    """The state with a record, in the place of the one of that name."""
    return with_sessions(state, {**state.sessions, record.name: record})


def without(state: SharedState, names: Collection[str]) -> SharedState:
    """The state without the records of these names."""
    return with_sessions(state, {name: each for name, each in state.sessions.items() if name not in names})


def without_key(state: SharedState, name: str, access_key_id: str) -> SharedState:
    """The state without a record, unless that tells of another key by now."""
    record = state.sessions.get(name)
    return state if record is None or record.access_key_id != access_key_id else without(state, {name})


def with_sessions(state: SharedState, sessions: Mapping[str, SessionRecord]) -> SharedState:
    """The state with these records alone."""
    return replace(state, sessions=sessions)
