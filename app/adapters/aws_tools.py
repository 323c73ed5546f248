"""What the AWS CLI and boto3 would use now: the places they look at, in the order of botocore 1.43.

Nothing is run, nobody is asked. An explicit profile (`--profile`, `Session(profile_name=…)`) skips the environment's
keys; AWS_PROFILE does not. A file that cannot be read, or a profile that is nowhere, stops them before any of it.
"""

from __future__ import annotations

import asyncio
import configparser
import os
import shlex
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol

from app.adapters import files
from app.domain.caller import LookedAt
from app.domain.credentials import Credentials, LongTermKey, SigningKey
from app.domain.errors import StorageTrouble
from app.domain.secret import Secret
from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.domain.x_ray import Ailment, Holder, Remedy

Settings = dict[str, str]
_KEY_ID, _SECRET_KEY = "aws_access_key_id", "aws_secret_access_key"
_TOKENS = ("aws_security_token", "aws_session_token")
"""In botocore's order: the old name first."""
_SSO_NEEDED = ("sso_start_url", "sso_region", "sso_account_id", "sso_role_name")
_ENDLESS = datetime.max.replace(tzinfo=UTC)


class Inspector(Protocol):
    """Who looks into the files of AWS tools, blocking."""

    def holders(self, access_key_id: str, now: datetime) -> tuple[Holder, ...]:
        """Where a key ID stands."""

    def ailments(self, now: datetime) -> tuple[Ailment, ...]:
        """What is wrong there."""

    def mend(self, remedy: Remedy) -> None:
        """Do what a remedy says."""


class AwsTools:
    """Answers `app.ports.AwsTools`. `legacy` are boto's own files, looked at when BOTO_CONFIG names none."""

    def __init__(
        self,
        environ: Mapping[str, str],
        *,
        config: Path,
        credentials: Path,
        inspector: Inspector,
        legacy: tuple[str, ...] = ("/etc/boto.cfg", "~/.boto"),
    ) -> None:
        self._environ = environ
        self._config = config
        self._credentials = credentials
        self._inspector = inspector
        self._legacy = legacy

    async def chain(self, aws_profile: str = "") -> tuple[tuple[LookedAt, ...], SigningKey | None]:
        """The places in their order, and the static keys they would end with, or None."""
        return await asyncio.to_thread(self.chain_now, aws_profile)

    async def holders(self, access_key_id: str, *, now: datetime) -> tuple[Holder, ...]:
        """Where a key ID stands in the credentials and config file."""
        return await asyncio.to_thread(self._inspector.holders, access_key_id, now)

    async def ailments(self, *, now: datetime) -> tuple[Ailment, ...]:
        """What is wrong in these files."""
        return await asyncio.to_thread(self._inspector.ailments, now)

    async def mend(self, remedy: Remedy) -> None:
        """Do what a remedy says. Raises StorageTrouble."""
        await asyncio.to_thread(self._inspector.mend, remedy)

    def chain_now(self, aws_profile: str = "") -> tuple[tuple[LookedAt, ...], SigningKey | None]:
        """`chain`, blocking."""
        look = _Look(environ=self._environ, explicit=aws_profile, legacy=self._legacy)
        try:
            look.read(self._config, self._credentials)
        except _StopError as stop:
            return (LookedAt(place=stop.place, found=True, used=True, note=stop.note),), None
        places: list[LookedAt] = []
        key: SigningKey | None = None
        reached = True
        for place, found in look.places():
            used = reached and found is not None and found.counts
            note = "" if found is None else found.note
            places.append(LookedAt(place=place, found=found is not None, used=used, reached=reached, note=note))
            if used and found is not None:
                key, reached = found.key, False
        return tuple(places), key


