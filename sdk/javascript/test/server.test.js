// Against a real server: KUBIYA_BASE_URL and KUBIYA_API_KEY name it. The organisation should be a fresh one.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as sdk from "../index.js";

const { KubiyaClient } = sdk;
const kubiya = new KubiyaClient();

test("both forms of the module offer the same", () => {
  const required = createRequire(import.meta.url)("../index.cjs");
  assert.deepEqual(Object.keys(required).sort(), Object.keys(sdk).sort());
  assert.equal(typeof new required.KubiyaClient().agents.list, "function");
});

test("creates, reads, changes and deletes", async () => {
  const made = await kubiya.agents.create({ name: "ada", description: "first" });
  assert.equal((await kubiya.agents.get("ada")).id, made.id);
  assert.equal((await kubiya.agents.update(made.id, { description: "second" })).description, "second");
  assert.deepEqual(await kubiya.agents.delete(made.id), { result: "ok" });
  await assert.rejects(kubiya.agents.get(made.id), (error) => {
    assert.ok(error instanceof sdk.NotFoundError);
    assert.equal(error.status, 404);
    assert.equal(error.errorCode, "NOT_FOUND");
    assert.match(error.requestId, /^req_/);
    return true;
  });
});

test("names every wrong field", async () => {
  await assert.rejects(kubiya.agents.create({ nam: "x" }), (error) => {
    assert.ok(error instanceof sdk.ValidationError);
    assert.deepEqual(error.errors.map((one) => one.field).sort(), ["/nam", "/name"]);
    return true;
  });
});

test("goes through all pages", async () => {
  for (let i = 0; i < 7; i++) {
    await kubiya.users.createGroup({ name: `group-${i}` });
  }
  const first = await kubiya.users.listGroups({ limit: 3 });
  assert.equal(first.data.length, 3);
  assert.ok(first.hasNext);
  const names = [];
  for await (const group of kubiya.users.listGroups({ limit: 3 })) {
    names.push(group.name);
  }
  assert.equal(names.length, first.pagination.total);
  assert.equal(new Set(names).size, names.length);
  assert.equal((await kubiya.users.listGroups({ limit: 2 }).all()).length, names.length);
});

test("streams what a tool prints", async () => {
  await kubiya.sources.create({
    name: "counters",
    inline_tools: [{ name: "count", description: "counts", type: "script", content: "for i in 1 2 3; do echo $i; sleep 0.1; done" }],
  });
  let text = "";
  let result;
  for await (const event of await kubiya.tools.execute({ tool_name: "count" })) {
    text += event.data.type === "tool-output" ? event.data.content : "";
    result = event.data.type === "result" ? event.data : result;
  }
  assert.equal(text, "1\n2\n3\n");
  assert.equal(result.status, "completed");

  const started = await kubiya.tools.start("count", {});
  const seen = [];
  for await (const event of await kubiya.executions.listLogs(started.id, { follow: true })) {
    seen.push(event.event);
  }
  assert.equal(seen.at(-1), "result");
});

test("posts events to a webhook", async () => {
  const agent = await kubiya.agents.create({ name: "listener" });
  const webhook = await kubiya.webhooks.create({ name: "events", agent_id: agent.id });
  const token = webhook.webhook_url.split("/").at(-1);
  const receipt = await kubiya.webhooks.postEvent(token, { action: "opened" }, { timeout_query: 5, timeout: 30_000 });
  assert.equal(receipt.status, "accepted");
  const event = await kubiya.webhooks.getEvent(webhook.id, receipt.id);
  assert.deepEqual(JSON.parse(event.payload), { action: "opened" });
  await kubiya.agents.delete(agent.id);
});

test("says when a key is not good", async () => {
  const stranger = new KubiyaClient({ apiKey: "uk_0000000000000000000000000000000000000000000" });
  await assert.rejects(stranger.agents.list(), sdk.AuthenticationError);
});

test("is what the overview shows", async () => {
  await kubiya.agents.create({ name: "teammate" });
  const teammates = await kubiya.getTeammates();
  assert.deepEqual(teammates.map((one) => one.name), ["teammate"]);
});
