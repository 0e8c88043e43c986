// Runners: how they do, and how to install one.
import { api } from "../api.js";
import { Confirm, Copy, Dialog, Empty, Failure, FormDialog, Head, Json, List, Loading, Status, Time, attempt, html, useGet, useState } from "../ui.js";

function Install({ runner, onClose }) {
  const command = `./kubiya runner --url ${location.origin} --token ${runner.token}`;
  return html`<${Dialog} title=${`Install ${runner.name || runner.runner}`} onClose=${onClose}>
    <p>Start it on any machine that reaches this server; it dials out and needs no open port. The token is shown only now.</p>
    <pre>${command}</pre>
    ${runner.url && html`<p>On Kubernetes:</p><pre>kubectl apply -f ${runner.url}</pre>`}
    <div class="actions"><${Copy} text=${command} /><button class="primary" onClick=${onClose}>Done</button></div>
  <//>`;
}

export function Runners() {
  const [made, setMade] = useState();
  const [version, bump] = useState(0);
  const add = html`<${FormDialog} label="New runner" submit="Create"
    onSubmit=${async ({ name, ...body }) => {
      setMade(await api.post(`/v1/runners/${encodeURIComponent(name)}`, body));
      bump((n) => n + 1);
    }}
    fields=${[
      { name: "name", label: "Name", required: true, placeholder: "eu-west" },
      { name: "description", label: "What it is for" },
      { name: "labels", label: "Labels", type: "list", help: "Tools and agents can ask for auto:LABEL." },
      { name: "concurrency", label: "Runs at one time", type: "number" },
    ]} />`;
  return html`<${Head} title="Runners" sub="Where tools run: here, or on machines of your own.">${add}<//>
    ${made && html`<${Install} runner=${made} onClose=${() => setMade(undefined)} />`}
    <${List} path="/v1/runners" version=${version} every=${20000} rowKey="name" link=${(row) => `#/runners/${encodeURIComponent(row.name)}`}
      columns=${[
        ["name", "Name", (row) => row.name],
        ["status", "Status", (row) => html`<${Status} of=${row.status} />`],
        ["running", "Runs now", (row) => `${row.running} of ${row.capacity}`],
        ["labels", "Labels", (row) => (row.effective_labels || []).map((one) => html`<span class="tag">${one}</span> `)],
        ["last_seen_at", "Heard of", (row) => html`<${Time} at=${row.last_seen_at} />`],
      ]} />`;
}

export function Runner({ id }) {
  const path = `/v1/runners/${encodeURIComponent(id)}`;
  const { data, error, reload } = useGet(path);
  const [token, setToken] = useState();
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  const operation = (name) => attempt(() => api.post(`${path}/ops`, { operation: name }), "Done").then(reload);
  const embedded = data.authentication_type === "none";
  return html`<${Head} title=${data.name} sub=${data.description} crumb=${["Runners", "#/runners"]}>
      ${data.draining ? html`<button onClick=${() => operation("resume")}>Resume</button>` : html`<button onClick=${() => operation("drain")}>Drain</button>`}
      ${!embedded && html`<button onClick=${async () => setToken(await attempt(() => api.post(`${path}/tokens`)))}>New token</button>
        <${Confirm} label="Delete" title=${`Delete ${data.name}?`} text="Its processes are refused from this moment; what runs there is lost." action=${() => api.delete(path)} onDone=${() => (location.hash = "#/runners")} />`}
    <//>
    ${token && html`<${Install} runner=${token} onClose=${() => setToken(undefined)} />`}
    <div class="panel"><dl class="facts">
      <dt>Status</dt><dd><${Status} of=${data.status} /></dd>
      <dt>Health</dt><dd><${Status} of=${data.health?.status} /></dd>
      ${Object.entries(data.health?.components || {}).map(([name, one]) => html`<dt>${name.replaceAll("_", " ")}</dt><dd><${Status} of=${one.status} /> ${one.error || ""}</dd>`)}
      <dt>Runs now</dt><dd>${data.running} of ${data.capacity}</dd>
      <dt>Heard of</dt><dd><${Time} at=${data.last_seen_at} /></dd>
    </dl></div>
    ${(data.processes || []).length > 0 && html`<div class="panel"><h2>Processes</h2><${Json} value=${data.processes} /></div>`}`;
}
