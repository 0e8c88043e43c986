// Keys, users and groups, secrets, integrations, audit.
import { api } from "../api.js";
import {
  Act, Confirm, Copy, Dialog, Empty, Form, FormDialog, Head, List, Status, Tabs, Time, html, toast, useLoad, useState,
} from "../ui.js";

const SCOPES = [
  "agents:read", "agents:write", "sources:read", "sources:write", "tools:read", "tools:execute", "tasks:read", "tasks:execute",
  "projects:read", "projects:write", "knowledge:read", "knowledge:write", "runners:read", "runners:manage", "integrations:read",
  "integrations:write", "webhooks:manage", "secrets:read", "secrets:write", "workflows:read", "workflows:manage", "audit:read", "admin",
];

const TABS = [["keys", "API Keys"], ["users", "Users"], ["groups", "Groups"], ["secrets", "Secrets"], ["integrations", "Integrations"], ["audit", "Audit"]];

export function Settings({ tab = "keys" }) {
  const Screen = { keys: Keys, users: Users, groups: Groups, secrets: Secrets, integrations: Integrations, audit: Audit }[tab] || Keys;
  return html`<${Head} title="Settings" />
    <${Tabs} tabs=${TABS} value=${tab} onChange=${(one) => (location.hash = `#/settings/${one}`)} />
    <${Screen} key=${tab} />`;
}

function Section({ text, children }) {
  return html`<div class="head"><p class="grow sub">${text}</p><div class="row">${children}</div></div>`;
}

function Keys() {
  const [made, setMade] = useState();
  const [version, bump] = useState(0);
  const create = async (body) => {
    const { expires_at: day, ...rest } = body;
    const key = await api.post("/v1/auth/keys", { ...rest, ...(day ? { expires_at: new Date(day).toISOString() } : {}), ...(rest.scopes?.length ? {} : { scopes: undefined }) });
    setMade(key);
    bump((n) => n + 1);
  };
  const dialog = html`<${FormDialog} label="New key" submit="Create" onSubmit=${create}
    fields=${[
      { name: "name", label: "Name", required: true, placeholder: "ci" },
      { name: "description", label: "Description" },
      { name: "expires_at", label: "Expires", placeholder: "2027-01-31", help: "A day; empty: never." },
      { name: "scopes", label: "Scopes", type: "scopes", options: SCOPES, help: "None: the same as your own." },
    ]} />`;
  return html`<${Section} text="What programs and people sign in with. The whole key is shown once.">${dialog}<//>
    ${made &&
    html`<${Dialog} title="Your new key" onClose=${() => setMade(undefined)}>
      <p>Copy it now: it is not kept and will not be shown again.</p>
      <pre>${made.key}</pre>
      <div class="actions"><${Copy} text=${made.key} /><button class="primary" onClick=${() => setMade(undefined)}>Done</button></div>
    <//>`}
    <${List} path="/v1/auth/keys" version=${version}
      columns=${[
        ["name", "Name", (row) => html`<strong>${row.name}</strong><div class="sub">${row.description}</div>`],
        ["prefix", "Begins with", (row) => html`<code>${row.prefix}…</code>`],
        ["scopes", "Scopes", (row) => html`<span class="tags">${row.scopes.map((one) => html`<span class="tag">${one}</span>`)}</span>`],
        ["status", "Status", (row) => html`<${Status} of=${row.status} />`],
        ["last_used", "Last used", (row) => html`<${Time} at=${row.last_used} />`],
        ["actions", "Actions", (row, reload) => html`<${Confirm} label="Revoke" title=${`Revoke ${row.name}?`} text="Whoever uses it is refused from this moment." action=${() => api.delete(`/v1/auth/keys/${row.id}`)} onDone=${reload} />`, "tight actions"],
      ]} />`;
}

function Users() {
  const [version, bump] = useState(0);
  return html`<${Section} text="People of the organisation. Their keys end when they are switched off.">
      <${FormDialog} label="New user" submit="Create" onSubmit=${async (body) => { await api.post("/v1/users", body); bump((n) => n + 1); }}
        fields=${[{ name: "email", label: "E-mail address", required: true }, { name: "name", label: "Name" }]} />
    <//>
    <${List} path="/v1/users" version=${version}
      columns=${[
        ["name", "Name", (row) => html`<strong>${row.name}</strong><div class="sub">${row.email}</div>`],
        ["status", "Status", (row) => html`<${Status} of=${row.user_status} />`],
        ["roles", "Roles", (row) => (row.roles || []).join(", ")],
        ["created_at", "Since", (row) => html`<${Time} at=${row.created_at} />`],
        ["actions", "Actions", (row, reload) => row.status ? html`<${Confirm} small label="Switch off" title=${`Switch ${row.email} off?`} text="All keys and sessions of this person end at this moment. It can be taken back." action=${() => api.patch(`/v1/users/${row.id}`, { status: false })} onDone=${reload} />` : html`<${Act} label="Switch on" act=${() => api.patch(`/v1/users/${row.id}`, { status: true })} then=${reload} />`, "tight actions"],
      ]} />`;
}

function Groups() {
  const [version, bump] = useState(0);
  const [shown, show] = useState();
  return html`<${Section} text="Agents and knowledge can be for certain groups only.">
      <${FormDialog} label="New group" submit="Create" onSubmit=${async (body) => { await api.post("/v1/groups", body); bump((n) => n + 1); }}
        fields=${[{ name: "name", label: "Name", required: true }, { name: "description", label: "Description" }]} />
    <//>
    <${List} path="/v1/groups" version=${version}
      columns=${[
        ["name", "Name", (row) => html`<strong>${row.name}</strong><div class="sub">${row.description}</div>`],
        ["system", "Kind", (row) => (row.system ? "built in" : "")],
        ["created_at", "Since", (row) => html`<${Time} at=${row.created_at} />`],
        ["actions", "Actions", (row, reload) => html`<span class="row"><button class="small" onClick=${() => show(row)}>Members</button>
          ${!row.system && html`<${Confirm} small label="Delete" title=${`Delete ${row.name}?`} text="What is for this group alone is for nobody then but its owner and administrators." action=${() => api.delete(`/v1/groups/${row.id}`)} onDone=${reload} />`}</span>`, "tight actions"],
      ]} />
    ${shown && html`<${Members} group=${shown} onClose=${() => show(undefined)} />`}`;
}

function Members({ group, onClose }) {
  const path = `/v1/groups/${group.id}/members`;
  const [version, bump] = useState(0);
  const users = useLoad(() => api.choices("/v1/users").then((list) => list.map((one) => one.email)), []);
  return html`<${Dialog} title=${`Members of ${group.name}`} onClose=${onClose}>
    <${List} path=${path} version=${version}
      columns=${[
        ["name", "Name", (row) => html`<strong>${row.name || row.email}</strong><div class="sub">${row.email}</div>`],
        ["actions", "Actions", (row, reload) => html`<${Act} label="Remove" danger act=${() => api.delete(`${path}/${row.id}`)} then=${reload} />`, "tight actions"],
      ]}
      empty=${html`<${Empty} title="Nobody yet">Add somebody below.<//>`} />
    <${Form} key=${`${version} ${users.loading}`} submit="Add" onCancel=${onClose} fields=${[{ name: "user", label: "E-mail address", required: true, suggest: users.data }]}
      onSubmit=${async ({ user }) => { await api.put(`${path}/${encodeURIComponent(user)}`); toast("Added"); bump((n) => n + 1); }} />
  <//>`;
}

