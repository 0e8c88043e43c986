// Runs of tools: a form made from the tool's arguments, and what is printed while it is printed.
import { api, follow } from "../api.js";
import { Form, Failure, Status, Time, html, useEffect, useRef, useState } from "../ui.js";

function fieldOf(argument) {
  const types = { int: "number", float: "number", bool: "check", object: "json", array: "json" };
  const options = (argument.options || []).length ? ["", ...argument.options] : null;
  return {
    name: argument.name,
    label: argument.name,
    help: argument.description,
    required: argument.required,
    type: options ? "select" : types[argument.type] || "text",
    options,
    value: argument.default ?? undefined,
  };
}

/** What an execution prints, from its first line on. */
export function Output({ execution, onEnd }) {
  const [lines, setLines] = useState([]);
  const [end, setEnd] = useState();
  const [error, setError] = useState();
  const box = useRef();
  useEffect(() => {
    const stop = new AbortController();
    setLines([]);
    setEnd(undefined);
    follow(
      (last) => api.send("GET", `/v1/executions/${execution}/logs`, { query: { follow: true }, headers: last ? { "Last-Event-ID": last } : {}, signal: stop.signal }),
      ({ event, data }) => {
        if (event === "log") {
          setLines((before) => [...before, data].slice(-5000));
        } else if (event === "warning") {
          setLines((before) => [...before, { stream: "meta", content: `${data.message}\n` }]);
        } else if (event === "result") {
          setEnd(data);
          onEnd?.(data);
        }
      },
      stop.signal,
    ).catch(setError);
    return () => stop.abort();
  }, [execution]);
  useEffect(() => {
    if (box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [lines]);
  return html`<div>
    <div class="output" ref=${box} tabindex="0" role="log" aria-label="Output" aria-live="polite">
      ${lines.map((line, i) => html`<span key=${i} class=${{ stderr: "err", meta: "meta" }[line.stream] || ""}>${line.content}</span>`)}
      ${!lines.length && html`<span class="meta">${end ? "It printed nothing." : "Waiting for output…"}</span>`}
    </div>
    ${error && html`<${Failure} error=${error} />`}
    <p class="row">
      <${Status} of=${end ? end.status : "running"} />
      ${end && html`<span class="sub">${end.exit_code !== null && end.exit_code !== undefined ? `exit code ${end.exit_code}, ` : ""}${end.duration_ms ?? 0} ms</span>`}
      ${end?.message && html`<span>${end.message}</span>`}
      ${!end && html`<button class="small danger" onClick=${() => api.post(`/v1/executions/${execution}/cancel`).catch(setError)}>Cancel</button>`}
    </p>
  </div>`;
}

export function RunTool({ tool }) {
  const [execution, set] = useState();
  const fields = (tool.args || []).map(fieldOf);
  const start = async (args) => {
    const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== "" && value !== null));
    try {
      set((await api.post(`/v1/tools/${tool.id}/executions`, { args: given })).id);
    } catch (problem) {
      problem.fields = Object.fromEntries(Object.entries(problem.fields || {}).map(([name, text]) => [name.replace(/^args\//, ""), text]));
      throw problem;
    }
  };
  return html`<div class="stack">
    <${Form} fields=${fields} submit="Run" onSubmit=${start} />
    ${execution && html`<${Output} key=${execution} execution=${execution} /><p class="sub"><a href="#/executions/${execution}">Execution ${execution}</a></p>`}
  </div>`;
}

export const executionColumns = [
  ["subject", "What", (row) => row.subject],
  ["kind", "Kind", (row) => row.kind.replaceAll("_", " ")],
  ["status", "Status", (row) => html`<${Status} of=${row.status} />`],
  ["created_by", "By", (row) => row.created_by_email || row.created_by?.email || ""],
  ["created_at", "When", (row) => html`<${Time} at=${row.created_at} />`],
  ["duration_ms", "Took", (row) => (row.duration_ms === null || row.duration_ms === undefined ? "" : `${(row.duration_ms / 1000).toFixed(1)} s`)],
];
