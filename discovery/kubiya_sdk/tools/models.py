"""Tools and the parts they are made of."""

import enum
import sys
from typing import Any, List, Optional

from kubiya_sdk.tools.model import Model, ValidationError


class _AnySpelling(enum.EnumMeta):
    """``KubiyaArgType.String``, ``.STRING`` and ``.string`` are the same member."""

    def __getattr__(cls, name: str) -> Any:
        if not name.startswith("_"):
            wanted = name.replace("_", "").upper()
            for member, value in cls.__members__.items():
                if member.replace("_", "") == wanted:
                    return value
        raise AttributeError("%s has no member %r; it has %s" % (cls.__name__, name, ", ".join(cls.__members__)))


class KubiyaArgType(str, enum.Enum, metaclass=_AnySpelling):
    STRING = "string"
    STR = "string"
    INT = "int"
    INTEGER = "int"
    FLOAT = "float"
    NUMBER = "float"
    BOOL = "bool"
    BOOLEAN = "bool"
    ARRAY = "array"
    LIST = "array"
    OBJECT = "object"
    DICT = "object"
    JSON = "object"
    JSON_OBJECT = "object"
    FILE = "file"

    def __str__(self) -> str:
        return self.value


class ToolType(str, enum.Enum, metaclass=_AnySpelling):
    DOCKER = "docker"
    CONTAINER = "docker"
    SCRIPT = "script"
    SHELL = "script"
    BASH = "script"
    PYTHON = "python"
    MCP = "mcp"

    def __str__(self) -> str:
        return self.value


class Source(Model):
    id: Optional[str] = None
    url: Optional[str] = None


class Arg(Model):
    name: str
    type: Any = "string"
    description: Optional[str] = None
    required: Optional[bool] = None
    default: Any = None
    options: Optional[List[Any]] = None
    options_from: Optional[Any] = None

    def _accept(self, name: str, value: Any) -> Any:
        return _text(value) if name == "name" else value


class FileSpec(Model):
    destination: str
    source: Optional[str] = None
    content: Optional[str] = None


class Volume(Model):
    path: str
    name: str = ""


class GitRepoSpec(Model):
    url: str
    branch: Optional[str] = None
    dir: Optional[str] = None


class OpenAPISpec(Model):
    url: str


class ServiceSpec(Model):
    name: str
    image: Optional[str] = None
    exposed_ports: List[int] = []
    env: Any = {}
    entrypoint: Optional[List[str]] = None
    with_volumes: List[Any] = []


class ToolOutput(Model):
    output: Any = None
    error: Optional[str] = None
    tool_name: Optional[str] = None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text, got %s" % type(value).__name__)
    return value


def _records(kind: type, value: Any) -> List[Any]:
    """A list of records from a list of records or dictionaries, or from a mapping of names to them."""
    if value is None:
        return []
    if isinstance(value, dict):
        value = [dict(item or {}, name=name) for name, item in value.items()]
    if not isinstance(value, (list, tuple)):
        raise ValueError("must be a list of %s, got %s" % (kind.__name__, type(value).__name__))
    records = []
    for item in value:
        if isinstance(item, dict):
            item = kind(**item)
        elif not isinstance(item, Model):
            raise ValueError("must hold %s, got %s" % (kind.__name__, type(item).__name__))
        records.append(item)
    return records


def _names(value: Any) -> List[Any]:
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, (list, tuple, set, frozenset)):
        return sorted(value) if isinstance(value, (set, frozenset)) else list(value)
    if isinstance(value, dict):
        return list(value)
    raise ValueError("must be a list of names, got %s" % type(value).__name__)


class Tool(Model):
    name: str
    description: Optional[str] = None
    type: Any = None
    alias: Optional[str] = None
    content: Optional[str] = None
    content_url: Optional[str] = None
    args: List[Arg] = []
    env: List[Any] = []
    secrets: List[Any] = []
    dependencies: List[Any] = []
    dependencies_url: Optional[str] = None
    openapi: Optional[OpenAPISpec] = None
    with_files: List[FileSpec] = []
    with_services: List[ServiceSpec] = []
    with_git_repo: Optional[GitRepoSpec] = None
    with_volumes: List[Volume] = []
    entrypoint: List[str] = []
    image: Optional[str] = None
    on_start: Optional[str] = None
    on_build: Optional[str] = None
    on_complete: Optional[str] = None
    workflow: Any = None
    long_running: bool = False
    timeout: Any = None
    icon_url: Optional[str] = None
    mermaid: Any = None
    metadata: Any = {}
    source: Any = None

    _LISTS = {"args": Arg, "with_files": FileSpec, "with_services": ServiceSpec, "with_volumes": Volume}
    _NAMES = ("env", "secrets", "dependencies")

    def __init__(self, *positional: Any, **values: Any) -> None:
        super().__init__(*positional, **values)
        self.__dict__["_made_at"] = _maker(self)

    def _accept(self, name: str, value: Any) -> Any:
        if name in self._LISTS:
            return _records(self._LISTS[name], value)
        if name in self._NAMES:
            return _names(value)
        if name == "name" or (name == "content" and value is not None):
            return _text(value)
        return value

    def to_mermaid(self) -> str:
        """A small drawing of what goes in and what comes out."""
        lines = ["flowchart LR", '    tool["%s"]' % self.name.replace('"', "'")]
        for position, arg in enumerate(self.args):
            shape = '["%s"]' if arg.required else '("%s")'
            lines.append("    arg%d%s --> tool" % (position, shape % arg.name.replace('"', "'")))
        lines.append('    tool --> result["result"]')
        return "\n".join(lines)


def _maker(tool: Tool) -> Any:
    """The file and line that asked for this tool: past the constructors of the tool's own classes."""
    frame: Any = sys._getframe(2)
    while frame is not None:
        code = frame.f_code
        constructing = code.co_name == "__init__" and any(
            frame.f_locals.get(own) is tool for own in code.co_varnames[:1]
        )
        if not constructing and "/kubiya_sdk/" not in code.co_filename.replace("\\", "/"):
            return code.co_filename, frame.f_lineno
        frame = frame.f_back
    return None


__all__ = [
    "Arg",
    "FileSpec",
    "GitRepoSpec",
    "KubiyaArgType",
    "OpenAPISpec",
    "ServiceSpec",
    "Source",
    "Tool",
    "ToolOutput",
    "ToolType",
    "ValidationError",
    "Volume",
]
