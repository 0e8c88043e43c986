"""Against servers that fail in a scripted way."""

import json
import socket
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, List

import kubiya
from kubiya import KubiyaClient

Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(status: int, body: Any, **headers: str) -> Answer:
    def send(handler: BaseHTTPRequestHandler) -> None:
        data = json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return send


def events(text: str, cut: bool) -> Answer:
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        data = text.encode()
        handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        if not cut:
            handler.wfile.write(b"0\r\n\r\n")
        handler.wfile.flush()
        handler.close_connection = True
        if cut:
            handler.connection.shutdown(socket.SHUT_RDWR)

    return send


class Scripted:
    """Answers with these, one a request; remembers the requests."""

    def __init__(self, *answers: Answer) -> None:
        self.requests: List[Any] = []
        left = list(answers)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outer.requests.append((self.command, self.path, self.headers, body))
                (left.pop(0) if len(left) > 1 else left[0])(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def client(self, **options: Any) -> KubiyaClient:
        return KubiyaClient("uk_test", f"http://127.0.0.1:{self._server.server_port}/v1/", **options)

    def __enter__(self) -> "Scripted":
        return self

    def __exit__(self, *_: Any) -> None:
        self._server.shutdown()
        self._server.server_close()


class TransportTest(unittest.TestCase):
    def test_sends_a_write_again_under_the_same_key(self) -> None:
        unavailable = answer(503, {"errorCode": "UNAVAILABLE"}, Retry_After="0.05")
        with Scripted(unavailable, answer(201, {"id": "1"})) as server:
            self.assertEqual(server.client().agents.create({"name": "x"}), {"id": "1"})
            first, second = [request[2]["Idempotency-Key"] for request in server.requests]
            self.assertEqual(first, second)
            self.assertEqual(server.requests[1][3], b'{"name": "x"}')
            self.assertEqual(server.requests[0][2]["Authorization"], "UserKey uk_test")

    def test_gives_up_on_a_wait_that_is_too_long(self) -> None:
        limited = {"errorCode": "RATE_LIMITED", "details": "slow down"}
        with Scripted(answer(429, limited, Retry_After="0.05"), answer(429, limited, Retry_After="3600")) as server:
            with self.assertRaises(kubiya.RateLimitError) as caught:
                server.client().agents.get("x")
            self.assertEqual(caught.exception.retry_after, 3600)
            self.assertEqual(len(server.requests), 2)

    def test_does_not_repeat_what_is_wrong(self) -> None:
        with Scripted(answer(400, {"details": "no"})) as server:
            with self.assertRaises(kubiya.ValidationError):
                server.client().agents.create({"name": "x"})
            self.assertEqual(len(server.requests), 1)

    def test_goes_on_with_a_stream_after_the_last_event(self) -> None:
        first = events('id: 1\nevent: log\ndata: {"n":1}\n\nid: 2\ndata: {"n":2}\n\nid: 3\ndata: {"n"', True)
        second = events(': heartbeat\n\nid: 3\ndata: {"n":3}\n\n', False)
        with Scripted(first, second) as server:
            seen = [event.data["n"] for event in server.client().executions.list_logs("e", follow=True)]
            self.assertEqual(seen, [1, 2, 3])
            self.assertEqual(server.requests[1][2]["Last-Event-ID"], "2")
            self.assertEqual(server.requests[0][1], "/v1/executions/e/logs?follow=true")

    def test_says_so_when_nobody_answers(self) -> None:
        with self.assertRaises(kubiya.ConnectionError):
            KubiyaClient("k", "http://127.0.0.1:1/v1", max_retries=0).agents.get("x")
        silent = threading.Event()
        with Scripted(lambda _: silent.wait(5) and None) as server:
            with self.assertRaises(kubiya.TimeoutError):
                server.client(timeout=0.1).agents.get("x")
            silent.set()

    def test_puts_names_into_paths_safely(self) -> None:
        with Scripted(answer(200, {})) as server:
            server.client().agents.get("a/b ?#ü")
            self.assertEqual(server.requests[0][1], "/v1/agents/a%2Fb%20%3F%23%C3%BC")
            with self.assertRaisesRegex(kubiya.KubiyaError, "needs agent"):
                server.client().agents.get("")

    def test_does_not_carry_the_key_to_another_place(self) -> None:
        with Scripted(answer(302, {}, Location="http://127.0.0.1:1/")) as server:
            with self.assertRaises(kubiya.KubiyaError):
                server.client(max_retries=0).agents.get("x")
            self.assertEqual(len(server.requests), 1)


if __name__ == "__main__":
    unittest.main()
