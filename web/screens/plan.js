// A run of a project: what Terraform prints, what it would do, and somebody's word on it.
import { api } from "../api.js";
import { Busy, Confirm, Empty, Failure, Graph, Head, Loading, Search, Status, Time, When, attempt, html, lasted, useGet, useLoad, useRepeat, useState } from "../ui.js";
import { Printed, useLog } from "./log.js";
import { Counts, WAITS, approverOf, kindOf, waits } from "./projects.js";
import { bare, edgesOf, split } from "./state.js";

const UNDER_WAY = ["pending", "running", "approved", "applying"];
const SAYS = {
  pending: "It waits for its turn.",
  running: "Terraform is planning.",
  planned: "Nothing happens before somebody approves it.",
  awaiting_approval: "It is applied as soon as somebody approves it.",
  no_changes: "What is there is what the code says.",
  approved: "It is approved and waits for its turn.",
  applying: "Terraform is applying it.",
  applied: "It was applied.",
  rejected: "It was rejected; nobody can apply it.",
  cancelled: "It was cancelled.",
};

export function Run({ id, run }) {
  const path = `/v1/projects/${id}/executions/${run}`;
  const project = useGet(`/v1/projects/${id}`);
  const { data, error, reload } = useGet(path);
  const underWay = data && UNDER_WAY.includes(data.status);
  useRepeat(underWay && 2000, reload);
  if (error && !data) return html`<${Failure} error=${error} again=${reload} />`;
  if (!data) return html`<${Loading} />`;
  const decide = (what, done) => attempt(() => api.post(`/v1/projects/${id}/${what}`, { execution_id: run }), done).then((answer) => {
    reload();
    return answer;
  });
  const { add, change, destroy } = data.counts;
  return html`<${Head} title=${titleOf(data)} sub=${data.message} crumb=${[project.data?.name || "Project", `#/projects/${id}/runs`]}>
      <${Status} of=${data.status} />
      ${waits(data) && html`<button class="danger" onClick=${() => decide("reject", "Rejected")}>Reject</button>
        ${destroy > 0
          ? html`<${Confirm} danger=${false} primary label="Approve and apply" title=${`Destroy ${destroy} ${destroy === 1 ? "resource" : "resources"}?`} text=${`This plan adds ${add}, changes ${change} and destroys ${destroy}. What is destroyed cannot be brought back.`} action=${() => decide("approve", "Approved")} />`
          : html`<button class="primary" onClick=${() => decide("approve", "Approved")}>Approve and apply</button>`}`}
      ${underWay && html`<${Confirm} label="Cancel" title="Cancel this run?" text="Terraform is interrupted: it ends what it is doing, and the state is saved. What was made by then stays." action=${() => decide("cancel", "Cancelling")} />`}
    <//>
    ${data.error && html`<div class="note bad" role="alert"><strong>${data.error_code?.replaceAll("_", " ")}</strong> ${data.error}</div>`}
    ${!data.error && html`<p class="sub says" role="status">${underWay && html`<${Busy} /> `}${data.speculative && WAITS.includes(data.status) ? "It is only to be looked at; nobody can apply it." : SAYS[data.status]}</p>`}
    <${Story} run=${data} />
    ${underWay && html`<${RunLog} path=${path} status=${data.status} onEnd=${reload} />`}
    ${data.planned_at && html`<${Plan} key="plan" run=${data} path=${path} />`}
    ${!underWay && html`<${LogFold} path=${path} status=${data.status} />`}`;
}

function titleOf(run) {
  const kind = kindOf(run);
  return kind[0].toUpperCase() + kind.slice(1);
}

/** Who did what of it and when. */
function Story({ run }) {
  const between = (from, to) => (from && to ? html` <span class="sub">in ${lasted(new Date(to) - new Date(from))}</span>` : null);
  const began = { api: "", agent: ", through an agent", push: ", by a push", pull_request: ", by a pull request", schedule: ", on schedule" }[run.trigger] ?? `, by ${run.trigger}`;
  return html`<div class="panel"><dl class="facts">
    <dt>Asked for by</dt><dd>${run.created_by}${began} <${When} at=${run.created_at} /></dd>
    ${run.planned_at && html`<dt>Planned</dt><dd><${Time} at=${run.planned_at} />${between(run.started_at, run.planned_at)}</dd>`}
    ${run.approved_at && html`<dt>Approved by</dt><dd>${approverOf(run)} <${When} at=${run.approved_at} /></dd>`}
    ${run.rejected_at && html`<dt>Rejected by</dt><dd>${run.rejected_by} <${When} at=${run.rejected_at} /></dd>`}
    ${run.cancelled_by && html`<dt>Cancelled by</dt><dd>${run.cancelled_by}</dd>`}
    ${run.approved_at && run.finished_at && html`<dt>Ended</dt><dd><${Time} at=${run.finished_at} />${between(run.approved_at, run.finished_at)}</dd>`}
    ${(run.commit || run.revision) && html`<dt>Code</dt><dd>${run.revision || run.branch} <code>${run.commit.slice(0, 12)}</code></dd>`}
    ${run.targets.length > 0 && html`<dt>Only</dt><dd>${run.targets.map((one) => html`<code>${one}</code> `)}</dd>`}
    ${run.replace.length > 0 && html`<dt>Made anew</dt><dd>${run.replace.map((one) => html`<code>${one}</code> `)}</dd>`}
    ${run.terraform_version && html`<dt>Terraform</dt><dd>${run.terraform_version}${run.state_serial !== null ? html` <span class="sub">from state serial ${run.state_serial}</span>` : ""}</dd>`}
  </dl></div>`;
}

/** The log of what is over; nobody's time is spent on it before somebody wants it. */
function LogFold({ path, status }) {
  const [open, set] = useState(status === "failed");
  return html`<details class="panel fold" open=${open} onToggle=${(event) => set(event.currentTarget.open)}><summary><h2>Log</h2></summary>${open && html`<${RunLog} path=${path} status=${status} />`}</details>`;
}

function RunLog({ path, status, onEnd }) {
  // The stream ends when the plan waits for somebody's word, and goes on from there when that was given.
  const phase = UNDER_WAY.includes(status) ? (["approved", "applying"].includes(status) ? "apply" : "plan") : "over";
  const { chunks, error } = useLog(
    (last, signal) => api.send("GET", `${path}/logs`, { query: { follow: true }, headers: last ? { "Last-Event-ID": last } : {}, signal }),
    (event, data, say) => {
      if (event === "execution") {
        onEnd?.();
      } else if (event === "status" && data.message) {
        say(`${data.message}\n`);
      }
    },
    [path, phase],
  );
  return html`<div class="under"><${Printed} chunks=${chunks} nothing=${phase === "over" ? "It printed nothing." : "Waiting for Terraform…"} />${error && html`<${Failure} error=${error} />`}</div>`;
}

// The plan

const KINDS = {
  create: ["+", "will be created"],
  update: ["~", "will be changed in place"],
  replace: ["±", "must be replaced"],
  delete: ["−", "will be destroyed"],
  read: ["‹", "will be read"],
  import: ["›", "will be imported"],
  move: ["→", "has moved"],
  forget: ["×", "will be forgotten, and stays where it is"],
};
const ORDER = Object.keys(KINDS);

/** So many are shown at first; more on demand, because a browser is slow with tens of thousands of elements. */
const SOME = 100;

function Plan({ run, path }) {
  const [filter, setFilter] = useState("");
  const [kind, setKind] = useState("");
  const [most, setMost] = useState(SOME);
  const document = useLoad((signal) => api.get(`${path}/plan`, undefined, { signal }).catch(() => null), [path, run.planned_at]);
  const drifted = run.mode === "refresh_only";
  const all = (drifted ? run.drift : run.changes) || [];
  const kinds = ORDER.filter((one) => all.some((change) => change.action === one));
  const words = filter.toLowerCase();
  const found = all.filter((one) => (!kind || one.action === kind) && (!words || one.resource_id.toLowerCase().includes(words)));
  const outputs = Object.entries(document.data?.output_changes || {}).filter(([, change]) => change.actions?.join() !== "no-op");
  if (!all.length && !outputs.length) {
    return run.status !== "failed" && html`<div class="panel"><${Empty} title=${drifted ? "No drift" : "No changes"}>${drifted ? "Everything is as the state says." : "What is there is what the code says."}<//></div>`;
  }
  return html`<div class="panel">
      <header><h2>${drifted ? "What others changed" : "Plan"} <${Counts} counts=${run.counts} /></h2></header>
      ${all.length > 8 && html`<div class="row filters">
        <${Search} label="Filter by address" placeholder="Filter by address" wait=${120} onChange=${(text) => { setFilter(text); setMost(SOME); }} />
        <select aria-label="Filter by action" value=${kind} onChange=${(event) => { setKind(event.currentTarget.value); setMost(SOME); }}><option value="">Any action</option>${kinds.map((one) => html`<option>${one}</option>`)}</select>
        <span class="sub" role="status">${found.length.toLocaleString()} of ${all.length.toLocaleString()}</span></div>`}
      ${!found.length && all.length > 0 && html`<p class="sub">Nothing in this plan is like that.</p>`}
      <div class="changes">${found.slice(0, most).map((change) => html`<${Change} key=${change.resource_id} change=${change} open=${all.length === 1} past=${drifted} />`)}</div>
      ${found.length > most && html`<p><button onClick=${() => setMost(most + 200)}>Show ${Math.min(200, found.length - most)} more</button></p>`}
      ${outputs.length > 0 && html`<h3 class="second">Outputs</h3><div class="diff">${outputs.map(([name, change]) => html`<${OutputChange} name=${name} change=${change} />`)}</div>`}
    </div>
    ${!drifted && document.data && html`<${PlanGraph} changes=${all} dependencies=${document.data.dependencies || {}} />`}`;
}

