// Agents, and talking to them.
import { api, events } from "../api.js";
import {
  Busy, Confirm, Empty, Failure, Form, Head, Json, List, Loading, Markdown, Status, Tabs, Time, attempt, html, toast, useEffect, useGet, useLoad, useRef, useState,
} from "../ui.js";

export function Agents() {
  const make = html`<a class="button primary" href="#/agents/new">New agent</a>`;
  return html`<${Head} title="Agents" sub="AI teammates that use your tools.">${make}<//>
    <${List} path="/v1/agents" link=${(row) => `#/agents/${row.id}`}
      columns=${[
        ["name", "Name", (row) => row.name],
        ["description", "What it is for", (row) => html`<span class="sub">${row.description}</span>`],
        ["tools", "Uses", (row) => `${row.sources.length} sources, ${row.tools.length} tools`],
        ["updated_at", "Changed", (row) => html`<${Time} at=${row.updated_at} />`],
      ]}
      empty=${html`<${Empty} title="No agents yet" action=${make}>An agent is a language model with instructions and the tools that you give it.<//>`} />`;
}

async function choices() {
  const [sources, tools, secrets] = await Promise.all(
    ["/v1/sources", "/v1/tools", "/v1/secrets"].map((path) => api.get(path, { limit: 500 }).then((page) => page.data, () => [])),
  );
  return { sources, tools, secrets };
}

const fields = ({ sources, tools, secrets }) => [
  { name: "name", label: "Name", required: true },
  { name: "description", label: "What it is for", type: "area", rows: 2, keepEmpty: true },
  { name: "ai_instructions", label: "Instructions", type: "area", rows: 6, keepEmpty: true, help: "What the model is told. Say what it must not do, too." },
  { name: "llm_model", label: "Language model", keepEmpty: true, help: "Empty: the default." },
  { name: "sources", label: "Sources, all of whose tools it may use", type: "many", choices: sources.map((one) => [one.id, one.name]) },
  { name: "tools", label: "Single tools", type: "list", help: `Names, separated by commas. There are ${tools.length}${tools.length ? `: ${tools.slice(0, 8).map((one) => one.name).join(", ")}${tools.length > 8 ? ", …" : ""}` : ""}.` },
  { name: "secrets", label: "Secrets that its tools may have", type: "list", help: secrets.length ? `There are: ${secrets.map((one) => one.name).join(", ")}.` : "Names, separated by commas." },
  { name: "allowed_users", label: "Only these users", type: "list", help: "E-mail addresses; empty: everybody." },
  { name: "allowed_groups", label: "Only these groups", type: "list" },
];

function AgentForm({ initial, submit, onSubmit }) {
  const { data } = useLoad(choices, []);
  const [picked, setPicked] = useState(initial?.sources || []);
  if (!data) return html`<${Loading} />`;
  const plain = fields(data).filter((field) => field.type !== "many");
  return html`<div class="panel stack">
    <fieldset><legend class="name">Sources, all of whose tools it may use</legend>
      ${data.sources.length
        ? html`<div class="grid">${data.sources.map((one) => html`<label class="check"><input type="checkbox" checked=${picked.includes(one.id)}
            onChange=${() => setPicked((before) => (before.includes(one.id) ? before.filter((id) => id !== one.id) : [...before, one.id]))} /> ${one.name}</label>`)}</div>`
        : html`<span class="help">There are none yet: <a href="#/sources">add one</a>.</span>`}
    </fieldset>
    <${Form} fields=${plain} initial=${initial} submit=${submit} onSubmit=${(body) => onSubmit({ ...body, sources: picked })} />
  </div>`;
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
    <${Chat} agent=${agent.data} session=${id} />`;
}

/** One conversation: what was said, and what the agent does about it while it does it. */
export function Chat({ agent, session: known }) {
  const [items, setItems] = useState([]);
  const [session, setSession] = useState(known);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState();
  const end = useRef();
  useEffect(() => {
    if (known) {
      api.get(`/v1/sessions/${known}/messages`, { limit: 500 }).then((page) => setItems(page.data.flatMap(itemsOf)), setError);
    }
  }, [known]);
  useEffect(() => end.current?.scrollIntoView({ block: "end" }), [items]);

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
    <div class="talk" role="log" aria-label="Conversation" aria-live="polite" tabindex="0">
      ${!items.length && html`<${Empty} title=${`Talk to ${agent.name}`}>${agent.starters?.length ? "Begin with one of these, or ask in your own words." : "Ask it to do something that its tools can do."}
        ${agent.starters?.map((one) => html` <button class="small" onClick=${() => setText(one.command || one.display_name)}>${one.display_name}</button>`)}<//>`}
      ${items.map((item, i) => html`<${Item} key=${item.id || i} item=${item} />`)}
      ${busy && html`<div class="sub"><${Busy} label="The agent is working" /> working…</div>`}
      ${error && html`<${Failure} error=${error} />`}
      <div ref=${end}></div>
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
  return html`<details class="call" open=${item.status === undefined || item.status === "failed"}>
    <summary><strong>${item.name}</strong> <${Status} of=${item.status || "running"} /> <span class="sub mono">${JSON.stringify(item.arguments)}</span></summary>
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
    <strong>${item.name}</strong> needs approval. <span class="mono sub">${JSON.stringify(item.arguments || {})}</span>
    <div class="row">${done && done !== "pending" ? html`<${Status} of=${done} />` : html`<button class="primary small" onClick=${() => decide("approve")}>Approve</button><button class="small danger" onClick=${() => decide("reject")}>Reject</button>`}</div>
  </div>`;
}

/** What was said before, from the stored messages. */
function itemsOf(message) {
  if (message.role === "user") return [{ kind: "user", text: message.content }];
  const calls = (message.tool_calls || []).map((call) => ({
    kind: "call", id: call.id, name: call.name, arguments: call.arguments, execution: call.execution_id, status: call.status || "completed", output: call.result,
  }));
  return [...(message.content && message.role !== "tool" ? [{ kind: "agent", id: message.message_id || message.id, text: message.content }] : []), ...calls];
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
    case "approval.required":
      return [...items, { kind: "approval", id: `approval-${event.approval_id}`, approval: event.approval_id, name: event.approval?.subject, arguments: event.approval?.details?.arguments }];
    case "error":
      return [...items, { kind: "error", text: event.message }];
    default:
      return items;
  }
}
