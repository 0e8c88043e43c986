"""The clients and how they ask."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import random
import socket
import time
import urllib.error
import urllib.request
import uuid
from typing import Any, Dict, List, Mapping, Optional, Tuple
from urllib.parse import quote, urlencode

from . import types
from ._errors import ConnectionError, KubiyaError, TimeoutError, error_of
from ._pages import AsyncPages, Page, Pages
from ._streams import AsyncEventStream, EventStream
from .resources import RESOURCES, HasAsyncResources, HasResources

VERSION = "0.1.0"
_DEFAULT_BASE_URL = "http://127.0.0.1:8080/v1"
_RETRIED = {408, 429, 502, 503, 504}
_LONGEST_WAIT = 60.0


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A key goes nowhere but to the server that it was given for."""

    def redirect_request(self, *_: Any) -> None:  # type: ignore[override]
        return None


def _backoff(failures: int) -> float:
    """Seconds before the try after this many failures: doubling from half a second, with some chance in it."""
    return min(8.0, 0.5 * 2**failures) * random.uniform(0.75, 1.25)


def _form(fields: Mapping[str, Any]) -> Tuple[bytes, str]:
    """A multipart form: values that are bytes, files or paths become files, others texts."""
    boundary = uuid.uuid4().hex
    parts: List[bytes] = []
    for name, value in fields.items():
        filename = None
        if isinstance(value, os.PathLike):
            filename = os.path.basename(os.fspath(value))
            with open(value, "rb") as file:
                value = file.read()
        elif hasattr(value, "read"):
            filename = os.path.basename(str(getattr(value, "name", name)))
            value = value.read()
        elif isinstance(value, bytes):
            filename = name
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
        if filename is not None:
            head += f'; filename="{filename}"\r\nContent-Type: application/octet-stream'
        content = value if isinstance(value, bytes) else str(value).encode()
        parts.append(head.encode() + b"\r\n\r\n" + content + b"\r\n")
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


class _Transport:
    def __init__(
        self, api_key: Optional[str], base_url: Optional[str], timeout: float, max_retries: int
    ) -> None:
        key = api_key or os.environ.get("KUBIYA_API_KEY")
        if not key:
            raise KubiyaError("no API key: pass api_key or set KUBIYA_API_KEY")
        self._key = key
        self._base = (base_url or os.environ.get("KUBIYA_BASE_URL") or _DEFAULT_BASE_URL).rstrip("/")
        if not self._base.startswith(("http://", "https://")):
            raise KubiyaError(f"the base url must begin with http:// or https://, got {self._base!r}")
        self._origin = self._base[:-3] if self._base.endswith("/v1") else self._base
        self._timeout = timeout
        self._retries = max_retries
        self._opener = urllib.request.build_opener(_NoRedirects)

    def call(
        self,
        method: str,
        template: str,
        *,
        answer: str,
        path: Optional[Mapping[str, str]] = None,
        query: Optional[Mapping[str, Any]] = None,
        headers: Optional[Mapping[str, Any]] = None,
        body: Any = None,
        form: Optional[Mapping[str, Any]] = None,
        timeout: Optional[float] = None,
    ) -> Any:
        target = template
        for name, value in (path or {}).items():
            if not value:
                raise KubiyaError(f"{method} {template} needs {name}")
            target = target.replace("{" + name + "}", quote(str(value), safe=""))
        url = self._base + target[3:] if target.startswith("/v1/") else self._origin + target
        data, content_type = None, None
        if form is not None:
            data, content_type = _form(form)
        elif body is not None:
            data, content_type = json.dumps(body).encode(), "application/json"
        sent = {name: str(value) for name, value in (headers or {}).items() if value is not None}
        # So that a write whose answer was lost can be sent again without doing it twice.
        if "Idempotency-Key" in (headers or {}) and "Idempotency-Key" not in sent:
            sent["Idempotency-Key"] = str(uuid.uuid4())
        sent["Authorization"] = f"UserKey {self._key}"
        sent["User-Agent"] = f"kubiya-python/{VERSION}"
        if content_type:
            sent["Content-Type"] = content_type
        limit = self._timeout if timeout is None else timeout

        def send(parameters: Optional[Mapping[str, Any]], more: Mapping[str, str]) -> Any:
            full = url + self._query_string(parameters)
            request = urllib.request.Request(full, data=data, method=method, headers={**sent, **more})
            repeatable = method in ("GET", "PUT", "DELETE") or "Idempotency-Key" in sent
            return self._send(request, limit, self._retries if repeatable else 0)

        if answer == "page":
            parameters = dict(query or {})

            def load(offset: Optional[int]) -> Page[Any]:
                chosen = parameters if offset is None else {**parameters, "offset": offset, "page": None}
                with send(chosen, {}) as response:
                    return Page(json.load(response))

            return load
        response = send(query, {})
        if response.headers.get("Content-Type", "").startswith("text/event-stream"):
            resumes = method == "GET" and "Last-Event-ID" in (headers or {})
            return EventStream(
                response,
                (lambda last: send(query, {"Last-Event-ID": last})) if resumes else None,
                lambda failures: time.sleep(_backoff(failures)),
                self._retries,
            )
        with response:
            text = response.read().decode("utf-8")
        if answer == "empty" or not text:
            return None
        return json.loads(text) if "json" in response.headers.get("Content-Type", "") else text

    @staticmethod
    def _query_string(parameters: Optional[Mapping[str, Any]]) -> str:
        pairs: List[Tuple[str, str]] = []
        for name, value in (parameters or {}).items():
            for one in value if isinstance(value, (list, tuple)) else [value]:
                if one is not None:
                    text = str(one).lower() if isinstance(one, bool) else str(one)
                    pairs.append((name, one.isoformat() if hasattr(one, "isoformat") else text))
        return "?" + urlencode(pairs) if pairs else ""

    def _send(self, request: urllib.request.Request, timeout: float, retries: int) -> Any:
        failures = 0
        while True:
            try:
                return self._once(request, timeout)
            except TimeoutError:
                raise
            except KubiyaError as error:
                if error.status is not None and error.status not in _RETRIED:
                    raise
                wait = error.retry_after or _backoff(failures)
                if failures >= retries or wait > _LONGEST_WAIT:
                    raise
            time.sleep(wait)
            failures += 1

    def _once(self, request: urllib.request.Request, timeout: float) -> Any:
        try:
            return self._opener.open(request, timeout=timeout or None)
        except urllib.error.HTTPError as error:
            with error:
                text = error.read().decode("utf-8", "replace")
            raise error_of(error.code, error.headers, text) from None
        except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, socket.timeout):
                raise TimeoutError(f"no answer within {timeout} s from {self._origin}") from error
            raise ConnectionError(f"no answer from {self._origin}: {reason}") from error


