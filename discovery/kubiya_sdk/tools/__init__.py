"""The vocabulary of a tool definition."""

from kubiya_sdk.tools.function_tool import FunctionTool, function_tool
from kubiya_sdk.tools.model import Model, ValidationError
from kubiya_sdk.tools.models import (
    Arg,
    FileSpec,
    GitRepoSpec,
    KubiyaArgType,
    OpenAPISpec,
    ServiceSpec,
    Source,
    Tool,
    ToolOutput,
    ToolType,
    Volume,
)
from kubiya_sdk.tools.registry import ToolRegistry, tool_registry
from kubiya_sdk.tools.secret import Secret

# Some modules write ``@register_tool(name=…, description=…)`` above a function.
register_tool = function_tool

__all__ = [
    "Arg",
    "FileSpec",
    "FunctionTool",
    "GitRepoSpec",
    "KubiyaArgType",
    "Model",
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
    "function_tool",
    "register_tool",
    "tool_registry",
]
