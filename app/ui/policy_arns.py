"""The managed policies of a session: a row for each, AWS's own ones suggested."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QVBoxLayout

from app.domain.managed_policies import arn_faults, short_name, suggestions
from app.domain.sts_limits import POLICY_ARNS_MOST
from app.ui import fonts, translation
from app.ui.forms import Message
from app.ui.rows_control import Row, RowsControl
from app.ui.text import number, tr
from app.ui.widgets import icon_button, set_property

_LEAST_CHARACTERS = 12


class _Row(Row):
    """One policy: an ARN with suggestions, and a way to take it out."""

    def __init__(self, arns: PolicyArns, partition: str) -> None:
        super().__init__()
        self.choice = QComboBox()
        self.choice.setEditable(True)
        self.choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(_LEAST_CHARACTERS)
        line = self.choice.lineEdit()
        if line is not None:
            line.setProperty("plain", True)
            line.setFont(fonts.mono())
            line.setPlaceholderText("arn:aws:iam::aws:policy/…")
            arns.watch(line)
        self.choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        arns.watch(self.choice)
        completer = self.choice.completer()
        if completer is not None:
            # “audit” finds what an ARN's beginning would not.
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.remove = icon_button("close", tr("Remove this policy"), "bare")
        self.message = Message()
        self.offer(partition)
        line_row = QHBoxLayout()
        line_row.setSpacing(4)
        line_row.addWidget(self.choice, 1)
        line_row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line_row)
        column.addWidget(self.message)

    @property
    def arn(self) -> str:
        """What is typed or chosen."""
        return self.choice.currentText().strip()

    def offer(self, partition: str) -> None:
        """Suggest the policies of a partition; what is typed stays."""
        typed = self.choice.currentText()
        self.choice.blockSignals(True)
        self.choice.clear()
        for arn in suggestions(partition):
            self.choice.addItem(arn)
        self.choice.setEditText(typed)
        self.choice.blockSignals(False)

    def tell(self, words: str) -> None:
        """Say what is wrong below it."""
        self.message.tell(words, "bad")
        set_property(self.choice, "fault", bool(words))
        self.choice.setAccessibleDescription(words)


class PolicyArns(RowsControl[_Row]):
    """Up to ten ARNs. Its value is a line for each that is not empty."""

    def __init__(self) -> None:
        super().__init__(tr("Add a policy"))
        self._partition, self._account = "aws", ""

    def value(self) -> str:
        """The ARNs, one in each line."""
        return "\n".join(row.arn for row in self.rows if row.arn)

    def set_value(self, text: str) -> None:
        """A row for each line."""
        for row in tuple(self.rows):
            self._drop(row)
        for line in text.split("\n"):
            if line.strip():
                self._append(line.strip())
        self._follow()
        self.changed.emit()

    def fit(self, partition: str, account: str) -> None:
        """The partition and the account of the role: suggestions and judgements go by them; empty is unknown."""
        if (partition or "aws") != self._partition:
            self._partition = partition or "aws"
            for row in self.rows:
                row.offer(self._partition)
        self._account = account
        self._judge(known=bool(partition))

    def _judge(self, *, known: bool) -> None:
        filled = [row for row in self.rows if row.arn]
        faults = arn_faults([row.arn for row in filled], self._partition if known else "", self._account)
        told = {id(row): faults.get(place, "") for place, row in enumerate(filled)}
        for row in self.rows:
            row.tell(translation.told(told.get(id(row), "")))

    def _append(self, arn: str) -> _Row:
        row = _Row(self, self._partition)
        row.choice.setEditText(arn)
        row.choice.editTextChanged.connect(lambda _text: self.changed.emit())
        return self._put(row)

    def _add_one(self) -> None:
        row = self._append("")
        self._follow()
        row.choice.setFocus()

    def _follow(self) -> None:
        self.add.setEnabled(len(self.rows) < POLICY_ARNS_MOST)
        most = tr("At most {n} policies").format(n=number(POLICY_ARNS_MOST))
        self.add.setToolTip("" if self.add.isEnabled() else most)
        for place, row in enumerate(self.rows):
            name = tr("Managed policy {n}").format(n=number(place + 1))
            row.choice.setAccessibleName(name)
            line = row.choice.lineEdit()
            if line is not None:
                line.setAccessibleName(name)
            row.remove.setAccessibleName(tr("Remove managed policy {n}").format(n=number(place + 1)))


def summary(arns: tuple[str, ...]) -> str:
    """The names of policies, for one line."""
    return ", ".join(short_name(arn) for arn in arns)
