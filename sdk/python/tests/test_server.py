"""Against a real server: KUBIYA_BASE_URL and KUBIYA_API_KEY name it. The organisation should be a fresh one."""

import asyncio
import json
import unittest

import kubiya
from kubiya import AsyncKubiyaClient, KubiyaClient


class ServerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.client = KubiyaClient()

    def test_creates_reads_changes_and_deletes(self) -> None:
        made = self.client.agents.create({"name": "grace", "description": "first"})
        self.assertEqual(self.client.agents.get("grace")["id"], made["id"])
        self.assertEqual(self.client.agents.update(made["id"], {"description": "second"})["description"], "second")
        self.assertEqual(self.client.agents.delete(made["id"]), {"result": "ok"})
        with self.assertRaises(kubiya.NotFoundError) as caught:
            self.client.agents.get(made["id"])
        self.assertEqual(caught.exception.error_code, "NOT_FOUND")
        self.assertRegex(caught.exception.request_id or "", "^req_")

    def test_names_every_wrong_field(self) -> None:
        with self.assertRaises(kubiya.ValidationError) as caught:
            self.client.agents.create({"nam": "x"})  # type: ignore[typeddict-unknown-key]
        self.assertEqual(sorted(error["field"] for error in caught.exception.errors), ["/nam", "/name"])

    def test_goes_through_all_pages(self) -> None:
        for i in range(5):
            self.client.users.create_group({"name": f"python-{i}"})
        page = self.client.users.list_groups(limit=2).page()
        self.assertEqual(len(page), 2)
        names = [group["name"] for group in self.client.users.list_groups(limit=2)]
        self.assertEqual(len(names), page.pagination["total"])
        self.assertEqual(len(set(names)), len(names))

    def test_streams_what_a_tool_prints(self) -> None:
        self.client.sources.create(
            {
                "name": "python counters",
                "inline_tools": [
                    {"name": "count-py", "description": "counts", "type": "script", "content": "for i in 1 2 3; do echo $i; done"}
                ],
            }
        )
        text = ""
        with self.client.tools.execute({"tool_name": "count-py"}) as events:
            for event in events:
                text += event.data["content"] if event.data["type"] == "tool-output" else ""
        self.assertEqual(text, "1\n2\n3\n")
        started = self.client.tools.start("count-py", {})
        names = [event.event for event in self.client.executions.list_logs(started["id"], follow=True)]
        self.assertEqual(names[-1], "result")

    def test_posts_events_to_a_webhook(self) -> None:
        agent = self.client.agents.create({"name": "listener"})
        webhook = self.client.webhooks.create({"name": "events", "agent_id": agent["id"]})
        token = webhook["webhook_url"].rpartition("/")[2]
        receipt = self.client.webhooks.post_event(token, {"action": "opened"}, timeout_query=5, timeout=30)
        self.assertEqual(receipt["status"], "accepted")
        event = self.client.webhooks.get_event(webhook["id"], receipt["id"])
        self.assertEqual(json.loads(event["payload"]), {"action": "opened"})

    def test_says_when_a_key_is_not_good(self) -> None:
        with self.assertRaises(kubiya.AuthenticationError):
            KubiyaClient("uk_0000000000000000000000000000000000000000000").agents.get("x")

    def test_awaits(self) -> None:
        async def story() -> None:
            client = AsyncKubiyaClient()
            made = await client.agents.create({"name": "async"})
            self.assertIn("async", [agent["name"] for agent in await client.get_teammates()])
            self.assertIn("async", [agent["name"] async for agent in client.agents.list(limit=1)])
            page = await client.agents.list(limit=1)
            self.assertEqual(len(page), 1)
            await client.agents.delete(made["id"])
            with self.assertRaises(kubiya.NotFoundError):
                await client.agents.get(made["id"])
            await client.sources.create(
                {
                    "name": "async counters",
                    "inline_tools": [
                        {"name": "count-async", "description": "counts", "type": "script", "content": "echo one; echo two"}
                    ],
                }
            )
            text = ""
            async for event in await client.tools.execute({"tool_name": "count-async"}):
                text += event.data["content"] if event.data["type"] == "tool-output" else ""
            self.assertEqual(text, "one\ntwo\n")

        asyncio.run(story())


if __name__ == "__main__":
    unittest.main()
