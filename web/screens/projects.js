// Terraform projects: plans, consent, state.
import { api } from "../api.js";
import { Confirm, Empty, Failure, Form, FormDialog, Graph, Head, Json, List, Loading, Markdown, Status, Tabs, Time, attempt, html, toast, useGet, useLoad, useState } from "../ui.js";
import { Output } from "./run.js";

export function Projects() {
  const make = html`<a class="button primary" href="#/projects/new">New project</a>`;
  return html`<${Head} title="Projects" sub="Terraform, planned, approved and applied here, with its state kept safely.">${make}<//>
    <${List} path="/v1/projects" link=${(row) => `#/projects/${row.id}`}
      columns=${[
        ["name", "Name", (row) => row.name],
        ["status", "Status", (row) => html`<${Status} of=${row.status} />`],
        ["url", "Code", (row) => html`<span class="sub mono">${row.url || "inline files"}${row.path ? ` · ${row.path}` : ""}</span>`],
        ["updated_at", "Changed", (row) => html`<${Time} at=${row.updated_at} />`],
      ]}
      empty=${html`<${Empty} title="No projects yet" action=${make}>A project is Terraform code in a git repository, or a few files that you send along.<//>`} />`;
}

export function NewProject() {
  const [kind, set] = useState("git");
  const common = [{ name: "name", label: "Name", required: true }, { name: "description", label: "Description" }];
  const more = [{ name: "auto_apply", label: "Apply plans without anybody's approval", type: "check" }];
  const fields =
    kind === "git"
      ? [...common, { name: "url", label: "Git url", required: true }, { name: "branch", label: "Branch", help: "Empty: the default branch." }, { name: "path", label: "Folder", help: "Empty: the root." }, ...more]
      : [...common, { name: "main", label: "main.tf", type: "code", rows: 12, required: true, value: 'resource "terraform_data" "example" {\n  input = "hello"\n}\n' }, ...more];
  return html`<${Head} title="New project" crumb=${["Projects", "#/projects"]} />
    <${Tabs} tabs=${[["git", "From git"], ["inline", "Inline"]]} value=${kind} onChange=${set} />
    <div class="panel"><${Form} key=${kind} fields=${fields} submit="Create" onSubmit=${async ({ main, ...body }) => {
      const made = await api.post("/v1/projects", main ? { ...body, files: { "main.tf": main } } : body);
      location.hash = `#/projects/${made.id}`;
    }} /></div>`;
}

export function Project({ id }) {
  const { data, error, reload } = useGet(`/v1/projects/${id}`);
  const [tab, set] = useState("runs");
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  const start = async (kind) => {
    const run = await attempt(() => api.post(`/v1/projects/${id}/${kind}`));
    if (run) location.hash = `#/projects/${id}/runs/${run.id}`;
  };
  return html`<${Head} title=${data.name} sub=${data.description || data.url} crumb=${["Projects", "#/projects"]}>
      <${Status} of=${data.status} />
      <button onClick=${() => start("plan")}>Plan</button>
      <button class="primary" onClick=${() => start("apply")}>Apply</button>
      <${Confirm} label="Destroy" title=${`Destroy all of ${data.name}?`} text="Everything that Terraform made for it is planned to be destroyed; the plan waits for approval." action=${() => start("destroy").then(() => true)} />
      <${Confirm} label="Delete" title=${`Delete ${data.name}?`} text="The project, its runs and its state versions go. What Terraform made stays." action=${() => api.delete(`/v1/projects/${id}`)} onDone=${() => (location.hash = "#/projects")} />
    <//>
    ${(data.code_errors || []).map((one) => html`<div class="note bad">${typeof one === "string" ? one : `${one.file || ""} ${one.message || one.error || ""}`}</div>`)}
    <${Tabs} tabs=${[["runs", "Runs"], ["variables", "Variables"], ["resources", "Resources"], ["outputs", "Outputs"], ["state", "State"], ["drift", "Drift"], ["readme", "About"]]} value=${tab} onChange=${set} />
    ${tab === "runs" && html`<${List} path=${`/v1/projects/${id}/executions`} every=${10000} link=${(row) => `#/projects/${id}/runs/${row.id}`}
      columns=${[
        ["kind", "Run", (row) => row.kind || row.operation || "run"],
        ["status", "Status", (row) => html`<${Status} of=${row.status} />`],
        ["summary", "Plan", (row) => html`<span class="sub">${row.summary || ""}</span>`],
        ["created_by", "By", (row) => row.created_by],
        ["created_at", "When", (row) => html`<${Time} at=${row.created_at} />`],
      ]}
      empty=${html`<${Empty} title="Nothing was planned yet" action=${html`<button class="primary" onClick=${() => start("plan")}>Plan</button>`}>A plan says what Terraform would do, and does nothing.<//>`} />`}
    ${tab === "variables" && html`<${Variables} id=${id} />`}
    ${tab === "resources" && html`<${Resources} id=${id} />`}
    ${tab === "outputs" && html`<${Outputs} id=${id} />`}
    ${tab === "state" && html`<${States} id=${id} />`}
    ${tab === "drift" && html`<${Drift} id=${id} />`}
    ${tab === "readme" && html`<div class="panel"><${Markdown} text=${data.readme || "There is no README beside the code."} /></div>`}`;
}

