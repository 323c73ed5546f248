"""Settings, state and credentials file, read and nothing else: what `list` and `credentials` begin with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.adapters import directories
from app.adapters.credentials_file.location import credentials_path
from app.adapters.credentials_file.reader import read_sections
from app.adapters.settings_file.store import load
from app.adapters.state_file import read_state
from app.core.places import place_of
from app.core.shared import Shared
from app.domain import chain as chains
from app.domain.published import Origin
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.core.places import Place
    from app.core.shared import Found
    from app.domain.configuration import Configuration, Profile
    from app.domain.state import SharedState


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """What the files said at `now` (UTC)."""

    configuration: Configuration
    shared: Shared
    now: datetime

    @property
    def state(self) -> SharedState:
        """What outlived the processes."""
        return self.shared.state

    def profile(self, name: str) -> Profile:
        """The profile of that name. Raises BadInput."""
        return chains.resolve(self.configuration, name).profile

    def place(self, profile: Profile) -> Place:
        """Where its credentials live."""
        return place_of(chains.resolve(self.configuration, profile.name))

    def find(self, profile: Profile) -> Found | None:
        """Its live session, or None."""
        return self.shared.find(self.place(profile), self.now)


def read(environ: Mapping[str, str]) -> Light:
    """Read the files. Raises StorageTrouble."""
    where = directories.find(environ)
    state = read_state(where.state)
    sections = read_sections(credentials_path(environ), state.installation)
    ours = {section.aws_profile: section for section in sections if section.origin is Origin.OURS}
    return Light(
        configuration=load(where.settings),
        shared=Shared(state=state, sections=ours),
        now=datetime.now(UTC),
    )
