// The API playground: every operation of the description, tried through the server's proxy. The key is given once and goes
// to the server; what this page holds afterwards is a session's cookie that no script can read.
import { api, events } from "./api.js";
import { Copy, Failure, Field, Markdown, Tabs, html, render, toast, Toasts, useEffect, useLoad, useState } from "./ui.js";

const PROXY = "/playground/proxy";

function resolve(description, node) {
  return node?.$ref ? resolve(description, node.$ref.slice(2).split("/").reduce((at, name) => at[name.replaceAll("~1", "/").replaceAll("~0", "~")], description)) : node || {};
}

function operationsOf(description) {
  const groups = new Map(description.tags.map((tag) => [tag.name, { ...tag, operations: [] }]));
  for (const [path, item] of Object.entries(description.paths)) {
    for (const method of ["get", "post", "put", "patch", "delete"]) {
      const operation = item[method];
      if (operation) {
        const parameters = [...(item.parameters || []), ...(operation.parameters || [])].map((one) => resolve(description, one));
        groups.get(operation.tags[0])?.operations.push({ path, method: method.toUpperCase(), ...operation, parameters });
      }
    }
  }
  return [...groups.values()].filter((group) => group.operations.length);
}

function exampleOf(description, content) {
  if (!content) return undefined;
  if (content.example !== undefined) return content.example;
  const first = Object.values(content.examples || {})[0];
  return first ? resolve(description, first).value : undefined;
}

function fieldOf(parameter) {
  const schema = parameter.schema || {};
  const options = schema.enum ? ["", ...schema.enum] : schema.type === "boolean" ? ["", "true", "false"] : null;
  return { name: parameter.name, label: parameter.name, help: parameter.description, required: parameter.required, type: options ? "select" : "text", options, placeholder: parameter.example === undefined ? "" : String(parameter.example) };
}

/** The request on screen. */
function requestOf(operation, values, body) {
  let path = operation.path;
  const query = new URLSearchParams();
  const headers = {};
  for (const parameter of operation.parameters) {
    const value = values[parameter.name] || "";
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, encodeURIComponent(value || `{${parameter.name}}`).replace("%7B", "{").replace("%7D", "}"));
    else if (value !== "" && parameter.in === "query") query.set(parameter.name, value);
    else if (value !== "" && parameter.in === "header") headers[parameter.name] = value;
  }
  return { method: operation.method, path: query.size ? `${path}?${query}` : path, headers, body: operation.requestBody && body.trim() ? body : "" };
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

const SAMPLES = {
  curl: ({ method, path, headers, body }, base) =>
    [
      `curl -sS ${method === "GET" || (method === "POST" && body) ? "" : `-X ${method} `}${quoted(base + path)}`,
      `  -H "Authorization: UserKey $KUBIYA_API_KEY"`,
      ...Object.entries(headers).map(([name, value]) => `  -H ${quoted(`${name}: ${value}`)}`),
      ...(body ? [`  -d ${quoted(body)}`] : []),
    ].join(" \\\n"),
  JavaScript: ({ method, path, headers, body }, base) =>
    `const response = await fetch(${JSON.stringify(base + path)}, {
  method: ${JSON.stringify(method)},
  headers: {
    Authorization: \`UserKey \${process.env.KUBIYA_API_KEY}\`,${Object.entries(headers).map(([name, value]) => `\n    ${JSON.stringify(name)}: ${JSON.stringify(value)},`).join("")}
  },${body ? `\n  body: JSON.stringify(${body.replaceAll("\n", "\n  ")}),` : ""}
});
console.log(response.status, await response.text());`,
  Python: ({ method, path, headers, body }, base) =>
    `import os
import urllib.request

request = urllib.request.Request(
    ${JSON.stringify(base + path)},
    method=${JSON.stringify(method)},
    headers={
        "Authorization": "UserKey " + os.environ["KUBIYA_API_KEY"],${Object.entries(headers).map(([name, value]) => `\n        ${JSON.stringify(name)}: ${JSON.stringify(value)},`).join("")}
    },${body ? `\n    data=r'''${body}'''.encode(),` : ""}
)
with urllib.request.urlopen(request) as response:
    print(response.status, response.read().decode())`,
  Java: ({ method, path, headers, body }, base) =>
    `HttpRequest request = HttpRequest.newBuilder(URI.create(${JSON.stringify(base + path)}))
        .header("Authorization", "UserKey " + System.getenv("KUBIYA_API_KEY"))${Object.entries(headers).map(([name, value]) => `\n        .header(${JSON.stringify(name)}, ${JSON.stringify(value)})`).join("")}
        .method("${method}", ${body ? `HttpRequest.BodyPublishers.ofString("""
                ${body.replaceAll("\\", "\\\\").replaceAll('"""', '\\"""').replaceAll("\n", "\n                ")}""")` : "HttpRequest.BodyPublishers.noBody()"})
        .build();
HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.statusCode() + " " + response.body());`,
};

