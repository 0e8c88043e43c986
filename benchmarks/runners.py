#!/usr/bin/env python3
"""Measures runners elsewhere: three servers on one database, two runners, and what becomes of runs when something dies.

usage: benchmarks/runners.py postgresql://USER:PASSWORD@HOST/EMPTY_DATABASE   (after ./kubiya build)

Starts and stops everything itself. Prints
  - 1,000 short runs on two runners through three servers: none lost, none twice, how they are spread, how long they
    queue, runs per second; then the same on the runner that is in one server;
  - 200 followed streams of a chatty tool at once: complete, in order, and the server's memory;
  - kill -9 of a runner with a run, of a server with a stream, and a runner that is cut off for 60 seconds.
"""
import base64
import collections
import concurrent.futures
import http.client
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATABASE = sys.argv[1]
MASTER_KEY = base64.b64encode(os.urandom(32)).decode()
FOLDER = pathlib.Path(tempfile.mkdtemp())
FIRST_PORT = 18741
RUNS = int(os.environ.get("RUNS", "1000"))
STREAMS, LINES = 200, 200
key = None


class Program:
    def __init__(self, name, arguments, environment, ready):
        self.out = open(FOLDER / f"{name}.out", "w+")
        self.process = subprocess.Popen([ROOT / "kubiya", *arguments], env={**os.environ, **environment},
                                        stdout=self.out, stderr=subprocess.STDOUT, start_new_session=True)
        while ready not in self.text():
            assert self.process.poll() is None, self.text()
            time.sleep(0.1)

    def text(self):
        self.out.seek(0)
        return self.out.read()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


def server(n):
    return Program(f"server-{n}", ["up"], {
        "KUBIYA_DATA": str(FOLDER / f"server-{n}"), "KUBIYA_PORT": str(FIRST_PORT + n),
        "KUBIYA_DATABASE_URL": DATABASE, "KUBIYA_MASTER_KEY": MASTER_KEY,
        "KUBIYA_RATE_LIMIT_PER_MINUTE": "0", "KUBIYA_RATE_LIMIT_PER_DAY": "0"}, "is up at")


def runner(name, port=FIRST_PORT):
    token = call(0, "POST", f"/v1/runners/{name}/tokens", {})["token"]
    return Program(f"runner-{name}", ["runner", "--url", f"http://127.0.0.1:{port}", "--concurrency", "8",
                                      "--state", str(FOLDER / f"state-{name}")],
                   {"KUBIYA_RUNNER_TOKEN": token}, "")


def connection(n, timeout=180):
    return http.client.HTTPConnection("127.0.0.1", FIRST_PORT + n, timeout=timeout)


def call(n, method, path, body=None, expect=range(200, 300)):
    line = connection(n)
    line.request(method, path, None if body is None else json.dumps(body), {"Authorization": "UserKey " + key})
    answer = line.getresponse()
    text = answer.read()
    line.close()
    assert answer.status in expect, (method, path, answer.status, text)
    return json.loads(text)


def stream(n, body):
    line = connection(n)
    line.request("POST", "/v1/tools/exec", json.dumps(body), {"Authorization": "UserKey " + key})
    answer = line.getresponse()
    assert answer.status == 200, answer.read()
    for row in answer:
        if row.startswith(b"data: {"):
            yield json.loads(row[6:])


def tool(content, runner_name):
    return {"tool_def": {"type": "script", "content": content}, "runner": runner_name}


def healthy(name):
    while call(0, "GET", f"/v1/runners/{name}")["health"]["status"] != "healthy":
        time.sleep(0.2)


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def many(title, servers, choose):
    ids, begin = [], time.perf_counter()

    def one(i):
        started = call(i % servers, "POST", "/v1/tools/count/executions", {"args": {"n": str(i)}, "runner": choose})
        return started["id"]

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        ids = list(pool.map(one, range(RUNS)))
    over = {}
    while len(over) < RUNS:
        for one_id in [x for x in ids if x not in over]:
            row = call(0, "GET", f"/v1/executions/{one_id}")
            if row["status"] in ("completed", "failed", "cancelled", "lost"):
                over[one_id] = row
            else:
                time.sleep(0.02)
                break
    took = time.perf_counter() - begin
    printed = collections.Counter()
    for i, one_id in enumerate(ids):
        rows = call(0, "GET", f"/v1/executions/{one_id}/logs?limit=50")["data"]
        printed[i] = sum(row["type"] == "log" and row["content"] == f"{i}\n" for row in rows)
    waits = [seconds(row["started_at"]) - seconds(row["created_at"]) for row in over.values()]
    states = collections.Counter(row["status"] for row in over.values())
    spread = collections.Counter(row["runner"] for row in over.values())
    once = all(count == 1 for count in printed.values()) and len(set(ids)) == RUNS
    print(f"{title}: {dict(states)}, each printed once: {once}, on {dict(spread)}, "
          f"queued p50 {percentile(waits, .5) * 1000:.0f} ms, p99 {percentile(waits, .99) * 1000:.0f} ms, "
          f"{RUNS / took:.0f} runs/s", flush=True)


