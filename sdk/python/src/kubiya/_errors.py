"""What goes wrong."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Mapping, Optional


class KubiyaError(Exception):
    """What every error of this library is.

    Attributes:
        status: HTTP status; None when there was no answer.
        error_code: one word that does not change: NOT_FOUND, VALIDATION_FAILED, …
        details: what was wrong and what to do.
        errors: wrong fields, each with "field" and "message".
        request_id: names the request in the server's log and audit trail.
        retry_after: seconds to wait before the next try, where the server says so.
    """

    def __init__(
        self,
        details: str,
        *,
        status: Optional[int] = None,
        error_code: Optional[str] = None,
        errors: Optional[List[Dict[str, str]]] = None,
        request_id: Optional[str] = None,
        retry_after: Optional[float] = None,
    ) -> None:
        super().__init__(details)
        self.details = details
        self.status = status
        self.error_code = error_code
        self.errors = errors or []
        self.request_id = request_id
        self.retry_after = retry_after


class ConnectionError(KubiyaError):  # noqa: A001
    """There was no answer: refused, cut off, no such host."""


class TimeoutError(KubiyaError):  # noqa: A001
    """The answer took longer than ``timeout``."""


class ValidationError(KubiyaError):
    """400: something in the request is wrong, see ``errors``."""


class AuthenticationError(KubiyaError):
    """401: no key, or one that is not good."""


class PermissionError(KubiyaError):  # noqa: A001
    """403: the key may not do this."""


class NotFoundError(KubiyaError):
    """404."""


class ConflictError(KubiyaError):
    """409 and 423: it exists already, or somebody else holds it."""


class PreconditionFailedError(KubiyaError):
    """412: somebody else changed it since."""


class RateLimitError(KubiyaError):
    """429: too many requests, see ``retry_after``."""


class ServerError(KubiyaError):
    """5xx."""


_CLASSES = {
    400: ValidationError,
    401: AuthenticationError,
    403: PermissionError,
    404: NotFoundError,
    409: ConflictError,
    412: PreconditionFailedError,
    413: ValidationError,
    415: ValidationError,
    422: ValidationError,
    423: ConflictError,
    429: RateLimitError,
}


def error_of(status: int, headers: Mapping[str, str], text: str) -> KubiyaError:
    """The error that an answer tells of."""
    try:
        body: Any = json.loads(text)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        body = {}
    # The OpenAI-compatible paths have that API's form.
    inner = body.get("error") if isinstance(body.get("error"), dict) else {}
    try:
        retry_after = float(headers.get("Retry-After") or body.get("retryAfter") or 0)
    except ValueError:
        retry_after = 0.0
    kind = _CLASSES.get(status, ServerError if status >= 500 else KubiyaError)
    return kind(
        body.get("details") or inner.get("message") or text[:500] or f"HTTP {status}",
        status=status,
        error_code=body.get("errorCode") or inner.get("code"),
        errors=body.get("errors"),
        request_id=body.get("requestId") or headers.get("X-Request-Id"),
        retry_after=retry_after or None,
    )
