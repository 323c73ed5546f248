"""Answers `app.ports.SamlReader`."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from app.adapters import xml
from app.adapters.saml import refusals
from app.adapters.saml.pasted import LONGEST, find
from app.adapters.saml.response import assertion_of
from app.domain.acs import parse_acs
from app.domain.saml import SamlResponse
from app.domain.secret import Secret

if TYPE_CHECKING:
    from datetime import datetime
    from xml.etree.ElementTree import Element


class SamlReader:
    """Reads SAML responses. Opens nothing."""

    def read(self, text: Secret, *, now: datetime, acs: str = "", role_index: str = "") -> SamlResponse:
        """A response as a page posted it or a person pasted it; `text` of the answer is what STS takes.

        Taken are base64 (with line breaks, URL-encoded), XML, a form body, a copied request or form view, a HAR
        fragment and a page's source with the form. `acs` is the address it was posted to; else the one that the
        response is for. Raises BadInput; `app.adapters.saml.refusals` lists the codes.
        """
        pasted = find(text.reveal())
        proof = base64.b64encode(pasted.document).decode("ascii")
        if len(proof) > LONGEST:
            raise refusals.too_long(LONGEST)
        assertion = assertion_of(_parsed(pasted.document, pasted.encoding))
        return SamlResponse(
            text=Secret(proof),
            assertion=assertion,
            received=now,
            acs=parse_acs(acs) or parse_acs(assertion.recipient),
            role_index=role_index or pasted.role_index,
        )


def _parsed(document: bytes, encoding: str) -> Element:
    try:
        return xml.parse_with_namespaces(document, encoding=encoding)
    except xml.ForbiddenXmlError as error:
        refusal = refusals.forbidden_xml(str(error))
    except xml.BrokenXmlError as error:
        refusal = refusals.not_xml(str(error))
    raise refusal  # outside of the handlers: what was read must not hang on to the error
