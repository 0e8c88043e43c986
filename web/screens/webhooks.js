// Webhooks in both directions.
import { api, unchanged } from "../api.js";
import { Act, Confirm, Copy, Dialog, Empty, Failure, Form, FormDialog, Head, List, Loading, Status, Tabs, Time, attempt, count, html, toast, useGet, useLoad, useState } from "../ui.js";

export function Webhooks() {
  const [made, setMade] = useState();
  const [version, bump] = useState(0);
  const agents = useLoad(() => api.choices("/v1/agents"), []);
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
        ["kind", "Direction", (row) => (row.kind === "incoming" ? "comes in" : "goes out")],
        ["status", "Status", (row) => html`<${Status} of=${row.status} />`],
        ["what", "What", (row) => html`<span class="sub">${row.kind === "incoming" ? `${row.source} → ${row.agent_name || (row.workflow ? "workflow" : "agent")}` : `${(row.events || []).join(", ")} → ${row.url}`}</span>`],
        ["last_triggered_at", "Last", (row) => html`<${Time} at=${row.last_triggered_at} />`],
      ]}
      empty=${html`<${Empty} title="No webhooks yet" action=${incoming}>Let an alert or a pull request start an agent, or tell another system what happened here.<//>`} />`;
}

export function Webhook({ id }) {
  const { data, error, reload } = useGet(`/v1/webhooks/${id}`);
  const [tab, set] = useState("log");
  const [version, bump] = useState(0);
  const [testing, setTesting] = useState(false);
  const test = async () => {
    setTesting(true);
    const sent = await attempt(() => api.post(`/v1/webhooks/${id}/test`));
    setTesting(false);
    if (sent) {
      toast(sent.error ? `The test failed: ${sent.error}` : sent.status_code ? `The receiver answered ${sent.status_code}` : "A test event was taken", sent.error ? "bad" : "good");
    }
    bump((n) => n + 1);
    reload();
  };
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  const incoming = data.kind === "incoming";
  const again = (path) => attempt(() => api.post(path), "Sent again").then(() => bump((n) => n + 1));
  return html`<${Head} title=${data.name || data.description || data.url} sub=${incoming ? data.source : data.url} crumb=${["Webhooks", "#/webhooks"]}>
      <${Status} of=${data.status} />
      <button disabled=${testing} onClick=${test}>${testing ? "Sending…" : "Send test"}</button>
      <${Confirm} label="Delete" title="Delete this webhook?" text=${incoming ? "Its address stops working." : "Nothing more is sent to it."} action=${() => api.delete(`/v1/webhooks/${id}`)} onDone=${() => (location.hash = "#/webhooks")} />
    <//>
    ${data.status_reason && html`<div class="note warn">${data.status_reason}</div>`}
    <${Tabs} tabs=${[["log", incoming ? "Events" : "Deliveries"], ["settings", "Settings"]]} value=${tab} onChange=${set} />
    ${tab === "log" &&
    (incoming
      ? html`<${List} path=${`/v1/webhooks/${id}/events`} version=${version} every=${15000}
          columns=${[
            ["received_at", "Received", (row) => html`<${Time} at=${row.received_at} />`],
            ["status", "Status", (row) => html`<${Status} of=${row.status} /> ${row.message || ""}`],
            ["session", "Conversation", (row) => row.session_id && html`<a href="#/sessions/${row.session_id}">open</a>`],
            ["payload", "Event", (row) => html`<details><summary>${row.origin === "test" ? "a test" : row.origin === "replay" ? "replayed" : "from the sender"}</summary><pre>${pretty(row.payload)}</pre></details>`],
            ["actions", "Actions", (row) => html`<button class="small" onClick=${() => again(`/v1/webhooks/${id}/events/${row.id}/replay`)}>Replay</button>`, "tight actions"],
          ]}
          empty=${html`<${Empty} title="No events yet">Post any JSON to its address.<//>`} />`
      : html`<${List} path=${`/v1/webhooks/${id}/deliveries`} version=${version} every=${15000}
          columns=${[
            ["created_at", "When", (row) => html`<${Time} at=${row.created_at} />`],
            ["event", "Event", (row) => html`<code>${row.event}</code>`],
            ["status", "Status", (row) => html`<div><${Status} of=${row.status === "success" ? "delivered" : row.status} /> ${row.status_code ?? ""}${row.next_attempt_at && html`<div class="sub">again <${Time} at=${row.next_attempt_at} /></div>`}</div>`],
            ["attempts", "Attempts", (row) => row.attempts],
            ["more", "More", (row) => html`<details><summary>${row.error || "request and answer"}</summary><${Exchange} of=${row} /></details>`],
            ["actions", "Actions", (row) => html`<button class="small" onClick=${() => again(`/v1/webhooks/${id}/deliveries/${row.id}/redeliver`)}>Redeliver</button>`, "tight actions"],
          ]}
          empty=${html`<${Empty} title="No deliveries yet">Press Send test, or wait for an event.<//>`} />`)}
    ${tab === "settings" && html`<${WebhookSettings} webhook=${data} reload=${reload} />`}`;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** What was sent and what came back. */
function Exchange({ of: row }) {
  const headers = (all) => Object.entries(all || {}).map(([name, value]) => `${name}: ${value}`).join("\n");
  const body = (one) => pretty(typeof one?.body === "string" ? one.body : one?.body === undefined || one?.body === null ? "" : JSON.stringify(one.body));
  return html`<div class="stack">
    <pre>${["POST " + (row.request?.url || ""), headers(row.request?.headers), "", body(row.request)].join("\n").trim()}</pre>
    ${row.response ? html`<pre>${[`${row.status_code ?? ""} in ${row.duration_ms ?? 0} ms`, headers(row.response.headers), "", body(row.response)].join("\n").trim()}</pre>` : html`<p class="sub">Nothing came back.</p>`}
  </div>`;
}

function WebhookSettings({ webhook, reload }) {
  const path = `/v1/webhooks/${webhook.id}`;
  const [secret, setSecret] = useState();
  const incoming = webhook.kind === "incoming";
  const fields = incoming
    ? [{ name: "name", label: "Name", required: true }, { name: "source", label: "Who sends", required: true }, { name: "prompt", label: "Message to the agent", type: "area", keepEmpty: true }, { name: "filter", label: "Only events like", keepEmpty: true, help: "JMESPath; empty: all." }]
    : [{ name: "url", label: "Url", required: true }, { name: "events", label: "Events", type: "list", required: true, help: "* for all, or types such as execution.failed, separated by commas." }, { name: "description", label: "Description", keepEmpty: true }, { name: "ordered", label: "One after the other, in order", type: "check", help: "A delivery that fails holds those after it up." }];
  return html`<div class="panel"><dl class="facts">
      ${incoming && webhook.webhook_url && html`<dt>Address</dt><dd><code>${webhook.webhook_url}</code> <${Copy} text=${webhook.webhook_url} /><div class="sub">Whoever knows it may post to it.</div></dd>`}
      <dt>Status</dt><dd><span class="row"><${Status} of=${webhook.status} /><${Act} label=${webhook.status === "disabled" ? "Enable" : "Disable"} act=${() => api.patch(path, { status: webhook.status === "disabled" ? "active" : "disabled" })} then=${reload} /></span></dd>
      ${!incoming && html`<dt>Deliveries</dt><dd>${webhook.successful_deliveries.toLocaleString()} of ${count(webhook.delivery_attempts, "attempt")} succeeded</dd>
        <dt>Secret</dt><dd><span class="row"><code>${secret || webhook.secret}</code>
          ${secret ? html`<${Copy} text=${secret} />` : html`<${Confirm} small danger=${false} label="New secret" title="Make a new secret?" text="Deliveries are signed with both for a while, so that the receiver can change over." action=${() => api.post(`${path}/rotate-secret`)} onDone=${(made) => setSecret(made.secret)} />`}</span></dd>`}
      <dt>Made by</dt><dd>${webhook.created_by} <${Time} at=${webhook.created_at} /></dd>
    </dl></div>
    <div class="panel"><${Form} key=${webhook.updated_at} fields=${fields} initial=${webhook} onSubmit=${async (body) => { await api.patch(path, body, unchanged(webhook)); toast("Saved"); reload(); }} /></div>`;
}
