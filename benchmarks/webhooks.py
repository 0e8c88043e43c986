#!/usr/bin/env python3
"""Measures incoming webhooks: events at full speed while the server is killed, beside plain durable inserts of the same bytes.

usage: benchmarks/webhooks.py [--events 10000] [--senders 8] [--kills 2]   (after ./kubiya build; needs psql)

Starts a server with an embedded database of its own, and a webhook that starts a workflow. Senders post events of about 2 kB as
fast as they are taken; who gets no answer sends the same event again, as senders do. The server is killed with kill -9 in between and
started again. In the end every event that was answered with 202 has to have exactly one run. Then the same bytes are written into a
table of the same database, one durable transaction each, from as many connections. KUBIYA_SERVER may name another command.
"""
import argparse
import collections
import concurrent.futures
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import tempfile
import threading
import time

import kubiya_server

WORKFLOW = {"name": "note", "steps": [{"name": "who", "executor": {"type": "kubiya", "config": {"url": "v1/auth/me"}}}]}


def payload(randomness, number):
    return json.dumps({"number": number, "action": "opened", "text": f"{randomness.getrandbits(7600):x}"})


class Sender:
    def __init__(self, path):
        self.path, self.connection = path, None

    def post(self, identity, body):
        """Until it is taken; answers how often it was sent."""
        tries = 0
        while True:
            tries += 1
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection("127.0.0.1", kubiya_server.PORT, timeout=30)
                self.connection.request("POST", self.path, body, {"Content-Type": "application/json", "webhook-id": identity})
                answer = self.connection.getresponse()
                content = answer.read()
                if answer.status == 202:
                    return tries
                assert answer.status in (429, 500, 502, 503), (answer.status, content[:300])
            except (OSError, http.client.HTTPException):
                self.connection = None
            time.sleep(0.05)


options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--events", type=int, default=10000)
options.add_argument("--senders", type=int, default=8)
options.add_argument("--kills", type=int, default=2)
options = options.parse_args()

folder = pathlib.Path(tempfile.mkdtemp())
settings = {"KUBIYA_WEBHOOK_RATE_LIMIT_PER_MINUTE": "0"}
server = kubiya_server.Server(folder, **settings)
try:
    webhook = server.json("POST", "/v1/webhooks", {"name": "events", "workflow": WORKFLOW})
    path = "/" + webhook["webhook_url"].split("/", 3)[3]
    randomness = random.Random(1)
    bodies = [payload(randomness, number) for number in range(options.events)]
    taken, tries, lock = [0], collections.Counter(), threading.Lock()

    def send(which):
        sender = Sender(path)
        for number in range(which, options.events, options.senders):
            sent = sender.post(f"event-{number}", bodies[number])
            with lock:
                taken[0] += 1
                tries[sent] += 1

    begin = time.perf_counter()
    down = 0
    with concurrent.futures.ThreadPoolExecutor(options.senders) as pool:
        senders = [pool.submit(send, which) for which in range(options.senders)]
        for kill in range(options.kills):
            while taken[0] < options.events * (kill + 1) // (options.kills + 1):
                time.sleep(0.01)
            gone = time.perf_counter()
            os.kill(server.process.pid, signal.SIGKILL)
            server.process.wait()
            server = kubiya_server.Server(folder, **settings)
            down += time.perf_counter() - gone
        for sender in senders:
            sender.result()
    accepting = time.perf_counter() - begin
    print(f"{options.events} events of {len(bodies[0])} bytes from {options.senders} senders, {options.kills} kills: all taken in "
          f"{accepting:.1f} s, {down:.1f} s of it down; {options.events / (accepting - down):.0f}/s; "
          f"{sum(count for sent, count in tries.items() if sent > 1)} sent more than once")
    while int(kubiya_server.psql(server.data, "SELECT count(*) FROM received_event WHERE status IN ('accepted', 'running')")):
        time.sleep(1)
    print(f"every run over after {time.perf_counter() - begin:.1f} s")
    rows, events, runs = kubiya_server.psql(server.data, """
        SELECT count(*), count(DISTINCT sender_id), count(DISTINCT execution_id) FROM received_event""").split("|")
    started = kubiya_server.psql(server.data, "SELECT count(*) FROM execution WHERE kind = 'workflow'")
    states = kubiya_server.psql(server.data, "SELECT status || ' ' || count(*) FROM received_event GROUP BY status ORDER BY status").splitlines()
    print(f"stored: {rows} events, {events} different ones, {runs} runs of theirs; {started} runs in all; {', '.join(states)}")
    assert {rows, events, runs, started} == {str(options.events)}, "lost or doubled"

    kubiya_server.psql(server.data, "CREATE TABLE plain (id bigserial PRIMARY KEY, payload text NOT NULL)")
    scripts = ["".join(f"INSERT INTO plain (payload) VALUES ('{body}');\n" for body in bodies[which::options.senders])
               for which in range(options.senders)]
    begin = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(options.senders) as pool:
        list(pool.map(lambda script: kubiya_server.psql(server.data, script), scripts))
    took = time.perf_counter() - begin
    print(f"plain durable inserts of the same bytes, {options.senders} connections: {options.events / took:.0f}/s")
finally:
    server.stop()
    shutil.rmtree(folder)
