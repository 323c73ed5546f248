"""A read-only twin of a profile, with one click and a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.errors import BadInput
from app.domain.twin import Twin, read_only_twin
from app.ui.tasks import spawn
from app.ui.text import tr
from app.ui.translation import told

if TYPE_CHECKING:
    from app.domain.errors import RolecallError
    from app.ui.main_window import MainWindow


def twin(window: MainWindow, name: str) -> None:
    """Make the twin of a profile, choose it in the list, and offer to undo that; say why where there can be none."""
    configured = window.intents.snapshot().configuration
    profile = configured.profiles.get(name)
    if profile is None:
        return
    taken = {*configured.profiles, *(each.published_as for each in configured.profiles.values())}

    def refused(error: RolecallError) -> None:
        window.toasts.say(told(str(error)), "bad")

    try:
        made = read_only_twin(profile, taken, configured.settings.region_of(profile.region))
    except BadInput as error:
        refused(error)
        return

    async def put() -> None:
        await window.intents.put_profile(made.profile)
        window.follow()
        window.reveal(made.profile.name)
        window.toasts.offer_undo(words_of(made), undo)

    def undo() -> None:
        spawn(window.intents.remove_profile(made.profile.name), refused)

    spawn(put(), refused)


def words_of(made: Twin) -> str:
    """What was made, and what of the old session policy is not in it."""
    name = made.profile.name
    if made.policy_left_out and made.arns_left_out:
        words = tr("{name} made: ReadOnlyAccess instead of the policy and managed policies of the other.")
    elif made.policy_left_out:
        words = tr("{name} made: ReadOnlyAccess instead of the other's own policy.")
    elif made.arns_left_out:
        words = tr("{name} made: ReadOnlyAccess instead of the other's managed policies.")
    else:
        words = tr("{name} made: the same role, with ReadOnlyAccess.")
    return words.format(name=name)
