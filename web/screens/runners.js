// Runners: how they do, and how to install one.
import { api } from "../api.js";
import { Confirm, Copy, Dialog, Failure, FormDialog, Given, Head, List, Loading, Status, Tabs, Time, attempt, html, toast, useGet, useRepeat, useState } from "../ui.js";

/** How to start a runner, with a token that is shown this once. */
function Install({ runner, onClose }) {
  const [how, set] = useState("process");
  const command = how === "process" ? `./kubiya runner --url ${location.origin} --token ${runner.token}` : `kubectl apply -f ${runner.url}`;
  return html`<${Dialog} title=${`Install ${runner.runner || runner.name}`} onClose=${onClose}>
    <p>Start it on any machine that reaches this server. It dials out and needs no open port. The token is shown only now.</p>
    ${runner.url && html`<${Tabs} tabs=${[["process", "On a machine"], ["kubernetes", "On Kubernetes"]]} value=${how} onChange=${set} />`}
    <pre>${command}</pre>
    <p class="sub">It is shown as healthy as soon as it was heard of. <a href="/docs/runners">More on runners</a></p>
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
        ["status", "Status", (row) => html`<${RunnerStatus} runner=${row} />`],
        ["running", "Runs now", (row) => (row.capacity ? `${row.running} of ${row.capacity}` : html`<span class="sub">not connected</span>`)],
        ["labels", "Labels", (row) => html`<span class="tags">${[...new Set([...(row.labels || []), ...(row.effective_labels || [])])].map((one) => html`<span class="tag">${one}</span>`)}</span>`],
        ["last_seen_at", "Heard of", (row) => html`<${Time} at=${row.last_seen_at} />`],
      ]} />`;
}

/** One word for how it does: one that was never heard of is not offline, it is not installed yet. */
function RunnerStatus({ runner }) {
  if (!runner.last_seen_at) return html`<span class="tag warn">not installed</span>`;
  return html`<${Status} of=${runner.draining ? "draining" : runner.health?.status || runner.status} />`;
}

export function Runner({ id }) {
  const path = `/v1/runners/${encodeURIComponent(id)}`;
  const { data, error, reload } = useGet(path);
  const [token, setToken] = useState();
  useRepeat(10_000, reload);
  if (error && !data) return html`<${Failure} error=${error} again=${reload} />`;
  if (!data) return html`<${Loading} />`;
  const operation = (name, parameters) => api.post(`${path}/ops`, { operation: name, ...(parameters ? { parameters } : {}) });
  const act = (name) => attempt(() => operation(name)).then((done) => { if (done) toast(done.message); reload(); });
  const embedded = data.authentication_type === "none";
  const install = async () => setToken(await attempt(() => api.post(`${path}/tokens`)));
  return html`<${Head} title=${data.name} sub=${data.description} crumb=${["Runners", "#/runners"]}>
      <${RunnerStatus} runner=${data} />
      ${data.draining ? html`<button onClick=${() => act("resume")}>Resume</button>` : html`<button onClick=${() => act("drain")}>Drain</button>`}
      ${!embedded && html`<${Confirm} danger=${false} label="Restart" title=${`Restart ${data.name}?`} text="Its processes let their runs end and start anew, with whatever version of the program is there then." action=${() => operation("restart")} onDone=${(done) => toast(done.message)} />
        <button onClick=${install}>Install another</button>
        <${Confirm} label="Delete" title=${`Delete ${data.name}?`} text="Its processes are refused from this moment; what runs there is lost." action=${() => api.delete(path, { query: { force: true } })} onDone=${() => (location.hash = "#/runners")} />`}
    <//>
    ${token && html`<${Install} runner=${token} onClose=${() => { setToken(undefined); reload(); }} />`}
    ${!data.last_seen_at && html`<div class="note warn"><strong>It was never heard of.</strong> Make a token and start it on a machine or in a cluster. <div class="row"><button class="primary small" onClick=${install}>How to install it</button></div></div>`}
    <div class="panel"><h2>Health</h2><dl class="facts">
      ${Object.entries(data.health?.components || {}).map(([name, one]) => html`<dt>${{ tool_manager: "Running tools", agent_manager: "Taking work" }[name] || name.replaceAll("_", " ")}</dt><dd><${Status} of=${one.status} /> ${one.error} <${Given} of=${one.metadata} /></dd>`)}
      <dt>Runs now</dt><dd>${data.capacity ? `${data.running} of ${data.capacity}` : "not connected"}${data.load > data.running ? `, ${data.load - data.running} wait` : ""}</dd>
      <dt>Heard of</dt><dd><${Time} at=${data.last_seen_at} /></dd>
      ${data.health?.version && html`<dt>Version</dt><dd>${data.health.version}</dd>`}
      ${data.effective_labels.length > 0 && html`<dt>Labels</dt><dd><span class="tags">${data.effective_labels.map((one) => html`<span class="tag">${one}</span>`)}</span></dd>`}
    </dl></div>
    ${data.processes.length > 0 && html`<h2>Processes</h2><div class="panel flush"><div class="scroll"><table class="cards-on-phones">
      <thead><tr>${["Process", "Machine", "Runs", "Version", "Can", "Since", "Heard of"].map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
      <tbody>${data.processes.map((one) => html`<tr key=${one.instance}>
        <td data-label="Process"><span class="mono">${one.instance.slice(0, 8)}</span> ${one.draining && html`<${Status} of="draining" />`}</td>
        <td data-label="Machine">${one.host || "this server"} <span class="sub">${one.platform}</span></td><td data-label="Runs">${one.running} of ${one.concurrency}</td>
        <td data-label="Version">${one.version}</td><td data-label="Can">${one.capabilities.join(", ")}</td><td data-label="Since"><${Time} at=${one.started_at} /></td><td data-label="Heard of"><${Time} at=${one.last_seen_at} /></td></tr>`)}</tbody></table></div></div>`}`;
}
