"""Whether Chromium can put its pages into a sandbox here. Where it cannot, it ends the whole program at once.

Sources: user_namespaces(7); Debian's and Ubuntu's kernel settings for user namespaces without privileges.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DISABLED = "QTWEBENGINE_DISABLE_SANDBOX"
"""QtWebEngine's own switch: whoever sets it wants pages without a sandbox."""


def missing(environ: Mapping[str, str] = os.environ, *, root: Path = Path("/"), user: int | None = None) -> str:
    """Why there is no sandbox, or an empty string. `user` is the effective user ID (default: this process's)."""
    if sys.platform != "linux" or environ.get(DISABLED, "0") not in ("", "0"):
        return ""
    if (os.geteuid() if user is None else user) == 0:
        return "a login page is not shown to the system's administrator (root)"
    kernel = root / "proc/sys/kernel"
    if _number(root / "proc/sys/user/max_user_namespaces") == 0 or _number(kernel / "unprivileged_userns_clone") == 0:
        return "this system allows no user namespaces, in which login pages are locked up"
    if _number(kernel / "apparmor_restrict_unprivileged_userns") == 1 and _is_unconfined(root):
        return "AppArmor allows this program no user namespaces, in which login pages are locked up"
    return ""


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _is_unconfined(root: Path) -> bool:
    """AppArmor restricts only programs that have no profile of their own."""
    try:
        return (root / "proc/self/attr/current").read_text(encoding="ascii").strip("\0\n ") == "unconfined"
    except (OSError, ValueError):
        return False
