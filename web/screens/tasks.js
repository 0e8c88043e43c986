// Tasks and their schedules.
import { api } from "../api.js";
import { Confirm, Empty, Failure, FormDialog, Given, Head, List, Loading, Markdown, Status, Time, attempt, html, useGet, useLoad, useRepeat, useState } from "../ui.js";
import { Output } from "./run.js";

const FIELDS = [
  { name: "name", label: "Name", required: true, placeholder: "nightly clean-up" },
  { name: "kind", label: "What runs", type: "select", options: ["tool", "agent", "workflow"], value: "tool" },
];

/** What there is to run, to choose from while one types. */
function useFields() {
  const { data } = useLoad(async () => {
    const names = (path) => api.choices(path).then((list) => [...new Set(list.map((one) => one.name))]);
    const [tool, agent, workflow] = await Promise.all([names("/v1/tools"), names("/v1/agents"), names("/v1/workflows")]);
    return { tool, agent, workflow };
  }, []);
  return [
    ...FIELDS,
    ...["tool", "agent", "workflow"].map((kind) => ({ name: kind, label: `Name of the ${kind}`, required: true, suggest: data?.[kind], when: (values) => values.kind === kind })),
    { name: "prompt", label: "What the agent is told", type: "area", required: true, when: (values) => values.kind === "agent" },
    { name: "parameters", label: "Parameters", type: "json", value: {}, help: 'JSON: {"namespace": "shop"}', when: (values) => values.kind !== "agent" },
  ];
}

function taskOf({ name, kind, prompt, parameters, ...targets }) {
  const task = { name, [kind]: targets[kind], parameters: parameters || {} };
  return kind === "agent" ? { ...task, prompt } : task;
}