function rowsOf(data) {
  return Array.isArray(data) ? data : data?.data || data?.variables || [];
}

function Variables({ id }) {
  const { data, error, reload } = useGet(`/v1/projects/${id}/variables`);
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  const rows = rowsOf(data);
  if (!rows.length) return html`<div class="panel"><${Empty} title="No variables">The code declares none.<//></div>`;
  return html`<div class="panel flush"><div class="scroll"><table class="cards-on-phones"><thead><tr><th>Name</th><th>Type</th><th>Value</th><th class="actions">Actions</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr>
      <td data-label="Name"><strong class="mono">${row.name}</strong>${row.required ? html` <span class="tag warn">required</span>` : null}<div class="sub">${row.description}</div></td>
      <td data-label="Type"><code>${row.type || "any"}</code></td>
      <td data-label="Value"><code>${row.secret ? `secret ${row.secret}` : JSON.stringify(row.value ?? row.default)}</code></td>
      <td data-label="Actions" class="actions"><${FormDialog} label="Set" primary=${false} title=${`Set ${row.name}`} submit="Save"
        fields=${[{ name: "value", label: "Value", type: "area", help: "JSON, or a plain text." }, { name: "sensitive", label: "Keep it secret", type: "check", value: row.sensitive }]}
        onSubmit=${async ({ value, sensitive }) => {
          let parsed = value;
          try { parsed = JSON.parse(value); } catch { /* a plain text */ }
          await api.put(`/v1/projects/${id}/variables`, { variables: [{ name: row.name, value: parsed ?? null, sensitive }] });
          toast("Saved");
          reload();
        }} /></td></tr>`)}</tbody></table></div></div>`;
}

function Resources({ id }) {
  const { data, error } = useGet(`/v1/projects/${id}/resources`, { limit: 500 });
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  const rows = rowsOf(data);
  if (!rows.length) return html`<div class="panel"><${Empty} title="Nothing was made yet">What Terraform makes shows up here.<//></div>`;
  const edges = rows.flatMap((row) => (row.depends_on || []).map((from) => [from, row.address]));
  return html`${rows.length <= 120 && html`<div class="panel"><h2>What depends on what</h2><${Graph} label="Resources and what they depend on" nodes=${rows.map((row) => ({ id: row.address, label: row.address }))} edges=${edges} /></div>`}
    <div class="panel flush"><div class="scroll"><table><thead><tr><th>Address</th><th>Id</th><th>Status</th></tr></thead><tbody>${rows.map((row) => html`<tr><td class="mono">${row.address}</td><td class="mono">${row.id}</td><td><${Status} of=${row.status} /></td></tr>`)}</tbody></table></div></div>`;
}

function Outputs({ id }) {
  const { data, error } = useGet(`/v1/projects/${id}/outputs`);
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  const rows = rowsOf(data);
  if (!rows.length) return html`<div class="panel"><${Empty} title="No outputs">The code declares none, or nothing was applied yet.<//></div>`;
  return html`<div class="panel"><dl class="facts">${rows.map((row) => html`<dt class="mono">${row.name}</dt><dd><code>${row.sensitive ? "sensitive" : JSON.stringify(row.value)}</code></dd>`)}</dl></div>`;
}

