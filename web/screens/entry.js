// One entry of the knowledge: reading, writing, what it said before, whom it is for.
import { api, unchanged } from "../api.js";
import { Confirm, Failure, Form, Head, List, Loading, Markdown, Tabs, Time, html, size, toast, useEffect, useGet, useState } from "../ui.js";
import { audienceFields, useChoices } from "./audience.js";
import { Labels, Upload } from "./knowledge.js";

const FIELDS = [
  { name: "title", label: "Title", required: true },
  { name: "description", label: "What it is about", keepEmpty: true },
  { name: "tags", label: "Labels", type: "list", help: "Separated by commas." },
];

function Editor({ initial, submit, onSubmit }) {
  const [text, setText] = useState(initial?.content || "");
  const [tab, set] = useState("write");
  const dirty = text !== (initial?.content || "");
  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [dirty]);
  return html`<div class="editor">
    <div class="panel">
      <${Tabs} tabs=${[["write", "Write"], ["preview", "Preview"]]} value=${tab} onChange=${set} />
      ${tab === "write"
        ? html`<textarea class="code" rows="24" aria-label="Content, in Markdown" placeholder=${"# Title\n\nMarkdown"} value=${text} onInput=${(event) => setText(event.currentTarget.value)}></textarea>`
        : text.trim() ? html`<${Markdown} text=${text} />` : html`<p class="sub">There is nothing to show yet.</p>`}
    </div>
    <div class="panel"><${Form} fields=${FIELDS} initial=${initial} submit=${submit} onSubmit=${(body) => {
      if (!text.trim()) {
        throw Object.assign(new Error("It has no content yet. Write something on the left."), { fields: {} });
      }
      return onSubmit({ ...body, content: text });
    }} /></div>
  </div>`;
}

export function NewEntry() {
  return html`<${Head} title="New entry" sub="Agents are told of it as soon as it is there." crumb=${["Knowledge", "#/knowledge"]} />
    <${Editor} submit="Create" onSubmit=${async (body) => {
      location.hash = `#/knowledge/${(await api.post("/v1/knowledge", body)).id}`;
    }} />`;
}

const TABS = [["read", "Read"], ["edit", "Edit"], ["history", "History"], ["audience", "Audience"]];

export function Entry({ id, tab = "read" }) {
  const { data, error, reload } = useGet(`/v1/knowledge/${id}`);
  const [round, bump] = useState(0);
  if (error) return html`<${Failure} error=${error} again=${reload} />`;
  if (!data) return html`<${Loading} />`;
  const show = (one) => (location.hash = `#/knowledge/${id}${one === "read" ? "" : `/${one}`}`);
  const changed = () => {
    reload();
    bump((n) => n + 1);
    show("read");
  };
  return html`<${Head} title=${data.title} sub=${data.description} crumb=${["Knowledge", "#/knowledge"]}>
      <${Upload} entry=${id} onDone=${changed} />
      <${Confirm} label="Delete" title=${`Delete ${data.title}?`} text="All its versions go with it. Conversations that cited it keep what was said." action=${() => api.delete(`/v1/knowledge/${id}`)} onDone=${() => (location.hash = "#/knowledge")} />
    <//>
    <${Tabs} tabs=${TABS} value=${tab} onChange=${show} />
    ${tab === "read" && html`<div class="reading"><article class="panel"><${Markdown} text=${data.content} /></article><${About} entry=${data} /></div>`}
    ${tab === "edit" && html`<${Editor} key=${data.tag} initial=${data} submit="Save" onSubmit=${async (body) => {
      await api.patch(`/v1/knowledge/${id}`, body, unchanged(data));
      toast("Saved");
      changed();
    }} />`}
    ${tab === "history" && html`<${History} id=${id} current=${data.version} round=${round} onRestored=${changed} />`}
    ${tab === "audience" && html`<${Audience} entry=${data} onSaved=${() => { toast("Saved"); reload(); }} />`}`;
}

