// What Terraform made for a project: resources, outputs, versions of the state, drift.
import { api } from "../api.js";
import { Confirm, Empty, Failure, FormDialog, Graph, List, Loading, Status, Time, When, attempt, count, html, size, toast, useGet, useLoad, useState } from "../ui.js";

/** A graph of more would not be read by anybody. */
const MOST_IN_GRAPH = 150;

export const split = (address) => {
  const at = address.replace(/\[("(?:[^"\\]|\\.)*"|[^\]]*)\]/g, (index) => "·".repeat(index.length)).lastIndexOf(".");
  return at < 0 ? [address, ""] : [address.slice(at + 1), address.slice(0, at)];
};

export function Resources({ id }) {
  const graph = useLoad((signal) => api.get(`/v1/projects/${id}/resources`, { limit: MOST_IN_GRAPH }, { signal }), [id]);
  const rows = graph.data?.data || [];
  const edges = edgesOf(rows.map((row) => [row.address, row.depends_on]));
  return html`${rows.length > 1 && graph.data.pagination.total <= MOST_IN_GRAPH && html`<div class="panel"><h2>What depends on what</h2>
      <${Graph} label="Resources and what they depend on" edges=${edges} nodes=${rows.map((row) => {
        const [label, sub] = split(row.address);
        return { id: row.address, label, sub, kind: row.status === "created" ? (row.mode === "data" ? "data" : "") : row.status };
      })} /></div>`}
    <${List} path=${`/v1/projects/${id}/resources`} rowKey="address"
      columns=${[
        ["address", "Address", (row) => html`<strong class="mono">${row.address}</strong>`],
        ["id", "Id", (row) => html`<span class="mono sub">${row.id}</span>`],
        ["provider", "Provider", (row) => html`<span class="sub">${row.provider.replace(/^.*provider\["([^"]+)"\].*$/, "$1")}</span>`],
        ["status", "Status", (row) => html`<${Status} of=${row.mode === "data" ? "read" : row.status} />`],
      ]}
      empty=${html`<${Empty} title="Nothing was made yet">What Terraform makes shows up here once a plan is applied.<//>`} />`;
}

/** An address without the indexes of instances. */
export const bare = (address) => address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]/g, "");

/** Edges between instances, from what each depends on; an address without an index stands for all of its instances. */
export function edgesOf(rows) {
  const instances = new Map();
  rows.forEach(([address]) => instances.set(bare(address), [...(instances.get(bare(address)) || []), address]));
  return rows.flatMap(([address, others]) => (others || []).flatMap((other) => (instances.get(bare(other)) || []).map((from) => [from, address])));
}

export function Outputs({ id }) {
  const [reveal, set] = useState(false);
  const { data, error } = useGet(`/v1/projects/${id}/outputs`, { limit: 500, reveal: reveal || undefined });
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  if (!data.data.length) return html`<div class="panel"><${Empty} title="No outputs">The code declares none, or nothing was applied yet.<//></div>`;
  const hidden = data.data.some((one) => one.sensitive);
  return html`${hidden && html`<div class="head"><p class="grow sub">${reveal ? "Sensitive values are shown. That was noted in the audit trail." : "Sensitive values are hidden."}</p>
      ${reveal
        ? html`<button onClick=${() => set(false)}>Hide</button>`
        : html`<${Confirm} label="Reveal" danger=${false} title="Show the sensitive outputs?" text="The audit trail notes that you read them." action=${async () => true} onDone=${() => set(true)} />`}</div>`}
    <div class="panel flush"><div class="scroll"><table class="cards-on-phones"><thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Value</th></tr></thead>
      <tbody>${data.data.map((row) => html`<tr key=${row.name}><td data-label="Name"><strong class="mono">${row.name}</strong></td>
        <td data-label="Type"><code>${typeof row.type === "string" ? row.type : row.type?.[0] === "object" || row.type?.[0] === "tuple" ? row.type[0] : `${row.type?.[0]}(${typeof row.type?.[1] === "string" ? row.type[1] : row.type?.[1]?.[0]})`}</code></td>
        <td data-label="Value">${row.sensitive && !reveal ? html`<span class="sub">sensitive</span>` : html`<code>${typeof row.value === "string" ? row.value : JSON.stringify(row.value)}</code>`}</td></tr>`)}</tbody></table></div></div>`;
}

