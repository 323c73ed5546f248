"""`python -m app.standin [--port N] [--settings]`: the demo's world on its own, to try things by hand."""

from __future__ import annotations

import argparse
import sys
import threading
from datetime import UTC, datetime

from app.standin import StandIn, demo_settings, demo_world
from app.standin.totp import code_at, step_of


def main() -> int:
    """Run until interrupted. Prints where it answers, and the demo user's keys as shell exports."""
    parser = argparse.ArgumentParser(prog="python -m app.standin", description="A strict local stand-in AWS.")
    parser.add_argument("--port", type=int, default=0, help="default: any free one")
    parser.add_argument("--settings", action="store_true", help="print fitting settings for Rolecall too")
    arguments = parser.parse_args()
    world = demo_world()
    alice = world.users["alice"]
    with StandIn(world, port=arguments.port) as aws:
        lines = [
            f"export AWS_ENDPOINT_URL_STS={aws.url}",
            f"export ROLECALL_SIGNIN_ENDPOINT={aws.url}/federation",
            "export AWS_REGION=eu-west-1",
            f"export AWS_ACCESS_KEY_ID={alice.access_key_id}",
            f"export AWS_SECRET_ACCESS_KEY={alice.secret_access_key}",
            f"# SAML login: {aws.url}/idp/start, OpenID issuer: {aws.url}/oidc, both for alice",
            f"# MFA device {alice.mfa_serial}, TOTP secret {alice.totp_secret}",
            f"# Its code just now: {code_at(alice.totp_secret, step_of(datetime.now(UTC)))}",
            *(demo_settings(world, aws.url).splitlines() if arguments.settings else []),
        ]
        sys.stdout.write("\n".join([*lines, ""]))
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
