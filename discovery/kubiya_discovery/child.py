"""Runs in the forked process of one project: imports its modules and tells the parent what it found."""

import importlib
import importlib.util
import json
import os
import resource
import sys
import traceback
from typing import Any, Dict, Optional, Tuple

from kubiya_discovery.projects import Project
from kubiya_discovery.tracking import Tracker, install
from kubiya_discovery.wire import LARGEST_TOOL, tool_json
from kubiya_sdk.tools.registry import tool_registry

_LONGEST_TRACEBACK = 6000
_LONGEST_MESSAGE = 2000
# Taken now: a module may replace the originals.
_dumps, _write, _exit, _chdir = json.dumps, os.write, os._exit, os.chdir
_format, _realpath, _relpath, _exists = (
    traceback.TracebackException.from_exception,
    os.path.realpath,
    os.path.relpath,
    os.path.exists,
)
_NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto")


class NetworkNotAvailable(OSError):
    """A module reached for the network while it was imported."""


def run(project: Project, root: str, channel: int, request: Dict[str, Any], blocked: Dict[str, str]) -> None:
    """Never returns."""
    code = 1
    try:
        _settle(project, request)
        Importer(project, root, channel, blocked).run()
        code = 0
    finally:
        # Not sys.exit: threads and exit handlers of the project have no say in when this ends.
        _exit(code)


def _settle(project: Project, request: Dict[str, Any]) -> None:
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    memory = int(request.get("memory_bytes") or 0)
    if memory > 0:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse_network)
    sys.dont_write_bytecode = True
    # Compiled files that lie in the repository are never trusted over the source beside them.
    sys.pycache_prefix = os.path.join(os.sep, "nonexistent")
    sys.path[:] = project.roots + sys.path + project.last_roots
    sys.argv = [os.path.join(project.folder, "discovery")]
    importlib.invalidate_caches()
    tool_registry.dynamic_config = request.get("dynamic_config") or {}


def _refuse_network(event: str, _details: Any) -> None:
    # The sandbox has no network either; this makes the failure immediate and its reason plain.
    if event in _NETWORK:
        raise NetworkNotAvailable("the network is not available while tools are discovered")


