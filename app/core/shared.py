"""What all processes share, read at one moment, and which sessions that means.

Light: the command line's `list` and `credentials` import it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from app.domain.credentials import Obtained

if TYPE_CHECKING:
    from datetime import datetime

    from app.core.places import Place
    from app.domain.published import FoundSection
    from app.domain.state import SessionRecord, SharedState


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What all processes share, read at one moment. `sections` are ours, by AWS profile name."""

    state: SharedState
    sections: dict[str, FoundSection]

    def find(self, place: Place, now: datetime) -> Found | None:
        """The live session of a place, or None."""
        record = self.state.sessions.get(place.key)
        if record is None or record.fingerprint != place.fingerprint:
            return self._unconfirmed(place, now)
        if record.aws_profile:
            return self._published(record, now)
        if record.kept_in_keyring and record.expires > now:
            return Found(obtained=_obtained(record), published=True)
        return None

    def _published(self, record: SessionRecord, now: datetime) -> Found | None:
        section = self.sections.get(record.aws_profile)
        if section is None or section.profile != record.name or section.credentials is None:
            return None
        if section.access_key_id == record.access_key_id and record.expires > now:
            return Found(obtained=replace(_obtained(record), credentials=section.credentials), published=True)
        if section.access_key_id == record.previous_key_id and section.credentials.expires > now:
            return _from_section(section, record.issued - timedelta(hours=1), confirmed=True)
        if (
            section.access_key_id not in (record.access_key_id, record.previous_key_id)
            and section.credentials.expires > now
        ):
            return _from_section(section, now, confirmed=False)
        return None

    def expired(self, now: datetime) -> frozenset[str]:
        """Names of sessions whose record, or whose section without a live record, has expired."""
        records = {record.name for record in self.state.sessions.values() if record.expires <= now}
        sections = {s.profile for s in self.sections.values() if s.expires is not None and s.expires <= now}
        return frozenset(records | (sections - self.state.sessions.keys()))

    def _unconfirmed(self, place: Place, now: datetime) -> Found | None:
        section = self.sections.get(place.aws_profile)
        if section is None or section.profile != place.key or section.credentials is None:
            return None
        if section.credentials.expires <= now:
            return None
        return _from_section(section, now, confirmed=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A session found on the shelf; `published` in the file or, if it goes there, in the keyring."""

    obtained: Obtained
    published: bool


def _obtained(record: SessionRecord) -> Obtained:
    return Obtained(
        access_key_id=record.access_key_id,
        issued=record.issued,
        expires=record.expires,
        credentials=None,
        arn=record.arn,
        chained=record.chained,
        packed_policy_size=record.packed_policy_size,
        request_id=record.request_id,
        source_identity=record.source_identity,
    )


def _from_section(section: FoundSection, issued: datetime, *, confirmed: bool) -> Found | None:
    if section.credentials is None:
        return None
    return Found(
        obtained=Obtained(
            access_key_id=section.access_key_id,
            issued=issued,
            expires=section.credentials.expires,
            credentials=section.credentials,
            confirmed=confirmed,
        ),
        published=True,
    )
