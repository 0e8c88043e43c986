// The frame: signing in, navigation, and which screen is shown.
import { api, onSignedOut } from "./api.js";
import { Busy, Failure, Head, Toasts, html, render, useEffect, useLoad, useRepeat, useState } from "./ui.js";
import { Agent, Agents, NewAgent, Session } from "./screens/agents.js";
import { Execution, Executions, Overview, Source, Sources, Tool, Tools } from "./screens/core.js";
import { Settings } from "./screens/settings.js";
import { more, navigation } from "./screens/features.js";

const ROUTES = [
  [/^$/, Overview],
  [/^agents$/, Agents],
  [/^agents\/new$/, NewAgent],
  [/^agents\/([^/]+)$/, Agent, "id"],
  [/^sessions\/([^/]+)$/, Session, "id"],
  [/^sources$/, Sources],
  [/^sources\/([^/]+)$/, Source, "id"],
  [/^tools$/, Tools],
  [/^tools\/([^/]+)$/, Tool, "id"],
  [/^executions$/, Executions],
  [/^executions\/([^/]+)$/, Execution, "id"],
  [/^settings(?:\/([a-z]+))?$/, Settings, "tab"],
  ...more,
];

/** Groups of [path, label]. */
const NAVIGATION = [["", [["", "Overview"]]], ...navigation];

const place = () => decodeURIComponent(location.hash.replace(/^#\/?/, "").replace(/\/$/, ""));

function SignIn({ onDone }) {
  const [key, set] = useState("");
  const [error, setError] = useState();
  const [busy, setBusy] = useState(false);
  const go = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await api.signIn(key.trim().replace(/^UserKey\s+/i, ""));
      set("");
      onDone();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return html`<main class="signin">
    <div class="brand"><img src="/assets/icon.svg" alt="" /> Kubiya</div>
    <form class="panel stack" onSubmit=${go}>
      <h1>Sign in</h1>
      <div class="field"><label class="name" for="key">API key</label>
        <input id="key" type="password" autocomplete="off" spellcheck="false" placeholder="uk_…" value=${key} onInput=${(event) => set(event.currentTarget.value)} autofocus />
        <span class="help">The key alone; the prefix is added for you. <code>kubiya up</code> printed the first one.</span>
      </div>
      ${error && html`<${Failure} error=${error} />`}
      <button class="primary" disabled=${busy || !key.trim()}>${busy ? html`<${Busy} />` : null} Sign in</button>
    </form>
  </main>`;
}

/** How many approvals wait, beside their link. */
function Waiting({ at }) {
  const { data, reload } = useLoad((signal) => api.get("/v1/approvals", { status: "pending", limit: 1 }, { signal }).catch(() => null), [at]);
  useRepeat(30_000, reload);
  const waiting = data?.pagination.total;
  return waiting > 0 && html`<span class="badge" aria-label=${`${waiting} wait`}>${waiting}</span>`;
}

const THEMES = ["system", "light", "dark"];

function useTheme() {
  const [theme, set] = useState(() => localStorage.getItem("theme") || "system");
  useEffect(() => {
    localStorage.setItem("theme", theme);
    if (theme === "system") {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = theme;
    }
  }, [theme]);
  return [theme, () => set(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length])];
}

function App() {
  const [at, setAt] = useState(place());
  const [menu, setMenu] = useState(false);
  const [theme, nextTheme] = useTheme();
  const me = useLoad(() => api.get("/v1/auth/me"), []);
  useEffect(() => {
    const moved = () => {
      setAt(place());
      setMenu(false);
      if (document.activeElement?.getAttribute("role") !== "tab") {
        window.scrollTo(0, 0);
        // Whoever does not see the screen change is told of it by where the focus is.
        document.getElementById("main")?.focus({ preventScroll: true });
      }
    };
    addEventListener("hashchange", moved);
    const pressed = (event) => event.key === "Escape" && setMenu(false);
    addEventListener("keydown", pressed);
    onSignedOut(() => me.reload());
    return () => {
      removeEventListener("hashchange", moved);
      removeEventListener("keydown", pressed);
    };
  }, []);
  if (me.loading && !me.data && !me.error) {
    return html`<p class="boot">Loading…</p>`;
  }
  if (me.error && me.error.status !== 401) {
    return html`<main class="signin"><${Failure} error=${me.error} again=${me.reload} /></main>`;
  }
  if (me.error) {
    return html`<${SignIn} onDone=${me.reload} />`;
  }
  const { Screen, given, key } = find(at);
  const current = at.split("/")[0];
  const signOut = async () => {
    await api.signOut().catch(() => {});
    location.hash = "";
    me.reload();
  };
  const link = ([to, label]) => html`<a key=${to} class="item" href="#/${to}" aria-current=${current === to || (to === "agents" && current === "sessions") ? "page" : undefined}>${label}${to === "approvals" && html`<${Waiting} at=${at} />`}</a>`;
  return html`<div class="shell">
      <a class="skip" href="#main" onClick=${(event) => { event.preventDefault(); document.getElementById("main").focus(); }}>Skip to the content</a>
      <header class="topbar">
        <button class="plain" aria-label="Menu" aria-expanded=${menu} onClick=${() => setMenu(!menu)}>☰</button>
        <a class="brand" href="#/"><img src="/assets/icon.svg" alt="" /> Kubiya</a>
      </header>
      ${menu && html`<div class="shade" onClick=${() => setMenu(false)}></div>`}
      <nav class="side ${menu ? "open" : ""}" aria-label="Main">
        <a class="brand" href="#/"><img src="/assets/icon.svg" alt="" /> Kubiya</a>
        ${NAVIGATION.map(([group, list]) => html`${group && html`<div class="group">${group}</div>`}${list.map(link)}`)}
        <div class="group">Organisation</div>
        <a class="item" href="#/settings" aria-current=${current === "settings" ? "page" : undefined}>Settings</a>
        <a class="item" href="/playground">API playground</a>
        <a class="item" href="/docs">Documentation</a>
        <div class="foot">
          <div>${me.data.user.email}</div><div>${me.data.organization.name}</div>
          <div class="row"><button class="plain small" onClick=${nextTheme}>Theme: ${theme}</button><button class="plain small" onClick=${signOut}>Sign out</button></div>
        </div>
      </nav>
      <main class="main" id="main" tabindex="-1" data-place=${at}>
        <${Screen} key=${key} ...${given} me=${me.data} />
      </main>
    </div>
    <${Toasts} />`;
}

/** The screen of a place. What is in its tab stays while the tab changes. */
function find(at) {
  for (const [pattern, Screen, ...names] of ROUTES) {
    const match = at.match(pattern);
    if (match) {
      const given = Object.fromEntries(names.map((name, i) => [name, match[i + 1]]));
      const { tab, ...rest } = given;
      return { Screen, given, key: `${pattern} ${Object.values(rest).join(" ")}` };
    }
  }
  return { Screen: NotFound, given: {}, key: at };
}

const NotFound = () => html`<${Head} title="Not found" /><div class="panel"><p>There is no screen here. <a href="#/">Back to the overview</a></p></div>`;

render(html`<${App} />`, document.getElementById("app"));
