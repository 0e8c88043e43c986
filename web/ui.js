// What screens are made of.
import { h, render } from "preact";
import { useCallback, useEffect, useId, useRef, useState } from "preact/hooks";
import htm from "htm";
import { marked } from "marked";
import DOMPurify from "dompurify";
import { api } from "./api.js";

export const html = htm.bind(h);
export { render, useCallback, useEffect, useId, useRef, useState };

export const PAGE = 50;

/** Asks once, and again when what it depends on changes: {data, error, loading, reload}. */
export function useLoad(load, inputs = []) {
  const [state, set] = useState({ loading: true });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    set((before) => ({ ...before, loading: true }));
    load(stop.signal).then(
      (data) => !stop.signal.aborted && set({ data, loading: false }),
      (error) => !stop.signal.aborted && set((before) => ({ data: before.data, error, loading: false })),
    );
    return () => stop.abort();
  }, [...inputs, round]);
  return { ...state, reload: useCallback(() => setRound((n) => n + 1), []) };
}

/** Loads again every so many milliseconds, as long as somebody looks; nothing = never. */
export function useRepeat(every, reload) {
  useEffect(() => {
    if (!every) return undefined;
    const timer = setInterval(() => document.visibilityState === "visible" && reload(), every);
    return () => clearInterval(timer);
  }, [every]);
}

export const useGet = (path, query) =>
  useLoad((signal) => (path ? api.get(path, query, { signal }) : Promise.resolve(undefined)), [path, JSON.stringify(query)]);

// Toasts

let showToast = () => {};

export function toast(text, kind = "good") {
  showToast(text, kind);
}

export function Toasts() {
  const [list, set] = useState([]);
  showToast = (text, kind) => {
    const one = { text, kind, key: Math.random() };
    set((before) => [...before, one]);
    setTimeout(() => set((before) => before.filter((other) => other !== one)), kind === "bad" ? 9000 : 4500);
  };
  return html`<div class="toasts" role="status" aria-live="polite">
    ${list.map((one) => html`<div key=${one.key} class="note ${one.kind}">${one.text}</div>`)}
  </div>`;
}

/** Does something, and says when it failed. */
export async function attempt(work, done) {
  try {
    const result = await work();
    if (done) {
      toast(done);
    }
    return result;
  } catch (error) {
    toast(error.message, "bad");
    return undefined;
  }
}

/** A small button that says what it is doing as long as it does it. */
export function Act({ label, busy, act, done, then, danger = false }) {
  const [on, set] = useState(false);
  const go = async () => {
    set(true);
    const result = await attempt(act, done);
    set(false);
    if (result !== undefined) {
      then?.(result);
    }
  };
  return html`<button type="button" class="small ${danger ? "danger" : ""}" disabled=${on} onClick=${go}>${on ? busy || label : label}</button>`;
}

