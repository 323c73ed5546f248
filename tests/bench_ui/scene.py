"""A home with as many profiles as are wanted, and an AWS config file with roles to import."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

KEY_ID, SECRET = "AKIAFASTFASTFASTFAST", "slow" * 10
_COLOURS = ("red", "violet", "teal", "blue", "pink", "brown", "grey", "")
_PLACES = ("eu-west-1", "us-east-1", "eu-central-1", "ap-southeast-2")
_JOBS = ("Admin", "ReadOnly", "Deploy", "Billing", "SecurityAudit", "DatabaseAdmin", "Pipeline", "Support")


def name_of(number: int) -> str:
    """The name of a profile."""
    return f"team{number % 40:02}-{_JOBS[number % len(_JOBS)].lower()}-{number:05}"


def settings(profiles: int) -> str:
    """A settings file, in 40 groups."""
    parts = ['schema = 1\n[settings]\nregion = "eu-west-1"\n', f'[identity.alice]\naccess_key_id = "{KEY_ID}"\n']
    parts += [
        f"[profile.{name_of(n)}]\n"
        f'role_arn = "arn:aws:iam::{100000000000 + n % 97:012}:role/{_JOBS[n % len(_JOBS)]}{n}"\n'
        f'source = "identity.alice"\nsession_name = "alice"\nregion = "{_PLACES[n % len(_PLACES)]}"\n'
        f'group = "Team {n % 40:02}"\ncolour = "{_COLOURS[n % 40 % len(_COLOURS)]}"\n'
        for n in sorted(range(profiles), key=lambda n: (n % 40, n))
    ]
    return "\n".join(parts)


def aws_config(roles: int) -> str:
    """Roles to import, all from one user."""
    parts = ["[profile boss]\nregion = eu-west-1\n"]
    for n in range(roles):
        arn = f"arn:aws:iam::210987654321:role/Imported{n}"
        parts.append(f"[profile imported-{n:03}]\nrole_arn = {arn}\nsource_profile = boss\nregion = eu-west-1\n")
    return "\n".join(parts)


def furnish(home: Path, profiles: int, imports: int) -> None:
    """Write all the files."""
    texts = {
        "rolecall/config/config.toml": settings(profiles),
        "aws/config": aws_config(imports),
        "aws/credentials": f"[boss]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {SECRET}\n",
    }
    for name, text in texts.items():
        path = home / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)


def environment(home: Path, port: int) -> dict[str, str]:
    """This process's environment without anything about AWS or Rolecall, then with the scene's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "ROLECALL_"))}
    return kept | {
        "ROLECALL_HOME": str(home / "rolecall"),
        "ROLECALL_KEYRING": "memory",
        "AWS_ENDPOINT_URL_STS": f"http://127.0.0.1:{port}",
        "AWS_SHARED_CREDENTIALS_FILE": str(home / "aws" / "credentials"),
        "AWS_CONFIG_FILE": str(home / "aws" / "config"),
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1",
    }