function OutputChange({ name, change }) {
  const action = change.actions?.join("") === "create" ? "create" : change.actions?.join("") === "delete" ? "delete" : "update";
  const before = text(change.before), after = change.after_unknown === true ? "(known after apply)" : text(change.after);
  return html`<div class=${{ create: "add", delete: "del", update: "mod" }[action]}>${KINDS[action][0]} ${name} = ${action === "create" ? after : action === "delete" ? before : `${before} → ${after}`}</div>`;
}

function Change({ change, open, past }) {
  const [shown, show] = useState(open);
  const [sign, words] = KINDS[change.action] || ["?", change.action];
  return html`<details class="change ${change.action}" open=${open} onToggle=${(event) => show(event.currentTarget.open)}>
    <summary><span class="sign" aria-hidden="true">${sign}</span><strong class="mono">${change.resource_id}</strong>
      <span class="sub">${past ? { update: "was changed", delete: "was removed" }[change.action] || words : words}${change.previous_id ? `, was ${change.previous_id}` : ""}</span></summary>
    ${shown && html`<${Attributes} change=${change} />`}
  </details>`;
}

const REASONS = {
  delete_because_no_resource_config: "It is not in the code any more.",
  delete_because_no_module: "Its module is not in the code any more.",
  delete_because_count_index: "There are fewer of it now.",
  delete_because_each_key: "Its key is not among those of for_each any more.",
  replace_because_cannot_update: "What changes cannot be changed in place.",
  replace_because_tainted: "It is tainted: making it did not go well.",
  replace_by_request: "Somebody asked for it to be made anew.",
  replace_by_triggers: "Something that it is to follow has changed.",
};