function Secrets() {
  const [version, bump] = useState(0);
  return html`<${Section} text="Values that tools need. They are encrypted, and nobody is shown them here.">
      <${FormDialog} label="New secret" submit="Create" onSubmit=${async (body) => { await api.post("/v1/secrets", body); bump((n) => n + 1); }}
        fields=${[{ name: "name", label: "Name", required: true, placeholder: "GITHUB_TOKEN", help: "The environment variable that tools get." }, { name: "value", label: "Value", type: "password", required: true }, { name: "description", label: "Description" }]} />
    <//>
    <${List} path="/v1/secrets" version=${version}
      columns=${[
        ["name", "Name", (row) => html`<strong class="mono">${row.name}</strong><div class="sub">${row.description}</div>`],
        ["created_by", "By", (row) => row.created_by],
        ["created_at", "Since", (row) => html`<${Time} at=${row.created_at} />`],
        ["actions", "Actions", (row, reload) => html`<span class="row">
          <${FormDialog} label="Change" primary=${false} title=${`Change ${row.name}`} submit="Save" fields=${[{ name: "value", label: "New value", type: "password", required: true }]}
            onSubmit=${async (body) => { await api.put(`/v1/secrets/${row.id || row.name}`, body); toast("Changed"); reload(); }} />
          <${Confirm} label="Delete" title=${`Delete ${row.name}?`} text="Tools that need it fail from now on." action=${() => api.delete(`/v1/secrets/${row.id || row.name}`)} onDone=${reload} /></span>`, "tight actions"],
      ]}
      empty=${html`<${Empty} title="No secrets yet">A tool that names a secret gets its value as an environment variable, and the value is masked in all it prints.<//>`} />`;
}

