from typing import Literal

from kubiya_sdk.tools import function_tool


@function_tool(description="Turns a title into a name for a branch or a file")
def slug(title: str, separator: Literal["-", "_"] = "-", longest: int = 40) -> str:
    import re

    words = re.findall(r"[a-z0-9]+", title.lower())
    return separator.join(words)[:longest].strip(separator)


@function_tool(description="Tells how two lists of names differ")
def compare_names(before: list, after: list) -> dict:
    return {
        "added": sorted(set(after) - set(before)),
        "removed": sorted(set(before) - set(after)),
    }
