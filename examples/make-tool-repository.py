#!/usr/bin/env python3
"""Writes a large tool repository, the same one for the same numbers: for benchmarks and tests.

    examples/make-tool-repository.py TARGET --tools 320 --packages 32 [--broken 3] [--git]

Packages take turns in five habits: classes with relative imports, absolute imports, files beside the
module, functions as tools, tools made from the dynamic configuration. ``--broken`` adds modules that
cannot be imported to the first packages; the tools are the same number with or without them.
"""

import argparse
import os
import subprocess
import sys

HABITS = ("relative", "absolute", "beside", "functions", "configured")

BASE = '''from kubiya_sdk.tools import Arg, FileSpec, Tool


class {title}Tool(Tool):
    def __init__(self, name, description, content, args=None, **options):
        super().__init__(
            name=name,
            description=description,
            type="docker",
            image="alpine:3",
            content="set -eu\\n" + content,
            args=args or [],
            env=["KUBIYA_USER_EMAIL"],
            secrets=["{upper}_TOKEN"],
            icon_url="https://example.com/{name}.png",
            **options,
        )
'''

TOOL = '''{variable} = {title}Tool(
    name="{tool}",
    description="Step {number} of {name}: shows the given item {times} times",
    content="""
for i in $(seq 1 {times}); do echo "$i {{{{ .item }}}}"; done
""",
    args=[
        Arg(name="item", type="str", description="What to show", required=True),
        Arg(name="limit", type="integer", description="How often", default="{times}"),
        Arg(name="mode", description="How", options=["plain", "json"], default="plain"),
    ],
)
tool_registry.register("{name}", {variable})

'''

BROKEN = (
    "import library_that_nobody_has\nfrom kubiya_sdk.tools import Tool\n",
    "from kubiya_sdk.tools import Tool\n\ndef unfinished(:\n",
    'from kubiya_sdk.tools.registry import tool_registry\n\nif "token" not in tool_registry.dynamic_config:\n'
    '    raise ValueError("token is missing in the dynamic configuration")\n',
    "import sys\nfrom kubiya_sdk.tools import Tool\n\nsys.exit(2)\n",
)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target")
    parser.add_argument("--tools", type=int, default=320)
    parser.add_argument("--packages", type=int, default=32)
    parser.add_argument("--broken", type=int, default=0)
    parser.add_argument("--git", action="store_true", help="make it a git repository with one commit")
    options = parser.parse_args()
    if options.packages < 1 or options.tools < options.packages:
        parser.error("there must be a package, and a tool for each")
    if os.path.isdir(options.target) and os.listdir(options.target):
        parser.error("%s is not empty" % options.target)
    for index in range(options.packages):
        count = options.tools // options.packages + (index < options.tools % options.packages)
        write_package(options.target, index, count)
    for index in range(options.broken):
        name = package_name(index % options.packages)
        write(options.target, "%s/%s_tools/tools/broken%d.py" % (name, name, index), BROKEN[index % len(BROKEN)])
    write(options.target, "README.md", "# %d tools in %d packages\n" % (options.tools, options.packages))
    if options.git:
        commit(options.target)


def package_name(index):
    return "area%02d" % index


def write_package(target, index, count):
    name = package_name(index)
    habit = HABITS[index % len(HABITS)]
    package = "%s/%s_tools" % (name, name)
    write(target, "%s/setup.py" % name, "from setuptools import find_packages, setup\n\n"
          'setup(name="%s_tools", packages=find_packages())\n' % name)
    write(target, package + "/__init__.py", "from .tools import *\n")
    modules = write_functions(target, package, name, count) if habit == "functions" else write_classes(
        target, package, name, habit, count)
    write(target, package + "/tools/__init__.py", "".join("from .%s import *\n" % module for module in modules))


def write_classes(target, package, name, habit, count):
    values = {"name": name, "title": name.title(), "upper": name.upper()}
    write(target, package + "/tools/base.py", BASE.format(**values))
    imports = "from kubiya_sdk.tools import Arg, FileSpec\nfrom kubiya_sdk.tools.registry import tool_registry\n"
    if habit == "absolute":
        imports += "from %s_tools.tools.base import %sTool\n\n" % (name, name.title())
    else:
        imports += "from .base import %sTool\n\n" % name.title()
    if habit == "beside":
        script = 'print("beside")\n' + "# a longer script\n" * 50
        write(target, package + "/scripts/run.py", script)
        imports += ("from pathlib import Path\n\nSCRIPT = (Path(__file__).parent.parent / \"scripts\" / \"run.py\")"
                    ".read_text()\nFILES = [FileSpec(destination=\"/tmp/run.py\", content=SCRIPT)]\n\n")
    if habit == "configured":
        imports += 'times = int(tool_registry.dynamic_config.get("times", 3))\n\n'
    modules = []
    # About five tools a module, as in real repositories.
    for first in range(0, count, 5):
        module = "group%d" % (first // 5)
        text = imports
        for number in range(first, min(first + 5, count)):
            tool = TOOL.format(variable="tool_%d" % number, tool="%s_step_%03d" % (name, number), number=number,
                               times=number % 7 + 1, **values)
            if habit == "beside":
                tool = tool.replace("    args=[", "    with_files=FILES,\n    args=[")
            text += tool
        write(target, "%s/tools/%s.py" % (package, module), text)
        modules.append(module)
    return modules


def write_functions(target, package, name, count):
    text = "from kubiya_sdk.tools import function_tool\n"
    for number in range(count):
        text += ('\n\n@function_tool(description="Step %d of %s", requirements=["requests==2.32.3"])\n'
                 "def %s_step_%03d(item: str, limit: int = %d, loud: bool = False):\n"
                 "    for _ in range(limit):\n        print(item.upper() if loud else item)\n"
                 % (number, name, name, number, number % 7 + 1))
    write(target, package + "/tools/functions.py", text)
    return ["functions"]


def write(target, file, text):
    path = os.path.join(target, file)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as output:
        output.write(text)


def commit(target):
    # Fixed names and dates: the commit has the same id every time.
    environment = dict(os.environ, GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
    for role in ("AUTHOR", "COMMITTER"):
        environment["GIT_%s_NAME" % role] = "Example"
        environment["GIT_%s_EMAIL" % role] = "example@example.com"
        environment["GIT_%s_DATE" % role] = "2026-01-01T00:00:00Z"
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Generated tools"]):
        subprocess.run(["git", "-C", target] + command, check=True, env=environment)


if __name__ == "__main__":
    sys.exit(main())