const MASKED = "(sensitive value)";
const UNKNOWN = "(known after apply)";

function text(value) {
  return value === undefined || value === null ? "null" : value === MASKED || value === UNKNOWN ? value : JSON.stringify(value);
}

/** Attribute by attribute; objects and lists place by place, so that one changed word of a large document is found. */
function Attributes({ change }) {
  const [all, showAll] = useState(false);
  const lines = [];
  compare(lines, "", change.before, change.after, change.replaced_because || []);
  const same = lines.filter((one) => one.kind === "same").length;
  const reason = REASONS[change.reason] || (change.reason && `${change.reason.replaceAll("_", " ")}.`);
  return html`<div class="inner">
    ${reason && html`<p class="sub">${reason}</p>`}
    <div class="diff" tabindex="0" role="region" aria-label=${`Attributes of ${change.resource_id}`}>${lines.filter((one) => all || one.kind !== "same").map((one) => html`<${Line} line=${one} />`)}</div>
    ${same > 0 && html`<button type="button" class="small plain quiet" onClick=${() => showAll(!all)}>${all ? "Hide" : "Show"} ${same} that ${same === 1 ? "stays" : "stay"} as ${same === 1 ? "it is" : "they are"}</button>`}
  </div>`;
}

function Line({ line }) {
  const { kind, path, before, after, forces } = line;
  if (kind === "same") return html`<div class="same">  ${path} = ${text(after)}</div>`;
  if (kind === "add") return html`<div class="add">+ ${path} = ${long(after)}</div>`;
  if (kind === "del") return html`<div class="del">− ${path} = ${long(before)}</div>`;
  const why = forces ? html` <span class="forces">forces replacement</span>` : null;
  if (typeof before === "string" && typeof after === "string" && (before.includes("\n") || after.includes("\n"))) {
    return html`<div class="mod">~ ${path}${why}</div>${lineDiff(before, after).map(([sign, one]) => html`<div class=${{ "+": "add", "-": "del" }[sign] || "same"}>    ${sign === "-" ? "−" : sign} ${one}</div>`)}`;
  }
  return html`<div class="mod">~ ${path} = <span class="del">${text(before)}</span> → <span class="add">${text(after)}</span>${why}</div>`;
}