export function Tasks() {
  const [version, bump] = useState(0);
  const [status, set] = useState("");
  const fields = useFields();
  const add = html`<${FormDialog} label="New task" submit="Start" fields=${fields}
    onSubmit=${async (values) => {
      location.hash = `#/tasks/${(await api.post("/v1/tasks", taskOf(values))).id}`;
      bump((n) => n + 1);
    }} />`;
  return html`<${Head} title="Tasks" sub="What was asked for, now or at a time: tools, agents, workflows.">
      <select aria-label="Status" value=${status} onChange=${(event) => set(event.currentTarget.value)}>
        <option value="">Any status</option>
        ${["pending", "running", "completed", "failed", "cancelled"].map((one) => html`<option>${one}</option>`)}
      </select>${add}
    <//>
    <${List} path="/v1/tasks" query=${status ? { status } : {}} version=${version} every=${10000} link=${(row) => `#/tasks/${row.id}`}
      columns=${[
        ["name", "Name", (row) => row.name],
        ["kind", "Runs", (row) => row.kind],
        ["status", "Status", (row) => html`<${Status} of=${row.status} />`],
        ["progress", "Progress", (row) => html`<progress max="100" value=${row.progress} aria-label=${`${row.progress} %`}></progress>`],
        ["scheduled_for", "For", (row) => (row.scheduled_for ? html`<${Time} at=${row.scheduled_for} />` : "now")],
        ["created_at", "Made", (row) => html`<${Time} at=${row.created_at} />`],
      ]}
      empty=${html`<${Empty} title="No tasks" action=${add}>A task runs something in your name, with retries and a log.<//>`} />`;
}

export function Task({ id }) {
  const path = `/v1/tasks/${id}`;
  const { data, error, reload } = useGet(path);
  const over = data && !["pending", "running"].includes(data.status);
  useRepeat(data && !over && 3000, reload);
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  return html`<${Head} title=${data.name} sub=${data.description} crumb=${["Tasks", "#/tasks"]}>
      ${over
        ? html`<${Confirm} label="Delete" title=${`Delete ${data.name}?`} text="Its executions and their logs stay." action=${() => api.delete(path)} onDone=${() => (location.hash = "#/tasks")} />`
        : html`<button class="danger" onClick=${() => attempt(() => api.put(`${path}/cancel`), "Cancelled").then(reload)}>Cancel</button>`}
    <//>
    <div class="panel"><dl class="facts">
      <dt>Status</dt><dd><${Status} of=${data.status} /></dd>
      <dt>Runs</dt><dd>${data.kind} <strong>${data[data.kind]?.name || (typeof data[data.kind] === "string" ? data[data.kind] : "")}</strong></dd>
      ${Object.keys(data.parameters || {}).length > 0 && html`<dt>With</dt><dd><${Given} of=${data.parameters} /></dd>`}
      <dt>Attempt</dt><dd>${data.attempt} of ${1 + (data.retry?.limit || 0)}</dd>
      ${data.scheduled_for && html`<dt>For</dt><dd><${Time} at=${data.scheduled_for} /></dd>`}
      <dt>Made by</dt><dd>${data.created_by}</dd>
      ${data.result?.error && html`<dt>Why</dt><dd>${data.result.error}</dd>`}
    </dl></div>
    ${data.execution_id && data.kind === "workflow" && html`<p><a href=${`#/workflows/runs/${data.execution_id}`}>Steps of the run</a></p>`}
    ${data.execution_id && data.kind === "tool" && html`<div class="panel"><h2>Output</h2><${Output} execution=${data.execution_id} onEnd=${reload} /></div>`}
    ${data.kind === "agent" && data.result?.output && html`<div class="panel"><h2>Answer</h2><${Markdown} text=${data.result.output} /></div>`}`;
}

export function Schedules() {
  const [version, bump] = useState(0);
  const fields = useFields();
  const add = html`<${FormDialog} label="New schedule" submit="Create"
    intro="Five fields: minute, hour, day of the month, month, day of the week."
    onSubmit=${async ({ cron, time_zone, missed, ...values }) => {
      await api.post("/v1/schedules", { name: values.name, cron, time_zone: time_zone || "UTC", missed, task: taskOf(values) });
      bump((n) => n + 1);
    }}
    fields=${[
      FIELDS[0],
      { name: "cron", label: "When", required: true, placeholder: "0 3 * * *" },
      { name: "time_zone", label: "Time zone", placeholder: "Europe/Berlin", value: Intl.DateTimeFormat().resolvedOptions().timeZone },
      { name: "missed", label: "A time at which no server ran", type: "select", options: ["fire_once", "skip"], value: "fire_once" },
      ...fields.slice(1),
    ]} />`;
  const act = (row, verb, reload) => attempt(() => api.post(`/v1/schedules/${row.id}/${verb}`), "Done").then(reload);
  return html`<${Head} title="Schedules" sub="Tasks at a time, once or again and again.">${add}<//>
    <${List} path="/v1/schedules" version=${version} every=${20000}
      columns=${[
        ["name", "Name", (row) => row.name],
        ["cron", "When", (row) => html`<span><code>${row.cron || row.at}</code> <span class="sub">${row.cron ? row.time_zone : ""}</span></span>`],
        ["task", "What", (row) => html`<span class="sub">${row.task?.kind || ["tool", "agent", "workflow"].find((one) => row.task?.[one]) || "task"}</span> ${row.task?.tool || row.task?.agent || row.task?.workflow || ""}`],
        ["next_fire_at", "Next", (row) => (row.next_fire_at ? html`<${Time} at=${row.next_fire_at} />` : "")],
        ["last_fire_at", "Last", (row) => html`<${Time} at=${row.last_fire_at} />`],
        ["status", "Status", (row) => html`<${Status} of=${row.status} />`],
        ["actions", "Actions", (row, reload) => html`<span class="row">
          ${row.status === "active" && html`<button class="small" onClick=${() => act(row, "pause", reload)}>Pause</button>`}
          ${row.status === "paused" && html`<button class="small" onClick=${() => act(row, "resume", reload)}>Resume</button>`}
          <${Confirm} label="Delete" title=${`Delete ${row.name}?`} text="It fires no more. Tasks that it began stay." action=${() => api.delete(`/v1/schedules/${row.id}`)} onDone=${reload} /></span>`, "tight actions"],
      ]}
      empty=${html`<${Empty} title="No schedules" action=${add}>A schedule begins a task at its times, once over all servers.<//>`} />`;
}
