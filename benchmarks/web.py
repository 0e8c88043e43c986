#!/usr/bin/env python3
"""Measures the heaviest screens of the web app in a real Chromium, with its own performance entries.

usage: benchmarks/web.py [rounds]   (after ./kubiya build; needs psql, chromium and terraform)

Starts a server with an embedded database of its own, fills it (10,000 executions, tools and entries of knowledge through psql, a
plan of 2,000 resources by Terraform), opens each screen with an empty cache and does with it what people do. Prints medians.
"""
import json
import pathlib
import shutil
import statistics
import sys
import tempfile
import time

from chromium import Chromium
from kubiya_server import Server, psql

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 7
ROWS, KINDS, EACH = 10_000, 20, 100

FILL = f"""
INSERT INTO execution (id, organization_id, kind, subject, runner, spec, status, created_by, created_at, started_at, finished_at,
                       exit_code, duration_ms, attempt)
SELECT uuidv7(), organization_id, 'tool', 'tool-' || (i % 50), 'local', '{{"definition": {{"name": "x", "content": "echo"}}}}',
       CASE WHEN i % 20 = 0 THEN 'failed' ELSE 'completed' END, id, now(), now(), now(), 0, 12, 1
FROM app_user, generate_series(1, {ROWS}) AS i;
INSERT INTO tool (id, organization_id, source_id, name, description, definition, created_at, updated_at)
SELECT uuidv7(), organization_id, source_id, 'tool-' || i, 'Restarts service number ' || i || ' and waits until it is well',
       definition || jsonb_build_object('name', 'tool-' || i), now(), now()
FROM (SELECT * FROM tool LIMIT 1) AS one, generate_series(1, {ROWS}) AS i;
CREATE TEMP TABLE fresh AS SELECT uuidv7() AS id, i FROM generate_series(1, {ROWS}) AS i;
CREATE TEMP TABLE entry AS SELECT * FROM knowledge LIMIT 1;
CREATE TEMP TABLE said AS SELECT * FROM knowledge_version LIMIT 1;
CREATE TEMP TABLE chunk AS SELECT * FROM knowledge_chunk LIMIT 1;
INSERT INTO knowledge SELECT (jsonb_populate_record(entry, jsonb_build_object('id', fresh.id, 'name', 'Runbook ' || fresh.i))).*
FROM entry, fresh;
INSERT INTO knowledge_version
SELECT (jsonb_populate_record(said, jsonb_build_object('knowledge_id', fresh.id, 'name', 'Runbook ' || fresh.i))).* FROM said, fresh;
INSERT INTO knowledge_chunk
SELECT (jsonb_populate_record(chunk, jsonb_build_object('id', uuidv7(), 'knowledge_id', fresh.id))).* FROM chunk, fresh;
VACUUM ANALYZE execution, tool, knowledge, knowledge_version, knowledge_chunk;
"""

CODE = "".join(f"""
resource "terraform_data" "kind_{i}" {{
  count = {EACH}
  input = {{ name = "node-${{count.index}}", region = "eu-1", size = "small", image = "debian-12", disk = 40, zone = "a",
             labels = {{ team = "payments", tier = "web" }}, after = {f'terraform_data.kind_{i - 1}[0].id' if i else '"nothing"'} }}
}}
""" for i in range(KINDS))

# Before anything of the page runs: when what people came for is in the page and painted, and what kept the page from answering.
WATCH = """
window.seen = {}; window.tasks = []; window.inputs = [];
new PerformanceObserver(list => tasks.push(...list.getEntries().map(one => one.duration))).observe({type: 'longtask', buffered: true});
new PerformanceObserver(list => inputs.push(...list.getEntries().map(one => one.duration)))
  .observe({type: 'event', durationThreshold: 16, buffered: true});
window.until = (name, condition) => new Promise(done => {
  const look = () => {
    if (!condition()) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => { seen[name] = performance.now(); done(seen[name]); }));
  };
  look();
});
"""