class _StopError(Exception):
    """AWS tools end with an error before they look anywhere."""

    def __init__(self, place: str, note: str) -> None:
        super().__init__(place)
        self.place, self.note = place, note


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What is at a place. `counts` is false for what is there, but not taken; `key` None for what is no static key."""

    note: str
    key: SigningKey | None = None
    counts: bool = True


@dataclass(slots=True, kw_only=True)
class _Look:
    """One look around. `profile` is the AWS profile's name, `merged` its settings in both files."""

    environ: Mapping[str, str]
    explicit: str
    legacy: tuple[str, ...]
    profile: str = "default"
    config: Settings = field(default_factory=dict)
    credentials: Settings = field(default_factory=dict)
    has_credentials: bool = False
    merged: Settings = field(default_factory=dict)
    sso_sessions: dict[str, Settings] = field(default_factory=dict)
    config_path: str = ""
    credentials_path: str = ""

    def read(self, config: Path, credentials: Path) -> None:
        """Read both files for the profile. Raises _StopError where botocore gives up."""
        self.config_path, self.credentials_path = str(config), str(credentials)
        named = next((name for name in ("AWS_DEFAULT_PROFILE", "AWS_PROFILE") if name in self.environ), "")
        wanted = self.explicit or (self.environ[named] if named else "")
        self.profile = wanted or "default"
        sections = _sections(config)
        profiles, self.sso_sessions = _named(sections, "profile"), _named(sections, "sso-session")
        held = _sections(credentials)
        self.config = dict(profiles.get(self.profile, {}))
        self.credentials = held.get(self.profile, {})
        self.has_credentials = self.profile in held
        self.merged = self.config | self.credentials
        if wanted and self.profile not in profiles and self.profile not in held:
            asked = "the profile asked for" if self.explicit else named
            raise _StopError(
                f"profile “{self.profile}”", f"It is {asked}, but stands in neither file: AWS tools stop with an error."
            )

    def places(self) -> Iterator[tuple[str, _Found | None]]:
        """Every place in botocore's order, with what is there."""
        profile = f"profile “{self.profile}”"
        yield "AWS_ACCESS_KEY_ID in the environment", self._environment()
        yield f"role_arn of {profile}", self._role()
        yield f"web_identity_token_file of {profile}, or AWS_WEB_IDENTITY_TOKEN_FILE", self._web_identity()
        yield f"IAM Identity Center (sso_…) of {profile}", self._sso()
        yield f"[{self.profile}] in {self.credentials_path}", self._shared_file()
        yield f"login_session of {profile}", self._login()
        yield f"credential_process of {profile}", self._process()
        yield f"access key of {profile} in {self.config_path}", self._config_file()
        yield "AWS_CREDENTIAL_FILE, from before there were profiles", self._old_file()
        yield f"boto's own file ({self._boto_words()})", self._boto()
        yield "container endpoint (AWS_CONTAINER_CREDENTIALS_…)", self._container()
        yield "metadata of an EC2 instance", self._instance()

    # --- One for each place ---

    def _environment(self) -> _Found | None:
        key_id = self.environ.get("AWS_ACCESS_KEY_ID", "")
        if not key_id:
            return None
        if self.explicit:
            return _Found(note="Skipped: a profile was named explicitly.", counts=False)
        secret = self.environ.get("AWS_SECRET_ACCESS_KEY", "")
        if not secret:
            return _Found(note="AWS_SECRET_ACCESS_KEY is missing: AWS tools stop here with an error.")
        names = [name.upper() for name in _TOKENS if self.environ.get(name.upper())]
        token = self.environ[names[0]] if names else ""
        note = f"{key_id} with {names[0]}." if names else f"{key_id}, without a session token."
        if len(names) > 1 and self.environ[names[0]] != self.environ[names[1]]:
            note += " AWS_SESSION_TOKEN is another one, and not looked at."
        return _Found(note=note, key=_key(key_id, secret, token))

    def _role(self) -> _Found | None:
        role = self.merged.get("role_arn")
        if role is None or "web_identity_token_file" in self.merged:
            return None
        sources = [name for name in ("source_profile", "credential_source") if name in self.merged]
        if len(sources) != 1:
            what = "both source_profile and credential_source are set" if sources else "source_profile is missing"
            return _Found(note=f"{role}, but {what}: AWS tools stop here with an error.")
        mfa = ", with an MFA code" if "mfa_serial" in self.merged else ""
        return _Found(note=f"AWS tools would assume {role} with {sources[0]} {self.merged[sources[0]]}{mfa}.")

    def _web_identity(self) -> _Found | None:
        here = {} if self.explicit else self.environ
        file = here.get("AWS_WEB_IDENTITY_TOKEN_FILE", self.merged.get("web_identity_token_file", ""))
        if not file:
            return None
        role = here.get("AWS_ROLE_ARN", self.merged.get("role_arn", ""))
        if not role:
            return _Found(note=f"{file}, but there is no role_arn: AWS tools stop here with an error.")
        return _Found(note=f"AWS tools would exchange the token in {file} for {role}.")

    def _sso(self) -> _Found | None:
        if "sso_role_name" not in self.merged and "sso_account_id" not in self.merged:
            return None
        settings = dict(self.merged)
        session = settings.get("sso_session")
        if session is not None:
            if session not in self.sso_sessions:
                return _Found(note=f"There is no [sso-session {session}]: AWS tools stop here with an error.")
            settings |= self.sso_sessions[session]
        missing = ", ".join(name for name in _SSO_NEEDED if name not in settings)
        if missing:
            return _Found(note=f"{missing} is missing: AWS tools stop here with an error.")
        return _Found(
            note=f"AWS tools would obtain {settings['sso_role_name']} in account {settings['sso_account_id']} through "
            f"{settings['sso_start_url']}, if somebody has signed in there (aws sso login)."
        )

    def _shared_file(self) -> _Found | None:
        if _KEY_ID in self.credentials:
            return _static(self.credentials)
        return _Found(note="The section has no aws_access_key_id.", counts=False) if self.has_credentials else None

    def _login(self) -> _Found | None:
        session = self.merged.get("login_session")
        return None if session is None else _Found(note=f"AWS tools would use the login {session} (aws login).")

    def _process(self) -> _Found | None:
        command = self.merged.get("credential_process")
        if command is None:
            return None
        ours = own_profile(command)
        if ours:
            return _Found(note=f"AWS tools would run Rolecall: the credentials of its profile “{ours}”.")
        # Its arguments may hold anything
        return _Found(note=f"AWS tools would run {_program(command)} and use what it prints.")

    def _config_file(self) -> _Found | None:
        return _static(self.config) if _KEY_ID in self.config else None

    def _old_file(self) -> _Found | None:
        path = self.environ.get("AWS_CREDENTIAL_FILE")
        if path is None:
            return None
        pairs = dict(_pairs(_text(self._expanded(path))))
        key_id, secret = pairs.get("AWSAccessKeyId", ""), pairs.get("AWSSecretKey", "")
        if not key_id:
            return _Found(note=f"{path} has no AWSAccessKeyId.", counts=False)
        return _Found(note=f"{key_id} in {path}.", key=_key(key_id, secret, "") if secret else None)

    def _boto_paths(self) -> tuple[str, ...]:
        named = self.environ.get("BOTO_CONFIG")
        return self.legacy if named is None else (named,)

    def _boto_words(self) -> str:
        return ", ".join(self._boto_paths())

    def _boto(self) -> _Found | None:
        for path in self._boto_paths():
            settings = _sections(self._expanded(path)).get("Credentials", {})
            if _KEY_ID in settings:
                found = _static({name: value for name, value in settings.items() if name not in _TOKENS})
                return _Found(note=f"{found.note} ({path})", key=found.key)
        return None

    def _container(self) -> _Found | None:
        for name in ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"):
            if name in self.environ:
                return _Found(note=f"AWS tools would ask the address in {name}.")
        return None

    def _instance(self) -> _Found | None:
        if self.environ.get("AWS_EC2_METADATA_DISABLED", "").lower() == "true":
            return None
        return _Found(note="AWS tools would ask 169.254.169.254 last; on EC2 alone somebody answers.", counts=False)

    def _expanded(self, path: str) -> Path:
        home = self.environ.get("HOME")
        return Path(home + path[1:]) if home and path.startswith("~/") else files.expanded(path)


