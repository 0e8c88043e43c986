"""Which Python files of a folder may define tools. Reads text only; nothing is imported here."""

import os
import re
from typing import Dict, Iterator, List, Set

LARGEST_MODULE = 2 * 1024 * 1024

_SKIPPED_FOLDERS = {"node_modules", "__pycache__", "site-packages", "venv", "tests", "test", "dist"}
_SKIPPED_FILES = {"setup.py", "conftest.py"}
# A module that never names kubiya_sdk may still define tools with a base class of its own project.
# The repetitions in these patterns are bounded: the text is anybody's, and may be made to be slow to search.
_TOOL_HABITS = re.compile(
    r"\btool_registry\b|\bfunction_tool\b|\bregister_\w{0,60}tools?\b|\b\w{0,60}Tool\w{0,60}\("
)
_TEST_HABITS = re.compile(r"^[ \t]*(?:import|from)[ \t][^\n]{0,200}\b(?:pytest|unittest)\b|^[ \t]*(?:async[ \t]+)?def test_", re.MULTILINE)
_IMPORTS = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]*)[ \t]+import[ \t]+(\([^)]{0,4000}\)|[^\n#]*)|import[ \t]+([^\n#]+))", re.MULTILINE
)


class Skipped:
    """A file that could define tools but is not read, and why."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason


def python_files(root: str) -> Iterator[str]:
    for folder, subfolders, files in os.walk(root, followlinks=False):
        subfolders[:] = sorted(name for name in subfolders if not _skipped_folder(folder, name))
        for name in sorted(files):
            if name.endswith(".py") and not name.startswith(".") and name not in _SKIPPED_FILES:
                path = os.path.join(folder, name)
                if inside(root, path):
                    yield path


def inside(root: str, path: str) -> bool:
    """Links that lead out of the root are not followed."""
    real = os.path.realpath(path)
    return os.path.isfile(real) and (real + os.sep).startswith(root.rstrip(os.sep) + os.sep)


def _skipped_folder(parent: str, name: str) -> bool:
    path = os.path.join(parent, name)
    return (
        name.startswith(".")
        or name in _SKIPPED_FOLDERS
        or name.endswith(".egg-info")
        # What setuptools leaves behind is a copy of the package.
        or (name == "build" and os.path.isdir(os.path.join(path, "lib")))
        or os.path.isfile(os.path.join(path, "pyvenv.cfg"))
        or os.path.islink(path)
    )


class Candidates:
    """The modules to import, the text they were chosen by, and those that are too large to read."""

    def __init__(self, root: str) -> None:
        self.texts: Dict[str, str] = {}
        self.skipped: List[Skipped] = []
        for path in python_files(root):
            self._read(path)
        self.chosen = self._choose()

    def _read(self, path: str) -> None:
        try:
            with open(path, "rb") as file:
                content = file.read(LARGEST_MODULE + 1)
        except OSError:
            return
        # Latin-1 never fails; whether the module is proper Python is for the import to say.
        text = content.decode("latin-1")
        if len(content) > LARGEST_MODULE:
            if "kubiya_sdk" in text:
                reason = "the module is larger than %d KiB and was not read" % (LARGEST_MODULE // 1024)
                self.skipped.append(Skipped(path, reason))
            return
        self.texts[path] = text

    def _choose(self) -> List[str]:
        chosen = {path for path, text in self.texts.items() if "kubiya_sdk" in text and not _is_test(path, text)}
        waiting = [
            path
            for path, text in self.texts.items()
            if path not in chosen and _TOOL_HABITS.search(text) and not _is_test(path, text)
        ]
        # Modules that import a chosen module of the same top folder are chosen too, however long the chain.
        imported = {path: _imported_names(self.texts[path]) for path in waiting}
        grown = True
        while grown and waiting:
            known = _reachable_names(chosen)
            added = [path for path in waiting if _knows(path, imported[path], known)]
            chosen.update(added)
            waiting = [path for path in waiting if path not in chosen]
            grown = bool(added)
        return sorted(chosen)


def _is_test(path: str, text: str) -> bool:
    name = os.path.basename(path)
    return (name.startswith("test_") or name.endswith("_test.py")) and bool(_TEST_HABITS.search(text))


def _imported_names(text: str) -> Set[str]:
    names: Set[str] = set()
    for origin, picked, plain in _IMPORTS.findall(text):
        for part in (origin.lstrip("."), picked.strip("()") if origin else "", plain):
            for piece in part.split(","):
                words = piece.split()
                if words:
                    names.update(words[0].split("."))
    return names


def _reachable_names(chosen: Set[str]) -> Dict[str, List[str]]:
    names: Dict[str, List[str]] = {}
    for path in chosen:
        folder, file = os.path.split(path)
        name = os.path.basename(folder) if file == "__init__.py" else file[:-3]
        names.setdefault(name, []).append(folder)
    return names


def _knows(path: str, imported: Set[str], known: Dict[str, List[str]]) -> bool:
    """Whether one of the imported names is a chosen module in the same folder or the one above."""
    above = os.path.dirname(os.path.dirname(path)) + os.sep
    return any((folder + os.sep).startswith(above) for name in imported for folder in known.get(name, ()))
