"""Finds tools in a checked-out folder: ``python3 -I discover.py --root DIR --output FILE|-``.

A JSON request comes on standard input: ``dynamic_config`` (what modules read while they are imported),
``per_module_seconds``, ``total_seconds``, ``memory_bytes`` (per project), ``parallel`` (processes).
JSON lines go out as soon as they are known: ``{"tool": …, "line": n}``, ``{"error": …}``, and ``{"done": …}``
last, so that a process killed half-way loses only what it had not reached.
"""

import argparse
import json
import os
import sys
from typing import Any, Dict, Set

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

# Imported before the first fork: every child shares them.
import collections  # noqa: E402,F401
import concurrent.futures  # noqa: E402,F401
import dataclasses  # noqa: E402,F401
import datetime  # noqa: E402,F401
import inspect  # noqa: E402,F401
import logging  # noqa: E402,F401
import pathlib  # noqa: E402,F401
import subprocess  # noqa: E402,F401
import tempfile  # noqa: E402,F401
import textwrap  # noqa: E402,F401
import typing  # noqa: E402,F401
import uuid  # noqa: E402,F401

import kubiya_sdk  # noqa: E402,F401
import kubiya_sdk.tools.secret  # noqa: E402,F401
from kubiya_discovery.modules import Candidates  # noqa: E402
from kubiya_discovery.parent import Parent  # noqa: E402
from kubiya_discovery.projects import projects_of  # noqa: E402


class Results:
    """Counts what is found once, on however many ways it was reached.

    Two different tools of one name both go out: projects end in any order, so which of them is the
    first can only be said by the reader, who sorts them by file.
    """

    def __init__(self, output: Any) -> None:
        self.output = output
        self.tools = 0
        self.known: Set[str] = set()

    def add(self, message: Dict[str, Any]) -> None:
        if "tool" in message:
            key = json.dumps(message["tool"], sort_keys=True)
        else:
            error = message["error"]
            key = json.dumps([error["file"], error["type"], error["error"]])
        if key not in self.known:
            self.known.add(key)
            self.tools += "tool" in message
            self.output.write(json.dumps(message) + "\n")
            self.output.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description="Finds the tools that Python projects define.")
    parser.add_argument("--root", required=True, help="the checked-out folder")
    parser.add_argument("--output", default="-", help="a file for the JSON lines, or - for standard output")
    arguments = parser.parse_args()
    root = os.path.realpath(arguments.root)
    if not os.path.isdir(root):
        parser.error("--root: %s is not a folder" % arguments.root)
    text = sys.stdin.read().strip()
    try:
        request = json.loads(text) if text else {}
    except ValueError as problem:
        parser.error("standard input is not a JSON request: %s" % problem)
    output = sys.stdout if arguments.output == "-" else open(arguments.output, "w", encoding="utf-8")

    results = Results(output)
    candidates = Candidates(root)
    for skipped in candidates.skipped:
        error = {"type": "TooLarge", "error": skipped.reason, "traceback": ""}
        results.add({"error": dict(error, file=os.path.relpath(skipped.path, root))})
    projects = projects_of(root, candidates.chosen, candidates.texts)
    Parent(root, request, results.add).run(projects)
    summary = {"projects": len(projects), "modules": len(candidates.chosen), "tools": results.tools}
    output.write(json.dumps({"done": summary}) + "\n")
    output.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
