// Knowledge: what agents and people look things up in.
import { api } from "../api.js";
import { Confirm, Dialog, Empty, Failure, Form, FormDialog, Head, List, Loading, Search, Status, Time, attempt, count, html, toast, useEffect, useLoad, useState } from "../ui.js";
import { AUDIENCE, audienceFields, useChoices } from "./audience.js";

const PAGE = 20;

const BY = [["both", "by words and meaning"], ["words", "by words"], ["meaning", "by meaning"]];

export function Knowledge() {
  const [query, setQuery] = useState("");
  const [by, setBy] = useState("both");
  const make = html`<a class="button primary" href="#/knowledge/new">New entry</a>`;
  return html`<${Head} title="Knowledge" sub="What your team knows. Agents look it up and say where it stands.">
      <a class="button" href="#/knowledge/folders">Folders</a><${Upload} />${make}
    <//>
    <form class="search" role="search" onSubmit=${(event) => event.preventDefault()}>
      <${Search} label="Search the knowledge" placeholder="Ask in your own words, or search for words" wait=${250} onChange=${setQuery} />
      <select aria-label="How to search" value=${by} onChange=${(event) => setBy(event.currentTarget.value)}>${BY.map(([key, label]) => html`<option value=${key}>${label}</option>`)}</select>
    </form>
    ${query
      ? html`<${Found} key=${`${by} ${query}`} query=${query} by=${by} />`
      : html`<${List} path="/v1/knowledge" query=${{ sort: "updated_at", order: "desc" }} link=${(row) => `#/knowledge/${row.id}`}
          columns=${[
            ["title", "Title", (row) => row.title],
            ["description", "About", (row) => html`<span class="sub">${row.description}</span>`],
            ["tags", "Labels", (row) => html`<${Labels} of=${row.labels} />`],
            ["visibility", "For", (row) => (row.groups.length ? "groups" : { private: "its owner", organization: "everybody", public: "everybody" }[row.visibility])],
            ["updated_at", "Changed", (row) => html`<${Time} at=${row.updated_at} />`],
          ]}
          empty=${html`<${Empty} title="No knowledge yet" action=${make}>Run books, decisions, who to call: whatever a colleague would have to ask for. Write an entry, send a file, or keep a <a href="#/knowledge/folders">folder of a git repository</a>.<//>`} />`}`;
}

export const Labels = ({ of }) => html`<span class="tags">${(of || []).map((one) => html`<span class="tag">${one}</span>`)}</span>`;

function Found({ query, by }) {
  const [rows, setRows] = useState([]);
  const [offset, setOffset] = useState(0);
  const { data, error, loading } = useLoad((signal) => api.get("/v1/knowledge/search", { query, by, limit: PAGE, offset }, { signal }), [query, by, offset]);
  useEffect(() => {
    if (data) setRows((before) => [...before.slice(0, data.pagination.offset), ...data.data]);
  }, [data]);
  if (error) return html`<${Failure} error=${error} />`;
  if (!data && !rows.length) return html`<${Loading} />`;
  const total = data?.pagination.total ?? rows.length;
  if (!total) return html`<div class="panel"><${Empty} title="Nothing was found">Try other words${by === "both" ? "" : ", or search by words and meaning"}.<//></div>`;
  return html`<p class="sub" role="status">${count(total, "entry", "entries")} found</p>
    <ul class="found">${rows.map((one) => html`<li class="panel" key=${one.id}>
      <div class="row"><h2 class="grow"><a href=${`#/knowledge/${one.id}`}>${one.title}</a></h2><${Score} value=${one.relevance_score} /></div>
      ${one.passage?.heading && one.passage.heading !== one.title && html`<div class="sub">${one.passage.heading}</div>`}
      <p class="passage"><${Passage} of=${one.passage} /></p>
      <div class="row sub"><${Labels} of=${one.labels} /> <${Time} at=${one.updated_at} /></div></li>`)}</ul>
    ${rows.length < total && html`<p><button disabled=${loading} onClick=${() => setOffset(rows.length)}>Show more</button></p>`}`;
}

function Score({ value }) {
  const percent = Math.round((value ?? 0) * 100);
  return html`<span class="score" title=${`How well it fits: ${percent} %`}><meter min="0" max="100" value=${percent} aria-label="How well it fits"></meter> ${percent} %</span>`;
}

/** The passage with its marks, made of texts: nothing of it is ever taken for markup. */
function Passage({ of: passage }) {
  if (!passage) return null;
  const parts = [];
  // A heading that it begins with stands above it already.
  let at = /^#{1,6} .*\s*/.exec(passage.text)?.[0].length ?? 0;
  if (at === passage.text.length) at = 0;
  for (const { start, end } of passage.highlights) {
    if (start < at) continue;
    parts.push(passage.text.slice(at, start), html`<mark>${passage.text.slice(start, end)}</mark>`);
    at = end;
  }
  return html`${parts}${passage.text.slice(at)}`;
}

const ACCEPTED = ".md,.markdown,.txt,.html,.htm,.pdf,.docx";

