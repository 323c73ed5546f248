"""Choosing profiles for a colleague's file: what goes along, what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.configuration import SourceKind
from app.domain.values import dataclass
from app.ui import tokens
from app.ui.sharing_lines import Kind, Line, LinesModel
from app.ui.sharing_list import LinesView
from app.ui.text import number, plural, tr
from app.ui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.configuration import Configuration, Profile

FILE_NAME = "rolecall-profiles.toml"
_NAMED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """What profiles start from: it goes along, except for `identities`, which only their owner has."""

    parents: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()


def lines_of(configuration: Configuration) -> list[Line]:
    """A heading for each group, and a line for each profile, in the order of the settings file."""
    groups: dict[str, list[Profile]] = {}
    for profile in configuration.profiles.values():
        groups.setdefault(profile.group, []).append(profile)
    lines: list[Line] = []
    for group, profiles in groups.items():
        count = plural(len(profiles), "1 role", "{n} roles")
        title = group or tr("Without a group")
        lines.append(Line(kind=Kind.HEAD, key=f"group:{group}", title=title, words=count, checkable=True))
        lines += [
            Line(kind=Kind.ENTRY, key=each.name, title=each.name, words=_words(each), checkable=True)
            for each in profiles
        ]
    return lines


def along(configuration: Configuration, names: Iterable[str]) -> Along:
    """What the profiles `names` start from, over other profiles."""
    chosen = dict.fromkeys(names)
    parents: dict[str, None] = {}
    providers: dict[str, None] = {}
    identities: dict[str, None] = {}
    waiting = list(chosen)
    seen: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        profile = configuration.profiles.get(name)
        if profile is None or name in seen:
            continue
        seen.add(name)
        source = profile.source
        if source.kind is SourceKind.PROFILE:
            if source.name not in chosen:
                parents[source.name] = None
            waiting.append(source.name)
        else:
            (providers if source.kind is SourceKind.PROVIDER else identities)[source.name] = None
    return Along(parents=tuple(parents), providers=tuple(providers), identities=tuple(identities))


class ExportPart(QWidget):
    """The list of profiles with what goes along. `changed` after every tick; `placed` carries where to write."""

    changed = Signal()
    placed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._configuration: Configuration | None = None
        self.model = LinesModel(self)
        self.list = LinesView(self.model, tr("Roles to export"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search roles"))
        self.search.setAccessibleName(tr("Search roles to export"))
        self.search.setClearButtonEnabled(True)
        self.all = QCheckBox(tr("All"))
        self.all.setTristate(True)
        self.goes = label("", tokens.SMALL, "text2", wrap=True)
        self.stays = label("", tokens.SMALL, "text2", wrap=True)
        self.dialog: QFileDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.FORM_EDGE, 20, tokens.FORM_EDGE, 16)
        column.setSpacing(tokens.FIELD_GAP)
        words = tr("A file for a colleague: settings of roles and of the providers they start from. Nothing secret.")
        column.addWidget(label(words, tone="text2", wrap=True))
        tools = QHBoxLayout()
        tools.setSpacing(tokens.FIELD_GAP)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.all)
        column.addLayout(tools)
        column.addWidget(self.list, 1)
        column.addWidget(self.goes)
        column.addWidget(self.stays)
        self.search.textChanged.connect(self.model.search)
        self.all.clicked.connect(self._choose_all)
        self.model.chosen_changed.connect(self._count)

    def show_profiles(self, configuration: Configuration, chosen: Iterable[str] | None = None) -> None:
        """Show what is configured; `chosen` are ticked, or those that were before."""
        if configuration is self._configuration and chosen is None:
            return
        before = self.model.chosen if chosen is None else tuple(chosen)
        self._configuration = configuration
        self.model.show_lines(lines_of(configuration), before)

    def choose_file(self) -> None:
        """Ask where to write, without holding up anything; `placed` tells."""
        dialog = QFileDialog(self.window(), tr("Export roles"), QDir.homePath())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([tr("Rolecall profiles (*.toml)"), tr("All files (*)")])
        dialog.setDefaultSuffix("toml")
        dialog.selectFile(FILE_NAME)
        dialog.fileSelected.connect(self.placed)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _choose_all(self) -> None:
        self.model.check_all(self.model.state().name != "Checked")
        self._count()

    def _count(self) -> None:
        configuration = self._configuration
        if configuration is None:
            return
        self.all.setCheckState(self.model.state())
        going = along(configuration, self.model.chosen)
        names = (*going.providers, *going.parents)
        words = tr("With them goes what they start from: {names}.").format(names=_listed(names))
        self.goes.setText(words)
        self.goes.setVisible(bool(names))
        words = tr("What stays here: secrets, sign-ins, MFA devices and IAM users.")
        if going.identities:
            words = tr(
                "What stays here: secrets, sign-ins, MFA devices and IAM users. Whoever imports chooses one of theirs"
                " for {names}."
            ).format(names=_listed(going.identities))
        self.stays.setText(words)
        self.changed.emit()


def _words(profile: Profile) -> str:
    role = profile.role_arn
    parts = (role.name, role.account) if role is not None else (profile.federated_user or tr("Session"),)
    return " · ".join((*parts, profile.source.name))


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    return shown if more <= 0 else tr("{names} and {n} more").format(names=shown, n=number(more))
