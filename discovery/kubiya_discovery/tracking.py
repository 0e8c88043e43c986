"""Knows which file of the project is being imported, and keeps what a failed import left behind."""

import importlib.machinery
import os
import sys
from typing import Any, Callable, Dict, List, Optional


class Tracker:
    """Placed first on ``sys.meta_path``; takes part only in imports of the project's own files."""

    def __init__(self, root: str, blocked: Dict[str, str], report: Callable[[str, str], None]) -> None:
        self.root = root
        self.blocked = blocked
        self.report = report
        self.under_way: List[str] = []
        self.partial: Dict[str, Any] = {}
        self._origin: Optional[str] = None
        self._failure: Optional[BaseException] = None

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or spec.origin is None or not isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            return spec
        file = os.path.realpath(spec.origin)
        if not file.startswith(self.root + os.sep):
            return spec
        spec.loader = self.loader(name, spec.origin)
        return spec

    def loader(self, name: str, file: str) -> Any:
        return _TrackedLoader(name, file, self)

    def invalidate_caches(self) -> None:
        importlib.machinery.PathFinder.invalidate_caches()

    def enter(self, file: str) -> None:
        self.under_way.append(file)
        self.report("enter", file)

    def leave(self, file: str, failure: Optional[BaseException]) -> None:
        self.under_way.pop()
        self.report("leave", file)
        # The first file to be left is the innermost one; those around it only pass the failure on.
        if failure is not None and self._failure is not failure and not _follows(failure, self._failure):
            self._failure, self._origin = failure, file

    def origin_of(self, failure: BaseException, otherwise: str) -> str:
        """The file whose import failed first, for a failure that went through several."""
        known = self._failure is not None and (failure is self._failure or _follows(failure, self._failure))
        return self._origin if known and self._origin is not None else otherwise

    def forget(self) -> None:
        self._failure = self._origin = None


def _follows(failure: BaseException, earlier: Optional[BaseException]) -> bool:
    """Whether a failure was raised because of an earlier one."""
    seen = 0
    current: Optional[BaseException] = failure
    while current is not None and earlier is not None and seen < 20:
        if current is earlier:
            return True
        current = current.__cause__ or current.__context__
        seen += 1
    return False


class _TrackedLoader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, tracker: Tracker) -> None:
        super().__init__(name, path)
        self._tracker = tracker

    def exec_module(self, module: Any) -> None:
        file = os.path.realpath(self.path)
        reason = self._tracker.blocked.get(file)
        if reason is not None:
            raise ImportError("%s %s" % (os.path.relpath(file, self._tracker.root), reason), path=file)
        self._tracker.enter(file)
        failure: Optional[BaseException] = None
        try:
            super().exec_module(module)
        except BaseException as problem:
            failure = problem
            self._tracker.partial[module.__name__] = module
            raise
        finally:
            self._tracker.leave(file, failure)


def install(tracker: Tracker) -> None:
    sys.meta_path.insert(0, tracker)  # type: ignore[arg-type]
