"""Debian packages: what is installed, what apt can give, and the one command for whoever may not call it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys


class SetupError(Exception):
    """Something needed is missing and could not be installed; the message says what to do."""


def install_system_packages(wanted: list[str]) -> list[str]:
    """Install what is lacking of `wanted`, if that is allowed without asking; return what is still lacking."""
    if not shutil.which("dpkg-query"):
        return wanted
    missing = not_installed(wanted)
    become = privilege()
    if not missing or become is None or not shutil.which("apt-get"):
        return missing
    names = available_names(missing)
    if not all(names):
        run_apt(become, "update")
        names = available_names(missing)
    found = [name for name in names if name]
    print(f"rolecall: installing system packages: {' '.join(found)}", flush=True)
    if not run_apt(become, "install", *found):
        run_apt(become, "update")  # the lists may be older than what the mirrors still keep
        run_apt(become, "install", *found)
    return not_installed(missing)


def not_installed(wanted: list[str]) -> list[str]:
    """Return the entries of which no alternative is installed."""
    alternatives = [name for entry in wanted for name in entry.split("|")]
    if not alternatives:
        return []
    query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *alternatives]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)
    installed = {line.split()[0] for line in answer.stdout.splitlines() if line.endswith(" installed")}
    return [entry for entry in wanted if installed.isdisjoint(entry.split("|"))]


def available_names(entries: list[str]) -> list[str]:
    """Return for each entry the first alternative that apt can install, or an empty string."""
    alternatives = [name for entry in entries for name in entry.split("|")]
    answer = subprocess.run(
        ["apt-cache", "policy", *alternatives],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"LC_ALL": "C"},
    )
    known, name = set(), ""
    for line in answer.stdout.splitlines():
        if line and not line.startswith(" "):
            name = line.rstrip(":")
        elif line.strip().startswith("Candidate:") and "(none)" not in line:
            known.add(name)
    return [next((name for name in entry.split("|") if name in known), "") for entry in entries]


def privilege() -> list[str] | None:
    """Return what to put before apt-get, or None if this person may not call it without being asked."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def run_apt(become: list[str], verb: str, *names: str) -> bool:
    """Call apt-get without questions; its output is shown only if it fails."""
    options = ["-qq", "-o", "DPkg::Lock::Timeout=120"]
    if verb == "install":
        options += ["--yes", "--no-install-recommends"]
    command = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", verb, *options, *names]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    return done.returncode == 0


def install_command(missing: list[str]) -> str:
    """Return the one command that installs what is missing."""
    if not shutil.which("apt-get"):
        return "install, by the means of this system, what these Debian packages hold: " + " ".join(missing)
    names = [name or entry.split("|")[-1] for name, entry in zip(available_names(missing), missing, strict=True)]
    return "sudo apt-get install --no-install-recommends " + shlex.join(names)
