#!/usr/bin/env python3
"""Measures lists and calls of MCP clients in an organisation with 10,000 tools.

usage: benchmarks/mcp.py [TOOLS]   (after ./kubiya build; needs psql)

Prints milliseconds, and in the same run what a page of as many tools takes over the API itself: compare the ratios.
The call has an argument that the tool does not know, so nothing but the way to the tool is measured.
"""
import json
import pathlib
import shutil
import statistics
import sys
import tempfile
import time

from kubiya_server import Server, psql

TOOLS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
FILL = f"""
INSERT INTO tool (id, organization_id, source_id, name, description, definition, created_at, updated_at)
SELECT uuidv7(), organization_id, source_id, 'tool-' || to_char(i, 'FM00000'), description,
       jsonb_set(definition, '{{name}}', to_jsonb('tool-' || to_char(i, 'FM00000'))), now(), now()
FROM tool, generate_series(1, {TOOLS} - 1) AS i;
VACUUM ANALYZE tool;
"""

folder = pathlib.Path(tempfile.mkdtemp())
server = Server(folder)
try:
    server.json("POST", "/v1/tools", {"name": "tool-00000", "description": "One of many that do little.", "type": "script",
                                      "content": "echo a script of a usual length, which is a line or two of text",
                                      "args": [{"name": "to", "type": "int", "description": "how far"}]})
    psql(server.data, FILL)
    connection = server.connection()

    def timed(method, path, body=None):
        begin = time.perf_counter()
        content = server.ask(connection, method, path, body, **{"Content-Type": "application/json"})
        return (time.perf_counter() - begin) * 1000, json.loads(content)

    def mcp(method, **params):
        return timed("POST", "/mcp", json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))

    cursors, names = [None], []
    while len(cursors) == 1 or cursors[-1]:
        page = mcp("tools/list", **({"cursor": cursors[-1]} if cursors[-1] else {}))[1]["result"]
        names += [tool["name"] for tool in page["tools"]]
        cursors.append(page.get("nextCursor"))
    assert len(set(names)) == len(names) >= TOOLS, len(names)
    last = cursors[-2]

    def call():
        took, answer = mcp("tools/call", name=f"tool-{TOOLS - 7:05}", arguments={"other": 1})
        assert "other is not an argument" in answer["result"]["content"][0]["text"], answer
        return took

    what = {
        "a page of 500 over /v1/tools": lambda: timed("GET", "/v1/tools?limit=500")[0],
        "tools/list, first page": lambda: mcp("tools/list")[0],
        "tools/list, last page": lambda: mcp("tools/list", cursor=last)[0],
        "tools/call, refused for its arguments": call,
    }
    taken = {name: [] for name in what}
    for round in range(40):
        for name, one in what.items():
            took = one()
            if round >= 10:
                taken[name].append(took)
    beside = statistics.median(taken["a page of 500 over /v1/tools"])
    print(f"{len(names)} tools in {len(cursors) - 1} pages")
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"{name}: {median:.1f} ms, {median / beside:.2f} of the page over /v1/tools")
finally:
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)
