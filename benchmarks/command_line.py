#!/usr/bin/env python3
"""Measures how long a command of the command line takes from its start to its end.

usage: benchmarks/command_line.py [ROUNDS]   (after ./kubiya build; JAVA_HOME names the JDK 25; needs curl)

Each round runs "java -version", a curl of the same route, and the commands, one after the other. Prints medians of
the time that passed and of the CPU's time, and how often "java -version" fits into it: compare the ratios.
"""
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from kubiya_server import ROOT, Server

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
JAVA = os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"


def timed(command, environment):
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    took, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took * 1000, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


folder = pathlib.Path(tempfile.mkdtemp())
server = Server(folder)
try:
    for name in ("one", "two", "three"):
        server.json("POST", "/v1/agents", {"name": name})
    environment = {**os.environ, "HOME": str(folder), "KUBIYA_BASE_URL": server.url, "KUBIYA_API_KEY": server.key}
    commands = {
        "java -version": [JAVA, "-version"],
        "curl of /v1/agents": ["curl", "-sf", server.url + "/v1/agents?limit=50", "-H", "Authorization: UserKey " + server.key],
        "kubiya --version": [ROOT / "kubiya", "--version"],
        "kubiya agent list -o json": [ROOT / "kubiya", "agent", "list", "-o", "json"],
        "kubiya tool list": [ROOT / "kubiya", "tool", "list"],
        "kubiya --help": [ROOT / "kubiya", "--help"],
    }
    taken = {name: [] for name in commands}
    for one in range(ROUNDS + 2):
        for name, command in commands.items():
            took = timed(command, environment)
            if one >= 2:
                taken[name].append(took)
    median = {name: [statistics.median(column) for column in zip(*times)] for name, times in taken.items()}
    for name, (wall, cpu) in median.items():
        print(f"{name}: {wall:.0f} ms (fastest {min(time for time, _ in taken[name]):.0f}), CPU {cpu:.0f} ms,"
              f" {wall / median['java -version'][0]:.1f} times java -version")
finally:
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)
