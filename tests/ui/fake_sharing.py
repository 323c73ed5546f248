"""The core's answers when profiles are shared as a file, to be turned by tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.differences import Change, EntryChange, FieldChange, ProfilesPlan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class FakeSharing:
    """`called` is the fake core's own way of recording wishes, and of failing."""

    def __init__(self, called: Callable[..., None]) -> None:
        self._call = called
        self.planned = ProfilesPlan(path="", digest="")

    async def export_profiles(self, names: tuple[str, ...], path: str) -> int:
        self._call("export_profiles", names, path)
        return len(names)

    async def plan(self, path: str) -> ProfilesPlan:
        self._call("plan", path)
        return self.planned

    async def take(self, plan: ProfilesPlan, entries: tuple[tuple[str, str], ...], sources: Mapping[str, str]) -> int:
        self._call("take", plan, entries, dict(sources))
        return len(entries)


PLAN = ProfilesPlan(
    path="/home/alice/rolecall-profiles.toml",
    digest="0" * 64,
    entries=(
        EntryChange(
            kind="provider",
            name="acme",
            change=Change.NEW,
            fields=(
                FieldChange(name="type", new="saml"),
                FieldChange(name="command", new='["saml-login", "--account", "acme"]'),
            ),
            command=("saml-login", "--account", "acme"),
        ),
        EntryChange(
            kind="profile",
            name="acme-admin",
            change=Change.NEW,
            fields=(
                FieldChange(name="role_arn", new="arn:aws:iam::567890123456:role/Admin"),
                FieldChange(name="source", new="provider.acme"),
            ),
        ),
        EntryChange(
            kind="profile",
            name="acme-deploy",
            change=Change.NEW,
            fields=(
                FieldChange(name="role_arn", new="arn:aws:iam::567890123456:role/Deploy"),
                FieldChange(name="source", new="profile.acme-admin"),
            ),
        ),
        EntryChange(
            kind="profile",
            name="legacy-ops",
            change=Change.NEW,
            fields=(FieldChange(name="source", new="identity.bob"),),
            needs=("identity.bob",),
        ),
        EntryChange(
            kind="profile",
            name="prod-admin",
            change=Change.CHANGED,
            fields=(FieldChange(name="duration", new="3600"), FieldChange(name="group", old="Production", new="Acme")),
        ),
        EntryChange(kind="profile", name="broken", change=Change.REFUSED, note="Its sources lead back to themselves."),
        EntryChange(kind="profile", name="hub", change=Change.SAME),
    ),
    missing=("identity.bob",),
)
"""A file with something of each kind: new ones over one another, a command, a missing source, a change, a refusal."""
