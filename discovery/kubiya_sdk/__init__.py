"""What tool modules import as ``kubiya_sdk``: enough of it to describe tools, nothing that runs them.

Standard library only, Python 3.9 or newer. ``docs/tool-sources.md`` lists the supported names.
"""

from kubiya_sdk.tools import (
    Arg,
    FileSpec,
    FunctionTool,
    GitRepoSpec,
    KubiyaArgType,
    OpenAPISpec,
    Secret,
    ServiceSpec,
    Source,
    Tool,
    ToolOutput,
    ToolRegistry,
    ToolType,
    ValidationError,
    Volume,
    function_tool,
    tool_registry,
)
from kubiya_sdk.tool_templates import docker_tool, shell_tool, tool

__version__ = "0.0.0+discovery"

__all__ = [
    "Arg",
    "FileSpec",
    "FunctionTool",
    "GitRepoSpec",
    "KubiyaArgType",
    "OpenAPISpec",
    "Secret",
    "ServiceSpec",
    "Source",
    "Tool",
    "ToolOutput",
    "ToolRegistry",
    "ToolType",
    "ValidationError",
    "Volume",
    "docker_tool",
    "function_tool",
    "shell_tool",
    "tool",
    "tool_registry",
]


def __getattr__(name):
    # The import system itself asks for dunder names and expects an AttributeError.
    if name.startswith("__"):
        raise AttributeError(name)
    raise ImportError(
        "kubiya_sdk.%s is not available while tools are discovered; only tool definitions are "
        "(Tool, Arg, FileSpec, Volume, ServiceSpec, Secret, tool_registry, function_tool, …)" % name,
        name="kubiya_sdk." + name,
    )
