"""QtWebEngine itself: started late, with nothing that listens, remembers or reports; and one profile for each login.

Certificates are checked against the trust store of the operating system (on Linux the NSS database of the person and
the built-in roots), proxies are those of the system, on Linux `HTTPS_PROXY` and its kind: Chromium reads both itself.
"""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING

from app.adapters.desktop.saml_login import addresses, keeping, sandbox, scripts, troubles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PySide6.QtWebEngineCore import QWebEngineProfile

FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"
DEBUGGING = "QTWEBENGINE_REMOTE_DEBUGGING"
KEY_LOG = "SSLKEYLOGFILE"
"""Names a file that Chromium writes the keys of all its connections to; it looks when it first goes to the network."""
HOLE = ",".join(f"MAP {name} ~NOTFOUND" for host in addresses.AWS for name in (host, f"*.{host}"))
"""Rules by which no address is found for the hosts that AWS receives responses at.

Pages are stopped before; but when a script's request is redirected there, Chromium connects before it asks.
"""
OURS = (
    f'--host-resolver-rules="{HOLE}"',
    # Chromium logs addresses, which hold tokens; a dump of its memory would hold everything.
    "--disable-logging",
    "--log-level=3",
    "--disable-breakpad",
    "--disable-crash-reporter",
    # Nothing is asked or told but what the page needs.
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--disable-features=NetworkErrorLogging,Reporting",
    # Security keys need dialogs that this window has not: pages that see none offer another method instead of waiting.
    "--disable-blink-features=WebAuth",
)
# What a machine may need to show anything, and what sign-in without a password takes (Kerberos).
_THEIRS = re.compile(
    r"--(?:disable-gpu[a-z-]*|disable-software-rasterizer|use-gl=[a-z-]+|use-angle=[a-z-]+|ozone-platform=[a-z0-9]+"
    r"|force-device-scale-factor=[0-9.]+|lang=[A-Za-z-]+"
    r"|auth-(?:server-allowlist|negotiate-delegate-allowlist|schemes)=[^\s]+)"
)


def switches(theirs: str, ours: Sequence[str] = OURS) -> str:
    """Chromium's switches: of the person's own only those that open no door (no debugging, no weaker TLS, no log)."""
    return " ".join([*(each for each in theirs.split() if _THEIRS.fullmatch(each)), *ours])


@contextlib.contextmanager
def _environment(more: Sequence[str]) -> Iterator[None]:
    """While QtWebEngine starts; afterwards our switches are nobody else's business."""
    for name in (DEBUGGING, KEY_LOG):
        os.environ.pop(name, None)
    before = os.environ.get(FLAGS)
    os.environ[FLAGS] = switches(before or "", (*OURS, *more))
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(FLAGS, None)
        else:
            os.environ[FLAGS] = before


def open_profile(kept: Path | None, more_switches: Sequence[str] = ()) -> QWebEngineProfile:
    """A profile that leaves nothing on the disk, or keeps its cookies in the folder `kept`.

    Raises ProviderTrouble when QtWebEngine cannot be loaded or has no sandbox, OSError when the folder cannot be made.
    The caller deletes it, after its pages.
    """
    reason = sandbox.missing()
    if reason:
        raise troubles.no_sandbox(reason)
    with _environment(more_switches):
        try:
            from PySide6.QtWebEngineCore import QWebEngineProfile, QWebEngineProfileBuilder
        except ImportError as error:
            raise troubles.no_engine(str(error)) from error
        if kept is None:
            profile = QWebEngineProfile()
        else:
            keeping.prepare(kept)
            profile = (
                QWebEngineProfileBuilder()
                .setPersistentStoragePath(str(kept))
                .setCachePath(str(kept / "cache"))
                .setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
                # Sign-ins are session cookies as a rule: kept too, or nothing would be remembered.
                .setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.ForcePersistentCookies)
                .setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)
                .createProfile(kept.name)
            )
    _restrict(profile)
    return profile


def _restrict(profile: QWebEngineProfile) -> None:
    from PySide6.QtWebEngineCore import QWebEngineProfile, QWebEngineScript, QWebEngineSettings

    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
    profile.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)
    profile.setPushServiceEnabled(False)
    profile.setSpellCheckEnabled(False)
    settings = profile.settings()
    # Else they are dropped silently: this way the page is asked, which refuses them with a word.
    settings.setUnknownUrlSchemePolicy(QWebEngineSettings.UnknownUrlSchemePolicy.AllowAllUnknownUrlSchemes)
    attribute = QWebEngineSettings.WebAttribute
    for off in (
        attribute.AllowGeolocationOnInsecureOrigins,
        attribute.AllowRunningInsecureContent,
        attribute.AllowWindowActivationFromJavaScript,
        attribute.AutoLoadIconsForPage,
        attribute.BackForwardCacheEnabled,
        attribute.DnsPrefetchEnabled,
        attribute.FullScreenSupportEnabled,
        attribute.HyperlinkAuditingEnabled,
        attribute.JavascriptCanAccessClipboard,
        attribute.JavascriptCanPaste,
        attribute.LocalContentCanAccessFileUrls,
        attribute.LocalContentCanAccessRemoteUrls,
        attribute.NavigateOnDropEnabled,
        attribute.PdfViewerEnabled,
        attribute.PluginsEnabled,
        attribute.ScreenCaptureEnabled,
        attribute.TouchIconsEnabled,
    ):
        settings.setAttribute(off, False)
    settings.setAttribute(attribute.WebRTCPublicInterfacesOnly, True)
    watch = QWebEngineScript()
    watch.setName("rolecall")
    watch.setSourceCode(scripts.WATCH)
    watch.setWorldId(scripts.WORLD)
    watch.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    watch.setRunsOnSubFrames(True)
    profile.scripts().insert(watch)
