"""Decorators that make a tool of a function: ``@tool``, ``@shell_tool``, ``@docker_tool``."""

import inspect
from typing import Any, Callable, Dict

from kubiya_sdk.tools.function_tool import arguments_of, tool_from_function
from kubiya_sdk.tools.models import Arg, Tool
from kubiya_sdk.tools.registry import tool_registry


def _decorator(given: Any, make: Callable[[Callable], Tool]) -> Any:
    def decorate(function: Callable) -> Callable:
        made = make(function)
        code = function.__code__
        made.__dict__["_made_at"] = (code.co_filename, code.co_firstlineno)
        tool_registry.register("decorated", made)
        function.tool_definition = made  # type: ignore[attr-defined]
        function.as_tool = made.model_dump  # type: ignore[attr-defined]
        return function

    return decorate(given[0]) if given and callable(given[0]) else decorate


def tool(*given: Any, **options: Any) -> Any:
    """The function's source runs under python3."""
    if given and isinstance(given[0], str):
        options.setdefault("name", given[0])
        given = ()
    return _decorator(given, lambda function: tool_from_function(function, dict(options)))


def shell_tool(*given: Any, **options: Any) -> Any:
    """The function returns the script; it is called once, with each argument's template in its place."""
    shell = options.pop("shell", "/bin/bash")

    def make(function: Callable) -> Tool:
        values = _common(function, options)
        args = [arg if isinstance(arg, Arg) else Arg(**arg) for arg in values["args"]]
        script = function(**{arg.name: "{{ .%s }}" % arg.name for arg in args})
        return Tool(type="script", content="#!%s\n%s" % (shell, inspect.cleandoc(str(script))), **values)

    return _decorator(given, make)


def docker_tool(*given: Any, **options: Any) -> Any:
    """The function returns the script that runs in the image; arguments reach it as environment variables."""
    if given and isinstance(given[0], str):
        options.setdefault("image", given[0])
        given = ()
    volumes = options.pop("volumes", None)

    def make(function: Callable) -> Tool:
        values = _common(function, options)
        if volumes is not None:
            values["with_volumes"] = volumes
        required = [
            parameter.name
            for parameter in inspect.signature(function).parameters.values()
            if parameter.default is parameter.empty
        ]
        script = function(**{name: "{{ .%s }}" % name for name in required})
        return Tool(type="docker", content=inspect.cleandoc(str(script)), **values)

    return _decorator(given, make)


def _common(function: Callable, options: Dict[str, Any]) -> Dict[str, Any]:
    values = {key: value for key, value in options.items() if value is not None}
    values.setdefault("name", function.__name__)
    values.setdefault("description", inspect.getdoc(function) or "Runs %s" % function.__name__)
    values.setdefault("args", arguments_of(function))
    return values


__all__ = ["docker_tool", "shell_tool", "tool"]
