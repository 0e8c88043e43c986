import { OPERATIONS } from "./operations.js";

const VERSION = "0.1.0";
const DEFAULT_BASE_URL = "http://127.0.0.1:8080/v1";
/** Query parameters of these names have options with another one. */
const OPTIONS_OF_CALLS = new Set(["signal", "timeout", "maxRetries", "headers"]);
const RETRIED_STATUSES = new Set([408, 429, 502, 503, 504]);
const LONGEST_WAIT_SECONDS = 60;

/** What every error of this library is. */
export class KubiyaError extends Error {
  constructor(message, facts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    /** HTTP status; undefined when there was no answer. */
    this.status = facts.status;
    /** One word that does not change: NOT_FOUND, VALIDATION_FAILED, … */
    this.errorCode = facts.errorCode;
    /** What was wrong and what to do. */
    this.details = facts.details;
    /** Wrong fields: [{field, message}]. */
    this.errors = facts.errors ?? [];
    this.requestId = facts.requestId;
    /** Seconds to wait before the next try, where the server says so. */
    this.retryAfter = facts.retryAfter;
  }
}

/** There was no answer: refused, cut off, no such host. */
export class ConnectionError extends KubiyaError {}
/** The answer took longer than `timeout`. */
export class TimeoutError extends KubiyaError {}
/** 400: something in the request is wrong, see `errors`. */
export class ValidationError extends KubiyaError {}
/** 401: no key, or one that is not good. */
export class AuthenticationError extends KubiyaError {}
/** 403: the key may not do this. */
export class PermissionError extends KubiyaError {}
/** 404. */
export class NotFoundError extends KubiyaError {}
/** 409 and 423: it exists already, or somebody else holds it. */
export class ConflictError extends KubiyaError {}
/** 412: somebody else changed it since. */
export class PreconditionFailedError extends KubiyaError {}
/** 429: too many requests, see `retryAfter`. */
export class RateLimitError extends KubiyaError {}
/** 5xx. */
export class ServerError extends KubiyaError {}

function errorClass(status) {
  switch (status) {
    case 400: case 413: case 415: case 422: return ValidationError;
    case 401: return AuthenticationError;
    case 403: return PermissionError;
    case 404: return NotFoundError;
    case 409: case 423: return ConflictError;
    case 412: return PreconditionFailedError;
    case 429: return RateLimitError;
    default: return status >= 500 ? ServerError : KubiyaError;
  }
}

async function errorOf(response) {
  const text = await response.text().catch(() => "");
  let body = {};
  try {
    body = JSON.parse(text);
  } catch {
    // An answer of something in between: its text is all there is.
  }
  // The OpenAI-compatible paths have that API's form.
  const inner = typeof body.error === "object" && body.error !== null ? body.error : null;
  const details = body.details ?? inner?.message ?? (text.slice(0, 500) || response.statusText);
  const retryAfter = Number(response.headers.get("Retry-After") ?? body.retryAfter);
  return new (errorClass(response.status))(details, {
    status: response.status,
    errorCode: body.errorCode ?? inner?.code ?? undefined,
    details,
    errors: body.errors,
    requestId: body.requestId ?? response.headers.get("X-Request-Id") ?? undefined,
    retryAfter: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined,
  });
}

/** A page of a list. Iterating over it goes on with the rows of the pages that follow. */
export class Page {
  #load;

  constructor(body, load) {
    this.data = body.data;
    this.pagination = body.pagination;
    this.#load = load;
  }

  get hasNext() {
    const { total, limit, offset } = this.pagination;
    return this.data.length > 0 && limit > 0 && offset + this.data.length < total;
  }

  /** The next page, or null after the last. */
  async next() {
    return this.hasNext ? this.#load(this.pagination.offset + this.data.length) : null;
  }

  async *[Symbol.asyncIterator]() {
    for (let page = this; page !== null; page = await page.next()) {
      yield* page.data;
    }
  }
}

/** A list that is being asked for: await it for the first page, or iterate over all rows. */
export class PagePromise {
  #page;
  #ask;

  constructor(ask) {
    this.#ask = ask;
  }

  #first() {
    return (this.#page ??= this.#ask());
  }

  then(resolve, reject) {
    return this.#first().then(resolve, reject);
  }

  catch(reject) {
    return this.#first().catch(reject);
  }

  finally(action) {
    return this.#first().finally(action);
  }

  async *[Symbol.asyncIterator]() {
    yield* await this.#first();
  }

  /** Every row, in one array. */
  async all() {
    const rows = [];
    for await (const row of this) {
      rows.push(row);
    }
    return rows;
  }
}