def seconds(text):
    day, clock = text.rstrip("Z").split("T")
    whole, _, part = clock.partition(".")
    return time.mktime(time.strptime(day + " " + whole, "%Y-%m-%d %H:%M:%S")) + float("0." + (part or "0"))


def chatty(i):
    got = []
    for event in stream(0, tool(f"i=1; while [ $i -le {LINES} ]; do echo $i; i=$((i+1)); done", "auto")):
        if event["type"] == "tool-output":
            got += event["content"].split()
    return got == [str(n) for n in range(1, LINES + 1)]


def memory(process):
    pids = subprocess.run(["pgrep", "-s", str(process.pid), "java"], capture_output=True, text=True).stdout.split()
    for pid in pids or [str(process.pid)]:
        for line in open(f"/proc/{pid}/status"):
            if line.startswith("VmRSS"):
                return int(line.split()[1]) // 1024
    return 0


servers, runners = [], {}
try:
    servers = [server(0)]
    key = next(line for line in servers[0].text().splitlines() if line.startswith("uk_"))
    servers += [server(1), server(2)]
    call(0, "POST", "/v1/tools", {"name": "count", "description": "Prints a number.", "type": "script",
                                  "content": "echo {{.n}}", "args": [{"name": "n", "required": True}]})
    for name in ("one", "two"):
        call(0, "POST", f"/v1/runners/{name}", {"labels": ["bench"]})
        runners[name] = runner(name, FIRST_PORT + len(runners) + 1)
        healthy(name)
    many("two runners, three servers", 3, "auto:bench")
    many("the runner in one server", 1, "local")

    begin = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(STREAMS) as pool:
        whole = sum(pool.map(chatty, range(STREAMS)))
    print(f"{STREAMS} streams of {LINES} lines at once: {whole} complete and in order, "
          f"{time.perf_counter() - begin:.1f} s, server {memory(servers[0].process)} MiB", flush=True)

    # A runner is killed with a run.
    run = stream(0, tool("echo begun; sleep 300", "one"))
    first = next(event for event in run if event["type"] == "tool-output")
    os.killpg(runners["one"].process.pid, signal.SIGKILL)
    begin = time.perf_counter()
    runners["one"] = Program("runner-one-again", ["runner", "--url", f"http://127.0.0.1:{FIRST_PORT + 1}",
                                                  "--state", str(FOLDER / "state-one")],
                             {"KUBIYA_RUNNER_TOKEN": call(0, "POST", "/v1/runners/one/tokens", {})["token"]}, "")
    last = [event for event in run][-1]
    print(f"kill -9 of a runner that is started again: the client reads {last['status']} ({last['error_code']}) after "
          f"{time.perf_counter() - begin:.1f} s", flush=True)

    # A server is killed with a stream; the client goes on at another one.
    run = stream(1, tool("for i in $(seq 40); do echo $i; sleep 0.25; done", "two"))
    got, execution, seen = [], None, 0
    try:
        for event in run:
            execution = event["execution_id"]
            if event["type"] == "tool-output":
                got += event["content"].split()
            if len(got) == 5:
                os.killpg(servers[1].process.pid, signal.SIGKILL)
    except (http.client.HTTPException, OSError):
        pass
    rows = []
    while not rows or rows[-1]["type"] != "result":
        time.sleep(0.5)
        rows = call(2, "GET", f"/v1/executions/{execution}/logs?limit=200")["data"]
    printed = [word for row in rows if row["type"] == "log" for word in row["content"].split()]
    print(f"kill -9 of a server with a stream: the client had {len(got)} lines; at another server the run is "
          f"{rows[-1]['status']} with {len(printed)} lines, in order: {printed == [str(n) for n in range(1, 41)]}",
          flush=True)

    # The runner cannot be heard for a minute: stopped, it neither answers nor asks, and its connections stay open.
    run = stream(0, tool("for i in $(seq 90); do echo $i; sleep 1; done", "two"))
    got, warned, cut, status = [], False, None, ""
    for event in run:
        if event["type"] == "tool-output":
            got += event["content"].split()
        warned |= event["type"] == "warning"
        if len(got) >= 5 and cut is None:
            cut = subprocess.Popen(["sh", "-c", f"kill -STOP -{runners['two'].process.pid}; sleep 60; "
                                                f"kill -CONT -{runners['two'].process.pid}"])
        status = event["status"]
    print(f"a runner that is not heard for 60 s: the client was warned: {warned}; then {status} with {len(got)} lines, in "
          f"order: {got == [str(n) for n in range(1, 91)]}", flush=True)
finally:
    for program in [*runners.values(), *servers]:
        program.stop()
    shutil.rmtree(FOLDER, ignore_errors=True)
