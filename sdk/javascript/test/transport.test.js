// Against servers that fail in a scripted way.
import assert from "node:assert/strict";
import http from "node:http";
import { test } from "node:test";
import { ConnectionError, KubiyaClient, KubiyaError, RateLimitError, TimeoutError } from "../index.js";

/** A server that answers with these functions, one a request; remembers the requests. */
async function scripted(...answers) {
  const requests = [];
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      requests.push({ method: request.method, url: request.url, headers: request.headers, body });
      (answers.length > 1 ? answers.shift() : answers[0])(response, request);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    requests,
    client: (options) =>
      new KubiyaClient({ apiKey: "uk_test", baseUrl: `http://127.0.0.1:${server.address().port}/v1/`, ...options }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const json = (status, body, headers = {}) => (response) => {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(body));
};

test("sends a write again under the same idempotency key", async () => {
  const server = await scripted(json(503, { errorCode: "UNAVAILABLE" }, { "Retry-After": "0.05" }), json(201, { id: "1" }));
  try {
    assert.deepEqual(await server.client().agents.create({ name: "x" }), { id: "1" });
    assert.equal(server.requests.length, 2);
    const [first, second] = server.requests.map((request) => request.headers["idempotency-key"]);
    assert.ok(first);
    assert.equal(first, second);
    assert.equal(server.requests[1].body, '{"name":"x"}');
    assert.equal(server.requests[0].headers.authorization, "UserKey uk_test");
  } finally {
    server.stop();
  }
});

test("waits as long as it is told to, and gives up on what is too long", async () => {
  const server = await scripted(
    json(429, { errorCode: "RATE_LIMITED", details: "slow down" }, { "Retry-After": "0.05" }),
    json(429, { errorCode: "RATE_LIMITED", details: "slow down" }, { "Retry-After": "3600" }),
  );
  try {
    await assert.rejects(server.client().agents.get("x"), (error) => {
      assert.ok(error instanceof RateLimitError);
      assert.equal(error.retryAfter, 3600);
      assert.equal(error.message, "slow down");
      return true;
    });
    assert.equal(server.requests.length, 2);
  } finally {
    server.stop();
  }
});

test("does not repeat what is wrong", async () => {
  const server = await scripted(json(400, { details: "no", errorCode: "VALIDATION_FAILED" }));
  try {
    await assert.rejects(server.client().agents.create({}), KubiyaError);
    assert.equal(server.requests.length, 1);
  } finally {
    server.stop();
  }
});

test("goes on with a stream after the last event", async () => {
  const events = (text, cut) => (response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(text, () => (cut ? setTimeout(() => response.destroy(), 50) : response.end()));
  };
  const server = await scripted(
    events('id: 1\nevent: log\ndata: {"n":1}\n\nid: 2\ndata: {"n":2}\n\nid: 3\ndata: {"n"', true),
    events(': heartbeat\n\nid: 3\ndata: {"n":3}\n\n', false),
  );
  try {
    const seen = [];
    for await (const event of await server.client().executions.listLogs("e", { follow: true })) {
      seen.push(event.data.n);
    }
    assert.deepEqual(seen, [1, 2, 3]);
    assert.equal(server.requests[1].headers["last-event-id"], "2");
    assert.equal(server.requests[0].url, "/v1/executions/e/logs?follow=true");
  } finally {
    server.stop();
  }
});

test("reads events however they are cut into pieces", async () => {
  const text = 'data: {"a":"é😀"}\r\n\r\ndata: one\ndata: two\n\ndata: [DONE]\n\n';
  const server = await scripted((response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    const bytes = Buffer.from(text);
    let at = 0;
    const more = () => (at < bytes.length ? response.write(bytes.subarray(at, ++at), () => setImmediate(more)) : response.end());
    more();
  });
  try {
    const seen = [];
    for await (const event of await server.client().tools.execute({ tool_name: "x" })) {
      seen.push(event.data);
    }
    assert.deepEqual(seen, [{ a: "é😀" }, "one\ntwo"]);
  } finally {
    server.stop();
  }
});

test("says so when nobody answers", async () => {
  const gone = await scripted(json(200, {}));
  const client = gone.client({ maxRetries: 0 });
  gone.stop();
  await assert.rejects(client.agents.get("x"), ConnectionError);
  const silent = await scripted(() => {});
  try {
    await assert.rejects(silent.client({ timeout: 100 }).agents.get("x"), TimeoutError);
    const hangUp = AbortSignal.timeout(100);
    await assert.rejects(silent.client().agents.get("x", { signal: hangUp }), { name: "TimeoutError" });
  } finally {
    silent.stop();
  }
});

test("puts names into paths safely", async () => {
  const server = await scripted(json(200, {}));
  try {
    await server.client().agents.get("a/b ?#ü");
    assert.equal(server.requests[0].url, "/v1/agents/a%2Fb%20%3F%23%C3%BC");
    assert.throws(() => server.client().agents.get(""), /needs agent/);
    assert.throws(() => new KubiyaClient({ apiKey: "" }), /no API key/);
  } finally {
    server.stop();
  }
});

test("does not carry the key to another place", async () => {
  const server = await scripted((response) => {
    response.writeHead(302, { Location: "http://127.0.0.1:1/" });
    response.end();
  });
  try {
    await assert.rejects(server.client({ maxRetries: 0 }).agents.get("x"), KubiyaError);
    assert.equal(server.requests.length, 1);
  } finally {
    server.stop();
  }
});