class Importer:
    def __init__(self, project: Project, root: str, channel: int, blocked: Dict[str, str]) -> None:
        self.project = project
        self.root = root
        self.channel = channel
        self.blocked = blocked
        self.tracker = Tracker(root, blocked, self._progress)
        self.reported = 0
        self.failed_packages: set = set()

    def run(self) -> None:
        install(self.tracker)
        for module in self.project.modules:
            if module not in self.blocked:
                self._send({"module": module})
                self._import(module)
                self._send_tools(module)
        self._send({"done": True})

    def _import(self, file: str) -> None:
        _chdir(self.project.folder)
        self.tracker.forget()
        try:
            name = self._packages_then_name(file)
            if name not in sys.modules and name not in self.failed_packages:
                self._import_name(name, file)
        except BaseException as problem:  # SystemExit and KeyboardInterrupt are the module's error too
            if isinstance(problem, MemoryError):
                self.tracker.partial.clear()
            self._send_error(file, problem)

    def _packages_then_name(self, file: str) -> str:
        """Imports the packages around a module one by one, so that a broken __init__ hides nothing below."""
        place = max((root for root in self.project.roots if file.startswith(root + os.sep)), key=len)
        parts = _relpath(file, place)[:-3].split(os.sep)
        if parts[-1] == "__init__":
            parts.pop()
            if not parts:  # an __init__ in the project's own folder
                return os.path.basename(place) or "root"
        for end in range(1, len(parts)):
            self._import_package(".".join(parts[:end]), os.path.join(place, *parts[:end]))
        if os.path.basename(file) == "__init__.py":
            self._import_package(".".join(parts), os.path.dirname(file))
        return ".".join(parts)

    def _import_package(self, name: str, folder: str) -> None:
        if name in sys.modules:
            return
        try:
            importlib.import_module(name)
            return
        except BaseException as problem:
            file = os.path.join(folder, "__init__.py")
            if not _exists(file) and isinstance(problem, ModuleNotFoundError) and problem.name == name:
                pass  # a folder whose name the import system does not accept: a plain namespace
            elif self.tracker.origin_of(problem, file) == _realpath(file):
                self._send_error(file, problem)
            else:
                # The module that failed inside it reports for itself; see that it does.
                self._send_error(self.tracker.origin_of(problem, file), problem)
        self.failed_packages.add(name)
        partial = self.tracker.partial.pop(name, None)
        if partial is None:
            spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
            spec.submodule_search_locations = [folder]
            partial = importlib.util.module_from_spec(spec)
        sys.modules[name] = partial

    def _import_name(self, name: str, file: str) -> None:
        stem = os.path.basename(file)[:-3]
        if "." not in stem:
            importlib.import_module(name)
            return
        # A dot in a file's name would read as a package; the file is loaded by its place instead.
        name = name[: -len(stem)] + stem.replace(".", "_")
        spec = importlib.util.spec_from_file_location(name, file, loader=self.tracker.loader(name, file))
        module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
        sys.modules[name] = module
        spec.loader.exec_module(module)  # type: ignore[union-attr]

    def _send_tools(self, module: str) -> None:
        new = tool_registry.registrations[self.reported :]
        self.reported = len(tool_registry.registrations)
        for tool, registered_at in new:
            file, line = self._place(tool, registered_at, module)
            try:
                described = tool_json(tool, os.path.dirname(file), self.root)
                described["file_name"] = _relpath(file, self.root)
                message = {"tool": described, "line": line}
                text = _dumps(message)
                if len(text) > LARGEST_TOOL:
                    raise ValueError("tool %r is larger than %d MiB" % (tool.name, LARGEST_TOOL // 1024 // 1024))
                self._send_text(text)
            except BaseException as problem:
                self._send_error(file, problem)

    def _place(self, tool: Any, registered_at: Any, module: str) -> Tuple[str, int]:
        """Where the tool was made; where it was registered, if it was made outside of the repository."""
        for place in (tool.__dict__.get("_made_at"), registered_at):
            if place is not None:
                file = _realpath(os.path.join(self.project.folder, place[0]))
                if file.startswith(self.root + os.sep):
                    return file, place[1]
        return module, 0

    def _progress(self, what: str, file: str) -> None:
        self._send({what: file})

    def _send(self, message: Dict[str, Any]) -> None:
        self._send_text(_dumps(message))

    def _send_text(self, text: str) -> None:
        data = (text + "\n").encode("ascii")
        while data:
            data = data[_write(self.channel, data) :]

    def _send_error(self, file: str, problem: BaseException) -> None:
        self._send({"error": error_json(_relpath(_realpath(file), self.root), problem, self.root)})


def error_json(file: str, problem: BaseException, root: str) -> Dict[str, Any]:
    return {
        "file": file,
        "type": type(problem).__name__,
        "error": _shortened(_message(problem).replace(root + os.sep, ""), _LONGEST_MESSAGE),
        "traceback": _traceback(problem, root),
    }


def _message(problem: BaseException) -> str:
    try:
        text = str(problem)
    except BaseException:
        text = "(its message could not be read)"
    if isinstance(problem, SystemExit):
        return "the module ended the interpreter while it was imported (exit code %s)" % text
    if isinstance(problem, ModuleNotFoundError) and problem.name is not None:
        return "%s; it is not installed where tools are discovered" % text
    if isinstance(problem, KeyError):
        return "key %s is missing" % text
    return text or "(no message)"


def _traceback(problem: BaseException, root: str) -> str:
    """The frames of the repository's own files, with paths as seen from its root."""
    try:
        details = _format(problem, limit=-40)
        current: Optional[Any] = details
        seen = 0
        while current is not None and seen < 10:
            own = [frame for frame in current.stack if frame.filename.startswith(root + os.sep)]
            current.stack[:] = own
            current = current.__cause__ or current.__context__
            seen += 1
        text = "".join(details.format()).replace(root + os.sep, "")
    except BaseException:
        text = "%s (no traceback)" % type(problem).__name__
    return _shortened(text, _LONGEST_TRACEBACK)


def _shortened(text: str, most: int) -> str:
    half = most // 2
    return text if len(text) <= most else text[:half] + "\n…\n" + text[-half:]


