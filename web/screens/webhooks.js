// Webhooks in both directions.
import { api } from "../api.js";
import { Confirm, Copy, Dialog, Empty, Failure, FormDialog, Head, Json, List, Loading, Status, Tabs, Time, attempt, html, useGet, useLoad, useState } from "../ui.js";

export function Webhooks() {
  const [made, setMade] = useState();
  const [version, bump] = useState(0);
  const agents = useLoad(() => api.get("/v1/agents", { limit: 500 }).then((page) => page.data, () => []), []);
  const create = async (body) => {
    setMade(await api.post("/v1/webhooks", body));
    bump((n) => n + 1);
  };
  const incoming = html`<${FormDialog} label="Receive events" submit="Create" onSubmit=${(body) => create({ ...body, communication: { method: "http", destination: "" } })}
    intro="Events that are posted to its address start an agent."
    fields=${[
      { name: "name", label: "Name", required: true },
      { name: "source", label: "Who sends", required: true, placeholder: "github" },
      { name: "agent_id", label: "Agent", type: "select", required: true, options: [["", "Choose"], ...(agents.data || []).map((one) => [one.id, one.name])] },
      { name: "prompt", label: "Message to the agent", type: "area", help: "A template over the event: {{.event.repository.full_name}}." },
      { name: "filter", label: "Only events like", help: "JMESPath; empty: all." },
    ]} />`;
  const outgoing = html`<${FormDialog} label="Send events" primary=${false} submit="Create" onSubmit=${create}
    fields=${[
      { name: "url", label: "Url", required: true, placeholder: "https://" },
      { name: "events", label: "Events", type: "list", required: true, value: ["*"], help: "* for all, or types such as execution.failed, separated by commas." },
      { name: "description", label: "Description" },
    ]} />`;
  return html`<${Head} title="Webhooks" sub="Events that come in and start agents, and events that go out.">${outgoing}${incoming}<//>
    ${made && html`<${Dialog} title="Created" onClose=${() => setMade(undefined)}>
      ${made.kind === "incoming"
        ? html`<p>Senders post to this address; whoever knows it may.</p><pre>${made.webhook_url}</pre>`
        : html`<p>Deliveries are signed with this secret. It is shown only now.</p><pre>${made.secret}</pre>`}
      <div class="actions"><${Copy} text=${made.kind === "incoming" ? made.webhook_url : made.secret} /><button class="primary" onClick=${() => setMade(undefined)}>Done</button></div><//>`}
    <${List} path="/v1/webhooks" version=${version} link=${(row) => `#/webhooks/${row.id}`}
      columns=${[
        ["name", "Name", (row) => row.name || row.description || row.url],
        ["kind", "Direction", (row) => row.kind],
        ["status", "Status", (row) => html`<${Status} of=${row.status} />`],
        ["what", "What", (row) => html`<span class="sub">${row.kind === "incoming" ? `${row.source} → ${row.agent_name || "agent"}` : `${(row.events || []).join(", ")} → ${row.url}`}</span>`],
        ["last_triggered_at", "Last", (row) => html`<${Time} at=${row.last_triggered_at} />`],
      ]}
      empty=${html`<${Empty} title="No webhooks yet" action=${incoming}>Let an alert or a pull request start an agent, or tell another system what happened here.<//>`} />`;
}

export function Webhook({ id }) {
  const { data, error, reload } = useGet(`/v1/webhooks/${id}`);
  const [tab, set] = useState("log");
  const [version, bump] = useState(0);
  const [answer, setAnswer] = useState();
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  const incoming = data.kind === "incoming";
  const again = (path) => attempt(() => api.post(path), "Sent again").then(() => bump((n) => n + 1));
  return html`<${Head} title=${data.name || data.description || data.url} sub=${incoming ? data.source : data.url} crumb=${["Webhooks", "#/webhooks"]}>
      <button onClick=${async () => { setAnswer(await attempt(() => api.post(`/v1/webhooks/${id}/test`), "A test was sent")); bump((n) => n + 1); }}>Send test</button>
      <${Confirm} label="Delete" title="Delete this webhook?" text=${incoming ? "Its address stops working." : "Nothing more is sent to it."} action=${() => api.delete(`/v1/webhooks/${id}`)} onDone=${() => (location.hash = "#/webhooks")} />
    <//>
    ${data.status_reason && html`<div class="note warn">${data.status_reason}</div>`}
    ${answer && html`<div class="panel"><h2>Test</h2><${Json} value=${answer} /></div>`}
    <${Tabs} tabs=${[["log", incoming ? "Events" : "Deliveries"], ["settings", "Settings"]]} value=${tab} onChange=${set} />
    ${tab === "log" &&
    (incoming
      ? html`<${List} path=${`/v1/webhooks/${id}/events`} version=${version} every=${15000}
          columns=${[
            ["received_at", "Received", (row) => html`<${Time} at=${row.received_at} />`],
            ["status", "Status", (row) => html`<${Status} of=${row.status} /> ${row.message || ""}`],
            ["session", "Conversation", (row) => row.session_id && html`<a href="#/sessions/${row.session_id}">open</a>`],
            ["payload", "Event", (row) => html`<details><summary>${row.origin}</summary><pre>${row.payload}</pre></details>`],
            ["actions", "Actions", (row) => html`<button class="small" onClick=${() => again(`/v1/webhooks/${id}/events/${row.id}/replay`)}>Replay</button>`, "tight actions"],
          ]}
          empty=${html`<${Empty} title="No events yet">Post any JSON to its address.<//>`} />`
      : html`<${List} path=${`/v1/webhooks/${id}/deliveries`} version=${version} every=${15000}
          columns=${[
            ["created_at", "When", (row) => html`<${Time} at=${row.created_at} />`],
            ["event", "Event", (row) => html`<code>${row.event}</code>`],
            ["status", "Status", (row) => html`<${Status} of=${row.status === "success" ? "delivered" : row.status} /> ${row.status_code ?? ""}`],
            ["attempts", "Attempts", (row) => row.attempts],
            ["more", "More", (row) => html`<details><summary>${row.error || "request and answer"}</summary><${Json} value=${{ request: row.request, response: row.response }} /></details>`],
            ["actions", "Actions", (row) => html`<button class="small" onClick=${() => again(`/v1/webhooks/${id}/deliveries/${row.id}/redeliver`)}>Redeliver</button>`, "tight actions"],
          ]}
          empty=${html`<${Empty} title="No deliveries yet">Press Send test, or wait for an event.<//>`} />`)}
    ${tab === "settings" && html`<div class="panel">${incoming && data.webhook_url && html`<p>Address: <code>${data.webhook_url}</code> <${Copy} text=${data.webhook_url} /></p>`}<${Json} value=${data} />
      <button onClick=${() => attempt(() => api.patch(`/v1/webhooks/${id}`, { status: data.status === "active" ? "disabled" : "active" })).then(reload)}>${data.status === "active" ? "Disable" : "Enable"}</button></div>`}`;
}