function KeyPanel({ signedIn, onChange }) {
  const [key, set] = useState("");
  const [error, setError] = useState();
  if (signedIn) {
    return html`<div class="panel row"><span class="tag good">authenticated</span> <span>${signedIn.key.name} (<code>${signedIn.key.prefix}…</code>), ${signedIn.user.email}</span>
      <button class="small" onClick=${async () => { await api.signOut().catch(() => {}); onChange(); }}>Forget the key</button></div>`;
  }
  const send = async (event) => {
    event.preventDefault();
    setError(undefined);
    try {
      await api.signIn(key.trim().replace(/^UserKey\s+/i, ""));
      onChange();
    } catch (problem) {
      setError(problem);
    }
    set("");
  };
  return html`<form class="panel stack" onSubmit=${send}>
    <h2>Authentication</h2>
    <div class="row"><div class="field grow">
      <label class="name" for="key">API key</label>
      <input id="key" type="password" autocomplete="off" spellcheck="false" placeholder="uk_…" value=${key} onInput=${(event) => set(event.currentTarget.value)} />
      <span class="help">Enter your Kubiya API key only. The "UserKey" prefix will be added automatically. It goes to this server once and is not kept in the browser.</span>
    </div></div>
    ${error && html`<${Failure} error=${error} />`}
    <div><button class="primary" disabled=${!key.trim()}>Use this key</button></div>
  </form>`;
}

