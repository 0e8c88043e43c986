"""Server-sent events."""

from __future__ import annotations

import asyncio
import http.client
import json
from dataclasses import dataclass
from typing import Any, AsyncIterator, Callable, Iterator, Mapping, Optional

from ._errors import ConnectionError, KubiyaError


@dataclass(frozen=True)
class StreamEvent:
    """One event; ``data`` is parsed where it is JSON."""

    id: str
    event: str
    data: Any


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


class EventStream:
    """Events as they come. A connection that is lost goes on after the last event that was read, where the operation can."""

    def __init__(
        self,
        response: Any,
        reopen: Optional[Callable[[str], Any]],
        wait: Callable[[int], None],
        retries: int,
    ) -> None:
        self._response = response
        self._reopen = reopen
        self._wait = wait
        self._retries = retries
        self._last_id = ""
        self._closed = False
        self.headers: Mapping[str, str] = response.headers

    def close(self) -> None:
        """Hangs up."""
        self._closed = True
        self._response.close()

    def __enter__(self) -> "EventStream":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[StreamEvent]:
        failures = 0
        try:
            while not self._closed:
                try:
                    for event in self._events():
                        failures = 0
                        self._last_id = event.id or self._last_id
                        if event.data == "[DONE]":
                            return
                        yield event
                    return
                except KubiyaError:
                    raise
                except (OSError, ValueError, http.client.HTTPException) as error:
                    if self._closed:
                        return
                    if self._reopen is None or not self._last_id or failures >= self._retries:
                        raise ConnectionError(f"the stream was cut off: {error}") from error
                    self._wait(failures)
                    failures += 1
                    self._response = self._reopen(self._last_id)
        finally:
            self.close()

    def _events(self) -> Iterator[StreamEvent]:
        name = ""
        last_id = ""
        data = []
        for line in self._lines():
            if not line:
                if data:
                    yield StreamEvent(last_id, name or "message", _parsed("\n".join(data)))
                name = ""
                data = []
                continue
            field, _, text = line.partition(":")
            text = text[1:] if text.startswith(" ") else text
            if field == "data":
                data.append(text)
            elif field == "id":
                last_id = text
            elif field == "event":
                name = text


    def _lines(self) -> Iterator[str]:
        # readline() takes a connection that was cut off for the end of the stream; read1() tells them apart.
        rest = b""
        while True:
            piece = self._response.read1(65536)
            if not piece:
                return
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield line.rstrip(b"\r").decode("utf-8")


_END = object()


class AsyncEventStream:
    """As ``EventStream``, with ``async for``."""

    def __init__(self, stream: EventStream) -> None:
        self._stream = stream
        self.headers = stream.headers

    async def close(self) -> None:
        await asyncio.to_thread(self._stream.close)

    async def __aenter__(self) -> "AsyncEventStream":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def __aiter__(self) -> AsyncIterator[StreamEvent]:
        events = iter(self._stream)
        while True:
            event = await asyncio.to_thread(next, events, _END)
            if event is _END:
                return
            yield event  # type: ignore[misc]
