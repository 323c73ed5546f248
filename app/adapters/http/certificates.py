"""Whom to trust when a server proves who it is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from app.adapters import files
from app.domain.errors import BadInput

if TYPE_CHECKING:
    import ssl


def tls_context(ca_bundle: str) -> ssl.SSLContext:
    """Trust the bundle alone if there is one, else what the machine trusts and what httpx ships.

    SSL_CERT_FILE and SSL_CERT_DIR stand for the latter, as httpx has it. Not by `ssl.create_default_context`: that
    writes the keys of every connection into the file SSLKEYLOGFILE.
    """
    import os
    import ssl

    import certifi

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # checks certificates and names
    if sys.version_info >= (3, 13):  # as the default context does since then
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VERIFY_X509_STRICT
    chosen, folders = ca_bundle or os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if not chosen:
        context.load_verify_locations(capath=folders or None, cafile=None if folders else certifi.where())
        if not folders:
            context.load_default_certs()
        return context
    path = files.expanded(chosen)
    try:
        is_folder = path.is_dir()
        context.load_verify_locations(capath=path if is_folder else None, cafile=None if is_folder else path)
    except OSError as error:
        raise BadInput(
            code="ca-bundle",
            title="The CA bundle cannot be used",
            detail=f"{path}: {error.strerror or 'holds no certificate in PEM form'}.",
            remedy="Correct AWS_CA_BUNDLE, SSL_CERT_FILE, or ca_bundle in the settings: certificates in PEM form.",
            field="ca_bundle",
        ) from error
    return context
