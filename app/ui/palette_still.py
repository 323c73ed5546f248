"""The entries of the palette that do not depend on what is typed: pages, groups, sources, and what concerns all."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from app.ui import commands, provider_words, text, window_keys
from app.ui.acts import Act
from app.ui.palette_entries import Entry, Kind
from app.ui.session_model import Show
from app.ui.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.domain.view import Snapshot
    from app.ui.main_window import MainWindow

SEVERAL = "several."
"""What the keys of those begin with that concern the selected roles."""
_ICONS = {Act.REFRESH: "refresh", Act.STOP: "stop", Act.ASSUME: "play", Act.DELETE: "trash"}


def entries(window: MainWindow, snapshot: Snapshot) -> tuple[Entry, ...]:
    """All of them, in the order they are offered in."""
    concerned = (*_several(window), *_links(window, snapshot))
    return (*concerned, *_actions(window), *_pages(window), *_groups(window, snapshot), *_sources(window, snapshot))


def _page(key: str, title: str, icon: str, run: Callable[[], object], **more: str) -> Entry:
    return Entry(key=f"page.{key}", kind=Kind.PAGE, title=title, enter=tr("Open"), icon=icon, run=run, **more)  # type: ignore[arg-type]  # a table of keyword arguments


def _several(window: MainWindow) -> Iterator[Entry]:
    """What can be done with all the roles that are selected, where there are several."""
    rows, several = window.roles.list_page.list, window.list_work.several
    if not rows.several:
        return
    selected = rows.selected
    aside = plural(len(selected), "1 role selected", "{n} roles selected")
    for act, names in several.concerned(selected).items():
        if names:
            yield Entry(
                key=f"{SEVERAL}{act.value}",
                kind=Kind.ACTION,
                title=_for_several(act, len(names)),
                enter=tr("Run"),
                icon=_ICONS[act],
                aside=aside,
                run=lambda act=act: several.do(act, selected),  # type: ignore[misc]  # bound now
            )


def _for_several(act: Act, count: int) -> str:
    if act is Act.REFRESH:
        return plural(count, "Refresh 1 role", "Refresh {n} roles")
    if act is Act.STOP:
        return plural(count, "Stop 1 role", "Stop {n} roles")
    if act is Act.ASSUME:
        return plural(count, "Assume 1 role", "Assume {n} roles")
    return plural(count, "Delete 1 role", "Delete {n} roles")


def _links(window: MainWindow, snapshot: Snapshot) -> Iterator[Entry]:
    """The links of sign-ins that wait for a person elsewhere."""
    for need in snapshot.needs:
        if need.sign_in is not None and need.sign_in.has_link:
            yield Entry(
                key=f"copy link.{need.key}",
                kind=Kind.ACTION,
                title=tr("Copy the sign-in link of {name}").format(name=need.sign_in.provider),
                enter=tr("Run"),
                icon="link",
                run=lambda key=need.key: window.list_work.copy_link_of(key),  # type: ignore[misc]  # bound now
            )


def _actions(window: MainWindow) -> Iterator[Entry]:
    for id_, run in window_keys.runs(window).items():
        command = commands.command(id_)
        if not command.found:
            continue
        page = id_ == "settings"
        yield Entry(
            key=f"command.{id_}",
            kind=Kind.PAGE if page else Kind.ACTION,
            title=command.words(),
            enter=tr("Open") if page else tr("Run"),
            icon=command.icon,
            caps=commands.caps(command.keys[0]) if command.keys else (),
            aside=tr("Order of the list") if command.sort else "",
            also="" if command.also is None else command.also(),
            run=run,
        )


def _pages(window: MainWindow) -> Iterator[Entry]:
    sidebar, pages = window.sidebar, window.pages
    for show, icon in (
        (Show.ALL, "list"),
        (Show.NEEDS_YOU, "person"),
        (Show.ACTIVE, "ring"),
        (Show.PINNED, "pin"),
    ):
        entry = sidebar.entries[show]
        yield _page(show.value, entry.text(), icon, lambda show=show: pages.show(show), aside=entry.aside)  # type: ignore[misc]  # bound now
    for key, entry in sidebar.places.items():
        if key != "needs":
            yield _page(key, entry.text(), entry.icon_name, lambda key=key: pages.place(key))  # type: ignore[misc]  # bound now
    tools = sidebar.places["tools"]
    for tab, words, also in (
        ("who", tr("Who am I"), tr("whoami caller identity")),
        ("key", tr("Key X-ray"), tr("xray access key owner")),
        ("why", tr("Why denied"), tr("explain access denied")),
        ("requests", tr("Requests"), tr("calls to STS curl")),
    ):
        yield _page(
            f"tools {tab}", words, tools.icon_name, partial(pages.place, "tools", tab), aside=tools.text(), also=also
        )
    settings = commands.command("settings")
    for field, words in (
        ("language", tr("Language")),
        ("size", tr("Size of text")),
        ("sts_endpoints", tr("STS endpoints")),
        ("proxy", tr("Proxy")),
        ("ca_bundle", tr("CA bundle")),
    ):
        yield _page(f"settings {field}", words, settings.icon, partial(pages.settings, field), aside=settings.words())


def _groups(window: MainWindow, snapshot: Snapshot) -> Iterator[Entry]:
    counts = Counter(view.group for view in snapshot.sessions if view.group)
    for group, count in counts.items():
        title = tr("Show group {name}").format(name=group)
        aside = plural(count, "{n} role", "{n} roles")
        yield _page(
            f"group {group}",
            title,
            "list",
            lambda group=group: window.pages.leave(lambda: window.show_group(group)),  # type: ignore[misc]  # bound now
            aside=aside,
        )


def _sources(window: MainWindow, snapshot: Snapshot) -> Iterator[Entry]:
    sidebar, configured = window.sidebar, snapshot.configuration

    def act(key: str, title: str, name: str, icon: str, run: Callable[[], object]) -> Entry:
        return Entry(
            key=f"{key}.{name}", kind=Kind.ACTION, title=title, aside=name, enter=tr("Run"), icon=icon, run=run
        )

    for name in configured.identities:
        yield _page(
            f"source {name}", name, "key", lambda name=name: sidebar.source_wanted.emit(name),  # type: ignore[misc]  # bound now
            aside=text.source_word("identity"),
        )  # fmt: skip
        yield act("edit source", tr("Edit…"), name, "edit", lambda name=name: sidebar.source_edit_wanted.emit(name))  # type: ignore[misc]  # bound now
        yield act("delete source", tr("Delete"), name, "trash", partial(sidebar.source_remove_wanted.emit, name))
    for name, provider in configured.providers.items():
        yield _page(
            f"provider {name}", name, provider_words.kind_icon(provider.type),
            lambda name=name: sidebar.provider_wanted.emit(name),  # type: ignore[misc]  # bound now
            aside=text.source_word(provider.type),
        )  # fmt: skip
        yield act("sign in", tr("Sign in"), name, "sign-in", lambda name=name: sidebar.sign_in_wanted.emit(name))  # type: ignore[misc]  # bound now
        yield act("roles of", tr("Show its roles"), name, "list", lambda name=name: sidebar.source_wanted.emit(name))  # type: ignore[misc]  # bound now
        yield act("edit source", tr("Edit…"), name, "edit", lambda name=name: sidebar.provider_edit_wanted.emit(name))  # type: ignore[misc]  # bound now
        yield act("delete source", tr("Delete"), name, "trash", partial(sidebar.provider_remove_wanted.emit, name))
