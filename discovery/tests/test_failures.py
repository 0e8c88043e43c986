"""Modules that fail in every way fail alone."""

import os
import time
import unittest

from tests.source import TOOL, Source


class FailuresTest(unittest.TestCase):
    def setUp(self):
        self.source = Source(self).tool("p/good.py", "good")

    def discovered(self, text, **request):
        self.source.write("p/bad.py", "from kubiya_sdk.tools import Tool, tool_registry\n" + text)
        self.source.discover(**request)
        self.assertIn("good", self.source.names)
        error = self.source.error()
        self.assertEqual("p/bad.py", error["file"])
        self.assertNotIn(self.source.root, str(error))
        return error

    def test_missing_library(self):
        error = self.discovered("import no_such_library\n")
        self.assertEqual("ModuleNotFoundError", error["type"])
        self.assertIn("No module named 'no_such_library'", error["error"])
        self.assertIn('File "p/bad.py", line 2', error["traceback"])

    def test_syntax_error(self):
        error = self.discovered("def x(:\n")
        self.assertEqual("SyntaxError", error["type"])
        self.assertIn("line 2", error["error"])

    def test_missing_configuration(self):
        error = self.discovered("token = tool_registry.dynamic_config['token']\n")
        self.assertEqual(("KeyError", "key 'token' is missing"), (error["type"], error["error"]))

    def test_configuration_is_read_while_importing(self):
        self.source.write(
            "p/configured.py",
            """
            from kubiya_sdk.tools import Tool, tool_registry
            for name in tool_registry.dynamic_config["names"]:
                tool_registry.register("x", Tool(name=name, description="d", content="c"))
            """,
        ).discover(dynamic_config={"names": ["a", "b"]})
        self.assertEqual(["a", "b", "good"], self.source.names)

    def test_exit(self):
        self.assertIn("exit code 3", self.discovered("import sys; sys.exit(3)\n")["error"])

    def test_hard_exit(self):
        error = self.discovered("import os; os._exit(4)\n")
        self.assertEqual("Crashed", error["type"])
        self.assertIn("exit code 4", error["error"])

    def test_crash(self):
        error = self.discovered("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)\n")
        self.assertIn("SIGSEGV", error["error"])

    def test_endless_loop(self):
        error = self.discovered("while True: pass\n")
        self.assertEqual("TimeoutError", error["type"])
        self.assertIn("did not finish within 1 seconds", error["error"])

    def test_endless_loop_that_catches_everything(self):
        error = self.discovered(
            "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            "while True:\n    try:\n        while True: pass\n    except BaseException: pass\n"
        )
        self.assertEqual("TimeoutError", error["type"])

    def test_endless_recursion(self):
        self.assertEqual("RecursionError", self.discovered("def f(): return f()\nf()\n")["type"])

    def test_memory(self):
        error = self.discovered("data = bytearray(1 << 40)\n", memory_bytes=1 << 30)
        self.assertEqual("MemoryError", error["type"])

    def test_network(self):
        error = self.discovered("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9/')\n")
        self.assertIn("the network is not available", error["error"])

    def test_bytes_that_are_no_text(self):
        self.source.write("p/bad.py", b"import kubiya_sdk\nx = '\xff\xfe'\n").discover()
        self.assertEqual(["good"], self.source.names)
        self.assertEqual("SyntaxError", self.source.error()["type"])

    def test_unknown_part_of_the_library(self):
        error = self.discovered("from kubiya_sdk import StatefulWorkflow\n")
        self.assertIn("kubiya_sdk.StatefulWorkflow is not available", error["error"])

    def test_exception_that_cannot_be_printed(self):
        error = self.discovered("class E(Exception):\n    def __str__(self): raise E()\nraise E()\n")
        self.assertEqual("E", error["type"])

    def test_huge_module(self):
        self.source.write("p/bad.py", "import kubiya_sdk\n" + "# filler\n" * 300000).discover()
        self.assertEqual("TooLarge", self.source.error()["type"])

    def test_long_messages_are_shortened(self):
        self.assertLess(len(self.discovered("raise ValueError('x' * 1000000)\n")["error"]), 5000)

    def test_the_whole_runs_out_of_time(self):
        self.source.write("p/zz.py", "import kubiya_sdk, time\ntime.sleep(100)\n").tool("q/late.py", "late")
        self.source.discover(seconds=50, total_seconds=1, parallel=1)
        self.assertEqual(["good"], self.source.names)
        self.assertEqual(["p/zz.py", "q/late.py"], [error["file"] for error in self.source.errors])


class SideEffectsTest(unittest.TestCase):
    def test_garbage_on_every_output(self):
        source = Source(self).write(
            "a.py",
            "import os, sys\nprint('{\"tool\": {\"name\": \"fake\"}}', flush=True)\nsys.stderr.write('junk')\n"
            "os.write(1, b'junk\\n')\n" + TOOL % "real",
        )
        source.discover()
        self.assertEqual((["real"], []), (source.names, source.errors))

    def test_files_are_written_and_nothing_is_compiled(self):
        source = Source(self).write("p/a.py", "open('made.txt', 'w').close()\n" + TOOL % "a").discover()
        self.assertEqual(["a"], source.names)
        self.assertEqual(["a.py", "made.txt"], sorted(os.listdir(os.path.join(source.root, "p"))))

    def test_processes_are_ended(self):
        source = Source(self).write(
            "p/a.py",
            "import subprocess\nopen('pid', 'w').write(str(subprocess.Popen(['sleep', '600']).pid))\n" + TOOL % "a",
        )
        source.discover()
        with open(os.path.join(source.root, "p", "pid")) as file:
            pid = file.read()
        self.assertEqual(["a"], source.names)
        for _ in range(100):
            if not _runs(pid):
                return
            time.sleep(0.05)
        self.fail("the process that the module started is still there")

    def test_threads_do_not_delay_the_end(self):
        source = Source(self).write(
            "a.py", "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()\n" + TOOL % "a"
        )
        self.assertEqual(["a"], source.discover().names)

    def test_replaced_functions_and_moved_folders(self):
        source = Source(self).write(
            "p/a.py", "import json, os\njson.dumps = None\nos.chdir('/')\nos.write = None\n" + TOOL % "a"
        )
        source.tool("p/b.py", "b").discover()
        self.assertEqual((["a", "b"], []), (source.names, source.errors))


def _runs(pid):
    try:
        with open("/proc/%s/stat" % pid) as file:
            return file.read().split(") ")[1][0] != "Z"
    except OSError:
        return False


if __name__ == "__main__":
    unittest.main()