async function download(path, name) {
  const response = await api.send("GET", path);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function States({ id, coded }) {
  const path = `/v1/projects/${id}/state`;
  const { data, error, reload } = useGet(path);
  const [version, bump] = useState(0);
  const changed = () => {
    bump((n) => n + 1);
    reload();
  };
  if (error) return html`<${Failure} error=${error} again=${reload} />`;
  if (!data) return html`<${Loading} />`;
  const { current, lock } = data;
  return html`${lock && html`<div class="note warn"><strong>Locked</strong> by ${lock.who || lock.locked_by} <${When} at=${lock.locked_at} />${lock.operation && html`, ${lock.operation.replace(/^OperationType/, "").toLowerCase()}`}${lock.execution_id ? ", by a run of this project" : ""}. <span class="mono sub">${lock.id}</span>
      <div class="row"><${Confirm} small label="Force unlock" title="Take the lock away?" text=${`It was taken by ${lock.who || lock.locked_by}. If that Terraform still runs, two may write the state at one time. The audit trail notes it.`}
        action=${() => api.post(`${path}/unlock`, { force: true })} onDone=${() => { toast("Unlocked"); changed(); }} /></div></div>`}
    ${current && html`<div class="panel"><h2>Current state</h2><dl class="facts">
      <dt>Version</dt><dd>${current.version} <span class="sub">serial ${current.serial}</span></dd>
      <dt>Holds</dt><dd>${count(current.resource_count, "resource")}, ${count(current.output_count, "output")}, ${size(current.size_bytes)}</dd>
      <dt>Terraform</dt><dd>${current.terraform_version}</dd>
      <dt>Lineage</dt><dd class="mono">${current.lineage}</dd>
      <dt>Lock</dt><dd>${lock ? "held, see above" : "nobody holds it"}</dd>
    </dl></div>`}
    <h2>Versions</h2>
    <${List} path=${`${path}/versions`} version=${version} rowKey="version"
      columns=${[
        ["version", "Version", (row) => html`<strong>${row.version}</strong> ${row.version === current?.version && html`<span class="tag good">current</span>`}`],
        ["serial", "Serial", (row) => html`${row.serial}${row.restored_from ? html` <span class="sub">as version ${row.restored_from}</span>` : ""}`],
        ["resource_count", "Resources", (row) => row.resource_count],
        ["size_bytes", "Size", (row) => size(row.size_bytes)],
        ["created_by", "By", (row) => row.created_by],
        ["created_at", "When", (row) => html`<${Time} at=${row.created_at} />`],
        ["actions", "Actions", (row) => html`<span class="row">
          <${Confirm} small danger=${false} label="Download" title=${`Download version ${row.version}?`} text="A state holds every secret that Terraform knows, in plain text. The audit trail notes the download." action=${() => download(`${path}/versions/${row.version}/raw`, `state-${row.version}.tfstate`).then(() => true)} />
          ${row.version !== current?.version && html`<${Confirm} small danger=${false} label="Restore" title=${`Restore version ${row.version}?`} text="Its state becomes a new version. No resource is touched: what was made since is not in the state any more, and the next plan shows what differs." action=${() => api.post(`${path}/versions/${row.version}/restore`)} onDone=${() => { toast("Restored"); changed(); }} />`}
        </span>`, "tight actions"],
      ]}
      empty=${html`<${Empty} title="No state yet">${coded ? "The first apply writes it. Every version is kept, encrypted." : html`Point Terraform's <code>http</code> backend at <code>${location.origin}/v1/projects/${id}/state/raw</code>. <a href="/docs/state">How to</a>`}<//>`} />`;
}

const value = (one) => (one === null || one === undefined ? "null" : typeof one === "string" ? one : JSON.stringify(one));

export function Drift({ project, coded, onChange }) {
  const path = `/v1/projects/${project.id}/drift`;
  const { data, error, reload } = useGet(path);
  if (error) return html`<${Failure} error=${error} again=${reload} />`;
  if (!data) return html`<${Loading} />`;
  const look = async () => {
    const run = await attempt(() => api.post(path));
    if (run) location.hash = `#/projects/${project.id}/runs/${run.id}`;
  };
  const schedule = html`<${FormDialog} label=${data.schedule ? "Change the schedule" : "Look regularly"} title="Look for drift" primary=${false} submit="Save"
    fields=${[{ name: "drift_schedule", label: "When", keepEmpty: true, value: data.schedule || "0 6 * * *", help: "A cron expression in UTC: minute, hour, day of the month, month, day of the week. Empty: never." }]}
    onSubmit=${async (body) => { await api.patch(`/v1/projects/${project.id}`, body); reload(); onChange(); }} />`;
  const now = coded && html`<button class="primary" onClick=${look}>Look now</button>`;
  if (data.status === "unknown") {
    return html`<div class="panel"><${Empty} title="Nobody has looked yet" action=${html`<span class="row centre">${coded && schedule}${now}</span>`}>Drift is what others changed of what Terraform made. A look compares what is there with the state, and changes nothing.<//></div>`;
  }
  return html`<div class="panel"><header><h2>Last look</h2><span class="row">${schedule}${now}</span></header>
      <dl class="facts">
        <dt>Found</dt><dd><${Status} of=${data.status} /> ${data.status === "drifted" && `${count(data.resources.length, "resource")}${data.outputs.length ? ` and ${count(data.outputs.length, "output")}` : ""}`}${data.status === "clean" && "everything is as the state says"}${data.message && html`<div>${data.message}</div>`}</dd>
        <dt>Looked</dt><dd><${Time} at=${data.checked_at} /> ${data.execution_id && html`<a href=${`#/projects/${project.id}/runs/${data.execution_id}`}>run</a>`}</dd>
        <dt>Schedule</dt><dd>${data.schedule ? html`<code>${data.schedule}</code>, next <${Time} at=${data.next_check_at} />` : "none"}</dd>
      </dl></div>
    ${data.resources.map((one) => html`<details class="change panel fold" key=${one.address} open=${data.resources.length < 8}>
      <summary class=${one.action}><span class="sign" aria-hidden="true">${one.action === "delete" ? "−" : "~"}</span> <strong class="mono">${one.address}</strong> <span class="sub">${one.action === "delete" ? "is gone" : "was changed"}</span></summary>
      ${one.attributes.length
        ? html`<div class="diff">${one.attributes.map((place) => html`<div class="mod">~ ${place.path}</div><div class="del">  - ${value(place.before)}</div><div class="add">  + ${value(place.after)}</div>`)}</div>`
        : html`<p class="sub">Somebody removed it outside of Terraform.</p>`}
    </details>`)}
    ${data.outputs.length > 0 && html`<div class="panel"><h2>Outputs</h2><pre>${JSON.stringify(data.outputs, null, 2)}</pre></div>`}`;
}
