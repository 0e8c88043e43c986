// Knowledge: what agents and people look things up in.
import { api } from "../api.js";
import { Confirm, Empty, Failure, Form, Head, List, Loading, Markdown, Tabs, Time, attempt, html, toast, useGet, useLoad, useState } from "../ui.js";

const FIELDS = [
  { name: "title", label: "Title", required: true },
  { name: "description", label: "What it is about" },
  { name: "tags", label: "Tags", type: "list" },
  { name: "visibility", label: "Who may read it", type: "select", options: [["organization", "Everybody in the organisation"], ["private", "Only its owner"], ["public", "Everybody"]], value: "organization" },
];

function Editor({ initial, submit, onSubmit }) {
  const [text, setText] = useState(initial?.content || "");
  const [tab, set] = useState("write");
  return html`<div class="two">
    <div class="panel">
      <${Tabs} tabs=${[["write", "Write"], ["preview", "Preview"]]} value=${tab} onChange=${set} />
      ${tab === "write"
        ? html`<textarea class="code" rows="22" aria-label="Content" value=${text} onInput=${(event) => setText(event.currentTarget.value)}></textarea>`
        : html`<${Markdown} text=${text} />`}
    </div>
    <div class="panel"><${Form} fields=${FIELDS} initial=${initial} submit=${submit} onSubmit=${(body) => onSubmit({ ...body, content: text })} /></div>
  </div>`;
}

export function Knowledge() {
  const [q, setQ] = useState("");
  const found = useLoad((signal) => (q.trim() ? api.get("/v1/knowledge/search", { q, limit: 20 }, { signal }) : Promise.resolve(null)), [q]);
  const make = html`<a class="button primary" href="#/knowledge/new">New entry</a>`;
  return html`<${Head} title="Knowledge" sub="What your team knows. Agents look it up and say where it stands.">
      <input type="search" aria-label="Search the knowledge" placeholder="Search" value=${q} onInput=${(event) => setQ(event.currentTarget.value)} />${make}
    <//>
    ${found.error && html`<${Failure} error=${found.error} />`}
    ${q.trim() && found.data
      ? html`<div class="stack">${found.data.data.map((one) => html`<a class="card" href="#/knowledge/${one.id}">
          <h3>${one.title}</h3><div class="sub">${one.passage?.heading}</div>
          <div dangerouslySetInnerHTML=${{ __html: marked(one.passage) }}></div>
          <div class="sub">relevance ${(one.relevance_score ?? 0).toFixed(2)}</div></a>`)}
          ${!found.data.data.length && html`<div class="panel"><${Empty} title="Nothing was found">Try other words.<//></div>`}</div>`
      : html`<${List} path="/v1/knowledge" link=${(row) => `#/knowledge/${row.id}`}
          columns=${[
            ["title", "Title", (row) => row.title],
            ["description", "About", (row) => html`<span class="sub">${row.description}</span>`],
            ["tags", "Tags", (row) => (row.tags || []).map((one) => html`<span class="tag">${one}</span> `)],
            ["visibility", "For", (row) => row.visibility],
            ["updated_at", "Changed", (row) => html`<${Time} at=${row.updated_at} />`],
          ]}
          empty=${html`<${Empty} title="No knowledge yet" action=${make}>Run books, decisions, who to call: whatever a colleague would have to ask for.<//>`} />`}`;
}

/** The server marks the words in escaped text; only its marks are kept. */
function marked(passage) {
  const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const parts = (passage?.html || "").split(/(<mark>|<\/mark>)/);
  const plain = document.createElement("textarea");
  return parts.map((part) => (part === "<mark>" || part === "</mark>" ? part : ((plain.innerHTML = part), escape(plain.value)))).join("");
}

export function NewEntry() {
  return html`<${Head} title="New entry" crumb=${["Knowledge", "#/knowledge"]} />
    <${Editor} submit="Create" onSubmit=${async (body) => { location.hash = `#/knowledge/${(await api.post("/v1/knowledge", body)).id}`; }} />`;
}

export function Entry({ id }) {
  const { data, error, reload } = useGet(`/v1/knowledge/${id}`);
  const [tab, set] = useState("read");
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  return html`<${Head} title=${data.title} sub=${data.description} crumb=${["Knowledge", "#/knowledge"]}>
      <${Confirm} label="Delete" title="Delete this entry?" text="Its versions go with it." action=${() => api.delete(`/v1/knowledge/${id}`)} onDone=${() => (location.hash = "#/knowledge")} />
    <//>
    <${Tabs} tabs=${[["read", "Read"], ["edit", "Edit"], ["history", "History"]]} value=${tab} onChange=${set} />
    ${tab === "read" && html`<div class="panel"><${Markdown} text=${data.content} /></div>`}
    ${tab === "edit" && html`<${Editor} initial=${data} submit="Save" onSubmit=${async (body) => { await api.patch(`/v1/knowledge/${id}`, body); toast("Saved"); reload(); set("read"); }} />`}
    ${tab === "history" && html`<${History} id=${id} onRestored=${() => { reload(); set("read"); }} />`}`;
}

function History({ id, onRestored }) {
  const [version, set] = useState();
  const diff = useGet(version ? `/v1/knowledge/${id}/versions/${version}/diff` : null);
  return html`<${List} path=${`/v1/knowledge/${id}/versions`} rowKey="version"
      columns=${[
        ["version", "Version", (row) => html`<button class="plain" onClick=${() => set(row.version)}>${row.version}</button>`],
        ["created_by", "By", (row) => row.created_by],
        ["created_at", "When", (row) => html`<${Time} at=${row.created_at} />`],
        ["actions", "Actions", (row) => html`<button class="small" onClick=${() => attempt(() => api.post(`/v1/knowledge/${id}/versions/${row.version}/restore`), "Restored").then((ok) => ok && onRestored())}>Restore</button>`, "tight actions"],
      ]} />
    ${diff.data && html`<div class="panel"><h2>What version ${version} changed</h2><pre class="diff">${(diff.data.diff || "The content is the same.").split("\n").map((line) => html`<span class=${line.startsWith("+") ? "add" : line.startsWith("-") ? "del" : ""}>${line}${"\n"}</span>`)}</pre></div>`}`;
}