export function Upload({ entry, onDone }) {
  const send = async ({ file, ...more }) => {
    if (!file) {
      throw Object.assign(new Error("Choose a file."), { fields: { file: "is required" } });
    }
    const form = new FormData();
    Object.entries(more).forEach(([name, value]) => (Array.isArray(value) ? value.length && form.append(name, value.join(",")) : form.append(name, value)));
    form.append("file", file, file.name);
    const made = await (entry ? api.put(`/v1/knowledge/${entry}/file`, form) : api.post("/v1/knowledge/files", form));
    toast(entry ? `Version ${made.version}` : `${made.title} was added`);
    onDone ? onDone(made) : (location.hash = `#/knowledge/${made.id}`);
  };
  const file = { name: "file", label: "File", type: "file", required: true, accept: ACCEPTED, help: "Markdown, text, HTML, PDF or DOCX, up to 20 MiB." };
  return entry
    ? html`<${FormDialog} label="Replace by a file" title="Replace the content by a file" primary=${false} submit="Replace" fields=${[file]} onSubmit=${send} />`
    : html`<${FormDialog} label="Upload" title="An entry of a file" primary=${false} submit="Upload" onSubmit=${send} fields=${[
        file,
        { name: "title", label: "Title", help: "Empty: the name of the file." },
        { name: "labels", label: "Labels", type: "list", help: "Separated by commas." },
        AUDIENCE,
      ]} />`;
}

// Folders of git sources

export function Folders() {
  const [version, bump] = useState(0);
  const [adding, setAdding] = useState(false);
  const changed = () => bump((n) => n + 1);
  const add = html`<button class="primary" onClick=${() => setAdding(true)}>Keep a folder</button>`;
  const sources = useLoad(() => api.choices("/v1/sources"), []);
  const nameOf = (id) => (sources.data || []).find((one) => one.id === id)?.name || id;
  return html`<${Head} title="Folders" sub="Folders of Markdown in git, kept as knowledge. They follow their source: changed files change entries, and what is gone goes." crumb=${["Knowledge", "#/knowledge"]}>${add}<//>
    ${adding && html`<${NewFolder} sources=${(sources.data || []).filter((one) => one.url)} onClose=${() => setAdding(false)} onDone=${() => { setAdding(false); changed(); }} />`}
    <${List} path="/v1/knowledge/folders" version=${version} every=${10000}
      columns=${[
        ["path", "Folder", (row) => html`<strong class="mono">${row.path || "/"}</strong><div class="sub">of <a href=${`#/sources/${row.source_id}`}>${nameOf(row.source_id)}</a></div>`],
        ["status", "Status", (row) => html`<div><${Status} of=${row.status} />${row.errors.length > 0 && html`<details class="errors"><summary>${count(row.errors.length, "file")} not read</summary>${row.errors.map((one) => html`<div><code>${one.file}</code> ${one.error}</div>`)}</details>`}</div>`],
        ["entries", "Entries", (row) => html`<div>${row.entries}<div class="sub">${lastSync(row.last_sync)}</div></div>`],
        ["labels", "Labels", (row) => html`<${Labels} of=${row.labels} />`],
        ["synced_at", "Synced", (row) => html`<div><${Time} at=${row.synced_at} />${row.commit && html`<div class="sub mono">${row.commit.slice(0, 10)}</div>`}</div>`],
        ["actions", "Actions", (row, reload) => html`<span class="row"><${Sync} folder=${row} onDone=${reload} />
          <${Confirm} small label="Remove" title=${`Keep ${row.path || "this folder"} no longer?`} text=${`Its ${count(row.entries, "entry", "entries")} and all their versions are removed. The files in git stay.`} action=${() => api.delete(`/v1/knowledge/folders/${row.id}`)} onDone=${reload} /></span>`, "tight actions"],
      ]}
      empty=${html`<${Empty} title="No folders yet" action=${add}>A hand book or run books that your team keeps in git become entries, with a version for each change.<//>`} />`;
}

function lastSync(sync) {
  return ["added", "changed", "removed"].filter((one) => sync?.[one]).map((one) => `${sync[one]} ${one}`).join(", ");
}

function Sync({ folder, onDone }) {
  const [busy, set] = useState(false);
  const go = async () => {
    set(true);
    const now = await attempt(() => api.post(`/v1/knowledge/folders/${folder.id}/sync`));
    set(false);
    if (now) {
      toast(lastSync(now.last_sync) || "Nothing changed", now.status === "failed" ? "bad" : "good");
    }
    onDone();
  };
  return html`<button class="small" disabled=${busy || folder.status === "syncing"} onClick=${go}>${busy ? "Syncing…" : "Sync"}</button>`;
}

function NewFolder({ sources, onClose, onDone }) {
  const choices = useChoices();
  return html`<${Dialog} title="Keep a folder as knowledge" onClose=${onClose}>
    ${!choices.data
      ? html`<${Loading} />`
      : !sources.length
        ? html`<p>There is no git source yet. <a href="#/sources">Add one</a> with the repository first.</p><div class="actions"><button onClick=${onClose}>Close</button></div>`
        : html`<${Form} submit="Keep" onCancel=${onClose} onSubmit=${async (body) => { await api.post("/v1/knowledge/folders", body); toast("The folder was read"); onDone(); }}
            fields=${[
              { name: "source", label: "Source", type: "select", required: true, options: sources.map((one) => [one.id, one.name]), value: sources[0].id },
              { name: "path", label: "Folder", placeholder: "docs", help: "Within the source; empty: all of it." },
              { name: "labels", label: "Labels", type: "list", help: "Separated by commas." },
              ...audienceFields(choices.data),
            ]} />`}
  <//>`;
}
