// The way to the server: the session's cookie says who asks, and the header proves that it is this page that asks.

export class ApiError extends Error {
  constructor(status, body) {
    super(body.details || body.error || `The server answered ${status}.`);
    this.status = status;
    this.code = body.errorCode;
    this.requestId = body.requestId;
    this.fields = Object.fromEntries((body.errors || []).map((one) => [one.field.replace(/^\//, ""), one.message]));
    this.retryAfter = body.retryAfter;
  }
}

let signedOut = () => {};

export function onSignedOut(listener) {
  signedOut = listener;
}

async function send(method, path, { body, query, headers, signal } = {}) {
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query || {})) {
    if (value !== undefined && value !== null && value !== "") {
      url.searchParams.set(name, value);
    }
  }
  const form = body instanceof FormData;
  let response;
  try {
    response = await fetch(url, {
      method,
      signal,
      credentials: "same-origin",
      headers: { "X-Kubiya-Web": "1", ...(body === undefined || form ? {} : { "Content-Type": "application/json" }), ...headers },
      body: body === undefined || form ? body : JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw new ApiError(0, { details: "The server does not answer. Is it running?" });
  }
  if (response.ok) {
    return response;
  }
  const failure = await response.json().catch(() => ({}));
  if (response.status === 401 && !headers?.Authorization && path !== "/v1/auth/me") {
    signedOut();
  }
  throw new ApiError(response.status, failure);
}

async function json(method, path, options) {
  const response = await send(method, path, options);
  if (!(response.headers.get("Content-Type") || "").startsWith("application/json")) {
    return response.text();
  }
  const body = await response.json();
  const tag = response.headers.get("ETag");
  if (tag && body && typeof body === "object") {
    // For If-Match; it is no field of the answer.
    Object.defineProperty(body, "tag", { value: tag });
  }
  return body;
}

/** The header that refuses a change of something that somebody else has changed since it was read. */
export const unchanged = (read) => (read.tag ? { headers: { "If-Match": read.tag } } : {});

export const api = {
  get: (path, query, options) => json("GET", path, { query, ...options }),
  post: (path, body = {}, options) => json("POST", path, { body, ...options }),
  put: (path, body = {}, options) => json("PUT", path, { body, ...options }),
  patch: (path, body = {}, options) => json("PATCH", path, { body, ...options }),
  delete: (path, options) => json("DELETE", path, options),
  /** As much of a list as people can choose from; nothing where the key may not read it. */
  choices: (path) => api.get(path, { limit: 500 }).then((page) => page.data, () => []),
  send,
  signIn: (key) => json("POST", "/web/session", { headers: { Authorization: `UserKey ${key}` } }),
  signOut: () => json("DELETE", "/web/session"),
};

/** Server-sent events of an answer, one by one: {id, event, data}. */
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let event = { id: "", event: "message", data: [] };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      const lines = (rest + value).split(/\r?\n/);
      rest = lines.pop();
      for (const line of lines) {
        if (line === "") {
          if (event.data.length) {
            yield { id: event.id, event: event.event, data: parsed(event.data.join("\n")) };
          }
          event = { id: event.id, event: "message", data: [] };
        } else if (line.startsWith("data:")) {
          event.data.push(line.slice(5).replace(/^ /, ""));
        } else if (line.startsWith("id:")) {
          event.id = line.slice(3).trim();
        } else if (line.startsWith("event:")) {
          event.event = line.slice(6).trim();
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Follows a stream until it ends, over lost connections: from the last event on.
 * @param open (lastEventId) => Promise<Response>
 */
export async function follow(open, handle, signal) {
  let last = "";
  for (let failures = 0; !signal.aborted; ) {
    try {
      for await (const event of events(await open(last))) {
        if (signal.aborted) {
          return;
        }
        failures = 0;
        last = event.id || last;
        handle(event);
      }
      return;
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if ((error instanceof ApiError && error.status && error.status < 500) || ++failures > 6) {
        throw error;
      }
      await new Promise((done) => setTimeout(done, 400 * 2 ** failures));
    }
  }
}
