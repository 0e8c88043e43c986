#!/usr/bin/env python3
"""Measures runs of tools on a server that is up.

usage: benchmarks/runs.py http://127.0.0.1:8080 KEY

Prints, all in one go so that the numbers can be compared with each other:
  - request to first byte of a tool's output, beside the same command under a bare bubblewrap;
  - runs per second, 16 at a time;
  - 100 followed streams of a chatty tool at once: lines lost, doubled or out of order.
"""
import concurrent.futures
import http.client
import json
import statistics
import subprocess
import sys
import time
import urllib.parse

BASE, KEY = urllib.parse.urlparse(sys.argv[1]), sys.argv[2]
BARE = ("bwrap --unshare-all --die-with-parent --ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib "
        "--symlink usr/lib64 /lib64 --proc /proc --dev /dev --tmpfs /tmp -- /usr/bin/bash -c").split() + ["echo hi"]


def stream(body):
    connection = http.client.HTTPConnection(BASE.hostname, BASE.port, timeout=120)
    connection.request("POST", "/v1/tools/exec", json.dumps(body), {"Authorization": "UserKey " + KEY})
    response = connection.getresponse()
    assert response.status == 200, response.read()
    for line in response:
        if line.startswith(b"data: {"):
            yield json.loads(line[6:])
    connection.close()


def tool(content, **more):
    return {"tool_def": {"type": "script", "content": content}, **more}


def first_byte():
    begin = time.perf_counter()
    for event in stream(tool("echo hi")):
        if event["type"] == "tool-output":
            took = time.perf_counter() - begin
    return took * 1000


def bare():
    begin = time.perf_counter()
    with subprocess.Popen(BARE, stdout=subprocess.PIPE) as process:
        process.stdout.read(1)
        took = time.perf_counter() - begin
    return took * 1000


def chatty(lines):
    got = []
    for event in stream(tool(f"i=1; while [ $i -le {lines} ]; do echo $i; i=$((i+1)); done")):
        if event["type"] == "tool-output":
            got += event["content"].split()
        if event["type"] == "result":
            assert event["status"] == "completed", event
    return got == [str(n) for n in range(1, lines + 1)]


def percentile(values, share):
    return sorted(values)[int(len(values) * share)]


for _ in range(10):
    first_byte(), bare()
ours, plain = [], []
for _ in range(60):
    ours.append(first_byte())
    plain.append(bare())
print(f"first byte: p50 {statistics.median(ours):.1f} ms, p90 {percentile(ours, 0.9):.1f} ms; "
      f"bare bubblewrap p50 {statistics.median(plain):.1f} ms, p90 {percentile(plain, 0.9):.1f} ms; "
      f"ratio of medians {statistics.median(ours) / statistics.median(plain):.2f}")

begin = time.perf_counter()
with concurrent.futures.ThreadPoolExecutor(16) as pool:
    list(pool.map(lambda _: first_byte(), range(200)))
print(f"runs per second, 16 at a time: {200 / (time.perf_counter() - begin):.1f}")

begin = time.perf_counter()
with concurrent.futures.ThreadPoolExecutor(100) as pool:
    right = list(pool.map(lambda _: chatty(2000), range(100)))
took = time.perf_counter() - begin
print(f"100 streams of 2,000 lines: {sum(right)} complete and in order, {took:.1f} s, {100 * 2000 / took:.0f} lines/s")
