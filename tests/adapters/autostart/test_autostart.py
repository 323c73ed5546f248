from __future__ import annotations

import plistlib
import re
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.autostart import AutostartSwitch, this_program
from app.adapters.autostart.launch_agent import LaunchAgent
from app.adapters.autostart.program import command
from app.adapters.autostart.run_key import APPROVED, RUN, VALUE, RunKey, WindowsRegistry
from app.adapters.autostart.switch import way_of
from app.adapters.autostart.xdg import XdgEntry, entry, exec_line, follows
from app.domain.errors import StorageTrouble

PROGRAM = (sys.executable, "/opt/role call/main.py", "--hidden")


def switch_of(tmp_path: Path, program: tuple[str, ...] = PROGRAM) -> tuple[AutostartSwitch, Path]:
    environ = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "cfg")}
    way = way_of("linux", environ, program)
    return AutostartSwitch(environ, program, way=way), tmp_path / "cfg" / "autostart" / "rolecall.desktop"


async def test_it_is_switched_on_and_off(tmp_path: Path) -> None:
    switch, path = switch_of(tmp_path)
    assert await switch.is_on() is False
    await switch.switch(on=False)
    await switch.switch(on=True)
    assert await switch.is_on() is True
    assert f'Exec={sys.executable} "/opt/role call/main.py" --hidden\n' in path.read_text()
    await switch.switch(on=False)
    assert await switch.is_on() is False
    assert not path.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Terminal=false", "Hidden=true"),
        ("X-GNOME-Autostart-enabled=true", "X-GNOME-Autostart-enabled=false"),
        (f"TryExec={sys.executable}", "TryExec=/nowhere/at/all"),
        (f"TryExec={sys.executable}", "TryExec=no-such-program-anywhere"),
        ("Exec=", "NoExec="),
        ("[Desktop Entry]", "[Something Else]"),
    ],
)
async def test_an_entry_that_desktops_pass_over_is_off_and_replaced_on_demand(
    tmp_path: Path, old: str, new: str
) -> None:
    switch, path = switch_of(tmp_path)
    await switch.switch(on=True)
    text = path.read_text()
    path.write_text(text.replace(old, new) if old != "Exec=" else text.replace("\nExec=", "\nNoExec="))
    assert await switch.is_on() is False
    await switch.switch(on=True)
    assert await switch.is_on() is True
    assert path.read_text() == text


async def test_an_entry_of_another_program_is_replaced(tmp_path: Path) -> None:
    old, path = switch_of(tmp_path, (sys.executable, "/elsewhere/main.py"))
    await old.switch(on=True)
    switch, _ = switch_of(tmp_path)
    await switch.switch(on=True)
    assert "/elsewhere" not in path.read_text()


async def test_trouble_has_its_code(tmp_path: Path) -> None:
    switch, path = switch_of(tmp_path)
    path.mkdir(parents=True)
    for act in (switch.is_on(), switch.switch(on=True)):
        with pytest.raises(StorageTrouble) as caught:
            await act
        assert caught.value.code == "autostart"


async def test_a_path_that_no_entry_can_hold_is_refused(tmp_path: Path) -> None:
    switch, path = switch_of(tmp_path, ("/opt/role\ncall",))
    with pytest.raises(StorageTrouble):
        await switch.switch(on=True)
    assert not path.exists()


def test_a_config_home_that_is_no_whole_path_is_ignored(tmp_path: Path) -> None:
    for environ in ({}, {"XDG_CONFIG_HOME": "relative"}):
        way = way_of("linux", {"HOME": str(tmp_path), **environ}, PROGRAM)
        assert way.place == tmp_path / ".config" / "autostart" / "rolecall.desktop"


def unquoted(value: str) -> list[str]:
    """`Exec` read as the specification says: string escapes, then quotes, then field codes."""
    arguments = re.findall(r'"(?:\\.|[^"\\])*"|[^ "]+', value.replace("\\\\", "\\"))
    words = [re.sub(r"\\(.)", r"\1", each[1:-1]) if each.startswith('"') else each for each in arguments]
    assert not any(part.replace("%%", "").count("%") for part in words)
    return [word.replace("%%", "%") for word in words]


@given(st.lists(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1), min_size=1, max_size=4))
def test_any_path_survives_its_quoting(program: list[str]) -> None:
    if all(each.isprintable() for each in program):
        line = exec_line(tuple(program))
        assert "\n" not in line
        assert unquoted(line) == program


