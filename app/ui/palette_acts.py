"""What can be done with one profile, as lines of the palette: the commands of its menu, services and shells too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.values import dataclass
from app.ui import acts, commands, doer
from app.ui.acts import Act
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from app.domain.view import SessionView
    from app.ui.doer import Doer

FEATURED = ("url", "environment", "refresh", "console", "why", "edit", "duplicate", "export")
"""What is offered with a profile that was found by its name, besides what Enter does."""
_OF_ACT = {each.act: each.id for each in commands.COMMANDS.values() if each.act is not None and each.id != "unpin"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Something to be done with a profile yet to be said. `begins` are the words it is found by, in small letters.

    With `only_after` the first of them has to be wished, too: a group's name alone does not ask to move things there.
    """

    id: str
    title: str
    act: Act
    icon: str
    begins: tuple[str, ...]
    caps: tuple[str, ...] = ()
    aside: str = ""
    only_after: bool = False
    run: Callable[[str], object]

    def asked(self, words: list[str]) -> list[str]:
        """Those of the words wished that ask for this."""
        if self.only_after and not any(len(word) > 1 and self.begins[0].startswith(word) for word in words):
            return []
        return [word for word in words if any(each.startswith(word) for each in self.begins)]

    def fits(self, view: SessionView, offered: tuple[Act, ...]) -> bool:
        """Whether it can be done with this profile now."""
        if self.act is Act.PIN and (self.id == "unpin") is not view.pinned:
            return False
        return self.act in offered


def enter_word(view: SessionView, now: datetime) -> str:
    """The word for what Enter does with a profile."""
    act = acts.on_enter(view, now)
    return tr("Show") if act is None else commands.words(_OF_ACT[act])


def templates(does: Doer) -> tuple[Template, ...]:
    """All of them, in the order of the menus."""
    made = [_of_command(each, does) for each in commands.COMMANDS.values() if each.act is not None]
    _recent, _frequent, titles = does.services()
    for service, title in titles.items():
        words = tr("Open console at {service}").format(service=title)
        made.append(
            Template(
                id=f"console {service}",
                title=words,
                act=Act.OPEN_CONSOLE,
                icon="tile",
                begins=(*words.lower().split(), service),
                run=lambda name, service=service: does.open_console(name, service),  # type: ignore[misc]  # bound now
            )
        )
    for shell, shell_words in doer.SHELLS:
        words = tr("Copy environment for {shell}").format(shell=shell_words)
        made.append(
            Template(
                id=f"environment {shell}",
                title=words,
                act=Act.COPY_ENVIRONMENT,
                icon="terminal",
                begins=(*words.lower().split(), shell),
                run=lambda name, shell=shell: does.copy_environment(name, shell),  # type: ignore[misc]  # bound now
            )
        )
    return tuple(made)


def moves(groups: Iterable[str], move: Callable[[str, str], object]) -> tuple[Template, ...]:
    """Moving a profile to each of the groups; `move` is given its name and the group's."""
    made = []
    for group in groups:
        words = tr("Move to group {name}").format(name=group)
        made.append(
            Template(
                id=f"move {group}",
                title=words,
                act=Act.EDIT,
                icon="folder",
                only_after=True,
                begins=tuple(words.lower().split()),
                run=lambda name, group=group: move(name, group),  # type: ignore[misc]  # bound now
            )
        )
    return tuple(made)


def _of_command(command: commands.Command, does: Doer) -> Template:
    act = command.act
    if act is None:
        message = f"{command.id} is not done with a profile"
        raise ValueError(message)
    title = command.words()
    also = "" if command.also is None else command.also()
    aside = ""

    def run(name: str) -> None:
        does.do(act, name)

    if act is Act.COPY_ENVIRONMENT:
        # The shell used last, at once; the others stand here by name.
        run = does.copy_environment
        aside = does.shells()[0][1]
    return Template(
        id=command.id,
        title=title,
        act=act,
        icon=command.icon,
        caps=commands.caps(command.keys[0]) if command.keys else (),
        begins=tuple(f"{title} {also}".lower().split()),
        aside=aside,
        run=run,
    )
