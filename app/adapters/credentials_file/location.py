"""Where the file is, found as botocore finds it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NAME = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")


def credentials_path(env: Mapping[str, str]) -> Path:
    """Return `AWS_SHARED_CREDENTIALS_FILE`, variables and `~` expanded, else `~/.aws/credentials`.

    Botocore expands `$NAME` and `${NAME}` first, then `~` and `~user`; unknown ones stay as they are. An empty
    variable, with which botocore reads no file at all, is taken as not set.
    """
    from pathlib import Path

    return Path(credentials_name(env))


def credentials_name(env: Mapping[str, str]) -> str:
    """The same as text, for who has no need of `pathlib`."""
    return _expand_user(_expand_variables(env.get("AWS_SHARED_CREDENTIALS_FILE") or "~/.aws/credentials", env), env)


def config_path(env: Mapping[str, str]) -> Path:
    """Return `AWS_CONFIG_FILE`, expanded likewise, else `~/.aws/config`."""
    from pathlib import Path

    return Path(_expand_user(_expand_variables(env.get("AWS_CONFIG_FILE") or "~/.aws/config", env), env))


def _expand_variables(text: str, env: Mapping[str, str]) -> str:
    done, rest = "", text
    while "$" in rest:
        before, _, rest = rest.partition("$")
        done += before
        if rest.startswith("{") and "}" in rest:
            name = rest[1 : rest.index("}")]
            written = "{" + name + "}"
        else:
            name = written = rest[: _name_length(rest)]
        done += env.get(name, "$" + written) if name else "$" + written
        rest = rest[len(written) :]
    return done + rest


def _name_length(text: str) -> int:
    return next((index for index, char in enumerate(text) if char not in _NAME), len(text))


def _expand_user(text: str, env: Mapping[str, str]) -> str:
    if not text.startswith("~"):
        return text
    first, _, _ = text.replace(os.sep, "/").partition("/")
    home = env.get("USERPROFILE" if os.name == "nt" else "HOME")
    if first == "~" and home is not None:
        home = home.rstrip("/") if os.name != "nt" else home
        return (home + text[1:]) or "/"
    # Other users' homes, and ours without HOME, are in the system's list of users.
    return os.path.expanduser(text)  # noqa: PTH111  # pathlib raises where botocore leaves the text alone
