"""`rolecall credentials NAME` and `rolecall assume NAME` as whole processes, beside what people use instead."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.adapters import places_file
from tests.bench.home import MAIN, REGION, Home, home, is_document
from tests.bench.measure import OURS, PEERS, Amount, Figure, Measured, Sample, Target, in_turns, peer, timed
from tests.bench_ui import scene

if TYPE_CHECKING:
    from collections.abc import Callable

PROFILES = 100
_KEPT = """
[profile.kept]
role_arn = "arn:aws:iam::210987654321:role/Kept"
source = "identity.alice"
session_name = "alice"
publish = "none"
"""
_RESOLVE = """
import boto3, json, sys
found = boto3.Session(profile_name=sys.argv[1]).get_credentials()
keys = found.get_frozen_credentials()
print(json.dumps({"Version": 1, "AccessKeyId": keys.access_key, "SecretAccessKey": keys.secret_key,
                  "SessionToken": keys.token}))
"""
_ASSUME = """
import boto3, sys
sts = boto3.Session(profile_name="boss").client("sts")
print(sts.assume_role(RoleArn=sys.argv[1], RoleSessionName="alice")["Credentials"]["Expiration"])
"""
_ROLE = "arn:aws:iam::100000000000:role/Admin0"


def credentials(amount: Amount) -> Measured:
    """The same session for both: ours from the files, boto3 from the credentials file."""
    with home(PROFILES, extra=_KEPT) as at:
        name = scene.name_of(0)
        at.rolecall("assume", name)
        at.rolecall("assume", "kept")
        for each in (name, "kept"):
            assert is_document(at.rolecall("credentials", each))
        places = at.path / "rolecall" / "state" / places_file.FILE
        assert places.exists(), "what is told of the first call and of all after it would be the same"

        def first() -> Sample:
            places.unlink(missing_ok=True)
            return timed(at.command("credentials", name), at.environ)

        sides: dict[str, Callable[[], Sample]] = {
            "bare python -c pass": partial(timed, [OURS, "-c", "pass"], at.environ),
            "rolecall credentials, first after an edit": first,
            "rolecall credentials": partial(timed, at.command("credentials", name), at.environ),
            "rolecall credentials, keyring": partial(timed, at.command("credentials", "kept"), at.environ),
            "boto3 script": partial(timed, peer("-c", _RESOLVE, name), at.environ),
        }
        return in_turns(sides, rounds=amount.of(25, 1))


def assume(amount: Amount) -> Measured:
    """The same role at the same STS; each time new credentials."""
    with home(PROFILES) as at:
        name = scene.name_of(0)
        aws = _aws(at)
        sides = {
            "bare python -c pass": partial(timed, [OURS, "-c", "pass"], at.environ),
            "rolecall assume": partial(timed, at.command("assume", "--refresh", name), at.environ),
            "aws sts assume-role": partial(timed, aws, at.environ),
            "boto3 one-liner": partial(timed, peer("-c", _ASSUME, _ROLE), at.environ),
        }
        return in_turns(sides, rounds=amount.of(15, 1))


def _aws(at: Home) -> list[str]:
    words = ["sts", "assume-role", "--role-arn", _ROLE, "--role-session-name", "alice", "--profile", "boss"]
    return [str(PEERS / "bin" / "aws"), *words, "--endpoint-url", at.url, "--region", REGION]


FIGURES = (
    Figure(
        name="credentials",
        title="`rolecall credentials NAME`, a live session",
        how=(
            f"Whole processes, {PROFILES} profiles in the settings. Ours is started as `python {MAIN.name} credentials "
            "NAME` and prints what `credential_process` wants; once for a session published in the credentials file, "
            "once for one kept in the keyring only (a real gnome-keyring on a bus of its own). The boto3 script "
            "resolves the published profile and prints the same document. What the settings say of where credentials "
            "live is kept by the first call after each edit of the settings, and calls are measured that find it; that "
            "first call, which reads all of the settings, is told beside them."
        ),
        targets=(
            Target(ours="rolecall credentials", beside="boto3 script", most=0.25),
            Target(ours="rolecall credentials", beside="bare python -c pass", most=5),
            Target(ours="rolecall credentials, keyring", beside="bare python -c pass", most=20),
            Target(ours="rolecall credentials, first after an edit", beside="boto3 script"),
        ),
        measure=credentials,
    ),
    Figure(
        name="assume",
        title="`rolecall assume NAME`, the whole process",
        how=(
            "Whole processes against the same STS at 127.0.0.1, which answers at once. Ours takes the secret from a "
            "real keyring, obtains new credentials and publishes them; the others take the secret from the credentials "
            "file and print the answer. While ours loads what it needs, a process of its own opens the keyring, and "
            "watch is kept over the credentials file: nobody else opens it here, so that no look 100 ms after the "
            "replacement is needed. The processor time of that other process, about a tenth of a second, is in no "
            "column."
        ),
        targets=(
            Target(ours="rolecall assume", beside="aws sts assume-role", most=0.5),
            Target(ours="rolecall assume", beside="boto3 one-liner", most=0.8),
        ),
        measure=assume,
    ),
)