def own_profile(command: str) -> str:
    """The profile of ours that a credential_process asks for, or ''."""
    try:
        words = shlex.split(command, posix=os.name == "posix")
    except ValueError:
        return ""
    for program, verb, name in zip(words, words[1:], words[2:], strict=False):
        if verb == "credentials" and PurePath(program.strip('"')).stem.lower() == "rolecall":
            return name.strip('"')
    return ""


def _program(command: str) -> str:
    try:
        words = shlex.split(command, posix=os.name == "posix")
    except ValueError:
        words = []
    return words[0] if words else "a program"


def _static(settings: Settings) -> _Found:
    key_id, secret = settings[_KEY_ID], settings.get(_SECRET_KEY)
    if secret is None:
        return _Found(note=f"{_SECRET_KEY} is missing: AWS tools stop here with an error.")
    named = next((name for name in _TOKENS if name in settings), "")
    token = settings.get(named, "")
    note = f"{key_id}, with {named}." if named else f"{key_id}, without a session token."
    if named == _TOKENS[0] and settings.get(_TOKENS[1], token) != token:
        note += " aws_session_token is another one, and not looked at: AWS will refuse these keys if that was newer."
    return _Found(note=note, key=_key(key_id, secret, token))


def _key(key_id: str, secret: str, token: str) -> SigningKey:
    if not token:
        return LongTermKey(access_key_id=key_id, secret_access_key=Secret(secret))
    return Credentials(
        access_key_id=key_id, secret_access_key=Secret(secret), session_token=Secret(token), expires=_ENDLESS
    )


