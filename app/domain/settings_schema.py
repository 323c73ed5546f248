"""The settings file's content as values, and back: a TOML document, as plain dicts, becomes a Configuration.

An entry that breaks a rule is left out and told as a Refusal; the others still work. Keys that are not known here are
no fault: a later Rolecall may know them.
"""

from __future__ import annotations

from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from app.domain import settings_fields as checks
from app.domain.arn import MfaDevice, RoleArn
from app.domain.chain import refuse_broken
from app.domain.configuration import (
    Configuration,
    Flow,
    Identity,
    MfaMethod,
    MfaUse,
    Profile,
    Provider,
    Publish,
    Refusal,
    Settings,
    Source,
)
from app.domain.errors import BadInput, Problem, StorageTrouble
from app.domain.settings_entries import read_identity, read_profile, read_provider, read_settings
from app.domain.settings_fields import Table
from app.domain.values import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Document = Mapping[str, object]
    LineOf = Callable[[tuple[str, ...]], int]

SCHEMA = 1
UPGRADES: Mapping[int, Callable[[Document], Document]] = MappingProxyType({})
"""For each past schema, how its document becomes one of the next."""
_PLURALS = MappingProxyType({"identities": "identity", "providers": "provider", "profiles": "profile"})

Entry = Identity | Provider | Profile | Settings
Made = TypeVar("Made")


def schema_of(document: Document) -> int:
    """The schema of a document. Raises BadInput when it names none that ever was."""
    schema = document.get("schema", SCHEMA)
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise checks.wrong_type("schema", schema, "a whole number from 1", f"schema = {SCHEMA}")
    return schema


def newer(schema: int) -> StorageTrouble:
    """Why a file of a later schema is not written."""
    return StorageTrouble(
        code="settings-newer",
        title="The settings file belongs to a newer Rolecall",
        detail=f"It has schema {schema}; this version writes schema {SCHEMA}.",
        remedy="Use the newer Rolecall to change it.",
        field="schema",
    )


def parse(document: Document, line_of: LineOf = lambda _path: 0) -> Configuration:
    """Read a whole document. `line_of` finds the line of a key path, 0 if it cannot.

    Raises BadInput when `schema` is no schema. A document of a later schema is read as far as it is understood, with
    a refusal that says so.
    """
    schema = schema_of(document)
    for past in range(schema, SCHEMA):
        document = UPGRADES[past](document)
    reading = _Reading(document, line_of)
    if schema > SCHEMA:
        reading.refuse(newer(schema))
    for plural, kind in _PLURALS.items():
        if plural in document:
            reading.refuse(_plural(plural, kind), plural)
    configuration = Configuration(
        settings=reading.settings(),
        identities=reading.entries("identity", read_identity),
        providers=reading.entries("provider", read_provider),
        profiles=reading.entries("profile", read_profile),
        refusals=tuple(reading.refusals),
    )
    return without_broken(configuration, line_of)


class _Reading:
    """One document on its way to values; collects what is refused."""

    def __init__(self, document: Document, line_of: LineOf) -> None:
        self._document = document
        self._line_of = line_of
        self.refusals: list[Refusal] = []

    def refuse(self, error: BadInput | StorageTrouble, *path: str, role_arn: object = "") -> None:
        line = (self._line_of((*path, error.field)) if error.field else 0) or self._line_of(path)
        role = role_arn.strip() if isinstance(role_arn, str) else ""
        entry = ".".join(path) or error.field
        self.refusals.append(Refusal(entry=entry, problem=error.problem, line=line, role_arn=role))

    def settings(self) -> Settings:
        table = Table(self._table("settings"))
        settings = read_settings(table)
        for fault in table.faults:
            self.refuse(fault, "settings")
        return settings

    def entries(self, kind: str, read: Callable[[str, Table], Made]) -> Mapping[str, Made]:
        found: dict[str, Made] = {}
        for name, values in self._table(kind).items():
            if not isinstance(values, dict):
                self.refuse(checks.wrong_type(f"{kind}.{name}", values, "a table", f"[{kind}.{name}]"), kind, name)
                continue
            table = Table(values)
            made = read(name, table)
            for fault in table.faults:
                self.refuse(fault, kind, name, role_arn=values.get("role_arn"))
            if not table.faults:
                found[name] = made
        return MappingProxyType(found)

    def _table(self, key: str) -> Mapping[str, object]:
        values = self._document.get(key, {})
        if isinstance(values, dict):
            return values
        example = f"[{key}]" if key == "settings" else f"[{key}.NAME]"
        self.refuse(checks.wrong_type(key, values, "a table", example), key)
        return {}


def without_broken(
    configuration: Configuration, line_of: LineOf = lambda _path: 0, broken: tuple[Refusal, ...] | None = None
) -> Configuration:
    """Take out the profiles whose chain can never work, and tell why. `broken`: those, if they were found already."""
    broken = refuse_broken(configuration, configuration.profiles) if broken is None else broken
    unusable = {refusal.entry for refusal in (*configuration.refusals, *broken)}
    profiles = dict(configuration.profiles)
    found = []
    for refusal in broken:
        name = refusal.entry.partition(".")[2]
        profile = profiles.pop(name)
        problem = refusal.problem
        if str(profile.source) in unusable and problem.code != "source-loop":
            problem = _because_of(profile, problem)
        path = ("profile", name)
        line = line_of((*path, problem.field)) or line_of((*path, "source")) or line_of(path)
        found.append(replace(refusal, problem=problem, line=line))
    return replace(configuration, profiles=MappingProxyType(profiles), refusals=(*configuration.refusals, *found))


def kind_of(entry: Entry) -> str:
    """The table an entry belongs to: `identity`, `provider`, `profile` or `settings`."""
    return type(entry).__name__.lower()


def table_of(entry: Entry) -> dict[str, object]:
    """The keys of an entry as they stand in the file; what has its default is left out."""
    table: dict[str, object] = {}
    for each in fields(entry):
        value = getattr(entry, each.name)
        if each.name in {"name", "mfa_command"} or value in (each.default, ()):
            continue
        table[each.name] = _plain(value)
    if isinstance(entry, Identity) and entry.mfa is MfaMethod.COMMAND:
        table["mfa"] = list(entry.mfa_command)
    if isinstance(entry, Profile):
        if entry.mfa is MfaUse.SESSION:
            table["mfa"] = True
        if entry.tags:
            table["tags"] = dict(entry.tags)
        if entry.role_arn is not None:
            table = {"role_arn": str(entry.role_arn), **table}
    return table


def _plain(value: object) -> object:
    if isinstance(value, Flow | MfaMethod | MfaUse | Publish):
        return value.value
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, RoleArn | MfaDevice | Source) else value


def _because_of(profile: Profile, problem: Problem) -> Problem:
    return replace(
        problem,
        code="source-refused",
        title=f"“{profile.name}” starts from an entry that cannot be used",
        detail=f"{profile.source} breaks a rule.",
        remedy=f"Correct {profile.source} first.",
        field="source",
    )


def _plural(plural: str, kind: str) -> BadInput:
    return BadInput(
        code="settings-value",
        title=f"“{plural}” is not read",
        detail=f"Each entry has a table of its own, named in the singular: [{kind}.NAME].",
        remedy=f"Rename [{plural}.…] to [{kind}.…].",
    )
