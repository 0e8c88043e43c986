import inspect

from kubiya_sdk import tool_registry
from kubiya_sdk.tools.models import Arg, FileSpec, Tool

from ..scripts import lines

FILES = [FileSpec(destination="/tmp/reports/lines.py", content=inspect.getsource(lines))]
TEXT = Arg(name="text", type="str", description="The text to look at", required=True)

count_lines = Tool(
    name="count_lines",
    description="Counts the lines of a text",
    type="script",
    content="python3 /tmp/reports/lines.py count",
    args=[TEXT],
    with_files=FILES,
)

longest_line = Tool(
    name="longest_line",
    description="Finds the longest line of a text",
    type="script",
    content="python3 /tmp/reports/lines.py longest",
    args=[TEXT],
    with_files=FILES,
)

for tool in (count_lines, longest_line):
    tool_registry.register("reports", tool)
