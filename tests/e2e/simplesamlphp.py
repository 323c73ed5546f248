"""SimpleSAMLphp as the identity provider of a company: a login form, then a signed response posted to AWS."""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.e2e.local_server import running
from tests.e2e.plain_browser import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROGRAM = Path(sys.prefix) / "providers" / "simplesamlphp" / "www"
FILES = Path(__file__).parent / "providers" / "simplesamlphp"
ACCOUNT = "111122223333"
PROVIDER_ARN = f"arn:aws:iam::{ACCOUNT}:saml-provider/simplesamlphp"
ADMIN_ARN = f"arn:aws:iam::{ACCOUNT}:role/Admin"
READ_ONLY_ARN = f"arn:aws:iam::{ACCOUNT}:role/ReadOnly"
ACS = "https://signin.aws.amazon.com/saml"
REGION = "eu-central-1"
REGIONAL_ACS = f"https://{REGION}.signin.aws.amazon.com/saml"
ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/"
DEFAULTS = {"session_seconds": 8 * 3600, "cookie_seconds": 0, "assertion_seconds": 300}


def _person(password: str, name: str, roles: list[str]) -> dict[str, object]:
    given = {"Role": roles, "RoleSessionName": [f"{name}@example.com"], "SessionDuration": ["7200"]}
    return {"password": password, "attributes": {ATTRIBUTES + key: value for key, value in given.items()}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What the provider's page would post to AWS: the address, the base64 response and, if any, the relay state."""

    acs: str
    saml_response: str = field(repr=False)
    relay_state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimpleSamlPhp:
    """A running server. `certificate` (PEM) verifies its signatures; passwords in `users` are made up.

    alice may take `role_arns` in this order (her first Role value reads `role,provider`, the second `provider,role`),
    bob the second one alone.
    """

    url: str
    directory: Path
    certificate: str
    log: Path
    users: dict[str, str] = field(default_factory=lambda: {"alice": "wonderland", "bob": "builder"})
    provider_arn: str = PROVIDER_ARN
    role_arns: tuple[str, str] = (ADMIN_ARN, READ_ONLY_ARN)

    @property
    def issuer(self) -> str:
        """The entity id, the `Issuer` of each assertion."""
        return f"{self.url}/saml2/idp/metadata.php"

    @property
    def login_url(self) -> str:
        """Where a login starts (by the provider itself); it ends in a post to `ACS`."""
        return self.login_url_for(ACS)

    def login_url_for(self, acs: str, relay_state: str | None = None) -> str:
        """Where a login starts that ends in a post to `acs`: `ACS` or `REGIONAL_ACS`."""
        query = {"spentityid": "urn:amazon:webservices", "ConsumerURL": acs}
        return f"{self.url}/saml2/idp/SSOService.php?" + urlencode(
            query | ({} if relay_state is None else {"RelayState": relay_state})
        )

    def change(self, **settings: int) -> None:
        """Set, from the next request on, `session_seconds`, `assertion_seconds` or `cookie_seconds`.

        A login is remembered for `session_seconds`, and the cookie for `cookie_seconds` (0: until the browser ends). An
        assertion is good for `assertion_seconds`.
        """
        assert settings.keys() <= DEFAULTS.keys()
        path = self.directory / "settings.json"
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | settings), encoding="utf-8")
        fresh.replace(path)

    def forget_everyone(self) -> None:
        """End all logins: the next visit of anyone meets the login form."""
        for session in (self.directory / "sessions").iterdir():
            session.unlink(missing_ok=True)

    def reset(self) -> None:
        """Be as at first."""
        self.change(**DEFAULTS)
        self.forget_everyone()

    def log_in(
        self, user: str = "alice", *, browser: Browser | None = None, acs: str = ACS, relay_state: str | None = None
    ) -> Posted:
        """Log in by plain HTTP and return what would be posted to AWS; a browser that is remembered is not asked."""
        browser = browser or Browser()
        page = browser.open(self.login_url_for(acs, relay_state))
        if "username" in page.forms[0].names:
            page = browser.submit(page.forms[0], username=user, password=self.users[user])
        form = page.forms[0]
        assert "SAMLResponse" in form.fields, page.text
        return Posted(
            acs=form.action, saml_response=form.fields["SAMLResponse"], relay_state=form.fields.get("RelayState")
        )


@contextmanager
def simplesamlphp_running(directory: Path, port: int, more: Mapping[str, str] | None = None) -> Iterator[SimpleSamlPhp]:
    """Run SimpleSAMLphp on 127.0.0.1; `directory` is for settings, keys and sessions, `more` for its environment."""
    shutil.copytree(FILES, directory, dirs_exist_ok=True)
    for name in ("sessions", "temporary"):
        (directory / name).mkdir(mode=0o700)
    certificate = _make_keys(directory)
    url = f"http://127.0.0.1:{port}"
    log = directory / "server.log"
    server = SimpleSamlPhp(url=url, directory=directory, certificate=certificate, log=log)
    roles = [f"{ADMIN_ARN},{PROVIDER_ARN}", f"{PROVIDER_ARN},{READ_ONLY_ARN}"]
    people = {
        "alice": _person(server.users["alice"], "alice", roles),
        "bob": _person(server.users["bob"], "bob", roles[1:]),
    }
    settings = DEFAULTS | {"url": url, "salt": os.urandom(16).hex(), "acs": [ACS, REGIONAL_ACS], "people": people}
    (directory / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    # Sessions end by SimpleSAMLphp's own rule, not by PHP's.
    command = ["php", "-d", "session.gc_probability=0", "-S", f"127.0.0.1:{port}", "-t", str(PROGRAM)]
    environment = os.environ | {"SIMPLESAMLPHP_CONFIG_DIR": str(directory)} | dict(more or {})
    with running(command, url=server.issuer, directory=directory, environment=environment):
        yield server


def _make_keys(directory: Path) -> str:
    """Write a signing key and its certificate into `directory`; return the certificate (PEM)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "SimpleSAMLphp of the tests")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (directory / "certificate.pem").write_bytes(pem)
    (directory / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return pem.decode("ascii")