def _text(path: Path) -> str:
    try:
        return (files.read(path) or b"").decode()
    except (OSError, UnicodeDecodeError):
        return ""


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if equals:
            yield name.strip(), value.strip()


def _sections(path: Path) -> dict[str, Settings]:
    """A file as botocore reads it. Raises _StopError where it gives up."""
    if not path.is_file():
        return {}
    parser = configparser.RawConfigParser()
    try:
        with path.open(encoding="utf-8") as file:
            parser.read_file(file)
    except UnicodeDecodeError:
        raise _StopError(str(path), "It holds bytes that are not UTF-8: AWS tools stop with an error.") from None
    except configparser.Error as error:
        # Its own words may repeat a line of the file
        line = _line_of(error)
        where = f"Line {line} cannot be read" if line else "It cannot be read"
        raise _StopError(str(path), f"{where}: AWS tools stop with an error.") from None
    except OSError as error:
        raise StorageTrouble(
            code="aws-config-unreadable",
            title="A file of the AWS tools could not be read",
            detail=f"{path}: {error.strerror}.",
            remedy="Check its owner and mode.",
        ) from error
    return {name: dict(parser.items(name)) for name in parser.sections()}


def _line_of(error: configparser.Error) -> int:
    listed = getattr(error, "errors", None)
    if listed:
        return int(listed[0][0])
    return int(getattr(error, "lineno", 0) or 0)


def _named(sections: Mapping[str, Settings], kind: str) -> dict[str, Settings]:
    """The sections `[kind NAME]`, and for profiles `[default]`, by name."""
    found: dict[str, Settings] = {}
    for header, settings in sections.items():
        if header == "default" and kind == "profile":
            found[header] = settings
        elif header.startswith(kind):
            name = _second_word(header)
            found |= {} if name is None else {name: settings}
    return found


def _second_word(header: str) -> str | None:
    try:
        words = shlex.split(header)
    except ValueError:
        return None
    return words[1] if len(words) == 2 else None  # noqa: PLR2004  # the kind and the name
