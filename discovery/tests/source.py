"""A folder to write modules into, and what discovery says of it."""

import json
import os
import subprocess
import sys
import tempfile
import textwrap

DISCOVER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "discover.py")

TOOL = """
from kubiya_sdk.tools import Tool, tool_registry

tool_registry.register("test", Tool(name=%r, description="d", content="echo"))
"""


class Source:
    def __init__(self, case):
        self.folder = tempfile.TemporaryDirectory()
        case.addCleanup(self.folder.cleanup)
        self.root = os.path.realpath(self.folder.name)
        self.lines = []

    def write(self, file, text):
        path = os.path.join(self.root, file)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        content = text if isinstance(text, bytes) else textwrap.dedent(text).encode("utf-8")
        with open(path, "wb") as output:
            output.write(content)
        return self

    def tool(self, file, name):
        return self.write(file, TOOL % name)

    def discover(self, seconds=1, **request):
        request.setdefault("per_module_seconds", seconds)
        done = subprocess.run(
            [sys.executable, "-I", DISCOVER, "--root", self.root, "--output", "-"],
            input=json.dumps(request),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
        )
        if done.returncode != 0:
            raise AssertionError("discovery ended with %d: %s" % (done.returncode, done.stderr))
        self.lines = [json.loads(line) for line in done.stdout.splitlines()]
        if "done" not in self.lines[-1]:
            raise AssertionError("discovery did not say that it is done")
        return self

    @property
    def tools(self):
        return {line["tool"]["name"]: line["tool"] for line in self.lines if "tool" in line}

    @property
    def names(self):
        return sorted(line["tool"]["name"] for line in self.lines if "tool" in line)

    @property
    def errors(self):
        return sorted((line["error"] for line in self.lines if "error" in line), key=lambda error: error["file"])

    def error(self):
        errors = self.errors
        if len(errors) != 1:
            raise AssertionError("expected one error, got %s" % json.dumps(errors, indent=1))
        return errors[0]