class Screen:
    def __init__(self, chromium, server, place, ready):
        self.chromium = chromium
        chromium.call("Network.clearBrowserCache")
        chromium.go("about:blank")
        chromium.go(f"{server.url}/#/{place}")
        self.result = {"ready": self.until(ready)}
        self.result["first paint"] = self.run("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        self.result["KiB"] = self.run("performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0)") / 1024
        self.result["elements"] = self.run("document.querySelectorAll('*').length")
        self.result["longest task"] = self.run("new Promise(done => setTimeout(() => done(Math.max(0, ...tasks)), 50))")

    def run(self, script):
        return self.chromium.run(script)

    def until(self, condition):
        while True:
            try:
                return self.run(f"until('ready', () => {condition})")
            except RuntimeError as error:
                # The page that was there before is still going.
                if "until is not defined" not in str(error) and "navigated" not in str(error) and "destroyed" not in str(error):
                    raise
                time.sleep(0.01)

    def act(self, name, act, done):
        """Does something as a person does, and takes the time until the next paint and until the answer is there."""
        self.run("inputs.length = 0, tasks.length = 0, 0")
        begin = self.run("performance.now()")
        act()
        took = self.until(done) - begin
        time.sleep(0.1)
        self.result[name] = took
        self.result[name + " (next paint)"] = self.run("Math.max(0, ...inputs)")

    def click(self, selector):
        at = self.run(f"(() => {{ const one = {selector}; one.scrollIntoView({{block: 'center'}}); const box = one.getBoundingClientRect();"
                      " return [box.x + Math.min(60, box.width / 2), box.y + box.height / 2]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            self.chromium.call("Input.dispatchMouseEvent", type=kind, x=at[0], y=at[1], button="left", clickCount=1)

    def type(self, selector, text):
        self.run(f"document.querySelector(\"{selector}\").focus()")
        for letter in text:
            self.chromium.call("Input.dispatchKeyEvent", type="keyDown", text=letter, key=letter)
            self.chromium.call("Input.dispatchKeyEvent", type="keyUp", key=letter)


def lists(chromium, server):
    screen = Screen(chromium, server, "executions", "document.querySelectorAll('tbody tr').length === 50")
    screen.act("next page", lambda: screen.click("[...document.querySelectorAll('.pager button')].at(-1)"),
               "document.querySelector('.pager')?.innerText.startsWith('51') && !document.querySelector('[aria-busy=true]')")
    yield "10,000 executions", screen.result
    screen = Screen(chromium, server, "tools", "document.querySelectorAll('tbody tr').length === 50")
    screen.act("search", lambda: screen.type("input[type=search]", "tool-7777"), "document.querySelectorAll('tbody tr').length === 1")
    yield "10,000 tools", screen.result
    screen = Screen(chromium, server, "knowledge", "document.querySelectorAll('tbody tr').length === 50")
    screen.act("search", lambda: screen.type("input[type=search]", "drain the queue"), "document.querySelectorAll('.found mark').length > 10")
    yield "10,000 entries of knowledge", screen.result


def plan(chromium, server, project, run):
    screen = Screen(chromium, server, f"projects/{project}/runs/{run}", "document.querySelectorAll('.change').length === 100")
    screen.act("open a change", lambda: screen.click("document.querySelectorAll('.change summary')[3]"),
               "document.querySelectorAll('.change[open] .diff div').length > 2")
    screen.act("filter", lambda: screen.type(".filters input", "kind_7["), f"document.querySelector('.filters [role=status]').innerText.startsWith('{EACH} ')")
    screen.act("show all again", lambda: screen.run("(() => { const one = document.querySelector('.filters input'); one.value = '';"
               " one.dispatchEvent(new Event('input', {bubbles: true})); })()"),
               f"document.querySelector('.filters [role=status]').innerText.startsWith('{KINDS * EACH:,} ')")
    screen.act("200 more", lambda: screen.click("[...document.querySelectorAll('button')].find(one => one.innerText.startsWith('Show 200'))"),
               "document.querySelectorAll('.change').length === 300")
    yield f"a plan of {KINDS * EACH:,} resources", screen.result


folder = pathlib.Path(tempfile.mkdtemp())
server = Server(folder, KUBIYA_KNOWLEDGE_EMBEDDINGS="false")
try:
    server.json("POST", "/v1/sources", {"name": "tools", "inline_tools": [{"name": "restart", "description": "Restarts a service", "type": "script",
                "content": "echo", "args": [{"name": "service", "type": "str", "description": "Which", "required": True}]}]})
    server.json("POST", "/v1/knowledge", {"title": "Runbook", "tags": ["runbook"], "content": "# Payments\n\nDrain the queue first, then restart."})
    psql(server.data, FILL)
    project = server.json("POST", "/v1/projects", {"name": "large", "files": {"main.tf": CODE}})["id"]
    run = server.json("POST", f"/v1/projects/{project}/plan?wait=60", {})
    assert run["status"] == "planned", run.get("error") or run["status"]
    results = {}
    chromium = Chromium()
    chromium.call("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
    chromium.go(server.url)
    chromium.wait("document.querySelector('#key')")
    assert chromium.run("fetch('/web/session', {method: 'POST', headers: {'X-Kubiya-Web': '1', Authorization: 'UserKey " + server.key + "'}})"
                        ".then(answer => answer.status)") < 300
    for _ in range(ROUNDS + 1):
        for measured in (lists(chromium, server), plan(chromium, server, project, run["id"])):
            for name, result in measured:
                results.setdefault(name, []).append(result)
    chromium.close()
    for name, all_of_it in results.items():
        print(f"\n{name}")
        # The first round warms the server up.
        for what in all_of_it[0]:
            values = sorted(one[what] for one in all_of_it[1:])
            unit = {"KiB": "KiB", "elements": ""}.get(what, "ms")
            print(f"  {what:32} median {statistics.median(values):8.0f} {unit:4} worst {values[-1]:8.0f} {unit}")
finally:
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)