/** Texts of many lines as they are, and not as one line with \\n in it. */
function long(value) {
  return typeof value === "string" && value.includes("\n") ? `<<~\n${value.split("\n").map((one) => `      ${one}`).join("\n")}` : text(value);
}

function compare(lines, path, before, after, forcing) {
  const forces = forcing.some((one) => one === path || path.startsWith(`${one}.`));
  const object = (one) => one !== null && typeof one === "object";
  if (object(before) && object(after) && Array.isArray(before) === Array.isArray(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(lines, path ? `${path}.${name}` : name, before[name], after[name], forcing);
    }
    return;
  }
  const gone = before === undefined || before === null, there = after !== undefined && after !== null;
  if (path === "" && (gone || !there)) {
    for (const [name, value] of Object.entries((gone ? after : before) || {})) {
      if (value !== null) lines.push(gone ? { kind: "add", path: name, after: value } : { kind: "del", path: name, before: value });
    }
  } else if (gone && there) {
    lines.push({ kind: "add", path, after });
  } else if (!gone && !there) {
    lines.push({ kind: "del", path, before });
  } else if (!gone) {
    // Two masks say nothing about what is behind them.
    lines.push({ kind: before === after ? "same" : "mod", path, before, after, forces });
  }
}

/** Lines that were taken out and put in. Long texts are compared from both ends alone. */
function lineDiff(before, after) {
  const a = before.split("\n"), b = after.split("\n");
  let start = 0, end = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const around = (list, from, to) => list.slice(Math.max(0, from), to).map((one) => [" ", one]);
  return [
    ...around(a, start - 2, start),
    ...a.slice(start, a.length - end).map((one) => ["-", one]),
    ...b.slice(start, b.length - end).map((one) => ["+", one]),
    ...around(a, a.length - end, a.length - end + 2),
  ];
}

const MOST_IN_GRAPH = 120;

/** What the plan touches and what that depends on. Instances of one resource are one node. */
function PlanGraph({ changes, dependencies }) {
  const groups = new Map();
  for (const change of changes) {
    const address = bare(change.resource_id);
    groups.set(address, [...(groups.get(address) || []), change.action]);
  }
  const near = new Set(groups.keys());
  for (const [address, others] of Object.entries(dependencies)) {
    others.forEach((other) => {
      if (groups.has(address)) near.add(other);
      if (groups.has(other)) near.add(address);
    });
  }
  if (near.size < 2 || !groups.size) return null;
  if (groups.size > MOST_IN_GRAPH) {
    return html`<div class="panel"><h2>What depends on what</h2><p class="sub">The plan touches ${groups.size.toLocaleString()} resources; a graph of so many would not be read by anybody.</p></div>`;
  }
  const shown = near.size > MOST_IN_GRAPH ? [...groups.keys()] : [...near];
  const nodes = shown.map((address) => {
    const actions = groups.get(address) || [];
    const [label, sub] = split(address);
    return { id: address, label: actions.length > 1 ? `${label} × ${actions.length}` : label, sub, kind: actions.length ? ORDER.filter((one) => actions.includes(one)).at(new Set(actions).size > 1 ? 1 : 0) : "" };
  });
  return html`<div class="panel"><h2>What depends on what</h2>
    <p class="sub">From left to right: what is on the right refers to what is on the left. <span class="legend"><span class="create">+ create</span> <span class="update">~ change</span> <span class="replace">± replace</span> <span class="delete">− destroy</span></span></p>
    <${Graph} label="Resources of the plan and what they depend on" nodes=${nodes} edges=${edgesOf(shown.map((address) => [address, dependencies[address]]))} /></div>`;
}
