"""The page where a profile is made or changed: its form, what will be sent, a trial, and saving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.domain.configuration import SourceKind
from app.domain.errors import BadInput, Declined
from app.domain.sts_limits import ROLE_SECONDS_DEFAULT
from app.domain.values import replace
from app.domain.view import SessionView, Status
from app.ui import profile_draft as drafts
from app.ui.composite import Composite
from app.ui.confirm_sheet import ask_confirm
from app.ui.editor_page import EditorPage
from app.ui.forms import words_of
from app.ui.page import Scroll
from app.ui.profile_form import ProfileForm
from app.ui.request_preview import RequestPane
from app.ui.side_pane import Beside
from app.ui.tasks import spawn
from app.ui.text import clock, plural, tr
from app.ui.translation import told
from app.ui.widgets import button

if TYPE_CHECKING:
    from app.core.intents import Intents
    from app.domain.configuration import Profile, Source
    from app.domain.errors import RolecallError
    from app.domain.view import Snapshot
    from app.ui.forms import Field
    from app.ui.profile_draft import Judgement

_CONFIRM = "confirmation-needed"
_NAMED = 2
"""So many fields are named in the foot."""


class ProfileEditor(EditorPage):
    """Edits one profile at a time: `edit`, `new` or `duplicate`, then `saved` (with its name) or `closed`."""

    saved = Signal(str)

    def __init__(self, intents: Intents) -> None:
        super().__init__(tr("Roles"))
        self._intents = intents
        self._formerly = ""
        self._saving = False
        self._touched: set[str] = set()
        self._start: dict[str, object] = {}
        self._judgement: Judgement | None = None
        self.form = ProfileForm()
        self.pane = RequestPane()
        self._scroll = Scroll(self.form)
        beside = Beside(self._scroll, self.pane, tr("What will be sent"))
        self.peek = beside.peek
        self.body.addWidget(beside)
        self.duplicate_button = button(tr("Duplicate"), "plain")
        self.head.addWidget(self.peek)
        self.head.addWidget(self.duplicate_button)
        self.cancel = button(tr("Cancel"))
        self.save_button = button(tr("Save"), "primary")
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.save_button)
        self._connect()

    # --- What is edited -----------------------------------------------------------------------------------------------

    def edit(self, name: str) -> None:
        """Change the profile `name`."""
        profile = self._intents.snapshot().configuration.profiles[name]
        self._formerly = name
        self._load(profile, tr("Edit {name}").format(name=name))
        self.form.fields["name"].control.setFocus()

    def new(self, source: Source | None = None) -> None:
        """Make a profile, starting from `source` or from the first identity there is."""
        self._formerly = ""
        self._load(None, tr("New role"), source)
        self.form.fields["name"].control.setFocus()

    def duplicate(self, name: str) -> None:
        """Make a profile like `name`. It gets a name of its own, and is published under that."""
        profiles = self._intents.snapshot().configuration.profiles
        free = next(each for n in range(2, 10_000) if (each := f"{name}-{n}") not in profiles)
        self._formerly = ""
        copy = replace(profiles[name], name=free, aws_profile="", pinned=False)
        self._load(copy, tr("Duplicate {name}").format(name=name))
        self.form.fields["name"].control.setFocus()

    @property
    def dirty(self) -> bool:
        """Whether something would be lost."""
        return self._now() != self._start

    @property
    def editing(self) -> str:
        """The name of the saved profile that is edited; empty for a new one."""
        return self._formerly

    def follow(self, snapshot: Snapshot) -> None:
        """Offer the groups and sources there are now; what was typed stays."""
        # What is being saved must not find its own name taken.
        if not self._saving:
            self.form.offer(snapshot.configuration)
            self._judge()

    # --- How it ends --------------------------------------------------------------------------------------------------

    def _savable(self) -> bool:
        return self._judgement is not None and not self._judgement.faults

    def _subject(self) -> str:
        return self._formerly or self.form.name

    def _discard(self) -> None:
        self._start = self._now()

    async def _save(self) -> bool:
        judgement = self._judgement
        if judgement is None or judgement.faults:
            return False
        self._saving = True
        self.save_button.setEnabled(False)
        try:
            await self._intents.put_profile(judgement.profile, formerly=self._formerly)
        finally:
            self._saving = False
            self.save_button.setEnabled(True)
        self._formerly = judgement.profile.name
        self._start = self._now()
        self.saved.emit(judgement.profile.name)
        return True

    def _refused(self, error: RolecallError) -> None:
        field = self.form.fields.get(error.field)
        if field is not None:
            field.tell(error.detail or error.title, "bad")
        self.judge(" ".join(part for part in (f"{error.title}.", error.remedy) if part))

    # --- While a person types -----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.form.changed.connect(self._changed)
        self.form.left.connect(self._left)
        self.pane.test_wanted.connect(self._test)
        self.cancel.clicked.connect(self.leave)
        self.save_button.clicked.connect(self.save)
        self.duplicate_button.clicked.connect(lambda: spawn(self._duplicate_this()))

    def _load(self, profile: Profile | None, title: str, source: Source | None = None) -> None:
        configuration = self._intents.snapshot().configuration
        self.set_title(title)
        self.duplicate_button.setVisible(bool(self._formerly))
        # What stands in a saved profile may be told wrong at once; an empty form has not been filled in yet.
        self._touched = set() if profile is None else set(self.form.fields)
        self.form.load(profile, configuration, source)
        self._start = self._now()
        self._judge()
        session = self._session()
        self.form.policy.gauge.show_size(None if session is None else session.packed_policy_size)
        self._tell_trial()
        self._scroll.verticalScrollBar().setValue(0)

    def _now(self) -> dict[str, object]:
        return self.form.values() | {"name": self.form.name}

    def _changed(self, key: str) -> None:
        self._touched.add(key)
        if key in {"source_kind", "kind"}:
            self._touched.add("source")
        self._judge()
        if self._formerly and self.dirty:
            self._tell_trial()

    def _left(self, key: str) -> None:
        # A new form that is only being closed is not told off for what was not typed yet.
        if self.form.fields[key].value() and key not in self._touched:
            self._touched.add(key)
            self._judge()

    def _judge(self) -> None:
        configuration = self._intents.snapshot().configuration
        self._judgement = drafts.judge(self.form.name, self.form.values(), configuration, self._formerly)
        self._tell_fields(self._judgement)
        self._tell_preview(self._judgement)
        self._tell_foot(self._judgement)

    def _tell_fields(self, judgement: Judgement) -> None:
        profile, chain = judgement.profile, judgement.chain
        notes = drafts.notes(judgement)
        self.form.follow_role(profile.role_arn)
        for key, field in self.form.fields.items():
            fault = judgement.faults.get(key)
            if fault is not None and key in self._touched:
                field.tell(_told(fault, field), "bad")
            elif fault is None:
                field.tell(*notes.get(key, ("", "text2")))
            else:
                field.tell("")
        seconds = profile.duration if "duration" not in judgement.faults else None
        capped = chain.profile.duration if chain is not None and chain.capped else None
        self.form.fields["duration"].beside(drafts.duration_words(seconds or capped or 0))
        known = chain is not None and "role_arn" not in judgement.faults
        self.form.hint("duration", str(chain.duration if known and chain is not None else ROLE_SECONDS_DEFAULT))
        self.form.hint("aws_profile", self.form.name)
        lease = profile.lease if "lease" not in judgement.faults else None
        self.form.fields["lease"].beside(drafts.duration_words(lease or 0))
        self.form.refresh.setEnabled(lease is None)
        self.form.refresh.setToolTip("" if lease is None else tr("What has a lease is not renewed."))
        self.form.summary.set_whole(drafts.more_words(profile))

    def _tell_preview(self, judgement: Judgement) -> None:
        # Without the ARN, a role would be previewed as another action.
        preview = None
        if not {"role_arn", "federated_user", "source"} & set(judgement.faults):
            preview = self._intents.preview(judgement.profile)
        if preview is None or not preview.host:
            self.pane.show_preview(None, tr("Shown once the source and the role are known."))
        else:
            typed = {key: field.value() for key, field in self.form.fields.items()}
            self.pane.show_preview(replace(preview, rows=drafts.with_faults(preview.rows, judgement.faults, typed)))
            default = next((row.value for row in preview.rows if row.name == "RoleSessionName"), "")
            self.form.hint("session_name", default if not judgement.profile.session_name else "")
        hints = drafts.hints(judgement)
        self.form.hint("region", hints.get("region", ""))
        if "session_name" in hints:
            self.form.hint("session_name", hints["session_name"])
        self.pane.trial.allow(not judgement.faults)

    def _tell_foot(self, judgement: Judgement) -> None:
        self.save_button.setEnabled(not judgement.faults)
        wrong = [key for key in judgement.faults if key in self._touched or key not in self.form.fields]
        if any(self.form.hides(key) for key in wrong):
            self.form.more.setChecked(True)
        if wrong:
            words = plural(len(wrong), "1 field to correct: {names}", "{n} fields to correct: {names}")
            self.judge(words.replace("{names}", self._names(wrong)))
        elif judgement.faults:
            names = self._names(list(judgement.faults))
            self.judge(tr("Still needed: {names}").format(names=names), "text2")
        else:
            self.judge("")

    def _names(self, keys: list[str]) -> str:
        words = [field.words for key, field in self.form.fields.items() if key in keys]
        words += [key for key in keys if key not in self.form.fields]
        return ", ".join(words[:_NAMED]) + (" …" if len(words) > _NAMED else "")

    # --- Trying it ----------------------------------------------------------------------------------------------------

    def _test(self) -> None:
        judgement = self._judgement
        if judgement is not None and not judgement.faults:
            self.pane.trial.tell(tr("Asking AWS…"), busy=True)
            spawn(self._try(judgement.profile), self._failed)

    async def _try(self, profile: Profile) -> None:
        try:
            arn = await self._tested(profile)
        except BaseException:
            # A person's own "no" is no failure, and nobody else would take the words away.
            self._tell_trial()
            raise
        words = tr("Works")
        if self._judgement is not None and self._judgement.profile != profile:
            words = tr("Worked before this change")
        self.pane.trial.tell(words, arn, "good")

    async def _tested(self, profile: Profile) -> str:
        """The ARN obtained; a person is asked first where that is guarded. Raises Declined for a no."""
        try:
            return await self._intents.test(profile)
        except BadInput as error:
            if error.code != _CONFIRM:
                raise
        typed = await ask_confirm(self.window(), self._to_confirm(profile))
        if not typed:
            raise Declined
        return await self._intents.test(profile, confirmed=typed)

    def _to_confirm(self, profile: Profile) -> SessionView:
        """The profile as it stands in the form, for the sheet that asks."""
        role, views = profile.role_arn, {each.name: each for each in self._intents.snapshot().sessions}
        source = views.get(profile.source.name) if profile.source.kind is SourceKind.PROFILE else None
        saved = self._intents.snapshot().configuration.profiles.get(profile.name)
        itself = profile.confirm or (saved is not None and saved.confirm)
        through = "" if itself or source is None else source.guarded_by or source.name
        return SessionView(
            name=profile.name,
            status=Status.IDLE,
            group=profile.group,
            colour=profile.colour,
            role_name="" if role is None else role.name,
            account="" if role is None else role.account,
            guarded_by=through,
        )

    def _failed(self, error: RolecallError) -> None:
        detail = " ".join(part for part in (error.detail, error.remedy) if part)
        self.pane.trial.tell(error.title, detail, "bad")

    def _session(self) -> SessionView | None:
        """The session of the profile that is edited, or None for a new one."""
        sessions = self._intents.snapshot().sessions
        return next((each for each in sessions if self._formerly and each.name == self._formerly), None)

    def _tell_trial(self) -> None:
        session = self._session()
        if session is None or session.issued is None:
            self.pane.trial.tell(tr("Not tried yet"))
            return
        words = tr("Worked before this change") if self.dirty else tr("Worked with these settings")
        detail = clock(session.issued)
        if session.packed_policy_size is not None:
            detail += ", " + tr("packed policy {n} %").format(n=session.packed_policy_size)
        self.pane.trial.tell(words, detail, "good")

    async def _duplicate_this(self) -> None:
        name = self._formerly
        if await self.may_leave():
            self.duplicate(self._formerly or name)


def _told(fault: BadInput, field: Field) -> str:
    """What stands below a field; where its own parts say what is wrong, only the rest."""
    control = field.control
    if not isinstance(control, Composite) or not control.tells():
        return words_of(fault, field)
    return told(f"{fault.title}.") if fault.code == "settings-value" and not control.tells_all() else ""
