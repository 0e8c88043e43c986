"""Client of the Kubiya REST API. Standard library only."""

from ._client import VERSION as __version__
from ._client import AsyncKubiyaClient, KubiyaClient
from ._errors import (
    AuthenticationError,
    ConflictError,
    ConnectionError,
    KubiyaError,
    NotFoundError,
    PermissionError,
    PreconditionFailedError,
    RateLimitError,
    ServerError,
    TimeoutError,
    ValidationError,
)
from ._pages import AsyncPages, Page, Pages
from ._streams import AsyncEventStream, EventStream, StreamEvent

__all__ = [
    "AsyncEventStream",
    "AsyncKubiyaClient",
    "AsyncPages",
    "AuthenticationError",
    "ConflictError",
    "ConnectionError",
    "EventStream",
    "KubiyaClient",
    "KubiyaError",
    "NotFoundError",
    "Page",
    "Pages",
    "PermissionError",
    "PreconditionFailedError",
    "RateLimitError",
    "ServerError",
    "StreamEvent",
    "TimeoutError",
    "ValidationError",
    "__version__",
]
