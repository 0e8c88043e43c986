// Rules that are asked before tools run, agents answer and plans are applied.
import { api } from "../api.js";
import { Confirm, Empty, FormDialog, Head, List, Status, html, useState } from "../ui.js";

const FIELDS = [
  { name: "name", label: "Name", required: true },
  { name: "description", label: "What it is for" },
  { name: "applies_to", label: "Asked before", type: "scopes", options: ["tool_execution", "chat", "project_apply"], value: ["tool_execution"] },
  { name: "match", label: "Only where", type: "code", rows: 2, help: "CEL; empty: always." },
  { name: "expression", label: "Must be true", type: "code", rows: 3, required: true, placeholder: "'sre' in user.groups" },
  { name: "message", label: "What is said when it is not" },
  { name: "mode", label: "Then", type: "select", options: [["enforce", "refuse"], ["warn", "only note it in the audit trail"]], value: "enforce" },
  { name: "enabled", label: "Enabled", type: "check", value: true },
];

export function Policies() {
  const [version, bump] = useState(0);
  const save = (send) => async (body) => {
    await send(body);
    bump((n) => n + 1);
  };
  const add = html`<${FormDialog} label="New policy" submit="Create" fields=${FIELDS} onSubmit=${save((body) => api.post("/v1/policies", body))} />`;
  return html`<${Head} title="Policies" sub="Rules that are asked before tools run, agents answer and plans are applied.">${add}<//>
    <${List} path="/v1/policies" version=${version}
      columns=${[
        ["name", "Name", (row) => html`<strong>${row.name}</strong><div class="sub">${row.description}</div>`],
        ["applies_to", "Before", (row) => (row.applies_to || []).map((one) => one.replaceAll("_", " ")).join(", ")],
        ["expression", "Must be true", (row) => html`<code>${row.expression}</code>`],
        ["enabled", "Status", (row) => html`<${Status} of=${row.enabled ? row.mode : "disabled"} />`],
        ["actions", "Actions", (row, reload) => html`<span class="row">
          <${FormDialog} label="Edit" primary=${false} title=${row.name} submit="Save" fields=${FIELDS} initial=${row} onSubmit=${save((body) => api.patch(`/v1/policies/${row.id}`, body))} />
          <${Confirm} label="Delete" title=${`Delete ${row.name}?`} text="It is not asked any more." action=${() => api.delete(`/v1/policies/${row.id}`)} onDone=${reload} /></span>`, "tight actions"],
      ]}
      empty=${html`<${Empty} title="No policies yet" action=${add}>A policy is an expression that must be true, for example that only a group may run a tool.<//>`} />`;
}
