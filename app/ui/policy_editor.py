"""The editor of a session policy: the text, its length, what is wrong where, and how full AWS last found it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain.policy_check import findings, minified, pretty
from app.domain.sts_limits import POLICY_CHARACTERS
from app.ui import theme, tokens
from app.ui.composite import Composite
from app.ui.mark import Mark
from app.ui.policy_text import JsonEdit
from app.ui.text import number, plural, tr
from app.ui.translation import told
from app.ui.widgets import button, label, set_property

if TYPE_CHECKING:
    from app.domain.policy_check import Finding

_SHOWN = 3
_GETS_FULL, _FULL, _REFUSED = 70, 90, 100
_BAR_WIDTH, _BAR_HEIGHT = 96, 6


class Gauge(QWidget):
    """How much of the room for packed policies and tags was taken, when AWS last said so."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        self._bar = _Bar()
        self.words = label("", tokens.SMALL, "text2", wrap=True)
        row.addWidget(self._bar)
        row.addWidget(self.words, 1)
        self.hide()

    def show_size(self, percent: int | None) -> None:
        """A PackedPolicySize in percent, or None where AWS has told none."""
        self.setVisible(percent is not None)
        if percent is None:
            return
        if percent > _REFUSED:
            words, tone = tr("Packed size {n} %: AWS refuses more than 100 %."), "bad"
        elif percent >= _FULL:
            words, tone = tr("Packed size {n} % the last time: almost full."), "bad"
        elif percent >= _GETS_FULL:
            words, tone = tr("Packed size {n} % the last time: it gets full."), "warn"
        else:
            words, tone = tr("Packed size {n} % the last time. It counts policies and tags together."), "good"
        self.words.setText(words.format(n=number(percent)))
        set_property(self.words, "tone", "text2" if tone == "good" else tone)
        self._bar.show_share(percent / 100, f"{tone}_mark")


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._share, self._tone = 0.0, "good_mark"
        self.setFixedSize(_BAR_WIDTH, _BAR_HEIGHT)
        theme.current().changed.connect(self.update)

    def show_share(self, share: float, tone: str) -> None:
        self._share, self._tone = min(1.0, max(0.0, share)), tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        look, radius = theme.tokens(), _BAR_HEIGHT / 2
        painter.setBrush(QColor(look.track))
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        wide = max(_BAR_HEIGHT, self.width() * self._share) if self._share else 0
        left = self.width() - wide if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 0
        painter.setBrush(QColor(getattr(look, self._tone)))
        painter.drawRoundedRect(QRectF(left, 0, wide, self.height()), radius, radius)


class PolicyEditor(Composite):
    """Edits one policy. Its value is the text without blanks around it."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.edit = JsonEdit()
        self.edit.setPlaceholderText('{"Version": "2012-10-17", "Statement": […]}')
        self.edit.setAccessibleName(tr("Session policy, as JSON"))
        self.setFocusProxy(self.edit)
        self.counter: QLabel = label("", tokens.SMALL, "text2", wrap=True)
        self.small = button(tr("Minify"), "link")
        self.small.setToolTip(tr("Take out blanks and line breaks, which count too"))
        self.large = button(tr("Pretty"), "link")
        self.large.setToolTip(tr("A line for each part"))
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(self.counter, 1)
        tools.addWidget(self.small, 0, Qt.AlignmentFlag.AlignTop)
        tools.addWidget(self.large, 0, Qt.AlignmentFlag.AlignTop)
        self.found: tuple[Finding, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.gauge = Gauge()
        column.addWidget(self.edit)
        column.addLayout(tools)
        column.addLayout(self._list)
        column.addWidget(self.gauge)
        self.watch(self.edit)
        self.edit.textChanged.connect(self._changed)
        self.small.clicked.connect(lambda: self._rewrite(minified(self.edit.text())))
        self.large.clicked.connect(lambda: self._rewrite(pretty(self.edit.text())))
        self._judge()
        self.count(0)

    def value(self) -> str:
        """The policy's text."""
        return self.edit.text().strip()

    def set_value(self, text: str) -> None:
        """Show another policy; what was typed before cannot be undone then."""
        self.edit.setPlainText(text)

    def show_fault(self, wrong: bool) -> None:
        """Draw the border red."""
        set_property(self.edit, "fault", wrong)

    def tells(self) -> bool:
        """Whether places are named where something is wrong."""
        return bool(self.found)

    def tells_all(self) -> bool:
        """Whether what is named is sure to be refused."""
        return any(each.certain for each in self.found)

    def count(self, arns: int) -> None:
        """Say how long it is, together with the `arns` characters of the policy ARNs: STS counts both as one."""
        total = len(self.value()) + arns
        words = tr("{n} of {most} characters")
        if arns:
            words = tr("{n} of {most} characters, {arns} of them in the policy ARNs")
        told = words.format(n=number(total), most=number(POLICY_CHARACTERS), arns=number(arns))
        self.counter.setText(told)
        set_property(self.counter, "tone", "bad" if total > POLICY_CHARACTERS else "text2")

    def _changed(self) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        self.found = findings(self.edit.text())
        self.edit.mark(self.found)
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for finding in self.found[:_SHOWN]:
            self._list.addWidget(_Told(finding, self.edit))
        if len(self.found) > _SHOWN:
            more = plural(len(self.found) - _SHOWN, "and 1 more", "and {n} more")
            self._list.addWidget(label(more, tokens.SMALL, "text2"))
        self.small.setEnabled(bool(self.value()))
        self.large.setEnabled(bool(self.value()))
        self.edit.setAccessibleDescription(" ".join(told_words(each) for each in self.found[:_SHOWN]))

    def _rewrite(self, text: str | None) -> None:
        if text is not None:
            self.edit.replace_text(text)
        elif self.found:
            # It can be written anew once it is JSON: here it is not.
            self.edit.go_to(self.found[-1])


class _Told(QWidget):
    """One thing that is wrong: a click on its place leads there."""

    def __init__(self, finding: Finding, edit: JsonEdit) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        tone = "bad" if finding.certain else "warn"
        place = button(place_words(finding), "link")
        place.setAccessibleName(told_words(finding))
        place.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        place.clicked.connect(lambda: edit.go_to(finding))
        words = label(told(f"{finding.message} {finding.remedy}"), tokens.SMALL, tone, wrap=True)
        words.setContentsMargins(0, 2, 0, 0)
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 3, 0, 0)
        holder.addWidget(Mark("warning", tone, 14))
        holder.addStretch()
        row.addLayout(holder)
        row.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)


def place_words(finding: Finding) -> str:
    """Where it is: `Line 3, column 5`."""
    return tr("Line {line}, column {column}").format(line=number(finding.line), column=number(finding.column))


def told_words(finding: Finding) -> str:
    """The whole of it in one sentence, for screen readers."""
    return f"{place_words(finding)}: " + told(f"{finding.message} {finding.remedy}")