def test_reserved_characters_are_quoted_twice() -> None:
    assert exec_line(("/a b/$x", 'q"`', "back\\slash", "100%")) == r'"/a b/\\$x" "q\\"\\`" "back\\\\slash" "100%%"'


def test_comments_other_groups_and_later_keys() -> None:
    text = entry((sys.executable,))
    assert follows(text + "\n# Hidden=true\n[Desktop Action x]\nHidden=true\n")
    assert not follows(text + "Hidden=true\n")
    assert not follows("")


async def test_a_launch_agent(tmp_path: Path) -> None:
    way = way_of("darwin", {"HOME": str(tmp_path)}, PROGRAM)
    assert isinstance(way, LaunchAgent)
    switch = AutostartSwitch({}, PROGRAM, way=way)
    assert await switch.is_on() is False
    await switch.switch(on=True)
    assert await switch.is_on() is True
    made = plistlib.loads(way.place.read_bytes())
    assert made["ProgramArguments"] == list(PROGRAM)
    assert made["RunAtLoad"] is True
    assert stat.S_IMODE(way.place.stat().st_mode) == 0o600
    way.place.write_bytes(plistlib.dumps(made | {"Disabled": True}))
    assert await switch.is_on() is False
    for damaged in (b"", b"<plist><dict", b"bplist00", plistlib.dumps([1])):
        way.place.write_bytes(damaged)
        assert await switch.is_on() is False
    await switch.switch(on=False)
    assert not way.place.exists()


class FakeRegistry:
    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str | bytes] = {}

    def get(self, key: str, name: str) -> str | bytes | None:
        return self.values.get((key, name))

    def set(self, key: str, name: str, value: str) -> None:
        self.values[key, name] = value

    def delete(self, key: str, name: str) -> None:
        self.values.pop((key, name), None)


async def test_the_run_key() -> None:
    registry = FakeRegistry()
    switch = AutostartSwitch({}, (), way=RunKey(registry, (r"C:\Program Files\py.exe", r"C:\a\main.py", "--hidden")))
    assert await switch.is_on() is False
    await switch.switch(on=True)
    assert registry.values == {(RUN, VALUE): r'"C:\Program Files\py.exe" C:\a\main.py --hidden'}
    assert await switch.is_on() is True
    registry.values[APPROVED, VALUE] = bytes([3, 0, 0, 0])
    assert await switch.is_on() is False
    await switch.switch(on=True)
    assert await switch.is_on() is True
    await switch.switch(on=False)
    assert registry.values == {}


async def test_without_a_registry_the_switch_says_so() -> None:
    switch = AutostartSwitch({}, (), way=RunKey(WindowsRegistry(), PROGRAM))
    for act in (switch.is_on(), switch.switch(on=True), switch.switch(on=False)):
        with pytest.raises(StorageTrouble) as caught:
            await act
        assert caught.value.code == "autostart"


def test_the_program_that_runs_is_told_in_whole_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python, script, main = tmp_path / "python", tmp_path / "rolecall", tmp_path / "main.py"
    for path in (python, script, main):
        path.touch(mode=0o755)
    monkeypatch.chdir(tmp_path)

    def told(started_as: str, *, frozen: bool = False, appimage: str = "") -> tuple[str, ...]:
        return command(started_as, executable=str(python), frozen=frozen, appimage=appimage)

    assert told("main.py") == (str(python), str(main))
    assert told("rolecall") == (str(script),)
    assert told("x", frozen=True) == (str(python),)
    assert told("/tmp/.mount/rolecall", appimage="/home/a/Rolecall.AppImage") == ("/home/a/Rolecall.AppImage",)
    started, main_py = told("-c")
    assert started == str(python)
    assert Path(main_py).is_file()


def test_on_windows_no_console_comes_along(tmp_path: Path) -> None:
    for name in ("python.exe", "pythonw.exe", "main.py"):
        (tmp_path / name).touch()
    executable, script = str(tmp_path / "python.exe"), str(tmp_path / "main.py")
    told = command(script, executable=executable, frozen=False, appimage="")
    assert told == (str(tmp_path / "pythonw.exe"), script)


def test_it_starts_out_of_sight() -> None:
    assert this_program({})[-1] == "--hidden"
    assert isinstance(way_of("freebsd14", {}, this_program({})), XdgEntry)
