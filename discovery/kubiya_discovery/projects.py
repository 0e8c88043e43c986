"""Groups modules into projects and finds each project's import roots, without running its setup.py."""

import ast
import os
import re
from typing import Dict, List, NamedTuple, Optional

_MARKERS = ("setup.py", "pyproject.toml", "setup.cfg")


class Project(NamedTuple):
    """One process: nothing of another project can be seen from here."""

    folder: str
    roots: List[str]  # searched before the standard library
    last_roots: List[str]  # searched after it, so that common names never hide it
    modules: List[str]


def projects_of(root: str, modules: List[str], texts: Dict[str, str]) -> List[Project]:
    groups: Dict[str, List[str]] = {}
    for module in modules:
        groups.setdefault(_folder_of(root, module), []).append(module)
    return [_project(root, folder, files, texts) for folder, files in sorted(groups.items())]


def _folder_of(root: str, module: str) -> str:
    folder = os.path.dirname(module)
    while folder != root:
        if any(os.path.isfile(os.path.join(folder, marker)) for marker in _MARKERS):
            return folder
        folder = os.path.dirname(folder)
    top = os.path.relpath(module, root).split(os.sep)[0]
    candidate = os.path.join(root, top)
    # A package directly under the root belongs to the root; any other folder stands for itself.
    if not os.path.isdir(candidate) or os.path.isfile(os.path.join(candidate, "__init__.py")) or top == "src":
        return root
    if any(os.path.isfile(os.path.join(root, marker)) for marker in _MARKERS):
        declared = declared_roots(root)
        if any(_within(place, candidate) or _within(candidate, place) for place in declared if place != root):
            return root
    return candidate


def _within(path: str, folder: str) -> bool:
    return (path + os.sep).startswith(folder.rstrip(os.sep) + os.sep)


def _project(root: str, folder: str, modules: List[str], texts: Dict[str, str]) -> Project:
    roots = declared_roots(folder)
    src = os.path.join(folder, "src")
    if os.path.isdir(src) and not os.path.isfile(os.path.join(src, "__init__.py")):
        roots.append(src)
    roots.append(folder)
    last = []
    # ``from base import X`` instead of ``from .base import X`` is a common slip that used to work.
    for module in modules:
        last.append(os.path.dirname(module))
    if folder != root and _names_itself_from_above(folder, modules, texts):
        last.append(os.path.dirname(folder))
    return Project(folder, _unique(roots), [path for path in _unique(last) if path not in roots], modules)


def _names_itself_from_above(folder: str, modules: List[str], texts: Dict[str, str]) -> bool:
    """Whether modules say ``from folder.package import …`` although they are inside ``folder``."""
    name = re.escape(os.path.basename(folder))
    wanted = re.compile(r"^[ \t]*(?:from|import)[ \t]+%s\." % name, re.MULTILINE)
    return any(wanted.search(texts.get(module, "")) for module in modules)


def _unique(paths: List[str]) -> List[str]:
    return list(dict.fromkeys(paths))


def declared_roots(folder: str) -> List[str]:
    """The folders that the project's own packaging files name as the place of its packages."""
    named: List[str] = []
    named += _of_setup_py(_read(os.path.join(folder, "setup.py")))
    named += _of_text(_read(os.path.join(folder, "pyproject.toml")))
    named += _of_text(_read(os.path.join(folder, "setup.cfg")))
    roots = [os.path.normpath(os.path.join(folder, name)) for name in named]
    # Nothing outside the project is a root of it, whatever its files say.
    return _unique([path for path in roots if os.path.isdir(path) and _within(path, folder)])


def _of_setup_py(text: Optional[str]) -> List[str]:
    if text is None:
        return []
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    found: List[str] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        for keyword in node.keywords:
            if called == "setup" and keyword.arg == "package_dir":
                value = _literal(keyword.value)
                if isinstance(value, dict):
                    found += [place for package, place in value.items() if package == "" and isinstance(place, str)]
            if called.startswith("find_") and keyword.arg == "where":
                found += _strings(_literal(keyword.value))
        if called.startswith("find_") and node.args:
            found += _strings(_literal(node.args[0]))
    return found


def _literal(node: ast.AST) -> object:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def _strings(value: object) -> List[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, (list, tuple)) else []


# tomllib exists only from Python 3.11 on, and these two settings are all that is wanted.
_WHERE = re.compile(r"^[ \t]*where[ \t]*=[ \t]*(\[[^\]]*\]|[^\n#]+)", re.MULTILINE)
_PACKAGE_DIR = re.compile(
    r"^[ \t]*(?:package-dir|package_dir)[ \t]*=[ \t]*(?:\{[ \t]*\"\"[ \t]*=[ \t]*\"([^\"\n]*)\"|\n[ \t]*=[ \t]*([^\n#]+))", re.MULTILINE
)


def _of_text(text: Optional[str]) -> List[str]:
    if text is None:
        return []
    found = []
    for value in _WHERE.findall(text):
        found += re.findall(r"[\"']([^\"']+)[\"']", value) or [value.strip()]
    for first, second in _PACKAGE_DIR.findall(text):
        found.append((first or second).strip().strip("\"'"))
    return [place for place in found if place]


def _read(path: str) -> Optional[str]:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(256 * 1024)
    except OSError:
        return None
