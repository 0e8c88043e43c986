// Runs of tools: a form made from the tool's arguments, and what is printed while it is printed.
import { api } from "../api.js";
import { Form, Failure, Status, Time, html, lasted, useState } from "../ui.js";
import { Printed, useLog } from "./log.js";

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
export function Output({ execution, status = "running", onEnd }) {
  const [end, setEnd] = useState();
  const [failed, setFailed] = useState();
  const { chunks, error } = useLog(
    (last, signal) => api.send("GET", `/v1/executions/${execution}/logs`, { query: { follow: true }, headers: last ? { "Last-Event-ID": last } : {}, signal }),
    (event, data) => {
      if (event === "result") {
        setEnd(data);
        onEnd?.(data);
      }
    },
    [execution],
  );
  return html`<div>
    <${Printed} chunks=${chunks} nothing=${end ? "It printed nothing." : status === "waiting" ? "It waits for somebody's approval." : "Waiting for output…"} />
    ${(error || failed) && html`<${Failure} error=${error || failed} />`}
    <p class="row under">
      <${Status} of=${end ? end.status : status} />
      ${end && html`<span class="sub">${end.exit_code !== null && end.exit_code !== undefined ? `exit code ${end.exit_code}, ` : ""}${lasted(end.duration_ms ?? 0)}</span>`}
      ${end?.message && html`<span>${end.message}</span>`}
      ${!end && html`<button class="small danger" onClick=${() => api.post(`/v1/executions/${execution}/cancel`).catch(setFailed)}>Cancel</button>`}
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
  ["runner", "On", (row) => row.runner],
  ["created_at", "When", (row) => html`<${Time} at=${row.created_at} />`],
  ["duration_ms", "Took", (row) => (row.duration_ms === null || row.duration_ms === undefined ? "" : lasted(row.duration_ms))],
];
