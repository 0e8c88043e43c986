// Workflows: what sources hold, and runs with their steps while they run.
import { api } from "../api.js";
import { Empty, Failure, FormDialog, Graph, Head, List, Loading, Status, Time, attempt, html, lasted, useEffect, useGet } from "../ui.js";
import { executionColumns } from "./run.js";

const EXAMPLE = `name: hello
steps:
  - name: who
    command: echo world
    output: WHO
  - name: greet
    command: echo "Hello, $WHO"
    depends: [who]
`;

const show = (run) => (location.hash = `#/workflows/runs/${run.id}`);

export function Workflows() {
  const start = html`<${FormDialog} label="Run a definition" submit="Run"
    onSubmit=${async ({ definition, params }) => show(await api.post("/v1/workflows/executions", { workflow: `${definition.trim()}\n`, params: params || {} }))}
    fields=${[
      { name: "definition", label: "Workflow, in YAML", type: "code", required: true, value: EXAMPLE },
      { name: "params", label: "Parameters", type: "json", value: {} },
    ]} />`;
  return html`<${Head} title="Workflows" sub="Steps that depend on each other.">${start}<//>
    <${List} path="/v1/workflows" rowKey="name"
      columns=${[
        ["name", "Name", (row) => html`<strong>${row.name}</strong><div class="sub">${row.description}</div>`],
        ["steps_count", "Steps", (row) => row.steps_count],
        ["source_name", "Source", (row) => html`<a href=${`#/sources/${row.source_id}`}>${row.source_name}</a> <span class="sub">${row.file_name}</span>`],
        ["actions", "Actions", (row) => html`<button class="small primary" onClick=${() => attempt(() => api.post("/v1/workflows/executions", { workflow: row.name })).then((run) => run && show(run))}>Run</button>`, "tight actions"],
      ]}
      empty=${html`<${Empty} title="No workflows" action=${start}>Sources bring workflows: a YAML file with steps, or workflows.<//>`} />
    <h2 class="second">Runs</h2>
    <${List} path="/v1/executions" query=${{ kind: "workflow" }} every=${10000} link=${(row) => `#/workflows/runs/${row.id}`}
      columns=${executionColumns} empty=${html`<${Empty} title="Nothing ran">Runs of workflows are shown here.<//>`} />`;
}



export function WorkflowRun({ id }) {
  const { data, error, reload } = useGet(`/v1/workflows/executions/${id}`);
  const over = data && ["completed", "failed", "cancelled", "lost"].includes(data.status);
  useEffect(() => {
    if (data && !over) {
      const timer = setTimeout(reload, 1500);
      return () => clearTimeout(timer);
    }
  }, [data]);
  if (error) return html`<${Failure} error=${error} />`;
  if (!data) return html`<${Loading} />`;
  return html`<${Head} title=${data.name} sub=${`Run ${id}`} crumb=${["Workflows", "#/workflows"]}>
      <${Status} of=${data.status} />
      ${!over && html`<button class="danger" onClick=${() => attempt(() => api.post(`/v1/executions/${id}/cancel`), "Cancelled").then(reload)}>Cancel</button>`}
    <//>
    ${data.message && html`<div class="note bad">${data.message}</div>`}
    <div class="panel"><${Graph} label="Steps of the workflow"
      nodes=${data.steps.map((step) => ({ id: step.name, label: step.name, kind: step.status }))}
      edges=${data.steps.flatMap((step) => step.depends.map((before) => [before, step.name]))} /></div>
    <div class="stack wide">${data.steps.map((step) => html`<details class="call" key=${step.name} open=${step.status === "failed" || step.status === "running"}>
      <summary><strong>${step.name}</strong> <${Status} of=${step.status} /> <span class="sub">${[step.type, step.attempt > 1 && `attempt ${step.attempt}`, step.started_at && step.finished_at && lasted(new Date(step.finished_at) - new Date(step.started_at))].filter(Boolean).join(", ")}</span></summary>
      <div class="inner">
        ${step.message && html`<p>${step.message}</p>`}
        ${step.output && html`<div class="output" tabindex="0">${step.output}</div>`}
        ${step.items.map((item) => html`<p class="sub"><code>${JSON.stringify(item.value)}</code> <${Status} of=${item.status} /> ${item.message || ""}</p>`)}
        ${step.started_at && html`<p class="sub">Begun <${Time} at=${step.started_at} /></p>`}
        ${step.execution_id && html`<p><a href=${`#/executions/${step.execution_id}`}>All that it printed</a></p>`}
      </div></details>`)}</div>`;
}
