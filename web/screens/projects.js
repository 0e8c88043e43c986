// Terraform projects: which there are, and making one.
import { api } from "../api.js";
import { Empty, Failure, Form, Head, List, Loading, Status, Tabs, Time, count, html, useLoad, useState } from "../ui.js";

const STATUSES = ["pending", "running", "active", "failed", "destroyed"];

export function Projects() {
  const [status, set] = useState("");
  const make = html`<a class="button primary" href="#/projects/new">New project</a>`;
  return html`<${Head} title="Projects" sub="Terraform that is planned, approved and applied here, with its state kept safely.">
      <select aria-label="Status" value=${status} onChange=${(event) => set(event.currentTarget.value)}>
        <option value="">Any status</option>
        ${STATUSES.map((one) => html`<option>${one}</option>`)}
      </select>${make}
    <//>
    <${List} path="/v1/projects" query=${{ status }} every=${15000} link=${(row) => `#/projects/${row.id}`}
      columns=${[
        ["name", "Name", (row) => row.name],
        ["status", "Status", (row) => html`<${Status} of=${row.status} />`],
        ["last", "Last run", (row) => html`<${LastRun} project=${row} />`],
        ["code", "Code", (row) => html`<span class="sub mono">${codeOf(row)}</span>`],
        ["updated_at", "Changed", (row) => html`<${Time} at=${row.updated_at} />`],
      ]}
      empty=${status
        ? html`<${Empty} title=${`No project is ${status}`}>Choose another status.<//>`
        : html`<${Empty} title="No projects yet" action=${make}>A project is Terraform code in a git repository, or a few files that you send along.<//>`} />`;
}

export function codeOf(project) {
  if (project.url) {
    return `${project.url.replace(/^https?:\/\//, "")}${project.path ? ` · ${project.path}` : ""}`;
  }
  const files = Object.keys(project.files || {});
  return files.length ? files.join(", ") : "elsewhere; only the state is here";
}

function LastRun({ project }) {
  const run = project.last_execution;
  if (!run) return html`<span class="sub">none</span>`;
  return html`<span class="row line"><a href=${`#/projects/${project.id}/runs/${run.id}`}>${kindOf(run)}</a> <${Status} of=${run.status} /> <${Counts} counts=${run.counts} /></span>`;
}

export const WAITS = ["planned", "awaiting_approval"];

/** Whether somebody's word on its plan is what it waits for. */
export const waits = (run) => WAITS.includes(run.status) && !run.speculative;

export const approverOf = (run) => (run.approved_by === "auto_apply" ? "nobody had to" : run.approved_by);

/** A variable that has to have a value and has none. */
export const unset = (one) => one.required && (one.value === null || one.value === undefined) && !one.secret;

export function kindOf(run) {
  return run.mode === "refresh_only" ? "drift check" : run.kind === "plan" && run.mode === "destroy" ? "plan to destroy" : run.kind;
}

/** How many are added, changed and destroyed, in colour and in signs. */
export function Counts({ counts }) {
  const parts = [["add", "+", "added"], ["change", "~", "changed"], ["destroy", "−", "destroyed"]].filter(([name]) => counts?.[name]);
  return html`<span class="counts">${parts.map(([name, sign, word]) => html`<span class=${`n-${name}`} title=${`${counts[name]} ${word}`}>${sign}${counts[name]}</span>`)}</span>`;
}

const ABOUT = [
  { name: "name", label: "Name", required: true, placeholder: "network" },
  { name: "description", label: "What it is for" },
];
const APPLIES = { name: "auto_apply", label: "Apply what is asked for without anybody's approval", type: "check", help: "Counts for apply, never for destroy." };

/** Straight to what is missing: variables that have no value, or the project. */
function open(project) {
  const missing = (project.variables || []).some(unset);
  location.hash = `#/projects/${project.id}${missing ? "/variables" : ""}`;
}

export function NewProject() {
  const [kind, set] = useState("git");
  return html`<${Head} title="New project" crumb=${["Projects", "#/projects"]} />
    <${Tabs} tabs=${[["git", "From git"], ["template", "From a template"], ["files", "Files"], ["state", "State only"]]} value=${kind} onChange=${set} />
    ${kind === "git" && html`<${FromGit} />`}
    ${kind === "template" && html`<${FromTemplate} />`}
    ${kind === "files" && html`<${FromFiles} />`}
    ${kind === "state" && html`<div class="panel">
      <p class="sub">For Terraform that runs elsewhere, on a laptop or in CI: the project keeps its state, with versions and a lock. <a href="/docs/state">How to set it up</a></p>
      <${Form} fields=${ABOUT} submit="Create" onSubmit=${async (body) => open(await api.post("/v1/projects", body))} /></div>`}`;
}

function FromGit() {
  return html`<div class="panel">
    <p class="sub">The repository is read now: its variables, resources and outputs. That may take a few seconds.</p>
    <${Form} submit="Create" onSubmit=${async (body) => open(await api.post("/v1/projects", body))}
      fields=${[
        ...ABOUT,
        { name: "url", label: "Git url", required: true, placeholder: "https://github.com/org/infrastructure" },
        { name: "branch", label: "Branch, tag or commit", help: "Empty: the default branch." },
        { name: "path", label: "Folder", help: "Where the code is within the repository; empty: its root." },
        APPLIES,
      ]} /></div>`;
}

const EXAMPLE = `variable "greeting" {
  type    = string
  default = "hello"
}

resource "terraform_data" "example" {
  input = var.greeting
}

output "example" {
  value = terraform_data.example.output
}
`;

/** Editing of a few files, each with a name. */
export function Files({ files, onChange }) {
  const put = (at, more) => onChange(files.map((one, i) => (i === at ? { ...one, ...more } : one)));
  return html`<div class="stack">
    ${files.map((file, i) => html`<div class="file">
      <div class="row"><input aria-label="File name" class="mono grow" value=${file.name} placeholder="main.tf" onInput=${(event) => put(i, { name: event.currentTarget.value })} />
        <button type="button" class="small danger" disabled=${files.length === 1} onClick=${() => onChange(files.filter((_, at) => at !== i))}>Remove</button></div>
      <textarea class="code" aria-label=${`Content of ${file.name || "the file"}`} rows="12" spellcheck="false" value=${file.content} onInput=${(event) => put(i, { content: event.currentTarget.value })}></textarea>
    </div>`)}
    <div><button type="button" class="small" onClick=${() => onChange([...files, { name: "", content: "" }])}>Add a file</button></div>
  </div>`;
}

export const filesOf = (list) => Object.fromEntries(list.filter((one) => one.name.trim()).map((one) => [one.name.trim(), one.content]));

function FromFiles() {
  const [files, set] = useState([{ name: "main.tf", content: EXAMPLE }]);
  return html`<div class="panel stack">
    <${Files} files=${files} onChange=${set} />
    <${Form} fields=${[...ABOUT, APPLIES]} submit="Create" onSubmit=${async (body) => open(await api.post("/v1/projects", { ...body, files: filesOf(files) }))} />
  </div>`;
}

function FromTemplate() {
  const [repository, setRepository] = useState("");
  const [picked, pick] = useState();
  const { data, error, loading } = useLoad((signal) => api.get("/api/v1/usecases", { repository }, { signal }), [repository]);
  if (picked) return html`<${TemplateForm} template=${picked} onBack=${() => pick(undefined)} />`;
  const all = data?.usecases || [];
  return html`<div class="panel">
      <p class="sub">A template is a folder with Terraform code in a repository, or the code of a project that is here already.</p>
      <${Form} submit="Look" fields=${[{ name: "repository", label: "Git url of a repository of templates", placeholder: "https://github.com/org/templates", help: "Empty: the projects of this organisation." }]}
        onSubmit=${async (body) => setRepository(body.repository || "")} />
    </div>
    ${error ? html`<${Failure} error=${error} />` : loading ? html`<${Loading} />` : !all.length
      ? html`<div class="panel"><${Empty} title="No templates">${repository ? "No folder of this repository has Terraform code." : "There are no projects yet. Name a repository above."}<//></div>`
      : html`<ul class="tiles">${all.map((one) => html`<li key=${one.id}><button type="button" class="card" onClick=${() => pick(one)}>
          <strong>${one.name}</strong>
          <span class="sub">${one.description || "No description"}</span>
          <span class="sub">${one.usecase_id ? "project" : "template"}${one.path ? ` · ${one.path}` : ""} · ${count(one.variables.length, "variable")}, ${count(one.resources.length, "resource")}</span>
        </button></li>`)}</ul>`}`;
}

/** A field for a variable, from its type in Terraform. */
export function fieldOf(variable) {
  const kind = /^(string|number|bool)$/.exec(variable.type || "string")?.[1] || (variable.type === "any" || !variable.type ? "any" : "json");
  const help = [variable.description, variable.default !== null && variable.default !== undefined && !variable.sensitive ? `Empty: ${JSON.stringify(variable.default)}.` : null].filter(Boolean).join(" ");
  const options = (variable.options || []).map(String);
  return {
    name: variable.name,
    label: variable.name,
    required: variable.required,
    help,
    type: options.length ? "select" : kind === "bool" ? "select" : kind === "number" ? "number" : kind === "json" ? "json" : variable.sensitive ? "password" : "text",
    options: options.length ? ["", ...options] : kind === "bool" ? ["", "true", "false"] : undefined,
    kind,
  };
}

/** The value of a variable's field as the API takes it. */
export function valueOf(field, text) {
  if (text === undefined || text === "") return undefined;
  if (field.kind === "bool") return text === "true" || text === true;
  if (field.kind === "number") return Number(text);
  if (field.kind === "any" && typeof text === "string") {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return text;
}

function TemplateForm({ template, onBack }) {
  const own = ["name", "description"];
  const fields = template.variables.map((one) => {
    const field = fieldOf({ ...one, type: { list: "list(any)", map: "map(any)" }[one.type] || one.type });
    return { ...field, variable: field.name, name: own.includes(field.name) ? `var ${field.name}` : field.name };
  });
  const create = async (body) => {
    const variables = fields.map((field) => ({ name: field.variable, value: valueOf(field, body[field.name]) })).filter((one) => one.value !== undefined);
    try {
      open(await api.post("/v1/projects", { name: body.name, description: body.description, template_id: template.id, variables }));
    } catch (problem) {
      // Errors name the variable's place in the list; people know its name.
      problem.fields = Object.fromEntries(Object.entries(problem.fields || {}).map(([place, text]) => {
        const at = /^variables\/(\d+)/.exec(place);
        return [at ? fields.find((field) => field.variable === variables[at[1]]?.name)?.name || place : place, text];
      }));
      throw problem;
    }
  };
  return html`<div class="panel">
    <p><button type="button" class="small" onClick=${onBack}>← Other templates</button></p>
    <h2>${template.name}</h2>
    ${template.description && html`<p class="sub">${template.description}</p>`}
    <${Form} submit="Create" fields=${[...ABOUT, ...fields]} onSubmit=${create} />
  </div>`;
}