function States({ id }) {
  const { data, reload } = useGet(`/v1/projects/${id}/state`);
  const [version, bump] = useState(0);
  return html`${data?.lock && html`<div class="note warn">Locked by ${data.lock.who || data.lock.Who || "somebody"} <${Time} at=${data.lock.created_at || data.lock.Created} /></div>`}
    <${List} path=${`/v1/projects/${id}/state/versions`} version=${version} rowKey="version"
      columns=${[
        ["version", "Version", (row) => row.version],
        ["serial", "Serial", (row) => row.serial],
        ["resource_count", "Resources", (row) => row.resource_count],
        ["size_bytes", "Size", (row) => `${Math.ceil(row.size_bytes / 1024)} KiB`],
        ["created_by", "By", (row) => row.created_by],
        ["created_at", "When", (row) => html`<${Time} at=${row.created_at} />`],
        ["actions", "Actions", (row) => html`<${Confirm} label="Restore" danger=${false} title=${`Restore version ${row.version}?`} text="It becomes a new version with a higher serial. The next plan shows what differs from the real resources." action=${() => api.post(`/v1/projects/${id}/state/versions/${row.version}/restore`)} onDone=${() => { bump((n) => n + 1); reload(); }} />`, "tight actions"],
      ]}
      empty=${html`<${Empty} title="No state yet">The first apply writes it; every version is kept, encrypted.<//>`} />`;
}

function Drift({ id }) {
  const { data, error } = useGet(`/v1/projects/${id}/drift`);
  if (error?.status === 404) return html`<div class="panel"><${Empty} title="Nobody has looked for drift yet">Set a drift schedule, or start a refresh-only plan.<//></div>`;
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  return html`<div class="panel"><${Json} value=${data} /></div>`;
}

const SIGNS = { create: ["+", "add"], delete: ["-", "del"], update: ["~", "mod"], replace: ["±", "mod"], read: ["<", ""], "no-op": [" ", ""] };

function Change({ change }) {
  const [sign, kind] = SIGNS[change.action] || ["?", ""];
  const names = [...new Set([...Object.keys(change.before || {}), ...Object.keys(change.after || {})])];
  return html`<details class="diff"><summary class=${kind}>${sign} ${change.address || change.resource_id} <span class="sub">${change.action}</span></summary>
    <pre>${names.map((name) => {
      const before = JSON.stringify(change.before?.[name]), after = JSON.stringify(change.after?.[name]);
      if (before === after) return html`<span>    ${name} = ${after}${"\n"}</span>`;
      return html`${before !== undefined && html`<span class="del">  - ${name} = ${before}${"\n"}</span>`}${after !== undefined && html`<span class="add">  + ${name} = ${after}${"\n"}</span>`}`;
    })}</pre></details>`;
}

export function Run({ id }) {
  const [project, , run] = id.split("/");
  const path = `/v1/projects/${project}/executions/${run}`;
  const { data, error, reload } = useGet(path);
  const plan = useLoad(() => api.get(`${path}/plan`).catch(() => null), [data?.status]);
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  const decide = (what) => attempt(() => api.post(`/v1/projects/${project}/${what}`, { execution_id: run }), what).then(reload);
  const changes = (plan.data?.changes || data.changes || []).filter((one) => one.action !== "no-op");
  return html`<${Head} title=${`${data.kind || data.operation || "Run"}`} sub=${data.summary || ""} crumb=${["Project", `#/projects/${project}`]}>
      <${Status} of=${data.status} />
      ${["planned", "awaiting_approval"].includes(data.status) && html`<button class="primary" onClick=${() => decide("approve")}>Approve and apply</button><button class="danger" onClick=${() => decide("reject")}>Reject</button>`}
      ${["pending", "running", "applying"].includes(data.status) && html`<button class="danger" onClick=${() => decide("cancel")}>Cancel</button>`}
    <//>
    ${changes.length > 0 && html`<div class="panel"><h2>Changes</h2>${changes.map((change) => html`<${Change} change=${change} />`)}</div>
      ${changes.length <= 60 && html`<div class="panel"><h2>Graph</h2><${Graph} label="Planned changes" nodes=${changes.map((one) => ({ id: one.address || one.resource_id, label: one.address || one.resource_id, kind: one.action }))} edges=${changes.flatMap((one) => (one.depends_on || []).map((from) => [from, one.address]))} /></div>`}`}
    <div class="panel"><h2>Log</h2><${Output} execution=${data.execution_id || run} onEnd=${reload} /></div>`;
}
