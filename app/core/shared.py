"""What all processes share, read at one moment, and which sessions that means.

Light: the command line's `list` and `credentials` import it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.core.guards import leased, loan_ends, of_other_account
from app.domain.credentials import Obtained
from app.domain.values import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Mapping
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
        """The live session of a place that its guards let pass, or None."""
        found = self._lying(place, now)
        if found is None or of_other_account(place, found.obtained.arn):
            return None
        lent = leased(found.obtained, place.lease)
        return replace(found, obtained=lent) if lent.live(now) else None

    def holds(self, place: Place, now: datetime) -> bool:
        """Whether there is a live session that was obtained for the place as it is."""
        record = self.state.sessions.get(place.key)
        return record is not None and record.fingerprint == place.fingerprint and self.find(place, now) is not None

    def _lying(self, place: Place, now: datetime) -> Found | None:
        record = self.state.sessions.get(place.key)
        if record is None or record.fingerprint != place.fingerprint:
            return self._unconfirmed(place, record, now)
        if record.aws_profile:
            return self._published(place, record, now)
        if record.kept_in_keyring and record.expires > now:
            return Found(obtained=_obtained(record), published=True)
        return None

    def _published(self, place: Place, record: SessionRecord, now: datetime) -> Found | None:
        section = self.sections.get(record.aws_profile)
        if section is None or section.profile != record.name or section.credentials is None:
            return None
        if section.access_key_id == record.access_key_id:
            if record.expires <= now:
                return None
            return Found(obtained=replace(_obtained(record), credentials=section.credentials), published=True)
        if section.credentials.expires <= now:
            return None
        known = section.access_key_id == record.previous_key_id
        return _from_section(section, section.credentials, place, record, now, confirmed=known)

    def _unconfirmed(self, place: Place, record: SessionRecord | None, now: datetime) -> Found | None:
        """A section of a profile that was another one when it was written, or of one that nothing is known of."""
        section = self.sections.get(place.aws_profile)
        if section is None or section.profile != place.key or section.credentials is None:
            return None
        if section.credentials.expires <= now:
            return None
        return _from_section(section, section.credentials, place, record, now, confirmed=False)

    def expired(self, now: datetime) -> frozenset[str]:
        """Names of sessions whose record, or whose section without a live record, has expired."""
        records = {record.name for record in self.state.sessions.values() if record.ends <= now}
        sections = {s.profile for s in self.sections.values() if s.expires is not None and s.expires <= now}
        return frozenset(records | (sections - self.state.sessions.keys()))

    def barred(self, places: Mapping[str, Place], now: datetime) -> frozenset[str]:
        """Names of guarded places where something lies that their guards do not let pass, though AWS may.

        Its lease is over, also one that was set later; nobody knows since when it is lent; or it is of another
        account. `places` are those with a lease or a pinned account, by profile.
        """
        found: set[str] = set()
        if not places:
            return frozenset()
        for name, record in self.state.sessions.items():
            place = places.get(name)
            if place is not None and (_is_over(record, place, now) or of_other_account(place, record.arn)):
                found.add(name)
        for section in self.sections.values():
            place = places.get(section.profile)
            known = _knows(self.state.sessions.get(section.profile), section)
            if place is not None and place.lease is not None and not known:
                found.add(section.profile)
        return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A session found on the shelf; `published` in the file or, if it goes there, in the keyring."""

    obtained: Obtained
    published: bool


def _is_over(record: SessionRecord, place: Place, now: datetime) -> bool:
    ends = loan_ends(record, place.lease)
    return ends is not None and ends <= now


def _knows(record: SessionRecord | None, section: FoundSection) -> bool:
    return record is not None and section.access_key_id in (record.access_key_id, record.previous_key_id)


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


def _from_section(
    section: FoundSection,
    credentials: Credentials,
    place: Place,
    record: SessionRecord | None,
    now: datetime,
    *,
    confirmed: bool,
) -> Found:
    """What lies in a section, with what its record says of that very key.

    Of a key that it replaced the record says only that it is older. One that is unknown is not known to be lent since
    when: where there is a lease, it is over.
    """
    issued, arn, lease_ends = now, "", None if place.lease is None else now
    if record is not None and _knows(record, section):
        current = section.access_key_id == record.access_key_id
        issued = record.issued if current else record.issued - timedelta(hours=1)
        arn = record.arn if current else ""
        lease_ends = loan_ends(record, place.lease)
    obtained = Obtained(
        access_key_id=section.access_key_id,
        issued=issued,
        expires=credentials.expires,
        credentials=credentials,
        arn=arn,
        confirmed=confirmed,
        lease_ends=lease_ends,
    )
    return Found(obtained=obtained, published=True)