/**
 * Server-sent events: `{id, event, data}`, with `data` parsed where it is JSON. A connection that is lost goes on after the
 * last event that was read, where the operation can.
 */
export class EventStream {
  #open;
  #response;
  #lastId;
  #retries;
  #closed = false;

  constructor(response, open, retries) {
    this.#response = response;
    this.#open = open;
    this.#retries = retries;
    this.headers = response.headers;
  }

  /** Hangs up. */
  async close() {
    this.#closed = true;
    await this.#response.body?.cancel().catch(() => {});
  }

  async *[Symbol.asyncIterator]() {
    let failures = 0;
    try {
      while (!this.#closed) {
        try {
          for await (const event of readEvents(this.#response.body)) {
            failures = 0;
            if (event.id) {
              this.#lastId = event.id;
            }
            if (event.data === "[DONE]") {
              return;
            }
            yield event;
          }
          return;
        } catch (error) {
          if (this.#closed) {
            return;
          }
          if (error instanceof KubiyaError || !this.#open || this.#lastId === undefined || failures >= this.#retries) {
            throw error instanceof KubiyaError
              ? error
              : new ConnectionError("the stream was cut off", { cause: error });
          }
          await sleep(backoff(failures++));
          this.#response = await this.#open(this.#lastId);
        }
      }
    } finally {
      if (!this.#closed) {
        await this.close();
      }
    }
  }
}

async function* readEvents(body) {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  let id = "";
  let event = "";
  let data = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop();
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) {
            yield { id, event: event || "message", data: parsed(data.join("\n")) };
          }
          event = "";
          data = [];
          continue;
        }
        const colon = line.indexOf(":");
        const field = colon < 0 ? line : line.slice(0, colon);
        const text = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
        if (field === "data") {
          data.push(text);
        } else if (field === "id") {
          id = text;
        } else if (field === "event") {
          event = text;
        }
      }
      if (done) {
        return;
      }
    }
  } finally {
    reader.releaseLock();
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function sleep(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

/** Seconds before the try after this many failures: doubling from half a second, with some chance in it. */
function backoff(failures) {
  return Math.min(8, 0.5 * 2 ** failures) * (0.75 + Math.random() / 2);
}

function camel(name) {
  return name
    .split(/[-_]/)
    .map((word, i) => (i === 0 ? word[0].toLowerCase() + word.slice(1) : word[0].toUpperCase() + word.slice(1).toLowerCase()))
    .join("");
}

/** Speaks to a Kubiya server. Resources are properties: `client.agents.list()`, `client.tools.execute(…)`. */
export class KubiyaClient {
  #apiKey;
  #origin;
  #base;
  #timeout;
  #retries;
  #fetch;

  constructor(options = {}) {
    const environment = globalThis.process?.env ?? {};
    this.#apiKey = options.apiKey ?? environment.KUBIYA_API_KEY;
    if (!this.#apiKey) {
      throw new KubiyaError("no API key: pass { apiKey } or set KUBIYA_API_KEY");
    }
    this.#base = String(options.baseUrl ?? environment.KUBIYA_BASE_URL ?? DEFAULT_BASE_URL).replace(/\/+$/, "");
    this.#origin = this.#base.replace(/\/v\d+$/, "");
    this.#timeout = options.timeout ?? 60_000;
    this.#retries = options.maxRetries ?? 2;
    this.#fetch = options.fetch ?? ((...call) => globalThis.fetch(...call));
    for (const [resource, operations] of Object.entries(OPERATIONS)) {
      const methods = {};
      for (const [name, operation] of Object.entries(operations)) {
        methods[name] = (...parameters) => this.#call(operation, parameters);
      }
      this[resource] = Object.freeze(methods);
    }
    Object.freeze(this);
  }

  /** All teammates: `agents.list().all()` under the name that they have in the overview. */
  getTeammates() {
    return this.agents.list().all();
  }

  #call(operation, parameters) {
    const names = [...operation.path.matchAll(/\{([^}]+)}/g)].map((match) => match[1]);
    const rest = [...parameters];
    let path = operation.path;
    for (const name of names) {
      const value = rest.shift();
      if (value === undefined || value === null || value === "") {
        throw new KubiyaError(`${operation.method} ${operation.path} needs ${name}`);
      }
      path = path.replace(`{${name}}`, encodeURIComponent(value));
    }
    const body = operation.body ? rest.shift() : undefined;
    const options = rest.shift() ?? {};
    switch (operation.answer) {
      case "page":
        return new PagePromise(() => this.#page(operation, path, options));
      case "stream":
        return this.#stream(operation, path, body, options);
      default:
        return this.#request(operation, path, body, options).then((response) => this.#read(operation, path, body, options, response));
    }
  }

  async #page(operation, path, options) {
    const response = await this.#request(operation, path, undefined, options);
    return new Page(await response.json(), (offset) => this.#page(operation, path, { ...options, page: undefined, offset }));
  }

  async #stream(operation, path, body, options) {
    const response = await this.#request(operation, path, body, options);
    return this.#events(operation, path, body, options, response);
  }

  #events(operation, path, body, options, response) {
    const resumes = operation.headers?.includes("Last-Event-ID") && operation.method === "GET";
    const open = resumes ? (lastEventId) => this.#request(operation, path, body, { ...options, lastEventId }) : null;
    return new EventStream(response, open, this.#retries);
  }

  async #read(operation, path, body, options, response) {
    const type = response.headers.get("Content-Type") ?? "";
    if (type.startsWith("text/event-stream")) {
      return this.#events(operation, path, body, options, response);
    }
    if (operation.answer === "empty" || response.status === 204) {
      await response.body?.cancel();
      return undefined;
    }
    return type.startsWith("application/json") ? response.json() : response.text();
  }

  #url(operation, path, options) {
    const url = new URL(path.startsWith("/v1/") ? this.#base + path.slice(3) : this.#origin + path);
    for (const name of operation.query ?? []) {
      const value = options[OPTIONS_OF_CALLS.has(name) ? `${name}_query` : name];
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined && one !== null) {
          url.searchParams.append(name, one instanceof Date ? one.toISOString() : String(one));
        }
      }
    }
    return url;
  }

  #headers(operation, options, body) {
    const headers = new Headers(options.headers ?? {});
    headers.set("Authorization", `UserKey ${this.#apiKey}`);
    headers.set("X-Client", `kubiya-sdk-javascript/${VERSION}`);
    for (const name of operation.headers ?? []) {
      const value = options[camel(name)];
      if (value !== undefined && value !== null) {
        headers.set(name, String(value));
      }
    }
    if (operation.body === "json" && body !== undefined) {
      headers.set("Content-Type", "application/json");
    }
    // So that a write whose answer was lost can be sent again without doing it twice.
    if (operation.headers?.includes("Idempotency-Key") && !headers.has("Idempotency-Key")) {
      headers.set("Idempotency-Key", globalThis.crypto.randomUUID());
    }
    return headers;
  }

  async #request(operation, path, body, options) {
    const url = this.#url(operation, path, options);
    const headers = this.#headers(operation, options, body);
    const repeatable =
      ["GET", "PUT", "DELETE"].includes(operation.method) || headers.has("Idempotency-Key");
    const retries = repeatable ? (options.maxRetries ?? this.#retries) : 0;
    for (let failures = 0; ; failures++) {
      let failure;
      try {
        const response = await this.#once(url, operation, headers, body, options);
        if (response.ok) {
          return response;
        }
        failure = await errorOf(response);
        if (!RETRIED_STATUSES.has(response.status)) {
          throw failure;
        }
      } catch (error) {
        if (!(error instanceof ConnectionError)) {
          throw error;
        }
        failure = error;
      }
      const wait = failure.retryAfter ?? backoff(failures);
      if (failures >= retries || wait > LONGEST_WAIT_SECONDS) {
        throw failure;
      }
      await sleep(wait);
      options.signal?.throwIfAborted();
    }
  }

  async #once(url, operation, headers, body, options) {
    const timer = new AbortController();
    const limit = options.timeout ?? this.#timeout;
    // Until the headers are there; a stream may go on for as long as it likes.
    const alarm = limit > 0 ? setTimeout(() => timer.abort(), limit) : undefined;
    const signal = options.signal ? AbortSignal.any([options.signal, timer.signal]) : timer.signal;
    try {
      return await this.#fetch(url, {
        method: operation.method,
        headers,
        body: body === undefined ? undefined : operation.body === "form" ? body : JSON.stringify(body),
        redirect: "error",
        signal,
      });
    } catch (error) {
      if (timer.signal.aborted) {
        throw new TimeoutError(`no answer within ${limit} ms from ${url.origin}`, { cause: error });
      }
      if (options.signal?.aborted) {
        throw error;
      }
      const reason = error.cause?.code ?? error.cause?.message ?? error.message;
      throw new ConnectionError(`no answer from ${url.origin}: ${reason}`, { cause: error });
    } finally {
      clearTimeout(alarm);
    }
  }
}
