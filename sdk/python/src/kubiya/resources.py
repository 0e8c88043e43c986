# Generated from api/openapi.yaml by sdk/generator; do not edit.
"""The operations of the API, one class for each resource."""

from __future__ import annotations

import builtins
from typing import Any, Awaitable, Callable, Mapping, Optional, Union

from . import types
from ._pages import AsyncPages, Page, Pages
from ._streams import AsyncEventStream, EventStream


class Agents:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        name: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Agent]":
        """The organisation's agents, oldest first."""
        return self._call(
            "GET",
            "/v1/agents",
            answer="page",
            query={"name": name, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: types.Agent,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Agent":
        """Creates an agent. Names need not be unique. A source, tool, runner, secret or model that does not exist is a 400 that names it."""
        return self._call(
            "POST",
            "/v1/agents",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        agent: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Agent":
        """One agent, by id or name. A name that several agents have is a 409 that lists their ids."""
        return self._call(
            "GET",
            "/v1/agents/{agent}",
            answer="json",
            path={"agent": agent},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        agent: str,
        body: types.Agent,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Agent":
        """Replaces the fields that are sent; the others stay as they are."""
        return self._call(
            "PUT",
            "/v1/agents/{agent}",
            answer="json",
            path={"agent": agent},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        agent: str,
        body: types.Agent,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Agent":
        """JSON merge patch; an environment variable is taken away with null."""
        return self._call(
            "PATCH",
            "/v1/agents/{agent}",
            answer="json",
            path={"agent": agent},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        agent: str,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Its sessions stay readable."""
        return self._call(
            "DELETE",
            "/v1/agents/{agent}",
            answer="json",
            path={"agent": agent},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def list_integrations(
        self,
        agent: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.IntegrationSummary]":
        """Of the integrations that the agent names, those that there are, without their configurations. The same at `/v1/agents/{agent}/activate_integrations` and below `/v1/teammates`."""
        return self._call(
            "GET",
            "/v1/agents/{agent}/integrations",
            answer="page",
            path={"agent": agent},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def list_active_integrations(
        self,
        agent: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.IntegrationSummary]":
        """The same as `/v1/agents/{agent}/integrations`, for clients that ask for those in use."""
        return self._call(
            "GET",
            "/v1/agents/{agent}/activate_integrations",
            answer="page",
            path={"agent": agent},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )


class Conversations:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def create(
        self,
        agent: str,
        body: Optional[types.Session] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Session":
        """Begins an empty conversation with the agent. A chat without `session_id` begins one by itself. 403 when the agent has `allowed_users` and the key's user is not among them."""
        return self._call(
            "POST",
            "/v1/agents/{agent}/sessions",
            answer="json",
            path={"agent": agent},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def chat_with_agent(
        self,
        agent: str,
        body: types.ChatMessage,
        *,
        last_event_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Union[types.ChatAnswer, EventStream]":
        """Says something to the agent and streams its answer; with `stream` false, answers once when the turn is over. The turn goes on whether or not somebody reads it. Sent again with `Last-Event-ID`, the same message and its session, it goes on with the stream instead of beginning another turn. 409 while the session's last turn is going on, 503 when no language model is configured."""
        return self._call(
            "POST",
            "/v1/agents/{agent}/chat",
            answer="json_or_stream",
            path={"agent": agent},
            headers={"Last-Event-ID": last_event_id, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list(
        self,
        *,
        agent: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Session]":
        """The organisation's sessions, newest first."""
        return self._call(
            "GET",
            "/v1/sessions",
            answer="page",
            query={"agent": agent, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get(
        self,
        session: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Session":
        """Says among other things whether a turn is going on."""
        return self._call(
            "GET",
            "/v1/sessions/{session}",
            answer="json",
            path={"session": session},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def list_messages(
        self,
        session: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.SessionMessage]":
        """What was said, oldest first, the results of tools included."""
        return self._call(
            "GET",
            "/v1/sessions/{session}/messages",
            answer="page",
            path={"session": session},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def follow(
        self,
        session: str,
        *,
        last_event_id: Optional[int] = None,
        last_event_id_header: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "EventStream":
        """The events of the current or the last turn, from its beginning or after `Last-Event-ID`. Any number of readers may follow. 404 while the session has had no turn."""
        return self._call(
            "GET",
            "/v1/sessions/{session}/stream",
            answer="stream",
            path={"session": session},
            query={"last_event_id": last_event_id},
            headers={"Last-Event-ID": last_event_id_header},
            timeout=timeout,
        )

    def cancel(
        self,
        session: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Session":
        """Cancels the current turn with the tools that it runs; nothing happens when there is none."""
        return self._call(
            "POST",
            "/v1/sessions/{session}/cancel",
            answer="json",
            path={"session": session},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )


class Sources:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        type: Optional[str] = None,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Source]":
        """The organisation's sources, oldest first, without their tools."""
        return self._call(
            "GET",
            "/v1/sources",
            answer="page",
            query={"type": type, "status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: Optional[types.Source] = None,
        *,
        url: Optional[str] = None,
        branch: Optional[str] = None,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """Creates a source and discovers its tools: from the repository at `url`, or from `inline_tools` when there is none. One broken file does not hide the others; it becomes an entry of `errors`. An answer can take minutes for a large repository."""
        return self._call(
            "POST",
            "/v1/sources",
            answer="json",
            query={"url": url, "branch": branch, "runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def preview(
        self,
        *,
        url: Optional[str] = None,
        branch: Optional[str] = None,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """Discovers the tools of a repository without saving anything."""
        return self._call(
            "GET",
            "/v1/sources/load",
            answer="json",
            query={"url": url, "branch": branch, "runner": runner, "name": name},
            timeout=timeout,
        )

    def load(
        self,
        body: Optional[types.Source] = None,
        *,
        url: Optional[str] = None,
        branch: Optional[str] = None,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """As a creation, without saving anything."""
        return self._call(
            "POST",
            "/v1/sources/load",
            answer="json",
            query={"url": url, "branch": branch, "runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def create_zip(
        self,
        form: Mapping[str, Any],
        *,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """Takes an archive of up to 100 MiB, and of 256 MiB and 20,000 entries unpacked."""
        return self._call(
            "POST",
            "/v1/sources/zip",
            answer="json",
            query={"runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def put_zip(
        self,
        form: Mapping[str, Any],
        *,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """The same as POST, for clients that upload with PUT."""
        return self._call(
            "PUT",
            "/v1/sources/zip",
            answer="json",
            query={"runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def load_zip(
        self,
        form: Mapping[str, Any],
        *,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """Discovers the tools of an archive without saving anything."""
        return self._call(
            "POST",
            "/v1/sources/zip/load",
            answer="json",
            query={"runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def put_load_zip(
        self,
        form: Mapping[str, Any],
        *,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """The same as POST, for clients that upload with PUT."""
        return self._call(
            "PUT",
            "/v1/sources/zip/load",
            answer="json",
            query={"runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def sync_zip(
        self,
        source: str,
        form: Mapping[str, Any],
        *,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """Replaces the tools of a source that came from a zip file with those of another archive."""
        return self._call(
            "POST",
            "/v1/sources/zip/sync/{source}",
            answer="json",
            path={"source": source},
            query={"runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def put_sync_zip(
        self,
        source: str,
        form: Mapping[str, Any],
        *,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """The same as POST, for clients that upload with PUT."""
        return self._call(
            "PUT",
            "/v1/sources/zip/sync/{source}",
            answer="json",
            path={"source": source},
            query={"runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def list_agent(
        self,
        agent: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Source]":
        """The sources whose tools the agent may use."""
        return self._call(
            "GET",
            "/v1/sources/agent_sources/{agent}",
            answer="page",
            path={"agent": agent},
            query={"limit": limit, "offset": offset},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def get(
        self,
        source: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """One source, without its tools."""
        return self._call(
            "GET",
            "/v1/sources/{source}",
            answer="json",
            path={"source": source},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        source: str,
        body: types.Source,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """Replaces the fields that are sent and discovers the tools again."""
        return self._call(
            "PUT",
            "/v1/sources/{source}",
            answer="json",
            path={"source": source},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        source: str,
        body: types.Source,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """JSON merge patch; discovers the tools again."""
        return self._call(
            "PATCH",
            "/v1/sources/{source}",
            answer="json",
            path={"source": source},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        source: str,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Its tools go with it."""
        return self._call(
            "DELETE",
            "/v1/sources/{source}",
            answer="json",
            path={"source": source},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def get_metadata(
        self,
        source: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """The source with its tools in `tools`."""
        return self._call(
            "GET",
            "/v1/sources/{source}/metadata",
            answer="json",
            path={"source": source},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def sync(
        self,
        source: str,
        body: Optional[types.SourceSync] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Source":
        """Fetches the repository again and discovers its tools. The tools of the last good sync stay when it fails; the source is `failed` then."""
        return self._call(
            "POST",
            "/v1/sources/{source}/sync",
            answer="json",
            path={"source": source},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )


class Tools:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        source_id: Optional[str] = None,
        q: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Tool]":
        """The tools of all sources, by name."""
        return self._call(
            "GET",
            "/v1/tools",
            answer="page",
            query={"source_id": source_id, "q": q, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: types.Tool,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Tool":
        """Creates a tool in the organisation's own inline source. 409 when that source has a tool of this name. The content is a template over the arguments; every argument is also an environment variable of its name."""
        return self._call(
            "POST",
            "/v1/tools",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def search(
        self,
        *,
        q: Optional[str] = None,
        query: Optional[str] = None,
        source_id: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Tool]":
        """Tools that have the words in name or description, best first."""
        return self._call(
            "GET",
            "/v1/tools/search",
            answer="page",
            query={"q": q, "query": query, "source_id": source_id, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def execute(
        self,
        body: types.ToolRun,
        *,
        runner: Optional[str] = None,
        x_vercel_ai_data_stream: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "EventStream":
        """Runs a saved tool (`tool_name`) or a definition that is not saved (`tool_def`) and streams what it prints, to its end. The run goes on when the client goes away; its execution has the output. What is wrong before the start is plain JSON: 400 a bad argument or runner, 404 no such tool, 503 no runner. With the header `x-vercel-ai-data-stream: v1` the events are framed as that protocol does."""
        return self._call(
            "POST",
            "/v1/tools/exec",
            answer="stream",
            query={"runner": runner},
            headers={"x-vercel-ai-data-stream": x_vercel_ai_data_stream, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        tool: str,
        *,
        source_id: Optional[str] = None,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Tool":
        """One tool, by id or name. A name that several sources have is a 409; `source_id` says which is meant."""
        return self._call(
            "GET",
            "/v1/tools/{tool}",
            answer="json",
            path={"tool": tool},
            query={"source_id": source_id},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        tool: str,
        body: types.Tool,
        *,
        source_id: Optional[str] = None,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Tool":
        """Replaces the fields that are sent. A tool of a repository or a zip file is changed there; here it is a 409."""
        return self._call(
            "PUT",
            "/v1/tools/{tool}",
            answer="json",
            path={"tool": tool},
            query={"source_id": source_id},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        tool: str,
        body: types.Tool,
        *,
        source_id: Optional[str] = None,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Tool":
        """JSON merge patch. A tool of a repository or a zip file is changed there; here it is a 409."""
        return self._call(
            "PATCH",
            "/v1/tools/{tool}",
            answer="json",
            path={"tool": tool},
            query={"source_id": source_id},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        tool: str,
        *,
        source_id: Optional[str] = None,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """A tool of a repository or a zip file is deleted there; here it is a 409."""
        return self._call(
            "DELETE",
            "/v1/tools/{tool}",
            answer="json",
            path={"tool": tool},
            query={"source_id": source_id},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def start(
        self,
        tool: str,
        body: Optional[types.ToolRun] = None,
        *,
        runner: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Execution":
        """Starts a tool and answers at once; the execution tells how it goes."""
        return self._call(
            "POST",
            "/v1/tools/{tool}/executions",
            answer="json",
            path={"tool": tool},
            query={"runner": runner},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )


class Approvals:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        status: Optional[str] = None,
        for_me: Optional[bool] = None,
        execution_id: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Approval]":
        """What people are, or were, asked to agree to, newest first. What runs in a conversation is shown to who began it, to those who decide, and to administrators."""
        return self._call(
            "GET",
            "/v1/approvals",
            answer="page",
            query={"status": status, "for_me": for_me, "execution_id": execution_id, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get(
        self,
        approval: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Approval":
        """What is asked for, of whom, and what became of it."""
        return self._call(
            "GET",
            "/v1/approvals/{approval}",
            answer="json",
            path={"approval": approval},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def approve(
        self,
        approval: str,
        body: Optional[types.ApprovalReason] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Approval":
        """Agrees. The execution runs when all have agreed that it asks. A 403 when it is not the caller's to decide, a 409 when it was decided before."""
        return self._call(
            "POST",
            "/v1/approvals/{approval}/approve",
            answer="json",
            path={"approval": approval},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def reject(
        self,
        approval: str,
        body: Optional[types.ApprovalReason] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Approval":
        """Refuses. The execution ends as `failed` with the error code `rejected`, and the reason in its message."""
        return self._call(
            "POST",
            "/v1/approvals/{approval}/reject",
            answer="json",
            path={"approval": approval},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )


class Tasks:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        status: Optional[str] = None,
        agent: Optional[str] = None,
        runner: Optional[str] = None,
        sort: Optional[str] = None,
        order: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        page: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Task]":
        """What was asked to be run, newest first."""
        return self._call(
            "GET",
            "/v1/tasks",
            answer="page",
            query={"status": status, "agent": agent, "runner": runner, "sort": sort, "order": order, "limit": limit, "offset": offset, "page": page},
            timeout=timeout,
        )

    def create(
        self,
        body: types.Task,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Task":
        """Begins at once, unless `schedule` says when. Everything that it names is looked at first: what cannot be run is refused and not stored."""
        return self._call(
            "POST",
            "/v1/tasks",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list_of_agent(
        self,
        agent: str,
        *,
        status: Optional[str] = None,
        sort: Optional[str] = None,
        order: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        page: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Task]":
        """As `/v1/tasks?agent=`, but an agent that there is not is a 404."""
        return self._call(
            "GET",
            "/v1/tasks/agent/{agent}",
            answer="page",
            path={"agent": agent},
            query={"status": status, "sort": sort, "order": order, "limit": limit, "offset": offset, "page": page},
            timeout=timeout,
        )

    def list_of_runner(
        self,
        runner: str,
        *,
        status: Optional[str] = None,
        sort: Optional[str] = None,
        order: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        page: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Task]":
        """As `/v1/tasks?runner=`, but a runner that there is not is a 404."""
        return self._call(
            "GET",
            "/v1/tasks/runner/{runner}",
            answer="page",
            path={"runner": runner},
            query={"status": status, "sort": sort, "order": order, "limit": limit, "offset": offset, "page": page},
            timeout=timeout,
        )

    def get(
        self,
        task: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Task":
        """What it is, where it stands, and what it brought."""
        return self._call(
            "GET",
            "/v1/tasks/{task}",
            answer="json",
            path={"task": task},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        task: str,
        body: Optional[types.TaskChange] = None,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Task":
        """The fields that are sent take the place of the stored ones. What it runs can be changed only before it begins."""
        return self._call(
            "PUT",
            "/v1/tasks/{task}",
            answer="json",
            path={"task": task},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        task: str,
        body: Optional[types.TaskChange] = None,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Task":
        """A JSON merge patch."""
        return self._call(
            "PATCH",
            "/v1/tasks/{task}",
            answer="json",
            path={"task": task},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        task: str,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """What it ran stays among the executions. A 409 while it runs."""
        return self._call(
            "DELETE",
            "/v1/tasks/{task}",
            answer="json",
            path={"task": task},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def cancel(
        self,
        task: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.TaskCancelled":
        """Also stops what runs for it, and takes back approvals that it waits for. A 409 when it is over."""
        return self._call(
            "PUT",
            "/v1/tasks/{task}/cancel",
            answer="json",
            path={"task": task},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def list_logs(
        self,
        task: str,
        *,
        start_time: Optional[str] = None,
        end_time: Optional[str] = None,
        level: Optional[str] = None,
        follow: Optional[bool] = None,
        limit: Optional[int] = None,
        last_event_id: Optional[str] = None,
        last_event_id_header: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Union[types.TaskLog, EventStream]":
        """What all of its attempts wrote, oldest first. With `follow`, a stream of events `log`, each a line, to the end of the task; the last is `done` with the task."""
        return self._call(
            "GET",
            "/v1/tasks/{task}/logs",
            answer="json_or_stream",
            path={"task": task},
            query={"start_time": start_time, "end_time": end_time, "level": level, "follow": follow, "limit": limit, "last_event_id": last_event_id},
            headers={"Last-Event-ID": last_event_id_header},
            timeout=timeout,
        )

    def get_status(
        self,
        task: str,
        *,
        timeout: Optional[float] = None,
    ) -> "types.TaskState":
        """How far it is, without the rest."""
        return self._call(
            "GET",
            "/v1/tasks/{task}/status",
            answer="json",
            path={"task": task},
            timeout=timeout,
        )


class Schedules:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Schedule]":
        """The organisation's schedules, oldest first."""
        return self._call(
            "GET",
            "/v1/schedules",
            answer="page",
            query={"status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: types.Schedule,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Schedule":
        """Its first task is there at once, pending."""
        return self._call(
            "POST",
            "/v1/schedules",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        schedule: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Schedule":
        """When it fires next, and what it runs."""
        return self._call(
            "GET",
            "/v1/schedules/{schedule}",
            answer="json",
            path={"schedule": schedule},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        schedule: str,
        body: Optional[types.ScheduleChange] = None,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Schedule":
        """The fields that are sent take the place of the stored ones. From then on its tasks run in the name of who changed it."""
        return self._call(
            "PUT",
            "/v1/schedules/{schedule}",
            answer="json",
            path={"schedule": schedule},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        schedule: str,
        body: Optional[types.ScheduleChange] = None,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Schedule":
        """A JSON merge patch."""
        return self._call(
            "PATCH",
            "/v1/schedules/{schedule}",
            answer="json",
            path={"schedule": schedule},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        schedule: str,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Its task to come goes with it; those that ran stay."""
        return self._call(
            "DELETE",
            "/v1/schedules/{schedule}",
            answer="json",
            path={"schedule": schedule},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def pause(
        self,
        schedule: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Schedule":
        """It fires no more until it is resumed; its task to come goes."""
        return self._call(
            "POST",
            "/v1/schedules/{schedule}/pause",
            answer="json",
            path={"schedule": schedule},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def resume(
        self,
        schedule: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Schedule":
        """Its next time is the next one from now; those that passed meanwhile are not made up for."""
        return self._call(
            "POST",
            "/v1/schedules/{schedule}/resume",
            answer="json",
            path={"schedule": schedule},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )


class Workflows:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Workflow]":
        """The workflows that sources hold, by name."""
        return self._call(
            "GET",
            "/v1/workflows",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def start(
        self,
        body: Optional[types.WorkflowRun] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Execution":
        """Starts a saved workflow, or one that is sent, and answers at once. Its steps need the scopes of what they do, such as `tools:execute`. Every step is an execution of its own; a run goes on by itself when its server dies."""
        return self._call(
            "POST",
            "/v1/workflows/executions",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get_execution(
        self,
        run: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.WorkflowExecution":
        """The execution with all its steps, where they stand and what they brought."""
        return self._call(
            "GET",
            "/v1/workflows/executions/{run}",
            answer="json",
            path={"run": run},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def get(
        self,
        workflow: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Workflow":
        """A workflow that a source holds."""
        return self._call(
            "GET",
            "/v1/workflows/{workflow}",
            answer="json",
            path={"workflow": workflow},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )


class Executions:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        kind: Optional[str] = None,
        status: Optional[str] = None,
        tool: Optional[str] = None,
        subject: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Execution]":
        """What ran or runs, newest first."""
        return self._call(
            "GET",
            "/v1/executions",
            answer="page",
            query={"kind": kind, "status": status, "tool": tool, "subject": subject, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get(
        self,
        execution: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Execution":
        """Where it stands, without its output."""
        return self._call(
            "GET",
            "/v1/executions/{execution}",
            answer="json",
            path={"execution": execution},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def list_logs(
        self,
        execution: str,
        *,
        follow: Optional[bool] = None,
        last_event_id: Optional[int] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        last_event_id_header: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Union[Any, EventStream]":
        """Its events, oldest first: a page of them, or with `follow` a stream to the last one, from the beginning or after `Last-Event-ID`."""
        return self._call(
            "GET",
            "/v1/executions/{execution}/logs",
            answer="json_or_stream",
            path={"execution": execution},
            query={"follow": follow, "last_event_id": last_event_id, "limit": limit, "offset": offset},
            headers={"Last-Event-ID": last_event_id_header},
            timeout=timeout,
        )

    def cancel(
        self,
        execution: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Execution":
        """Stops what runs, with all its processes. An execution that is over stays as it is."""
        return self._call(
            "POST",
            "/v1/executions/{execution}/cancel",
            answer="json",
            path={"execution": execution},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )


class Runners:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Runner]":
        """The embedded runner `local`, then the organisation's own by name, each with how it is now."""
        return self._call(
            "GET",
            "/v1/runners",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get(
        self,
        runner: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Runner":
        """A runner and how it is now. The same at `/v1/runners/{runner}/describe`. The ETag changes with all of it; `If-Match` heeds only what was set."""
        return self._call(
            "GET",
            "/v1/runners/{runner}",
            answer="json",
            path={"runner": runner},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def create(
        self,
        runner: str,
        body: Optional[types.Runner] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Runner":
        """Makes a runner of this name and a token for it, which is shown only now. For a runner that is there already nothing is changed and another token is made, which is void unless it is used within a day."""
        return self._call(
            "POST",
            "/v1/runners/{runner}",
            answer="json",
            path={"runner": runner},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def replace(
        self,
        runner: str,
        body: types.Runner,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Runner":
        """Replaces the fields that are sent; the others stay. The name cannot change, because runs and agents name the runner. 409 for the embedded runner, 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/runners/{runner}",
            answer="json",
            path={"runner": runner},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        runner: str,
        body: types.Runner,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Runner":
        """JSON merge patch: null takes a limit away and empties a text. 409 for the embedded runner, 412 when If-Match names another version."""
        return self._call(
            "PATCH",
            "/v1/runners/{runner}",
            answer="json",
            path={"runner": runner},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        runner: str,
        *,
        force: Optional[bool] = None,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Removes a runner and its tokens. 409 while it has something to do, unless `force` says that this is to be cancelled (the header `force: true` does the same); 409 for the embedded runner."""
        return self._call(
            "DELETE",
            "/v1/runners/{runner}",
            answer="json",
            path={"runner": runner},
            query={"force": force},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def describe(
        self,
        runner: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Runner":
        """The same as `/v1/runners/{runner}`."""
        return self._call(
            "GET",
            "/v1/runners/{runner}/describe",
            answer="json",
            path={"runner": runner},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def get_health(
        self,
        runner: str,
        *,
        timeout: Optional[float] = None,
    ) -> "types.RunnerHealth":
        """How a runner does, from what its processes last said."""
        return self._call(
            "GET",
            "/v1/runners/{runner}/health",
            answer="json",
            path={"runner": runner},
            timeout=timeout,
        )

    def get_helm_values(
        self,
        runner: str,
        *,
        format: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.RunnerHelmValues":
        """Values for the chart `deploy/helm/kubiya-runner`, with a token that is void unless it is used within a day."""
        return self._call(
            "GET",
            "/v1/runners/{runner}/helm",
            answer="json",
            path={"runner": runner},
            query={"format": format},
            timeout=timeout,
        )

    def get_manifest(
        self,
        runner: str,
        *,
        format: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Any":
        """A url whose YAML `kubectl apply -f` takes without a key; it answers for a day and is as secret as the token in it. With `format=yaml`, the manifest itself."""
        return self._call(
            "GET",
            "/v1/runners/{runner}/manifest",
            answer="json",
            path={"runner": runner},
            query={"format": format},
            timeout=timeout,
        )

    def operate(
        self,
        runner: str,
        body: types.RunnerOperation,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.RunnerOperationResult":
        """`drain`: it gets no new work. `resume`: it does again. `restart`: its processes let their runs end and start anew, with whatever version of the program is there then. `rotate-token`: makes a new token; the older ones end after `grace_seconds`, at once by default."""
        return self._call(
            "POST",
            "/v1/runners/{runner}/ops",
            answer="json",
            path={"runner": runner},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list_tokens(
        self,
        runner: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.RunnerToken]":
        """Those that are good, oldest first, each with the characters it begins with."""
        return self._call(
            "GET",
            "/v1/runners/{runner}/tokens",
            answer="page",
            path={"runner": runner},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create_token(
        self,
        runner: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.NewRunnerToken":
        """Makes a token besides those that there are. It is shown only now. 409 when the runner has 50."""
        return self._call(
            "POST",
            "/v1/runners/{runner}/tokens",
            answer="json",
            path={"runner": runner},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get_token(
        self,
        runner: str,
        runner_token: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.RunnerToken":
        """What is known about a token, without the token itself. 404 when there is none, or it is void."""
        return self._call(
            "GET",
            "/v1/runners/{runner}/tokens/{runner_token}",
            answer="json",
            path={"runner": runner, "runner_token": runner_token},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def revoke_token(
        self,
        runner: str,
        runner_token: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """It is refused from now on; a runner that has it ends. 412 when If-Match names another token."""
        return self._call(
            "DELETE",
            "/v1/runners/{runner}/tokens/{runner_token}",
            answer="json",
            path={"runner": runner, "runner_token": runner_token},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )


class Secrets:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Secret]":
        """The organisation's secrets by name, in the order of their names. Values are never part of a list."""
        return self._call(
            "GET",
            "/v1/secrets",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Secret":
        """Keeps a value under a name. The value is encrypted at once and is in no answer but that of the value's own path. 409 when the name is taken, or when another secret would be the same environment variable."""
        return self._call(
            "POST",
            "/v1/secrets",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        secret: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Secret":
        """What is known about a secret, without its value. 404 when there is none."""
        return self._call(
            "GET",
            "/v1/secrets/{secret}",
            answer="json",
            path={"secret": secret},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        secret: str,
        body: types.Secret,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Secret":
        """Replaces the fields that are sent; the others stay, the value too. The name cannot change, because tools and agents name the secret. 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/secrets/{secret}",
            answer="json",
            path={"secret": secret},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        secret: str,
        body: types.Secret,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Secret":
        """JSON merge patch: null empties a text; a value cannot be emptied and null leaves it as it is. 412 when If-Match names another version."""
        return self._call(
            "PATCH",
            "/v1/secrets/{secret}",
            answer="json",
            path={"secret": secret},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        secret: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Removes a secret, also while tools and agents name it: runs that need it are refused from then on. 412 when If-Match names another version."""
        return self._call(
            "DELETE",
            "/v1/secrets/{secret}",
            answer="json",
            path={"secret": secret},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def get_value(
        self,
        secret: str,
        *,
        timeout: Optional[float] = None,
    ) -> "types.SecretValue":
        """The value as it was sent. Every reading is written to the audit trail with the action `read`."""
        return self._call(
            "GET",
            "/v1/secrets/{secret}/value",
            answer="json",
            path={"secret": secret},
            timeout=timeout,
        )


class Knowledge:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        tag: Optional[str] = None,
        type: Optional[str] = None,
        visibility: Optional[str] = None,
        query: Optional[str] = None,
        sort: Optional[str] = None,
        order: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Knowledge]":
        """The entries that the caller may read, the oldest first where nothing else is asked for. Contents longer than 32 KiB are left out; read the entry itself for those."""
        return self._call(
            "GET",
            "/v1/knowledge",
            answer="page",
            query={"tag": tag, "type": type, "visibility": visibility, "query": query, "sort": sort, "order": order, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Knowledge":
        """Keeps a text. It can be found as soon as this is answered, by its words at once and by its meaning a moment later. A title (or `name`) and content are needed."""
        return self._call(
            "POST",
            "/v1/knowledge",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def search(
        self,
        *,
        query: Optional[str] = None,
        tag: Optional[str] = None,
        type: Optional[str] = None,
        visibility: Optional[str] = None,
        by: Optional[str] = None,
        sort: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Knowledge]":
        """Finds entries that the caller may read by their words and by their meaning, the best first. Mistakes in words are forgiven where the database has `pg_trgm`. At most 600 entries are found."""
        return self._call(
            "GET",
            "/v1/knowledge/search",
            answer="page",
            query={"query": query, "tag": tag, "type": type, "visibility": visibility, "by": by, "sort": sort, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def upload(
        self,
        form: Mapping[str, Any],
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Knowledge":
        """Reads the text of a Markdown, text, HTML, PDF or DOCX file of up to 20 MiB. Headings of HTML and DOCX become headings of Markdown, and each page of a PDF is a section. 400 says why a file cannot be read: it is damaged, locked, has no text, or takes more memory or time than it may."""
        return self._call(
            "POST",
            "/v1/knowledge/files",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def list_folders(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.KnowledgeFolder]":
        """The folders of git sources whose Markdown files are kept as entries, the oldest first."""
        return self._call(
            "GET",
            "/v1/knowledge/folders",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create_folder(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.KnowledgeFolder":
        """Makes an entry of each Markdown file in a folder of a git source, hidden folders left out; `title`, `description` and `tags` are read from its front matter. The folder is synced again after each sync of its source, in the name of who added it. 409 when the folder is kept already."""
        return self._call(
            "POST",
            "/v1/knowledge/folders",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get_folder(
        self,
        knowledge_folder: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.KnowledgeFolder":
        """The folder as it is now, with the files that could not be read."""
        return self._call(
            "GET",
            "/v1/knowledge/folders/{knowledge_folder}",
            answer="json",
            path={"knowledge_folder": knowledge_folder},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def delete_folder(
        self,
        knowledge_folder: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Removes the folder's entries with all their versions. 409 while it is being synced."""
        return self._call(
            "DELETE",
            "/v1/knowledge/folders/{knowledge_folder}",
            answer="json",
            path={"knowledge_folder": knowledge_folder},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def sync_folder(
        self,
        knowledge_folder: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.KnowledgeFolder":
        """Reads the newest commit. Files that say what their entries say change nothing; entries whose files are gone are removed. 409 while it is being synced."""
        return self._call(
            "POST",
            "/v1/knowledge/folders/{knowledge_folder}/sync",
            answer="json",
            path={"knowledge_folder": knowledge_folder},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def get(
        self,
        knowledge: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Knowledge":
        """The entry as it is now. 404 when there is none, or none that the caller may read."""
        return self._call(
            "GET",
            "/v1/knowledge/{knowledge}",
            answer="json",
            path={"knowledge": knowledge},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        knowledge: str,
        body: types.Knowledge,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Knowledge":
        """Replaces the fields that are sent; the others stay. Where name, description, content, labels, type or properties change, there is a new version. 412 when If-Match names another state of the entry."""
        return self._call(
            "PUT",
            "/v1/knowledge/{knowledge}",
            answer="json",
            path={"knowledge": knowledge},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        knowledge: str,
        body: types.Knowledge,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Knowledge":
        """JSON merge patch: properties are merged, and null takes a field or a property away. 412 when If-Match names another state of the entry."""
        return self._call(
            "PATCH",
            "/v1/knowledge/{knowledge}",
            answer="json",
            path={"knowledge": knowledge},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        knowledge: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Removes an entry with all its versions. 412 when If-Match names another state of the entry."""
        return self._call(
            "DELETE",
            "/v1/knowledge/{knowledge}",
            answer="json",
            path={"knowledge": knowledge},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def replace_file(
        self,
        knowledge: str,
        form: Mapping[str, Any],
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Knowledge":
        """As the upload of a new entry, for one that there is. A file that says what the entry says already changes nothing; of a changed one only the changed passages are indexed anew. 412 when If-Match names another state of the entry."""
        return self._call(
            "PUT",
            "/v1/knowledge/{knowledge}/file",
            answer="json",
            path={"knowledge": knowledge},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            form=form,
            timeout=timeout,
        )

    def list_versions(
        self,
        knowledge: str,
        *,
        order: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.KnowledgeVersion]":
        """What the entry says and said, the oldest first where nothing else is asked for. Contents longer than 32 KiB are left out."""
        return self._call(
            "GET",
            "/v1/knowledge/{knowledge}/versions",
            answer="page",
            path={"knowledge": knowledge},
            query={"order": order, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get_version(
        self,
        knowledge: str,
        knowledge_version: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.KnowledgeVersion":
        """What the entry said then. Who may read it is decided by what the entry is now."""
        return self._call(
            "GET",
            "/v1/knowledge/{knowledge}/versions/{knowledge_version}",
            answer="json",
            path={"knowledge": knowledge, "knowledge_version": knowledge_version},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def compare_versions(
        self,
        knowledge: str,
        knowledge_version: str,
        *,
        from_: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "types.KnowledgeDiff":
        """What changed up to this version."""
        return self._call(
            "GET",
            "/v1/knowledge/{knowledge}/versions/{knowledge_version}/diff",
            answer="json",
            path={"knowledge": knowledge, "knowledge_version": knowledge_version},
            query={"from": from_},
            timeout=timeout,
        )

    def restore_version(
        self,
        knowledge: str,
        knowledge_version: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Knowledge":
        """Makes a new version that says what this one said. Whom the entry is for stays as it is. Nothing happens when it says so already. 412 when If-Match names another state of the entry."""
        return self._call(
            "POST",
            "/v1/knowledge/{knowledge}/versions/{knowledge_version}/restore",
            answer="json",
            path={"knowledge": knowledge, "knowledge_version": knowledge_version},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )


class Integrations:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Integration]":
        """The organisation's integrations in the order of their names, credentials masked."""
        return self._call(
            "GET",
            "/v1/integrations",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Integration":
        """Credentials among the fields of `vendor_specific` are encrypted and answered masked from the first answer on. 409 when the name is taken."""
        return self._call(
            "POST",
            "/v1/integrations",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        integration: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Integration":
        """The integration, credentials masked. 404 when there is none."""
        return self._call(
            "GET",
            "/v1/integrations/{integration}",
            answer="json",
            path={"integration": integration},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        integration: str,
        body: types.Integration,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Integration":
        """Replaces the fields that are sent, `configs` as a whole; the others stay. A credential sent as `********` keeps the value that is stored for the configuration of that name. 400 when a mask stands for nothing; 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/integrations/{integration}",
            answer="json",
            path={"integration": integration},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        integration: str,
        body: types.Integration,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Integration":
        """JSON merge patch; otherwise as the replacement. Lists are replaced as a whole."""
        return self._call(
            "PATCH",
            "/v1/integrations/{integration}",
            answer="json",
            path={"integration": integration},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        integration: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Removes an integration, also while agents name it. 412 when If-Match names another version."""
        return self._call(
            "DELETE",
            "/v1/integrations/{integration}",
            answer="json",
            path={"integration": integration},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )


class Policies:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Policy]":
        """The organisation's policies in the order of their names."""
        return self._call(
            "GET",
            "/v1/policies",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Policy":
        """The expressions are checked: 400 says of every mistake at which line and column it is. The policy is in force on this server when the answer comes, on other servers of the same database a moment later. 409 when the name is taken, and with the 101st policy."""
        return self._call(
            "POST",
            "/v1/policies",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        policy: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Policy":
        """The policy. 404 when there is none."""
        return self._call(
            "GET",
            "/v1/policies/{policy}",
            answer="json",
            path={"policy": policy},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        policy: str,
        body: types.Policy,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Policy":
        """Replaces the fields that are sent; the others stay. The policy as a whole is checked as a new one is. 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/policies/{policy}",
            answer="json",
            path={"policy": policy},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        policy: str,
        body: types.Policy,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Policy":
        """JSON merge patch; otherwise as the replacement."""
        return self._call(
            "PATCH",
            "/v1/policies/{policy}",
            answer="json",
            path={"policy": policy},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        policy: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Nobody is asked about it any more. 412 when If-Match names another version."""
        return self._call(
            "DELETE",
            "/v1/policies/{policy}",
            answer="json",
            path={"policy": policy},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def validate(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.PolicyValidation":
        """Compiles the expressions for the points that the policy applies to and says where each mistake is. 400 is for fields that are wrong in another way."""
        return self._call(
            "POST",
            "/v1/policies/validate",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def evaluate(
        self,
        body: types.PolicyQuestion,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.PolicyDecision":
        """What policies would say about an input: the saved ones that `policies` names, enabled or not, and the one in `policy` that is not saved; all that are enabled and apply to the point when neither is sent. Nothing is run and nothing is noted in the audit trail."""
        return self._call(
            "POST",
            "/v1/policies/evaluate",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )


class Models:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def get(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "types.OrganizationModel":
        """What the organisation set, and which models its agents may use. The key is never shown."""
        return self._call(
            "GET",
            "/v1/organization/model",
            answer="json",
            timeout=timeout,
        )

    def set(
        self,
        body: types.OrganizationModel,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.OrganizationModel":
        """Sets the endpoint, its key and its models in place of the server's. Without `api_key` the key that is there stays, as long as the endpoint is the same."""
        return self._call(
            "PUT",
            "/v1/organization/model",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Forgets the organisation's own setting and its key. 404 when there is none."""
        return self._call(
            "DELETE",
            "/v1/organization/model",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )


class Projects:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        name: Optional[str] = None,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Project]":
        """The organisation's projects, oldest first."""
        return self._call(
            "GET",
            "/v1/projects",
            answer="page",
            query={"name": name, "status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Project":
        """The code is in a git repository (`url`, `branch`, `path`), comes from a template (`template_id`), or is sent along (`files`). Without any of them the project holds the state of code that lives elsewhere. Sensitive values are encrypted and answered masked from the first answer on."""
        return self._call(
            "POST",
            "/v1/projects",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        project: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Project":
        """The project, sensitive values masked. 404 when there is none; 409 when several have the name."""
        return self._call(
            "GET",
            "/v1/projects/{project}",
            answer="json",
            path={"project": project},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        project: str,
        body: types.Project,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Project":
        """Replaces the fields that are sent, lists as a whole; the others stay. A sensitive value sent as `********` keeps what is stored. A change of code, values or secrets makes older plans void. 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/projects/{project}",
            answer="json",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        project: str,
        body: types.Project,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Project":
        """JSON merge patch; otherwise as the replacement. Lists are replaced as a whole."""
        return self._call(
            "PATCH",
            "/v1/projects/{project}",
            answer="json",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        project: str,
        *,
        force: Optional[bool] = None,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Removes a project with its runs and its state. 409 while Terraform is at work, and while the state holds resources: destroy them first, or say `force=true`, which leaves them where they are. 412 when If-Match names another version."""
        return self._call(
            "DELETE",
            "/v1/projects/{project}",
            answer="json",
            path={"project": project},
            query={"force": force},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def list_variables(
        self,
        project: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.ProjectVariable]":
        """What the code declares in its order, then what is set without being declared. Sensitive values are masked."""
        return self._call(
            "GET",
            "/v1/projects/{project}/variables",
            answer="page",
            path={"project": project},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def set_variables(
        self,
        project: str,
        body: Mapping[str, Any],
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.ProjectVariable]":
        """Replaces all values; a variable that is not sent, or is sent without a value, is not set any more. A sensitive value sent as `********` stays. Older plans are void when anything changed. 400 when the code declares no such variable, or the value does not fit its type or its options."""
        return self._call(
            "PUT",
            "/v1/projects/{project}/variables",
            answer="page",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def plan(
        self,
        project: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        wait: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.ProjectExecution":
        """Queues a plan. It reads the code anew, and changes nothing; approve it to apply exactly this plan. 400 when a variable has no value; 409 when the project names no code."""
        return self._call(
            "POST",
            "/v1/projects/{project}/plan",
            answer="json",
            path={"project": project},
            query={"wait": wait},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def apply(
        self,
        project: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        wait: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.ProjectExecution":
        """Queues a plan that is applied once somebody approves it, or at once with `auto_approve` or when the project's own `auto_apply` says so. With `execution_id` it approves that plan. 400, 403 and 409 as planning and approving."""
        return self._call(
            "POST",
            "/v1/projects/{project}/apply",
            answer="json",
            path={"project": project},
            query={"wait": wait},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def destroy(
        self,
        project: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        wait: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.ProjectExecution":
        """Queues a plan to remove everything that the state holds. It waits for approval unless `auto_approve` is sent; the project's own `auto_apply` does not count."""
        return self._call(
            "POST",
            "/v1/projects/{project}/destroy",
            answer="json",
            path={"project": project},
            query={"wait": wait},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def approve_plan(
        self,
        project: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        wait: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.ProjectExecution":
        """The plan is applied as soon as its turn comes. 409 when nothing waits for approval, or when code, variables or state were changed since it was made; 403 when a policy forbids it."""
        return self._call(
            "POST",
            "/v1/projects/{project}/approve",
            answer="json",
            path={"project": project},
            query={"wait": wait},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def reject_plan(
        self,
        project: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.ProjectExecution":
        """Nobody can apply it any more. 409 when it is no plan, or not any more."""
        return self._call(
            "POST",
            "/v1/projects/{project}/reject",
            answer="json",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def cancel_execution(
        self,
        project: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        wait: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.ProjectExecution":
        """What waits ends at once. Terraform at work is interrupted: it ends what it is doing, and the state is saved; what does not end within a minute is killed. 409 when it is over."""
        return self._call(
            "POST",
            "/v1/projects/{project}/cancel",
            answer="json",
            path={"project": project},
            query={"wait": wait},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list_executions(
        self,
        project: str,
        *,
        status: Optional[ProjectExecutionStatus] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.ProjectExecution]":
        """Plans and applies, newest first, without what they change."""
        return self._call(
            "GET",
            "/v1/projects/{project}/executions",
            answer="page",
            path={"project": project},
            query={"status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get_execution(
        self,
        project: str,
        project_execution: str,
        *,
        wait: Optional[int] = None,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.ProjectExecution":
        """A plan or an apply, with what it changes. Sensitive values are masked."""
        return self._call(
            "GET",
            "/v1/projects/{project}/executions/{project_execution}",
            answer="json",
            path={"project": project, "project_execution": project_execution},
            query={"wait": wait},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def get_plan(
        self,
        project: str,
        project_execution: str,
        *,
        timeout: Optional[float] = None,
    ) -> "Any":
        """Terraform's own JSON plan without its parts that tell the code and the whole state, sensitive values masked, and which resources refer to which. 404 while there is no plan."""
        return self._call(
            "GET",
            "/v1/projects/{project}/executions/{project_execution}/plan",
            answer="json",
            path={"project": project, "project_execution": project_execution},
            timeout=timeout,
        )

    def get_execution_logs(
        self,
        project: str,
        project_execution: str,
        *,
        follow: Optional[bool] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        last_event_id: Optional[int] = None,
        last_event_id_header: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Union[Any, EventStream]":
        """What Terraform printed, first while it planned, then while it applied, secrets masked. With `follow=true` the events are streamed until the execution is over or waits for somebody's word; the last event is `execution` with its status, and has no id."""
        return self._call(
            "GET",
            "/v1/projects/{project}/executions/{project_execution}/logs",
            answer="json_or_stream",
            path={"project": project, "project_execution": project_execution},
            query={"follow": follow, "limit": limit, "offset": offset, "last_event_id": last_event_id},
            headers={"Last-Event-ID": last_event_id_header},
            timeout=timeout,
        )

    def get_drift(
        self,
        project: str,
        *,
        timeout: Optional[float] = None,
    ) -> "types.ProjectDrift":
        """What the last look found: whether what is there is still as the state says. The project's `drift_schedule` looks by itself, and every `refresh_only` plan of the whole project counts."""
        return self._call(
            "GET",
            "/v1/projects/{project}/drift",
            answer="json",
            path={"project": project},
            timeout=timeout,
        )

    def check_drift(
        self,
        project: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.ProjectExecution":
        """Queues a `refresh_only` plan. Approved, it takes what others changed into the state. 409 when the project names no code."""
        return self._call(
            "POST",
            "/v1/projects/{project}/drift",
            answer="json",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )


class States:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def get(
        self,
        project: str,
        *,
        timeout: Optional[float] = None,
    ) -> "types.State":
        """What is current and who holds the lock; not what is in the state."""
        return self._call(
            "GET",
            "/v1/projects/{project}/state",
            answer="json",
            path={"project": project},
            timeout=timeout,
        )

    def read(
        self,
        project: str,
        *,
        timeout: Optional[float] = None,
    ) -> "types.TerraformState":
        """The address of Terraform's `http` backend. Besides `UserKey` it takes HTTP's basic authentication with the key as the password and any user. A state holds every secret that Terraform knows, so this needs `projects:write`, and is audited. 204 when there is no state. The methods `LOCK` and `UNLOCK` do the same as the paths below."""
        return self._call(
            "GET",
            "/v1/projects/{project}/state/raw",
            answer="json",
            path={"project": project},
            timeout=timeout,
        )

    def write(
        self,
        project: str,
        body: types.TerraformState,
        *,
        id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        content_md5: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.StateVersion":
        """Takes up to 64 MiB. While somebody holds the lock, `ID` has to name it (423 otherwise; 409 when it is not held any more). A serial that is not above that of the state that is there, or another lineage, is a 409; a body that does not have the `Content-MD5` it says, or is no state of Terraform, a 400. What is there already, byte for byte, is no new version."""
        return self._call(
            "POST",
            "/v1/projects/{project}/state/raw",
            answer="json",
            path={"project": project},
            query={"ID": id},
            headers={"Idempotency-Key": idempotency_key, "Content-MD5": content_md5},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        project: str,
        *,
        id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """From now on there is no state, and one of another lineage may be written. The versions stay and can be restored."""
        return self._call(
            "DELETE",
            "/v1/projects/{project}/state/raw",
            answer="json",
            path={"project": project},
            query={"ID": id},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def lock(
        self,
        project: str,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """As the method `LOCK` on the state's address. The lock of an execution ends with it; every other one stays until it is unlocked."""
        return self._call(
            "POST",
            "/v1/projects/{project}/state/lock",
            answer="json",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def unlock(
        self,
        project: str,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """As the method `UNLOCK` on the state's address. `ID` names the lock; another than the one that is held is a 423. Without `ID`, which is how `terraform force-unlock` asks, a lock is taken away whose holder is gone, but not from an execution at work; `force` takes it from that too. Both are audited. What is not locked stays so."""
        return self._call(
            "POST",
            "/v1/projects/{project}/state/unlock",
            answer="json",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list_versions(
        self,
        project: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.StateVersion]":
        """Every version that was not forgotten (see the settings), newest first."""
        return self._call(
            "GET",
            "/v1/projects/{project}/state/versions",
            answer="page",
            path={"project": project},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get_version(
        self,
        project: str,
        state_version: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.StateVersion":
        """What is known of it; not what is in it."""
        return self._call(
            "GET",
            "/v1/projects/{project}/state/versions/{state_version}",
            answer="json",
            path={"project": project, "state_version": state_version},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def download_version(
        self,
        project: str,
        state_version: str,
        *,
        timeout: Optional[float] = None,
    ) -> "types.TerraformState":
        """As Terraform wrote it, secrets included. Audited."""
        return self._call(
            "GET",
            "/v1/projects/{project}/state/versions/{state_version}/raw",
            answer="json",
            path={"project": project, "state_version": state_version},
            timeout=timeout,
        )

    def restore_version(
        self,
        project: str,
        state_version: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.StateVersion":
        """Makes its state current again, as a new version whose serial is above all that there were. Resources are not touched: the next plan shows what differs. 423 while anybody holds the lock."""
        return self._call(
            "POST",
            "/v1/projects/{project}/state/versions/{state_version}/restore",
            answer="json",
            path={"project": project, "state_version": state_version},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def list_outputs(
        self,
        project: str,
        *,
        reveal: Optional[bool] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.StateOutput]":
        """Those of the current state. Values of sensitive ones are null unless they are asked for."""
        return self._call(
            "GET",
            "/v1/projects/{project}/outputs",
            answer="page",
            path={"project": project},
            query={"reveal": reveal, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def list_resources(
        self,
        project: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.StateResource]":
        """The instances of resources and data sources in the current state, without their attributes."""
        return self._call(
            "GET",
            "/v1/projects/{project}/resources",
            answer="page",
            path={"project": project},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )


class GitOps:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list_git_hooks(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.GitHook]":
        """The organisation's hooks, by name."""
        return self._call(
            "GET",
            "/v1/gitops/hooks",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create_git_hook(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.GitHook":
        """Answers the url that the git host is to call and the secret that it is to sign with; the secret is shown this once. Runs that the hook leads to are started in the name of whoever created or changed it last."""
        return self._call(
            "POST",
            "/v1/gitops/hooks",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get_git_hook(
        self,
        git_hook: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.GitHook":
        """The hook without its secret. The url is shown to those alone who may change it."""
        return self._call(
            "GET",
            "/v1/gitops/hooks/{git_hook}",
            answer="json",
            path={"git_hook": git_hook},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace_git_hook(
        self,
        git_hook: str,
        body: types.GitHook,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.GitHook":
        """Replaces the fields that are sent; the others stay. A token sent as `********` stays as it is. Whoever changes a hook takes it over. 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/gitops/hooks/{git_hook}",
            answer="json",
            path={"git_hook": git_hook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update_git_hook(
        self,
        git_hook: str,
        body: types.GitHook,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.GitHook":
        """JSON merge patch; otherwise as the replacement."""
        return self._call(
            "PATCH",
            "/v1/gitops/hooks/{git_hook}",
            answer="json",
            path={"git_hook": git_hook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete_git_hook(
        self,
        git_hook: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Removes a hook and the list of its deliveries. Its url is good for nothing from then on."""
        return self._call(
            "DELETE",
            "/v1/gitops/hooks/{git_hook}",
            answer="json",
            path={"git_hook": git_hook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def rotate_git_hook(
        self,
        git_hook: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.GitHook":
        """The old ones are good for nothing from then on. The new secret is shown this once."""
        return self._call(
            "POST",
            "/v1/gitops/hooks/{git_hook}/rotate",
            answer="json",
            path={"git_hook": git_hook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def list_git_deliveries(
        self,
        git_hook: str,
        *,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.GitDelivery]":
        """Events of the last 30 days with the runs that they led to, newest first."""
        return self._call(
            "GET",
            "/v1/gitops/hooks/{git_hook}/deliveries",
            answer="page",
            path={"git_hook": git_hook},
            query={"status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get_git_delivery(
        self,
        git_hook: str,
        git_delivery: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.GitDelivery":
        """One event with the runs that it led to."""
        return self._call(
            "GET",
            "/v1/gitops/hooks/{git_hook}/deliveries/{git_delivery}",
            answer="json",
            path={"git_hook": git_hook, "git_delivery": git_delivery},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def receive_git_event(
        self,
        git_token: str,
        body: Any,
        *,
        timeout: Optional[float] = None,
    ) -> "Any":
        """What git hosts call; the body is theirs, of up to 25 MiB. Signed with the hook's secret: `X-Hub-Signature-256` (GitHub and plain git: `sha256=` and the HMAC of the body in hex), `X-Gitea-Signature` or `X-Forgejo-Signature` (the HMAC alone), `X-Gitlab-Token` (the secret itself). Stored before it is answered, and acted on once for each delivery id (`X-GitHub-Delivery`, `X-Gitlab-Event-UUID`, `X-Gitea-Delivery`, `X-Delivery-Id`). Plain git sends `event` (`push` or `pull_request`), `repository`, `branch`, `commit`, and may send `default_branch`, `paths`, `number`, `author`, `title` and `url`. 404 for a token that nobody has, 401 for a signature that does not fit, 429 beyond the hook's limit."""
        return self._call(
            "POST",
            "/v1/gitops/{git_token}",
            answer="json",
            path={"git_token": git_token},
            body=body,
            timeout=timeout,
        )


class Openai:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def create_chat_completion(
        self,
        body: types.ChatCompletionRequest,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Union[types.ChatCompletion, EventStream]":
        """Lets an agent answer a conversation that the client keeps. Tools run on the server and are not told of. Fields that tune a model are ignored. A turn that failed is a 502."""
        return self._call(
            "POST",
            "/v1/chat/completions",
            answer="json_or_stream",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list_models(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "types.OpenAiModelList":
        """The agents that the key's user may talk to."""
        return self._call(
            "GET",
            "/v1/models",
            answer="json",
            timeout=timeout,
        )

    def get_model(
        self,
        agent: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.OpenAiModel":
        """One agent, by id or name."""
        return self._call(
            "GET",
            "/v1/models/{agent}",
            answer="json",
            path={"agent": agent},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )


class Keys:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        status: Optional[str] = None,
        user: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.ApiKey]":
        """Keys of the key's own user; with `admin`, those of the whole organisation. Revoked ones are left out unless asked for."""
        return self._call(
            "GET",
            "/v1/auth/keys",
            answer="page",
            query={"status": status, "user": user, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: types.ApiKey,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.NewApiKey":
        """Makes a key for the key's own user. The answer is the only place where the key itself is shown. Without `scopes` it has those of the key that makes it; it can have no others. Limits, and keys for other users, take `admin`."""
        return self._call(
            "POST",
            "/v1/auth/keys",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        key: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.ApiKey":
        """One key."""
        return self._call(
            "GET",
            "/v1/auth/keys/{key}",
            answer="json",
            path={"key": key},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        key: str,
        body: types.ApiKey,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.ApiKey":
        """Replaces the fields that are sent."""
        return self._call(
            "PUT",
            "/v1/auth/keys/{key}",
            answer="json",
            path={"key": key},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        key: str,
        body: types.ApiKey,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.ApiKey":
        """JSON merge patch (RFC 7396)."""
        return self._call(
            "PATCH",
            "/v1/auth/keys/{key}",
            answer="json",
            path={"key": key},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def revoke(
        self,
        key: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """From now on no server takes the key."""
        return self._call(
            "DELETE",
            "/v1/auth/keys/{key}",
            answer="json",
            path={"key": key},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def get_identity(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "types.Identity":
        """User, organisation, key and scopes of the key that the request carries."""
        return self._call(
            "GET",
            "/v1/auth/me",
            answer="json",
            timeout=timeout,
        )

    def validate(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "types.KeyValidity":
        """200 for a good key, 401 for any other. HEAD answers the same without a body."""
        return self._call(
            "GET",
            "/v1/auth/validate",
            answer="json",
            timeout=timeout,
        )


class Users:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        email: Optional[str] = None,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.User]":
        """The organisation's users."""
        return self._call(
            "GET",
            "/v1/users",
            answer="page",
            query={"email": email, "status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: types.User,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.User":
        """Adds a user. A key for the user is made with `POST /v1/auth/keys` and `user_id`. An address that is taken is a 409."""
        return self._call(
            "POST",
            "/v1/users",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        user: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.User":
        """One user."""
        return self._call(
            "GET",
            "/v1/users/{user}",
            answer="json",
            path={"user": user},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        user: str,
        body: types.User,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.User":
        """Replaces the fields that are sent."""
        return self._call(
            "PUT",
            "/v1/users/{user}",
            answer="json",
            path={"user": user},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        user: str,
        body: types.User,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.User":
        """JSON merge patch (RFC 7396)."""
        return self._call(
            "PATCH",
            "/v1/users/{user}",
            answer="json",
            path={"user": user},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        user: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Removes the user, whose keys stop at once. What the user made stays. The last active administrator cannot go (409)."""
        return self._call(
            "DELETE",
            "/v1/users/{user}",
            answer="json",
            path={"user": user},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def get_own(
        self,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.User":
        """The user whose key the request carries."""
        return self._call(
            "GET",
            "/v1/users/self",
            answer="json",
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def list_groups(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Group]":
        """The organisation's groups. Two of them the system makes: all users, and the administrators."""
        return self._call(
            "GET",
            "/v1/groups",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create_group(
        self,
        body: types.Group,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Group":
        """Creates a group."""
        return self._call(
            "POST",
            "/v1/groups",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get_group(
        self,
        group: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Group":
        """One group."""
        return self._call(
            "GET",
            "/v1/groups/{group}",
            answer="json",
            path={"group": group},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace_group(
        self,
        group: str,
        body: types.Group,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Group":
        """Replaces the fields that are sent."""
        return self._call(
            "PUT",
            "/v1/groups/{group}",
            answer="json",
            path={"group": group},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update_group(
        self,
        group: str,
        body: types.Group,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Group":
        """JSON merge patch (RFC 7396)."""
        return self._call(
            "PATCH",
            "/v1/groups/{group}",
            answer="json",
            path={"group": group},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete_group(
        self,
        group: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Removes the group."""
        return self._call(
            "DELETE",
            "/v1/groups/{group}",
            answer="json",
            path={"group": group},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def list_group_members(
        self,
        group: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.User]":
        """The users who are in the group."""
        return self._call(
            "GET",
            "/v1/groups/{group}/members",
            answer="page",
            path={"group": group},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def add_group_member(
        self,
        group: str,
        user: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Group":
        """The user is in the group afterwards, also when that was so before."""
        return self._call(
            "PUT",
            "/v1/groups/{group}/members/{user}",
            answer="json",
            path={"group": group, "user": user},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def remove_group_member(
        self,
        group: str,
        user: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """The last active administrator cannot be taken out of the administrators (409)."""
        return self._call(
            "DELETE",
            "/v1/groups/{group}/members/{user}",
            answer="json",
            path={"group": group, "user": user},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )


class Webhooks:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        kind: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.Webhook]":
        """The organisation's webhooks of both kinds, oldest first."""
        return self._call(
            "GET",
            "/v1/webhooks",
            answer="page",
            query={"kind": kind, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: types.Webhook,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Webhook":
        """With `url` and `events` it is an outgoing one, which is told of events; the answer shows its `secret` this once. Otherwise it is an incoming one, which starts an agent when somebody posts to its `webhook_url`; that needs the scope `tools:execute` as well. 400 names every field that is wrong."""
        return self._call(
            "POST",
            "/v1/webhooks",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        webhook: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Webhook":
        """The webhook, its secret masked. The ETag changes with all of it, the counts too; `If-Match` heeds only what was set."""
        return self._call(
            "GET",
            "/v1/webhooks/{webhook}",
            answer="json",
            path={"webhook": webhook},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        webhook: str,
        body: types.Webhook,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Webhook":
        """Replaces the fields that are sent; the others stay. From then on an incoming one works in the name of whoever changed it, so that needs the scope `tools:execute` as well. Setting `status` to `active` lets deliveries go on and forgets earlier failures. 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/webhooks/{webhook}",
            answer="json",
            path={"webhook": webhook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        webhook: str,
        body: types.Webhook,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Webhook":
        """JSON merge patch; otherwise as the replacement, also in the scope that an incoming one needs. Lists are replaced as a whole."""
        return self._call(
            "PATCH",
            "/v1/webhooks/{webhook}",
            answer="json",
            path={"webhook": webhook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        webhook: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Deleted":
        """Removes a webhook with its deliveries and events. 412 when If-Match names another version."""
        return self._call(
            "DELETE",
            "/v1/webhooks/{webhook}",
            answer="json",
            path={"webhook": webhook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def rotate_secret(
        self,
        webhook: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.Webhook":
        """An outgoing webhook gets a new secret, which the answer shows this once; for a while deliveries are signed with both. An incoming one gets a new `webhook_url`; the old one stops at once."""
        return self._call(
            "POST",
            "/v1/webhooks/{webhook}/rotate-secret",
            answer="json",
            path={"webhook": webhook},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def test(
        self,
        webhook: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Any":
        """An outgoing webhook is sent the event `webhook.test`, once, and the answer (200) is how that went; send no body. An incoming one receives `event` as if a sender had posted it (202); with `dry_run` nothing is started and the answer (200) is what the filter says and the message that the agent would get; with `wait` the answer is what came of it, if that is there within 25 s."""
        return self._call(
            "POST",
            "/v1/webhooks/{webhook}/test",
            answer="json",
            path={"webhook": webhook},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list_deliveries(
        self,
        webhook: str,
        *,
        status: Optional[str] = None,
        event: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.WebhookDelivery]":
        """What the webhook sent or is about to send, newest first: events of an outgoing webhook, answers of an incoming one. Each with its last attempt."""
        return self._call(
            "GET",
            "/v1/webhooks/{webhook}/deliveries",
            answer="page",
            path={"webhook": webhook},
            query={"status": status, "event": event, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get_delivery_of(
        self,
        webhook: str,
        delivery: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.WebhookDelivery":
        """The delivery with all its attempts in `history`."""
        return self._call(
            "GET",
            "/v1/webhooks/{webhook}/deliveries/{delivery}",
            answer="json",
            path={"webhook": webhook, "delivery": delivery},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def redeliver_of(
        self,
        webhook: str,
        delivery: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.WebhookDelivery":
        """The delivery is due again as if it were new, with the same `webhook-id`. 409 while it is being tried, and while the webhook is disabled."""
        return self._call(
            "POST",
            "/v1/webhooks/{webhook}/deliveries/{delivery}/redeliver",
            answer="json",
            path={"webhook": webhook, "delivery": delivery},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def get_delivery(
        self,
        delivery: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.WebhookDelivery":
        """The delivery with all its attempts in `history`."""
        return self._call(
            "GET",
            "/v1/webhooks/deliveries/{delivery}",
            answer="json",
            path={"delivery": delivery},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def redeliver_delivery(
        self,
        delivery: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.WebhookDelivery":
        """The delivery is due again as if it were new, with the same `webhook-id`. 409 while it is being tried, and while the webhook is disabled."""
        return self._call(
            "POST",
            "/v1/webhooks/deliveries/{delivery}/redeliver",
            answer="json",
            path={"delivery": delivery},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def list_events(
        self,
        webhook: str,
        *,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.WebhookEvent]":
        """What an incoming webhook received, newest first, and what became of it. Long payloads are cut off."""
        return self._call(
            "GET",
            "/v1/webhooks/{webhook}/events",
            answer="page",
            path={"webhook": webhook},
            query={"status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get_event(
        self,
        webhook: str,
        event: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.WebhookEvent":
        """The event with its whole payload."""
        return self._call(
            "GET",
            "/v1/webhooks/{webhook}/events/{event}",
            answer="json",
            path={"webhook": webhook, "event": event},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replay_event(
        self,
        webhook: str,
        event: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.WebhookEvent":
        """A stored event is received once more, by the webhook as it is now. 409 while the webhook is disabled."""
        return self._call(
            "POST",
            "/v1/webhooks/{webhook}/events/{event}/replay",
            answer="json",
            path={"webhook": webhook, "event": event},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def post_event(
        self,
        token: str,
        body: Any,
        *,
        wait: Optional[bool] = None,
        timeout_query: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Any":
        """For senders: needs no key, because the url is the secret. Takes any JSON of at most 5 MiB; a form with JSON in the field `payload` is taken, too. The event is stored before it is accepted (202). One with a sender's id that is known already is accepted again and starts nothing. With `wait=true`, and where the webhook answers by http, the answer is what came of the event (200), if that is there in time. 401 and 403 when the webhook wants signed events and this one is not, or not as it should be; 404 when there is no such webhook, or it is disabled; 429 beyond the webhook's own limit."""
        return self._call(
            "POST",
            "/hooks/{token}",
            answer="json",
            path={"token": token},
            query={"wait": wait, "timeout": timeout_query},
            body=body,
            timeout=timeout,
        )


class Audit:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        from_: Optional[str] = None,
        to: Optional[str] = None,
        category: Optional[str] = None,
        category_name: Optional[str] = None,
        resource_type: Optional[str] = None,
        resource: Optional[str] = None,
        action: Optional[str] = None,
        email: Optional[str] = None,
        successful: Optional[bool] = None,
        session_id: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Pages[types.AuditItem]":
        """The organisation's trail, newest first."""
        return self._call(
            "GET",
            "/v1/audit",
            answer="page",
            query={"from": from_, "to": to, "category": category, "category_name": category_name, "resource_type": resource_type, "resource": resource, "action": action, "email": email, "successful": successful, "session_id": session_id, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def stream(
        self,
        *,
        from_: Optional[str] = None,
        to: Optional[str] = None,
        category: Optional[str] = None,
        category_name: Optional[str] = None,
        resource_type: Optional[str] = None,
        resource: Optional[str] = None,
        action: Optional[str] = None,
        email: Optional[str] = None,
        successful: Optional[bool] = None,
        session_id: Optional[str] = None,
        last_event_id: Optional[int] = None,
        last_event_id_header: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "EventStream":
        """Server-sent events named `audit`, one for each item as it is written: from now on, from the moment `from`, or after `Last-Event-ID`. The stream has no end; a comment is sent where nothing happens for a while."""
        return self._call(
            "GET",
            "/v1/audit/stream",
            answer="stream",
            query={"from": from_, "to": to, "category": category, "category_name": category_name, "resource_type": resource_type, "resource": resource, "action": action, "email": email, "successful": successful, "session_id": session_id, "last_event_id": last_event_id},
            headers={"Last-Event-ID": last_event_id_header},
            timeout=timeout,
        )

    def get(
        self,
        item: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "types.AuditItem":
        """One item of the trail."""
        return self._call(
            "GET",
            "/v1/audit/{item}",
            answer="json",
            path={"item": item},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )


class Server:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def get_health(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "types.Health":
        """For liveness probes; says nothing of the database."""
        return self._call(
            "GET",
            "/healthz",
            answer="json",
            timeout=timeout,
        )

    def get_readiness(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "types.Health":
        """For readiness probes; 503 while it starts or stops, and while the database does not answer."""
        return self._call(
            "GET",
            "/readyz",
            answer="json",
            timeout=timeout,
        )

    def get_metrics(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "str":
        """In the text format of Prometheus."""
        return self._call(
            "GET",
            "/metrics",
            answer="text",
            timeout=timeout,
        )

    def get_description_as_yaml(
        self,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "str":
        """OpenAPI 3.1 in YAML."""
        return self._call(
            "GET",
            "/openapi.yaml",
            answer="text",
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def get_description_as_json(
        self,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Any":
        """OpenAPI 3.1 in JSON."""
        return self._call(
            "GET",
            "/openapi.json",
            answer="json",
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )


class AsyncAgents:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        name: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Agent]":
        """The organisation's agents, oldest first."""
        return self._call(
            "GET",
            "/v1/agents",
            answer="page",
            query={"name": name, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: types.Agent,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Agent]":
        """Creates an agent. Names need not be unique. A source, tool, runner, secret or model that does not exist is a 400 that names it."""
        return self._call(
            "POST",
            "/v1/agents",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        agent: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Agent]":
        """One agent, by id or name. A name that several agents have is a 409 that lists their ids."""
        return self._call(
            "GET",
            "/v1/agents/{agent}",
            answer="json",
            path={"agent": agent},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        agent: str,
        body: types.Agent,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Agent]":
        """Replaces the fields that are sent; the others stay as they are."""
        return self._call(
            "PUT",
            "/v1/agents/{agent}",
            answer="json",
            path={"agent": agent},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        agent: str,
        body: types.Agent,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Agent]":
        """JSON merge patch; an environment variable is taken away with null."""
        return self._call(
            "PATCH",
            "/v1/agents/{agent}",
            answer="json",
            path={"agent": agent},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        agent: str,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Its sessions stay readable."""
        return self._call(
            "DELETE",
            "/v1/agents/{agent}",
            answer="json",
            path={"agent": agent},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def list_integrations(
        self,
        agent: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.IntegrationSummary]":
        """Of the integrations that the agent names, those that there are, without their configurations. The same at `/v1/agents/{agent}/activate_integrations` and below `/v1/teammates`."""
        return self._call(
            "GET",
            "/v1/agents/{agent}/integrations",
            answer="page",
            path={"agent": agent},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def list_active_integrations(
        self,
        agent: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.IntegrationSummary]":
        """The same as `/v1/agents/{agent}/integrations`, for clients that ask for those in use."""
        return self._call(
            "GET",
            "/v1/agents/{agent}/activate_integrations",
            answer="page",
            path={"agent": agent},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )


class AsyncConversations:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def create(
        self,
        agent: str,
        body: Optional[types.Session] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Session]":
        """Begins an empty conversation with the agent. A chat without `session_id` begins one by itself. 403 when the agent has `allowed_users` and the key's user is not among them."""
        return self._call(
            "POST",
            "/v1/agents/{agent}/sessions",
            answer="json",
            path={"agent": agent},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def chat_with_agent(
        self,
        agent: str,
        body: types.ChatMessage,
        *,
        last_event_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[Union[types.ChatAnswer, AsyncEventStream]]":
        """Says something to the agent and streams its answer; with `stream` false, answers once when the turn is over. The turn goes on whether or not somebody reads it. Sent again with `Last-Event-ID`, the same message and its session, it goes on with the stream instead of beginning another turn. 409 while the session's last turn is going on, 503 when no language model is configured."""
        return self._call(
            "POST",
            "/v1/agents/{agent}/chat",
            answer="json_or_stream",
            path={"agent": agent},
            headers={"Last-Event-ID": last_event_id, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list(
        self,
        *,
        agent: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Session]":
        """The organisation's sessions, newest first."""
        return self._call(
            "GET",
            "/v1/sessions",
            answer="page",
            query={"agent": agent, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get(
        self,
        session: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Session]":
        """Says among other things whether a turn is going on."""
        return self._call(
            "GET",
            "/v1/sessions/{session}",
            answer="json",
            path={"session": session},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def list_messages(
        self,
        session: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.SessionMessage]":
        """What was said, oldest first, the results of tools included."""
        return self._call(
            "GET",
            "/v1/sessions/{session}/messages",
            answer="page",
            path={"session": session},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def follow(
        self,
        session: str,
        *,
        last_event_id: Optional[int] = None,
        last_event_id_header: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[AsyncEventStream]":
        """The events of the current or the last turn, from its beginning or after `Last-Event-ID`. Any number of readers may follow. 404 while the session has had no turn."""
        return self._call(
            "GET",
            "/v1/sessions/{session}/stream",
            answer="stream",
            path={"session": session},
            query={"last_event_id": last_event_id},
            headers={"Last-Event-ID": last_event_id_header},
            timeout=timeout,
        )

    def cancel(
        self,
        session: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Session]":
        """Cancels the current turn with the tools that it runs; nothing happens when there is none."""
        return self._call(
            "POST",
            "/v1/sessions/{session}/cancel",
            answer="json",
            path={"session": session},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )


class AsyncSources:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        type: Optional[str] = None,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Source]":
        """The organisation's sources, oldest first, without their tools."""
        return self._call(
            "GET",
            "/v1/sources",
            answer="page",
            query={"type": type, "status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: Optional[types.Source] = None,
        *,
        url: Optional[str] = None,
        branch: Optional[str] = None,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """Creates a source and discovers its tools: from the repository at `url`, or from `inline_tools` when there is none. One broken file does not hide the others; it becomes an entry of `errors`. An answer can take minutes for a large repository."""
        return self._call(
            "POST",
            "/v1/sources",
            answer="json",
            query={"url": url, "branch": branch, "runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def preview(
        self,
        *,
        url: Optional[str] = None,
        branch: Optional[str] = None,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """Discovers the tools of a repository without saving anything."""
        return self._call(
            "GET",
            "/v1/sources/load",
            answer="json",
            query={"url": url, "branch": branch, "runner": runner, "name": name},
            timeout=timeout,
        )

    def load(
        self,
        body: Optional[types.Source] = None,
        *,
        url: Optional[str] = None,
        branch: Optional[str] = None,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """As a creation, without saving anything."""
        return self._call(
            "POST",
            "/v1/sources/load",
            answer="json",
            query={"url": url, "branch": branch, "runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def create_zip(
        self,
        form: Mapping[str, Any],
        *,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """Takes an archive of up to 100 MiB, and of 256 MiB and 20,000 entries unpacked."""
        return self._call(
            "POST",
            "/v1/sources/zip",
            answer="json",
            query={"runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def put_zip(
        self,
        form: Mapping[str, Any],
        *,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """The same as POST, for clients that upload with PUT."""
        return self._call(
            "PUT",
            "/v1/sources/zip",
            answer="json",
            query={"runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def load_zip(
        self,
        form: Mapping[str, Any],
        *,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """Discovers the tools of an archive without saving anything."""
        return self._call(
            "POST",
            "/v1/sources/zip/load",
            answer="json",
            query={"runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def put_load_zip(
        self,
        form: Mapping[str, Any],
        *,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """The same as POST, for clients that upload with PUT."""
        return self._call(
            "PUT",
            "/v1/sources/zip/load",
            answer="json",
            query={"runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def sync_zip(
        self,
        source: str,
        form: Mapping[str, Any],
        *,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """Replaces the tools of a source that came from a zip file with those of another archive."""
        return self._call(
            "POST",
            "/v1/sources/zip/sync/{source}",
            answer="json",
            path={"source": source},
            query={"runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def put_sync_zip(
        self,
        source: str,
        form: Mapping[str, Any],
        *,
        runner: Optional[str] = None,
        name: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """The same as POST, for clients that upload with PUT."""
        return self._call(
            "PUT",
            "/v1/sources/zip/sync/{source}",
            answer="json",
            path={"source": source},
            query={"runner": runner, "name": name},
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def list_agent(
        self,
        agent: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Source]":
        """The sources whose tools the agent may use."""
        return self._call(
            "GET",
            "/v1/sources/agent_sources/{agent}",
            answer="page",
            path={"agent": agent},
            query={"limit": limit, "offset": offset},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def get(
        self,
        source: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """One source, without its tools."""
        return self._call(
            "GET",
            "/v1/sources/{source}",
            answer="json",
            path={"source": source},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        source: str,
        body: types.Source,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """Replaces the fields that are sent and discovers the tools again."""
        return self._call(
            "PUT",
            "/v1/sources/{source}",
            answer="json",
            path={"source": source},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        source: str,
        body: types.Source,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """JSON merge patch; discovers the tools again."""
        return self._call(
            "PATCH",
            "/v1/sources/{source}",
            answer="json",
            path={"source": source},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        source: str,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Its tools go with it."""
        return self._call(
            "DELETE",
            "/v1/sources/{source}",
            answer="json",
            path={"source": source},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def get_metadata(
        self,
        source: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """The source with its tools in `tools`."""
        return self._call(
            "GET",
            "/v1/sources/{source}/metadata",
            answer="json",
            path={"source": source},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def sync(
        self,
        source: str,
        body: Optional[types.SourceSync] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Source]":
        """Fetches the repository again and discovers its tools. The tools of the last good sync stay when it fails; the source is `failed` then."""
        return self._call(
            "POST",
            "/v1/sources/{source}/sync",
            answer="json",
            path={"source": source},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )


class AsyncTools:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        source_id: Optional[str] = None,
        q: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Tool]":
        """The tools of all sources, by name."""
        return self._call(
            "GET",
            "/v1/tools",
            answer="page",
            query={"source_id": source_id, "q": q, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: types.Tool,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Tool]":
        """Creates a tool in the organisation's own inline source. 409 when that source has a tool of this name. The content is a template over the arguments; every argument is also an environment variable of its name."""
        return self._call(
            "POST",
            "/v1/tools",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def search(
        self,
        *,
        q: Optional[str] = None,
        query: Optional[str] = None,
        source_id: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Tool]":
        """Tools that have the words in name or description, best first."""
        return self._call(
            "GET",
            "/v1/tools/search",
            answer="page",
            query={"q": q, "query": query, "source_id": source_id, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def execute(
        self,
        body: types.ToolRun,
        *,
        runner: Optional[str] = None,
        x_vercel_ai_data_stream: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[AsyncEventStream]":
        """Runs a saved tool (`tool_name`) or a definition that is not saved (`tool_def`) and streams what it prints, to its end. The run goes on when the client goes away; its execution has the output. What is wrong before the start is plain JSON: 400 a bad argument or runner, 404 no such tool, 503 no runner. With the header `x-vercel-ai-data-stream: v1` the events are framed as that protocol does."""
        return self._call(
            "POST",
            "/v1/tools/exec",
            answer="stream",
            query={"runner": runner},
            headers={"x-vercel-ai-data-stream": x_vercel_ai_data_stream, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        tool: str,
        *,
        source_id: Optional[str] = None,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Tool]":
        """One tool, by id or name. A name that several sources have is a 409; `source_id` says which is meant."""
        return self._call(
            "GET",
            "/v1/tools/{tool}",
            answer="json",
            path={"tool": tool},
            query={"source_id": source_id},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        tool: str,
        body: types.Tool,
        *,
        source_id: Optional[str] = None,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Tool]":
        """Replaces the fields that are sent. A tool of a repository or a zip file is changed there; here it is a 409."""
        return self._call(
            "PUT",
            "/v1/tools/{tool}",
            answer="json",
            path={"tool": tool},
            query={"source_id": source_id},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        tool: str,
        body: types.Tool,
        *,
        source_id: Optional[str] = None,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Tool]":
        """JSON merge patch. A tool of a repository or a zip file is changed there; here it is a 409."""
        return self._call(
            "PATCH",
            "/v1/tools/{tool}",
            answer="json",
            path={"tool": tool},
            query={"source_id": source_id},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        tool: str,
        *,
        source_id: Optional[str] = None,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """A tool of a repository or a zip file is deleted there; here it is a 409."""
        return self._call(
            "DELETE",
            "/v1/tools/{tool}",
            answer="json",
            path={"tool": tool},
            query={"source_id": source_id},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def start(
        self,
        tool: str,
        body: Optional[types.ToolRun] = None,
        *,
        runner: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Execution]":
        """Starts a tool and answers at once; the execution tells how it goes."""
        return self._call(
            "POST",
            "/v1/tools/{tool}/executions",
            answer="json",
            path={"tool": tool},
            query={"runner": runner},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )


class AsyncApprovals:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        status: Optional[str] = None,
        for_me: Optional[bool] = None,
        execution_id: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Approval]":
        """What people are, or were, asked to agree to, newest first. What runs in a conversation is shown to who began it, to those who decide, and to administrators."""
        return self._call(
            "GET",
            "/v1/approvals",
            answer="page",
            query={"status": status, "for_me": for_me, "execution_id": execution_id, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get(
        self,
        approval: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Approval]":
        """What is asked for, of whom, and what became of it."""
        return self._call(
            "GET",
            "/v1/approvals/{approval}",
            answer="json",
            path={"approval": approval},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def approve(
        self,
        approval: str,
        body: Optional[types.ApprovalReason] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Approval]":
        """Agrees. The execution runs when all have agreed that it asks. A 403 when it is not the caller's to decide, a 409 when it was decided before."""
        return self._call(
            "POST",
            "/v1/approvals/{approval}/approve",
            answer="json",
            path={"approval": approval},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def reject(
        self,
        approval: str,
        body: Optional[types.ApprovalReason] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Approval]":
        """Refuses. The execution ends as `failed` with the error code `rejected`, and the reason in its message."""
        return self._call(
            "POST",
            "/v1/approvals/{approval}/reject",
            answer="json",
            path={"approval": approval},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )


class AsyncTasks:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        status: Optional[str] = None,
        agent: Optional[str] = None,
        runner: Optional[str] = None,
        sort: Optional[str] = None,
        order: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        page: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Task]":
        """What was asked to be run, newest first."""
        return self._call(
            "GET",
            "/v1/tasks",
            answer="page",
            query={"status": status, "agent": agent, "runner": runner, "sort": sort, "order": order, "limit": limit, "offset": offset, "page": page},
            timeout=timeout,
        )

    def create(
        self,
        body: types.Task,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Task]":
        """Begins at once, unless `schedule` says when. Everything that it names is looked at first: what cannot be run is refused and not stored."""
        return self._call(
            "POST",
            "/v1/tasks",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list_of_agent(
        self,
        agent: str,
        *,
        status: Optional[str] = None,
        sort: Optional[str] = None,
        order: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        page: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Task]":
        """As `/v1/tasks?agent=`, but an agent that there is not is a 404."""
        return self._call(
            "GET",
            "/v1/tasks/agent/{agent}",
            answer="page",
            path={"agent": agent},
            query={"status": status, "sort": sort, "order": order, "limit": limit, "offset": offset, "page": page},
            timeout=timeout,
        )

    def list_of_runner(
        self,
        runner: str,
        *,
        status: Optional[str] = None,
        sort: Optional[str] = None,
        order: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        page: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Task]":
        """As `/v1/tasks?runner=`, but a runner that there is not is a 404."""
        return self._call(
            "GET",
            "/v1/tasks/runner/{runner}",
            answer="page",
            path={"runner": runner},
            query={"status": status, "sort": sort, "order": order, "limit": limit, "offset": offset, "page": page},
            timeout=timeout,
        )

    def get(
        self,
        task: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Task]":
        """What it is, where it stands, and what it brought."""
        return self._call(
            "GET",
            "/v1/tasks/{task}",
            answer="json",
            path={"task": task},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        task: str,
        body: Optional[types.TaskChange] = None,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Task]":
        """The fields that are sent take the place of the stored ones. What it runs can be changed only before it begins."""
        return self._call(
            "PUT",
            "/v1/tasks/{task}",
            answer="json",
            path={"task": task},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        task: str,
        body: Optional[types.TaskChange] = None,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Task]":
        """A JSON merge patch."""
        return self._call(
            "PATCH",
            "/v1/tasks/{task}",
            answer="json",
            path={"task": task},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        task: str,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """What it ran stays among the executions. A 409 while it runs."""
        return self._call(
            "DELETE",
            "/v1/tasks/{task}",
            answer="json",
            path={"task": task},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def cancel(
        self,
        task: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.TaskCancelled]":
        """Also stops what runs for it, and takes back approvals that it waits for. A 409 when it is over."""
        return self._call(
            "PUT",
            "/v1/tasks/{task}/cancel",
            answer="json",
            path={"task": task},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def list_logs(
        self,
        task: str,
        *,
        start_time: Optional[str] = None,
        end_time: Optional[str] = None,
        level: Optional[str] = None,
        follow: Optional[bool] = None,
        limit: Optional[int] = None,
        last_event_id: Optional[str] = None,
        last_event_id_header: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[Union[types.TaskLog, AsyncEventStream]]":
        """What all of its attempts wrote, oldest first. With `follow`, a stream of events `log`, each a line, to the end of the task; the last is `done` with the task."""
        return self._call(
            "GET",
            "/v1/tasks/{task}/logs",
            answer="json_or_stream",
            path={"task": task},
            query={"start_time": start_time, "end_time": end_time, "level": level, "follow": follow, "limit": limit, "last_event_id": last_event_id},
            headers={"Last-Event-ID": last_event_id_header},
            timeout=timeout,
        )

    def get_status(
        self,
        task: str,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.TaskState]":
        """How far it is, without the rest."""
        return self._call(
            "GET",
            "/v1/tasks/{task}/status",
            answer="json",
            path={"task": task},
            timeout=timeout,
        )


class AsyncSchedules:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Schedule]":
        """The organisation's schedules, oldest first."""
        return self._call(
            "GET",
            "/v1/schedules",
            answer="page",
            query={"status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: types.Schedule,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Schedule]":
        """Its first task is there at once, pending."""
        return self._call(
            "POST",
            "/v1/schedules",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        schedule: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Schedule]":
        """When it fires next, and what it runs."""
        return self._call(
            "GET",
            "/v1/schedules/{schedule}",
            answer="json",
            path={"schedule": schedule},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        schedule: str,
        body: Optional[types.ScheduleChange] = None,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Schedule]":
        """The fields that are sent take the place of the stored ones. From then on its tasks run in the name of who changed it."""
        return self._call(
            "PUT",
            "/v1/schedules/{schedule}",
            answer="json",
            path={"schedule": schedule},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        schedule: str,
        body: Optional[types.ScheduleChange] = None,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Schedule]":
        """A JSON merge patch."""
        return self._call(
            "PATCH",
            "/v1/schedules/{schedule}",
            answer="json",
            path={"schedule": schedule},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        schedule: str,
        *,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Its task to come goes with it; those that ran stay."""
        return self._call(
            "DELETE",
            "/v1/schedules/{schedule}",
            answer="json",
            path={"schedule": schedule},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def pause(
        self,
        schedule: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Schedule]":
        """It fires no more until it is resumed; its task to come goes."""
        return self._call(
            "POST",
            "/v1/schedules/{schedule}/pause",
            answer="json",
            path={"schedule": schedule},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def resume(
        self,
        schedule: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Schedule]":
        """Its next time is the next one from now; those that passed meanwhile are not made up for."""
        return self._call(
            "POST",
            "/v1/schedules/{schedule}/resume",
            answer="json",
            path={"schedule": schedule},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )


class AsyncWorkflows:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Workflow]":
        """The workflows that sources hold, by name."""
        return self._call(
            "GET",
            "/v1/workflows",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def start(
        self,
        body: Optional[types.WorkflowRun] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Execution]":
        """Starts a saved workflow, or one that is sent, and answers at once. Its steps need the scopes of what they do, such as `tools:execute`. Every step is an execution of its own; a run goes on by itself when its server dies."""
        return self._call(
            "POST",
            "/v1/workflows/executions",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get_execution(
        self,
        run: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.WorkflowExecution]":
        """The execution with all its steps, where they stand and what they brought."""
        return self._call(
            "GET",
            "/v1/workflows/executions/{run}",
            answer="json",
            path={"run": run},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def get(
        self,
        workflow: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Workflow]":
        """A workflow that a source holds."""
        return self._call(
            "GET",
            "/v1/workflows/{workflow}",
            answer="json",
            path={"workflow": workflow},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )


class AsyncExecutions:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        kind: Optional[str] = None,
        status: Optional[str] = None,
        tool: Optional[str] = None,
        subject: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Execution]":
        """What ran or runs, newest first."""
        return self._call(
            "GET",
            "/v1/executions",
            answer="page",
            query={"kind": kind, "status": status, "tool": tool, "subject": subject, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get(
        self,
        execution: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Execution]":
        """Where it stands, without its output."""
        return self._call(
            "GET",
            "/v1/executions/{execution}",
            answer="json",
            path={"execution": execution},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def list_logs(
        self,
        execution: str,
        *,
        follow: Optional[bool] = None,
        last_event_id: Optional[int] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        last_event_id_header: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[Union[Any, AsyncEventStream]]":
        """Its events, oldest first: a page of them, or with `follow` a stream to the last one, from the beginning or after `Last-Event-ID`."""
        return self._call(
            "GET",
            "/v1/executions/{execution}/logs",
            answer="json_or_stream",
            path={"execution": execution},
            query={"follow": follow, "last_event_id": last_event_id, "limit": limit, "offset": offset},
            headers={"Last-Event-ID": last_event_id_header},
            timeout=timeout,
        )

    def cancel(
        self,
        execution: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Execution]":
        """Stops what runs, with all its processes. An execution that is over stays as it is."""
        return self._call(
            "POST",
            "/v1/executions/{execution}/cancel",
            answer="json",
            path={"execution": execution},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )


class AsyncRunners:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Runner]":
        """The embedded runner `local`, then the organisation's own by name, each with how it is now."""
        return self._call(
            "GET",
            "/v1/runners",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get(
        self,
        runner: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Runner]":
        """A runner and how it is now. The same at `/v1/runners/{runner}/describe`. The ETag changes with all of it; `If-Match` heeds only what was set."""
        return self._call(
            "GET",
            "/v1/runners/{runner}",
            answer="json",
            path={"runner": runner},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def create(
        self,
        runner: str,
        body: Optional[types.Runner] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Runner]":
        """Makes a runner of this name and a token for it, which is shown only now. For a runner that is there already nothing is changed and another token is made, which is void unless it is used within a day."""
        return self._call(
            "POST",
            "/v1/runners/{runner}",
            answer="json",
            path={"runner": runner},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def replace(
        self,
        runner: str,
        body: types.Runner,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Runner]":
        """Replaces the fields that are sent; the others stay. The name cannot change, because runs and agents name the runner. 409 for the embedded runner, 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/runners/{runner}",
            answer="json",
            path={"runner": runner},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        runner: str,
        body: types.Runner,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Runner]":
        """JSON merge patch: null takes a limit away and empties a text. 409 for the embedded runner, 412 when If-Match names another version."""
        return self._call(
            "PATCH",
            "/v1/runners/{runner}",
            answer="json",
            path={"runner": runner},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        runner: str,
        *,
        force: Optional[bool] = None,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Removes a runner and its tokens. 409 while it has something to do, unless `force` says that this is to be cancelled (the header `force: true` does the same); 409 for the embedded runner."""
        return self._call(
            "DELETE",
            "/v1/runners/{runner}",
            answer="json",
            path={"runner": runner},
            query={"force": force},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def describe(
        self,
        runner: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Runner]":
        """The same as `/v1/runners/{runner}`."""
        return self._call(
            "GET",
            "/v1/runners/{runner}/describe",
            answer="json",
            path={"runner": runner},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def get_health(
        self,
        runner: str,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.RunnerHealth]":
        """How a runner does, from what its processes last said."""
        return self._call(
            "GET",
            "/v1/runners/{runner}/health",
            answer="json",
            path={"runner": runner},
            timeout=timeout,
        )

    def get_helm_values(
        self,
        runner: str,
        *,
        format: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.RunnerHelmValues]":
        """Values for the chart `deploy/helm/kubiya-runner`, with a token that is void unless it is used within a day."""
        return self._call(
            "GET",
            "/v1/runners/{runner}/helm",
            answer="json",
            path={"runner": runner},
            query={"format": format},
            timeout=timeout,
        )

    def get_manifest(
        self,
        runner: str,
        *,
        format: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[Any]":
        """A url whose YAML `kubectl apply -f` takes without a key; it answers for a day and is as secret as the token in it. With `format=yaml`, the manifest itself."""
        return self._call(
            "GET",
            "/v1/runners/{runner}/manifest",
            answer="json",
            path={"runner": runner},
            query={"format": format},
            timeout=timeout,
        )

    def operate(
        self,
        runner: str,
        body: types.RunnerOperation,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.RunnerOperationResult]":
        """`drain`: it gets no new work. `resume`: it does again. `restart`: its processes let their runs end and start anew, with whatever version of the program is there then. `rotate-token`: makes a new token; the older ones end after `grace_seconds`, at once by default."""
        return self._call(
            "POST",
            "/v1/runners/{runner}/ops",
            answer="json",
            path={"runner": runner},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list_tokens(
        self,
        runner: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.RunnerToken]":
        """Those that are good, oldest first, each with the characters it begins with."""
        return self._call(
            "GET",
            "/v1/runners/{runner}/tokens",
            answer="page",
            path={"runner": runner},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create_token(
        self,
        runner: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.NewRunnerToken]":
        """Makes a token besides those that there are. It is shown only now. 409 when the runner has 50."""
        return self._call(
            "POST",
            "/v1/runners/{runner}/tokens",
            answer="json",
            path={"runner": runner},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get_token(
        self,
        runner: str,
        runner_token: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.RunnerToken]":
        """What is known about a token, without the token itself. 404 when there is none, or it is void."""
        return self._call(
            "GET",
            "/v1/runners/{runner}/tokens/{runner_token}",
            answer="json",
            path={"runner": runner, "runner_token": runner_token},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def revoke_token(
        self,
        runner: str,
        runner_token: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """It is refused from now on; a runner that has it ends. 412 when If-Match names another token."""
        return self._call(
            "DELETE",
            "/v1/runners/{runner}/tokens/{runner_token}",
            answer="json",
            path={"runner": runner, "runner_token": runner_token},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )


class AsyncSecrets:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Secret]":
        """The organisation's secrets by name, in the order of their names. Values are never part of a list."""
        return self._call(
            "GET",
            "/v1/secrets",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Secret]":
        """Keeps a value under a name. The value is encrypted at once and is in no answer but that of the value's own path. 409 when the name is taken, or when another secret would be the same environment variable."""
        return self._call(
            "POST",
            "/v1/secrets",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        secret: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Secret]":
        """What is known about a secret, without its value. 404 when there is none."""
        return self._call(
            "GET",
            "/v1/secrets/{secret}",
            answer="json",
            path={"secret": secret},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        secret: str,
        body: types.Secret,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Secret]":
        """Replaces the fields that are sent; the others stay, the value too. The name cannot change, because tools and agents name the secret. 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/secrets/{secret}",
            answer="json",
            path={"secret": secret},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        secret: str,
        body: types.Secret,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Secret]":
        """JSON merge patch: null empties a text; a value cannot be emptied and null leaves it as it is. 412 when If-Match names another version."""
        return self._call(
            "PATCH",
            "/v1/secrets/{secret}",
            answer="json",
            path={"secret": secret},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        secret: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Removes a secret, also while tools and agents name it: runs that need it are refused from then on. 412 when If-Match names another version."""
        return self._call(
            "DELETE",
            "/v1/secrets/{secret}",
            answer="json",
            path={"secret": secret},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def get_value(
        self,
        secret: str,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.SecretValue]":
        """The value as it was sent. Every reading is written to the audit trail with the action `read`."""
        return self._call(
            "GET",
            "/v1/secrets/{secret}/value",
            answer="json",
            path={"secret": secret},
            timeout=timeout,
        )


class AsyncKnowledge:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        tag: Optional[str] = None,
        type: Optional[str] = None,
        visibility: Optional[str] = None,
        query: Optional[str] = None,
        sort: Optional[str] = None,
        order: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Knowledge]":
        """The entries that the caller may read, the oldest first where nothing else is asked for. Contents longer than 32 KiB are left out; read the entry itself for those."""
        return self._call(
            "GET",
            "/v1/knowledge",
            answer="page",
            query={"tag": tag, "type": type, "visibility": visibility, "query": query, "sort": sort, "order": order, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Knowledge]":
        """Keeps a text. It can be found as soon as this is answered, by its words at once and by its meaning a moment later. A title (or `name`) and content are needed."""
        return self._call(
            "POST",
            "/v1/knowledge",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def search(
        self,
        *,
        query: Optional[str] = None,
        tag: Optional[str] = None,
        type: Optional[str] = None,
        visibility: Optional[str] = None,
        by: Optional[str] = None,
        sort: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Knowledge]":
        """Finds entries that the caller may read by their words and by their meaning, the best first. Mistakes in words are forgiven where the database has `pg_trgm`. At most 600 entries are found."""
        return self._call(
            "GET",
            "/v1/knowledge/search",
            answer="page",
            query={"query": query, "tag": tag, "type": type, "visibility": visibility, "by": by, "sort": sort, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def upload(
        self,
        form: Mapping[str, Any],
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Knowledge]":
        """Reads the text of a Markdown, text, HTML, PDF or DOCX file of up to 20 MiB. Headings of HTML and DOCX become headings of Markdown, and each page of a PDF is a section. 400 says why a file cannot be read: it is damaged, locked, has no text, or takes more memory or time than it may."""
        return self._call(
            "POST",
            "/v1/knowledge/files",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            form=form,
            timeout=timeout,
        )

    def list_folders(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.KnowledgeFolder]":
        """The folders of git sources whose Markdown files are kept as entries, the oldest first."""
        return self._call(
            "GET",
            "/v1/knowledge/folders",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create_folder(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.KnowledgeFolder]":
        """Makes an entry of each Markdown file in a folder of a git source, hidden folders left out; `title`, `description` and `tags` are read from its front matter. The folder is synced again after each sync of its source, in the name of who added it. 409 when the folder is kept already."""
        return self._call(
            "POST",
            "/v1/knowledge/folders",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get_folder(
        self,
        knowledge_folder: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.KnowledgeFolder]":
        """The folder as it is now, with the files that could not be read."""
        return self._call(
            "GET",
            "/v1/knowledge/folders/{knowledge_folder}",
            answer="json",
            path={"knowledge_folder": knowledge_folder},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def delete_folder(
        self,
        knowledge_folder: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Removes the folder's entries with all their versions. 409 while it is being synced."""
        return self._call(
            "DELETE",
            "/v1/knowledge/folders/{knowledge_folder}",
            answer="json",
            path={"knowledge_folder": knowledge_folder},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def sync_folder(
        self,
        knowledge_folder: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.KnowledgeFolder]":
        """Reads the newest commit. Files that say what their entries say change nothing; entries whose files are gone are removed. 409 while it is being synced."""
        return self._call(
            "POST",
            "/v1/knowledge/folders/{knowledge_folder}/sync",
            answer="json",
            path={"knowledge_folder": knowledge_folder},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def get(
        self,
        knowledge: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Knowledge]":
        """The entry as it is now. 404 when there is none, or none that the caller may read."""
        return self._call(
            "GET",
            "/v1/knowledge/{knowledge}",
            answer="json",
            path={"knowledge": knowledge},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        knowledge: str,
        body: types.Knowledge,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Knowledge]":
        """Replaces the fields that are sent; the others stay. Where name, description, content, labels, type or properties change, there is a new version. 412 when If-Match names another state of the entry."""
        return self._call(
            "PUT",
            "/v1/knowledge/{knowledge}",
            answer="json",
            path={"knowledge": knowledge},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        knowledge: str,
        body: types.Knowledge,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Knowledge]":
        """JSON merge patch: properties are merged, and null takes a field or a property away. 412 when If-Match names another state of the entry."""
        return self._call(
            "PATCH",
            "/v1/knowledge/{knowledge}",
            answer="json",
            path={"knowledge": knowledge},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        knowledge: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Removes an entry with all its versions. 412 when If-Match names another state of the entry."""
        return self._call(
            "DELETE",
            "/v1/knowledge/{knowledge}",
            answer="json",
            path={"knowledge": knowledge},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def replace_file(
        self,
        knowledge: str,
        form: Mapping[str, Any],
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Knowledge]":
        """As the upload of a new entry, for one that there is. A file that says what the entry says already changes nothing; of a changed one only the changed passages are indexed anew. 412 when If-Match names another state of the entry."""
        return self._call(
            "PUT",
            "/v1/knowledge/{knowledge}/file",
            answer="json",
            path={"knowledge": knowledge},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            form=form,
            timeout=timeout,
        )

    def list_versions(
        self,
        knowledge: str,
        *,
        order: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.KnowledgeVersion]":
        """What the entry says and said, the oldest first where nothing else is asked for. Contents longer than 32 KiB are left out."""
        return self._call(
            "GET",
            "/v1/knowledge/{knowledge}/versions",
            answer="page",
            path={"knowledge": knowledge},
            query={"order": order, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get_version(
        self,
        knowledge: str,
        knowledge_version: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.KnowledgeVersion]":
        """What the entry said then. Who may read it is decided by what the entry is now."""
        return self._call(
            "GET",
            "/v1/knowledge/{knowledge}/versions/{knowledge_version}",
            answer="json",
            path={"knowledge": knowledge, "knowledge_version": knowledge_version},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def compare_versions(
        self,
        knowledge: str,
        knowledge_version: str,
        *,
        from_: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.KnowledgeDiff]":
        """What changed up to this version."""
        return self._call(
            "GET",
            "/v1/knowledge/{knowledge}/versions/{knowledge_version}/diff",
            answer="json",
            path={"knowledge": knowledge, "knowledge_version": knowledge_version},
            query={"from": from_},
            timeout=timeout,
        )

    def restore_version(
        self,
        knowledge: str,
        knowledge_version: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Knowledge]":
        """Makes a new version that says what this one said. Whom the entry is for stays as it is. Nothing happens when it says so already. 412 when If-Match names another state of the entry."""
        return self._call(
            "POST",
            "/v1/knowledge/{knowledge}/versions/{knowledge_version}/restore",
            answer="json",
            path={"knowledge": knowledge, "knowledge_version": knowledge_version},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )


class AsyncIntegrations:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Integration]":
        """The organisation's integrations in the order of their names, credentials masked."""
        return self._call(
            "GET",
            "/v1/integrations",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Integration]":
        """Credentials among the fields of `vendor_specific` are encrypted and answered masked from the first answer on. 409 when the name is taken."""
        return self._call(
            "POST",
            "/v1/integrations",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        integration: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Integration]":
        """The integration, credentials masked. 404 when there is none."""
        return self._call(
            "GET",
            "/v1/integrations/{integration}",
            answer="json",
            path={"integration": integration},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        integration: str,
        body: types.Integration,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Integration]":
        """Replaces the fields that are sent, `configs` as a whole; the others stay. A credential sent as `********` keeps the value that is stored for the configuration of that name. 400 when a mask stands for nothing; 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/integrations/{integration}",
            answer="json",
            path={"integration": integration},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        integration: str,
        body: types.Integration,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Integration]":
        """JSON merge patch; otherwise as the replacement. Lists are replaced as a whole."""
        return self._call(
            "PATCH",
            "/v1/integrations/{integration}",
            answer="json",
            path={"integration": integration},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        integration: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Removes an integration, also while agents name it. 412 when If-Match names another version."""
        return self._call(
            "DELETE",
            "/v1/integrations/{integration}",
            answer="json",
            path={"integration": integration},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )


class AsyncPolicies:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Policy]":
        """The organisation's policies in the order of their names."""
        return self._call(
            "GET",
            "/v1/policies",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Policy]":
        """The expressions are checked: 400 says of every mistake at which line and column it is. The policy is in force on this server when the answer comes, on other servers of the same database a moment later. 409 when the name is taken, and with the 101st policy."""
        return self._call(
            "POST",
            "/v1/policies",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        policy: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Policy]":
        """The policy. 404 when there is none."""
        return self._call(
            "GET",
            "/v1/policies/{policy}",
            answer="json",
            path={"policy": policy},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        policy: str,
        body: types.Policy,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Policy]":
        """Replaces the fields that are sent; the others stay. The policy as a whole is checked as a new one is. 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/policies/{policy}",
            answer="json",
            path={"policy": policy},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        policy: str,
        body: types.Policy,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Policy]":
        """JSON merge patch; otherwise as the replacement."""
        return self._call(
            "PATCH",
            "/v1/policies/{policy}",
            answer="json",
            path={"policy": policy},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        policy: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Nobody is asked about it any more. 412 when If-Match names another version."""
        return self._call(
            "DELETE",
            "/v1/policies/{policy}",
            answer="json",
            path={"policy": policy},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def validate(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.PolicyValidation]":
        """Compiles the expressions for the points that the policy applies to and says where each mistake is. 400 is for fields that are wrong in another way."""
        return self._call(
            "POST",
            "/v1/policies/validate",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def evaluate(
        self,
        body: types.PolicyQuestion,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.PolicyDecision]":
        """What policies would say about an input: the saved ones that `policies` names, enabled or not, and the one in `policy` that is not saved; all that are enabled and apply to the point when neither is sent. Nothing is run and nothing is noted in the audit trail."""
        return self._call(
            "POST",
            "/v1/policies/evaluate",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )


class AsyncModels:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def get(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.OrganizationModel]":
        """What the organisation set, and which models its agents may use. The key is never shown."""
        return self._call(
            "GET",
            "/v1/organization/model",
            answer="json",
            timeout=timeout,
        )

    def set(
        self,
        body: types.OrganizationModel,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.OrganizationModel]":
        """Sets the endpoint, its key and its models in place of the server's. Without `api_key` the key that is there stays, as long as the endpoint is the same."""
        return self._call(
            "PUT",
            "/v1/organization/model",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Forgets the organisation's own setting and its key. 404 when there is none."""
        return self._call(
            "DELETE",
            "/v1/organization/model",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )


class AsyncProjects:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        name: Optional[str] = None,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Project]":
        """The organisation's projects, oldest first."""
        return self._call(
            "GET",
            "/v1/projects",
            answer="page",
            query={"name": name, "status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Project]":
        """The code is in a git repository (`url`, `branch`, `path`), comes from a template (`template_id`), or is sent along (`files`). Without any of them the project holds the state of code that lives elsewhere. Sensitive values are encrypted and answered masked from the first answer on."""
        return self._call(
            "POST",
            "/v1/projects",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        project: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Project]":
        """The project, sensitive values masked. 404 when there is none; 409 when several have the name."""
        return self._call(
            "GET",
            "/v1/projects/{project}",
            answer="json",
            path={"project": project},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        project: str,
        body: types.Project,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Project]":
        """Replaces the fields that are sent, lists as a whole; the others stay. A sensitive value sent as `********` keeps what is stored. A change of code, values or secrets makes older plans void. 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/projects/{project}",
            answer="json",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        project: str,
        body: types.Project,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Project]":
        """JSON merge patch; otherwise as the replacement. Lists are replaced as a whole."""
        return self._call(
            "PATCH",
            "/v1/projects/{project}",
            answer="json",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        project: str,
        *,
        force: Optional[bool] = None,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Removes a project with its runs and its state. 409 while Terraform is at work, and while the state holds resources: destroy them first, or say `force=true`, which leaves them where they are. 412 when If-Match names another version."""
        return self._call(
            "DELETE",
            "/v1/projects/{project}",
            answer="json",
            path={"project": project},
            query={"force": force},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def list_variables(
        self,
        project: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.ProjectVariable]":
        """What the code declares in its order, then what is set without being declared. Sensitive values are masked."""
        return self._call(
            "GET",
            "/v1/projects/{project}/variables",
            answer="page",
            path={"project": project},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def set_variables(
        self,
        project: str,
        body: Mapping[str, Any],
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.ProjectVariable]":
        """Replaces all values; a variable that is not sent, or is sent without a value, is not set any more. A sensitive value sent as `********` stays. Older plans are void when anything changed. 400 when the code declares no such variable, or the value does not fit its type or its options."""
        return self._call(
            "PUT",
            "/v1/projects/{project}/variables",
            answer="page",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def plan(
        self,
        project: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        wait: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.ProjectExecution]":
        """Queues a plan. It reads the code anew, and changes nothing; approve it to apply exactly this plan. 400 when a variable has no value; 409 when the project names no code."""
        return self._call(
            "POST",
            "/v1/projects/{project}/plan",
            answer="json",
            path={"project": project},
            query={"wait": wait},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def apply(
        self,
        project: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        wait: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.ProjectExecution]":
        """Queues a plan that is applied once somebody approves it, or at once with `auto_approve` or when the project's own `auto_apply` says so. With `execution_id` it approves that plan. 400, 403 and 409 as planning and approving."""
        return self._call(
            "POST",
            "/v1/projects/{project}/apply",
            answer="json",
            path={"project": project},
            query={"wait": wait},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def destroy(
        self,
        project: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        wait: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.ProjectExecution]":
        """Queues a plan to remove everything that the state holds. It waits for approval unless `auto_approve` is sent; the project's own `auto_apply` does not count."""
        return self._call(
            "POST",
            "/v1/projects/{project}/destroy",
            answer="json",
            path={"project": project},
            query={"wait": wait},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def approve_plan(
        self,
        project: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        wait: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.ProjectExecution]":
        """The plan is applied as soon as its turn comes. 409 when nothing waits for approval, or when code, variables or state were changed since it was made; 403 when a policy forbids it."""
        return self._call(
            "POST",
            "/v1/projects/{project}/approve",
            answer="json",
            path={"project": project},
            query={"wait": wait},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def reject_plan(
        self,
        project: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.ProjectExecution]":
        """Nobody can apply it any more. 409 when it is no plan, or not any more."""
        return self._call(
            "POST",
            "/v1/projects/{project}/reject",
            answer="json",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def cancel_execution(
        self,
        project: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        wait: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.ProjectExecution]":
        """What waits ends at once. Terraform at work is interrupted: it ends what it is doing, and the state is saved; what does not end within a minute is killed. 409 when it is over."""
        return self._call(
            "POST",
            "/v1/projects/{project}/cancel",
            answer="json",
            path={"project": project},
            query={"wait": wait},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list_executions(
        self,
        project: str,
        *,
        status: Optional[ProjectExecutionStatus] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.ProjectExecution]":
        """Plans and applies, newest first, without what they change."""
        return self._call(
            "GET",
            "/v1/projects/{project}/executions",
            answer="page",
            path={"project": project},
            query={"status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get_execution(
        self,
        project: str,
        project_execution: str,
        *,
        wait: Optional[int] = None,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.ProjectExecution]":
        """A plan or an apply, with what it changes. Sensitive values are masked."""
        return self._call(
            "GET",
            "/v1/projects/{project}/executions/{project_execution}",
            answer="json",
            path={"project": project, "project_execution": project_execution},
            query={"wait": wait},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def get_plan(
        self,
        project: str,
        project_execution: str,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[Any]":
        """Terraform's own JSON plan without its parts that tell the code and the whole state, sensitive values masked, and which resources refer to which. 404 while there is no plan."""
        return self._call(
            "GET",
            "/v1/projects/{project}/executions/{project_execution}/plan",
            answer="json",
            path={"project": project, "project_execution": project_execution},
            timeout=timeout,
        )

    def get_execution_logs(
        self,
        project: str,
        project_execution: str,
        *,
        follow: Optional[bool] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        last_event_id: Optional[int] = None,
        last_event_id_header: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[Union[Any, AsyncEventStream]]":
        """What Terraform printed, first while it planned, then while it applied, secrets masked. With `follow=true` the events are streamed until the execution is over or waits for somebody's word; the last event is `execution` with its status, and has no id."""
        return self._call(
            "GET",
            "/v1/projects/{project}/executions/{project_execution}/logs",
            answer="json_or_stream",
            path={"project": project, "project_execution": project_execution},
            query={"follow": follow, "limit": limit, "offset": offset, "last_event_id": last_event_id},
            headers={"Last-Event-ID": last_event_id_header},
            timeout=timeout,
        )

    def get_drift(
        self,
        project: str,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.ProjectDrift]":
        """What the last look found: whether what is there is still as the state says. The project's `drift_schedule` looks by itself, and every `refresh_only` plan of the whole project counts."""
        return self._call(
            "GET",
            "/v1/projects/{project}/drift",
            answer="json",
            path={"project": project},
            timeout=timeout,
        )

    def check_drift(
        self,
        project: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.ProjectExecution]":
        """Queues a `refresh_only` plan. Approved, it takes what others changed into the state. 409 when the project names no code."""
        return self._call(
            "POST",
            "/v1/projects/{project}/drift",
            answer="json",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )


class AsyncStates:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def get(
        self,
        project: str,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.State]":
        """What is current and who holds the lock; not what is in the state."""
        return self._call(
            "GET",
            "/v1/projects/{project}/state",
            answer="json",
            path={"project": project},
            timeout=timeout,
        )

    def read(
        self,
        project: str,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.TerraformState]":
        """The address of Terraform's `http` backend. Besides `UserKey` it takes HTTP's basic authentication with the key as the password and any user. A state holds every secret that Terraform knows, so this needs `projects:write`, and is audited. 204 when there is no state. The methods `LOCK` and `UNLOCK` do the same as the paths below."""
        return self._call(
            "GET",
            "/v1/projects/{project}/state/raw",
            answer="json",
            path={"project": project},
            timeout=timeout,
        )

    def write(
        self,
        project: str,
        body: types.TerraformState,
        *,
        id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        content_md5: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.StateVersion]":
        """Takes up to 64 MiB. While somebody holds the lock, `ID` has to name it (423 otherwise; 409 when it is not held any more). A serial that is not above that of the state that is there, or another lineage, is a 409; a body that does not have the `Content-MD5` it says, or is no state of Terraform, a 400. What is there already, byte for byte, is no new version."""
        return self._call(
            "POST",
            "/v1/projects/{project}/state/raw",
            answer="json",
            path={"project": project},
            query={"ID": id},
            headers={"Idempotency-Key": idempotency_key, "Content-MD5": content_md5},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        project: str,
        *,
        id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """From now on there is no state, and one of another lineage may be written. The versions stay and can be restored."""
        return self._call(
            "DELETE",
            "/v1/projects/{project}/state/raw",
            answer="json",
            path={"project": project},
            query={"ID": id},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def lock(
        self,
        project: str,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """As the method `LOCK` on the state's address. The lock of an execution ends with it; every other one stays until it is unlocked."""
        return self._call(
            "POST",
            "/v1/projects/{project}/state/lock",
            answer="json",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def unlock(
        self,
        project: str,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """As the method `UNLOCK` on the state's address. `ID` names the lock; another than the one that is held is a 423. Without `ID`, which is how `terraform force-unlock` asks, a lock is taken away whose holder is gone, but not from an execution at work; `force` takes it from that too. Both are audited. What is not locked stays so."""
        return self._call(
            "POST",
            "/v1/projects/{project}/state/unlock",
            answer="json",
            path={"project": project},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list_versions(
        self,
        project: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.StateVersion]":
        """Every version that was not forgotten (see the settings), newest first."""
        return self._call(
            "GET",
            "/v1/projects/{project}/state/versions",
            answer="page",
            path={"project": project},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get_version(
        self,
        project: str,
        state_version: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.StateVersion]":
        """What is known of it; not what is in it."""
        return self._call(
            "GET",
            "/v1/projects/{project}/state/versions/{state_version}",
            answer="json",
            path={"project": project, "state_version": state_version},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def download_version(
        self,
        project: str,
        state_version: str,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.TerraformState]":
        """As Terraform wrote it, secrets included. Audited."""
        return self._call(
            "GET",
            "/v1/projects/{project}/state/versions/{state_version}/raw",
            answer="json",
            path={"project": project, "state_version": state_version},
            timeout=timeout,
        )

    def restore_version(
        self,
        project: str,
        state_version: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.StateVersion]":
        """Makes its state current again, as a new version whose serial is above all that there were. Resources are not touched: the next plan shows what differs. 423 while anybody holds the lock."""
        return self._call(
            "POST",
            "/v1/projects/{project}/state/versions/{state_version}/restore",
            answer="json",
            path={"project": project, "state_version": state_version},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def list_outputs(
        self,
        project: str,
        *,
        reveal: Optional[bool] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.StateOutput]":
        """Those of the current state. Values of sensitive ones are null unless they are asked for."""
        return self._call(
            "GET",
            "/v1/projects/{project}/outputs",
            answer="page",
            path={"project": project},
            query={"reveal": reveal, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def list_resources(
        self,
        project: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.StateResource]":
        """The instances of resources and data sources in the current state, without their attributes."""
        return self._call(
            "GET",
            "/v1/projects/{project}/resources",
            answer="page",
            path={"project": project},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )


class AsyncGitOps:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list_git_hooks(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.GitHook]":
        """The organisation's hooks, by name."""
        return self._call(
            "GET",
            "/v1/gitops/hooks",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create_git_hook(
        self,
        body: Any,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.GitHook]":
        """Answers the url that the git host is to call and the secret that it is to sign with; the secret is shown this once. Runs that the hook leads to are started in the name of whoever created or changed it last."""
        return self._call(
            "POST",
            "/v1/gitops/hooks",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get_git_hook(
        self,
        git_hook: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.GitHook]":
        """The hook without its secret. The url is shown to those alone who may change it."""
        return self._call(
            "GET",
            "/v1/gitops/hooks/{git_hook}",
            answer="json",
            path={"git_hook": git_hook},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace_git_hook(
        self,
        git_hook: str,
        body: types.GitHook,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.GitHook]":
        """Replaces the fields that are sent; the others stay. A token sent as `********` stays as it is. Whoever changes a hook takes it over. 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/gitops/hooks/{git_hook}",
            answer="json",
            path={"git_hook": git_hook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update_git_hook(
        self,
        git_hook: str,
        body: types.GitHook,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.GitHook]":
        """JSON merge patch; otherwise as the replacement."""
        return self._call(
            "PATCH",
            "/v1/gitops/hooks/{git_hook}",
            answer="json",
            path={"git_hook": git_hook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete_git_hook(
        self,
        git_hook: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Removes a hook and the list of its deliveries. Its url is good for nothing from then on."""
        return self._call(
            "DELETE",
            "/v1/gitops/hooks/{git_hook}",
            answer="json",
            path={"git_hook": git_hook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def rotate_git_hook(
        self,
        git_hook: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.GitHook]":
        """The old ones are good for nothing from then on. The new secret is shown this once."""
        return self._call(
            "POST",
            "/v1/gitops/hooks/{git_hook}/rotate",
            answer="json",
            path={"git_hook": git_hook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def list_git_deliveries(
        self,
        git_hook: str,
        *,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.GitDelivery]":
        """Events of the last 30 days with the runs that they led to, newest first."""
        return self._call(
            "GET",
            "/v1/gitops/hooks/{git_hook}/deliveries",
            answer="page",
            path={"git_hook": git_hook},
            query={"status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get_git_delivery(
        self,
        git_hook: str,
        git_delivery: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.GitDelivery]":
        """One event with the runs that it led to."""
        return self._call(
            "GET",
            "/v1/gitops/hooks/{git_hook}/deliveries/{git_delivery}",
            answer="json",
            path={"git_hook": git_hook, "git_delivery": git_delivery},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def receive_git_event(
        self,
        git_token: str,
        body: Any,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[Any]":
        """What git hosts call; the body is theirs, of up to 25 MiB. Signed with the hook's secret: `X-Hub-Signature-256` (GitHub and plain git: `sha256=` and the HMAC of the body in hex), `X-Gitea-Signature` or `X-Forgejo-Signature` (the HMAC alone), `X-Gitlab-Token` (the secret itself). Stored before it is answered, and acted on once for each delivery id (`X-GitHub-Delivery`, `X-Gitlab-Event-UUID`, `X-Gitea-Delivery`, `X-Delivery-Id`). Plain git sends `event` (`push` or `pull_request`), `repository`, `branch`, `commit`, and may send `default_branch`, `paths`, `number`, `author`, `title` and `url`. 404 for a token that nobody has, 401 for a signature that does not fit, 429 beyond the hook's limit."""
        return self._call(
            "POST",
            "/v1/gitops/{git_token}",
            answer="json",
            path={"git_token": git_token},
            body=body,
            timeout=timeout,
        )


class AsyncOpenai:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def create_chat_completion(
        self,
        body: types.ChatCompletionRequest,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[Union[types.ChatCompletion, AsyncEventStream]]":
        """Lets an agent answer a conversation that the client keeps. Tools run on the server and are not told of. Fields that tune a model are ignored. A turn that failed is a 502."""
        return self._call(
            "POST",
            "/v1/chat/completions",
            answer="json_or_stream",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list_models(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.OpenAiModelList]":
        """The agents that the key's user may talk to."""
        return self._call(
            "GET",
            "/v1/models",
            answer="json",
            timeout=timeout,
        )

    def get_model(
        self,
        agent: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.OpenAiModel]":
        """One agent, by id or name."""
        return self._call(
            "GET",
            "/v1/models/{agent}",
            answer="json",
            path={"agent": agent},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )


class AsyncKeys:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        status: Optional[str] = None,
        user: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.ApiKey]":
        """Keys of the key's own user; with `admin`, those of the whole organisation. Revoked ones are left out unless asked for."""
        return self._call(
            "GET",
            "/v1/auth/keys",
            answer="page",
            query={"status": status, "user": user, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: types.ApiKey,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.NewApiKey]":
        """Makes a key for the key's own user. The answer is the only place where the key itself is shown. Without `scopes` it has those of the key that makes it; it can have no others. Limits, and keys for other users, take `admin`."""
        return self._call(
            "POST",
            "/v1/auth/keys",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        key: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.ApiKey]":
        """One key."""
        return self._call(
            "GET",
            "/v1/auth/keys/{key}",
            answer="json",
            path={"key": key},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        key: str,
        body: types.ApiKey,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.ApiKey]":
        """Replaces the fields that are sent."""
        return self._call(
            "PUT",
            "/v1/auth/keys/{key}",
            answer="json",
            path={"key": key},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        key: str,
        body: types.ApiKey,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.ApiKey]":
        """JSON merge patch (RFC 7396)."""
        return self._call(
            "PATCH",
            "/v1/auth/keys/{key}",
            answer="json",
            path={"key": key},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def revoke(
        self,
        key: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """From now on no server takes the key."""
        return self._call(
            "DELETE",
            "/v1/auth/keys/{key}",
            answer="json",
            path={"key": key},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def get_identity(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Identity]":
        """User, organisation, key and scopes of the key that the request carries."""
        return self._call(
            "GET",
            "/v1/auth/me",
            answer="json",
            timeout=timeout,
        )

    def validate(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.KeyValidity]":
        """200 for a good key, 401 for any other. HEAD answers the same without a body."""
        return self._call(
            "GET",
            "/v1/auth/validate",
            answer="json",
            timeout=timeout,
        )


class AsyncUsers:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        email: Optional[str] = None,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.User]":
        """The organisation's users."""
        return self._call(
            "GET",
            "/v1/users",
            answer="page",
            query={"email": email, "status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: types.User,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.User]":
        """Adds a user. A key for the user is made with `POST /v1/auth/keys` and `user_id`. An address that is taken is a 409."""
        return self._call(
            "POST",
            "/v1/users",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        user: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.User]":
        """One user."""
        return self._call(
            "GET",
            "/v1/users/{user}",
            answer="json",
            path={"user": user},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        user: str,
        body: types.User,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.User]":
        """Replaces the fields that are sent."""
        return self._call(
            "PUT",
            "/v1/users/{user}",
            answer="json",
            path={"user": user},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        user: str,
        body: types.User,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.User]":
        """JSON merge patch (RFC 7396)."""
        return self._call(
            "PATCH",
            "/v1/users/{user}",
            answer="json",
            path={"user": user},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        user: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Removes the user, whose keys stop at once. What the user made stays. The last active administrator cannot go (409)."""
        return self._call(
            "DELETE",
            "/v1/users/{user}",
            answer="json",
            path={"user": user},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def get_own(
        self,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.User]":
        """The user whose key the request carries."""
        return self._call(
            "GET",
            "/v1/users/self",
            answer="json",
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def list_groups(
        self,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Group]":
        """The organisation's groups. Two of them the system makes: all users, and the administrators."""
        return self._call(
            "GET",
            "/v1/groups",
            answer="page",
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create_group(
        self,
        body: types.Group,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Group]":
        """Creates a group."""
        return self._call(
            "POST",
            "/v1/groups",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get_group(
        self,
        group: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Group]":
        """One group."""
        return self._call(
            "GET",
            "/v1/groups/{group}",
            answer="json",
            path={"group": group},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace_group(
        self,
        group: str,
        body: types.Group,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Group]":
        """Replaces the fields that are sent."""
        return self._call(
            "PUT",
            "/v1/groups/{group}",
            answer="json",
            path={"group": group},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update_group(
        self,
        group: str,
        body: types.Group,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Group]":
        """JSON merge patch (RFC 7396)."""
        return self._call(
            "PATCH",
            "/v1/groups/{group}",
            answer="json",
            path={"group": group},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete_group(
        self,
        group: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Removes the group."""
        return self._call(
            "DELETE",
            "/v1/groups/{group}",
            answer="json",
            path={"group": group},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def list_group_members(
        self,
        group: str,
        *,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.User]":
        """The users who are in the group."""
        return self._call(
            "GET",
            "/v1/groups/{group}/members",
            answer="page",
            path={"group": group},
            query={"limit": limit, "offset": offset},
            timeout=timeout,
        )

    def add_group_member(
        self,
        group: str,
        user: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Group]":
        """The user is in the group afterwards, also when that was so before."""
        return self._call(
            "PUT",
            "/v1/groups/{group}/members/{user}",
            answer="json",
            path={"group": group, "user": user},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def remove_group_member(
        self,
        group: str,
        user: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """The last active administrator cannot be taken out of the administrators (409)."""
        return self._call(
            "DELETE",
            "/v1/groups/{group}/members/{user}",
            answer="json",
            path={"group": group, "user": user},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )


class AsyncWebhooks:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        kind: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.Webhook]":
        """The organisation's webhooks of both kinds, oldest first."""
        return self._call(
            "GET",
            "/v1/webhooks",
            answer="page",
            query={"kind": kind, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def create(
        self,
        body: types.Webhook,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Webhook]":
        """With `url` and `events` it is an outgoing one, which is told of events; the answer shows its `secret` this once. Otherwise it is an incoming one, which starts an agent when somebody posts to its `webhook_url`; that needs the scope `tools:execute` as well. 400 names every field that is wrong."""
        return self._call(
            "POST",
            "/v1/webhooks",
            answer="json",
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def get(
        self,
        webhook: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Webhook]":
        """The webhook, its secret masked. The ETag changes with all of it, the counts too; `If-Match` heeds only what was set."""
        return self._call(
            "GET",
            "/v1/webhooks/{webhook}",
            answer="json",
            path={"webhook": webhook},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replace(
        self,
        webhook: str,
        body: types.Webhook,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Webhook]":
        """Replaces the fields that are sent; the others stay. From then on an incoming one works in the name of whoever changed it, so that needs the scope `tools:execute` as well. Setting `status` to `active` lets deliveries go on and forgets earlier failures. 412 when If-Match names another version."""
        return self._call(
            "PUT",
            "/v1/webhooks/{webhook}",
            answer="json",
            path={"webhook": webhook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def update(
        self,
        webhook: str,
        body: types.Webhook,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Webhook]":
        """JSON merge patch; otherwise as the replacement, also in the scope that an incoming one needs. Lists are replaced as a whole."""
        return self._call(
            "PATCH",
            "/v1/webhooks/{webhook}",
            answer="json",
            path={"webhook": webhook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            body=body,
            timeout=timeout,
        )

    def delete(
        self,
        webhook: str,
        *,
        idempotency_key: Optional[str] = None,
        if_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Deleted]":
        """Removes a webhook with its deliveries and events. 412 when If-Match names another version."""
        return self._call(
            "DELETE",
            "/v1/webhooks/{webhook}",
            answer="json",
            path={"webhook": webhook},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            timeout=timeout,
        )

    def rotate_secret(
        self,
        webhook: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Webhook]":
        """An outgoing webhook gets a new secret, which the answer shows this once; for a while deliveries are signed with both. An incoming one gets a new `webhook_url`; the old one stops at once."""
        return self._call(
            "POST",
            "/v1/webhooks/{webhook}/rotate-secret",
            answer="json",
            path={"webhook": webhook},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def test(
        self,
        webhook: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[Any]":
        """An outgoing webhook is sent the event `webhook.test`, once, and the answer (200) is how that went; send no body. An incoming one receives `event` as if a sender had posted it (202); with `dry_run` nothing is started and the answer (200) is what the filter says and the message that the agent would get; with `wait` the answer is what came of it, if that is there within 25 s."""
        return self._call(
            "POST",
            "/v1/webhooks/{webhook}/test",
            answer="json",
            path={"webhook": webhook},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            timeout=timeout,
        )

    def list_deliveries(
        self,
        webhook: str,
        *,
        status: Optional[str] = None,
        event: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.WebhookDelivery]":
        """What the webhook sent or is about to send, newest first: events of an outgoing webhook, answers of an incoming one. Each with its last attempt."""
        return self._call(
            "GET",
            "/v1/webhooks/{webhook}/deliveries",
            answer="page",
            path={"webhook": webhook},
            query={"status": status, "event": event, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get_delivery_of(
        self,
        webhook: str,
        delivery: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.WebhookDelivery]":
        """The delivery with all its attempts in `history`."""
        return self._call(
            "GET",
            "/v1/webhooks/{webhook}/deliveries/{delivery}",
            answer="json",
            path={"webhook": webhook, "delivery": delivery},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def redeliver_of(
        self,
        webhook: str,
        delivery: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.WebhookDelivery]":
        """The delivery is due again as if it were new, with the same `webhook-id`. 409 while it is being tried, and while the webhook is disabled."""
        return self._call(
            "POST",
            "/v1/webhooks/{webhook}/deliveries/{delivery}/redeliver",
            answer="json",
            path={"webhook": webhook, "delivery": delivery},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def get_delivery(
        self,
        delivery: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.WebhookDelivery]":
        """The delivery with all its attempts in `history`."""
        return self._call(
            "GET",
            "/v1/webhooks/deliveries/{delivery}",
            answer="json",
            path={"delivery": delivery},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def redeliver_delivery(
        self,
        delivery: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.WebhookDelivery]":
        """The delivery is due again as if it were new, with the same `webhook-id`. 409 while it is being tried, and while the webhook is disabled."""
        return self._call(
            "POST",
            "/v1/webhooks/deliveries/{delivery}/redeliver",
            answer="json",
            path={"delivery": delivery},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def list_events(
        self,
        webhook: str,
        *,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.WebhookEvent]":
        """What an incoming webhook received, newest first, and what became of it. Long payloads are cut off."""
        return self._call(
            "GET",
            "/v1/webhooks/{webhook}/events",
            answer="page",
            path={"webhook": webhook},
            query={"status": status, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def get_event(
        self,
        webhook: str,
        event: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.WebhookEvent]":
        """The event with its whole payload."""
        return self._call(
            "GET",
            "/v1/webhooks/{webhook}/events/{event}",
            answer="json",
            path={"webhook": webhook, "event": event},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def replay_event(
        self,
        webhook: str,
        event: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.WebhookEvent]":
        """A stored event is received once more, by the webhook as it is now. 409 while the webhook is disabled."""
        return self._call(
            "POST",
            "/v1/webhooks/{webhook}/events/{event}/replay",
            answer="json",
            path={"webhook": webhook, "event": event},
            headers={"Idempotency-Key": idempotency_key},
            timeout=timeout,
        )

    def post_event(
        self,
        token: str,
        body: Any,
        *,
        wait: Optional[bool] = None,
        timeout_query: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[Any]":
        """For senders: needs no key, because the url is the secret. Takes any JSON of at most 5 MiB; a form with JSON in the field `payload` is taken, too. The event is stored before it is accepted (202). One with a sender's id that is known already is accepted again and starts nothing. With `wait=true`, and where the webhook answers by http, the answer is what came of the event (200), if that is there in time. 401 and 403 when the webhook wants signed events and this one is not, or not as it should be; 404 when there is no such webhook, or it is disabled; 429 beyond the webhook's own limit."""
        return self._call(
            "POST",
            "/hooks/{token}",
            answer="json",
            path={"token": token},
            query={"wait": wait, "timeout": timeout_query},
            body=body,
            timeout=timeout,
        )


class AsyncAudit:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def list(
        self,
        *,
        from_: Optional[str] = None,
        to: Optional[str] = None,
        category: Optional[str] = None,
        category_name: Optional[str] = None,
        resource_type: Optional[str] = None,
        resource: Optional[str] = None,
        action: Optional[str] = None,
        email: Optional[str] = None,
        successful: Optional[bool] = None,
        session_id: Optional[str] = None,
        limit: Optional[int] = None,
        offset: Optional[int] = None,
        timeout: Optional[float] = None,
    ) -> "AsyncPages[types.AuditItem]":
        """The organisation's trail, newest first."""
        return self._call(
            "GET",
            "/v1/audit",
            answer="page",
            query={"from": from_, "to": to, "category": category, "category_name": category_name, "resource_type": resource_type, "resource": resource, "action": action, "email": email, "successful": successful, "session_id": session_id, "limit": limit, "offset": offset},
            timeout=timeout,
        )

    def stream(
        self,
        *,
        from_: Optional[str] = None,
        to: Optional[str] = None,
        category: Optional[str] = None,
        category_name: Optional[str] = None,
        resource_type: Optional[str] = None,
        resource: Optional[str] = None,
        action: Optional[str] = None,
        email: Optional[str] = None,
        successful: Optional[bool] = None,
        session_id: Optional[str] = None,
        last_event_id: Optional[int] = None,
        last_event_id_header: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[AsyncEventStream]":
        """Server-sent events named `audit`, one for each item as it is written: from now on, from the moment `from`, or after `Last-Event-ID`. The stream has no end; a comment is sent where nothing happens for a while."""
        return self._call(
            "GET",
            "/v1/audit/stream",
            answer="stream",
            query={"from": from_, "to": to, "category": category, "category_name": category_name, "resource_type": resource_type, "resource": resource, "action": action, "email": email, "successful": successful, "session_id": session_id, "last_event_id": last_event_id},
            headers={"Last-Event-ID": last_event_id_header},
            timeout=timeout,
        )

    def get(
        self,
        item: str,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.AuditItem]":
        """One item of the trail."""
        return self._call(
            "GET",
            "/v1/audit/{item}",
            answer="json",
            path={"item": item},
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )


class AsyncServer:
    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def get_health(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Health]":
        """For liveness probes; says nothing of the database."""
        return self._call(
            "GET",
            "/healthz",
            answer="json",
            timeout=timeout,
        )

    def get_readiness(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[types.Health]":
        """For readiness probes; 503 while it starts or stops, and while the database does not answer."""
        return self._call(
            "GET",
            "/readyz",
            answer="json",
            timeout=timeout,
        )

    def get_metrics(
        self,
        *,
        timeout: Optional[float] = None,
    ) -> "Awaitable[str]":
        """In the text format of Prometheus."""
        return self._call(
            "GET",
            "/metrics",
            answer="text",
            timeout=timeout,
        )

    def get_description_as_yaml(
        self,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[str]":
        """OpenAPI 3.1 in YAML."""
        return self._call(
            "GET",
            "/openapi.yaml",
            answer="text",
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )

    def get_description_as_json(
        self,
        *,
        if_none_match: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> "Awaitable[Any]":
        """OpenAPI 3.1 in JSON."""
        return self._call(
            "GET",
            "/openapi.json",
            answer="json",
            headers={"If-None-Match": if_none_match},
            timeout=timeout,
        )


RESOURCES = {
    "agents": (Agents, AsyncAgents),
    "conversations": (Conversations, AsyncConversations),
    "sources": (Sources, AsyncSources),
    "tools": (Tools, AsyncTools),
    "approvals": (Approvals, AsyncApprovals),
    "tasks": (Tasks, AsyncTasks),
    "schedules": (Schedules, AsyncSchedules),
    "workflows": (Workflows, AsyncWorkflows),
    "executions": (Executions, AsyncExecutions),
    "runners": (Runners, AsyncRunners),
    "secrets": (Secrets, AsyncSecrets),
    "knowledge": (Knowledge, AsyncKnowledge),
    "integrations": (Integrations, AsyncIntegrations),
    "policies": (Policies, AsyncPolicies),
    "models": (Models, AsyncModels),
    "projects": (Projects, AsyncProjects),
    "states": (States, AsyncStates),
    "git_ops": (GitOps, AsyncGitOps),
    "openai": (Openai, AsyncOpenai),
    "keys": (Keys, AsyncKeys),
    "users": (Users, AsyncUsers),
    "webhooks": (Webhooks, AsyncWebhooks),
    "audit": (Audit, AsyncAudit),
    "server": (Server, AsyncServer),
}


class HasResources:
    """What a client offers."""

    agents: Agents
    conversations: Conversations
    sources: Sources
    tools: Tools
    approvals: Approvals
    tasks: Tasks
    schedules: Schedules
    workflows: Workflows
    executions: Executions
    runners: Runners
    secrets: Secrets
    knowledge: Knowledge
    integrations: Integrations
    policies: Policies
    models: Models
    projects: Projects
    states: States
    git_ops: GitOps
    openai: Openai
    keys: Keys
    users: Users
    webhooks: Webhooks
    audit: Audit
    server: Server


class HasAsyncResources:
    """What an asynchronous client offers."""

    agents: AsyncAgents
    conversations: AsyncConversations
    sources: AsyncSources
    tools: AsyncTools
    approvals: AsyncApprovals
    tasks: AsyncTasks
    schedules: AsyncSchedules
    workflows: AsyncWorkflows
    executions: AsyncExecutions
    runners: AsyncRunners
    secrets: AsyncSecrets
    knowledge: AsyncKnowledge
    integrations: AsyncIntegrations
    policies: AsyncPolicies
    models: AsyncModels
    projects: AsyncProjects
    states: AsyncStates
    git_ops: AsyncGitOps
    openai: AsyncOpenai
    keys: AsyncKeys
    users: AsyncUsers
    webhooks: AsyncWebhooks
    audit: AsyncAudit
    server: AsyncServer
