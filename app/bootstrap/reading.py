"""Settings, state and credentials file, read and nothing else: what `list` and `credentials` begin with.

To find one profile, not even the settings are read where another command has left what they say of it.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from app.adapters import directories, places_file
from app.adapters.clock import SystemClock, recalled
from app.adapters.credentials_file.location import credentials_name
from app.adapters.credentials_file.reader import read_sections
from app.adapters.state_file import read_state
from app.core.places import Place
from app.core.shared import Shared
from app.domain.errors import StorageTrouble
from app.domain.published import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.core.shared import Found
    from app.domain.configuration import Configuration
    from app.domain.credentials import Credentials
    from app.domain.state import SharedState


class Light:
    """What the files said at `now`: the time as AWS has it (UTC), as far as others told.

    What is over goes by `surely`, the time that has come by our own clock too: others may have been wrong.
    """

    def __init__(self, environ: Mapping[str, str], settings: str, kept_in: str, shared: Shared, now: datetime) -> None:
        self.shared = shared
        self.now = self.surely = now
        self._environ = environ
        self._settings = settings
        self._kept_in = kept_in
        self._seen = places_file.look(settings)
        self._has_read = False

    @property
    def state(self) -> SharedState:
        """What outlived the processes."""
        return self.shared.state

    @cached_property
    def configuration(self) -> Configuration:
        """All settings. Raises StorageTrouble."""
        from pathlib import Path

        from app.adapters.settings_file.store import load

        return load(Path(self._settings))

    def place(self, name: str) -> Place:
        """Where the credentials of the profile `name` live. Raises BadInput, and StorageTrouble."""
        place = _place(name, self._kept.get(name))
        if place is None:
            place = _place(name, self._read_all().get(name))
        return place or self._resolved(name)

    def open_kept(self, name: str, found: Found) -> Credentials | None:
        """The keys of a session that lies in the keyring; None where more has to be done for them.

        Raises StorageTrouble `keyring-timeout`.
        """
        from app.adapters import logging_filter
        from app.adapters.keyring_store import read_now
        from app.core.frozen_credentials import thaw

        # Libraries behind a keyring have logs, and a thread that may crash
        logging_filter.install()
        logging_filter.guard_crashes()
        try:
            stored = read_now(self._environ, f"session/{name}")
        except StorageTrouble as error:
            if error.code == "keyring-timeout":
                raise
            return None
        keys = None if stored is None else thaw(stored)
        return keys if keys is not None and keys.access_key_id == found.obtained.access_key_id else None

    def find(self, name: str) -> Found | None:
        """Its live session, or None. Raises what `place` does."""
        return self.shared.find(self.place(name), self.surely)

    @cached_property
    def _kept(self) -> dict[str, list[object]]:
        return places_file.recall(self._kept_in, self._seen)

    def _read_all(self) -> dict[str, list[object]]:
        """Read the settings, and leave what they say for the next one."""
        if not self._has_read:
            self._has_read = True
            places = {name: _row(self._resolved(name)) for name in self.configuration.profiles}
            places_file.keep(self._kept_in, self._seen, places, settings=self._settings)
            self._kept = places
        return self._kept

    def _resolved(self, name: str) -> Place:
        from app.core.places import place_of
        from app.domain import chain

        return place_of(chain.resolve(self.configuration, name))


def _row(place: Place) -> list[object]:
    lease = None if place.lease is None else place.lease.total_seconds()
    return [place.fingerprint, place.aws_profile, place.region, place.in_keyring, lease, place.account_pin]


_NONE = type(None)
_ROW: tuple[tuple[type, ...], ...] = ((str,), (str,), (str, _NONE), (bool,), (float, _NONE), (str,))


def _place(name: str, row: object) -> Place | None:
    """What was kept of a profile; None for anything but what `_row` makes: a guard must not get lost on the way."""
    if not isinstance(row, list) or len(row) != len(_ROW):
        return None
    if not all(type(each) in types for each, types in zip(row, _ROW, strict=True)):
        return None
    fingerprint, aws_profile, region, in_keyring, lease, account_pin = row
    return Place(
        key=name,
        fingerprint=fingerprint,
        aws_profile=aws_profile,
        region=region,
        in_keyring=in_keyring,
        lease=None if lease is None else timedelta(seconds=lease),
        account_pin=account_pin,
    )


def read(environ: Mapping[str, str]) -> Light:
    """Read the files. Raises StorageTrouble."""
    (config, state_directory), clock = directories.names(environ), SystemClock()
    state = read_state(state_directory)
    sections = read_sections(credentials_name(environ), state.installation)
    ours = {section.aws_profile: section for section in sections if section.origin is Origin.OURS}
    wall = clock.now()
    now = wall + recalled(state_directory, clock, environ)
    shared = Shared(state=state, sections=ours)
    light = Light(environ, f"{config}/{directories.SETTINGS}", state_directory, shared, now)
    light.surely = min(wall, now)
    return light
