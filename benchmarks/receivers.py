#!/usr/bin/env python3
"""Measures outgoing webhooks when receivers misbehave: down, slow, failing at first, redirecting, never ending their answer.

usage: benchmarks/receivers.py [--events 600] [--down 600]   (after ./kubiya build; needs psql)

Starts a server with an embedded database of its own and makes events as fast as it takes them, twice. First one good receiver is
told alone. Then it is told beside five bad ones: one that is down for --down seconds, one that answers after 5 s, one that answers every
delivery 500 the first time, one that redirects to another address, and one whose answer never ends. The delays of the good one, from
the event to its arrival, are compared; in the end each receiver has to have had every event at least once, and the history of
deliveries says how often each was tried. KUBIYA_SERVER may name another command to start the server with.
"""
import argparse
import collections
import datetime
import http.server
import json
import pathlib
import shutil
import socket
import statistics
import tempfile
import threading
import time

import kubiya_server


class Receiver:
    """Counts what arrives, by the id that is the same for every attempt, and answers as its kind does."""

    def __init__(self, answer, port=0):
        self.arrivals, self.first, self.lock, self.answer = collections.Counter(), {}, threading.Lock(), answer
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                identity = self.headers["webhook-id"]
                with receiver.lock:
                    receiver.arrivals[identity] += 1
                    if identity not in receiver.first:
                        created = datetime.datetime.fromisoformat(body["timestamp"].replace("Z", "+00:00"))
                        receiver.first[identity] = time.time() - created.timestamp()
                receiver.answer(self, receiver.arrivals[identity])

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def status(handler, code, **headers):
    handler.send_response(code)
    handler.send_header("Content-Length", "0")
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()


def good(handler, _):
    status(handler, 200)


def slow(handler, _):
    time.sleep(5)
    status(handler, 200)


def failing_first(handler, attempt):
    status(handler, 500 if attempt == 1 else 200)


def endless(handler, _):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"400\r\n" + b"x" * 1024 + b"\r\n")
            time.sleep(0.01)
    except OSError:
        pass


def percentiles(delays):
    cut = statistics.quantiles(delays, n=100)
    return f"p50 {1000 * cut[49]:.0f} ms, p99 {1000 * cut[98]:.0f} ms, most {1000 * max(delays):.0f} ms"


def make_events(server, count, name):
    connection = server.connection()
    begin = time.perf_counter()
    for number in range(count):
        server.ask(connection, "POST", "/v1/agents", json.dumps({"name": f"{name}-{number}"}), **{"Content-Type": "application/json"})
    return time.perf_counter() - begin


def wait_for(receiver, count, patience):
    end = time.monotonic() + patience
    while len(receiver.first) < count:
        assert time.monotonic() < end, f"{len(receiver.first)} of {count} arrived"
        time.sleep(0.1)


options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--events", type=int, default=600)
options.add_argument("--down", type=int, default=600)
options = options.parse_args()

folder = pathlib.Path(tempfile.mkdtemp())
server = kubiya_server.Server(folder, KUBIYA_ALLOW_INTERNAL_WEBHOOKS="true")


def subscribe(url, name):
    return server.json("POST", "/v1/webhooks", {"url": url, "events": ["teammate.created"], "description": name})["id"]


try:
    alone = Receiver(good)
    webhook = subscribe(alone.url, "alone")
    took = make_events(server, options.events, "alone")
    wait_for(alone, options.events, 120)
    print(f"a good receiver alone: {options.events} events in {took:.1f} s; {percentiles(list(alone.first.values()))} after the event")
    server.ask(server.connection(), "DELETE", f"/v1/webhooks/{webhook}")

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    receivers = {"good": Receiver(good), "slow": Receiver(slow), "500 first": Receiver(failing_first), "endless": Receiver(endless)}
    target = Receiver(good)
    moved = Receiver(lambda handler, _: status(handler, 307, Location=target.url))
    webhooks = {name: subscribe(receiver.url, name) for name, receiver in receivers.items()}
    webhooks["redirect"] = subscribe(moved.url, "redirect")
    webhooks["down"] = subscribe(f"http://127.0.0.1:{port}/", "down")
    gone = time.monotonic()
    took = make_events(server, options.events, "beside")
    wait_for(receivers["good"], options.events, 120)
    print(f"the same beside five bad ones: {took:.1f} s; {percentiles(list(receivers['good'].first.values()))}")
    receivers["redirect"] = target
    time.sleep(max(0, options.down - (time.monotonic() - gone)))
    receivers["down"] = Receiver(good, port)
    back = time.monotonic()
    for name, receiver in receivers.items():
        wait_for(receiver, options.events, 3600)
        print(f"{name}: {len(receiver.first)} events, {receiver.arrivals.total()} arrivals"
              + (f", the last {time.monotonic() - back:.0f} s after it was back" if name == "down" else ""))
    time.sleep(10)
    print(kubiya_server.psql(server.data, """
        SELECT w.definition->>'description' || ': ' || d.status || ' ' || count(*) || ', attempts ' || sum(d.attempts) || ', at most ' || max(d.attempts)
        FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id GROUP BY w.id, d.status ORDER BY 1"""))
    print(f"server: {server.memory()} MiB at most")
finally:
    server.stop()
    shutil.rmtree(folder)