function About({ entry }) {
  const readers = entry.visibility === "private" ? "its owner alone" : entry.groups.length ? `members of ${entry.groups.length} groups` : "everybody here";
  const agents = entry.supported_agents.length || entry.supported_agents_groups.length ? "some agents" : "all agents";
  return html`<aside class="panel"><dl class="facts narrow">
    <dt>Version</dt><dd>${entry.version}</dd>
    <dt>Changed</dt><dd><${Time} at=${entry.updated_at} /><div class="sub">${entry.updated_by}</div></dd>
    <dt>Labels</dt><dd>${entry.labels.length ? html`<${Labels} of=${entry.labels} />` : html`<span class="sub">none</span>`}</dd>
    <dt>For</dt><dd>${readers}, ${agents}</dd>
    <dt>From</dt><dd>${entry.source}</dd>
    <dt>Size</dt><dd>${size(entry.metadata?.size_bytes ?? 0)}</dd>
  </dl></aside>`;
}

function History({ id, current, round, onRestored }) {
  const [version, set] = useState(current > 1 ? current : undefined);
  return html`<div class="history"><div>
    <${List} path=${`/v1/knowledge/${id}/versions`} query=${{ order: "desc" }} version=${round} rowKey="version"
      columns=${[
        ["version", "Version", (row) => html`<strong>${row.version}</strong> ${row.version === current && html`<span class="tag good">current</span>`}${row.restored_from ? html` <span class="sub">as version ${row.restored_from}</span>` : ""}`],
        ["created_by", "By", (row) => row.created_by],
        ["created_at", "When", (row) => html`<${Time} at=${row.created_at} />`],
        ["size_bytes", "Size", (row) => size(row.size_bytes)],
        ["actions", "Actions", (row) => html`<span class="row"><button class="small" aria-pressed=${version === row.version} aria-label=${`What version ${row.version} changed`} onClick=${() => set(row.version)}>Changes</button>
          ${row.version !== current && html`<${Confirm} small danger=${false} label="Restore" title=${`Restore version ${row.version}?`} text="A new version is made that says what this one said. Whom it is for stays as it is." action=${() => api.post(`/v1/knowledge/${id}/versions/${row.version}/restore`)} onDone=${onRestored} />`}</span>`, "tight actions"],
      ]} />
    </div>${version && html`<${Diff} key=${version} id=${id} version=${version} />`}</div>`;
}

function Diff({ id, version }) {
  const [from, setFrom] = useState(version - 1);
  const { data, error } = useGet(`/v1/knowledge/${id}/versions/${version}/diff`, { from });
  return html`<div class="panel"><header><h2>What version ${version} changed</h2>
      ${version > 1 && html`<label class="row sub">since version <select class="short" value=${from} onChange=${(event) => setFrom(Number(event.currentTarget.value))}>${Array.from({ length: Math.min(version, 100) }, (_, i) => version - 1 - i).filter((one) => one > 0).map((one) => html`<option value=${one}>${one}</option>`)}</select></label>`}</header>
    ${error && html`<${Failure} error=${error} />`}
    ${data && html`
      ${data.changes.map((one) => html`<p><strong>${one.field}</strong> <del>${words(one.before)}</del> → <ins>${words(one.after)}</ins></p>`)}
      ${data.diff
        ? html`<div class="diff" tabindex="0" role="region" aria-label="Changes of the content">${data.diff.trimEnd().split("\n").filter((line) => !/^(---|\+\+\+) version/.test(line)).map((line) => html`<div class=${line.startsWith("+") ? "add" : line.startsWith("-") ? "del" : line.startsWith("@@") ? "at" : "same"}>${line || " "}</div>`)}</div>`
        : html`<p class="sub">The content is the same.</p>`}`}
  </div>`;
}

const words = (value) => (Array.isArray(value) ? value.join(", ") || "none" : value === null || value === "" ? "none" : typeof value === "object" ? JSON.stringify(value) : String(value));

function Audience({ entry, onSaved }) {
  const { data } = useChoices();
  if (!data) return html`<${Loading} />`;
  return html`<div class="panel"><p class="sub">A change of this makes no new version. Administrators read everything; an agent is told nothing that the one who asks could not read.</p>
    <${Form} key=${entry.tag} fields=${audienceFields(data)} initial=${entry} onSubmit=${async (body) => {
      await api.patch(`/v1/knowledge/${entry.id}`, body, unchanged(entry));
      onSaved();
    }} /></div>`;
}
