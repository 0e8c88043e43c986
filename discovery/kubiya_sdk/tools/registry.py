"""Where a module says which tools it offers."""

import sys
from typing import Any, Dict, List, Optional, Tuple

from kubiya_sdk.tools.models import Tool


class ToolRegistry:
    """Every registration is kept, in order; the driver decides what a repeated name means."""

    def __init__(self) -> None:
        self.tools: Dict[str, Dict[str, Tool]] = {"default": {}}
        self.registrations: List[Tuple[Tool, Optional[Tuple[str, int]]]] = []
        self._config: Dict[str, Any] = {}

    @property
    def dynamic_config(self) -> Dict[str, Any]:
        """What the caller of load or sync passed in; empty when nothing was."""
        return self._config

    @dynamic_config.setter
    def dynamic_config(self, config: Optional[Dict[str, Any]]) -> None:
        self._config = config if config is not None else {}

    def set_dynamic_config(self, dynamic_config: Optional[Dict[str, Any]]) -> None:
        self.dynamic_config = dynamic_config

    def register(self, *given: Any, **named: Any) -> Any:
        """``register(source, tool)`` or ``register(tool)``; a list of tools is each of them.

        The source is a label of the module's own and says nothing about where the tool comes from.
        """
        source, tool = _source_and_tool(given, named)
        if isinstance(tool, (list, tuple)):
            for each in tool:
                self.register(source, each)
            return tool
        if not isinstance(tool, Tool):
            raise TypeError(
                "tool_registry.register expects a Tool, got %s" % type(tool).__name__
            )
        self.tools.setdefault(source, {})[tool.name] = tool
        if not any(known is tool for known, _ in self.registrations):
            caller = sys._getframe(1)
            self.registrations.append((tool, (caller.f_code.co_filename, caller.f_lineno)))
        return tool

    register_tool = register

    def get_tool(self, *wanted: str) -> Optional[Tool]:
        """``get_tool(source, name)``, or ``get_tool(name)`` over all sources."""
        name = wanted[-1]
        sources = [wanted[0]] if len(wanted) > 1 else list(self.tools)
        for source in sources:
            found = self.tools.get(source, {}).get(name)
            if found is not None:
                return found
        return None

    get_tool_by_name = get_tool

    def get_tools(self, source: Optional[str] = None) -> List[Tool]:
        if source is not None:
            return list(self.tools.get(source, {}).values())
        return [tool for tools in self.tools.values() for tool in tools.values()]

    list_tools = get_tools


def _source_and_tool(given: Tuple[Any, ...], named: Dict[str, Any]) -> Tuple[str, Any]:
    values = list(given)
    tool = named.get("tool")
    source = named.get("source", named.get("source_name"))
    if tool is None and values:
        tool = values.pop()
    if source is None and values:
        source = values.pop()
    if tool is None:
        raise TypeError("tool_registry.register expects a source name and a Tool")
    return (source if isinstance(source, str) else "default"), tool


tool_registry = ToolRegistry()

__all__ = ["Tool", "ToolRegistry", "tool_registry"]
