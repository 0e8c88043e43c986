#!/usr/bin/env python3
"""Measures pages of a list of a million executions.

usage: benchmarks/lists.py   (after ./kubiya build; needs psql)

Starts a server with an embedded database of its own, fills it with rows through psql, and asks for page 1, for page 10,000
out of the blue, and for the pages after it. Prints milliseconds, and the plans of both statements.
"""
import http.client
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

from kubiya_server import psql

ROOT = pathlib.Path(__file__).resolve().parent.parent
PORT, ROWS, PAGE = 18741, 1_000_000, 50

FILL = f"""
INSERT INTO execution (id, organization_id, kind, subject, runner, spec, status, created_by, created_at, started_at,
                       finished_at, exit_code, duration_ms, attempt)
SELECT uuidv7(), organization_id, CASE WHEN i % 10 = 0 THEN 'agent_turn' ELSE 'tool' END, 'tool-' || (i % 50), 'local',
       '{{"definition": {{"name": "x", "content": "echo a script of a usual length, which is a line or two of text"}},
          "arguments": {{"to": 5, "name": "something"}}, "environment": {{}}, "timeout_seconds": 300}}',
       CASE WHEN i % 20 = 0 THEN 'failed' ELSE 'completed' END, id, now(), now(), now(), 0, 12, 1
FROM app_user, generate_series(1, {ROWS}) AS i;
VACUUM ANALYZE execution;
"""


folder = pathlib.Path(tempfile.mkdtemp())
data = folder / "data"
out = open(folder / "out", "w+")
environment = {**os.environ, "KUBIYA_DATA": str(data), "KUBIYA_PORT": str(PORT), "KUBIYA_RATE_LIMIT_PER_MINUTE": "0",
               "KUBIYA_RATE_LIMIT_PER_DAY": "0"}
server = subprocess.Popen([ROOT / "kubiya", "up"], env=environment, stdout=out, stderr=subprocess.DEVNULL)
try:
    key = None
    while key is None or "is up" not in (folder / "out").read_text():
        assert server.poll() is None, "the server did not start"
        time.sleep(0.1)
        key = next((line for line in (folder / "out").read_text().splitlines() if line.startswith("uk_")), None)
    psql(data, FILL)
    connection = http.client.HTTPConnection("127.0.0.1", PORT)

    def ask(query):
        begin = time.perf_counter()
        connection.request("GET", "/v1/executions?" + query, headers={"Authorization": "UserKey " + key})
        body = connection.getresponse().read()
        took = (time.perf_counter() - begin) * 1000
        return took, json.loads(body)

    for _ in range(200):
        ask(f"limit={PAGE}")

    def show(what, queries):
        took = [ask(query) for query in queries]
        assert all(len(page["data"]) == PAGE and page["pagination"]["total"] > 10_000 for _, page in took), what
        times = sorted(t for t, _ in took)
        print(f"{what:58} median {statistics.median(times):7.1f} ms   worst {times[-1]:7.1f} ms")

    deep = 9_999 * PAGE
    show("page 1", [f"limit={PAGE}"] * 50)
    show("page 10,000, nobody read the one before", [f"limit={PAGE}&offset={deep + 7 * i}" for i in range(20)])
    show("pages after it, one by one", [f"limit={PAGE}&offset={deep + 7 * 19 + PAGE * i}" for i in range(1, 51)])
    show("last page, nobody read the one before", [f"limit={PAGE}&offset={ROWS - PAGE - 11 * i}" for i in range(10)])
    show("page 1 of one tool's", [f"limit={PAGE}&tool=tool-7"] * 20)
    show("page 1 of those that failed", [f"limit={PAGE}&status=failed"] * 20)
    time.sleep(11)
    show("page 1 when the number of rows is counted anew", [f"limit={PAGE}"])

    organization = psql(data, "SELECT id FROM organization")
    where = f"FROM execution e WHERE e.organization_id = '{organization}'"
    for sql in (f"SELECT count(*) {where}",
                f"SELECT e.* FROM execution e JOIN (SELECT e.id AS page_id {where} ORDER BY e.id DESC LIMIT {PAGE} "
                f"OFFSET {deep}) page ON page.page_id = e.id ORDER BY e.id DESC"):
        print("\n" + sql + "\n" + psql(data, "EXPLAIN (ANALYZE, COSTS OFF) " + sql))
finally:
    server.terminate()
    server.wait()
    shutil.rmtree(folder, ignore_errors=True)
