// Agents, and talking to them.
import { api, events, follow } from "../api.js";
import {
  Busy, Confirm, Empty, Failure, Form, Given, Head, Json, List, Loading, Markdown, Status, Tabs, Time, attempt, count, html, toast, useEffect, useGet, useLoad, useRef, useState,
} from "../ui.js";

export function Agents() {
  const make = html`<a class="button primary" href="#/agents/new">New agent</a>`;
  return html`<${Head} title="Agents" sub="AI teammates that use your tools.">${make}<//>
    <${List} path="/v1/agents" link=${(row) => `#/agents/${row.id}`}
      columns=${[
        ["name", "Name", (row) => row.name],
        ["description", "What it is for", (row) => html`<span class="sub">${row.description}</span>`],
        ["tools", "Uses", (row) => [row.sources.length && count(row.sources.length, "source"), row.tools.length && count(row.tools.length, "tool")].filter(Boolean).join(", ") || html`<span class="sub">nothing yet</span>`],
        ["updated_at", "Changed", (row) => html`<${Time} at=${row.updated_at} />`],
      ]}
      empty=${html`<${Empty} title="No agents yet" action=${make}>An agent is a language model with instructions and the tools that you give it.<//>`} />`;
}

async function choices() {
  const [sources, tools, secrets, groups] = await Promise.all(
    ["/v1/sources", "/v1/tools", "/v1/secrets", "/v1/groups"].map(api.choices),
  );
  return { sources, tools, secrets, groups };
}

const fields = ({ sources, tools, secrets, groups }) => [
  { name: "name", label: "Name", required: true },
  { name: "description", label: "What it is for", type: "area", rows: 2, keepEmpty: true },
  { name: "ai_instructions", label: "Instructions", type: "area", rows: 6, keepEmpty: true, help: "What the model is told. Say what it must not do, too." },
  { name: "llm_model", label: "Language model", keepEmpty: true, help: "Empty: the default." },
  { name: "sources", label: "Sources, all of whose tools it may use", type: "many", options: sources.map((one) => [one.id, one.name]), none: html`There are none yet: <a href="#/sources">add one</a>.` },
  { name: "tools", label: "Single tools", type: "many", options: [...new Set(tools.map((one) => one.name))].map((name) => [name, name]), none: "There are none yet." },
  { name: "secrets", label: "Secrets that its tools may have", type: "many", options: secrets.map((one) => [one.name, one.name]), none: html`There are none yet: <a href="#/settings/secrets">add one</a>.` },
  { name: "allowed_users", label: "Only these users", type: "list", help: "E-mail addresses, separated by commas; empty: everybody." },
  { name: "allowed_groups", label: "Only members of these groups", type: "many", options: groups.map((one) => [one.id, one.name]) },
];

function AgentForm({ initial, submit, onSubmit }) {
  const { data } = useLoad(choices, []);
  if (!data) return html`<${Loading} />`;
  return html`<div class="panel"><${Form} fields=${fields(data)} initial=${initial} submit=${submit} onSubmit=${onSubmit} /></div>`;
}

export function NewAgent() {
  return html`<${Head} title="New agent" crumb=${["Agents", "#/agents"]} />
    <${AgentForm} submit="Create" onSubmit=${async (body) => {
      const made = await api.post("/v1/agents", body);
      location.hash = `#/agents/${made.id}`;
    }} />`;
}

export function Agent({ id }) {
  const { data, error, reload } = useGet(`/v1/agents/${id}`);
  const [tab, set] = useState("chat");
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  return html`<${Head} title=${data.name} sub=${data.description} crumb=${["Agents", "#/agents"]}>
      <${Confirm} label="Delete" title=${`Delete ${data.name}?`} text="Its conversations can still be read." action=${() => api.delete(`/v1/agents/${id}`)} onDone=${() => (location.hash = "#/agents")} />
    <//>
    <${Tabs} tabs=${[["chat", "Chat"], ["edit", "Settings"], ["sessions", "Conversations"], ["json", "JSON"]]} value=${tab} onChange=${set} />
    ${tab === "chat" && html`<${Chat} agent=${data} />`}
    ${tab === "edit" && html`<${AgentForm} initial=${data} submit="Save" onSubmit=${async (body) => {
      await api.patch(`/v1/agents/${id}`, body);
      toast("Saved");
      reload();
    }} />`}
    ${tab === "sessions" && html`<${List} path="/v1/sessions" query=${{ agent: data.id }} link=${(row) => `#/sessions/${row.id}`}
      columns=${[["title", "Title", (row) => row.title || "Conversation"], ["created_at", "Begun", (row) => html`<${Time} at=${row.created_at} />`]]}
      empty=${html`<${Empty} title="No conversations yet">Say something in the chat.<//>`} />`}
    ${tab === "json" && html`<div class="panel"><${Json} value=${data} /></div>`}`;
}

export function Session({ id }) {
  const session = useGet(`/v1/sessions/${id}`);
  const agent = useGet(session.data ? `/v1/agents/${session.data.agent_id}` : null);
  if (session.error) return html`<${Failure} error=${session.error} />`;
  if (!agent.data) return html`<${Loading} />`;
  return html`<${Head} title=${session.data.title || "Conversation"} sub=${`with ${agent.data.name}`} crumb=${[agent.data.name, `#/agents/${agent.data.id}`]} />
    <${Chat} agent=${agent.data} session=${id} turn=${session.data.execution_id} />`;
}

/** One conversation: what was said, and what the agent does about it while it does it. */
export function Chat({ agent, session: known, turn }) {
  const [items, setItems] = useState([]);
  const [session, setSession] = useState(known);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState();
  const talk = useRef();
  useEffect(() => {
    if (!known) return undefined;
    const stop = new AbortController();
    // Of the last turn there are events, which say more than its messages, and go on when it does.
    const load = async () => {
      const page = await api.get(`/v1/sessions/${known}/messages`, { limit: 500 }, { signal: stop.signal });
      setItems(itemsOf(page.data.filter((one) => one.role === "user" || one.execution_id !== turn)));
      if (!turn) return;
      setBusy(true);
      await follow(
        (last) => api.send("GET", `/v1/sessions/${known}/stream`, { headers: last ? { "Last-Event-ID": last } : {}, signal: stop.signal }),
        (one) => handle(one),
        stop.signal,
      );
    };
    load().catch((problem) => !stop.signal.aborted && problem.status !== 404 && setError(problem)).finally(() => !stop.signal.aborted && setBusy(false));
    return () => stop.abort();
  }, [known]);
  useEffect(() => {
    // Only within the conversation: the page itself stays where it is.
    if (talk.current) talk.current.scrollTop = talk.current.scrollHeight;
  }, [items]);

  const handle = ({ data }) => setItems((before) => applied(before, data));
  const say = async (event) => {
    event?.preventDefault();
    const message = text.trim();
    if (!message || busy) return;
    setText("");
    setError(undefined);
    setBusy(true);
    setItems((before) => [...before, { kind: "user", text: message }]);
    try {
      let id = session;
      let last = "";
      for (let failures = 0; ; ) {
        try {
          const response = await api.send("POST", `/v1/agents/${agent.id}/chat`, {
            body: { message, session_id: id },
            headers: last ? { "Last-Event-ID": last } : {},
          });
          id = response.headers.get("X-Session-Id") || id;
          setSession(id);
          let over = false;
          for await (const one of events(response)) {
            last = one.id || last;
            handle(one);
            over = over || one.event === "done";
          }
          if (over) break;
          throw new Error("The stream ended too early.");
        } catch (problem) {
          if (problem.status || ++failures > 4 || !last) throw problem;
          await new Promise((done) => setTimeout(done, 500 * failures));
        }
      }
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return html`<div class="chat">
    <div class="talk" ref=${talk} role="log" aria-label="Conversation" aria-live="polite" tabindex="0">
      ${!items.length && html`<${Empty} title=${`Talk to ${agent.name}`}>${agent.starters?.length ? "Begin with one of these, or ask in your own words." : "Ask it to do something that its tools can do."}
        ${agent.starters?.map((one) => html` <button type="button" class="small" onClick=${() => setText(one.command || one.display_name)}>${one.display_name}</button>`)}<//>`}
      ${items.map((item, i) => html`<${Item} key=${item.id || i} item=${item} />`)}
      ${busy && html`<div class="sub"><${Busy} label="The agent is working" /> working…</div>`}
      ${error && html`<${Failure} error=${error} />`}
    </div>
    <form class="compose" onSubmit=${say}>
      <textarea aria-label="Message" rows="1" placeholder="Message" value=${text} onInput=${(event) => setText(event.currentTarget.value)}
        onKeyDown=${(event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && say(event)}></textarea>
      ${busy && session
        ? html`<button type="button" class="danger" onClick=${() => attempt(() => api.post(`/v1/sessions/${session}/cancel`))}>Stop</button>`
        : html`<button class="primary" disabled=${!text.trim()}>Send</button>`}
    </form>
  </div>`;
}

function Item({ item }) {
  if (item.kind === "user") return html`<div class="said user">${item.text}</div>`;
  if (item.kind === "agent") return html`<div class="said"><${Markdown} text=${item.text} /></div>`;
  if (item.kind === "error") return html`<div class="note bad">${item.text}</div>`;
  if (item.kind === "approval") return html`<${Approval} item=${item} />`;
  if (item.kind === "knowledge") {
    return html`<details class="call"><summary><span class="sub">Looked up ${count(item.citations.length, "passage")} of the knowledge</span></summary>
      <div class="inner">${item.citations.map((one) => html`<p><strong>[${one.number}]</strong> ${one.title ? html`<a href=${`#/knowledge/${one.knowledge_id}`}>${one.title}</a>` : html`<span class="sub">for others only</span>`} <span class="sub">${(one.passage || "").slice(0, 200)}</span></p>`)}</div></details>`;
  }
  return html`<details class="call" open=${item.status === undefined || item.status === "failed"}>
    <summary><strong>${item.name}</strong> <${Status} of=${item.status || "running"} /> <${Given} of=${item.arguments} /></summary>
    <div class="inner"><div class="output" tabindex="0">${item.output || html`<span class="meta">no output</span>`}</div>
      ${item.execution && html`<a class="sub" href="#/executions/${item.execution}">Execution</a>`}</div>
  </details>`;
}

function Approval({ item }) {
  const [done, set] = useState(item.status);
  const decide = async (what) => {
    const result = await attempt(() => api.post(`/v1/approvals/${item.approval}/${what}`), what === "approve" ? "Approved" : "Rejected");
    if (result) set(result.status || what);
  };
  return html`<div class="note warn">
    <strong>${item.name}</strong> needs approval. <${Given} of=${item.arguments} />
    <div class="row">${done && done !== "pending" ? html`<${Status} of=${done} />` : html`<button class="primary small" onClick=${() => decide("approve")}>Approve</button><button class="small danger" onClick=${() => decide("reject")}>Reject</button>`}</div>
  </div>`;
}

/** What was said before, from the stored messages: what a tool answered goes to where it was called. */
function itemsOf(messages) {
  const items = [];
  for (const message of messages) {
    if (message.role === "user") {
      items.push({ kind: "user", text: message.content });
    } else if (message.role === "tool") {
      const call = items.findLast((item) => item.id === message.call_id);
      if (call) {
        call.output = message.content;
        call.status = message.is_error ? "failed" : "completed";
      }
    } else {
      if (message.content) items.push({ kind: "agent", id: message.id, text: message.content });
      (message.tool_calls || []).forEach((call) => items.push({ kind: "call", id: call.id, name: call.name, arguments: parsed(call.arguments), status: "completed" }));
    }
  }
  return items;
}

function parsed(text) {
  try {
    return typeof text === "string" ? JSON.parse(text) : text;
  } catch {
    return { arguments: text };
  }
}

/** The conversation after one more event. */
function applied(items, event) {
  const change = (id, more) => items.map((item) => (item.id === id ? { ...item, ...more(item) } : item));
  switch (event.type) {
    case "message.delta":
      return items.some((item) => item.id === event.message_id)
        ? change(event.message_id, (item) => ({ text: item.text + event.content }))
        : [...items, { kind: "agent", id: event.message_id, text: event.content }];
    case "message.restarted":
      return items.filter((item) => item.id !== event.message_id);
    case "message":
      if (event.role === "user") return items;
      return items.some((item) => item.id === event.message_id)
        ? change(event.message_id, () => ({ text: event.content }))
        : event.content ? [...items, { kind: "agent", id: event.message_id, text: event.content }] : items;
    case "tool.call":
      return items.some((item) => item.id === event.id)
        ? items
        : [...items, { kind: "call", id: event.id, name: event.name, arguments: event.arguments, execution: event.execution_id, output: "" }];
    case "tool.output":
      return change(event.id, (item) => ({ output: (item.output || "") + event.content }));
    case "tool.result":
      return change(event.id, (item) => ({ status: event.status, output: item.output || event.content }));
    case "knowledge":
      return [...items, { kind: "knowledge", id: `knowledge-${items.length}`, citations: event.citations }];
    case "approval.required":
      return [...items, { kind: "approval", id: `approval-${event.approval_id}`, approval: event.approval_id, name: event.approval?.subject, arguments: event.approval?.details?.arguments }];
    case "error":
      return [...items, { kind: "error", text: event.message }];
    default:
      return items;
  }
}
