"""The stand-in library, as tool modules use it."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from kubiya_discovery.wire import tool_json  # noqa: E402
from kubiya_sdk.tools import (  # noqa: E402
    Arg,
    FileSpec,
    KubiyaArgType,
    Secret,
    ServiceSpec,
    Tool,
    ToolRegistry,
    ToolType,
    ValidationError,
    Volume,
)
from tests.source import Source  # noqa: E402

HERE = os.path.dirname(os.path.realpath(__file__))


def wire(**fields):
    fields.setdefault("name", "t")
    fields.setdefault("description", "d")
    return tool_json(Tool(**fields), HERE, HERE)


class RecordsTest(unittest.TestCase):
    def test_subclasses_with_defaults_and_constructors(self):
        class Base(Tool):
            team: str = "ops"
            image = "alpine"

            class Config:
                arbitrary_types_allowed = True

            def __init__(self, name, args=None, **options):
                options.setdefault("content", "echo")
                super().__init__(name=name, description="d", args=args, **options)

        class Derived(Base):
            model_config = {"extra": "allow"}
            team = "web"

        tool = Derived("x", long_running=True, unheard_of=1)
        self.assertEqual(("web", "alpine", [], 1), (tool.team, tool.image, tool.args, tool.unheard_of))
        written = tool_json(tool, HERE, HERE)
        self.assertEqual(("alpine", "web", 1), (written["image"], written["team"], written["unheard_of"]))
        self.assertNotIn("model_config", written)

    def test_lists_are_not_shared(self):
        one, two = Tool(name="a"), Tool(name="b")
        one.env.append("X")
        self.assertEqual(([], []), (two.env, Tool.env))

    def test_reading_back(self):
        tool = Tool(name="a", args=[Arg(name="x", type=KubiyaArgType.INT)])
        self.assertEqual(tool.dict(), tool.model_dump())
        self.assertEqual({"name": "a", "args": tool.dict()["args"]}, tool.dict(exclude_unset=True))
        self.assertEqual("int", tool.dict()["args"][0]["type"])
        self.assertIn('"name": "a"', tool.json())
        self.assertEqual("b", tool.copy(update={"name": "b"}).name)
        self.assertEqual("a", tool.name)
        self.assertEqual(Arg(name="x"), Arg(name="x"))
        self.assertIn('arg0("x") --> tool', tool.to_mermaid())

    def test_mistakes_are_explained(self):
        with self.assertRaisesRegex(ValidationError, "Tool: name is required"):
            Tool(description="d")
        with self.assertRaisesRegex(TypeError, "Arg takes keyword arguments only"):
            Arg("x")
        with self.assertRaisesRegex(ValidationError, "args must hold Arg, got str"):
            Tool(name="a", args=["x"])
        with self.assertRaisesRegex(ValidationError, "content must be text, got PosixPath"):
            Tool(name="a", content=Path("/x"))
        with self.assertRaisesRegex(AttributeError, "KubiyaArgType has no member 'Colour'"):
            KubiyaArgType.Colour  # noqa: B018


class WireTest(unittest.TestCase):
    def test_argument_types(self):
        given = ["str", "integer", "boolean", "number", "list", "dict", "file", KubiyaArgType.String, "INT", "colour"]
        written = wire(args=[Arg(name="a%d" % n, type=kind) for n, kind in enumerate(given)])
        self.assertEqual(
            ["string", "int", "bool", "float", "array", "object", "file", "string", "int", "colour"],
            [arg["type"] for arg in written["args"]],
        )

    def test_every_part(self):
        written = wire(
            type=ToolType.DOCKER,
            secrets=[Secret(name="A"), "B", {"name": "C"}],
            env=["E"],
            with_files=[FileSpec(source="$HOME/.aws", destination="/d"), {"content": "x", "destination": "/e"}],
            with_volumes=[Volume(name="v", path="/v")],
            with_services=[ServiceSpec(name="s", image="i", exposed_ports=[1], env={"K": "V"})],
            args={"one": {"description": "1"}, "two": None},
            mermaid_diagram="graph",
            source="https://example.com",
        )
        self.assertEqual("docker", written["type"])
        self.assertEqual(["A", "B", "C"], written["secrets"])
        self.assertEqual([{"source": "$HOME/.aws", "destination": "/d"}, {"content": "x", "destination": "/e"}],
                         written["with_files"])
        self.assertEqual([{"name": "s", "image": "i", "exposed_ports": [1], "env": {"K": "V"}}],
                         written["with_services"])
        self.assertEqual(["one", "two"], [arg["name"] for arg in written["args"]])
        self.assertEqual(("graph", {"url": "https://example.com"}), (written["mermaid"], written["source"]))

    def test_files_beside_the_module_are_read(self):
        written = wire(with_files=[{"source": "__init__.py", "destination": "/a"},
                                   {"source": "../discover.py", "destination": "/b"},
                                   {"source": "missing.py", "destination": "/c"}])
        self.assertEqual([True, False, False], ["content" in file for file in written["with_files"]])

    def test_what_json_cannot_say(self):
        loop = []
        loop.append(loop)
        written = wire(metadata={"loop": loop, "set": {2, 1}, "path": Path("/x"), "bytes": b"\xff", "call": len,
                                 "not": float("nan"), 1: KubiyaArgType.INT})
        self.assertEqual([1, 2], written["metadata"]["set"])
        self.assertEqual(("/x", "int", "nan"), tuple(written["metadata"][key] for key in ("path", "1", "not")))


class RegistryTest(unittest.TestCase):
    def test_every_way_to_register(self):
        registry = ToolRegistry()
        tools = [Tool(name=str(number)) for number in range(6)]
        registry.register("s", tools[0])
        registry.register(tools[1])
        registry.register_tool("s", tools[2])
        registry.register(source="s", tool=tools[3])
        registry.register("s", [tools[4], tools[5]])
        registry.register("again", tools[0])
        self.assertEqual(tools, [tool for tool, _ in registry.registrations])
        self.assertEqual(5, len(registry.get_tools("s")))
        self.assertIs(tools[1], registry.get_tool("1"))
        self.assertIs(tools[2], registry.get_tool("s", "2"))
        self.assertIsNone(registry.get_tool("s", "1"))
        with self.assertRaisesRegex(TypeError, "expects a Tool, got dict"):
            registry.register("s", {"name": "x"})

    def test_configuration(self):
        registry = ToolRegistry()
        self.assertEqual({}, registry.dynamic_config)
        registry.set_dynamic_config({"a": 1})
        self.assertEqual(1, registry.dynamic_config["a"])
        registry.dynamic_config = None
        self.assertEqual({}, registry.dynamic_config)


class FunctionsTest(unittest.TestCase):
    def setUp(self):
        self.source = Source(self).write(
            "tools.py",
            '''
            from typing import List, Literal, Optional
            from kubiya_sdk.tools import function_tool
            from kubiya_sdk.tool_templates import docker_tool, shell_tool, tool


            @function_tool(description="Adds", requirements=["pandas==2"], secrets=["KEY"])
            def add(
                one: int, two: int = 2, *, how: Literal["a", "b"] = "a",
                items: Optional[List[str]] = None, loud: bool = False,
            ):
                # a comment {stays}
                total = one + two
                return {"sum": total, "how": how, "items": items, "loud": loud}


            @function_tool(description="Waits")
            async def wait(word: str):
                return word


            @tool
            def described(text: str) -> str:
                """What it does."""
                return text.upper()


            @shell_tool(name="list_folder")
            def listing(path: str):
                """Lists."""
                return f"ls {path}"


            @docker_tool(image="alpine", description="In a box")
            def boxed():
                return """
                    echo hi
                    """
            ''',
        ).discover()

    def run_tool(self, name, **values):
        done = subprocess.run([sys.executable, "-c", self.source.tools[name]["content"]], stdout=subprocess.PIPE,
                              env=dict(values, PATH=os.environ["PATH"]), universal_newlines=True)
        self.assertEqual(0, done.returncode)
        return done.stdout

    def test_definitions(self):
        self.assertEqual(["add", "boxed", "described", "list_folder", "wait"], self.source.names)
        add = self.source.tools["add"]
        self.assertEqual(("python", ["pandas==2"], ["KEY"]), (add["type"], add["dependencies"], add["secrets"]))
        self.assertEqual("python3 -m pip install --quiet --disable-pip-version-check pandas==2", add["on_start"])
        self.assertEqual(["int", "int", "string", "array", "bool"], [arg["type"] for arg in add["args"]])
        self.assertEqual(["a", "b"], add["args"][2]["options"])
        self.assertEqual([True, False], [arg["required"] for arg in add["args"][:2]])
        self.assertEqual("What it does.", self.source.tools["described"]["description"])
        self.assertEqual("#!/bin/bash\nls {{ .path }}", self.source.tools["list_folder"]["content"])
        self.assertEqual("echo hi", self.source.tools["boxed"]["content"])

    def test_scripts_run(self):
        self.assertEqual('{"sum": 42, "how": "b", "items": ["x"], "loud": true}\n',
                         self.run_tool("add", one="40", how="b", items='["x"]', loud="true", two=""))
        self.assertEqual("hello\n", self.run_tool("wait", word="hello"))
        self.assertEqual("\n", self.run_tool("described", text=""))


if __name__ == "__main__":
    unittest.main()
