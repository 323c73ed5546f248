"""Refusals of the stand-in, each with the error code and HTTP status that AWS documents for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer: status, content type, body, and headers beside the usual ones."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


class Refused(Exception):
    """AWS says no. `code` and `status` are those of the STS API reference (common errors, and each action's own)."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(f"{code} ({status}): {message}")
        self.code = code
        self.message = message
        self.status = status


def invalid(message: str) -> Refused:
    """A parameter breaks a limit of the API reference."""
    return Refused("ValidationError", message)


def invalid_value(message: str) -> Refused:
    """A parameter is well-formed, but its value cannot be taken."""
    return Refused("InvalidParameterValue", message)


def denied(message: str) -> Refused:
    """The caller may not do this."""
    return Refused("AccessDenied", message, 403)


def not_authorized(caller: str, action: str, resource: str = "", encoded: str = "") -> Refused:
    """The caller may not do `action`; `encoded` is for DecodeAuthorizationMessage."""
    message = f"User: {caller} is not authorized to perform: {action}"
    if resource:
        message += f" on resource: {resource}"
    if encoded:
        message += f". Encoded authorization failure message: {encoded}"
    return denied(message)


def unknown_key() -> Refused:
    """The access key, or the session token that belongs to it, is not one that was given out."""
    return Refused("InvalidClientTokenId", "The security token included in the request is invalid.", 403)


def expired_token() -> Refused:
    """The session that signed has expired."""
    return Refused("ExpiredToken", "The security token included in the request is expired", 403)


def bad_signature(message: str) -> Refused:
    """The signature is not the one that the secret makes of this request."""
    return Refused("SignatureDoesNotMatch", message, 403)
