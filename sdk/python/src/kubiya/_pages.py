"""Lists, a page at a time."""

from __future__ import annotations

import asyncio
from typing import Any, AsyncIterator, Callable, Dict, Generator, Generic, Iterator, List, Mapping, Optional, TypeVar

T = TypeVar("T")


class Page(Generic[T]):
    """One page of a list."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.data: List[T] = body["data"]
        self.pagination: Dict[str, int] = body["pagination"]

    @property
    def next_offset(self) -> Optional[int]:
        """Where the next page begins; None after the last."""
        end = self.pagination["offset"] + len(self.data)
        return end if self.data and end < self.pagination["total"] else None

    def __iter__(self) -> Iterator[T]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)


class Pages(Generic[T]):
    """A list: iterate over all its rows, or take a page with ``page()``. Nothing is asked for before that."""

    def __init__(self, load: Callable[[Optional[int]], Page[T]]) -> None:
        self._load = load

    def page(self) -> Page[T]:
        """The page that ``limit`` and ``offset`` chose."""
        return self._load(None)

    def pages(self) -> Iterator[Page[T]]:
        """That page and those after it."""
        page = self._load(None)
        yield page
        while page.next_offset is not None:
            page = self._load(page.next_offset)
            yield page

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page


class AsyncPages(Generic[T]):
    """As ``Pages``: iterate with ``async for``, or await it for a page."""

    def __init__(self, load: Callable[[Optional[int]], Page[T]]) -> None:
        self._load = load

    def __await__(self) -> Generator[Any, None, Page[T]]:
        return asyncio.to_thread(self._load, None).__await__()

    async def pages(self) -> AsyncIterator[Page[T]]:
        page = await asyncio.to_thread(self._load, None)
        yield page
        while page.next_offset is not None:
            page = await asyncio.to_thread(self._load, page.next_offset)
            yield page

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for row in page:
                yield row
