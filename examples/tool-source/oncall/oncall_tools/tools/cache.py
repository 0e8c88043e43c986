"""A tool with a companion container. Without a container engine it says so and ends."""

from kubiya_sdk.tools import Arg, ServiceSpec, Tool, ToolType
from kubiya_sdk.tools.registry import tool_registry

tool_registry.register(
    "oncall",
    Tool(
        name="cache_ping",
        description="Asks the cache beside it whether it is there",
        type=ToolType.SCRIPT,
        content=(
            "if (exec 3<>/dev/tcp/cache/6379 && printf 'PING\\r\\n' >&3 && head -n 1 <&3) 2>/dev/null; then :\n"
            "else echo 'there is no cache beside this tool'; fi\n"
        ),
        entrypoint=["bash"],
        args=[Arg(name="reason", description="Why you ask")],
        with_services=[ServiceSpec(name="cache", image="redis:7-alpine", exposed_ports=[6379])],
    ),
)
