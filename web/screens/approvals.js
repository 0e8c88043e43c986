// What waits for somebody's consent.
import { api } from "../api.js";
import { Empty, Given, Head, List, Status, Time, attempt, html, useState } from "../ui.js";

export function Approvals() {
  const [status, set] = useState("pending");
  const decide = (row, what, reload) => attempt(() => api.post(`/v1/approvals/${row.id}/${what}`), what === "approve" ? "Approved" : "Rejected").then(reload);
  return html`<${Head} title="Approvals" sub="What waits for somebody's consent.">
      <select aria-label="Status" value=${status} onChange=${(event) => set(event.currentTarget.value)}>
        ${["pending", "approved", "rejected", "expired", "cancelled"].map((one) => html`<option>${one}</option>`)}
      </select>
    <//>
    <${List} path="/v1/approvals" query=${{ status }} every=${15000}
      columns=${[
        ["subject", "What", (row) => html`<div><strong>${row.subject}</strong><div class="sub">${row.subject_type.replaceAll("_", " ")}${row.message ? `: ${row.message}` : ""}</div></div>`],
        ["details", "With", (row) => html`<${Given} of=${{ ...row.details?.arguments, ...(({ arguments: _, ...rest }) => rest)(row.details || {}) }} />`],
        ["requested_by", "For", (row) => row.requested_by],
        ["requested_at", "Since", (row) => html`<${Time} at=${row.requested_at} />`],
        ["status", "Status", (row) => html`<div><${Status} of=${row.status} />${row.decided_by && html`<div class="sub">${row.decided_by} <${Time} at=${row.decided_at} /></div>`}</div>`],
        ["actions", "Actions", (row, reload) => row.status === "pending" && html`<span class="row"><button class="small primary" onClick=${() => decide(row, "approve", reload)}>Approve</button><button class="small danger" onClick=${() => decide(row, "reject", reload)}>Reject</button></span>`, "tight actions"],
      ]}
      empty=${html`<${Empty} title=${status === "pending" ? "Nothing waits" : `Nothing was ${status}`}>Tools, tasks and workflow steps can ask for approval before they run.<//>`} />`;
}
