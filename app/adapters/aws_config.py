"""The AWS config file, and the keys in the credentials file: read, never written.

AWS tools refuse a whole file for one bad line; here a bad line is passed over and named, so that an import works all
the same. Otherwise the files are read as botocore reads them.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import sys
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.adapters import files
from app.domain.aws_import import AwsFiles, FoundKey, overriding_key
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    Answer = TypeVar("Answer")
    Sections = dict[str, dict[str, str]]

_HEADER = re.compile(r"\[(.+)\]", re.ASCII)
_BETWEEN = re.compile(r"[=:]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_KEYS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token")
_OWN_MARK = "x_rolecall"
_TEMPORARY = "ASIA"


class AwsConfigFile:
    """Answers `app.ports.AwsConfig`, and reads both files for an import. `environ` tells where they are."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._config = _path(environ, "AWS_CONFIG_FILE", "~/.aws/config")
        self._credentials = _path(environ, "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rolecall-aws-config")
        self._seen: tuple[bytes, Mapping[str, Mapping[str, str]]] | None = None

    async def overriding(self, aws_profile: str) -> str:
        """The setting that would make AWS tools ignore static keys of that profile, or ''."""
        profiles = await self._run(self._profiles_now)
        return overriding_key(profiles.get(aws_profile, {}))

    async def names(self) -> frozenset[str]:
        """The profile names it defines."""
        return frozenset(await self._run(self._profiles_now))

    async def read(self) -> AwsFiles:
        """Both files. Raises StorageTrouble `aws-config-unreadable`; a file that is not there is empty."""
        return await self._run(self.read_now)

    def read_now(self) -> AwsFiles:
        """`read`, blocking."""
        config, bad_config = parse(_text(self._config))
        credentials, bad_credentials = parse(_text(self._credentials))
        profiles = _profiles(config)
        sections = {name: settings for name, settings in credentials.items() if _OWN_MARK not in settings}
        unreadable = [f"{self._config}:{line}" for line in bad_config]
        unreadable += [f"{self._credentials}:{line}" for line in bad_credentials]
        return AwsFiles(
            config_path=str(self._config),
            profiles=MappingProxyType({name: _without_keys(settings) for name, settings in profiles.items()}),
            keys=MappingProxyType({**_found_keys(profiles), **_found_keys(sections)}),
            sections=frozenset(credentials),
            unreadable=tuple(unreadable),
        )

    def _profiles_now(self) -> Mapping[str, Mapping[str, str]]:
        """The profiles of the config file alone: asked for each session, and seldom others than before."""
        text = _text(self._config)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        if self._seen is None or self._seen[0] != digest:
            profiles = _profiles(parse(text)[0])
            self._seen = (digest, {name: _without_keys(settings) for name, settings in profiles.items()})
        return self._seen[1]

    def close(self) -> None:
        """End the thread."""
        self._executor.shutdown()

    async def _run(self, work: Callable[[], Answer]) -> Answer:
        import asyncio

        return await asyncio.get_running_loop().run_in_executor(self._executor, work)


def parse(text: str) -> tuple[Sections, list[int]]:
    """Sections with their settings, keys in lower case, and the lines (from 1) that could not be read.

    A section that stands twice is joined, a key that stands twice has its last value. Nested settings (indented lines
    below a key) are passed over: none of them is about credentials.
    """
    sections: Sections = {}
    unreadable: list[int] = []
    current: dict[str, str] | None = None
    for number, line in enumerate(_LINE_END.split(text), 1):
        bare = line.strip()
        if not bare or bare[0] in "#;" or (line[0] in " \t" and current):
            continue
        header = _HEADER.match(bare)
        between = _BETWEEN.search(bare)
        name = bare[: between.start()].strip().lower() if between is not None else ""
        if header is not None:
            current = sections.setdefault(header.group(1), {})
        elif between is not None and name and current is not None:
            current[name] = bare[between.end() :].strip()
        else:
            unreadable.append(number)
    return sections, unreadable


def _profiles(config: Sections) -> Sections:
    """The profiles of a config file: `[default]`, and `[profile NAME]` with or without quotes.

    As botocore has it, the first word may go on after “profile”, and has no quote before it.
    """
    found: Sections = {}
    for header, settings in config.items():
        if header == "default":
            name = header
        else:
            try:
                words = shlex.split(header)
            except ValueError:
                continue
            if len(words) != 2 or not header.startswith("profile"):  # noqa: PLR2004  # the word and the name
                continue
            name = words[1]
        found.setdefault(name, {}).update(settings)
    return found


def _found_keys(sections: Sections) -> dict[str, FoundKey]:
    found = {}
    for name, settings in sections.items():
        key_id, secret = settings.get(_KEYS[0], ""), settings.get(_KEYS[1], "")
        token = any(settings.get(key) for key in _KEYS[2:])
        if key_id and secret:
            temporary = bool(token) or key_id.startswith(_TEMPORARY)
            found[name] = FoundKey(access_key_id=key_id, secret_access_key=Secret(secret), temporary=temporary)
    return found


def _without_keys(settings: dict[str, str]) -> Mapping[str, str]:
    return MappingProxyType({key: value for key, value in settings.items() if key not in _KEYS})


def _text(path: Path) -> str:
    try:
        return (files.read(path) or b"").decode("utf-8-sig", "replace")
    except OSError as error:
        title = "A file of the AWS tools could not be read"
        raise files.trouble(error, code="aws-config-unreadable", title=title, path=path) from error


def _path(environ: Mapping[str, str], variable: str, default: str) -> Path:
    # Both expansions, as botocore does, but with the environment that was given.
    text = Template(environ.get(variable) or default).safe_substitute(environ)
    home = environ.get("USERPROFILE" if sys.platform == "win32" else "HOME")
    if home and (text == "~" or text.startswith(("~/", "~" + os.sep))):
        return Path(home + text[1:])
    return files.expanded(text)