class KubiyaClient(HasResources):
    """Speaks to a Kubiya server: ``client.agents.list()``, ``client.tools.execute({...})``.

    Args:
        api_key: without ``UserKey``; default: the environment's KUBIYA_API_KEY.
        base_url: default: the environment's KUBIYA_BASE_URL, then http://127.0.0.1:8080/v1.
        timeout: seconds without a byte after which an answer is given up; 0 = never.
        max_retries: how often a request that may be repeated is repeated.
    """

    def __init__(
        self,
        api_key: Optional[str] = None,
        base_url: Optional[str] = None,
        timeout: float = 60.0,
        max_retries: int = 2,
    ) -> None:
        transport = _Transport(api_key, base_url, timeout, max_retries)

        def call(method: str, template: str, **request: Any) -> Any:
            result = transport.call(method, template, **request)
            return Pages(result) if request["answer"] == "page" else result

        for name, (resource, _) in RESOURCES.items():
            setattr(self, name, resource(call))

    def get_teammates(self) -> List[types.Agent]:
        """All teammates."""
        return list(self.agents.list())


class AsyncKubiyaClient(HasAsyncResources):
    """As ``KubiyaClient``, for asyncio: await calls, iterate with ``async for``. Requests run in threads."""

    def __init__(
        self,
        api_key: Optional[str] = None,
        base_url: Optional[str] = None,
        timeout: float = 60.0,
        max_retries: int = 2,
    ) -> None:
        transport = _Transport(api_key, base_url, timeout, max_retries)

        def call(method: str, template: str, **request: Any) -> Any:
            if request["answer"] == "page":
                return AsyncPages(transport.call(method, template, **request))
            return self._await(transport, method, template, request)

        for name, (_, resource) in RESOURCES.items():
            setattr(self, name, resource(call))

    @staticmethod
    async def _await(transport: _Transport, method: str, template: str, request: Dict[str, Any]) -> Any:
        result = await asyncio.to_thread(lambda: transport.call(method, template, **request))
        return AsyncEventStream(result) if isinstance(result, EventStream) else result

    async def get_teammates(self) -> List[types.Agent]:
        """All teammates."""
        return [agent async for agent in self.agents.list()]
