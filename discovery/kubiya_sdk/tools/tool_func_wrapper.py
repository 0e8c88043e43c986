"""The place some modules import ``function_tool`` from."""

from kubiya_sdk.tools.function_tool import function_tool

__all__ = ["function_tool"]
