"""Forks a child per project, several at a time, and survives whatever happens to them."""

import json
import os
import selectors
import signal
import time
from typing import Any, Callable, Dict, List, Optional

from kubiya_discovery import child
from kubiya_discovery.projects import Project

_LARGEST_MESSAGE = 16 * 1024 * 1024


class Run:
    """One project on its way: the child that works on it now, and what is known so far."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.left: List[str] = list(project.modules)
        self.blocked: Dict[str, str] = {}
        self.pid = 0
        self.channel = -1
        self.buffer = b""
        self.module: Optional[str] = None
        self.under_way: List[str] = []
        self.finished = False
        self.since = 0.0

    @property
    def current(self) -> Optional[str]:
        """The innermost file under way: the one to blame when the child is lost."""
        return self.under_way[-1] if self.under_way else self.module


class Parent:
    def __init__(self, root: str, request: Dict[str, Any], emit: Callable[[Dict[str, Any]], None]) -> None:
        self.root = root
        self.request = request
        self.emit = emit
        self.module_seconds = float(request.get("per_module_seconds") or 10)
        self.deadline = time.monotonic() + float(request.get("total_seconds") or 300)
        self.parallel = int(request.get("parallel") or 0) or os.cpu_count() or 1
        self.selector = selectors.DefaultSelector()
        self.active: List[Run] = []

    def run(self, projects: List[Project]) -> None:
        waiting = [Run(project) for project in projects]
        while waiting or self.active:
            while waiting and len(self.active) < self.parallel and time.monotonic() < self.deadline:
                self._fork(waiting.pop(0))
            if time.monotonic() >= self.deadline:
                self._give_up(waiting)
                return
            self._listen()

    def _fork(self, run: Run) -> None:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            for other in self.active:
                os.close(other.channel)
            left = run.project._replace(modules=run.left)
            child.run(left, self.root, writing, self.request, run.blocked)
        os.close(writing)
        run.pid, run.channel, run.buffer = pid, reading, b""
        run.module, run.under_way, run.since = None, [], time.monotonic()
        self.active.append(run)
        self.selector.register(reading, selectors.EVENT_READ, run)

    def _listen(self) -> None:
        now = time.monotonic()
        soonest = min([run.since + self.module_seconds for run in self.active] + [self.deadline])
        for key, _ in self.selector.select(max(0.0, soonest - now)):
            run = key.data
            data = os.read(run.channel, 1 << 16)
            if data:
                self._received(run, data)
            else:
                self._ended(run, None)
        now = time.monotonic()
        for run in list(self.active):
            if now - run.since >= self.module_seconds:
                self._ended(run, "was stopped: it did not finish within %g seconds" % self.module_seconds)

    def _received(self, run: Run, data: bytes) -> None:
        run.buffer += data
        *lines, run.buffer = run.buffer.split(b"\n")
        for line in lines:
            try:
                self._understood(run, json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError):
                # Only a module that writes to our channel can cause this; its noise is not a result.
                continue
        if len(run.buffer) > _LARGEST_MESSAGE:
            self._ended(run, "wrote more than a tool can be")

    def _understood(self, run: Run, message: Dict[str, Any]) -> None:
        run.since = time.monotonic()
        if "module" in message:
            self._left(run)
            run.module, run.under_way = message["module"], []
        elif "enter" in message:
            run.under_way.append(message["enter"])
        elif "leave" in message:
            if run.under_way:
                run.under_way.pop()
        elif "done" in message:
            self._left(run)
            run.module, run.finished = None, True
        elif "tool" in message or "error" in message:
            self.emit(message)

    def _left(self, run: Run) -> None:
        if run.module in run.left:
            run.left.remove(run.module)

    def _ended(self, run: Run, stopped: Optional[str]) -> None:
        """The child is gone or must go. What it had not finished goes on without the file to blame."""
        self.selector.unregister(run.channel)
        os.close(run.channel)
        self.active.remove(run)
        try:
            os.killpg(run.pid, signal.SIGKILL)
        except OSError:
            pass  # it never got as far as having a group of its own, or nothing of it is left
        try:
            os.kill(run.pid, signal.SIGKILL)
        except OSError:
            pass
        _, status = os.waitpid(run.pid, 0)
        if run.finished and stopped is None:
            return
        blamed = run.current
        reason = stopped or "ended the interpreter while it was imported (%s)" % _how(status)
        if blamed is None:
            # Before the first module or after the last: nobody to blame, so nothing to try again without.
            for module in run.left or [run.project.folder]:
                self._report(module, "Stopped" if stopped else "Crashed", "the project " + reason)
            return
        self._report(blamed, "TimeoutError" if stopped else "Crashed", "the module " + reason)
        run.blocked[blamed] = reason
        run.left = [module for module in run.left if module != blamed]
        if run.left:
            self._fork(run)

    def _give_up(self, waiting: List[Run]) -> None:
        late = "discovery took too long as a whole; this module was not reached"
        for run in list(self.active):
            run.left = [module for module in run.left if module != run.current]
            blamed = run.current
            unreached = run.left
            run.left = []
            if blamed is not None:
                run.blocked[blamed] = late
            self._ended(run, "was stopped: discovery took too long as a whole")
            for module in unreached:
                self._report(module, "TimeoutError", late)
        for run in waiting:
            for module in run.left:
                self._report(module, "TimeoutError", late)

    def _report(self, file: str, kind: str, text: str) -> None:
        shown = os.path.relpath(file, self.root)
        self.emit({"error": {"file": shown, "type": kind, "error": text, "traceback": ""}})


def _how(status: int) -> str:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return "signal %s" % signal.Signals(number).name
    return "exit code %d" % os.WEXITSTATUS(status)
