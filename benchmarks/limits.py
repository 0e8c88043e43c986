#!/usr/bin/env python3
"""Measures what counting a request adds to a small answer.

usage: benchmarks/limits.py   (after ./kubiya build)

Starts two servers with embedded databases, one with limits and one without, and asks them in turn for the same small
resource, so that both meet the same machine. Prints medians and their ratio.
"""
import http.client
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROUNDS, CALLS = 40, 250


class Server:
    def __init__(self, folder, port, limit):
        self.out = open(folder / f"{port}.out", "w+")
        environment = {**os.environ, "KUBIYA_DATA": str(folder / str(port)), "KUBIYA_PORT": str(port),
                       "KUBIYA_RATE_LIMIT_PER_MINUTE": limit, "KUBIYA_RATE_LIMIT_PER_DAY": limit,
                       "KUBIYA_KEY_GUESSES_PER_MINUTE": "10" if limit != "0" else "0"}
        self.process = subprocess.Popen([ROOT / "kubiya", "up"], env=environment, stdout=self.out,
                                        stderr=subprocess.DEVNULL)
        self.key = None
        while self.key is None or "is up" not in self.text():
            assert self.process.poll() is None, "the server did not start"
            time.sleep(0.05)
            self.key = next((line for line in self.text().splitlines() if line.startswith("uk_")), None)
        self.connection = http.client.HTTPConnection("127.0.0.1", port)

    def text(self):
        self.out.seek(0)
        return self.out.read()

    def ask(self):
        begin = time.perf_counter()
        self.connection.request("GET", "/v1/auth/me", headers={"Authorization": "UserKey " + self.key})
        answer = self.connection.getresponse()
        answer.read()
        took = time.perf_counter() - begin
        assert answer.status == 200, answer.status
        return took * 1e6

    def stop(self):
        self.process.terminate()
        self.process.wait()


folder = pathlib.Path(tempfile.mkdtemp())
servers = {}
try:
    servers = {"off": Server(folder, 18731, "0"), "on": Server(folder, 18732, "1000000000")}
    for server in servers.values():
        for _ in range(5000):
            server.ask()
    for run in (1, 2):
        took = {name: [] for name in servers}
        for _ in range(ROUNDS):
            for name, server in servers.items():
                took[name] += [server.ask() for _ in range(CALLS)]
        medians = {name: statistics.median(values) for name, values in took.items()}
        p90 = {name: sorted(values)[len(values) * 9 // 10] for name, values in took.items()}
        print(f"run {run}: GET of a small resource, {ROUNDS * CALLS} calls each: limits off p50 {medians['off']:.0f} us, "
              f"p90 {p90['off']:.0f} us; on p50 {medians['on']:.0f} us, p90 {p90['on']:.0f} us; "
              f"ratio of medians {medians['on'] / medians['off']:.3f}")
finally:
    for server in servers.values():
        server.stop()
    shutil.rmtree(folder, ignore_errors=True)
sys.exit(0)
