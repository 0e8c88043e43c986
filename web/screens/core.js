// Overview, sources, tools, executions.
import { api } from "../api.js";
import {
  Act, Confirm, Empty, Failure, FormDialog, Given, Head, Json, List, Loading, Search, Status, Tabs, Time, attempt, count, html, lasted, toast, useGet, useLoad, useState,
} from "../ui.js";
import { Output, RunTool, executionColumns } from "./run.js";

const COUNTS = [
  ["/v1/agents", "Agents", "#/agents"],
  ["/v1/tools", "Tools", "#/tools"],
  ["/v1/projects", "Projects", "#/projects"],
  ["/v1/knowledge", "Knowledge entries", "#/knowledge"],
  ["/v1/runners", "Runners", "#/runners"],
];

const total = (path, query) => api.get(path, { ...query, limit: 1 }).then((page) => page.pagination.total, () => null);

export function Overview() {
  const { data } = useLoad(() => Promise.all(COUNTS.map(([path]) => total(path))), []);
  const { data: now } = useLoad(() => Promise.all([total("/v1/approvals", { status: "pending" }), total("/v1/executions", { status: "running" })]), []);
  const empty = data && COUNTS.every(([path], i) => !data[i] || path === "/v1/runners");
  return html`<${Head} title="Overview" sub="What is here and what runs now." />
    ${now?.[0] > 0 && html`<div class="note warn">${count(now[0], "approval")} ${now[0] === 1 ? "waits" : "wait"} for somebody's word. <a href="#/approvals">Look</a></div>`}
    ${empty && html`<${FirstSteps} />`}
    <div class="cards">
      ${COUNTS.map(([, label, link], i) => html`<a class="card" href=${link}><div class="n">${data ? (data[i]?.toLocaleString() ?? "–") : "…"}</div><div class="l">${label}</div></a>`)}
    </div>
    ${now?.[1] > 0 && html`<h2>Running now</h2>
      <${List} path="/v1/executions" query=${{ status: "running" }} every=${5000} most=${10} columns=${executionColumns} link=${(row) => `#/executions/${row.id}`}
        empty=${html`<p class="sub pad">Nothing runs any more.</p>`} />`}
    <div class="head second"><h2 class="grow">Lately</h2><a href="#/executions">All executions</a></div>
    <${List} path="/v1/executions" most=${10} every=${15000} columns=${executionColumns} link=${(row) => `#/executions/${row.id}`}
      empty=${html`<${Empty} title="Nothing ran yet" action=${html`<a class="button" href="#/tools">See the tools</a>`}>Run a tool or talk to an agent.<//>`} />`;
}

const STEPS = [
  ["#/sources", "Add a source of tools", "A git repository, a zip file or a few lines of YAML."],
  ["#/agents/new", "Make an agent", "Say what it is for and which tools it may use; then talk to it."],
  ["#/knowledge/new", "Write down what your team knows", "Agents look it up, and say where it stands."],
  ["#/projects/new", "Add a Terraform project", "Plans are shown here, approved here and applied from here."],
];

const FirstSteps = () => html`<div class="panel"><h2>Welcome</h2><p class="sub">Everything here is also in the API and the command line. These are good first steps:</p>
  <ol class="steps">${STEPS.map(([to, label, text]) => html`<li><a href=${to}>${label}</a><div class="sub">${text}</div></li>`)}</ol></div>`;

export function Executions() {
  const [status, set] = useState("");
  return html`<${Head} title="Executions" sub="Everything that ran or runs, with its output.">
      <select aria-label="Status" value=${status} onChange=${(event) => set(event.currentTarget.value)}>
        <option value="">Any status</option>
        ${["queued", "running", "completed", "failed", "cancelled", "lost"].map((one) => html`<option>${one}</option>`)}
      </select>
    <//>
    <${List} path="/v1/executions" query=${{ status }} columns=${executionColumns} link=${(row) => `#/executions/${row.id}`}
      empty=${html`<${Empty} title="Nothing like this ran">Choose another status, or run a tool.<//>`} />`;
}

export function Execution({ id }) {
  const { data, error, reload } = useGet(`/v1/executions/${id}`);
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  return html`<${Head} title=${data.subject} sub=${`${data.kind.replaceAll("_", " ")} on ${data.runner}`} crumb=${["Executions", "#/executions"]}><${Status} of=${data.status} /><//>
    <div class="panel"><dl class="facts">
      ${Object.keys(data.arguments || {}).length > 0 && html`<dt>Arguments</dt><dd><${Given} of=${data.arguments} /></dd>`}
      <dt>Asked for</dt><dd><${Time} at=${data.created_at} /></dd>
      ${data.started_at && html`<dt>Began</dt><dd><${Time} at=${data.started_at} />${data.attempt > 1 && `, attempt ${data.attempt}`}</dd>`}
      ${data.finished_at && html`<dt>Ended</dt><dd><${Time} at=${data.finished_at} />${data.duration_ms !== null && html` <span class="sub">after ${lasted(data.duration_ms)}</span>`}</dd>`}
      ${data.message && html`<dt>Why</dt><dd>${data.message}</dd>`}
      ${data.cancelled_by && html`<dt>Cancelled by</dt><dd>${data.cancelled_by}</dd>`}
      ${data.status === "waiting" && html`<dt>Waits for</dt><dd><a href="#/approvals">an approval</a></dd>`}
      ${data.session_id && html`<dt>Part of</dt><dd><a href=${`#/sessions/${data.session_id}`}>a conversation</a></dd>`}
      ${data.task_id && html`<dt>Part of</dt><dd><a href=${`#/tasks/${data.task_id}`}>a task</a></dd>`}
      ${data.kind === "workflow" && html`<dt>Steps</dt><dd><a href=${`#/workflows/runs/${id}`}>its graph and steps</a></dd>`}
      ${data.parent_id && html`<dt>Begun by</dt><dd><a href=${`#/executions/${data.parent_id}`}>another execution</a></dd>`}
    </dl></div>
    <div class="panel"><h2>Output</h2><${Output} execution=${id} status=${data.status} onEnd=${reload} /></div>
    <details class="panel fold"><summary><h2>As the API has it</h2></summary><${Json} value=${data} /></details>`;
}

export function Sources() {
  const [version, setVersion] = useState(0);
  const add = async (body) => {
    const made = await api.post("/v1/sources", body);
    toast(`${made.name}: ${made.tools?.length ?? made.connected_tools_count ?? 0} tools`);
    location.hash = `#/sources/${made.id}`;
  };
  const dialog = html`<${FormDialog} label="Add source" title="Add a source of tools" submit="Add" onSubmit=${add}
    intro="A git repository is cloned and searched for tools. Large ones take a few seconds."
    fields=${[
      { name: "url", label: "Git url", required: true, placeholder: "https://github.com/org/repo/tree/main/folder", help: "May point into a tree; also git@… and https://….git." },
      { name: "name", label: "Name", help: "Empty: taken from the url." },
      { name: "branch", label: "Branch or tag", help: "Empty: the default branch." },
    ]} />`;
  return html`<${Head} title="Sources" sub="Where tools come from.">${dialog}<//>
    <${List} path="/v1/sources" version=${version} link=${(row) => `#/sources/${row.id}`}
      columns=${[
        ["name", "Name", (row) => row.name],
        ["status", "Status", (row) => html`<${Status} of=${row.status} /> ${row.errors_count ? html`<span class="tag bad">${count(row.errors_count, "error")}</span>` : null}`],
        ["tools", "Tools", (row) => row.connected_tools_count ?? row.tools?.length ?? 0],
        ["url", "From", (row) => html`<span class="mono sub">${row.url || row.type}</span>`],
        ["last_synced_at", "Synced", (row) => html`<${Time} at=${row.last_synced_at} />`],
        ["actions", "Actions", (row) => row.url ? html`<${Act} label="Sync" busy="Syncing…" act=${() => api.post(`/v1/sources/${row.id}/sync`)} done="Synced" then=${() => setVersion((n) => n + 1)} />` : null, "tight actions"],
      ]}
      empty=${html`<${Empty} title="No sources yet" action=${dialog}>A source is a git repository, a zip file or a set of inline definitions with tools in it. Its tools are found by themselves: YAML and JSON files, and Python modules written for kubiya_sdk.<//>`} />`;
}

export function Source({ id }) {
  const { data, error, reload } = useGet(`/v1/sources/${id}/metadata`);
  const [busy, setBusy] = useState(false);
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  const sync = async () => {
    setBusy(true);
    await attempt(() => api.post(`/v1/sources/${id}/sync`), "Synced");
    setBusy(false);
    reload();
  };
  return html`<${Head} title=${data.name} sub=${data.url || data.type} crumb=${["Sources", "#/sources"]}>
      ${data.url && html`<button onClick=${sync} disabled=${busy}>${busy ? "Syncing…" : "Sync"}</button>`}
      <${Confirm} label="Delete" title="Delete this source?" text="Its tools go with it. Agents that use them keep their references." action=${() => api.delete(`/v1/sources/${id}`)} onDone=${() => (location.hash = "#/sources")} />
    <//>
    ${(data.errors || []).length > 0 &&
    html`<div class="panel"><h2>${data.errors.length} ${data.errors.length === 1 ? "file was" : "files were"} not understood</h2>
      ${data.errors.map((one) => html`<details><summary><code>${one.file}</code> ${one.error}</summary>${one.traceback && html`<pre>${one.traceback}</pre>`}</details>`)}
    </div>`}
    <div class="panel"><dl class="facts">
      <dt>Status</dt><dd><${Status} of=${data.status} /></dd>
      ${data.branch && html`<dt>Branch</dt><dd class="mono">${data.branch}</dd>`}
      ${data.commit && html`<dt>Commit</dt><dd class="mono">${data.commit}</dd>`}
      <dt>Synced</dt><dd><${Time} at=${data.last_synced_at} /></dd>
    </dl></div>
    <h2>Tools</h2>
    <${List} path="/v1/tools" query=${{ source_id: data.id }} columns=${toolColumns} link=${(row) => `#/tools/${row.id}`}
      empty=${html`<${Empty} title="No tools were found">Tools are documents with <code>tools:</code> in YAML or JSON, or Python modules that register them.<//>`} />`;
}

const toolColumns = [
  ["name", "Name", (row) => row.name],
  ["description", "What it does", (row) => html`<span class="sub">${(row.description || "").slice(0, 160)}</span>`],
  ["type", "Type", (row) => row.image || row.type],
  ["args", "Arguments", (row) => (row.args || []).length],
];

export function Tools() {
  const [q, set] = useState("");
  return html`<${Head} title="Tools" sub="What agents and people can run.">
      <${Search} label="Search tools" onChange=${set} />
    <//>
    <${List} path="/v1/tools" query=${{ q }} columns=${toolColumns} link=${(row) => `#/tools/${row.id}`}
      empty=${html`<${Empty} title=${q ? "No tool matches" : "No tools yet"} action=${html`<a class="button primary" href="#/sources">Add a source</a>`}>Tools come from sources.<//>`} />`;
}

export function Tool({ id }) {
  const { data, error } = useGet(`/v1/tools/${id}`);
  const [tab, set] = useState("run");
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  return html`<${Head} title=${data.name} sub=${data.description} crumb=${["Tools", "#/tools"]} />
    <${Tabs} tabs=${[["run", "Run"], ["script", "Script"], ["definition", "Definition"], ["history", "History"]]} value=${tab} onChange=${set} />
    ${tab === "run" && html`<div class="panel"><${RunTool} tool=${data} /></div>`}
    ${tab === "script" && html`<div class="panel"><pre>${data.content || "It has no script."}</pre></div>`}
    ${tab === "definition" && html`<div class="panel"><${Json} value=${data} /></div>`}
    ${tab === "history" && html`<${List} path="/v1/executions" query=${{ tool: data.name }} columns=${executionColumns} link=${(row) => `#/executions/${row.id}`}
      empty=${html`<${Empty} title="It has not run yet">Fill in its arguments and press Run.<//>`} />`}`;
}
