"""What was imported from the AWS config file before, held against what stands there now. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.domain.aws_import import ImportPlan, imported, read_again
from app.domain.configuration import Configuration, MfaUse, Profile, Source, SourceKind
from app.domain.differences import Change, EntryChange, FieldChange
from app.domain.settings_schema import table_of
from app.domain.values import dataclass, field, replace

if TYPE_CHECKING:
    from app.domain.aws_import import AwsFiles

FIELDS = ("role_arn", "source", "mfa", "mfa_device", "external_id", "duration", "region", "session_name")
"""What an import takes from there. The rest (group, colour, name, AWS profile name…) is the person's own."""
_GONE = "It is no longer in the AWS config file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A profile that was imported before: what is different there now, and what it would become; None when gone."""

    change: EntryChange
    profile: Profile
    becomes: Profile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlan:
    """All of them, and the identities and providers that some would start from now and that are not here yet."""

    kept: tuple[Kept, ...] = ()
    needed: ImportPlan = field(default_factory=ImportPlan)

    def chosen(self, names: frozenset[str]) -> KeptPlan:
        """The part for the profiles of these names, as they are called here."""
        kept = tuple(each for each in self.kept if each.profile.name in names)
        starts = {each.becomes.source for each in kept if each.becomes is not None}
        needed = ImportPlan(
            identities=tuple(
                each
                for each in self.needed.identities
                if Source(kind=SourceKind.IDENTITY, name=each.identity.name) in starts
            ),
            providers=tuple(
                each for each in self.needed.providers if Source(kind=SourceKind.PROVIDER, name=each.name) in starts
            ),
        )
        return KeptPlan(kept=kept, needed=needed)


def kept(files: AwsFiles, existing: Configuration) -> KeptPlan:
    """Hold every profile that was imported before against the files."""
    before = imported(existing)
    if not before:
        return KeptPlan()
    now, needed = read_again(files, existing)
    found = [_compared(profile, now.get(name)) for name, profile in before.items()]
    return KeptPlan(kept=tuple(found), needed=needed)


def _compared(profile: Profile, there: Profile | str | None) -> Kept:
    if there is None:
        return Kept(change=_change(profile, Change.GONE, note=_GONE), profile=profile)
    if isinstance(there, str):
        return Kept(change=_change(profile, Change.REFUSED, note=there), profile=profile, becomes=profile)
    becomes = _renewed(profile, there)
    old, new = table_of(profile), table_of(becomes)
    fields = tuple(
        FieldChange(name=name, old=_shown(old.get(name)), new=_shown(new.get(name)))
        for name in FIELDS
        if old.get(name) != new.get(name)
    )
    change = Change.CHANGED if fields else Change.SAME
    return Kept(change=replace(_change(profile, change), fields=fields), profile=profile, becomes=becomes)


def _renewed(ours: Profile, there: Profile) -> Profile:
    """Our profile with what stands there now. How a code is sent is the person's choice, not whether one is."""
    mfa = ours.mfa if (ours.mfa is MfaUse.NONE) is (there.mfa is MfaUse.NONE) else there.mfa
    return replace(
        ours,
        role_arn=there.role_arn,
        source=there.source,
        mfa=mfa,
        mfa_device=there.mfa_device,
        external_id=there.external_id,
        duration=there.duration,
        region=there.region,
        session_name=there.session_name,
    )


def _change(profile: Profile, change: Change, *, note: str = "") -> EntryChange:
    return EntryChange(kind="profile", name=profile.name, change=change, note=note)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
