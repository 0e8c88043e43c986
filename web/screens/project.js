// One Terraform project.
import { api, unchanged } from "../api.js";
import {
  Confirm, Dialog, Empty, Failure, Form, FormDialog, Head, List, Loading, Markdown, Status, Tabs, Time, When, attempt, count, html, toast, useGet, useLoad, useRepeat, useState, wrong,
} from "../ui.js";
import { Counts, Files, approverOf, codeOf, fieldOf, filesOf, kindOf, unset, valueOf, waits } from "./projects.js";
import { Drift, Outputs, Resources, States } from "./state.js";

const TABS = [["overview", "Overview"], ["runs", "Runs"], ["variables", "Variables"], ["resources", "Resources"], ["outputs", "Outputs"], ["state", "State"], ["drift", "Drift"], ["settings", "Settings"]];

export function Project({ id, tab = "overview" }) {
  const { data, error, reload } = useGet(`/v1/projects/${id}`);
  const running = data?.status === "running";
  useRepeat(running && 4000, reload);
  if (error && !data) return html`<${Failure} error=${error} again=${reload} />`;
  if (!data) return html`<${Loading} />`;
  const coded = data.url || Object.keys(data.files).length > 0;
  const start = async (kind, body) => {
    const run = await attempt(() => api.post(`/v1/projects/${id}/${kind}`, body));
    if (run) location.hash = `#/projects/${id}/runs/${run.id}`;
  };
  return html`<${Head} title=${data.name} sub=${data.description || codeOf(data)} crumb=${["Projects", "#/projects"]}>
      <${Status} of=${data.status} />
      ${coded && html`<${PlanWith} project=${data} start=${start} />
        <${Confirm} label="Destroy" title=${`Plan to destroy ${data.name}?`} text="A plan is made to remove everything that the project made. Nothing is removed before somebody approves it." action=${() => start("destroy").then(() => null)} />
        <button class="primary" onClick=${() => start("plan")}>Plan</button>`}
    <//>
    ${data.code_errors.length > 0 && html`<div class="note bad" role="alert"><strong>The code could not be read as a whole.</strong>
      ${data.code_errors.map((one) => html`<div><code>${one.file}${one.line ? `:${one.line}` : ""}</code> ${one.message}</div>`)}</div>`}
    ${coded && tab !== "variables" && html`<${Missing} project=${data} />`}
    <${Tabs} tabs=${TABS} value=${tab} onChange=${(one) => (location.hash = `#/projects/${id}${one === "overview" ? "" : `/${one}`}`)} />
    ${tab === "overview" && html`<${Overview} project=${data} coded=${coded} />`}
    ${tab === "runs" && html`<${RunList} id=${id} start=${start} coded=${coded} />`}
    ${tab === "variables" && html`<${Variables} id=${id} onChange=${reload} />`}
    ${tab === "resources" && html`<${Resources} id=${id} />`}
    ${tab === "outputs" && html`<${Outputs} id=${id} />`}
    ${tab === "state" && html`<${States} id=${id} coded=${coded} />`}
    ${tab === "drift" && html`<${Drift} project=${data} coded=${coded} onChange=${reload} />`}
    ${tab === "settings" && html`<${ProjectSettings} project=${data} reload=${reload} />`}`;
}

function PlanWith({ project, start }) {
  return html`<${FormDialog} label="Plan with…" title=${`Plan ${project.name}`} primary=${false} submit="Plan"
    fields=${[
      { name: "message", label: "Why", placeholder: "Before the holidays" },
      { name: "targets", label: "Only these", type: "list", help: "Addresses of resources or modules, separated by commas; empty: everything." },
      { name: "replace", label: "Make anew", type: "list", help: "Addresses of resources." },
      ...(project.url ? [{ name: "revision", label: "Branch, tag or commit", help: `Empty: ${project.branch || "the default branch"}.` }] : []),
      { name: "kind", label: "What is planned", type: "select", options: [["normal", "what the code says"], ["refresh_only", "only what others changed (refresh)"], ["destroy", "to destroy everything"]], value: "normal" },
      { name: "speculative", label: "Only to look at: nobody can apply it", type: "check" },
    ]}
    onSubmit=${({ kind, ...body }) => start("plan", { ...body, refresh_only: kind === "refresh_only", destroy: kind === "destroy" })} />`;
}

function Missing({ project }) {
  const missing = project.variables.filter(unset).map((one) => one.name);
  return missing.length > 0 && html`<div class="note warn">It cannot be planned yet: ${missing.length === 1 ? "a variable has" : "variables have"} no value (${missing.join(", ")}). <a href=${`#/projects/${project.id}/variables`}>Set ${missing.length === 1 ? "it" : "them"}</a></div>`;
}

function Overview({ project, coded }) {
  const last = project.last_execution;
  const files = Object.entries(project.files);
  const made = project.resources.filter((one) => one.mode === "managed");
  return html`<div class="two">
    <div class="panel"><h2>Last run</h2>
      ${last
        ? html`<p class="row"><a href=${`#/projects/${project.id}/runs/${last.id}`}>${kindOf(last)}</a> <${Status} of=${last.status} /> <${Counts} counts=${last.counts} /></p>
          <dl class="facts">
            <dt>Asked by</dt><dd>${last.created_by} <${When} at=${last.created_at} />${last.message && html`<div class="sub">${last.message}</div>`}</dd>
            ${last.approved_by && html`<dt>Approved by</dt><dd>${approverOf(last)}</dd>`}
            ${last.error && html`<dt>Why</dt><dd>${last.error}</dd>`}
          </dl>
          ${waits(last) && html`<p class="after"><a class="button primary" href=${`#/projects/${project.id}/runs/${last.id}`}>Look at the plan</a></p>`}`
        : html`<p class="sub">${coded ? "Nothing was planned yet. A plan says what Terraform would do, and does nothing." : "Terraform runs elsewhere; see the state."}</p>`}
    </div>
    <div class="panel"><h2>Code</h2><dl class="facts">
      ${project.url && html`<dt>Repository</dt><dd class="mono">${project.url}</dd>
        <dt>Branch</dt><dd>${project.branch || html`<span class="sub">default</span>`}</dd>
        ${project.path && html`<dt>Folder</dt><dd class="mono">${project.path}</dd>`}
        ${project.commit && html`<dt>Commit</dt><dd class="mono">${project.commit.slice(0, 12)}</dd>`}`}
      ${!coded && html`<dt>Place</dt><dd>elsewhere; only the state is here. <a href=${`#/projects/${project.id}/state`}>State</a></dd>`}
      ${coded && html`<dt>Declares</dt><dd>${count(made.length, "resource")}, ${count(project.variables.length, "variable")}, ${count(project.outputs.length, "output")}</dd>`}
      ${project.providers.length > 0 && html`<dt>Providers</dt><dd>${project.providers.map((one) => html`<div><code>${one.source || one.name}</code> ${one.version}</div>`)}</dd>`}
      <dt>Runner</dt><dd>${project.runner || "local"}</dd>
      <dt>Approval</dt><dd>${project.auto_apply ? "apply needs none" : "every plan needs one"}</dd>
      ${project.drift_schedule && html`<dt>Drift</dt><dd>looked for at <code>${project.drift_schedule}</code> (UTC)</dd>`}
    </dl></div>
    </div>
    ${files.map(([name, text], i) => html`<details class="panel fold" open=${i === 0 && files.length === 1}><summary><strong class="mono">${name}</strong></summary><pre>${text}</pre></details>`)}
    ${project.readme && html`<div class="panel"><${Markdown} text=${project.readme} /></div>`}`;
}

function RunList({ id, start, coded }) {
  return html`<${List} path=${`/v1/projects/${id}/executions`} every=${10000} link=${(row) => `#/projects/${id}/runs/${row.id}`}
    columns=${[
      ["kind", "Run", (row) => kindOf(row)],
      ["status", "Status", (row) => html`<${Status} of=${row.status} /> ${row.speculative && html`<span class="sub">only to look at</span>`}`],
      ["counts", "Changes", (row) => html`<${Counts} counts=${row.counts} />`],
      ["message", "Why", (row) => html`<span class="sub">${row.message || row.trigger.replaceAll("_", " ")}</span>`],
      ["created_by", "By", (row) => row.created_by],
      ["created_at", "When", (row) => html`<${Time} at=${row.created_at} />`],
    ]}
    empty=${html`<${Empty} title="Nothing was planned yet" action=${coded && html`<button class="primary" onClick=${() => start("plan")}>Plan</button>`}>A plan says what Terraform would do, and does nothing.<//>`} />`;
}

// Variables

function shownValue(row) {
  if (row.secret) return html`<span class="tag run">secret</span> <code>${row.secret}</code>`;
  if (row.value !== null && row.value !== undefined) return row.sensitive ? html`<span class="sub">hidden</span> <code>••••••••</code>` : html`<code>${short(row.value)}</code>`;
  if (row.required) return html`<span class="tag bad">no value</span>`;
  return row.default === null || row.default === undefined ? html`<span class="sub">computed, or null</span>` : html`<code>${short(row.default)}</code> <span class="sub">by default</span>`;
}

const short = (value) => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};

function Variables({ id, onChange }) {
  const { data, error, reload } = useGet(`/v1/projects/${id}/variables`, { limit: 500 });
  const [edited, edit] = useState();
  if (error) return html`<${Failure} error=${error} again=${reload} />`;
  if (!data) return html`<${Loading} />`;
  const save = async (name, change) => {
    const variables = data.data
      .map((one) => (one.name === name ? change : { name: one.name, value: one.value, secret: one.secret, sensitive: one.sensitive }))
      .filter((one) => one && (one.secret || (one.value !== null && one.value !== undefined)));
    await api.put(`/v1/projects/${id}/variables`, { variables: variables.map((one) => (one.secret ? { name: one.name, secret: one.secret } : { name: one.name, value: one.value, sensitive: one.sensitive })) }, unchanged(data));
    toast("Saved. Plans that were made before are void.");
    edit(undefined);
    reload();
    onChange();
  };
  const add = html`<button onClick=${() => edit({ name: "", type: "any", fresh: true })}>Add a variable</button>`;
  return html`<div class="head"><p class="grow sub">What the code declares. Sensitive values are encrypted and never shown.</p>${add}</div>
    ${data.data.length
      ? html`<div class="panel flush"><div class="scroll"><table class="cards-on-phones"><thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Value</th><th scope="col" class="tight actions">Actions</th></tr></thead>
        <tbody>${data.data.map((row) => html`<tr key=${row.name}>
          <td data-label="Name"><div><strong class="mono">${row.name}</strong><div class="sub">${row.description}</div></div></td>
          <td data-label="Type"><code>${row.type || "any"}</code></td>
          <td data-label="Value"><div>${shownValue(row)}</div></td>
          <td data-label="Actions" class="tight actions"><button class="small" aria-label=${`Set ${row.name}`} onClick=${() => edit(row)}>Set</button></td></tr>`)}</tbody></table></div></div>`
      : html`<div class="panel"><${Empty} title="No variables">The code declares none.<//></div>`}
    ${edited && html`<${VariableDialog} variable=${edited} onClose=${() => { edit(undefined); reload(); }} onSave=${save} />`}`;
}

function VariableDialog({ variable, onClose, onSave }) {
  const secrets = useLoad(() => api.choices("/v1/secrets").then((list) => list.map((one) => one.name)), []);
  const field = fieldOf(variable);
  const set = variable.value !== null && variable.value !== undefined;
  const fields = [
    ...(variable.fresh ? [{ name: "name", label: "Name", required: true }] : []),
    { name: "from", label: "Where its value comes from", type: "select", value: variable.secret ? "secret" : set || variable.required || variable.fresh ? "value" : "default",
      options: [["value", "set here"], ["secret", "a secret of the organisation"], ["default", variable.required ? "not set" : "the code's default"]] },
    { ...field, name: "value", label: "Value", required: false, value: variable.sensitive ? undefined : variable.value ?? undefined, when: (values) => values.from === "value", type: variable.sensitive ? "password" : field.type === "text" && field.kind === "any" ? "area" : field.type,
      help: variable.sensitive && set ? "Empty: the value that it has." : field.kind === "any" ? "JSON, or a plain text." : field.help },
    { name: "secret", label: "Secret", type: "select", value: variable.secret || "", options: [["", "Choose"], ...(secrets.data || [])], when: (values) => values.from === "secret" },
    { name: "sensitive", label: "Sensitive: encrypt it and never show it", type: "check", value: variable.sensitive, when: (values) => values.from === "value" },
  ];
  const send = async (body) => {
    const name = variable.fresh ? body.name : variable.name;
    const value = valueOf(field, body.value) ?? (variable.sensitive && set ? "********" : field.kind === "string" && !variable.required ? "" : undefined);
    if (body.from === "value" && value === undefined) {
      throw wrong("value", "is required");
    }
    if (body.from === "secret" && !body.secret) {
      throw wrong("secret", "is required");
    }
    try {
      await onSave(name, body.from === "default" ? null : body.from === "secret" ? { name, secret: body.secret } : { name, value, sensitive: body.sensitive });
    } catch (failure) {
      failure.fields = Object.fromEntries(Object.entries(failure.fields || {}).map(([place, text]) => [place.startsWith("variables/") ? place.split("/").at(-1) : place, text]));
      throw failure;
    }
  };
  if (secrets.loading) return null;
  return html`<${Dialog} title=${variable.fresh ? "Add a variable" : `Set ${variable.name}`} onClose=${onClose}>
    ${variable.validations?.length > 0 && html`<p class="sub">${variable.validations.map((one) => one.error_message).join(" ")}</p>`}
    <${Form} fields=${fields} submit="Save" onSubmit=${send} onCancel=${onClose} />
  <//>`;
}

// Settings

function ProjectSettings({ project: now, reload }) {
  // What was read when editing began: what somebody else changes meanwhile must not look as if it had been seen.
  const [project, setProject] = useState(now);
  const path = `/v1/projects/${project.id}`;
  const [files, setFiles] = useState(() => Object.entries(project.files).map(([name, content]) => ({ name, content })));
  const runners = useLoad(() => api.choices("/v1/runners").then((list) => list.map((one) => one.name)), []);
  if (runners.loading) return html`<${Loading} />`;
  const fields = [
    { name: "name", label: "Name", required: true },
    { name: "description", label: "What it is for", keepEmpty: true },
    ...(files.length ? [] : [
      { name: "url", label: "Git url", keepEmpty: true },
      { name: "branch", label: "Branch, tag or commit", keepEmpty: true, help: "Empty: the default branch." },
      { name: "path", label: "Folder", keepEmpty: true },
    ]),
    { name: "runner", label: "Runner", type: "select", options: [...new Set([project.runner || "local", ...(runners.data || [])])], value: project.runner || "local", help: "Where Terraform runs." },
    { name: "auto_apply", label: "Apply what is asked for without anybody's approval", type: "check", help: "Counts for apply, never for destroy." },
    { name: "drift_schedule", label: "Look for drift", keepEmpty: true, placeholder: "0 6 * * *", help: "A cron expression in UTC; empty: never by itself." },
    { name: "environment_variables", label: "Environment variables", type: "json", value: {}, help: "For Terraform and its providers. Secrets belong into the next field." },
    { name: "secrets", label: "Secrets as environment variables", type: "json", value: [], help: '[{"name": "cloud.key", "to_env": "CLOUD_KEY"}]' },
  ];
  const save = async (body) => {
    // Not a patch: what was taken out of a list or an object has to go.
    setProject(await api.put(path, { ...body, ...(files.length ? { files: filesOf(files) } : {}) }, unchanged(project)));
    toast("Saved");
    reload();
  };
  return html`<div class="panel stack">
      ${files.length > 0 && html`<h2>Files</h2><${Files} files=${files} onChange=${setFiles} />`}
      <${Form} fields=${fields} initial=${project} onSubmit=${save} />
    </div>
    <div class="panel"><h2>Delete</h2>
      <p class="sub">The project goes with its runs and its state. While the state holds resources, destroy them first, or say that they are to be left where they are.</p>
      <${FormDialog} label="Delete the project" title=${`Delete ${project.name}?`} primary=${false} submit="Delete for good"
        intro="Runs, logs and all versions of the state go with it. This cannot be taken back."
        fields=${[
          { name: "name", label: `Its name, to be sure: ${project.name}`, required: true },
          { name: "force", label: "Leave the resources in its state where they are", type: "check" },
        ]}
        onSubmit=${async ({ name, force }) => {
          if (name !== project.name) {
            throw Object.assign(new Error(`The name is ${project.name}.`), { fields: { name: `is not ${project.name}` } });
          }
          await api.delete(path, { query: force ? { force: true } : {} });
          location.hash = "#/projects";
        }} />
    </div>`;
}
