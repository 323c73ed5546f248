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
    from app.domain.credentials import Credentials
    from app.domain.published import FoundSection
    from app.domain.state import SessionRecord, SharedState


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What all processes share, read at one moment. `sections` are ours, by AWS profile name."""

    state: SharedState
    sections: dict[str, FoundSection]

    def find(self, place: Place, now: datetime) -> Found | None:
        """The live session of a place, or None."""
        found = self._lying(place, now)
        if found is None:
            return None
        lent = leased(found.obtained, place.lease)
        return replace(found, obtained=lent) if lent.live(now) else None

    def _lying(self, place: Place, now: datetime) -> Found | None:
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
            earlier = _from_section(section, section.credentials, record.issued - timedelta(hours=1), confirmed=True)
            return replace(earlier, obtained=replace(earlier.obtained, lease_ends=record.lease_ends))
        if (
            section.access_key_id not in (record.access_key_id, record.previous_key_id)
            and section.credentials.expires > now
        ):
            return _from_section(section, section.credentials, now, confirmed=False)
        return None

    def expired(self, now: datetime) -> frozenset[str]:
        """Names of sessions whose record, or whose section without a live record, has expired."""
        records = {record.name for record in self.state.sessions.values() if record.ends <= now}
        sections = {s.profile for s in self.sections.values() if s.expires is not None and s.expires <= now}
        return frozenset(records | (sections - self.state.sessions.keys()))

    def _unconfirmed(self, place: Place, now: datetime) -> Found | None:
        section = self.sections.get(place.aws_profile)
        if section is None or section.profile != place.key or section.credentials is None:
            return None
        if section.credentials.expires <= now:
            return None
        return _from_section(section, section.credentials, now, confirmed=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A session found on the shelf; `published` in the file or, if it goes there, in the keyring."""

    obtained: Obtained
    published: bool


def leased(obtained: Obtained, lease: timedelta | None) -> Obtained:
    """The same with the end of its lease; one obtained before there was a lease is lent from then on too."""
    if lease is None or obtained.lease_ends is not None:
        return obtained
    return replace(obtained, lease_ends=obtained.issued + lease)


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
        lease_ends=record.lease_ends,
    )


def _from_section(section: FoundSection, credentials: Credentials, issued: datetime, *, confirmed: bool) -> Found:
    obtained = Obtained(
        access_key_id=section.access_key_id,
        issued=issued,
        expires=credentials.expires,
        credentials=credentials,
        confirmed=confirmed,
    )
    return Found(obtained=obtained, published=True)
