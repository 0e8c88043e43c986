"""Where modules are found, and what they see of each other."""

import os
import subprocess
import sys
import tempfile
import unittest

from tests.source import TOOL, Source

GENERATOR = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "make-tool-repository.py")


class ProjectsTest(unittest.TestCase):
    def setUp(self):
        self.source = Source(self)

    def found(self, *names, errors=()):
        self.source.discover()
        self.assertEqual(list(errors), [error["file"] for error in self.source.errors], self.source.errors)
        self.assertEqual(sorted(names), self.source.names)

    def test_projects_with_packages_of_one_name(self):
        for project in ("one", "two"):
            self.source.write(project + "/setup.py", "raise SystemExit('never run')\n")
            self.source.write(project + "/tools/__init__.py", "")
            self.source.write(project + "/tools/common.py", "NAME = %r\n" % project)
            self.source.write(
                project + "/tools/a.py", "from tools.common import NAME\nfrom kubiya_sdk import Tool, tool_registry\n"
                "tool_registry.register(Tool(name=NAME, description='d', content='c'))\n"
            )
        self.found("one", "two")

    def test_relative_and_absolute_imports_of_one_module(self):
        self.source.write("p/setup.py", "").write("p/x_tools/__init__.py", "from .tools import *\n")
        self.source.write("p/x_tools/tools/__init__.py", "from .a import *\nfrom x_tools.tools.b import *\n")
        self.source.tool("p/x_tools/tools/a.py", "a").tool("p/x_tools/tools/b.py", "b")
        self.source.write("p/x_tools/tools/c.py", "import kubiya_sdk\nfrom tools import a\nimport b\n")
        self.source.write("p/x_tools/tools/d.py", "import kubiya_sdk\nfrom x_tools.tools import a\nfrom b import Tool\n")
        self.source.discover()
        self.assertEqual(["a", "b"], self.source.names)
        self.assertEqual("p/x_tools/tools/a.py", self.source.tools["a"]["file_name"])

    def test_folders_without_init(self):
        self.source.write("p/setup.py", "").tool("p/x_tools/tools/a.py", "a")
        self.source.write("p/x_tools/tools/b.py", "import kubiya_sdk\nfrom .a import tool_registry\n")
        self.found("a")

    def test_folders_whose_names_are_no_identifiers(self):
        self.source.write("my-project/some-tools/base.py", "from kubiya_sdk import Tool\n")
        self.source.write("my-project/some-tools/in.cident-a.py", "from .base import Tool\n" + TOOL % "a")
        self.found("a")

    def test_src_layouts(self):
        self.source.write("one/pyproject.toml", '[tool.setuptools.packages.find]\nwhere = ["python"]\n')
        self.source.write("one/python/pkg/__init__.py", "VALUE = 1\n")
        self.source.write("one/python/pkg/a.py", "from pkg import VALUE\n" + TOOL % "a")
        self.source.write("two/setup.py", "setup(package_dir={'': 'lib'}, packages=find_packages(where='lib'))")
        self.source.write("two/lib/pkg/__init__.py", "VALUE = 2\n")
        self.source.write("two/lib/pkg/b.py", "from pkg import VALUE\n" + TOOL % "b")
        self.source.write("three/src/pkg/__init__.py", "VALUE = 3\n")
        self.source.write("three/src/pkg/c.py", "from pkg import VALUE\n" + TOOL % "c")
        self.found("a", "b", "c")

    def test_setup_cfg(self):
        self.source.write("p/setup.cfg", "[options]\npackage_dir =\n    = lib\n[options.packages.find]\nwhere = lib\n")
        self.source.write("p/lib/pkg/__init__.py", "VALUE = 1\n")
        self.source.write("p/lib/pkg/a.py", "from pkg import VALUE\n" + TOOL % "a")
        self.found("a")

    def test_text_made_to_be_slow_to_search(self):
        slow = ("\n" * 1000000, "Tool" * 200000, "from x import (\n" * 60000, "from " + "." * 1000000)
        for number, text in enumerate(slow):
            self.source.write("p/slow%d.py" % number, 'TEXT = """\n%s\nkubiya_sdk """\n' % text)
            self.source.write("p/test_slow%d.py" % number, 'TEXT = """\n%s\nkubiya_sdk """\n' % text)
            self.source.write("p/base%d.py" % number, 'TEXT = """\n%s\n"""\n' % text)
        self.source.tool("p/a.py", "a")
        self.found("a")

    def test_broken_package_hides_nothing_below(self):
        self.source.write("p/setup.py", "").write("p/x/__init__.py", "from .tools import *\n")
        self.source.write("p/x/tools/__init__.py", "from .a import *\nfrom .broken import *\nfrom .z import *\n")
        self.source.write("p/x/tools/broken.py", "import kubiya_sdk\nimport no_such_library\n")
        self.source.tool("p/x/tools/a.py", "a").tool("p/x/tools/z.py", "z")
        self.found("a", "z", errors=["p/x/tools/broken.py"])

    def test_what_hangs_is_blamed_not_what_imports_it(self):
        self.source.write("p/x/__init__.py", "").write("p/x/slow.py", "import kubiya_sdk\nwhile True: pass\n")
        self.source.write("p/x/a.py", "from .slow import *\nimport kubiya_sdk\n").tool("p/x/b.py", "b")
        self.found("b", errors=["p/x/a.py", "p/x/slow.py"])
        self.assertEqual(["ImportError", "TimeoutError"], [error["type"] for error in self.source.errors])

    def test_tools_of_a_base_class_elsewhere(self):
        self.source.write("p/x/__init__.py", "").write(
            "p/x/base.py",
            "from kubiya_sdk.tools import Tool, tool_registry\nclass MyTool(Tool):\n"
            "    def __init__(self, name): super().__init__(name=name, description='d', content='c')\n"
            "def add(tool): tool_registry.register('x', tool)\n",
        )
        self.source.write("p/x/a.py", "\nfrom .base import MyTool, add\n\nadd(MyTool('a'))\n")
        self.found("a")
        self.assertEqual("p/x/a.py", self.source.tools["a"]["file_name"])
        self.assertEqual(4, [line["line"] for line in self.source.lines if "tool" in line][0])

    def test_scripts_that_only_belong_to_tools_are_not_run(self):
        self.source.write("p/x/scripts/run.py", "import no_such_library\n").tool("p/x/a.py", "a")
        self.source.write("p/tests/test_a.py", "import kubiya_sdk, pytest\n")
        self.source.write("p/x/test_a.py", "import kubiya_sdk, pytest\n")
        self.source.write("p/build/lib/x/a.py", TOOL % "copy").write("p/.venv/a.py", TOOL % "venv")
        self.source.write("env/pyvenv.cfg", "").write("env/lib/a.py", TOOL % "env")
        self.found("a")

    def test_links_out_of_the_root_are_not_followed(self):
        outside = tempfile.TemporaryDirectory()
        self.addCleanup(outside.cleanup)
        with open(os.path.join(outside.name, "a.py"), "w") as file:
            file.write(TOOL % "outside")
        self.source.tool("p/in.py", "inside")
        os.symlink(outside.name, os.path.join(self.source.root, "p", "folder"))
        os.symlink(os.path.join(outside.name, "a.py"), os.path.join(self.source.root, "p", "file.py"))
        self.found("inside")

    def test_two_tools_of_one_name_both_go_out(self):
        self.source.tool("p/a.py", "same").write("p/b.py", TOOL % "same" + "\n")
        self.found("same", "same")

    def test_one_tool_registered_twice_is_one(self):
        self.source.write(
            "a.py", "from kubiya_sdk import *\nt = Tool(name='a', description='d', content='c')\n"
            "tool_registry.register('x', t)\ntool_registry.register_tool(t)\ntool_registry.register('y', t)\n"
        )
        self.found("a")
        self.assertEqual(1, sum("tool" in line for line in self.source.lines))

    def test_a_module_named_like_the_standard_library(self):
        self.source.tool("p/x/logging.py", "a").tool("p/x/json.py", "b").tool("p/x/c.py", "c")
        self.found("a", "b", "c")

    def test_a_generated_repository(self):
        target = os.path.join(self.source.root, "big")
        command = [sys.executable, GENERATOR, target, "--tools", "320", "--packages", "32", "--broken", "4"]
        subprocess.run(command, check=True)
        self.source.discover(seconds=20)
        self.assertEqual(320, len(set(self.source.names)))
        self.assertEqual(320, len(self.source.names))
        self.assertEqual(
            ["ModuleNotFoundError", "SyntaxError", "ValueError", "SystemExit"],
            [error["type"] for error in self.source.errors],
        )


if __name__ == "__main__":
    unittest.main()