function Integrations() {
  const [version, bump] = useState(0);
  return html`<${Section} text="Accounts with other services. Credentials are kept as secrets are.">
      <${FormDialog} label="New integration" submit="Create" onSubmit=${async (body) => { await api.post("/v1/integrations", body); bump((n) => n + 1); }}
        fields=${[{ name: "name", label: "Name", required: true }, { name: "integration_type", label: "Type", required: true, placeholder: "github" }, { name: "description", label: "Description" }, { name: "configs", label: "Configurations", type: "json", value: [{ name: "default", is_default: true, vendor_specific: {} }], help: "vendor_specific may hold tokens: they are shown masked." }]} />
    <//>
    <${List} path="/v1/integrations" version=${version} rowKey="name"
      columns=${[
        ["name", "Name", (row) => html`<strong>${row.name}</strong><div class="sub">${row.description}</div>`],
        ["integration_type", "Type", (row) => row.integration_type],
        ["configs", "Configurations", (row) => (row.configs || []).map((one) => one.name).join(", ")],
        ["actions", "Actions", (row, reload) => html`<${Confirm} label="Delete" title=${`Delete ${row.name}?`} text="Its credentials are forgotten." action=${() => api.delete(`/v1/integrations/${encodeURIComponent(row.name)}`)} onDone=${reload} />`, "tight actions"],
      ]}
      empty=${html`<${Empty} title="No integrations yet">Agents are told which of them they may use.<//>`} />`;
}

function Audit() {
  const [filter, set] = useState({});
  const choose = (name) => (event) => set((before) => ({ ...before, [name]: event.currentTarget.value }));
  return html`<${Section} text="Who did what. Items cannot be changed.">
      <input aria-label="Resource" placeholder="Resource" onChange=${choose("resource")} />
      <input aria-label="User" placeholder="E-mail address" onChange=${choose("email")} />
      <select aria-label="Outcome" onChange=${choose("successful")}><option value="">Any outcome</option><option value="true">Done</option><option value="false">Refused</option></select>
    <//>
    <${List} path="/v1/audit" query=${filter}
      columns=${[
        ["timestamp", "When", (row) => html`<${Time} at=${row.timestamp} />`],
        ["email", "Who", (row) => row.email],
        ["action_type", "Did", (row) => html`${row.action_type.replaceAll("_", " ")} ${row.action_successful ? null : html`<span class="tag bad">refused</span>`}`],
        ["resource_type", "To", (row) => html`<span class="sub">${row.resource_type.replaceAll("_", " ")}</span> ${row.resource_text}`],
        ["extra", "From", (row) => html`<span class="sub">${row.extra.address || ""}${row.extra.key_name ? `, key ${row.extra.key_name}` : ""}</span>`],
      ]} />`;
}
