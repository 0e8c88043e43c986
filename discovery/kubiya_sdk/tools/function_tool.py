"""Functions as tools: the function's own source becomes the script, its signature the arguments."""

import ast
import enum
import inspect
import shlex
import textwrap
import typing
from typing import Any, Callable, Dict, List, Optional

from kubiya_sdk.tools.models import Arg, Tool
from kubiya_sdk.tools.registry import tool_registry

# The annotations are not evaluated (they often name libraries that only the author has), so the
# kinds travel beside the function and the values arrive as environment variables.
_SCRIPT = '''#!/usr/bin/env python3
from __future__ import annotations
import asyncio as _asyncio, inspect as _inspect, json as _json, os as _os
from typing import *

%(source)s

def _read(name, kind):
    text = _os.environ[name]
    if kind == "int":
        return int(text)
    if kind == "float":
        return float(text)
    if kind == "bool":
        return text.strip().lower() in ("1", "true", "yes", "on")
    return _json.loads(text) if kind in ("array", "object") else text


if __name__ == "__main__":
    _sent = {n: k for n, k in %(kinds)r.items() if n in _os.environ}
    # An empty value is an answer only where text is asked for.
    _given = {n: _read(n, k) for n, k in _sent.items() if k == "string" or _os.environ[n] != ""}
    _result = %(name)s(**_given)
    if _inspect.isawaitable(_result):
        async def _wait():
            return await _result
        _result = _asyncio.run(_wait())
    if _result is not None:
        print(_result if isinstance(_result, str) else _json.dumps(_result, default=str))
'''

_KINDS = {str: "string", int: "int", float: "float", bool: "bool", list: "array", tuple: "array", dict: "object"}


class FunctionTool(Tool):
    """A tool that remembers the Python function it was made from."""

    function: Any = None

    @classmethod
    def from_function(
        cls, func: Callable, name: Optional[str] = None, description: Optional[str] = None, source: Any = None
    ) -> "FunctionTool":
        return tool_from_function(func, {"name": name, "description": description, "source": source}, cls)


def function_tool(*given: Any, **options: Any) -> Any:
    """``@function_tool(description=…, requirements=[…])`` above a function, or called with one."""
    if given and callable(given[0]):
        tool = tool_from_function(given[0], options)
        tool_registry.register("function_tool", tool)
        return tool
    if given:
        options.setdefault("description", given[0])

    def decorate(function: Callable) -> Callable:
        tool = tool_from_function(function, options)
        tool_registry.register("function_tool", tool)
        # The function stays callable: modules test or reuse it.
        function.tool = tool  # type: ignore[attr-defined]
        return function

    return decorate


def tool_from_function(function: Callable, options: Dict[str, Any], kind: type = FunctionTool) -> Any:
    options = {key: value for key, value in options.items() if value is not None}
    requirements = options.pop("requirements", [])
    if isinstance(requirements, str):
        requirements = requirements.split()
    name = function.__name__
    args = options.pop("args", None)
    if args is None:
        args = arguments_of(function)
    described = inspect.getdoc(function) or "Runs %s" % name
    options.setdefault("name", name)
    options.setdefault("description", described)
    options.setdefault("type", "python")
    tool = kind(args=args, dependencies=list(requirements), **options)
    if tool.content is None:
        kinds = {arg.name: str(arg.type) for arg in tool.args}
        tool.content = _SCRIPT % {"source": source_of(function), "kinds": kinds, "name": name}
    if requirements and not tool.on_start:
        tool.on_start = "python3 -m pip install --quiet --disable-pip-version-check " + " ".join(
            shlex.quote(requirement) for requirement in requirements
        )
    if isinstance(tool, FunctionTool):
        tool.function = function
    code = function.__code__
    tool.__dict__["_made_at"] = (code.co_filename, code.co_firstlineno)
    return tool


def source_of(function: Callable) -> str:
    """The function without its decorators, at the left margin."""
    text = textwrap.dedent(inspect.getsource(function))
    definition = next(
        node for node in ast.walk(ast.parse(text)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )
    return "\n".join(text.splitlines()[definition.lineno - 1 :])


def arguments_of(function: Callable) -> List[Arg]:
    try:
        annotations = typing.get_type_hints(function)
    except Exception:
        # Hints that do not resolve here say nothing about whether the function runs there.
        annotations = getattr(function, "__annotations__", {})
    args = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        kind, options = _kind(annotations.get(parameter.name))
        required = parameter.default is parameter.empty
        default = None if required or not _simple(parameter.default) else parameter.default
        args.append(
            Arg(
                name=parameter.name,
                type=kind,
                description="The %s parameter of %s" % (parameter.name, function.__name__),
                required=required,
                default=default,
                options=options,
            )
        )
    return args


def _kind(annotation: Any) -> Any:
    if isinstance(annotation, str):
        known = {kind.__name__: name for kind, name in _KINDS.items()}
        return known.get(annotation.split("[")[0].lower(), "string"), None
    origin = typing.get_origin(annotation)
    if origin is typing.Union:
        chosen = [option for option in typing.get_args(annotation) if option is not type(None)]
        return _kind(chosen[0]) if len(chosen) == 1 else ("string", None)
    if getattr(typing, "Literal", None) is not None and origin is typing.Literal:
        options = list(typing.get_args(annotation))
        return _KINDS.get(type(options[0]), "string"), options
    if hasattr(annotation, "__metadata__"):
        return _kind(annotation.__origin__)
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return "string", [member.value for member in annotation]
    return _KINDS.get(origin or annotation, "string"), None


def _simple(value: Any) -> bool:
    return isinstance(value, (str, int, float, bool, list, dict)) or value is None


__all__ = ["FunctionTool", "function_tool"]
