"""A tool as the JSON of the API: its field names, strings for enums, names for secrets."""

import enum
import math
import os
from typing import Any, Dict, List, Optional

from kubiya_sdk.tools.model import Model
from kubiya_sdk.tools.models import Tool

LARGEST_FILE = 1024 * 1024
LARGEST_TOOL = 4 * 1024 * 1024
_DEEPEST = 40

_ARGUMENT_TYPES = {
    "str": "string", "text": "string", "integer": "int", "number": "float", "double": "float",
    "boolean": "bool", "list": "array", "tuple": "array", "dict": "object", "json": "object",
    "json_object": "object", "map": "object", "any": "string",
}  # fmt: skip
_SERVICE_EXTRAS = ("entrypoint", "with_volumes")


def tool_json(tool: Tool, folder: str, root: str) -> Dict[str, Any]:
    """What is empty is left out: the server fills in what a tool has by default."""
    fields = {name: value for name, value in tool.__dict__.items() if not name.startswith("_") and name != "function"}
    # Class attributes of a subclass are its way of giving a value once for all its tools.
    for name in type(tool).__model_fields__:
        if name not in fields and name != "function":
            fields[name] = getattr(type(tool), name, None)
    if "mermaid_diagram" in fields:
        fields["mermaid"] = fields.get("mermaid") or fields["mermaid_diagram"]
        del fields["mermaid_diagram"]
    wire = {name: json_value(value) for name, value in fields.items()}
    wire["args"] = [_argument(argument) for argument in tool.args or []]
    for names in ("env", "secrets", "dependencies"):
        wire[names] = [_name(item) for item in wire.get(names) or []]
    wire["with_files"] = [_file(item, folder, root) for item in wire.get("with_files") or []]
    wire["with_services"] = [_service(item) for item in wire.get("with_services") or []]
    if isinstance(wire.get("source"), str):
        wire["source"] = {"url": wire["source"]}
    return {name: value for name, value in wire.items() if value is not None and value != [] and value != {}}


def _argument(argument: Any) -> Dict[str, Any]:
    fields = json_value(argument)
    if not isinstance(fields, dict):
        return {"name": str(fields)}
    kind = fields.get("type")
    if isinstance(kind, str):
        lower = kind.strip().lower()
        fields["type"] = _ARGUMENT_TYPES.get(lower, lower)
    if fields.get("default") is None and fields.get("default_value") is not None:
        fields["default"] = fields.pop("default_value")
    return {name: value for name, value in fields.items() if value is not None}


def _name(item: Any) -> Any:
    """Environment variables and secrets are lists of names, however they were written."""
    return item.get("name", str(item)) if isinstance(item, dict) else str(item)


def _service(service: Any) -> Any:
    if isinstance(service, dict):
        return {name: value for name, value in service.items() if value or name not in _SERVICE_EXTRAS}
    return service


def _file(item: Any, folder: str, root: str) -> Any:
    """A source that lies beside the module is read now; any other is a path where the tool will run."""
    if not isinstance(item, dict):
        return item
    file = {name: value for name, value in item.items() if value is not None}
    source = file.get("source")
    if isinstance(source, str) and "content" not in file and not source.startswith(("/", "~", "$")):
        content = _text_beside(source, folder, root)
        if content is not None:
            file["content"] = content
    return file


def _text_beside(source: str, folder: str, root: str) -> Optional[str]:
    path = os.path.realpath(os.path.join(folder, source))
    if not path.startswith(root + os.sep) or not os.path.isfile(path) or os.path.getsize(path) > LARGEST_FILE:
        return None
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return None


def json_value(value: Any, depth: int = 0, within: Optional[List[int]] = None) -> Any:
    """Anything as JSON: what JSON has no word for becomes text, what contains itself is cut."""
    if value is None or isinstance(value, (bool, str)):
        return value.value if isinstance(value, enum.Enum) else value
    if isinstance(value, enum.Enum):
        return json_value(value.value, depth, within)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    within = within or []
    if depth > _DEEPEST or id(value) in within:
        return "…"
    inner = within + [id(value)]
    if isinstance(value, Model):
        value = {name: item for name, item in value.__dict__.items() if not name.startswith("_")}
    if isinstance(value, dict):
        return {str(key): json_value(item, depth + 1, inner) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_value(item, depth + 1, inner) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((json_value(item, depth + 1, inner) for item in value), key=str)
    return str(value)
