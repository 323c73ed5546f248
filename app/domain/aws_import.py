"""Taking over roles and keys from the AWS config and credentials files: what can be, what cannot, and why.

Pure planning; nothing is changed. Who gives the keys to whom is decided as botocore decides it.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.domain import sts_limits as limits
from app.domain.configuration import Configuration, Identity, MfaUse, Profile, Provider, Source, SourceKind
from app.domain.settings_entries import faults, read_identity, read_profile
from app.domain.settings_fields import Table, access_key_fault, mfa_device_fault, name_fault
from app.domain.settings_schema import table_of, without_broken
from app.domain.values import dataclass, field, replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from app.domain.errors import BadInput
    from app.domain.secret import Secret

OVERRIDING = ("role_arn", "sso_session", "sso_start_url", "sso_account_id", "web_identity_token_file", "login_session")
"""Settings of the config file that make AWS tools ignore static keys of the same profile."""
OWN_PREFIX = "rolecall-"
_LINKS_MOST = 50
_LOOP = "Its source_profile leads back to itself."
_IDENTITY_CENTER = "It signs in through IAM Identity Center, which Rolecall does not do."
_TOKEN_FILE = "web_identity_token_file"  # noqa: S105  # a setting's name
_ABSOLUTE = re.compile(r"(?:/|[A-Za-z]:[\\/]|\\\\).*")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundKey:
    """Static keys of one section. `temporary` ones belong to a session and expire."""

    access_key_id: str
    secret_access_key: Secret
    temporary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AwsFiles:
    """Both files of AWS, as far as they could be read.

    `profiles` are those of the config file, with their settings but without keys. `keys` are the static keys by
    profile name, those of the credentials file first; what Rolecall wrote itself is not among them. `sections` are all
    section names of the credentials file. `unreadable` names lines that could not be read, as `FILE:LINE`.
    """

    config_path: str = ""
    profiles: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    keys: Mapping[str, FoundKey] = field(default_factory=lambda: MappingProxyType({}))
    sections: frozenset[str] = frozenset()
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCandidate:
    """A role that can be taken over. `found_as` is its name in the AWS file, `note` what will be different."""

    profile: Profile
    found_as: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportIdentity:
    """An IAM user's key that can be taken over; `secret` goes to the keyring only if the person says so.

    `known` says that an identity with this key exists already: then `identity` is that one.
    """

    identity: Identity
    found_as: str
    secret: Secret
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do. `importable` lists parents before their children, `providers` the new ones."""

    importable: tuple[ImportCandidate, ...] = ()
    identities: tuple[ImportIdentity, ...] = ()
    providers: tuple[Provider, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()

    def chosen(self, names: frozenset[str]) -> ImportPlan:
        """The part of the plan for the profiles of these names (`ImportCandidate.profile.name`) and all they need."""
        by_name = {each.profile.name: each for each in self.importable}
        wanted: set[str] = set()
        starts: set[Source] = set()
        for name in names & by_name.keys():
            link: str | None = name
            while link is not None and link in by_name:
                wanted.add(link)
                source = by_name[link].profile.source
                link = source.name if source.kind is SourceKind.PROFILE else None
                starts.add(source)
        return ImportPlan(
            importable=tuple(each for each in self.importable if each.profile.name in wanted),
            identities=tuple(each for each in self.identities if _identity(each.identity.name) in starts),
            providers=tuple(each for each in self.providers if _provider(each.name) in starts),
        )


def overriding_key(settings: Mapping[str, str]) -> str:
    """The setting of a config-file profile that makes AWS tools ignore static keys of that name, or ''."""
    return next((key for key in OVERRIDING if settings.get(key)), "")


def free_aws_profile(name: str, taken: AbstractSet[str]) -> str:
    """The name itself if nothing else bears it, else `rolecall-NAME`, with a number if that is taken too."""
    return name if name not in taken else _free(f"{OWN_PREFIX}{name}", taken)


def shadowed_processes(files: AwsFiles) -> tuple[str, ...]:
    """Profiles whose `credential_process` never runs, because the credentials file has static keys of that name."""
    return tuple(
        name for name, settings in files.profiles.items() if settings.get("credential_process") and name in files.keys
    )


def plan(files: AwsFiles, existing: Configuration) -> ImportPlan:
    """Say what could be taken over next to what exists already."""
    return Planning(files, existing).plan()


def imported(existing: Configuration) -> dict[str, Profile]:
    """The profiles that were imported before, by their name in the AWS config file."""
    return {each.imported_from: each for each in existing.profiles.values() if each.imported_from}


def read_again(files: AwsFiles, existing: Configuration) -> tuple[dict[str, Profile | str], ImportPlan]:
    """What each profile imported before would be now, by its name there, or why it cannot be; and what these need.

    A name that is there no more is left out.
    """
    planning = Planning(files, existing)
    return planning.again(), planning.plan(everything=True)


class _Refused(Exception):
    """Why a profile cannot be taken over; a whole sentence."""


class Planning:
    """One import in the making. Names chosen here are told apart from those that exist and from each other.

    `plan` does everything; who has other things to do meanwhile goes through `steps` first.
    """

    def __init__(self, files: AwsFiles, existing: Configuration) -> None:
        self._files = files
        self._existing = existing
        self._identities: dict[str, ImportIdentity] = {}
        self._providers: dict[str, Provider] = {}
        self._found: dict[str, ImportCandidate] = {}
        self._reasons: dict[str, str] = {}
        self._here: dict[str, Profile] = {}
        self._looping: set[str] = set()
        self._kept = imported(existing)
        self._same = {_facts(each): each for each in reversed(tuple(existing.profiles.values()))}
        self._planned = {**existing.profiles}
        published = {profile.published_as for profile in existing.profiles.values()}
        overridden = {name for name, settings in files.profiles.items() if overriding_key(settings)}
        self._taken = {*files.sections, *overridden, *published}

    def again(self) -> dict[str, Profile | str]:
        """See `read_again`."""
        self._add_identities()
        found: dict[str, Profile | str] = {}
        for name in self._kept:
            settings = self._files.profiles.get(name, {})
            if overriding_key(settings) or settings.get("credential_process"):
                try:
                    made, identity, _ = self._made(name, settings, ())
                except _Refused as refused:
                    found[name] = str(refused)
                else:
                    same = identity is not None and made.mfa_device == identity.identity.mfa_device
                    found[name] = replace(made, mfa_device=None) if same else made
        return found

    def _add_identities(self) -> None:
        for name, key in self._files.keys.items():
            if not key.temporary:
                self._add_identity(name, key)

    def plan(self, *, everything: bool = False) -> ImportPlan:
        """With `everything`, identities and providers that only profiles imported before need are among it."""
        for _ in self.steps():
            pass
        found = tuple(self._found.values())
        identities = tuple(_with_device(each, found) for each in self._identities.values())
        starts = {each.profile.source for each in found}
        return ImportPlan(
            importable=tuple(_without_device(each, identities) for each in found),
            identities=identities,
            providers=tuple(each for each in self._providers.values() if everything or _provider(each.name) in starts),
            refused=tuple(self._reasons.items()),
        )

    def steps(self) -> Iterator[None]:
        """Plan profile by profile; what was done already costs nothing."""
        if not self._identities:
            self._add_identities()
        for name, settings in self._files.profiles.items():
            if overriding_key(settings) or settings.get("credential_process"):
                self._try(name, ())
                yield

    def _add_identity(self, name: str, key: FoundKey) -> None:
        for identity in self._existing.identities.values():
            if identity.access_key_id == key.access_key_id:
                self._identities[name] = ImportIdentity(
                    identity=identity, found_as=name, secret=key.secret_access_key, known=True
                )
                return
        chosen = {each.identity.name for each in self._identities.values()}
        own = _free(name, frozenset({*self._existing.identities, *chosen}))
        fault = access_key_fault(key.access_key_id) or name_fault(own)
        if fault is not None:
            self._reasons[name] = f"Its key cannot be used: {fault.detail}"
            return
        identity = read_identity(own, Table({"access_key_id": key.access_key_id}))
        self._identities[name] = ImportIdentity(identity=identity, found_as=name, secret=key.secret_access_key)

    def _try(self, name: str, above: tuple[str, ...]) -> ImportCandidate | None:
        """Plan one profile, its source first; None when it is refused."""
        if name not in self._found and name not in self._reasons:
            try:
                self._found[name] = self._candidate(name, self._files.profiles[name], above)
            except _Refused as refused:
                self._reasons[name] = str(refused)
        return self._found.get(name)

    def _made(
        self, name: str, settings: Mapping[str, str], above: tuple[str, ...]
    ) -> tuple[Profile, ImportIdentity | None, list[str]]:
        """The profile as the file has it, the identity it starts from if it is one, and notes. Raises _Refused."""
        _refuse_other_ways(settings)
        if settings.get(_TOKEN_FILE):
            # Like botocore: the token file is what counts, whatever source_profile says
            source, identity = self._token_file(name, settings[_TOKEN_FILE]), None
        else:
            source, identity = self._source(name, settings, (*above, name))
        made, notes = _read(name, settings, source, identity)
        return made, identity, notes

    def _candidate(self, name: str, settings: Mapping[str, str], above: tuple[str, ...]) -> ImportCandidate:
        if name in self._kept:
            self._here[name] = self._kept[name]
            raise _Refused(f"It is already here, as “{self._kept[name].name}”.")
        made, identity, notes = self._made(name, settings, above)
        same = self._same.get(_facts(made))
        if same is not None:
            self._here[name] = same
            raise _Refused(f"It is already here, as “{same.name}”.")
        own = _free(name, self._planned.keys())
        profile = replace(made, name=own, imported_from=name)
        published = free_aws_profile(name, self._taken)
        self._taken.add(published)
        if published != profile.name:
            profile = replace(profile, aws_profile=published)
        for fault in faults("profile", profile.name, table_of(profile)):
            raise _Refused(f"{fault.title}: {fault.detail}")
        self._refuse_broken(profile, identity)
        self._planned[own] = profile
        return ImportCandidate(profile=profile, found_as=name, note=" ".join(notes))

    def _source(
        self, name: str, settings: Mapping[str, str], above: tuple[str, ...]
    ) -> tuple[Source, ImportIdentity | None]:
        wanted = settings.get("source_profile", "")
        if not wanted:
            raise _Refused("It names no source_profile, so nothing says whose keys to use.")
        if wanted in self._identities:
            found = self._identities[wanted]
            return _identity(found.identity.name), found
        if wanted in self._files.keys:
            reason = self._reasons.get(wanted) or "They are temporary keys, which expire."
            raise _Refused(f"Its source_profile “{wanted}” has keys that cannot be used. {reason}")
        if wanted == name:
            raise _Refused("It is its own source_profile, but holds no keys.")
        if wanted in above:
            self._looping.update(above[above.index(wanted) :])
            raise _Refused(_LOOP)
        if len(above) > _LINKS_MOST:
            raise _Refused("It stands at the end of too long a chain.")
        if wanted not in self._files.profiles:
            raise _Refused(f"Its source_profile “{wanted}” does not exist.")
        return Source(kind=SourceKind.PROFILE, name=self._parent(name, wanted, above).name), None

    def _token_file(self, name: str, path: str) -> Source:
        """The provider whose token stands in a file: one for each file."""
        if not _ABSOLUTE.fullmatch(path):
            raise _Refused(f"Its {_TOKEN_FILE} is no absolute path.")
        for provider in (*self._existing.providers.values(), *self._providers.values()):
            if provider.type == "oidc" and provider.web_identity_token_file == path:
                return _provider(provider.name)
        own = _free(name, frozenset({*self._existing.providers, *(each.name for each in self._providers.values())}))
        provider = Provider(name=own, type="oidc", web_identity_token_file=path)
        for fault in faults("provider", own, table_of(provider)):
            raise _Refused(f"{fault.title}: {fault.detail}")
        self._providers[path] = provider
        return _provider(own)

    def _parent(self, name: str, wanted: str, above: tuple[str, ...]) -> Profile:
        """The profile that `name` starts from: one of this import, or one that is here already."""
        settings = self._files.profiles[wanted]
        if not overriding_key(settings):
            process = settings.get("credential_process")
            how = "gets its keys from a program (credential_process)" if process else "has neither keys nor a role"
            raise _Refused(f"Its source_profile “{wanted}” {how}.")
        parent = self._try(wanted, above)
        if parent is not None:
            return parent.profile
        if wanted in self._here:
            return self._here[wanted]
        if name in self._looping:
            raise _Refused(_LOOP)
        raise _Refused(f"Its source_profile “{wanted}” cannot be taken over. {self._reasons.get(wanted, '')}".strip())

    def _refuse_broken(self, profile: Profile, identity: ImportIdentity | None) -> None:
        """Refuse what the chain rules would refuse once it stood in the settings.

        With what it starts from alone: to ask all profiles anew for each of many roles takes seconds.
        """
        identities = {each.identity.name: each.identity for each in self._identities.values()}
        if identity is not None and profile.mfa_device is not None:
            identities[identity.identity.name] = replace(identity.identity, mfa_device=profile.mfa_device)
        world = Configuration(
            identities={**self._existing.identities, **identities},
            profiles=self._with_parents(profile),
            providers={**self._existing.providers, **{each.name: each for each in self._providers.values()}},
        )
        for refusal in without_broken(world).refusals:
            if refusal.entry == f"profile.{profile.name}":
                raise _Refused(f"{refusal.problem.title}: {refusal.problem.detail}")

    def _with_parents(self, profile: Profile) -> dict[str, Profile]:
        """A profile and those it starts from, by their names."""
        chain: dict[str, Profile] = {}
        link: Profile | None = profile
        while link is not None and link.name not in chain:
            chain[link.name] = link
            source = link.source
            link = self._planned.get(source.name) if source.kind is SourceKind.PROFILE else None
        return chain


def _refuse_other_ways(settings: Mapping[str, str]) -> None:
    """Refuse profiles whose credentials come neither from a key and AssumeRole nor from a token file and its role."""
    if not settings.get("role_arn"):
        if settings.get(_TOKEN_FILE):
            raise _Refused(f"It has a token file ({_TOKEN_FILE}), but names no role_arn.")
        if any(settings.get(key) for key in OVERRIDING if key.startswith("sso_")):
            raise _Refused(_IDENTITY_CENTER)
        if settings.get("login_session"):
            raise _Refused("It signs in with the AWS CLI's own login (login_session).")
        raise _Refused("Its keys come from a program (credential_process).")
    if settings.get(_TOKEN_FILE):
        return
    if settings.get("credential_source") and not settings.get("source_profile"):
        raise _Refused(f"Its source is the machine itself (credential_source = {settings['credential_source']}).")


def _read(
    name: str, settings: Mapping[str, str], source: Source, identity: ImportIdentity | None
) -> tuple[Profile, list[str]]:
    """Make a profile of the section's settings, and the notes that go with it."""
    notes: list[str] = []
    table: dict[str, object] = {"source": str(source)}
    names = {"role_arn": "role_arn", "role_session_name": "session_name", "region": "region"}
    federated = source.kind is SourceKind.PROVIDER
    if not federated:
        names["external_id"] = "external_id"
    elif settings.get("external_id"):
        notes.append("external_id is left out: AssumeRoleWithWebIdentity takes none.")
    table.update({own: settings[theirs] for theirs, own in names.items() if settings.get(theirs)})
    duration = _duration(settings.get("duration_seconds", ""))
    if duration is not None:
        table["duration"] = duration
        if source.kind is SourceKind.PROFILE and duration > limits.CHAINED_SECONDS:
            notes.append(f"A chained role lasts {limits.CHAINED_SECONDS} s at most; {duration} is not possible.")
    serial = settings.get("mfa_serial", "")
    if serial and identity is None:
        what = "a token" if federated else "a role's session"
        notes.append(f"mfa_serial is left out: {what} has no MFA device.")
    elif serial:
        fault = mfa_device_fault(serial)
        if fault is not None:
            raise _Refused(fault.detail)
        table |= {"mfa": True, "mfa_device": serial}
        notes.append("The code is asked once for all roles of this device.")
    notes += [f"{key} is left out." for key in ("endpoint_url", "services") if settings.get(key)]
    read = Table(table)
    profile = read_profile(name, read)
    for each in read.faults:
        raise _Refused(f"{each.title}: {each.detail}")
    return profile, notes


def _duration(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise _Refused("Its duration_seconds is no number.")
    fault: BadInput | None = limits.duration_fault(int(text), limits.ROLE_SECONDS)
    if fault is not None:
        raise _Refused(f"Its duration_seconds is not possible. {fault.detail}")
    return int(text)


def _facts(profile: Profile) -> tuple[object, ...]:
    """What a profile obtains, whatever it is called and looks like."""
    return (
        profile.role_arn,
        profile.source,
        profile.external_id,
        profile.session_name,
        profile.mfa is MfaUse.NONE,
    )


def _with_device(found: ImportIdentity, importable: tuple[ImportCandidate, ...]) -> ImportIdentity:
    """Give an identity the device that its profiles name, if it has none yet."""
    if found.identity.mfa_device is not None or found.known:
        return found
    source = _identity(found.identity.name)
    devices = [each.profile.mfa_device for each in importable if each.profile.source == source]
    device = next((each for each in devices if each is not None), None)
    return replace(found, identity=replace(found.identity, mfa_device=device))


def _without_device(candidate: ImportCandidate, identities: tuple[ImportIdentity, ...]) -> ImportCandidate:
    """Leave out the device that is its identity's anyway."""
    profile = candidate.profile
    for each in identities:
        if profile.source == _identity(each.identity.name) and profile.mfa_device == each.identity.mfa_device:
            return replace(candidate, profile=replace(profile, mfa_device=None))
    return candidate


def _identity(name: str) -> Source:
    return Source(kind=SourceKind.IDENTITY, name=name)


def _provider(name: str) -> Source:
    return Source(kind=SourceKind.PROVIDER, name=name)


def _free(name: str, taken: AbstractSet[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