function Operation({ description, operation, signedIn }) {
  const [values, setValues] = useState({});
  const content = resolve(description, operation.requestBody).content || {};
  const json = content["application/json"];
  const example = exampleOf(description, json);
  const [body, setBody] = useState(example === undefined ? (json ? "{}" : "") : JSON.stringify(example, null, 2));
  const [language, setLanguage] = useState("curl");
  const [answer, setAnswer] = useState();
  const [busy, setBusy] = useState(false);
  const request = requestOf(operation, values, body);
  const missing = operation.parameters.filter((one) => one.in === "path" && !values[one.name]).map((one) => one.name);
  const expected = Object.entries(operation.responses).filter(([status]) => status.startsWith("2"));
  const send = async (event) => {
    event.preventDefault();
    setBusy(true);
    setAnswer(undefined);
    const started = performance.now();
    try {
      const response = await fetch((request.path.startsWith("/v1/") ? PROXY : "") + request.path, {
        method: request.method,
        headers: { "X-Kubiya-Web": "1", ...request.headers, ...(request.body ? { "Content-Type": "application/json" } : {}) },
        body: request.body || undefined,
      });
      const head = { status: response.status, headers: Object.fromEntries(response.headers), took: Math.round(performance.now() - started) };
      const type = response.headers.get("Content-Type") || "";
      if (type.startsWith("text/event-stream")) {
        let text = "";
        for await (const one of events(response)) {
          text += `${one.event === "message" ? "" : `event: ${one.event}\n`}data: ${typeof one.data === "string" ? one.data : JSON.stringify(one.data)}\n\n`;
          setAnswer({ ...head, text: text.slice(-200_000) });
        }
        setAnswer({ ...head, text });
      } else {
        const text = await response.text();
        setAnswer({ ...head, text: type.startsWith("application/json") ? pretty(text) : text });
      }
    } catch (problem) {
      toast(problem.message, "bad");
    } finally {
      setBusy(false);
    }
  };
  return html`<div>
    <div class="panel">
      <h1>${operation.summary}</h1>
      <p class="mono"><span class="verb ${operation.method}">${operation.method}</span> ${operation.path}</p>
      <${Markdown} text=${operation.description} />
      <p class="sub">Scope: <code>${operation["x-scope"]}</code></p>
      <form class="stack" onSubmit=${send}>
        ${operation.parameters.map((one) => html`<${Field} key=${one.in + one.name} field=${{ ...fieldOf(one), label: `${one.name} (${one.in})` }} value=${values[one.name] || ""} onChange=${(value) => setValues((before) => ({ ...before, [one.name]: value }))} />`)}
        ${json && html`<${Field} field=${{ name: "body", label: "Body", type: "code", rows: Math.min(18, body.split("\n").length + 1) }} value=${body} onChange=${setBody} />`}
        ${content["multipart/form-data"] && html`<p class="help">This operation takes a file: use one of the samples with your own.</p>`}
        <div class="row"><button class="primary" disabled=${busy || missing.length > 0 || (!signedIn && operation["x-scope"] !== "none")}>${busy ? "Sending…" : "Send"}</button>
          ${missing.length > 0 ? html`<span class="help">Fill in ${missing.join(", ")}.</span>` : !signedIn && operation["x-scope"] !== "none" && html`<span class="help">Enter a key first.</span>`}</div>
      </form>
    </div>
    ${answer && html`<div class="panel" aria-live="polite"><header><h2>Answer</h2><span class="row"><span class="tag ${answer.status < 300 ? "good" : "bad"}">${answer.status}</span> <span class="sub">${answer.took} ms</span></span></header>
      <details><summary>Headers</summary><pre>${Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`).join("\n")}</pre></details>
      <pre tabindex="0">${answer.text}</pre></div>`}
    <div class="panel"><header><h2>Code</h2><${Copy} text=${SAMPLES[language](request, location.origin)} /></header>
      <${Tabs} tabs=${Object.keys(SAMPLES).map((name) => [name, name])} value=${language} onChange=${setLanguage} />
      <pre tabindex="0">${SAMPLES[language](request, location.origin)}</pre></div>
    ${expected.map(([status, response]) => {
      const of = resolve(description, response);
      const sample = exampleOf(description, of.content?.["application/json"]) ?? exampleOf(description, of.content?.["text/event-stream"]);
      return html`<div class="panel"><h2>Example of an answer: ${status}</h2><p class="sub">${of.description}</p>${sample !== undefined && html`<pre tabindex="0">${typeof sample === "string" ? sample : JSON.stringify(sample, null, 2)}</pre>`}</div>`;
    })}
  </div>`;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function Playground() {
  const description = useLoad((signal) => fetch("/openapi.json", { signal }).then((answer) => answer.json()), []);
  const me = useLoad(() => api.get("/v1/auth/me"), []);
  const [chosen, set] = useState(decodeURIComponent(location.hash.slice(1)) || "listSources");
  const [q, setQ] = useState("");
  useEffect(() => {
    const moved = () => set(decodeURIComponent(location.hash.slice(1)) || "listSources");
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  if (description.error) return html`<main class="main"><${Failure} error=${description.error} /></main>`;
  if (!description.data) return html`<p class="boot">Loading…</p>`;
  const groups = operationsOf(description.data);
  const operation = groups.flatMap((group) => group.operations).find((one) => one.operationId === chosen);
  const matches = (one) => !q || `${one.summary} ${one.path} ${one.method}`.toLowerCase().includes(q.toLowerCase());
  return html`<header class="topbar playbar"><a class="brand" href="/"><img src="/assets/icon.svg" alt="" /> Kubiya</a><strong>API playground</strong></header>
    <main class="main wide" id="main">
      <${KeyPanel} signedIn=${me.error ? null : me.data} onChange=${me.reload} />
      <div class="play">
        <nav class="panel ops" aria-label="Operations">
          <input type="search" aria-label="Search operations" placeholder="Search" value=${q} onInput=${(event) => setQ(event.currentTarget.value)} />
          ${groups.map((group) => {
            const shown = group.operations.filter(matches);
            return shown.length > 0 && html`<details open=${!!q || shown.some((one) => one.operationId === chosen)}><summary>${group.name}</summary>
              ${shown.map((one) => html`<button aria-current=${one.operationId === chosen ? "true" : undefined} onClick=${() => (location.hash = one.operationId)}><span class="verb ${one.method}">${one.method}</span> ${one.summary}</button>`)}</details>`;
          })}
        </nav>
        ${operation ? html`<${Operation} key=${chosen} description=${description.data} operation=${operation} signedIn=${me.error ? null : me.data} />` : html`<div class="panel">Choose an operation.</div>`}
      </div>
    </main>
    <${Toasts} />`;
}

render(html`<${Playground} />`, document.getElementById("app"));