/** A field for a search. What it searches in hears of it when somebody pauses, and is not made anew with every letter. */
export function Search({ label, placeholder = "Search", wait = 200, onChange }) {
  const [text, set] = useState("");
  const told = useRef("");
  const tell = () => {
    if (told.current !== text.trim()) {
      told.current = text.trim();
      onChange(told.current);
    }
  };
  useEffect(() => {
    const timer = setTimeout(tell, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return html`<input type="search" aria-label=${label} placeholder=${placeholder} value=${text} onInput=${(event) => set(event.currentTarget.value)}
    onKeyDown=${(event) => event.key === "Enter" && tell()} />`;
}

// Texts

export function Time({ at }) {
  if (!at) {
    return html`<span class="sub">never</span>`;
  }
  const date = new Date(at);
  return html`<time datetime=${at} title=${date.toLocaleString()}>${ago(date)}</time>`;
}

/** A time after something else on the same line. */
export const When = ({ at }) => html`<span class="sub">· <${Time} at=${at} /></span>`;

function ago(date) {
  const seconds = (date - Date.now()) / 1000;
  const words = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
  for (const [unit, size] of [["day", 86400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) {
      return Math.abs(seconds) > 30 * 86400 ? date.toLocaleDateString() : words.format(Math.round(seconds / size), unit);
    }
  }
  return Math.abs(seconds) < 5 ? "just now" : words.format(Math.round(seconds), "second");
}

/** Milliseconds as people say them. */
export function lasted(ms) {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  return minutes < 60 ? `${minutes} min ${Math.round((ms % 60_000) / 1000)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Bytes as people say them. */
export function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

export const count = (n, one, many = `${one}s`) => `${n.toLocaleString()} ${n === 1 ? one : many}`;

const KINDS = {
  good: ["completed", "active", "healthy", "applied", "approved", "no_changes", "delivered", "succeeded", "success", "done", "enabled", "enforce", "online", "clean", "available", "true"],
  bad: ["failed", "lost", "rejected", "offline", "unhealthy", "revoked", "disabled", "dead", "error", "timed_out", "drifted", "tainted"],
  warn: ["cancelled", "expired", "awaiting_approval", "planned", "waiting", "paused", "stale", "pending_approval", "draining", "skipped", "retrying", "warn", "deposed"],
  run: ["running", "queued", "leased", "syncing", "pending", "applying", "planning", "processing", "received", "sending"],
};

export function Status({ of }) {
  if (of === undefined || of === null || of === "") {
    return null;
  }
  const kind = Object.keys(KINDS).find((one) => KINDS[one].includes(String(of))) || "";
  return html`<span class="tag ${kind}">${String(of).replaceAll("_", " ")}</span>`;
}

// The screen has the one heading of the first level.
marked.use({
  walkTokens(token) {
    if (token.type === "heading") {
      token.depth = Math.min(6, token.depth + 1);
    }
  },
});

export function Markdown({ text }) {
  const clean = DOMPurify.sanitize(marked.parse(text || "", { async: false }), { FORBID_TAGS: ["style", "form", "input"], FORBID_ATTR: ["style"] });
  return html`<div class="markdown" dangerouslySetInnerHTML=${{ __html: clean }}></div>`;
}

export function Copy({ text, label = "Copy" }) {
  const [done, set] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      toast("This browser copies only over https or on this machine. Select the text and copy it by hand.", "bad");
      return;
    }
    set(true);
    setTimeout(() => set(false), 1500);
  };
  return html`<button type="button" class="small" onClick=${copy}>${done ? "Copied" : label}</button>`;
}

export const Busy = ({ label = "Working" }) => html`<span class="busy" role="img" aria-label=${label}></span>`;

/** Names and values on one line, as people write them. */
export function Given({ of }) {
  const entries = Object.entries(of || {}).filter(([, value]) => value !== null && value !== "" && !(typeof value === "object" && !Object.keys(value).length));
  const shown = (value) => (typeof value === "string" ? value : JSON.stringify(value));
  return html`<span class="given">${entries.map(([name, value]) => html`<span key=${name}><span class="sub">${name}</span> <code>${shown(value).slice(0, 300)}</code></span>`)}</span>`;
}

export const Json = ({ value }) => html`<pre>${JSON.stringify(value, null, 2)}</pre>`;

// Frames

export function Head({ title, sub, crumb, children }) {
  useEffect(() => {
    document.title = `${title} · Kubiya`;
  }, [title]);
  return html`<div class="head">
    <div class="grow">
      ${crumb && html`<div class="crumb"><a href=${crumb[1]}>← ${crumb[0]}</a></div>`}
      <h1>${title}</h1>
      ${sub && html`<p class="sub">${sub}</p>`}
    </div>
    <div class="row">${children}</div>
  </div>`;
}

export function Failure({ error, again }) {
  return html`<div class="note bad" role="alert">
    ${error.message}
    ${error.requestId && html` <span class="sub mono">(${error.requestId})</span>`}
    ${again && html` <button class="small" onClick=${again}>Try again</button>`}
  </div>`;
}

export const Loading = () =>
  html`<div class="panel" role="status" aria-busy="true" aria-label="Loading">
    ${[80, 60, 72, 45].map((width) => html`<div class="skeleton w${width}"></div>`)}
  </div>`;

export function Empty({ title, children, action }) {
  return html`<div class="empty"><h2>${title}</h2><p>${children}</p>${action}</div>`;
}

export function Tabs({ tabs, value, onChange }) {
  const list = useRef();
  useEffect(() => {
    // On a phone the tab that was chosen may be beside the screen.
    const chosen = list.current?.querySelector("[aria-selected=true]");
    if (chosen && list.current.scrollWidth > list.current.clientWidth) {
      list.current.scrollLeft = chosen.offsetLeft - list.current.offsetLeft - 40;
    }
  }, [value]);
  const move = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const at = tabs.findIndex(([name]) => name === value);
      const next = tabs[(at + step + tabs.length) % tabs.length][0];
      onChange(next);
      event.currentTarget.querySelector(`[data-tab="${next}"]`)?.focus();
    }
  };
  return html`<div class="tabs" role="tablist" ref=${list} onKeyDown=${move}>
    ${tabs.map(
      ([name, label]) => html`<button
        type="button" role="tab" data-tab=${name} aria-selected=${value === name} tabindex=${value === name ? 0 : -1}
        onClick=${() => onChange(name)}>${label}</button>`,
    )}
  </div>`;
}

/** A dialog that the keyboard can leave; children is a function of close. */
export function Dialog({ title, onClose, children }) {
  const dialog = useRef();
  const id = useId();
  useEffect(() => {
    dialog.current.showModal();
  }, []);
  return html`<dialog ref=${dialog} aria-labelledby=${id} onClose=${onClose} onCancel=${onClose}>
    <h2 id=${id}>${title}</h2>
    ${children}
  </dialog>`;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ label, title, text, action, danger = true, primary = false, small = false, onDone }) {
  const [open, set] = useState(false);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    const result = await attempt(action);
    setBusy(false);
    set(false);
    if (result !== undefined) {
      onDone?.(result);
    }
  };
  return html`<button type="button" class="${danger ? "danger" : primary ? "primary" : ""} ${small ? "small" : ""}" onClick=${() => set(true)}>${label}</button>
    ${open &&
    html`<${Dialog} title=${title} onClose=${() => set(false)}>
      <p>${text}</p>
      <div class="actions">
        <button type="button" onClick=${() => set(false)}>Cancel</button>
        <button type="button" class=${danger ? "danger" : "primary"} disabled=${busy} onClick=${go}>${busy ? html`<${Busy} />` : null} ${label}</button>
      </div>
    <//>`}`;
}

// Lists

/**
 * A list that the server pages. Columns: [name, label, render(row, reload), class].
 * @param path the API's list; its query may have filters
 * @param every milliseconds after which it is asked for again, as long as somebody looks
 */
export function List({ path, query = {}, columns, link, empty, rowKey = "id", version = 0, every, most = PAGE }) {
  const [offset, setOffset] = useState(0);
  useEffect(() => setOffset(0), [path, JSON.stringify(query)]);
  const { data, error, loading, reload } = useLoad(
    (signal) => api.get(path, { ...query, limit: most, offset }, { signal }),
    [path, JSON.stringify(query), offset, version],
  );
  useRepeat(every, reload);
  if (error) {
    return html`<${Failure} error=${error} again=${reload} />`;
  }
  if (!data) {
    return html`<${Loading} />`;
  }
  const { total, offset: from } = data.pagination;
  if (total === 0) {
    return html`<div class="panel">${empty || html`<${Empty} title="Nothing here">There is nothing to show.<//>`}</div>`;
  }
  const last = Math.min(from + most, total);
  return html`<div class="panel flush" aria-busy=${loading}>
    <div class="scroll">
      <table class="cards-on-phones">
        <thead><tr>${columns.map(([name, label, , kind]) => html`<th scope="col" key=${name} class=${kind || ""}>${label}</th>`)}</tr></thead>
        <tbody>
          ${data.data.map(
            (row) => html`<tr key=${row[rowKey]}>
              ${columns.map(([name, label, show, kind], i) => {
                const cell = show ? show(row, reload) : row[name];
                return html`<td class=${kind || ""} data-label=${label}><div class="cell">${i === 0 && link ? html`<a href=${link(row)}>${cell}</a>` : cell}</div></td>`;
              })}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${total > most &&
    html`<div class="pager">
      <span>${(from + 1).toLocaleString()}–${last.toLocaleString()} of ${total.toLocaleString()}</span>
      <span class="row">
        <button class="small" disabled=${offset === 0} onClick=${() => setOffset(Math.max(0, offset - most))}>Previous</button>
        <button class="small" disabled=${last >= total} onClick=${() => setOffset(offset + most)}>Next</button>
      </span>
    </div>`}
  </div>`;
}

// Forms

/**
 * A form from a list of fields: {name, label, type, help, required, options, suggest, value, placeholder, when}. Types: text, area, code,
 * number, check, select, list (comma separated), json, password, scopes (many of options), many (the same, options have labels),
 * file.
 */
export function Form({ fields, submit = "Save", onSubmit, onCancel, initial = {} }) {
  const [values, set] = useState(() =>
    Object.fromEntries(fields.map((field) => [field.name, shown(field, initial[field.name] ?? field.value)])),
  );
  const [error, setError] = useState();
  const [busy, setBusy] = useState(false);
  const change = (name, value) => set((before) => ({ ...before, [name]: value }));
  const send = async (event) => {
    event.preventDefault();
    setError(undefined);
    let body;
    try {
      body = Object.fromEntries(
        fields.filter((field) => !field.when || field.when(values)).map((field) => [field.name, sent(field, values[field.name])]).filter(([, value]) => value !== undefined),
      );
    } catch (problem) {
      setError(wrong(problem.field, problem.message));
      return;
    }
    setBusy(true);
    try {
      await onSubmit(body);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const known = fields.map((field) => field.name);
  const others = Object.entries(error?.fields || {}).filter(([name]) => !known.includes(name.split("/")[0]));
  return html`<form class="stack" onSubmit=${send} novalidate>
    ${error && html`<div class="note bad" role="alert">${others.length ? others.map(([name, text]) => html`<div>${name}: ${text}</div>`) : Object.keys(error.fields || {}).length ? "Something in the form is not right." : error.message}</div>`}
    ${fields
      .filter((field) => !field.when || field.when(values))
      .map((field) => html`<${Field} key=${field.name} field=${field} value=${values[field.name]} wrong=${wrongOf(error, field.name)} onChange=${(value) => change(field.name, value)} />`)}
    <div class="row">
      <button class="primary" disabled=${busy}>${busy ? html`<${Busy} />` : null} ${submit}</button>
      ${onCancel && html`<button type="button" onClick=${onCancel}>Cancel</button>`}
    </div>
  </form>`;
}

/** What a form says when one of its fields is not right. */
export const wrong = (field, text) => Object.assign(new Error(text), { fields: { [field]: text } });

function wrongOf(error, name) {
  const found = Object.entries(error?.fields || {}).find(([field]) => field === name || field.startsWith(`${name}/`));
  return found && (found[0] === name ? found[1] : `${found[0].slice(name.length + 1)}: ${found[1]}`);
}

function shown(field, value) {
  if (value === undefined || value === null) {
    return field.type === "check" ? false : field.type === "scopes" || field.type === "many" ? [] : "";
  }
  return field.type === "list" && Array.isArray(value) ? value.join(", ") : field.type === "json" ? JSON.stringify(value, null, 2) : value;
}

function sent(field, value) {
  switch (field.type) {
    case "check":
    case "scopes":
    case "many":
      return value;
    case "file":
      return value || undefined;
    case "number":
      if (value === "") return undefined;
      if (!Number.isFinite(Number(value))) throw Object.assign(new Error("must be a number"), { field: field.name });
      return Number(value);
    case "list":
      return String(value).split(",").map((one) => one.trim()).filter(Boolean);
    case "json":
      if (String(value).trim() === "") return undefined;
      try {
        return JSON.parse(value);
      } catch (problem) {
        throw Object.assign(new Error(`is not JSON: ${problem.message}`), { field: field.name });
      }
    default:
      return value === "" && !field.keepEmpty ? undefined : value;
  }
}

export function Field({ field, value, wrong, onChange }) {
  const id = useId();
  const common = {
    id,
    name: field.name,
    required: field.required,
    "aria-invalid": wrong ? "true" : undefined,
    "aria-describedby": `${id}-help`,
    placeholder: field.placeholder,
    autocomplete: field.type === "password" ? "new-password" : "off",
    onInput: (event) => onChange(event.currentTarget.value),
  };
  const note = html`<span id="${id}-help">${wrong ? html`<span class="wrong">${wrong}</span>` : field.help && html`<span class="help">${field.help}</span>`}</span>`;
  if (field.type === "check") {
    return html`<div class="field"><label class="check"><input type="checkbox" id=${id} checked=${!!value} onChange=${(event) => onChange(event.currentTarget.checked)} aria-describedby="${id}-help" /> <span>${field.label}</span></label>${note}</div>`;
  }
  if (field.type === "many") {
    return html`<${Many} field=${field} value=${value} note=${note} onChange=${onChange} />`;
  }
  if (field.type === "file") {
    return html`<div class="field"><label class="name" for=${id}>${field.label}${field.required ? html` <span aria-hidden="true">*</span>` : null}</label>
      <input type="file" id=${id} name=${field.name} accept=${field.accept} aria-invalid=${wrong ? "true" : undefined} aria-describedby="${id}-help" onChange=${(event) => onChange(event.currentTarget.files[0])} />${note}</div>`;
  }
  if (field.type === "scopes") {
    const flip = (one) => onChange(value.includes(one) ? value.filter((other) => other !== one) : [...value, one]);
    return html`<fieldset><legend class="name">${field.label}</legend>${note}
      <div class="grid">${field.options.map((one) => html`<label class="check" key=${one}><input type="checkbox" checked=${value.includes(one)} onChange=${() => flip(one)} /> <span class="mono">${one}</span></label>`)}</div></fieldset>`;
  }
  const input =
    field.type === "area" || field.type === "code" || field.type === "json"
      ? html`<textarea ...${common} rows=${field.rows || 5} class=${field.type === "area" ? "" : "code"} spellcheck=${field.type === "area"} value=${value}></textarea>`
      : field.type === "select"
        ? html`<select ...${common} value=${value} onChange=${(event) => onChange(event.currentTarget.value)}>
            ${field.options.map((one) => {
              const [key, label] = Array.isArray(one) ? one : [one, one];
              return html`<option value=${key} selected=${String(value) === String(key)}>${label}</option>`;
            })}
          </select>`
        : html`<input ...${common} type=${field.type === "password" ? "password" : "text"} inputmode=${field.type === "number" ? "decimal" : undefined} list=${field.suggest ? `${id}-list` : undefined} value=${value} />
          ${field.suggest && html`<datalist id="${id}-list">${field.suggest.map((one) => html`<option value=${one}></option>`)}</datalist>`}`;
  return html`<div class="field"><label class="name" for=${id}>${field.label}${field.required ? html` <span aria-hidden="true">*</span>` : null}</label>${input}${note}</div>`;
}

/** Some of many: with a filter when there are so many that one would have to search. */
function Many({ field, value, note, onChange }) {
  const [filter, setFilter] = useState("");
  const flip = (one) => onChange(value.includes(one) ? value.filter((other) => other !== one) : [...value, one]);
  const known = field.options.map(([key]) => key);
  const all = [...value.filter((one) => !known.includes(one)).map((one) => [one, `${one} (gone)`]), ...field.options];
  const shown = all.filter(([key, label]) => value.includes(key) || label.toLowerCase().includes(filter.toLowerCase()));
  return html`<fieldset><legend class="name">${field.label}</legend>${note}
    ${all.length > 12 && html`<input type="search" aria-label=${`Filter: ${field.label}`} placeholder="Filter" value=${filter} onInput=${(event) => setFilter(event.currentTarget.value)} />`}
    ${all.length
      ? html`<div class="grid many">${shown.slice(0, 200).map(([key, label]) => html`<label class="check" key=${key}><input type="checkbox" checked=${value.includes(key)} onChange=${() => flip(key)} /> <span>${label}</span></label>`)}</div>`
      : html`<span class="help">${field.none || "There are none yet."}</span>`}
  </fieldset>`;
}

/** A button that opens a form in a dialog. */
export function FormDialog({ label, title, primary = true, small = false, fields, submit, onSubmit, initial, intro }) {
  const [open, set] = useState(false);
  return html`<button type="button" class="${primary ? "primary" : ""} ${small ? "small" : ""}" onClick=${() => set(true)}>${label}</button>
    ${open &&
    html`<${Dialog} title=${title || label} onClose=${() => set(false)}>
      ${intro && html`<p class="sub">${intro}</p>`}
      <${Form} fields=${fields} initial=${initial} submit=${submit || label} onCancel=${() => set(false)}
        onSubmit=${async (body) => {
          await onSubmit(body);
          set(false);
        }} />
    <//>`}`;
}

const SIGNS = { create: "+", update: "~", delete: "−", replace: "±", completed: "✓", failed: "✕", running: "…" };

/** A graph in layers: nodes {id, label, sub, kind, href}, edges [from, to]. As large as it is; what is too wide scrolls. */
export function Graph({ nodes, edges, label = "Graph" }) {
  const W = 216, GX = 56, GY = 14;
  const H = nodes.some((node) => node.sub) ? 48 : 40;
  const { place, layers, tallest } = layout(nodes, edges, W, H, GX, GY);
  const width = Math.max(W, layers.length * (W + GX) - GX) + 8;
  const height = tallest * (H + GY) - GY + 8;
  const cut = (text, most) => (text.length > most ? `…${text.slice(1 - most)}` : text);
  return html`<div class="scroll graph" tabindex="0" role="region" aria-label=${label}><svg class="graph" width=${width} height=${height} viewBox="-4 -4 ${width} ${height}" role="img" aria-label=${label}>
    ${edges.filter(([from, to]) => place.has(from) && place.has(to)).map(([from, to]) => {
      const [x1, y1] = place.get(from), [x2, y2] = place.get(to);
      return html`<path d="M${x1 + W} ${y1 + H / 2} C${x1 + W + GX / 2} ${y1 + H / 2} ${x2 - GX / 2} ${y2 + H / 2} ${x2} ${y2 + H / 2}" />`;
    })}
    ${nodes.map((node) => {
      const [x, y] = place.get(node.id);
      const sign = SIGNS[node.kind];
      return html`<g key=${node.id} class="node ${node.kind || ""}" transform="translate(${x},${y})">
        <title>${[node.sub, node.label].filter(Boolean).join(".")}${node.kind ? ` (${node.kind.replaceAll("_", " ")})` : ""}</title>
        <rect width=${W} height=${H} rx="8" />
        ${sign && html`<text class="sign" x="12" y=${H / 2 + 5}>${sign}</text>`}
        <text x=${sign ? 30 : 12} y=${node.sub ? 20 : H / 2 + 4}>${cut(node.label, sign ? 27 : 30)}</text>
        ${node.sub && html`<text class="kind" x=${sign ? 30 : 12} y="36">${cut(node.sub, sign ? 30 : 33)}</text>`}
      </g>`;
    })}
  </svg></div>`;
}

/** Where each node is: as far to the right as the longest way to it, and near the middle of what it comes from. */
function layout(nodes, edges, W, H, GX, GY) {
  const depth = new Map(nodes.map((node) => [node.id, 0]));
  const into = new Map(nodes.map((node) => [node.id, []]));
  const known = edges.filter(([from, to]) => depth.has(from) && depth.has(to) && from !== to);
  known.forEach(([from, to]) => into.get(to).push(from));
  for (let round = 0; round < nodes.length; round++) {
    let moved = false;
    for (const [from, to] of known) {
      if (depth.get(to) <= depth.get(from) && depth.get(from) < nodes.length) {
        depth.set(to, depth.get(from) + 1);
        moved = true;
      }
    }
    if (!moved) break;
  }
  const layers = [];
  for (const node of nodes) {
    (layers[depth.get(node.id)] ||= []).push(node);
  }
  const tallest = Math.max(1, ...layers.map((layer) => layer?.length || 0));
  const place = new Map();
  layers.forEach((layer, x) => {
    const middle = (node) => {
      const from = into.get(node.id).filter((one) => place.has(one));
      return from.length ? from.reduce((sum, one) => sum + place.get(one)[1], 0) / from.length : 0;
    };
    if (x > 0) {
      layer?.sort((a, b) => middle(a) - middle(b));
    }
    layer?.forEach((node, y) => place.set(node.id, [x * (W + GX), ((tallest - layer.length) * (H + GY)) / 2 + y * (H + GY)]));
  });
  return { place, layers, tallest };
}
