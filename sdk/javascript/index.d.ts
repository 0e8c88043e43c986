// Generated from api/openapi.yaml by sdk/generator; do not edit.

export interface ClientOptions {
  /** The key, without `UserKey`; default: the environment's KUBIYA_API_KEY. */
  apiKey?: string;
  /** Default: the environment's KUBIYA_BASE_URL, then http://127.0.0.1:8080/v1. */
  baseUrl?: string;
  /** Milliseconds until the headers of an answer must be there; 0 = for ever. Default: 60,000. */
  timeout?: number;
  /** How often a request that may be repeated is repeated. Default: 2. */
  maxRetries?: number;
  /** In place of the global fetch. */
  fetch?: typeof fetch;
}

export interface CallOptions {
  signal?: AbortSignal;
  timeout?: number;
  maxRetries?: number;
  headers?: Record<string, string>;
}

export class KubiyaError extends Error {
  readonly status?: number;
  readonly errorCode?: string;
  readonly details?: string;
  readonly errors: Array<{ field: string; message: string }>;
  readonly requestId?: string;
  readonly retryAfter?: number;
}
export class ConnectionError extends KubiyaError {}
export class TimeoutError extends KubiyaError {}
export class ValidationError extends KubiyaError {}
export class AuthenticationError extends KubiyaError {}
export class PermissionError extends KubiyaError {}
export class NotFoundError extends KubiyaError {}
export class ConflictError extends KubiyaError {}
export class PreconditionFailedError extends KubiyaError {}
export class RateLimitError extends KubiyaError {}
export class ServerError extends KubiyaError {}

/** A page of a list; iterating goes on with the pages that follow. */
export class Page<T> implements AsyncIterable<T> {
  readonly data: T[];
  readonly pagination: Pagination;
  readonly hasNext: boolean;
  next(): Promise<Page<T> | null>;
  [Symbol.asyncIterator](): AsyncIterator<T>;
}

/** Await it for the first page, or iterate over all rows. */
export class PagePromise<T> implements PromiseLike<Page<T>>, AsyncIterable<T> {
  then<A = Page<T>, B = never>(
    resolve?: ((page: Page<T>) => A | PromiseLike<A>) | null,
    reject?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B>;
  catch<B = never>(reject?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<Page<T> | B>;
  finally(action?: (() => void) | null): Promise<Page<T>>;
  /** Every row, in one array. */
  all(): Promise<T[]>;
  [Symbol.asyncIterator](): AsyncIterator<T>;
}

export interface StreamEvent {
  id: string;
  event: string;
  /** Parsed where it is JSON. */
  data: any;
}

/** Server-sent events. */
export class EventStream implements AsyncIterable<StreamEvent> {
  readonly headers: Headers;
  close(): Promise<void>;
  [Symbol.asyncIterator](): AsyncIterator<StreamEvent>;
}

/** An AI teammate. */
export interface Agent {
  /** Its id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** What people call it. */
  name: string;
  /** What it is for. */
  description?: string;
  /** How it was made; kept as sent. */
  instruction_type?: string;
  /** What the model is told, besides the platform's own words. */
  ai_instructions?: string;
  /** The language model; empty = the default. */
  llm_model?: string;
  /** A container image; kept as sent. */
  image?: string;
  /** Where its tools run; empty = any healthy runner. */
  runners?: Array<string>;
  /** Ids of sources, all of whose tools it may use. */
  sources?: Array<string>;
  /** Names of single tools that it may use. */
  tools?: Array<string>;
  /** Names of integrations. */
  integrations?: Array<string>;
  /** Names of secrets that its tools may ask for. */
  secrets?: Array<string>;
  /** Variables for the tools that name them. */
  environment_variables?: Record<string, string>;
  /** Emails or ids of the only users that may talk to it; empty = everybody. */
  allowed_users?: Array<string>;
  /** Groups; kept and not enforced yet. */
  allowed_groups?: Array<string>;
  /** Who looks after it; kept as sent. */
  owners?: Array<string>;
  /** Links for people; kept as sent. */
  links?: Array<string>;
  /** Things to say first, for people to choose from. */
  starters?: Array<{
    /** What people see. */
    display_name?: string;
    /** What is said. */
    command?: string;
  }>;
  /** Objects with `name`, `prompt` and `description`, or strings; kept as sent. */
  tasks?: Array<Record<string, unknown> | string>;
  /** Words for people to find it by. */
  tags?: Array<string>;
  /** Whether people have to agree before it runs a tool; `tools` names those that it is for, none named = all of them. A tool with a rule of its own needs both. */
  requires_approval?: boolean | {
    /** Names of the tools that it is for. */
    tools?: Array<string>;
    users?: ApprovalUsers;
    groups?: ApprovalGroups;
    not_requester?: ApprovalByOthers;
    expires_in?: ApprovalExpiry;
    message?: ApprovalMessage;
  };
  /** Kept as sent. */
  is_debug_mode?: boolean;
  /** What manages it, such as terraform; kept as sent. */
  managed_by?: string;
  /** The task that made it; kept as sent. */
  task_id?: string;
  /** Email of the user who created it. */
  email?: string;
  /** Name of its organisation. */
  organization: string;
  /** Who made and changed it, and when. */
  metadata: Authorship;
  /** When it was created. */
  created_at: string;
  /** When it was last changed. */
  updated_at: string;
}

/** An AI teammate. */
export interface AgentInput {
  /** What people call it. */
  name: string;
  /** What it is for. */
  description?: string;
  /** How it was made; kept as sent. */
  instruction_type?: string;
  /** What the model is told, besides the platform's own words. */
  ai_instructions?: string;
  /** The language model; empty = the default. */
  llm_model?: string;
  /** A container image; kept as sent. */
  image?: string;
  /** Where its tools run; empty = any healthy runner. */
  runners?: Array<string>;
  /** Ids of sources, all of whose tools it may use. */
  sources?: Array<string>;
  /** Names of single tools that it may use. */
  tools?: Array<string>;
  /** Names of integrations. */
  integrations?: Array<string>;
  /** Names of secrets that its tools may ask for. */
  secrets?: Array<string>;
  /** Variables for the tools that name them. */
  environment_variables?: Record<string, string>;
  /** Emails or ids of the only users that may talk to it; empty = everybody. */
  allowed_users?: Array<string>;
  /** Groups; kept and not enforced yet. */
  allowed_groups?: Array<string>;
  /** Who looks after it; kept as sent. */
  owners?: Array<string>;
  /** Links for people; kept as sent. */
  links?: Array<string>;
  /** Things to say first, for people to choose from. */
  starters?: Array<{
    /** What people see. */
    display_name?: string;
    /** What is said. */
    command?: string;
  }>;
  /** Objects with `name`, `prompt` and `description`, or strings; kept as sent. */
  tasks?: Array<Record<string, unknown> | string>;
  /** Words for people to find it by. */
  tags?: Array<string>;
  /** Whether people have to agree before it runs a tool; `tools` names those that it is for, none named = all of them. A tool with a rule of its own needs both. */
  requires_approval?: boolean | {
    /** Names of the tools that it is for. */
    tools?: Array<string>;
    users?: ApprovalUsersInput;
    groups?: ApprovalGroupsInput;
    not_requester?: ApprovalByOthersInput;
    expires_in?: ApprovalExpiryInput;
    message?: ApprovalMessageInput;
  };
  /** Kept as sent. */
  is_debug_mode?: boolean;
  /** What manages it, such as terraform; kept as sent. */
  managed_by?: string;
  /** The task that made it; kept as sent. */
  task_id?: string;
}

/** A key, without the key itself. */
export interface ApiKey {
  /** Its id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** What people call it. */
  name: string;
  /** What it is for. */
  description?: string;
  /** What it may do. Empty in a request = what the key that makes it may do. */
  scopes?: Array<string>;
  /** When it ends (RFC 3339), in the future; null = never. */
  expires_at?: string | null;
  /** Requests in a minute; null = as the server is set, 0 = no limit. Only administrators set it. */
  rate_limit_per_minute?: number | null;
  /** Requests in a day of UTC; null = as the server is set, 0 = no limit. Only administrators set it. */
  rate_limit_per_day?: number | null;
  /** Its first eight characters. */
  prefix: string;
  /** `active`, `expired` or `revoked`. */
  status: string;
  /** Whose it is; only administrators make keys for others. */
  user_id?: string;
  /** Whose it is. */
  user: {
    /** Id. */
    id: string;
    /** The same as `id`. */
    uuid: string;
    /** Name. */
    name: string;
    /** Address. */
    email: string;
    /** Whether the user is active. */
    status: boolean;
  };
  /** Address of the user who made it. */
  created_by: string;
  /** When it was made. */
  created_at: string;
  /** When it was changed last. */
  updated_at: string;
  /** When it was used last, to within seconds. */
  last_used: string | null;
  /** When it was revoked. */
  revoked_at: string | null;
  /** Only in the answer to the creation. */
  key?: string;
}

/** A key, without the key itself. */
export interface ApiKeyInput {
  /** What people call it. */
  name: string;
  /** What it is for. */
  description?: string;
  /** What it may do. Empty in a request = what the key that makes it may do. */
  scopes?: Array<string>;
  /** When it ends (RFC 3339), in the future; null = never. */
  expires_at?: string | null;
  /** Requests in a minute; null = as the server is set, 0 = no limit. Only administrators set it. */
  rate_limit_per_minute?: number | null;
  /** Requests in a day of UTC; null = as the server is set, 0 = no limit. Only administrators set it. */
  rate_limit_per_day?: number | null;
  /** Whose it is; only administrators make keys for others. */
  user_id?: string;
}

/** Something that people are asked to agree to. */
export interface Approval {
  /** Its id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** Where it stands; `cancelled` when what was asked for will not happen anyway. */
  status: "pending" | "approved" | "rejected" | "expired" | "cancelled";
  /** The execution that waits for it. */
  execution_id: string;
  /** What kind of thing would run. */
  subject_type: "tool" | "agent" | "workflow" | "workflow_step";
  /** Its name. */
  subject: string;
  message: ApprovalMessage;
  users: ApprovalUsers;
  groups: ApprovalGroups;
  not_requester: ApprovalByOthers;
  /** Email of the user in whose name it would run. */
  requested_by: string;
  /** When it was asked for. */
  requested_at: string;
  /** Until when it can be decided; after that it counts as refused. */
  expires_at: string;
  /** What it would do, such as a tool's arguments. */
  details: Record<string, unknown>;
  /** Email of the user who decided. */
  decided_by: string | null;
  /** When it was decided, or expired. */
  decided_at: string | null;
  /** What that user said. */
  reason: string | null;
}

/** Whether the user who asks for it may not decide it. */
export type ApprovalByOthers = boolean;

/** Whether the user who asks for it may not decide it. */
export type ApprovalByOthersInput = boolean;

/** Seconds after which it counts as refused. */
export type ApprovalExpiry = number;

/** Seconds after which it counts as refused. */
export type ApprovalExpiryInput = number;

/** Names or ids of groups whose members may decide. */
export type ApprovalGroups = Array<string>;

/** Names or ids of groups whose members may decide. */
export type ApprovalGroupsInput = Array<string>;

/** What those who decide should know. */
export type ApprovalMessage = string;

/** What those who decide should know. */
export type ApprovalMessageInput = string;

/** What is said with a decision. */
export interface ApprovalReason {
  /** Why, for those who asked. */
  reason?: string;
}

/** What is said with a decision. */
export interface ApprovalReasonInput {
  /** Why, for those who asked. */
  reason?: string;
}

/** Whether people have to agree before it runs: `true` = an administrator, or an object that says who. A user who is named, or is in a group that is named, may decide; where nobody is named, administrators do. */
export type ApprovalRule = boolean | {
  users?: ApprovalUsers;
  groups?: ApprovalGroups;
  not_requester?: ApprovalByOthers;
  expires_in?: ApprovalExpiry;
  message?: ApprovalMessage;
};

/** Whether people have to agree before it runs: `true` = an administrator, or an object that says who. A user who is named, or is in a group that is named, may decide; where nobody is named, administrators do. */
export type ApprovalRuleInput = boolean | {
  users?: ApprovalUsersInput;
  groups?: ApprovalGroupsInput;
  not_requester?: ApprovalByOthersInput;
  expires_in?: ApprovalExpiryInput;
  message?: ApprovalMessageInput;
};

/** Emails or ids of users who may decide. */
export type ApprovalUsers = Array<string>;

/** Emails or ids of users who may decide. */
export type ApprovalUsersInput = Array<string>;

/** One thing that was done or refused. */
export interface AuditItem {
  /** The item's id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** The organisation's name. */
  org: string;
  /** The user whose key was used; empty where there was none. */
  email: string;
  /** Of the shape of items. */
  version: 1;
  /** The part of the platform: `agents`, `secrets`, `keys` and so on. */
  category_type: string;
  /** What in it: the same word, or the name of the agent or tool that acts. */
  category_name: string;
  /** What was touched: `agent`, `secret`, `api_key` and so on. */
  resource_type: string;
  /** Its name. */
  resource_text: string;
  /** `create`, `update`, `delete`, `read`, `execute`, `sync` and so on. */
  action_type: string;
  /** False when it was refused or failed. */
  action_successful: boolean;
  /** When. */
  timestamp: string;
  /** Whom it concerns. */
  scope: string;
  /** More about it; never a secret value. */
  extra: Record<string, unknown>;
}

/** Who made and changed a resource, and when. */
export interface Authorship {
  /** When it was created. */
  created_at: string;
  /** When it was last changed. */
  last_updated: string;
  /** Email of the user who created it. */
  user_created: string;
  /** Email of the user who changed it last. */
  user_last_updated: string;
}

/** Who made and changed a resource, and when. */
export interface AuthorshipInput {
  /** When it was created. */
  created_at: string;
  /** When it was last changed. */
  last_updated: string;
  /** Email of the user who created it. */
  user_created: string;
  /** Email of the user who changed it last. */
  user_last_updated: string;
}

/** A whole turn. */
export interface ChatAnswer {
  /** The session. */
  session_id: string;
  /** The turn's execution. */
  execution_id: string;
  /** The last message's id; null when there was none. */
  message_id: string | null;
  /** The last message, the answer. */
  message: string;
  /** The tools that were called, in order. */
  tool_calls: Array<ToolCall>;
  /** The passages of knowledge that the model was shown. */
  citations: Array<Citation>;
  usage: Usage;
  /** How many answers the model gave. */
  steps: number;
  /** `stop`, `length`, `content_filter`, `cancelled`, `error`, or the limit that was met (`max_steps`, `max_tokens`, `max_tool_calls`, `max_time`). */
  finish_reason: string;
  /** Why the turn could not go on. */
  error: {
    /** Always `error`. */
    type?: string;
    /** A word for programs. */
    code: string;
    /** A sentence for people. */
    message: string;
  } | null;
}

/** A completion in the form of OpenAI's API. */
export interface ChatCompletion {
  /** Ends with the turn's execution id. */
  id: string;
  /** Always `chat.completion`. */
  object: "chat.completion";
  /** Seconds since 1970. */
  created: number;
  /** As it was asked for. */
  model: string;
  /** Always one. */
  choices: Array<{
    /** Always 0. */
    index: number;
    /** The answer. */
    message: {
      /** Always `assistant`. */
      role: "assistant";
      /** Everything that the agent said. */
      content: string;
      /** Always null. */
      refusal: null;
    };
    /** Always null. */
    logprobs: null;
    /** Why it ended. */
    finish_reason: "stop" | "length" | "content_filter";
  }>;
  usage: Usage;
}

/** A conversation to be answered. Other fields of OpenAI's API are ignored. */
export interface ChatCompletionRequest {
  /** `agent/NAME`, or an agent's id. */
  model: string;
  /** The conversation; the last message is the user's. */
  messages: Array<{
    /** Who said it. */
    role: "system" | "developer" | "user" | "assistant";
    /** A text, or an array of parts of type `text`. */
    content?: string | Array<unknown> | null;
  }>;
  /** Streams chunks. */
  stream?: boolean;
  /** How to stream. */
  stream_options?: {
    /** Sends a last chunk with the usage. */
    include_usage?: boolean;
  };
  /** Only one completion can be had. */
  n?: number;
}

/** A conversation to be answered. Other fields of OpenAI's API are ignored. */
export interface ChatCompletionRequestInput {
  /** `agent/NAME`, or an agent's id. */
  model: string;
  /** The conversation; the last message is the user's. */
  messages: Array<{
    /** Who said it. */
    role: "system" | "developer" | "user" | "assistant";
    /** A text, or an array of parts of type `text`. */
    content?: string | Array<unknown> | null;
  }>;
  /** Streams chunks. */
  stream?: boolean;
  /** How to stream. */
  stream_options?: {
    /** Sends a last chunk with the usage. */
    include_usage?: boolean;
  };
  /** Only one completion can be had. */
  n?: number;
}

/** Something to say to an agent. */
export interface ChatMessage {
  /** What the user says. */
  message: string;
  /** The session to go on with; absent = a new one. */
  session_id?: string;
  /** Whether to stream events; false = one answer when the turn is over. */
  stream?: boolean;
}

/** Something to say to an agent. */
export interface ChatMessageInput {
  /** What the user says. */
  message: string;
  /** The session to go on with; absent = a new one. */
  session_id?: string;
  /** Whether to stream events; false = one answer when the turn is over. */
  stream?: boolean;
}

/** A passage of knowledge that the model was shown for an answer. Its texts are there for those who may read the entry, and are left out for all others who may read the conversation. */
export interface Citation {
  /** What the answer cites it by. */
  number: number;
  /** Id of the knowledge entry. */
  knowledge_id: string;
  /** Version of the entry that it is from. */
  version: number;
  /** Title of that version of the entry. */
  title?: string;
  /** The headings that it stands under. */
  heading?: string;
  /** The text. */
  passage?: string;
  /** 0 for the first piece of the entry. */
  position: number;
  /** Where it begins in the content (in UTF-16 units). */
  start: number;
  /** Where it ends. */
  end: number;
  /** How well it fits. */
  relevance_score: number;
  /** Whether the answer names its number. */
  cited: boolean;
}

/** The answer to a deletion. */
export interface Deleted {
  /** Always `ok`. */
  result: "ok";
}

/** What was wrong and what to do. */
export interface Error {
  /** A title, the same for every error of one code. */
  error: string;
  /** A sentence for people. */
  details: string;
  /** What kind of error it is, for programs. */
  errorCode: "AUTH_REQUIRED" | "INVALID_API_KEY" | "INSUFFICIENT_SCOPE" | "ACCESS_DENIED" | "RATE_LIMITED" | "VALIDATION_FAILED" | "INVALID_JSON" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "CONFLICT" | "PRECONDITION_FAILED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "LOCKED" | "INTERNAL_ERROR" | "UNAVAILABLE";
  /** The HTTP status. */
  status: number;
  /** The request's id, which the server's log has too. */
  requestId: string;
  /** With RATE_LIMITED, seconds after which to try again. */
  retryAfter?: number;
  /** With VALIDATION_FAILED, everything that is wrong. */
  errors?: Array<FieldError>;
}

/** Something that ran or runs; a run of a tool or a turn of an agent. */
export interface Execution {
  /** Its id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** What runs. */
  kind: "tool" | "agent_turn" | "workflow" | "step" | "terraform";
  /** The tool's or the agent's name. */
  subject: string;
  /** Where it runs. */
  runner: string;
  /** Where it stands; `waiting` for an approval of its own or of something that it started, `lost` when its runner died and nobody knows how far it came. */
  status: "waiting" | "queued" | "leased" | "running" | "completed" | "failed" | "cancelled" | "lost";
  /** How often it was handed to a runner. */
  attempt: number;
  /** The conversation that it belongs to. */
  session_id: string | null;
  /** The tool's exit code; null while it runs, and when it was stopped. */
  exit_code: number | null;
  /** Why it failed, for programs; `tool_failed` when the tool itself said so. */
  error_code: string | null;
  /** Why it failed, for people. */
  message: string | null;
  /** Email of the user who cancelled it. */
  cancelled_by: string | null;
  /** When it was accepted. */
  created_at: string;
  /** When it began to run. */
  started_at: string | null;
  /** When it ended. */
  finished_at: string | null;
  /** How long it ran, in milliseconds. */
  duration_ms: number | null;
  /** Output that is kept, in bytes. */
  output_bytes: number;
  /** Output beyond the limit that is not kept, in bytes. */
  dropped_bytes: number;
  /** Number of its last event. */
  last_event_id: number;
  /** The execution that started it; a turn its tools, a workflow its steps. */
  parent_id: string | null;
  /** The task that it is an attempt of. */
  task_id: string | null;
  /** What the tool was called with; others have none. */
  arguments?: Record<string, unknown>;
}

/** One event of an execution. Besides these fields it has those of its type: `status` has `status` and `executor`, `log` has `stream` and `content`, `warning` has `code` and `message`, `result` has `status`, `message`, `exit_code`, `error_code`, `duration_ms`, `output_bytes` and `dropped_bytes`; `approval.required` and `approval.decided` are the approval. A turn has the events of its conversation. */
export interface ExecutionEvent {
  /** Its number, rising without gaps. */
  seq: number;
  /** When it happened. */
  at: string;
  /** What it tells of. */
  type: string;
}

/** One thing that is wrong. */
export interface FieldError {
  /** A JSON pointer into the body, or the name of a query parameter or header. */
  field: string;
  /** What is wrong with it. */
  message: string;
}

/** An event that a git host told of. */
export interface GitDelivery {
  /** Its id. */
  id: string;
  /** The hook that it came to. */
  hook_id: string;
  /** The sender's id of it. */
  delivery_id: string;
  /** What happened. */
  type: "push" | "pull_request" | "other";
  /** Url of the repository. */
  repository: string;
  /** The branch that was pushed to or that the pull request wants to change. */
  branch: string;
  /** The commit that is planned. */
  commit: string;
  /** Number of the pull request. */
  pull_request: number | null;
  /** Who did it. */
  author: string;
  /** Of the pull request or the last commit. */
  title: string;
  /** Where to read about it. */
  url: string;
  /** Where it stands. */
  status: "received" | "processed" | "ignored" | "failed";
  /** What was done, or why nothing was. */
  message: string;
  /** When it came. */
  received_at: string;
  /** When it was acted on. */
  processed_at: string | null;
  /** What it led to in each project that it concerns. */
  runs: Array<{
    /** The project. */
    project_id: string;
    /** Its name at that time. */
    project_name: string;
    /** The run; null when it was refused. */
    execution_id: string | null;
    /** The run's state; `refused` when there is none. */
    state: string;
    /** What would change or has changed, or why it failed. */
    summary: string;
    /** The state that the git host was told of; empty = nothing yet. */
    reported: string;
    /** Why the git host is not told; empty = it was or will be. */
    report_error: string;
  }>;
}

/** Where a git host tells of pushes and pull requests. */
export interface GitHook {
  /** Its id. */
  id?: string;
  /** Its id again. */
  uuid?: string;
  /** Its name, which no other hook has. */
  name?: string;
  /** Who calls it. `forgejo` is kept as `gitea`. */
  provider?: "github" | "gitlab" | "gitea" | "forgejo" | "git";
  /** The only repository whose events count; empty = whichever. */
  repository_url?: string;
  /** Whether it takes events. */
  enabled?: boolean;
  /** What events are signed with, of at least 16 characters; made when it is left out. Shown when it is new, and never again. */
  secret?: string;
  /** Where the host's API is; empty = api.github.com or gitlab.com. */
  api_url?: string;
  /** With what commits are told how their plans stand; empty = they are not. Answered masked. */
  api_token?: string;
  /** What the git host calls; null for those who may not change the hook. */
  url?: string | null;
  /** In whose name runs are started. */
  owner?: string;
  /** Who made it. */
  created_by?: string;
  /** Who changed it last. */
  updated_by?: string;
  /** When it was made. */
  created_at?: string;
  /** When it was changed last. */
  updated_at?: string;
}

/** Where a git host tells of pushes and pull requests. */
export interface GitHookInput {
  /** Its name, which no other hook has. */
  name?: string;
  /** Who calls it. `forgejo` is kept as `gitea`. */
  provider?: "github" | "gitlab" | "gitea" | "forgejo" | "git";
  /** The only repository whose events count; empty = whichever. */
  repository_url?: string;
  /** Whether it takes events. */
  enabled?: boolean;
  /** What events are signed with, of at least 16 characters; made when it is left out. Shown when it is new, and never again. */
  secret?: string;
  /** Where the host's API is; empty = api.github.com or gitlab.com. */
  api_url?: string;
  /** With what commits are told how their plans stand; empty = they are not. Answered masked. */
  api_token?: string;
}

/** Users who may do something together: talk to an agent, for one. */
export interface Group {
  /** Its id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** Name, unique in the organisation. */
  name: string;
  /** What it is for. */
  description?: string;
  /** Whether the system made it. */
  system: boolean;
  /** What its members are by it. */
  roles: Array<string>;
  /** The same as `created_at`. */
  create_at: string;
  /** When it was made. */
  created_at: string;
  /** When it was changed last. */
  updated_at: string;
}

/** Users who may do something together: talk to an agent, for one. */
export interface GroupInput {
  /** Name, unique in the organisation. */
  name: string;
  /** What it is for. */
  description?: string;
}

/** The server's state. */
export interface Health {
  /** Always `ok`. */
  status: "ok";
  /** The server's version. */
  version: string;
  /** Whether the database answers. */
  database?: "ok";
}

/** Who asks. */
export interface Identity {
  /** The user behind the key. */
  user: {
    /** The user's name. */
    name: string;
    /** Ids of the user's groups. */
    groups: Array<string>;
    /** The user's id. */
    id: string;
    /** The same as `id`. */
    uuid: string;
    /** The user's email. */
    email: string;
  };
  /** The user's organisation. */
  organization: {
    /** The same as `id`. */
    uuid: string;
    /** The organisation's id. */
    id: string;
    /** The organisation's name. */
    name: string;
  };
  /** The key. */
  key: {
    /** The same as `id`. */
    uuid: string;
    /** The key's first eight characters. */
    prefix: string;
    /** When the key ends; null = never. */
    expires_at: string | null;
    /** Requests in a minute; null = as the server is set, 0 = no limit. */
    rate_limit_per_minute: number | null;
    /** Requests in a day of UTC; null = as the server is set, 0 = no limit. */
    rate_limit_per_day: number | null;
    /** The key's id. */
    id: string;
    /** The key's name. */
    name: string;
  };
  /** What the key may do. */
  scopes: Array<string>;
}

/** What the organisation is connected to. */
export interface Integration {
  /** Id. */
  id?: string;
  /** The id again. */
  uuid?: string;
  /** Name, unique in the organisation; without /. */
  name?: string;
  /** What it connects to: aws, gcp, azure, jira, github, …; free. Empty only where an existing client set none. */
  integration_type?: string;
  /** For whom: global, per_user or empty; free. */
  auth_type?: string | null;
  /** What it is for. */
  description?: string | null;
  /** Who manages it; free. */
  managed_by?: string | null;
  /** A task of that manager; free. */
  task_id?: string | null;
  /** Its configurations, each of another name, at most one of them the default. */
  configs?: Array<IntegrationConfig> | null;
  /** Email of the user who made it. */
  created_by?: string;
  /** Email of the user who changed it last. */
  updated_by?: string;
  /** When it was made. */
  created_at?: string;
  /** When it was changed last. */
  updated_at?: string;
}

/** What the organisation is connected to. */
export interface IntegrationInput {
  /** Name, unique in the organisation; without /. */
  name?: string;
  /** What it connects to: aws, gcp, azure, jira, github, …; free. Empty only where an existing client set none. */
  integration_type?: string;
  /** For whom: global, per_user or empty; free. */
  auth_type?: string | null;
  /** What it is for. */
  description?: string | null;
  /** Who manages it; free. */
  managed_by?: string | null;
  /** A task of that manager; free. */
  task_id?: string | null;
  /** Its configurations, each of another name, at most one of them the default. */
  configs?: Array<IntegrationConfigInput> | null;
}

/** One configuration of an integration. */
export interface IntegrationConfig {
  /** Name, unique in the integration. */
  name: string;
  /** Whether it is the one to use when none is named. */
  is_default?: boolean | null;
  /** Fields of the other side's own. Credentials among them are answered as ********, which keeps the stored value when it is sent back. */
  vendor_specific?: Record<string, string | number | boolean> | null;
  /** Names of fields that are credentials. Answers list all of them; requests add to those that are credentials by their names or values. */
  credentials?: Array<string> | null;
  /** Names of fields that are none although their names or values say so. */
  plain?: Array<string> | null;
}

/** One configuration of an integration. */
export interface IntegrationConfigInput {
  /** Name, unique in the integration. */
  name: string;
  /** Whether it is the one to use when none is named. */
  is_default?: boolean | null;
  /** Fields of the other side's own. Credentials among them are answered as ********, which keeps the stored value when it is sent back. */
  vendor_specific?: Record<string, string | number | boolean> | null;
  /** Names of fields that are credentials. Answers list all of them; requests add to those that are credentials by their names or values. */
  credentials?: Array<string> | null;
  /** Names of fields that are none although their names or values say so. */
  plain?: Array<string> | null;
}

/** An integration without its configurations. */
export interface IntegrationSummary {
  /** Id. */
  id?: string;
  /** The id again. */
  uuid?: string;
  /** Name. */
  name?: string;
  /** What it connects to. */
  integration_type?: string;
  /** For whom. */
  auth_type?: string;
  /** What it is for. */
  description?: string;
  /** Who manages it. */
  managed_by?: string;
  /** A task of that manager. */
  task_id?: string;
  /** Email of the user who made it. */
  created_by?: string;
  /** Email of the user who changed it last. */
  updated_by?: string;
  /** When it was made. */
  created_at?: string;
  /** When it was changed last. */
  updated_at?: string;
}

/** What a good key is answered. */
export interface KeyValidity {
  /** Always true; other keys get a 401. */
  valid: true;
}

/** Something that the organisation knows. `title` and `name` are two spellings of one field, `tags` and `labels` too; answers have both, and requests may have either. */
export interface Knowledge {
  /** Id. */
  id?: string;
  /** The id again. */
  uuid?: string;
  /** Counts the changes of what it says. */
  version?: number;
  /** The title by its other name. */
  name?: string | null;
  /** What it is called; several entries may have one title. */
  title?: string | null;
  /** A sentence or two on what it is about. */
  description?: string | null;
  /** The text, Markdown by default. Lists leave out contents longer than 32 KiB. */
  content?: string | null;
  /** SHA-256 of the content in hexadecimal. */
  content_hash?: string;
  /** The tags by their other name. */
  labels?: Array<string> | null;
  /** Words to find it by. */
  tags?: Array<string> | null;
  /** What kind of entry it is; free. */
  type?: string | null;
  /** More about it; texts by name, free. */
  properties?: Record<string, string | number | boolean | null> | null;
  /** Where it comes from; free. */
  source?: string | null;
  /** Where it comes from and in what form. */
  metadata?: {
    /** The field `source` by its other name. */
    source?: string | null;
    /** Form of the content; free. */
    format?: string | null;
    /** Length of the content in UTF-8. */
    size_bytes?: number;
  } | null;
  /** Who may read it: its owner alone (`private`), everybody in the organisation or the groups that are named (`organization`), or everybody in the organisation always (`public`). Administrators read everything. */
  visibility?: "private" | "organization" | "public" | null;
  /** Id of the user that it belongs to; an address is taken too. The creator by default. */
  owner?: string | null;
  /** Ids of the groups whose members may read it; names are taken too. None = everybody whom the visibility admits. */
  groups?: Array<string> | null;
  /** Ids of the agents that are told of it; names are taken too. None here and in the next = all. */
  supported_agents?: Array<string> | null;
  /** Ids of groups; agents that talk to one of them are told of it as well. */
  supported_agents_groups?: Array<string> | null;
  /** Who manages it; free. */
  managed_by?: string | null;
  /** A task of that manager; free. */
  task_id?: string | null;
  /** Email of the user who made it. */
  created_by?: string;
  /** Email of the user who changed it last. */
  updated_by?: string;
  /** When it was made. */
  created_at?: string;
  /** When it was changed last. */
  updated_at?: string;
  /** In searches how well it fits. */
  relevance_score?: number;
  /** In searches the piece of it that fits best. */
  passage?: KnowledgePassage;
}

/** Something that the organisation knows. `title` and `name` are two spellings of one field, `tags` and `labels` too; answers have both, and requests may have either. */
export interface KnowledgeInput {
  /** The title by its other name. */
  name?: string | null;
  /** What it is called; several entries may have one title. */
  title?: string | null;
  /** A sentence or two on what it is about. */
  description?: string | null;
  /** The text, Markdown by default. Lists leave out contents longer than 32 KiB. */
  content?: string | null;
  /** The tags by their other name. */
  labels?: Array<string> | null;
  /** Words to find it by. */
  tags?: Array<string> | null;
  /** What kind of entry it is; free. */
  type?: string | null;
  /** More about it; texts by name, free. */
  properties?: Record<string, string | number | boolean | null> | null;
  /** Where it comes from; free. */
  source?: string | null;
  /** Where it comes from and in what form. */
  metadata?: {
    /** The field `source` by its other name. */
    source?: string | null;
    /** Form of the content; free. */
    format?: string | null;
  } | null;
  /** Who may read it: its owner alone (`private`), everybody in the organisation or the groups that are named (`organization`), or everybody in the organisation always (`public`). Administrators read everything. */
  visibility?: "private" | "organization" | "public" | null;
  /** Id of the user that it belongs to; an address is taken too. The creator by default. */
  owner?: string | null;
  /** Ids of the groups whose members may read it; names are taken too. None = everybody whom the visibility admits. */
  groups?: Array<string> | null;
  /** Ids of the agents that are told of it; names are taken too. None here and in the next = all. */
  supported_agents?: Array<string> | null;
  /** Ids of groups; agents that talk to one of them are told of it as well. */
  supported_agents_groups?: Array<string> | null;
  /** Who manages it; free. */
  managed_by?: string | null;
  /** A task of that manager; free. */
  task_id?: string | null;
}

/** What changed from one version of an entry to another. */
export interface KnowledgeDiff {
  /** Id of the entry. */
  knowledge_id: string;
  /** The older version; 0 = nothing. */
  from: number;
  /** The newer version. */
  to: number;
  /** Fields other than the content that changed. */
  changes: Array<{
    /** Name of the field. */
    field: string;
    /** What it was. */
    before: unknown;
    /** What it became. */
    after: unknown;
  }>;
  /** Unified diff of the contents; empty when they are equal. */
  diff: string;
}

/** A form with a document. */
export interface KnowledgeFile {
  /** The document; the ending of its name says what it is. Any field with a file name is taken for it. */
  file: string;
}

/** A folder of a git source whose Markdown files are kept as entries. */
export interface KnowledgeFolder {
  /** Its id. */
  id?: string;
  /** The same. */
  uuid?: string;
  /** The git source, by id or name. */
  source?: string;
  /** Id of the source. */
  source_id?: string;
  /** The folder within the source; empty = all of it. */
  path?: string;
  /** Labels of all its entries, beside the tags in a file. */
  labels?: Array<string>;
  /** As an entry's. It is given to entries when they are made. */
  visibility?: "private" | "organization" | "public";
  /** Who owns its entries, by id or e-mail; absent = who adds it. */
  owner?: string;
  /** Groups whose members may read its entries, by id or name; empty = all. */
  groups?: Array<string>;
  /** Agents that are told of its entries, by id or name; empty = all. */
  supported_agents?: Array<string>;
  /** Agents that talk to one of these groups are told of its entries as well. */
  supported_agents_groups?: Array<string>;
  /** Whether the last sync went well. */
  status?: "active" | "syncing" | "failed";
  /** What was read. */
  commit?: string | null;
  /** How many entries it has. */
  entries?: number;
  /** Files that could not be read, or why the last sync failed. */
  errors?: Array<{
    /** The file or folder. */
    file: string;
    /** What is wrong with it. */
    error: string;
  }>;
  /** How many files were what in the last sync that went well; empty before the first. */
  last_sync?: {
    /** New ones. */
    added?: number;
    /** Changed ones. */
    changed?: number;
    /** Those that say what they said. */
    unchanged?: number;
    /** Gone ones. */
    removed?: number;
  };
  /** When it was last synced. */
  synced_at?: string | null;
  /** Who added it. */
  created_by?: string;
  /** When it was added. */
  created_at?: string;
  /** When it was last changed. */
  updated_at?: string;
}

/** A folder of a git source whose Markdown files are kept as entries. */
export interface KnowledgeFolderInput {
  /** The git source, by id or name. */
  source?: string;
  /** The folder within the source; empty = all of it. */
  path?: string;
  /** Labels of all its entries, beside the tags in a file. */
  labels?: Array<string>;
  /** As an entry's. It is given to entries when they are made. */
  visibility?: "private" | "organization" | "public";
  /** Who owns its entries, by id or e-mail; absent = who adds it. */
  owner?: string;
  /** Groups whose members may read its entries, by id or name; empty = all. */
  groups?: Array<string>;
  /** Agents that are told of its entries, by id or name; empty = all. */
  supported_agents?: Array<string>;
  /** Agents that talk to one of these groups are told of its entries as well. */
  supported_agents_groups?: Array<string>;
}

/** A piece of an entry. */
export interface KnowledgePassage {
  /** The piece as it is in the content. */
  text: string;
  /** The headings that it stands under. */
  heading: string;
  /** 0 for the first piece of the entry. */
  position: number;
  /** Where it begins in the content (in UTF-16 units). */
  start: number;
  /** Where it ends. */
  end: number;
  /** The piece as HTML, the words that were asked for between <mark> and </mark>, all else escaped. */
  html: string;
  /** Where those words are in the piece. */
  highlights: Array<{
    /** Where the word begins. */
    start: number;
    /** Where it ends. */
    end: number;
  }>;
}

/** A piece of an entry. */
export interface KnowledgePassageInput {
  /** The piece as it is in the content. */
  text: string;
  /** The headings that it stands under. */
  heading: string;
  /** 0 for the first piece of the entry. */
  position: number;
  /** Where it begins in the content (in UTF-16 units). */
  start: number;
  /** Where it ends. */
  end: number;
  /** The piece as HTML, the words that were asked for between <mark> and </mark>, all else escaped. */
  html: string;
  /** Where those words are in the piece. */
  highlights: Array<{
    /** Where the word begins. */
    start: number;
    /** Where it ends. */
    end: number;
  }>;
}

/** A form with a document and what is to be said of the entry; lists have commas between. */
export interface KnowledgeUpload {
  /** The document; the ending of its name says what it is. Any field with a file name is taken for it. */
  file: string;
  /** What to call the entry; absent = the file's name without its ending. */
  title?: string;
  /** A sentence about it. */
  description?: string;
  /** As an entry's. */
  type?: string;
  /** As an entry's. */
  visibility?: "private" | "organization" | "public";
  /** Its labels; tags is the same. */
  labels?: string;
  /** The same as labels. */
  tags?: string;
  /** The same as title. */
  name?: string;
  /** Groups whose members may read it. */
  groups?: string;
  /** Agents that are told of it. */
  supported_agents?: string;
  /** Agents that talk to one of these groups are told of it as well. */
  supported_agents_groups?: string;
}

/** What an entry says or said. */
export interface KnowledgeVersion {
  /** Id of the entry. */
  knowledge_id: string;
  /** 1 for the first. */
  version: number;
  /** The title by its other name. */
  name: string;
  /** What it was called. */
  title: string;
  /** What it was about. */
  description: string;
  /** The text; lists leave out those longer than 32 KiB. */
  content?: string;
  /** SHA-256 of the content in hexadecimal. */
  content_hash: string;
  /** The tags by their other name. */
  labels: Array<string>;
  /** Words to find it by. */
  tags: Array<string>;
  /** What kind of entry it was. */
  type: string;
  /** More about it. */
  properties: Record<string, string>;
  /** Length of the content in UTF-8. */
  size_bytes: number;
  /** The version that this one says again. */
  restored_from: number | null;
  /** Email of the user who wrote it. */
  created_by: string;
  /** When. */
  created_at: string;
}

/** A key that was just made. */
export interface NewApiKey {
  /** Its id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** What people call it. */
  name: string;
  /** What it is for. */
  description?: string;
  /** What it may do. Empty in a request = what the key that makes it may do. */
  scopes?: Array<string>;
  /** When it ends (RFC 3339), in the future; null = never. */
  expires_at?: string | null;
  /** Requests in a minute; null = as the server is set, 0 = no limit. Only administrators set it. */
  rate_limit_per_minute?: number | null;
  /** Requests in a day of UTC; null = as the server is set, 0 = no limit. Only administrators set it. */
  rate_limit_per_day?: number | null;
  /** Its first eight characters. */
  prefix: string;
  /** `active`, `expired` or `revoked`. */
  status: string;
  /** Whose it is; only administrators make keys for others. */
  user_id?: string;
  /** Whose it is. */
  user: {
    /** Id. */
    id: string;
    /** The same as `id`. */
    uuid: string;
    /** Name. */
    name: string;
    /** Address. */
    email: string;
    /** Whether the user is active. */
    status: boolean;
  };
  /** Address of the user who made it. */
  created_by: string;
  /** When it was made. */
  created_at: string;
  /** When it was changed last. */
  updated_at: string;
  /** When it was used last, to within seconds. */
  last_used: string | null;
  /** When it was revoked. */
  revoked_at: string | null;
  /** The key. It is shown here and never again. */
  key: string;
}

/** A token that was just made. */
export interface NewRunnerToken {
  /** Id. */
  id: string;
  /** The id again. */
  uuid: string;
  /** The characters it begins with. */
  prefix: string;
  /** What it is for. */
  purpose: string;
  /** Email of the user who made it. */
  created_by: string;
  /** When it was made. */
  created_at: string;
  /** When it ends; null = never. */
  expires_at: string | null;
  /** When it was last used; null = never. */
  last_used_at: string | null;
  /** Name of the runner. */
  runner: string;
  /** The token; it is shown only now. */
  token: string;
  /** Url of a manifest with it. */
  url: string;
}

/** A failure in the form of OpenAI's API. */
export interface OpenAiError {
  /** The failure. */
  error: {
    /** A sentence for people. */
    message: string;
    /** What kind of failure it is. */
    type: "authentication_error" | "permission_error" | "invalid_request_error" | "server_error";
    /** JSON pointer to the wrong field. */
    param: string | null;
    /** A word for programs. */
    code: string;
  };
}

/** An agent in the form of OpenAI's API. */
export interface OpenAiModel {
  /** `agent/NAME`, or `agent/ID` where several agents have the name. */
  id: string;
  /** Always `model`. */
  object: "model";
  /** When the agent was created, in seconds since 1970. */
  created: number;
  /** Name of the organisation. */
  owned_by: string;
}

/** Agents in the form of OpenAI's API. */
export interface OpenAiModelList {
  /** Always `list`. */
  object: "list";
  /** The agents. */
  data: Array<OpenAiModel>;
}

/** The language models of an organisation. */
export interface OrganizationModel {
  /** Whose setting is in force. */
  configured_by: "organization" | "server" | "nobody";
  /** The protocol; `openai`, `anthropic` or `ollama`. Null in an answer when the organisation set nothing. */
  provider: string | null;
  /** The endpoint; empty = the provider's own. */
  base_url?: string | null;
  /** The endpoint's key, kept encrypted and never shown. */
  api_key?: string;
  /** Names of models, the default first; empty = those that the provider is known for. */
  models?: Array<string>;
  /** Names of the models that agents may use. */
  available: Array<string>;
  /** Whether there is a key. */
  api_key_set: boolean;
  /** Email of the user who set it. */
  updated_by: string | null;
  /** When it was set. */
  updated_at: string | null;
}

/** The language models of an organisation. */
export interface OrganizationModelInput {
  /** The protocol; `openai`, `anthropic` or `ollama`. Null in an answer when the organisation set nothing. */
  provider: string | null;
  /** The endpoint; empty = the provider's own. */
  base_url?: string | null;
  /** The endpoint's key, kept encrypted and never shown. */
  api_key?: string;
  /** Names of models, the default first; empty = those that the provider is known for. */
  models?: Array<string>;
}

/** Where a page stands in its list. */
export interface Pagination {
  /** Rows in the whole list. */
  total: number;
  /** At most this many rows on a page. */
  limit: number;
  /** Rows before this page. */
  offset: number;
}

/** A condition that has to hold for something to happen. */
export interface Policy {
  /** Id. */
  id?: string;
  /** The id again. */
  uuid?: string;
  /** Name, unique in the organisation; without /, and neither validate nor evaluate. */
  name?: string;
  /** What it is for. */
  description?: string | null;
  /** Where it is asked. */
  applies_to?: Array<"tool_execution" | "chat" | "project_apply">;
  /** An expression in CEL; the policy concerns only what it is true for. Empty = everything. */
  match?: string | null;
  /** An expression in CEL that must be true. */
  expression?: string;
  /** What is said when it is not. */
  message?: string | null;
  /** An expression in CEL that makes the message; where it fails or makes none, `message` stands. */
  message_expression?: string | null;
  /** `enforce` refuses; `warn` only notes in the audit trail what would be refused. */
  mode?: "enforce" | "warn" | null;
  /** Whether it is asked. */
  enabled?: boolean | null;
  /** Kept for existing clients; it has no meaning here. */
  env?: Array<string> | null;
  /** Who manages it; free. */
  managed_by?: string | null;
  /** A task of that manager; free. */
  task_id?: string | null;
  /** Email of the user who made it. */
  created_by?: string;
  /** Email of the user who changed it last. */
  updated_by?: string;
  /** When it was made. */
  created_at?: string;
  /** When it was changed last. */
  updated_at?: string;
}

/** A condition that has to hold for something to happen. */
export interface PolicyInput {
  /** Name, unique in the organisation; without /, and neither validate nor evaluate. */
  name?: string;
  /** What it is for. */
  description?: string | null;
  /** Where it is asked. */
  applies_to?: Array<"tool_execution" | "chat" | "project_apply">;
  /** An expression in CEL; the policy concerns only what it is true for. Empty = everything. */
  match?: string | null;
  /** An expression in CEL that must be true. */
  expression?: string;
  /** What is said when it is not. */
  message?: string | null;
  /** An expression in CEL that makes the message; where it fails or makes none, `message` stands. */
  message_expression?: string | null;
  /** `enforce` refuses; `warn` only notes in the audit trail what would be refused. */
  mode?: "enforce" | "warn" | null;
  /** Whether it is asked. */
  enabled?: boolean | null;
  /** Kept for existing clients; it has no meaning here. */
  env?: Array<string> | null;
  /** Who manages it; free. */
  managed_by?: string | null;
  /** A task of that manager; free. */
  task_id?: string | null;
}

/** What policies say together. */
export interface PolicyDecision {
  /** Whether none of them refuses. */
  allowed: boolean;
  /** Name of the policy that refuses; the first of several. */
  policy: string | null;
  /** The sentence that somebody who is refused reads; empty when nobody is. */
  message: string;
  /** What each of them says, those that refuse before those that only warn. */
  results: Array<PolicyResult>;
  /** What they took together; 5000000 are the most. */
  steps: number;
}

/** A mistake in an expression. */
export interface PolicyProblem {
  /** JSON pointer of the expression. */
  field: string;
  /** Its line, counted from 1. */
  line: number;
  /** Its column, counted from 1. */
  column: number;
  /** What is wrong. */
  message: string;
}

/** What policies are asked. */
export interface PolicyQuestion {
  /** What is about to happen. */
  point: "tool_execution" | "chat" | "project_apply";
  /** The variables of the point, each of the shape that expressions see. What is left out is empty; `user`, `key`, `organization`, `request` and `now` are those of this request unless they are sent. */
  input?: Record<string, unknown> | null;
  /** Names or ids of saved policies, enabled or not. */
  policies?: Array<string> | null;
  /** A policy that is not saved; `name` and `applies_to` may be left out. */
  policy?: Policy | null;
}

/** What policies are asked. */
export interface PolicyQuestionInput {
  /** What is about to happen. */
  point: "tool_execution" | "chat" | "project_apply";
  /** The variables of the point, each of the shape that expressions see. What is left out is empty; `user`, `key`, `organization`, `request` and `now` are those of this request unless they are sent. */
  input?: Record<string, unknown> | null;
  /** Names or ids of saved policies, enabled or not. */
  policies?: Array<string> | null;
  /** A policy that is not saved; `name` and `applies_to` may be left out. */
  policy?: PolicyInput | null;
}

/** What one policy says. */
export interface PolicyResult {
  /** Its id; null when it is not saved. */
  policy_id: string | null;
  /** Its name. */
  policy: string;
  /** What comes of it. */
  mode: "enforce" | "warn";
  /** `not_concerned`: its match is false. `error`: it has no answer, which counts as a refusal. */
  outcome: "not_concerned" | "passed" | "failed" | "error";
  /** Its message. */
  message: string;
  /** What went wrong and where. */
  error: PolicyProblem | null;
  /** What it took. */
  steps: number;
}

/** Whether a policy's expressions are good. */
export interface PolicyValidation {
  /** Whether it could be saved. */
  valid: boolean;
  /** Every mistake, in the order of the text. */
  errors: Array<PolicyProblem>;
}

/** Infrastructure as code; where the code is, what its variables are set to, and how it stands. */
export interface Project {
  /** Its id. */
  id?: string;
  /** The id again. */
  uuid?: string;
  /** What people call it. */
  name?: string;
  /** What it is for. */
  description?: string;
  /** Urls of pictures. */
  icons?: Array<string>;
  /** Url of the git repository that has the code; empty = none. */
  url?: string;
  /** Branch, tag or commit; empty = the repository's default branch. */
  branch?: string;
  /** Folder within the repository; empty = its root. */
  path?: string;
  /** Code that is sent along; contents by relative file name. Not beside `url`. */
  files?: Record<string, string>;
  /** The template it was made from: the id of a project, or one of a repository (`GET /api/v1/usecases?repository=`). A new project without a place of its own for its code takes the template's. Empty = none. */
  template_id?: string;
  /** Another name of `template_id`. */
  usecase_id?: string;
  /** What its variables are set to; answers also list those that the code declares and nobody set. */
  variables?: Array<ProjectVariable>;
  /** Secrets of the organisation that Terraform gets as environment variables. */
  secrets?: Array<string | {
    /** Name of the secret. */
    name: string;
    /** Environment variable; the secret's own name unless something is said. */
    to_env?: string;
  }>;
  /** Environment variables for Terraform and its providers; numbers and booleans are taken as text. */
  environment_variables?: Record<string, string | number | boolean>;
  /** The runner that plans and applies, by name or id; absent, empty or `auto` = the server's own, `local`. While it is offline runs wait. */
  runner?: string;
  /** Whether a plan is applied without anybody's approval. */
  auto_apply?: boolean;
  /** When drift is looked for, as a cron expression in UTC; empty = never. */
  drift_schedule?: string;
  /** Free text of clients. */
  managed_by?: string;
  /** Free text of clients. */
  task_id?: string;
  /** The README beside the code. */
  readme?: string;
  /** Providers that the code uses. */
  providers?: Array<{
    /** Its local name. */
    name: string;
    /** Where it comes from; empty = not said. */
    source: string;
    /** Which versions may be used; empty = any. */
    version: string;
  }>;
  /** Resources and data sources that the code declares, those of its own modules too. */
  resources?: Array<{
    /** Its address without an index. */
    address: string;
    /** The type. */
    type: string;
    /** The name. */
    name: string;
    /** Local name of its provider. */
    provider: string;
    /** Whether it is made or only read. */
    mode: "managed" | "data";
    /** Names of the variables that it refers to. */
    variables: Array<string>;
  }>;
  /** Outputs that the code declares. */
  outputs?: Array<{
    /** The name. */
    name: string;
    /** What the code says about it. */
    description: string;
    /** Whether its value is never shown. */
    sensitive: boolean;
  }>;
  /** What could not be read of the code. */
  code_errors?: Array<{
    /** File or folder within the repository. */
    file: string;
    /** The line. */
    line: number;
    /** What is wrong with it. */
    message: string;
  }>;
  /** The commit that all this was read from. */
  commit?: string;
  /** `pending`, nothing was applied yet; `running`, a run is under way; `active`, the last apply went well; `failed`, the last run failed; `destroyed`, all that it had made is gone again. */
  status?: "pending" | "running" | "active" | "failed" | "destroyed";
  /** The newest execution; null = there was none. */
  last_execution?: ProjectExecution | null;
  /** Email of who made it. */
  created_by?: string;
  /** Email of who changed it last. */
  updated_by?: string;
  /** When it was made. */
  created_at?: string;
  /** When it was changed last. */
  updated_at?: string;
}

/** Infrastructure as code; where the code is, what its variables are set to, and how it stands. */
export interface ProjectInput {
  /** What people call it. */
  name?: string;
  /** What it is for. */
  description?: string;
  /** Urls of pictures. */
  icons?: Array<string>;
  /** Url of the git repository that has the code; empty = none. */
  url?: string;
  /** Branch, tag or commit; empty = the repository's default branch. */
  branch?: string;
  /** Folder within the repository; empty = its root. */
  path?: string;
  /** Code that is sent along; contents by relative file name. Not beside `url`. */
  files?: Record<string, string>;
  /** The template it was made from: the id of a project, or one of a repository (`GET /api/v1/usecases?repository=`). A new project without a place of its own for its code takes the template's. Empty = none. */
  template_id?: string;
  /** Another name of `template_id`. */
  usecase_id?: string;
  /** What its variables are set to; answers also list those that the code declares and nobody set. */
  variables?: Array<ProjectVariableInput>;
  /** Secrets of the organisation that Terraform gets as environment variables. */
  secrets?: Array<string | {
    /** Name of the secret. */
    name: string;
    /** Environment variable; the secret's own name unless something is said. */
    to_env?: string;
  }>;
  /** Environment variables for Terraform and its providers; numbers and booleans are taken as text. */
  environment_variables?: Record<string, string | number | boolean>;
  /** The runner that plans and applies, by name or id; absent, empty or `auto` = the server's own, `local`. While it is offline runs wait. */
  runner?: string;
  /** Whether a plan is applied without anybody's approval. */
  auto_apply?: boolean;
  /** When drift is looked for, as a cron expression in UTC; empty = never. */
  drift_schedule?: string;
  /** Free text of clients. */
  managed_by?: string;
  /** Free text of clients. */
  task_id?: string;
}

/** A change of one resource. */
export interface ProjectChange {
  /** Its address. */
  resource_id: string;
  /** What happens to it. */
  action: "create" | "update" | "delete" | "replace" | "read" | "forget" | "import" | "move";
  /** The type. */
  type?: string;
  /** The name. */
  name?: string;
  /** Full name of the provider. */
  provider?: string;
  /** Address of the module that it is in; empty = the project's own. */
  module?: string;
  /** Terraform's reason as a word. */
  reason?: string;
  /** Its address until now when it has moved. */
  previous_id?: string | null;
  /** Its attributes until now; null = it was not there. */
  before: unknown;
  /** Its attributes afterwards; null = it is gone. */
  after: unknown;
  /** Attributes that cannot be changed in place. */
  replaced_because?: Array<string>;
}

/** A change of one resource. */
export interface ProjectChangeInput {
  /** Its address. */
  resource_id: string;
  /** What happens to it. */
  action: "create" | "update" | "delete" | "replace" | "read" | "forget" | "import" | "move";
  /** The type. */
  type?: string;
  /** The name. */
  name?: string;
  /** Full name of the provider. */
  provider?: string;
  /** Address of the module that it is in; empty = the project's own. */
  module?: string;
  /** Terraform's reason as a word. */
  reason?: string;
  /** Its address until now when it has moved. */
  previous_id?: string | null;
  /** Its attributes until now; null = it was not there. */
  before: unknown;
  /** Its attributes afterwards; null = it is gone. */
  after: unknown;
  /** Attributes that cannot be changed in place. */
  replaced_because?: Array<string>;
}

/** What the last look for drift found. */
export interface ProjectDrift {
  /** The project. */
  project_id: string;
  /** `unknown` before the first look. */
  status: "unknown" | "clean" | "drifted" | "failed";
  /** The execution that found it. */
  execution_id: string | null;
  /** When. */
  checked_at: string | null;
  /** Why the look failed. */
  message: string;
  /** What others changed. */
  resources: Array<{
    /** Its address. */
    address: string;
    /** What was done to it: `update` or `delete`. */
    action: string;
    /** Its type. */
    type: string;
    /** Its name. */
    name: string;
    /** Address of its module; empty = the root. */
    module: string;
    /** Its provider. */
    provider: string;
    /** What differs of it, at most 200 places; empty when it is gone. */
    attributes: Array<Record<string, unknown>>;
  }>;
  /** Outputs that have other values now. */
  outputs: Array<Record<string, unknown>>;
  /** The project's `drift_schedule`. */
  schedule: string;
  /** When the next look is due. */
  next_check_at: string | null;
}

/** A plan of a project and, once somebody approved it, its apply. */
export interface ProjectExecution {
  /** Its id. */
  id: string;
  /** The id again. */
  uuid?: string;
  /** Id of the project. */
  project_id: string;
  /** What was asked for. */
  kind: "plan" | "apply" | "destroy";
  /** What is planned. */
  mode: "normal" | "destroy" | "refresh_only";
  status: ProjectExecutionStatus;
  /** What began it: `api`, `agent`, `push`, `pull_request`, `schedule`. */
  trigger?: string;
  /** Why, in words. */
  message?: string;
  /** Whether it is a plan that nobody can apply. */
  speculative?: boolean;
  /** Whether it is applied without approval. */
  auto_apply?: boolean;
  /** Addresses that the plan is limited to. */
  targets?: Array<string>;
  /** Addresses of what is made anew. */
  replace?: Array<string>;
  /** What was asked for in place of the project's own branch. */
  revision?: string;
  /** Branch of the code. */
  branch?: string;
  /** Commit of the code; empty = not known yet, or the code is in no repository. */
  commit?: string;
  /** Serial of the state that the plan was made from; null = there was none. */
  state_serial?: number | null;
  /** Which Terraform planned. */
  terraform_version?: string;
  /** What the plan says, for people. */
  summary: string;
  /** How many resources the plan changes. */
  counts: {
    /** Resources that are made. */
    add: number;
    /** Resources that are changed in place. */
    change: number;
    /** Resources that are removed. */
    destroy: number;
  };
  /** Why it failed, as a word. */
  error_code?: string | null;
  /** Why it failed, as a sentence. */
  error?: string | null;
  /** The execution that planned. */
  plan_execution_id?: string | null;
  /** The execution that applied. */
  apply_execution_id?: string | null;
  /** Email of who began it. */
  created_by?: string;
  /** Email of who approved it; `auto_apply` when nobody had to. */
  approved_by?: string | null;
  /** When. */
  approved_at?: string | null;
  /** Email of who rejected it. */
  rejected_by?: string | null;
  /** When. */
  rejected_at?: string | null;
  /** Email of who cancelled it. */
  cancelled_by?: string | null;
  /** When it was asked for. */
  created_at: string;
  /** When planning began. */
  started_at?: string | null;
  /** When the plan was made. */
  planned_at?: string | null;
  /** When it came to rest. */
  finished_at?: string | null;
  /** What the plan changes; not in lists. */
  changes?: Array<ProjectChange>;
  /** What others changed outside of Terraform; not in lists. */
  drift?: Array<ProjectChange>;
}

/** A plan of a project and, once somebody approved it, its apply. */
export interface ProjectExecutionInput {
  /** Its id. */
  id: string;
  /** The id again. */
  uuid?: string;
  /** Id of the project. */
  project_id: string;
  /** What was asked for. */
  kind: "plan" | "apply" | "destroy";
  /** What is planned. */
  mode: "normal" | "destroy" | "refresh_only";
  status: ProjectExecutionStatusInput;
  /** What began it: `api`, `agent`, `push`, `pull_request`, `schedule`. */
  trigger?: string;
  /** Why, in words. */
  message?: string;
  /** Whether it is a plan that nobody can apply. */
  speculative?: boolean;
  /** Whether it is applied without approval. */
  auto_apply?: boolean;
  /** Addresses that the plan is limited to. */
  targets?: Array<string>;
  /** Addresses of what is made anew. */
  replace?: Array<string>;
  /** What was asked for in place of the project's own branch. */
  revision?: string;
  /** Branch of the code. */
  branch?: string;
  /** Commit of the code; empty = not known yet, or the code is in no repository. */
  commit?: string;
  /** Serial of the state that the plan was made from; null = there was none. */
  state_serial?: number | null;
  /** Which Terraform planned. */
  terraform_version?: string;
  /** What the plan says, for people. */
  summary: string;
  /** How many resources the plan changes. */
  counts: {
    /** Resources that are made. */
    add: number;
    /** Resources that are changed in place. */
    change: number;
    /** Resources that are removed. */
    destroy: number;
  };
  /** Why it failed, as a word. */
  error_code?: string | null;
  /** Why it failed, as a sentence. */
  error?: string | null;
  /** The execution that planned. */
  plan_execution_id?: string | null;
  /** The execution that applied. */
  apply_execution_id?: string | null;
  /** Email of who began it. */
  created_by?: string;
  /** Email of who approved it; `auto_apply` when nobody had to. */
  approved_by?: string | null;
  /** When. */
  approved_at?: string | null;
  /** Email of who rejected it. */
  rejected_by?: string | null;
  /** When. */
  rejected_at?: string | null;
  /** Email of who cancelled it. */
  cancelled_by?: string | null;
  /** When it was asked for. */
  created_at: string;
  /** When planning began. */
  started_at?: string | null;
  /** When the plan was made. */
  planned_at?: string | null;
  /** When it came to rest. */
  finished_at?: string | null;
  /** What the plan changes; not in lists. */
  changes?: Array<ProjectChangeInput>;
  /** What others changed outside of Terraform; not in lists. */
  drift?: Array<ProjectChangeInput>;
}

/** `pending` waits for its turn; `running` is being planned; `planned` can be approved; `no_changes`, there is nothing to do; `awaiting_approval` is applied once approved; `approved` waits for its turn to be applied; `applying`; `applied`; `failed`; `rejected`; `cancelled`. */
export type ProjectExecutionStatus = "pending" | "running" | "planned" | "no_changes" | "awaiting_approval" | "approved" | "applying" | "applied" | "failed" | "rejected" | "cancelled";

/** `pending` waits for its turn; `running` is being planned; `planned` can be approved; `no_changes`, there is nothing to do; `awaiting_approval` is applied once approved; `approved` waits for its turn to be applied; `applying`; `applied`; `failed`; `rejected`; `cancelled`. */
export type ProjectExecutionStatusInput = "pending" | "running" | "planned" | "no_changes" | "awaiting_approval" | "approved" | "applying" | "applied" | "failed" | "rejected" | "cancelled";

/** A variable of a project. */
export interface ProjectVariable {
  /** Name of the variable. */
  name: string;
  /** What it is set to; `********` when it is sensitive. Null = not set. */
  value?: unknown;
  /** Name of the organisation's secret that has the value, in place of `value`. */
  secret?: string | null;
  /** Whether the value is encrypted and never shown; also when the code says so. */
  sensitive?: boolean;
  /** The type as the code has it; empty = any. */
  type?: string;
  /** What the code says about it. */
  description?: string;
  /** The default; null when it has none or one that has to be computed. */
  default?: unknown;
  /** Whether it has no default. */
  required?: boolean;
  /** Whether it may be null. */
  nullable?: boolean;
  /** The values that a validation allows; empty = any. */
  options?: Array<unknown>;
  /** The code's rules for the value. */
  validations?: Array<{
    /** The condition as the code has it. */
    condition: string;
    /** What is said when it does not hold. */
    error_message: string;
  }>;
}

/** A variable of a project. */
export interface ProjectVariableInput {
  /** Name of the variable. */
  name: string;
  /** What it is set to; `********` when it is sensitive. Null = not set. */
  value?: unknown;
  /** Name of the organisation's secret that has the value, in place of `value`. */
  secret?: string | null;
  /** Whether the value is encrypted and never shown; also when the code says so. */
  sensitive?: boolean;
}

/** Where tools run. */
export interface Runner {
  /** Id. */
  id?: string;
  /** The id again. */
  uuid?: string;
  /** Name, unique in the organisation. It does not change. */
  name?: string;
  /** What it is for. */
  description?: string | null;
  /** Where it stands; free. */
  type?: string | null;
  /** What it is good for, `WORD` or `NAME=VALUE`; `auto:LABEL` names runners with it. */
  labels?: Array<string> | null;
  /** Its labels and those that all its processes bring. */
  effective_labels?: Array<string>;
  /** Runs at one time on all its processes together; null = as many as they offer. */
  concurrency?: number | null;
  /** Namespace of Kubernetes that manifests name. */
  namespace?: string | null;
  /** Free. */
  metadata?: Record<string, unknown> | null;
  /** Who manages it; free. */
  managed_by?: string | null;
  /** A task of that manager; free. */
  task_id?: string | null;
  /** How it is; `creating` until it was heard of for the first time. */
  status?: "creating" | "active" | "draining" | "unhealthy" | "offline";
  /** Generation of runners. */
  version?: number;
  /** The type again. */
  runner_type?: string;
  /** The namespace again. */
  kubernetes_namespace?: string;
  /** Names it among all organisations. */
  subject?: string;
  /** Always empty. */
  user_key_id?: string;
  /** What it comes with. */
  authentication_type?: "token" | "none";
  /** Always empty; runners dial in. */
  wss_url?: string;
  /** Always null. */
  gateway_url?: null;
  /** Always null. */
  gateway_password?: null;
  /** Runs that it takes at one time now. */
  capacity?: number;
  /** Runs that its processes have. */
  running?: number;
  /** Runs that wait for it or that it has. */
  load?: number;
  /** Whether it gets no new work. */
  draining?: boolean;
  /** When it was last heard of; null = never. */
  last_seen_at?: string | null;
  /** Email of the user who made it. */
  created_by?: string;
  /** Email of the user who changed it last. */
  updated_by?: string;
  /** When it was made. */
  created_at?: string;
  /** When it was changed last. */
  updated_at?: string;
  /** How it does. */
  health?: RunnerHealth;
  /** How it does as older clients read it. */
  runner_health?: RunnerPartHealth;
  /** Whether it can run tools. */
  tool_manager_health?: RunnerPartHealth;
  /** Whether it takes work. */
  agent_manager_health?: RunnerPartHealth;
  /** Its processes that were heard of lately. */
  processes?: Array<RunnerProcess>;
  /** A token; only right after it was made. */
  token?: string;
  /** Url of a manifest with the token; only right after that was made. */
  url?: string;
}

/** Where tools run. */
export interface RunnerInput {
  /** Name, unique in the organisation. It does not change. */
  name?: string;
  /** What it is for. */
  description?: string | null;
  /** Where it stands; free. */
  type?: string | null;
  /** What it is good for, `WORD` or `NAME=VALUE`; `auto:LABEL` names runners with it. */
  labels?: Array<string> | null;
  /** Runs at one time on all its processes together; null = as many as they offer. */
  concurrency?: number | null;
  /** Namespace of Kubernetes that manifests name. */
  namespace?: string | null;
  /** Free. */
  metadata?: Record<string, unknown> | null;
  /** Who manages it; free. */
  managed_by?: string | null;
  /** A task of that manager; free. */
  task_id?: string | null;
}

/** A part of a runner. */
export interface RunnerComponent {
  /** How it does. */
  status: "healthy" | "unhealthy" | "offline";
  /** Whether it is healthy. */
  health: "true" | "false";
  /** Its version. */
  version: string;
  /** Why it is not well; empty when it is. */
  error: string;
  /** More for people. */
  metadata: Record<string, string>;
}

/** A part of a runner. */
export interface RunnerComponentInput {
  /** How it does. */
  status: "healthy" | "unhealthy" | "offline";
  /** Whether it is healthy. */
  health: "true" | "false";
  /** Its version. */
  version: string;
  /** Why it is not well; empty when it is. */
  error: string;
  /** More for people. */
  metadata: Record<string, string>;
}

/** How a runner does. */
export interface RunnerHealth {
  /** How it does. */
  status: "healthy" | "unhealthy" | "offline";
  /** Whether it is healthy. */
  health: "true" | "false";
  /** When it was last heard of; null = never. */
  last_check?: string | null;
  /** Version of its newest process. */
  version: string;
  /** Its parts. */
  components: {
    /** What executes tools. */
    tool_manager: RunnerComponent;
    /** What takes work. */
    agent_manager: RunnerComponent;
  };
}

/** How a runner does. */
export interface RunnerHealthInput {
  /** How it does. */
  status: "healthy" | "unhealthy" | "offline";
  /** Whether it is healthy. */
  health: "true" | "false";
  /** When it was last heard of; null = never. */
  last_check?: string | null;
  /** Version of its newest process. */
  version: string;
  /** Its parts. */
  components: {
    /** What executes tools. */
    tool_manager: RunnerComponentInput;
    /** What takes work. */
    agent_manager: RunnerComponentInput;
  };
}

/** Values for the chart, with fields that older clients read. */
export interface RunnerHelmValues {
  /** The organisation. */
  organization: string;
  /** The runner's name. */
  runner_name: string;
  /** The runner's id. */
  uuid: string;
  /** Where the runner finds the server, and its token. */
  server: Record<string, unknown>;
  /** Name and labels. */
  runner: Record<string, unknown>;
  /** The runner's image. */
  image: Record<string, unknown>;
  [name: string]: unknown;
}

/** Something that a runner is to do. */
export interface RunnerOperation {
  /** What it is to do. */
  operation: "restart" | "drain" | "resume" | "rotate-token";
  /** More about it. */
  parameters?: {
    /** How long older tokens stay good after `rotate-token`; 0 = not at all. */
    grace_seconds?: number;
  };
}

/** Something that a runner is to do. */
export interface RunnerOperationInput {
  /** What it is to do. */
  operation: "restart" | "drain" | "resume" | "rotate-token";
  /** More about it. */
  parameters?: {
    /** How long older tokens stay good after `rotate-token`; 0 = not at all. */
    grace_seconds?: number;
  };
}

/** What became of an operation. */
export interface RunnerOperationResult {
  /** The operation. */
  operation: string;
  /** Always `success`. */
  status: "success";
  /** A sentence for people. */
  message: string;
  /** When it was said. */
  timestamp: string;
  /** The new token. */
  token?: string;
  /** Url of a manifest with the new token. */
  url?: string;
}

/** How something does, as older clients read it. */
export interface RunnerPartHealth {
  /** How it does. */
  status: "ok" | "error" | "non-responsive";
  /** Whether it is healthy. */
  health: "true" | "false";
  /** Why it is not well. */
  error: string;
  /** Its version. */
  version: string;
}

/** How something does, as older clients read it. */
export interface RunnerPartHealthInput {
  /** How it does. */
  status: "ok" | "error" | "non-responsive";
  /** Whether it is healthy. */
  health: "true" | "false";
  /** Why it is not well. */
  error: string;
  /** Its version. */
  version: string;
}

/** A process of a runner, as it last said of itself. */
export interface RunnerProcess {
  /** Names its state directory, also after a restart. */
  instance: string;
  /** Its machine. */
  host: string;
  /** Operating system and processor. */
  platform?: string;
  /** Version of the program. */
  version: string;
  /** Labels that it brings. */
  labels: Array<string>;
  /** What it understands besides runs of tools. `terraform`: plans and applies of projects. */
  capabilities: Array<string>;
  /** Runs that it takes at one time. */
  concurrency: number;
  /** Runs that it has. */
  running: number;
  /** Whether it takes no more work. */
  draining: boolean;
  /** When it was started. */
  started_at: string;
  /** When it was last heard of. */
  last_seen_at: string;
}

/** A process of a runner, as it last said of itself. */
export interface RunnerProcessInput {
  /** Names its state directory, also after a restart. */
  instance: string;
  /** Its machine. */
  host: string;
  /** Operating system and processor. */
  platform?: string;
  /** Version of the program. */
  version: string;
  /** Labels that it brings. */
  labels: Array<string>;
  /** What it understands besides runs of tools. `terraform`: plans and applies of projects. */
  capabilities: Array<string>;
  /** Runs that it takes at one time. */
  concurrency: number;
  /** Runs that it has. */
  running: number;
  /** Whether it takes no more work. */
  draining: boolean;
  /** When it was started. */
  started_at: string;
  /** When it was last heard of. */
  last_seen_at: string;
}

/** A runner's token, without the token itself. */
export interface RunnerToken {
  /** Id. */
  id: string;
  /** The id again. */
  uuid: string;
  /** The characters it begins with. */
  prefix: string;
  /** What it was made for. */
  purpose: string;
  /** Email of the user who made it. */
  created_by: string;
  /** When it was made. */
  created_at: string;
  /** When it ends, or by when it must be used for the first time; null = never. */
  expires_at: string | null;
  /** When it was last used; null = never. */
  last_used_at: string | null;
}

/** Tasks that begin at a time, once or again and again. */
export interface Schedule {
  /** Its id. */
  id?: string;
  /** The same as `id`. */
  uuid?: string;
  /** What people call it. */
  name: string;
  /** A cron expression of five fields; minute, hour, day of the month, month, day of the week. This or `at`. */
  cron?: string | null;
  /** A single time. Without an offset it is one of the clocks of `time_zone`. */
  at?: string | null;
  /** Whose clocks `cron` and `at` mean. */
  time_zone?: string;
  /** What becomes of a time at which no server was running: it is skipped, or made up for once. */
  missed?: "skip" | "fire_once";
  /** What each of its tasks is, with the fields of a task; its name is that of the schedule unless it has one. */
  task: Record<string, unknown>;
  /** Whether it fires; `completed` when all of its times are over. */
  status?: "active" | "paused" | "completed";
  /** When it fires next; null while it does not. */
  next_fire_at?: string | null;
  /** The last time at which it fired. */
  last_fire_at?: string | null;
  /** Email of the user in whose name its tasks run. */
  created_by?: string;
  /** When it was created. */
  created_at?: string;
  /** When it last changed. */
  updated_at?: string;
}

/** Tasks that begin at a time, once or again and again. */
export interface ScheduleInput {
  /** What people call it. */
  name: string;
  /** A cron expression of five fields; minute, hour, day of the month, month, day of the week. This or `at`. */
  cron?: string | null;
  /** A single time. Without an offset it is one of the clocks of `time_zone`. */
  at?: string | null;
  /** Whose clocks `cron` and `at` mean. */
  time_zone?: string;
  /** What becomes of a time at which no server was running: it is skipped, or made up for once. */
  missed?: "skip" | "fire_once";
  /** What each of its tasks is, with the fields of a task; its name is that of the schedule unless it has one. */
  task: Record<string, unknown>;
}

/** The fields of a schedule that change. */
export interface ScheduleChange {
  /** Its id. */
  id?: string;
  /** The same as `id`. */
  uuid?: string;
  /** What people call it. */
  name?: string;
  /** A cron expression of five fields; minute, hour, day of the month, month, day of the week. This or `at`. */
  cron?: string | null;
  /** A single time. Without an offset it is one of the clocks of `time_zone`. */
  at?: string | null;
  /** Whose clocks `cron` and `at` mean. */
  time_zone?: string;
  /** What becomes of a time at which no server was running: it is skipped, or made up for once. */
  missed?: "skip" | "fire_once";
  /** What each of its tasks is, with the fields of a task; its name is that of the schedule unless it has one. */
  task?: Record<string, unknown>;
  /** Whether it fires; `completed` when all of its times are over. */
  status?: "active" | "paused" | "completed";
  /** When it fires next; null while it does not. */
  next_fire_at?: string | null;
  /** The last time at which it fired. */
  last_fire_at?: string | null;
  /** Email of the user in whose name its tasks run. */
  created_by?: string;
  /** When it was created. */
  created_at?: string;
  /** When it last changed. */
  updated_at?: string;
}

/** The fields of a schedule that change. */
export interface ScheduleChangeInput {
  /** What people call it. */
  name?: string;
  /** A cron expression of five fields; minute, hour, day of the month, month, day of the week. This or `at`. */
  cron?: string | null;
  /** A single time. Without an offset it is one of the clocks of `time_zone`. */
  at?: string | null;
  /** Whose clocks `cron` and `at` mean. */
  time_zone?: string;
  /** What becomes of a time at which no server was running: it is skipped, or made up for once. */
  missed?: "skip" | "fire_once";
  /** What each of its tasks is, with the fields of a task; its name is that of the schedule unless it has one. */
  task?: Record<string, unknown>;
}

/** A value that tools get as an environment variable. */
export interface Secret {
  /** Id. */
  id?: string;
  /** The id again. */
  uuid?: string;
  /** Name, unique in the organisation. It does not change. */
  name?: string;
  /** The value, at most 65536 bytes in UTF-8, several lines if need be. Absent = as it is. */
  value?: string | null;
  /** What it is for. */
  description?: string | null;
  /** Who manages it; free. */
  managed_by?: string | null;
  /** A task of that manager; free. */
  task_id?: string | null;
  /** The environment variable that tools get it in, the name with _ for each . and -. */
  variable?: string;
  /** Email of the user who made it. */
  created_by?: string;
  /** Email of the user who changed it last. */
  updated_by?: string;
  /** When it was made. */
  created_at?: string;
  /** When it was changed last. */
  updated_at?: string;
}

/** A value that tools get as an environment variable. */
export interface SecretInput {
  /** Name, unique in the organisation. It does not change. */
  name?: string;
  /** The value, at most 65536 bytes in UTF-8, several lines if need be. Absent = as it is. */
  value?: string | null;
  /** What it is for. */
  description?: string | null;
  /** Who manages it; free. */
  managed_by?: string | null;
  /** A task of that manager; free. */
  task_id?: string | null;
}

/** A secret's value. */
export interface SecretValue {
  /** Name of the secret. */
  name: string;
  /** Its value. */
  value: string;
}

/** A conversation with an agent. */
export interface Session {
  /** Its id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** The agent; null once it is deleted. */
  agent_id: string | null;
  /** The agent's name when it was last talked to. */
  agent_name: string;
  /** What it is about; the first line of the first message unless the client says otherwise. */
  title?: string;
  /** Whether a turn is going on. */
  status: "running" | "idle";
  /** The current or the last turn. */
  execution_id: string | null;
  /** How many messages it has. */
  message_count: number;
  /** Who began it. */
  user: {
    /** The user's id. */
    id: string;
    /** The user's email. */
    email: string;
  };
  /** When it began. */
  created_at: string;
  /** When something was last said. */
  updated_at: string;
}

/** A conversation with an agent. */
export interface SessionInput {
  /** What it is about; the first line of the first message unless the client says otherwise. */
  title?: string;
}

/** One message of a conversation. */
export interface SessionMessage {
  /** Its id. */
  id: string;
  /** Its place in the session, 1 for the first. */
  seq: number;
  /** Who said it. */
  role: "system" | "user" | "assistant" | "tool";
  /** What was said. */
  content: string;
  /** With `assistant`, the tools that it asked for. */
  tool_calls?: Array<{
    /** The call's id. */
    id: string;
    /** The tool's name as the model writes it. */
    name: string;
    /** What the model wrote, usually a JSON object. */
    arguments: string;
  }>;
  /** With `tool`, the call that it answers. */
  call_id?: string;
  /** With `tool`, the tool's name. */
  name?: string;
  /** With `tool`, whether the call failed. */
  is_error?: boolean;
  /** The turn that it belongs to; null for history that a client brought along. */
  execution_id: string | null;
  usage: Usage;
  /** When it was said. */
  created_at: string;
}

/** Where tools come from. */
export interface Source {
  /** Its id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** What people call it; absent = made from the url. */
  name?: string;
  /** A git repository by https or ssh, or a tree in one (`https://github.com/ORG/REPO/tree/BRANCH/PATH`); empty for inline sources and zip files. */
  url?: string;
  /** A branch, tag or commit; empty = the repository's default. */
  branch?: string;
  /** The commit that the tools were found in. */
  commit: string;
  /** Where it is. */
  type: "git" | "zip" | "inline";
  /** How the last sync went. */
  status: "active" | "syncing" | "failed";
  /** Where its tools are discovered; absent, empty or `auto` = the server's own runner. */
  runner?: string;
  /** What Python modules read from `tool_registry.dynamic_config` while they are discovered. */
  dynamic_config?: Record<string, unknown>;
  /** Its tools; empty in lists and where the operation says so. */
  tools: Array<Tool>;
  /** Definitions of tools as the schema `Tool` has them, kept as sent. */
  inline_tools?: Array<Record<string, unknown>>;
  /** Definitions of workflows, kept as sent. */
  inline_workflows?: Array<unknown>;
  /** The workflows that were found. */
  workflows?: Array<unknown>;
  /** Files and definitions that could not be read. */
  errors: Array<SourceError>;
  /** How many errors there are. */
  errors_count?: number;
  /** How many agents name it. */
  connected_agents_count?: number;
  /** How many tools it has. */
  connected_tools_count?: number;
  /** How many workflows it has. */
  connected_workflows_count?: number;
  /** When its tools were last discovered. */
  last_synced_at?: string | null;
  /** When it was created. */
  created_at: string;
  /** When it was last changed. */
  updated_at: string;
  /** What manages it, such as terraform; kept as sent. */
  managed_by?: string;
  /** The task that made it; kept as sent. */
  task_id?: string;
  /** Who made and changed it, and when. */
  kubiya_metadata?: Authorship;
  /** Anything; kept as sent. */
  metadata?: Record<string, unknown>;
  /** Sent by some clients; ignored. */
  source_meta?: Record<string, unknown>;
  /** Sent by some clients; ignored. */
  agents?: Array<unknown>;
}

/** Where tools come from. */
export interface SourceInput {
  /** What people call it; absent = made from the url. */
  name?: string;
  /** A git repository by https or ssh, or a tree in one (`https://github.com/ORG/REPO/tree/BRANCH/PATH`); empty for inline sources and zip files. */
  url?: string;
  /** A branch, tag or commit; empty = the repository's default. */
  branch?: string;
  /** Where its tools are discovered; absent, empty or `auto` = the server's own runner. */
  runner?: string;
  /** What Python modules read from `tool_registry.dynamic_config` while they are discovered. */
  dynamic_config?: Record<string, unknown>;
  /** Definitions of tools as the schema `Tool` has them, kept as sent. */
  inline_tools?: Array<Record<string, unknown>>;
  /** Definitions of workflows, kept as sent. */
  inline_workflows?: Array<unknown>;
  /** What manages it, such as terraform; kept as sent. */
  managed_by?: string;
  /** The task that made it; kept as sent. */
  task_id?: string;
  /** Anything; kept as sent. */
  metadata?: Record<string, unknown>;
}

/** A file, or a definition in it, that could not be read. */
export interface SourceError {
  /** Path from the root of the source. */
  file: string;
  /** What kind of failure; an exception's name for Python. */
  type: string;
  /** What was wrong. */
  error: string;
  /** Where it happened; empty when there is nothing to show. */
  traceback: string;
}

/** A file, or a definition in it, that could not be read. */
export interface SourceErrorInput {
  /** Path from the root of the source. */
  file: string;
  /** What kind of failure; an exception's name for Python. */
  type: string;
  /** What was wrong. */
  error: string;
  /** Where it happened; empty when there is nothing to show. */
  traceback: string;
}

/** How to sync. */
export interface SourceSync {
  /** Fetch the repository. */
  mode?: "pull";
  /** Another branch, tag or commit from now on. */
  branch?: string;
  /** Another configuration from now on. */
  dynamic_config?: Record<string, unknown>;
  /** Accepted and ignored; every sync looks at every file. */
  force?: boolean;
}

/** How to sync. */
export interface SourceSyncInput {
  /** Fetch the repository. */
  mode?: "pull";
  /** Another branch, tag or commit from now on. */
  branch?: string;
  /** Another configuration from now on. */
  dynamic_config?: Record<string, unknown>;
  /** Accepted and ignored; every sync looks at every file. */
  force?: boolean;
}

/** A project's state as it stands. */
export interface State {
  /** The project. */
  project_id: string;
  /** The version that Terraform gets; null when there is no state. */
  current: StateVersion | null;
  /** Number of the newest version there ever was; 0 before the first. */
  last_version: number;
  /** Who holds the lock; null when nobody does. */
  lock: StateLock | null;
}

/** A lock that somebody holds. */
export interface StateLock {
  /** Terraform's id of the lock. */
  id: string;
  /** What Terraform does. */
  operation: string;
  /** More about it. */
  info: string;
  /** User and machine, as Terraform says. */
  who: string;
  /** Terraform's version. */
  version: string;
  /** When, as Terraform says. */
  created: string;
  /** Of a state in a file; empty. */
  path: string;
  /** Whose key took the lock. */
  locked_by: string;
  /** The execution that Terraform runs in; null when it runs elsewhere. */
  execution_id: string | null;
  /** When this server gave the lock. */
  locked_at: string;
}

/** An output of a state. */
export interface StateOutput {
  /** Its name. */
  name: string;
  /** Its type as Terraform writes it: `string`, `[list, string]`. */
  type: unknown;
  /** Its value; null when it is sensitive and was not asked for. */
  value: unknown;
  /** Whether Terraform hides it. */
  sensitive: boolean;
}

/** An instance of a resource or data source. */
export interface StateResource {
  /** Its address. */
  address: string;
  /** Address of its module; empty = the root. */
  module: string;
  /** `managed` or `data`. */
  mode: string;
  /** Its type. */
  type: string;
  /** Its name. */
  name: string;
  /** Its provider's address. */
  provider: string;
  /** The provider's id of it; empty when it has none. */
  id: string;
  /** `created`, `tainted` or `deposed`. */
  status: string;
  /** Addresses of the resources that it depends on. */
  depends_on: Array<string>;
}

/** A state as it was written once. */
export interface StateVersion {
  /** Counts the versions of a project's state. */
  version: number;
  /** Terraform's own count. */
  serial: number;
  /** Names the state from its beginning on. */
  lineage: string;
  /** The Terraform that wrote it. */
  terraform_version: string;
  /** Bytes as Terraform sent them. */
  size_bytes: number;
  /** Bytes as they are kept. */
  stored_bytes: number;
  /** MD5 of the state, in base64. */
  md5: string;
  /** Instances of managed resources. */
  resource_count: number;
  /** Outputs. */
  output_count: number;
  /** The version whose state this is again; null when Terraform wrote it. */
  restored_from: number | null;
  /** The execution that wrote it; null when Terraform ran elsewhere. */
  execution_id: string | null;
  /** Whose key wrote it. */
  created_by: string;
  /** When. */
  created_at: string;
}

/** Something to be run; an agent with a prompt, a tool, or a workflow. One of `agent_id`, `tool`, `tool_def` and `workflow` says what. */
export interface Task {
  /** Its id. */
  id?: string;
  /** The same as `id`. */
  uuid?: string;
  /** What people call it. */
  name: string;
  /** What it is for; what the agent is told where there is no prompt. */
  description?: string;
  /** Another name for `agent_id`. */
  agent?: string | null;
  /** Id of the agent that it runs; a request may name it. */
  agent_id?: string | null;
  /** Id or name of the tool that it runs. */
  tool?: string | null;
  /** A tool that is not saved, to be run. */
  tool_def?: Record<string, unknown> | null;
  /** Id or name of a workflow, or the definition of one, to be run. */
  workflow?: string | Record<string, unknown> | null;
  /** What the agent is told. */
  prompt?: string;
  /** Where tools run; empty = any runner. */
  runner?: string;
  /** Another name for `runner`. */
  runner_id?: string;
  /** Arguments of the tool, params of the workflow, or facts for the agent. */
  parameters?: Record<string, unknown>;
  /** The client's own; kept as sent. */
  metadata?: Record<string, unknown>;
  /** Seconds that an attempt may run. */
  timeout?: number | null;
  /** Whether an attempt that failed, or was lost, is followed by another one. What people rejected is not tried again. */
  retry?: {
    /** Attempts after the first. */
    limit?: number;
    /** Seconds before the second attempt; doubled from attempt to attempt. */
    interval_seconds?: number;
    /** The longest pause in seconds. */
    max_interval_seconds?: number;
  };
  requires_approval?: ApprovalRule;
  /** When it begins; absent = now. A cron expression, a time, or both with a zone. Several times make a schedule, and this is the first of its tasks. */
  schedule?: string | {
    /** A cron expression of five fields; minute, hour, day of the month, month, day of the week. This or `at`. */
    cron?: string | null;
    /** A single time. Without an offset it is one of the clocks of `time_zone`. */
    at?: string | null;
    /** Whose clocks `cron` and `at` mean. */
    time_zone?: string;
    /** What becomes of a time at which no server was running: it is skipped, or made up for once. */
    missed?: "skip" | "fire_once";
  };
  /** What manages it, such as terraform; kept as sent. */
  managed_by?: string;
  /** Kept as sent. */
  task_id?: string;
  /** What it runs. */
  kind?: "agent" | "tool" | "workflow";
  /** Where it stands; `pending` while it is scheduled, queued, or waits for an approval or its next attempt. */
  status?: "pending" | "running" | "completed" | "failed" | "cancelled";
  /** How far it is, in percent. */
  progress?: number;
  /** How often it was begun. */
  attempt?: number;
  /** The execution of the last attempt. */
  execution_id?: string | null;
  /** The schedule that it belongs to. */
  schedule_id?: string | null;
  /** When its schedule begins it. */
  scheduled_for?: string | null;
  /** Email of the user in whose name it runs. */
  created_by?: string;
  /** When it was created. */
  created_at?: string;
  /** When it last changed. */
  updated_at?: string;
  /** When it first ran. */
  started_at?: string | null;
  /** When it ended. */
  completed_at?: string | null;
  /** When it was cancelled. */
  cancelled_at?: string | null;
  /** Email of the user who cancelled it. */
  cancelled_by?: string | null;
  /** What it brought. */
  result?: {
    /** The end of what the tool printed, or the answer of the agent. */
    output: string | null;
    /** Why it failed, or failed the last time. */
    error: string | null;
  };
}

/** Something to be run; an agent with a prompt, a tool, or a workflow. One of `agent_id`, `tool`, `tool_def` and `workflow` says what. */
export interface TaskInput {
  /** What people call it. */
  name: string;
  /** What it is for; what the agent is told where there is no prompt. */
  description?: string;
  /** Another name for `agent_id`. */
  agent?: string | null;
  /** Id of the agent that it runs; a request may name it. */
  agent_id?: string | null;
  /** Id or name of the tool that it runs. */
  tool?: string | null;
  /** A tool that is not saved, to be run. */
  tool_def?: Record<string, unknown> | null;
  /** Id or name of a workflow, or the definition of one, to be run. */
  workflow?: string | Record<string, unknown> | null;
  /** What the agent is told. */
  prompt?: string;
  /** Where tools run; empty = any runner. */
  runner?: string;
  /** Another name for `runner`. */
  runner_id?: string;
  /** Arguments of the tool, params of the workflow, or facts for the agent. */
  parameters?: Record<string, unknown>;
  /** The client's own; kept as sent. */
  metadata?: Record<string, unknown>;
  /** Seconds that an attempt may run. */
  timeout?: number | null;
  /** Whether an attempt that failed, or was lost, is followed by another one. What people rejected is not tried again. */
  retry?: {
    /** Attempts after the first. */
    limit?: number;
    /** Seconds before the second attempt; doubled from attempt to attempt. */
    interval_seconds?: number;
    /** The longest pause in seconds. */
    max_interval_seconds?: number;
  };
  requires_approval?: ApprovalRuleInput;
  /** When it begins; absent = now. A cron expression, a time, or both with a zone. Several times make a schedule, and this is the first of its tasks. */
  schedule?: string | {
    /** A cron expression of five fields; minute, hour, day of the month, month, day of the week. This or `at`. */
    cron?: string | null;
    /** A single time. Without an offset it is one of the clocks of `time_zone`. */
    at?: string | null;
    /** Whose clocks `cron` and `at` mean. */
    time_zone?: string;
    /** What becomes of a time at which no server was running: it is skipped, or made up for once. */
    missed?: "skip" | "fire_once";
  };
  /** What manages it, such as terraform; kept as sent. */
  managed_by?: string;
  /** Kept as sent. */
  task_id?: string;
}

/** That a task is cancelled. */
export interface TaskCancelled {
  /** The task. */
  id: string;
  /** `cancelled`. */
  status: "cancelled";
  /** When. */
  cancelled_at: string;
  /** Email of the user who did it. */
  cancelled_by: string;
}

/** The fields of a task that change. */
export interface TaskChange {
  /** Its id. */
  id?: string;
  /** The same as `id`. */
  uuid?: string;
  /** What people call it. */
  name?: string;
  /** What it is for; what the agent is told where there is no prompt. */
  description?: string;
  /** Another name for `agent_id`. */
  agent?: string | null;
  /** Id of the agent that it runs; a request may name it. */
  agent_id?: string | null;
  /** Id or name of the tool that it runs. */
  tool?: string | null;
  /** A tool that is not saved, to be run. */
  tool_def?: Record<string, unknown> | null;
  /** Id or name of a workflow, or the definition of one, to be run. */
  workflow?: string | Record<string, unknown> | null;
  /** What the agent is told. */
  prompt?: string;
  /** Where tools run; empty = any runner. */
  runner?: string;
  /** Another name for `runner`. */
  runner_id?: string;
  /** Arguments of the tool, params of the workflow, or facts for the agent. */
  parameters?: Record<string, unknown>;
  /** The client's own; kept as sent. */
  metadata?: Record<string, unknown>;
  /** Seconds that an attempt may run. */
  timeout?: number | null;
  /** Whether an attempt that failed, or was lost, is followed by another one. What people rejected is not tried again. */
  retry?: {
    /** Attempts after the first. */
    limit?: number;
    /** Seconds before the second attempt; doubled from attempt to attempt. */
    interval_seconds?: number;
    /** The longest pause in seconds. */
    max_interval_seconds?: number;
  };
  requires_approval?: ApprovalRule;
  /** What manages it, such as terraform; kept as sent. */
  managed_by?: string;
  /** Kept as sent. */
  task_id?: string;
  /** What it runs. */
  kind?: "agent" | "tool" | "workflow";
  /** Where it stands; `pending` while it is scheduled, queued, or waits for an approval or its next attempt. */
  status?: "pending" | "running" | "completed" | "failed" | "cancelled";
  /** How far it is, in percent. */
  progress?: number;
  /** How often it was begun. */
  attempt?: number;
  /** The execution of the last attempt. */
  execution_id?: string | null;
  /** The schedule that it belongs to. */
  schedule_id?: string | null;
  /** When its schedule begins it. */
  scheduled_for?: string | null;
  /** Email of the user in whose name it runs. */
  created_by?: string;
  /** When it was created. */
  created_at?: string;
  /** When it last changed. */
  updated_at?: string;
  /** When it first ran. */
  started_at?: string | null;
  /** When it ended. */
  completed_at?: string | null;
  /** When it was cancelled. */
  cancelled_at?: string | null;
  /** Email of the user who cancelled it. */
  cancelled_by?: string | null;
  /** What it brought. */
  result?: {
    /** The end of what the tool printed, or the answer of the agent. */
    output: string | null;
    /** Why it failed, or failed the last time. */
    error: string | null;
  };
}

/** The fields of a task that change. */
export interface TaskChangeInput {
  /** What people call it. */
  name?: string;
  /** What it is for; what the agent is told where there is no prompt. */
  description?: string;
  /** Another name for `agent_id`. */
  agent?: string | null;
  /** Id of the agent that it runs; a request may name it. */
  agent_id?: string | null;
  /** Id or name of the tool that it runs. */
  tool?: string | null;
  /** A tool that is not saved, to be run. */
  tool_def?: Record<string, unknown> | null;
  /** Id or name of a workflow, or the definition of one, to be run. */
  workflow?: string | Record<string, unknown> | null;
  /** What the agent is told. */
  prompt?: string;
  /** Where tools run; empty = any runner. */
  runner?: string;
  /** Another name for `runner`. */
  runner_id?: string;
  /** Arguments of the tool, params of the workflow, or facts for the agent. */
  parameters?: Record<string, unknown>;
  /** The client's own; kept as sent. */
  metadata?: Record<string, unknown>;
  /** Seconds that an attempt may run. */
  timeout?: number | null;
  /** Whether an attempt that failed, or was lost, is followed by another one. What people rejected is not tried again. */
  retry?: {
    /** Attempts after the first. */
    limit?: number;
    /** Seconds before the second attempt; doubled from attempt to attempt. */
    interval_seconds?: number;
    /** The longest pause in seconds. */
    max_interval_seconds?: number;
  };
  requires_approval?: ApprovalRuleInput;
  /** What manages it, such as terraform; kept as sent. */
  managed_by?: string;
  /** Kept as sent. */
  task_id?: string;
}

/** A part of a task's log. */
export interface TaskLog {
  /** The task. */
  task_id: string;
  /** The lines, oldest first. */
  logs: Array<TaskLogLine>;
}

/** One line of a task's log. */
export interface TaskLogLine {
  /** When it was written. */
  timestamp: string;
  /** How much it matters; what a tool writes to stderr is an `error`. */
  level: "debug" | "info" | "warning" | "error";
  /** What it says. */
  message: string;
  /** Which `attempt` and which `component` wrote it, and which `step` of a workflow. */
  metadata: Record<string, unknown>;
}

/** How far a task is. */
export interface TaskState {
  /** The task. */
  id: string;
  /** Where it stands. */
  status: "pending" | "running" | "completed" | "failed" | "cancelled";
  /** How far it is, in percent. */
  progress: number;
  /** How often it was begun. */
  attempt: number;
  /** When it first ran. */
  started_at: string | null;
  /** When it last changed. */
  updated_at: string;
  /** The steps of a workflow; everything else is one step. */
  metadata: {
    /** A step that runs. */
    current_step: string | null;
    /** Steps that are over. */
    steps_completed: number;
    /** All steps. */
    total_steps: number;
  };
}

/** What Terraform says of a lock, as it says it. */
export interface TerraformLock {
  /** Terraform's id of the lock. */
  ID?: string;
  /** What Terraform does. */
  Operation?: string;
  /** More about it. */
  Info?: string;
  /** User and machine. */
  Who?: string;
  /** Terraform's version. */
  Version?: string;
  /** When. */
  Created?: string;
  /** Of a state in a file; empty. */
  Path?: string;
}

/** What Terraform says of a lock, as it says it. */
export interface TerraformLockInput {
  /** Terraform's id of the lock. */
  ID?: string;
  /** What Terraform does. */
  Operation?: string;
  /** More about it. */
  Info?: string;
  /** User and machine. */
  Who?: string;
  /** Terraform's version. */
  Version?: string;
  /** When. */
  Created?: string;
  /** Of a state in a file; empty. */
  Path?: string;
}

/** A state in the format of Terraform 0.12 and later. What else is in it is Terraform's own business. */
export interface TerraformState {
  /** Of the format. */
  version: 4;
  /** The Terraform that wrote it. */
  terraform_version?: string;
  /** Terraform's own count. */
  serial: number;
  /** Names the state from its beginning on. */
  lineage: string;
  /** Outputs by name. */
  outputs?: Record<string, unknown>;
  /** Resources. */
  resources?: Array<Record<string, unknown>>;
}

/** A state in the format of Terraform 0.12 and later. What else is in it is Terraform's own business. */
export interface TerraformStateInput {
  /** Of the format. */
  version: 4;
  /** The Terraform that wrote it. */
  terraform_version?: string;
  /** Terraform's own count. */
  serial: number;
  /** Names the state from its beginning on. */
  lineage: string;
  /** Outputs by name. */
  outputs?: Record<string, unknown>;
  /** Resources. */
  resources?: Array<Record<string, unknown>>;
}

/** A script or container with typed arguments. Further fields that a source's files have are kept and shown; requests with others than these are refused. */
export interface Tool {
  /** Its id; absent where it is not saved. */
  id?: string;
  /** The same as `id`. */
  uuid?: string;
  /** What it is called by; letters, digits, spaces and `_`, `-`, `.`. */
  name: string;
  /** What it does, for people and models. */
  description: string;
  /** How its content is run; absent = `docker` with an image, else `script`. */
  type?: "docker" | "script" | "python" | "mcp";
  /** The container image that it runs in. */
  image?: string;
  /** The script, a template over the arguments. Required unless entrypoint, image or workflow says what runs. */
  content?: string;
  /** Its arguments. */
  args?: Array<ToolArgument>;
  /** Names of environment variables that it wants. */
  env?: Array<string>;
  /** Names of secrets that it gets as environment variables. */
  secrets?: Array<string>;
  /** Files to put into place before it runs. */
  with_files?: Array<{
    /** Where the file is put. */
    destination: string;
    /** A file of the source; this or `content` is required. */
    source?: string;
    /** What the file holds. */
    content?: string;
  }>;
  /** Directories that stay from run to run. */
  with_volumes?: Array<{
    /** What the volume is called; absent = its path. */
    name?: string;
    /** Where it is. */
    path: string;
  }>;
  /** Containers that run beside it. */
  with_services?: Array<{
    /** Its host name. */
    name: string;
    /** Its image. */
    image: string;
    /** The ports that it listens on. */
    exposed_ports?: Array<number>;
    /** Its environment variables. */
    env?: Record<string, string>;
  }>;
  /** The program and its first arguments; absent = what the type says. */
  entrypoint?: Array<string>;
  /** A script to run before it. */
  on_start?: string;
  /** A script to prepare its image with. */
  on_build?: string;
  /** A script to run after it. */
  on_complete?: string;
  /** A workflow in place of a script; kept as sent. */
  workflow?: unknown;
  /** Kept as sent. */
  long_running?: boolean;
  /** Seconds that it may run; absent or 0 = the server's limit. */
  timeout?: number;
  /** Another name for people. */
  alias?: string;
  /** A picture for people. */
  icon_url?: string;
  /** A diagram for people. */
  mermaid?: string;
  /** Anything; kept as sent. */
  metadata?: Record<string, unknown>;
  /** Names of what it needs; kept as sent. */
  dependencies?: Array<string>;
  requires_approval?: ApprovalRule;
  /** Whether a sandboxed tool has the host's network. */
  network?: boolean;
  /** The file of its source that it stands in. */
  file_name?: string;
  /** The source that it comes from. */
  source?: {
    /** The source's id. */
    id?: string;
    /** The source's name. */
    name?: string;
    /** The source's type. */
    type?: "git" | "zip" | "inline";
    /** The source's url; empty when it has none. */
    url?: string;
  };
  /** When it was first found. */
  created_at?: string;
  /** When it last changed. */
  updated_at?: string;
}

/** A script or container with typed arguments. Further fields that a source's files have are kept and shown; requests with others than these are refused. */
export interface ToolInput {
  /** What it is called by; letters, digits, spaces and `_`, `-`, `.`. */
  name: string;
  /** What it does, for people and models. */
  description: string;
  /** How its content is run; absent = `docker` with an image, else `script`. */
  type?: "docker" | "script" | "python" | "mcp";
  /** The container image that it runs in. */
  image?: string;
  /** The script, a template over the arguments. Required unless entrypoint, image or workflow says what runs. */
  content?: string;
  /** Its arguments. */
  args?: Array<ToolArgumentInput>;
  /** Names of environment variables that it wants. */
  env?: Array<string>;
  /** Names of secrets that it gets as environment variables. */
  secrets?: Array<string>;
  /** Files to put into place before it runs. */
  with_files?: Array<{
    /** Where the file is put. */
    destination: string;
    /** A file of the source; this or `content` is required. */
    source?: string;
    /** What the file holds. */
    content?: string;
  }>;
  /** Directories that stay from run to run. */
  with_volumes?: Array<{
    /** What the volume is called; absent = its path. */
    name?: string;
    /** Where it is. */
    path: string;
  }>;
  /** Containers that run beside it. */
  with_services?: Array<{
    /** Its host name. */
    name: string;
    /** Its image. */
    image: string;
    /** The ports that it listens on. */
    exposed_ports?: Array<number>;
    /** Its environment variables. */
    env?: Record<string, string>;
  }>;
  /** The program and its first arguments; absent = what the type says. */
  entrypoint?: Array<string>;
  /** A script to run before it. */
  on_start?: string;
  /** A script to prepare its image with. */
  on_build?: string;
  /** A script to run after it. */
  on_complete?: string;
  /** A workflow in place of a script; kept as sent. */
  workflow?: unknown;
  /** Kept as sent. */
  long_running?: boolean;
  /** Seconds that it may run; absent or 0 = the server's limit. */
  timeout?: number;
  /** Another name for people. */
  alias?: string;
  /** A picture for people. */
  icon_url?: string;
  /** A diagram for people. */
  mermaid?: string;
  /** Anything; kept as sent. */
  metadata?: Record<string, unknown>;
  /** Names of what it needs; kept as sent. */
  dependencies?: Array<string>;
  requires_approval?: ApprovalRuleInput;
  /** Whether a sandboxed tool has the host's network. */
  network?: boolean;
}

/** An argument of a tool. */
export interface ToolArgument {
  /** Its name, also that of its environment variable; letters, digits, `_` and `-`. */
  name: string;
  /** What it takes. */
  type?: "string" | "int" | "float" | "bool" | "object" | "array" | "file";
  /** What it means, for people and models. */
  description?: string;
  /** Whether a run must have it. */
  required?: boolean;
  /** What it is when a run does not say. */
  default?: unknown;
  /** The only values that it may have. */
  options?: Array<unknown>;
  /** How to find out its options; kept as sent. */
  options_from?: Record<string, unknown>;
}

/** An argument of a tool. */
export interface ToolArgumentInput {
  /** Its name, also that of its environment variable; letters, digits, `_` and `-`. */
  name: string;
  /** What it takes. */
  type?: "string" | "int" | "float" | "bool" | "object" | "array" | "file";
  /** What it means, for people and models. */
  description?: string;
  /** Whether a run must have it. */
  required?: boolean;
  /** What it is when a run does not say. */
  default?: unknown;
  /** The only values that it may have. */
  options?: Array<unknown>;
  /** How to find out its options; kept as sent. */
  options_from?: Record<string, unknown>;
}

/** A tool that an agent called, and what came of it. */
export interface ToolCall {
  /** The call's id. */
  id: string;
  /** The tool's name as the model writes it. */
  name?: string;
  /** An object, or the text that the model wrote in its place. */
  arguments?: unknown;
  /** Its execution; null when nothing ran. */
  execution_id?: string | null;
  /** `completed`, `failed`, `cancelled`, `timed_out`, `lost`, or `invalid` and `refused` when nothing ran. */
  status?: string;
  /** The tool's exit code. */
  exit_code?: number | null;
  /** What the model saw of it. */
  result?: string;
}

/** What to run and with which arguments. */
export interface ToolRun {
  /** Name or id of a saved tool; required unless `tool_def` is there. */
  tool_name?: string;
  /** A definition as the schema `Tool` has it, to be run without saving it. Name and description may be left out. */
  tool_def?: Record<string, unknown>;
  /** Arguments by name. */
  args?: Record<string, unknown>;
  /** Another name for `args`. */
  arguments?: Record<string, unknown>;
  /** Another name for `args`. */
  parameters?: Record<string, unknown>;
  /** The source of the tool, where several have one of this name. */
  source_uuid?: string;
  /** Another name for `source_uuid`. */
  source_id?: string;
  /** Where to run it; absent, empty or `auto` = any healthy runner. */
  runner?: string;
  /** Seconds that it may run. */
  timeout?: number;
  /** Names of integrations; accepted and ignored. */
  integrations?: Array<unknown>;
  /** Another name for `tool_name`. */
  name?: string;
  /** Accepted and ignored. */
  init_env?: unknown;
  /** Accepted and ignored. */
  metadata?: unknown;
  /** Accepted and ignored. */
  image_provider?: unknown;
}

/** What to run and with which arguments. */
export interface ToolRunInput {
  /** Name or id of a saved tool; required unless `tool_def` is there. */
  tool_name?: string;
  /** A definition as the schema `Tool` has it, to be run without saving it. Name and description may be left out. */
  tool_def?: Record<string, unknown>;
  /** Arguments by name. */
  args?: Record<string, unknown>;
  /** Another name for `args`. */
  arguments?: Record<string, unknown>;
  /** Another name for `args`. */
  parameters?: Record<string, unknown>;
  /** The source of the tool, where several have one of this name. */
  source_uuid?: string;
  /** Another name for `source_uuid`. */
  source_id?: string;
  /** Where to run it; absent, empty or `auto` = any healthy runner. */
  runner?: string;
  /** Seconds that it may run. */
  timeout?: number;
  /** Names of integrations; accepted and ignored. */
  integrations?: Array<unknown>;
  /** Another name for `tool_name`. */
  name?: string;
  /** Accepted and ignored. */
  init_env?: unknown;
  /** Accepted and ignored. */
  metadata?: unknown;
  /** Accepted and ignored. */
  image_provider?: unknown;
}

/** Tokens as the model's provider counted them; zeros when it does not say. */
export interface Usage {
  /** Tokens that the model read. */
  prompt_tokens: number;
  /** Tokens that it wrote. */
  completion_tokens: number;
  /** Both together. */
  total_tokens: number;
}

/** Somebody in the organisation. */
export interface User {
  /** Its id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** What people call the user; the address up to the @ when none is given. */
  name?: string;
  /** Address, unique in the organisation whatever its case. */
  email: string;
  /** Url of a picture. */
  image?: string;
  /** Ids of the groups that the user is in; requests may use names. */
  groups?: Array<string>;
  /** Whether the user is active; keys of others are not taken. */
  status?: boolean;
  /** `active` or `disabled`. */
  user_status: string;
  /** `Admin` for administrators, else `User`. */
  roles: Array<string>;
  /** The same as `created_at`. */
  create_at: string;
  /** When it was made. */
  created_at: string;
  /** When it was changed last. */
  updated_at: string;
}

/** Somebody in the organisation. */
export interface UserInput {
  /** What people call the user; the address up to the @ when none is given. */
  name?: string;
  /** Address, unique in the organisation whatever its case. */
  email: string;
  /** Url of a picture. */
  image?: string;
  /** Ids of the groups that the user is in; requests may use names. */
  groups?: Array<string>;
  /** Whether the user is active; keys of others are not taken. */
  status?: boolean;
}

/** A webhook of either kind; the fields of the other kind are absent. */
export interface Webhook {
  /** Its id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** Its direction; `url` and `events` decide when it is made. */
  kind: "incoming" | "outgoing";
  /** `disabled` = it takes and sends nothing; deliveries that wait go on when it is active again. */
  status?: "active" | "disabled";
  /** Why the server disabled it; empty when somebody else did. */
  status_reason?: string;
  /** Outgoing. Where events are posted to. */
  url?: string;
  /** Outgoing. What it is told of; types, `*` for all, `source.*` for all about sources. */
  events?: Array<string>;
  /** Outgoing. For people. */
  description?: string;
  /** Outgoing. Whether events about one resource are delivered one after another, each after the one before was delivered or given up. */
  ordered?: boolean;
  /** Outgoing. What deliveries are signed with; whole when it is made, masked from then on, null when it was lost with the master key. */
  secret?: string | null;
  /** Outgoing. Until when deliveries are signed with the previous secret, too. */
  previous_secret_expires_at?: string | null;
  /** Outgoing. Attempts to deliver. */
  delivery_attempts?: number;
  /** Outgoing. Deliveries that arrived. */
  successful_deliveries?: number;
  /** Outgoing. Deliveries that were given up. */
  failed_deliveries?: number;
  /** Incoming. What people call it. */
  name?: string;
  /** Incoming. Who sends, in words. */
  source?: string;
  /** Incoming. Which events it is for; JMESPath over the event, or words `field:value`; empty = all. */
  filter?: string;
  /** Incoming. The message to the agent, a Go template over the event; empty = the whole event. */
  prompt?: string;
  /** Incoming. The agent that it starts, by id or name; answered as an id. */
  agent_id?: string;
  /** Incoming. The workflow that it starts in place of an agent, as JSON or a string that holds it; answered as a string. */
  workflow?: unknown;
  /** Incoming. Where a workflow runs. */
  runner?: string;
  communication?: WebhookCommunication;
  /** Incoming. Leaves the webhook's name and the sender's headers out of answers. */
  hide_webhook_headers?: boolean;
  /** Incoming. How senders sign; null = they do not. */
  signature?: WebhookSignature | null;
  /** Incoming. Events that it takes in a minute; null = the server's setting, 0 = any number. */
  rate_limit_per_minute?: number | null;
  /** Incoming. Where senders post to; whoever knows it may. Null when it was lost with the master key. */
  webhook_url?: string | null;
  /** Incoming. Name of the organisation. */
  org?: string;
  /** Accepted and ignored. */
  agent_name?: string;
  /** When it last sent or received something. */
  last_triggered_at?: string | null;
  /** Since when nothing that it sends arrives. */
  failing_since?: string | null;
  /** Until when nothing is sent, after failures one after another. */
  paused_until?: string | null;
  /** Who manages it, for those who keep such a note. */
  managed_by?: string;
  /** The task that made it, for those who keep such a note. */
  task_id?: string;
  /** Address of the user who made it. */
  created_by: string;
  /** Address of the user who changed it last. */
  updated_by: string;
  /** When it was made. */
  created_at: string;
  /** When it was changed last. */
  updated_at: string;
}

/** A webhook of either kind; the fields of the other kind are absent. */
export interface WebhookInput {
  /** `disabled` = it takes and sends nothing; deliveries that wait go on when it is active again. */
  status?: "active" | "disabled";
  /** Outgoing. Where events are posted to. */
  url?: string;
  /** Outgoing. What it is told of; types, `*` for all, `source.*` for all about sources. */
  events?: Array<string>;
  /** Outgoing. For people. */
  description?: string;
  /** Outgoing. Whether events about one resource are delivered one after another, each after the one before was delivered or given up. */
  ordered?: boolean;
  /** Incoming. What people call it. */
  name?: string;
  /** Incoming. Who sends, in words. */
  source?: string;
  /** Incoming. Which events it is for; JMESPath over the event, or words `field:value`; empty = all. */
  filter?: string;
  /** Incoming. The message to the agent, a Go template over the event; empty = the whole event. */
  prompt?: string;
  /** Incoming. The agent that it starts, by id or name; answered as an id. */
  agent_id?: string;
  /** Incoming. The workflow that it starts in place of an agent, as JSON or a string that holds it; answered as a string. */
  workflow?: unknown;
  /** Incoming. Where a workflow runs. */
  runner?: string;
  communication?: WebhookCommunicationInput;
  /** Incoming. Leaves the webhook's name and the sender's headers out of answers. */
  hide_webhook_headers?: boolean;
  /** Incoming. How senders sign; null = they do not. */
  signature?: WebhookSignatureInput | null;
  /** Incoming. Events that it takes in a minute; null = the server's setting, 0 = any number. */
  rate_limit_per_minute?: number | null;
  /** Who manages it, for those who keep such a note. */
  managed_by?: string;
  /** The task that made it, for those who keep such a note. */
  task_id?: string;
}

/** One attempt to deliver. */
export interface WebhookAttempt {
  /** Counted from 1. */
  attempt: number;
  /** When it began. */
  at: string;
  /** What the other side answered; null when it did not. */
  status_code: number | null;
  /** How long that took. */
  duration_ms: number | null;
  /** Why it failed; null when it did not. */
  error: string | null;
  /** What was sent. */
  request: {
    /** Headers, the signature masked. */
    headers: Record<string, string>;
    /** The body; long ones of answers are cut off. */
    body: string;
  };
  /** What came back; null when nothing did. */
  response: {
    /** Headers, cookies masked. */
    headers: Record<string, string>;
    /** The beginning of the body, at most 16 KiB. */
    body: string;
    /** Whether the body went on, or broke off. */
    truncated: boolean;
  } | null;
}

/** Where the answer of an incoming webhook goes. */
export interface WebhookCommunication {
  /** `http`, `Slack` or `Teams`, in any case. */
  method?: string;
  /** For http a url, or empty: the sender gets it, with `?wait=true`. For Slack `#channel`, `@user` or an address. For Teams `team:channel`, `#{"team_name": …, "channel_name": …}`, or the url of a channel's webhook. */
  destination?: string;
}

/** Where the answer of an incoming webhook goes. */
export interface WebhookCommunicationInput {
  /** `http`, `Slack` or `Teams`, in any case. */
  method?: string;
  /** For http a url, or empty: the sender gets it, with `?wait=true`. For Slack `#channel`, `@user` or an address. For Teams `team:channel`, `#{"team_name": …, "channel_name": …}`, or the url of a channel's webhook. */
  destination?: string;
}

/** Something that a webhook sent, or is about to send, with its last attempt. */
export interface WebhookDelivery {
  /** Its id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** The webhook. */
  webhook_id: string;
  /** Type of the event; `webhook.answer` for an answer. */
  event: string;
  /** The event that is delivered, or that is answered. */
  event_id: string;
  /** `pending` = to be tried, or tried again; `failed` = given up. */
  status: "pending" | "success" | "failed";
  /** How often it was tried. */
  attempts: number;
  /** What the other side answered; null when it did not. */
  status_code: number | null;
  /** How long that took. */
  duration_ms: number | null;
  /** Why it failed; null when it did not. */
  error: string | null;
  /** What was sent. */
  request: {
    /** Headers, the signature masked. */
    headers: Record<string, string>;
    /** The body; long ones of answers are cut off. */
    body: string;
  };
  /** What came back; null when nothing did. */
  response: {
    /** Headers, cookies masked. */
    headers: Record<string, string>;
    /** The beginning of the body, at most 16 KiB. */
    body: string;
    /** Whether the body went on, or broke off. */
    truncated: boolean;
  } | null;
  /** When it is tried next; null when it is over, or waits for an earlier one about the same resource. */
  next_attempt_at: string | null;
  /** When it was handed over. */
  created_at: string;
  /** When it was over. */
  finished_at: string | null;
  /** All attempts, the first first; only where one delivery is shown. */
  history?: Array<WebhookAttempt>;
}

/** Something that a sender posted to an incoming webhook. */
export interface WebhookEvent {
  /** Its id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** The webhook. */
  webhook_id: string;
  /** What became of it; `filtered` = the filter says that it is not meant. */
  status: "accepted" | "filtered" | "running" | "completed" | "failed" | "cancelled";
  /** How it came. */
  origin: "sender" | "test" | "replay";
  /** The event that this one is again. */
  replay_of: string | null;
  /** Why it failed. */
  message: string | null;
  /** The conversation that it began. */
  session_id: string | null;
  /** The execution that it started. */
  execution_id: string | null;
  /** The sender's headers without credentials. */
  headers: Record<string, string>;
  /** The JSON as it came. */
  payload: string;
  /** Whether the payload is cut off here. */
  truncated: boolean;
  /** When it came. */
  received_at: string;
  /** When something was started for it. */
  started_at: string | null;
  /** When it was over. */
  finished_at: string | null;
}

/** What came of an event. */
export interface WebhookOutcome {
  /** The event. */
  id: string;
  /** What became of it. */
  status: "accepted" | "filtered" | "running" | "completed" | "failed" | "cancelled";
  /** What the agent said last; empty when it said nothing. */
  result: string;
  /** Why it failed. */
  message: string | null;
  /** The conversation that it began. */
  session_id: string | null;
  /** The execution that it started. */
  execution_id: string | null;
}

/** What an event would do. */
export interface WebhookPreview {
  /** What the filter says. */
  matches: boolean;
  /** The message that the agent would get. */
  prompt: string | null;
  /** What is wrong with the filter or the prompt. */
  problem: string | null;
}

/** A stored event. */
export interface WebhookReceipt {
  /** The event. */
  id: string;
  /** Always `accepted`. */
  status: "accepted";
  /** Whether an event with the sender's id had come before. */
  duplicate: boolean;
}

/** How the senders of an incoming webhook sign. */
export interface WebhookSignature {
  /** `header` is the secret itself in `X-Webhook-Secret`; `standard` is Standard Webhooks. */
  type: "github" | "gitlab" | "slack" | "stripe" | "standard" | "header";
  /** What they sign with. Kept sealed and never answered; what is stored stays when it is not sent. */
  secret?: string;
}

/** How the senders of an incoming webhook sign. */
export interface WebhookSignatureInput {
  /** `header` is the secret itself in `X-Webhook-Secret`; `standard` is Standard Webhooks. */
  type: "github" | "gitlab" | "slack" | "stripe" | "standard" | "header";
  /** What they sign with. Kept sealed and never answered; what is stored stays when it is not sent. */
  secret?: string;
}

/** A workflow that a source holds. */
export interface Workflow {
  /** Its name. */
  name: string;
  /** What it is for. */
  description: string;
  /** The source that holds it. */
  source_id: string;
  /** Name of that source. */
  source_name: string;
  /** The file in which it was found; empty when it was sent along. */
  file_name: string;
  /** How many steps it has. */
  steps_count: number;
  /** The workflow as it is written. */
  definition: Record<string, unknown>;
}

/** A run of a workflow. */
export interface WorkflowExecution {
  /** Its id. */
  id: string;
  /** The same as `id`. */
  uuid: string;
  /** What runs. */
  kind: "tool" | "agent_turn" | "workflow" | "step" | "terraform";
  /** The tool's or the agent's name. */
  subject: string;
  /** Where it runs. */
  runner: string;
  /** Where it stands; `waiting` for an approval of its own or of something that it started, `lost` when its runner died and nobody knows how far it came. */
  status: "waiting" | "queued" | "leased" | "running" | "completed" | "failed" | "cancelled" | "lost";
  /** How often it was handed to a runner. */
  attempt: number;
  /** The conversation that it belongs to. */
  session_id: string | null;
  /** The tool's exit code; null while it runs, and when it was stopped. */
  exit_code: number | null;
  /** Why it failed, for programs; `tool_failed` when the tool itself said so. */
  error_code: string | null;
  /** Why it failed, for people. */
  message: string | null;
  /** Email of the user who cancelled it. */
  cancelled_by: string | null;
  /** When it was accepted. */
  created_at: string;
  /** When it began to run. */
  started_at: string | null;
  /** When it ended. */
  finished_at: string | null;
  /** How long it ran, in milliseconds. */
  duration_ms: number | null;
  /** Output that is kept, in bytes. */
  output_bytes: number;
  /** Output beyond the limit that is not kept, in bytes. */
  dropped_bytes: number;
  /** Number of its last event. */
  last_event_id: number;
  /** The execution that started it; a turn its tools, a workflow its steps. */
  parent_id: string | null;
  /** The task that it is an attempt of. */
  task_id: string | null;
  /** The workflow's name. */
  name: string;
  /** Its steps, in the order in which they are written. */
  steps: Array<WorkflowStepState>;
  /** What completed steps brought, by the names of their outputs. */
  outputs: Record<string, string>;
}

/** A run that is asked for. A step is an object with `name`, `command` or `script`, or an `executor` of a `type` (command, docker, tool, agent, kubiya, http, jq, workflow) with its `config`; and `depends`, `output`, `env`, `retryPolicy`, `continueOn`, `preconditions`, `parallel`, `timeout`, `requires_approval`. */
export interface WorkflowRun {
  /** The name of a saved workflow, or the definition of one; also as YAML in a text of several lines. */
  workflow: string | Record<string, unknown>;
  /** Values of parameters, which steps find as `${NAME}`. An object, or texts like `NAME=value`. */
  params?: Record<string, unknown> | Array<unknown> | string;
  /** Variables of all steps, before those of the workflow. */
  env?: Record<string, unknown> | Array<unknown> | string;
  /** Secrets for the steps that this request defines. They are kept sealed, are environment variables of commands, and stand as `${secrets.NAME}` in requests. */
  secrets?: Record<string, string>;
  /** Where steps run that name no runner; empty = any. */
  runner?: string;
}

/** A run that is asked for. A step is an object with `name`, `command` or `script`, or an `executor` of a `type` (command, docker, tool, agent, kubiya, http, jq, workflow) with its `config`; and `depends`, `output`, `env`, `retryPolicy`, `continueOn`, `preconditions`, `parallel`, `timeout`, `requires_approval`. */
export interface WorkflowRunInput {
  /** The name of a saved workflow, or the definition of one; also as YAML in a text of several lines. */
  workflow: string | Record<string, unknown>;
  /** Values of parameters, which steps find as `${NAME}`. An object, or texts like `NAME=value`. */
  params?: Record<string, unknown> | Array<unknown> | string;
  /** Variables of all steps, before those of the workflow. */
  env?: Record<string, unknown> | Array<unknown> | string;
  /** Secrets for the steps that this request defines. They are kept sealed, are environment variables of commands, and stand as `${secrets.NAME}` in requests. */
  secrets?: Record<string, string>;
  /** Where steps run that name no runner; empty = any. */
  runner?: string;
}

/** Where a step of a run stands. */
export interface WorkflowStepState {
  /** Its name. */
  name: string;
  /** What it does. */
  type: "command" | "docker" | "tool" | "agent" | "kubiya" | "http" | "jq" | "workflow";
  /** What it is for. */
  description: string;
  /** Names of the steps before it. */
  depends: Array<string>;
  /** Where it stands; `cancelled` when a failure before it kept it from being begun. */
  status: "pending" | "running" | "completed" | "failed" | "skipped" | "cancelled";
  /** How often it was begun. */
  attempt: number;
  /** The execution of its last attempt, which has its log. */
  execution_id: string | null;
  /** What it printed, answered or was answered; at most 256 KB, from the end. */
  output: string | null;
  /** Exit code of its command. */
  exit_code: number | null;
  /** Why it failed, for programs. */
  error_code: string | null;
  /** Why it failed, was skipped or waits, for people. */
  message: string | null;
  /** When it is tried again. */
  next_attempt_at: string | null;
  /** When it was first begun. */
  started_at: string | null;
  /** When it ended. */
  finished_at: string | null;
  /** Of a step that is done for several items, where each stands. */
  items: Array<{
    /** Its place, from 0. */
    item: number;
    /** The item. */
    value: unknown;
    /** Where it stands. */
    status: "pending" | "running" | "completed" | "failed" | "skipped" | "cancelled";
    /** How often it was begun. */
    attempt: number;
    /** The execution of its last attempt. */
    execution_id: string | null;
    /** What it brought. */
    output: string | null;
    /** Exit code of its command. */
    exit_code: number | null;
    /** Why it failed, for programs. */
    error_code: string | null;
    /** Why it failed, for people. */
    message: string | null;
    /** When it is tried again. */
    next_attempt_at: string | null;
    /** When it was first begun. */
    started_at: string | null;
    /** When it ended. */
    finished_at: string | null;
  }>;
}

/** A form with the archive. */
export interface ZipUpload {
  /** The zip file; any field with a file name is taken for it. */
  file: string;
  /** What to call the source; absent = the file's name. */
  name?: string;
  /** Where its tools are discovered. */
  runner?: string;
  /** A JSON object, as a source's `dynamic_config`. */
  dynamic_config?: string;
}

export interface AgentsResource {
  /** The organisation's agents, oldest first. */
  list(options?: CallOptions & { name?: string; limit?: number; offset?: number }): PagePromise<Agent>;
  /** Creates an agent. Names need not be unique. A source, tool, runner, secret or model that does not exist is a 400 that names it. */
  create(body: AgentInput, options?: CallOptions & { idempotencyKey?: string }): Promise<Agent>;
  /** One agent, by id or name. A name that several agents have is a 409 that lists their ids. */
  get(agent: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Agent>;
  /** Replaces the fields that are sent; the others stay as they are. */
  replace(agent: string, body: Partial<AgentInput>, options?: CallOptions & { ifMatch?: string; idempotencyKey?: string }): Promise<Agent>;
  /** JSON merge patch; an environment variable is taken away with null. */
  update(agent: string, body: Partial<AgentInput>, options?: CallOptions & { ifMatch?: string; idempotencyKey?: string }): Promise<Agent>;
  /** Its sessions stay readable. */
  delete(agent: string, options?: CallOptions & { ifMatch?: string; idempotencyKey?: string }): Promise<Deleted>;
  /** Of the integrations that the agent names, those that there are, without their configurations. The same at `/v1/agents/{agent}/activate_integrations` and below `/v1/teammates`. */
  listIntegrations(agent: string, options?: CallOptions & { limit?: number; offset?: number }): PagePromise<IntegrationSummary>;
  /** The same as `/v1/agents/{agent}/integrations`, for clients that ask for those in use. */
  listActiveIntegrations(agent: string, options?: CallOptions & { limit?: number; offset?: number }): PagePromise<IntegrationSummary>;
}

export interface ConversationsResource {
  /** Begins an empty conversation with the agent. A chat without `session_id` begins one by itself. 403 when the agent has `allowed_users` and the key's user is not among them. */
  create(agent: string, body?: SessionInput, options?: CallOptions & { idempotencyKey?: string }): Promise<Session>;
  /** Says something to the agent and streams its answer; with `stream` false, answers once when the turn is over. The turn goes on whether or not somebody reads it. Sent again with `Last-Event-ID`, the same message and its session, it goes on with the stream instead of beginning another turn. 409 while the session's last turn is going on, 503 when no language model is configured. */
  chatWithAgent(agent: string, body: ChatMessageInput, options?: CallOptions & { lastEventId?: string; idempotencyKey?: string }): Promise<ChatAnswer | EventStream>;
  /** The organisation's sessions, newest first. */
  list(options?: CallOptions & { agent?: string; limit?: number; offset?: number }): PagePromise<Session>;
  /** Says among other things whether a turn is going on. */
  get(session: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Session>;
  /** What was said, oldest first, the results of tools included. */
  listMessages(session: string, options?: CallOptions & { limit?: number; offset?: number }): PagePromise<SessionMessage>;
  /** The events of the current or the last turn, from its beginning or after `Last-Event-ID`. Any number of readers may follow. 404 while the session has had no turn. */
  follow(session: string, options?: CallOptions & { last_event_id?: number; lastEventId?: string }): Promise<EventStream>;
  /** Cancels the current turn with the tools that it runs; nothing happens when there is none. */
  cancel(session: string, options?: CallOptions & { idempotencyKey?: string }): Promise<Session>;
}

export interface SourcesResource {
  /** The organisation's sources, oldest first, without their tools. */
  list(options?: CallOptions & { type?: "git" | "zip" | "inline"; status?: "active" | "syncing" | "failed"; limit?: number; offset?: number }): PagePromise<Source>;
  /** Creates a source and discovers its tools: from the repository at `url`, or from `inline_tools` when there is none. One broken file does not hide the others; it becomes an entry of `errors`. An answer can take minutes for a large repository. */
  create(body?: SourceInput, options?: CallOptions & { url?: string; branch?: string; runner?: string; name?: string; idempotencyKey?: string }): Promise<Source>;
  /** Discovers the tools of a repository without saving anything. */
  preview(options?: CallOptions & { url?: string; branch?: string; runner?: string; name?: string }): Promise<Source>;
  /** As a creation, without saving anything. */
  load(body?: SourceInput, options?: CallOptions & { url?: string; branch?: string; runner?: string; name?: string; idempotencyKey?: string }): Promise<Source>;
  /** Takes an archive of up to 100 MiB, and of 256 MiB and 20,000 entries unpacked. */
  createZip(form: FormData, options?: CallOptions & { runner?: string; name?: string; idempotencyKey?: string }): Promise<Source>;
  /** The same as POST, for clients that upload with PUT. */
  putZip(form: FormData, options?: CallOptions & { runner?: string; name?: string; idempotencyKey?: string }): Promise<Source>;
  /** Discovers the tools of an archive without saving anything. */
  loadZip(form: FormData, options?: CallOptions & { runner?: string; name?: string; idempotencyKey?: string }): Promise<Source>;
  /** The same as POST, for clients that upload with PUT. */
  putLoadZip(form: FormData, options?: CallOptions & { runner?: string; name?: string; idempotencyKey?: string }): Promise<Source>;
  /** Replaces the tools of a source that came from a zip file with those of another archive. */
  syncZip(source: string, form: FormData, options?: CallOptions & { runner?: string; name?: string; idempotencyKey?: string }): Promise<Source>;
  /** The same as POST, for clients that upload with PUT. */
  putSyncZip(source: string, form: FormData, options?: CallOptions & { runner?: string; name?: string; idempotencyKey?: string }): Promise<Source>;
  /** The sources whose tools the agent may use. */
  listAgent(agent: string, options?: CallOptions & { limit?: number; offset?: number; ifNoneMatch?: string }): PagePromise<Source>;
  /** One source, without its tools. */
  get(source: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Source>;
  /** Replaces the fields that are sent and discovers the tools again. */
  replace(source: string, body: Partial<SourceInput>, options?: CallOptions & { ifMatch?: string; idempotencyKey?: string }): Promise<Source>;
  /** JSON merge patch; discovers the tools again. */
  update(source: string, body: Partial<SourceInput>, options?: CallOptions & { ifMatch?: string; idempotencyKey?: string }): Promise<Source>;
  /** Its tools go with it. */
  delete(source: string, options?: CallOptions & { ifMatch?: string; idempotencyKey?: string }): Promise<Deleted>;
  /** The source with its tools in `tools`. */
  getMetadata(source: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Source>;
  /** Fetches the repository again and discovers its tools. The tools of the last good sync stay when it fails; the source is `failed` then. */
  sync(source: string, body?: SourceSyncInput, options?: CallOptions & { idempotencyKey?: string }): Promise<Source>;
}

export interface ToolsResource {
  /** The tools of all sources, by name. */
  list(options?: CallOptions & { source_id?: string; q?: string; limit?: number; offset?: number }): PagePromise<Tool>;
  /** Creates a tool in the organisation's own inline source. 409 when that source has a tool of this name. The content is a template over the arguments; every argument is also an environment variable of its name. */
  create(body: ToolInput, options?: CallOptions & { idempotencyKey?: string }): Promise<Tool>;
  /** Tools that have the words in name or description, best first. */
  search(options?: CallOptions & { q?: string; query?: string; source_id?: string; limit?: number; offset?: number }): PagePromise<Tool>;
  /** Runs a saved tool (`tool_name`) or a definition that is not saved (`tool_def`) and streams what it prints, to its end. The run goes on when the client goes away; its execution has the output. What is wrong before the start is plain JSON: 400 a bad argument or runner, 404 no such tool, 503 no runner. With the header `x-vercel-ai-data-stream: v1` the events are framed as that protocol does. */
  execute(body: ToolRunInput, options?: CallOptions & { runner?: string; xVercelAiDataStream?: "v1"; idempotencyKey?: string }): Promise<EventStream>;
  /** One tool, by id or name. A name that several sources have is a 409; `source_id` says which is meant. */
  get(tool: string, options?: CallOptions & { source_id?: string; ifNoneMatch?: string }): Promise<Tool>;
  /** Replaces the fields that are sent. A tool of a repository or a zip file is changed there; here it is a 409. */
  replace(tool: string, body: Partial<ToolInput>, options?: CallOptions & { source_id?: string; ifMatch?: string; idempotencyKey?: string }): Promise<Tool>;
  /** JSON merge patch. A tool of a repository or a zip file is changed there; here it is a 409. */
  update(tool: string, body: Partial<ToolInput>, options?: CallOptions & { source_id?: string; ifMatch?: string; idempotencyKey?: string }): Promise<Tool>;
  /** A tool of a repository or a zip file is deleted there; here it is a 409. */
  delete(tool: string, options?: CallOptions & { source_id?: string; ifMatch?: string; idempotencyKey?: string }): Promise<Deleted>;
  /** Starts a tool and answers at once; the execution tells how it goes. */
  start(tool: string, body?: ToolRunInput, options?: CallOptions & { runner?: string; idempotencyKey?: string }): Promise<Execution>;
}

export interface ApprovalsResource {
  /** What people are, or were, asked to agree to, newest first. What runs in a conversation is shown to who began it, to those who decide, and to administrators. */
  list(options?: CallOptions & { status?: "pending" | "approved" | "rejected" | "expired" | "cancelled"; for_me?: boolean; execution_id?: string; limit?: number; offset?: number }): PagePromise<Approval>;
  /** What is asked for, of whom, and what became of it. */
  get(approval: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Approval>;
  /** Agrees. The execution runs when all have agreed that it asks. A 403 when it is not the caller's to decide, a 409 when it was decided before. */
  approve(approval: string, body?: ApprovalReasonInput, options?: CallOptions & { idempotencyKey?: string }): Promise<Approval>;
  /** Refuses. The execution ends as `failed` with the error code `rejected`, and the reason in its message. */
  reject(approval: string, body?: ApprovalReasonInput, options?: CallOptions & { idempotencyKey?: string }): Promise<Approval>;
}

export interface TasksResource {
  /** What was asked to be run, newest first. */
  list(options?: CallOptions & { status?: "pending" | "running" | "completed" | "failed" | "cancelled"; agent?: string; runner?: string; sort?: "created_at" | "updated_at" | "status"; order?: "desc" | "asc"; limit?: number; offset?: number; page?: number }): PagePromise<Task>;
  /** Begins at once, unless `schedule` says when. Everything that it names is looked at first: what cannot be run is refused and not stored. */
  create(body: TaskInput, options?: CallOptions & { idempotencyKey?: string }): Promise<Task>;
  /** As `/v1/tasks?agent=`, but an agent that there is not is a 404. */
  listOfAgent(agent: string, options?: CallOptions & { status?: "pending" | "running" | "completed" | "failed" | "cancelled"; sort?: "created_at" | "updated_at" | "status"; order?: "desc" | "asc"; limit?: number; offset?: number; page?: number }): PagePromise<Task>;
  /** As `/v1/tasks?runner=`, but a runner that there is not is a 404. */
  listOfRunner(runner: string, options?: CallOptions & { status?: "pending" | "running" | "completed" | "failed" | "cancelled"; sort?: "created_at" | "updated_at" | "status"; order?: "desc" | "asc"; limit?: number; offset?: number; page?: number }): PagePromise<Task>;
  /** What it is, where it stands, and what it brought. */
  get(task: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Task>;
  /** The fields that are sent take the place of the stored ones. What it runs can be changed only before it begins. */
  replace(task: string, body?: Partial<TaskChangeInput>, options?: CallOptions & { ifMatch?: string; idempotencyKey?: string }): Promise<Task>;
  /** A JSON merge patch. */
  update(task: string, body?: Partial<TaskChangeInput>, options?: CallOptions & { ifMatch?: string; idempotencyKey?: string }): Promise<Task>;
  /** What it ran stays among the executions. A 409 while it runs. */
  delete(task: string, options?: CallOptions & { ifMatch?: string; idempotencyKey?: string }): Promise<Deleted>;
  /** Also stops what runs for it, and takes back approvals that it waits for. A 409 when it is over. */
  cancel(task: string, options?: CallOptions & { idempotencyKey?: string }): Promise<TaskCancelled>;
  /** What all of its attempts wrote, oldest first. With `follow`, a stream of events `log`, each a line, to the end of the task; the last is `done` with the task. */
  listLogs(task: string, options?: CallOptions & { start_time?: string; end_time?: string; level?: "debug" | "info" | "warning" | "error"; follow?: boolean; limit?: number; last_event_id?: string; lastEventId?: string }): Promise<TaskLog | EventStream>;
  /** How far it is, without the rest. */
  getStatus(task: string, options?: CallOptions): Promise<TaskState>;
}

export interface SchedulesResource {
  /** The organisation's schedules, oldest first. */
  list(options?: CallOptions & { status?: "active" | "paused" | "completed"; limit?: number; offset?: number }): PagePromise<Schedule>;
  /** Its first task is there at once, pending. */
  create(body: ScheduleInput, options?: CallOptions & { idempotencyKey?: string }): Promise<Schedule>;
  /** When it fires next, and what it runs. */
  get(schedule: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Schedule>;
  /** The fields that are sent take the place of the stored ones. From then on its tasks run in the name of who changed it. */
  replace(schedule: string, body?: Partial<ScheduleChangeInput>, options?: CallOptions & { ifMatch?: string; idempotencyKey?: string }): Promise<Schedule>;
  /** A JSON merge patch. */
  update(schedule: string, body?: Partial<ScheduleChangeInput>, options?: CallOptions & { ifMatch?: string; idempotencyKey?: string }): Promise<Schedule>;
  /** Its task to come goes with it; those that ran stay. */
  delete(schedule: string, options?: CallOptions & { ifMatch?: string; idempotencyKey?: string }): Promise<Deleted>;
  /** It fires no more until it is resumed; its task to come goes. */
  pause(schedule: string, options?: CallOptions & { idempotencyKey?: string }): Promise<Schedule>;
  /** Its next time is the next one from now; those that passed meanwhile are not made up for. */
  resume(schedule: string, options?: CallOptions & { idempotencyKey?: string }): Promise<Schedule>;
}

export interface WorkflowsResource {
  /** The workflows that sources hold, by name. */
  list(options?: CallOptions & { limit?: number; offset?: number }): PagePromise<Workflow>;
  /** Starts a saved workflow, or one that is sent, and answers at once. Its steps need the scopes of what they do, such as `tools:execute`. Every step is an execution of its own; a run goes on by itself when its server dies. */
  start(body?: WorkflowRunInput, options?: CallOptions & { idempotencyKey?: string }): Promise<Execution>;
  /** The execution with all its steps, where they stand and what they brought. */
  getExecution(run: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<WorkflowExecution>;
  /** A workflow that a source holds. */
  get(workflow: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Workflow>;
}

export interface ExecutionsResource {
  /** What ran or runs, newest first. */
  list(options?: CallOptions & { kind?: "tool" | "agent_turn" | "workflow" | "step" | "terraform"; status?: "waiting" | "queued" | "leased" | "running" | "completed" | "failed" | "cancelled" | "lost"; tool?: string; subject?: string; limit?: number; offset?: number }): PagePromise<Execution>;
  /** Where it stands, without its output. */
  get(execution: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Execution>;
  /** Its events, oldest first: a page of them, or with `follow` a stream to the last one, from the beginning or after `Last-Event-ID`. */
  listLogs(execution: string, options?: CallOptions & { follow?: boolean; last_event_id?: number; limit?: number; offset?: number; lastEventId?: string }): Promise<{
    /** The page's rows. */
    data: Array<ExecutionEvent>;
    pagination: Pagination;
  } | EventStream>;
  /** Stops what runs, with all its processes. An execution that is over stays as it is. */
  cancel(execution: string, options?: CallOptions & { idempotencyKey?: string }): Promise<Execution>;
}

export interface RunnersResource {
  /** The embedded runner `local`, then the organisation's own by name, each with how it is now. */
  list(options?: CallOptions & { limit?: number; offset?: number }): PagePromise<Runner>;
  /** A runner and how it is now. The same at `/v1/runners/{runner}/describe`. The ETag changes with all of it; `If-Match` heeds only what was set. */
  get(runner: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Runner>;
  /** Makes a runner of this name and a token for it, which is shown only now. For a runner that is there already nothing is changed and another token is made, which is void unless it is used within a day. */
  create(runner: string, body?: RunnerInput, options?: CallOptions & { idempotencyKey?: string }): Promise<Runner>;
  /** Replaces the fields that are sent; the others stay. The name cannot change, because runs and agents name the runner. 409 for the embedded runner, 412 when If-Match names another version. */
  replace(runner: string, body: Partial<RunnerInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Runner>;
  /** JSON merge patch: null takes a limit away and empties a text. 409 for the embedded runner, 412 when If-Match names another version. */
  update(runner: string, body: Partial<RunnerInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Runner>;
  /** Removes a runner and its tokens. 409 while it has something to do, unless `force` says that this is to be cancelled (the header `force: true` does the same); 409 for the embedded runner. */
  delete(runner: string, options?: CallOptions & { force?: boolean; idempotencyKey?: string; ifMatch?: string }): Promise<Deleted>;
  /** The same as `/v1/runners/{runner}`. */
  describe(runner: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Runner>;
  /** How a runner does, from what its processes last said. */
  getHealth(runner: string, options?: CallOptions): Promise<RunnerHealth>;
  /** Values for the chart `deploy/helm/kubiya-runner`, with a token that is void unless it is used within a day. */
  getHelmValues(runner: string, options?: CallOptions & { format?: "json" | "yaml" }): Promise<RunnerHelmValues>;
  /** A url whose YAML `kubectl apply -f` takes without a key; it answers for a day and is as secret as the token in it. With `format=yaml`, the manifest itself. */
  getManifest(runner: string, options?: CallOptions & { format?: "json" | "yaml" }): Promise<{
    /** Where the manifest is. */
    url: string;
  }>;
  /** `drain`: it gets no new work. `resume`: it does again. `restart`: its processes let their runs end and start anew, with whatever version of the program is there then. `rotate-token`: makes a new token; the older ones end after `grace_seconds`, at once by default. */
  operate(runner: string, body: RunnerOperationInput, options?: CallOptions & { idempotencyKey?: string }): Promise<RunnerOperationResult>;
  /** Those that are good, oldest first, each with the characters it begins with. */
  listTokens(runner: string, options?: CallOptions & { limit?: number; offset?: number }): PagePromise<RunnerToken>;
  /** Makes a token besides those that there are. It is shown only now. 409 when the runner has 50. */
  createToken(runner: string, body?: {
    /** What it is for. */
    purpose?: string;
  }, options?: CallOptions & { idempotencyKey?: string }): Promise<NewRunnerToken>;
  /** What is known about a token, without the token itself. 404 when there is none, or it is void. */
  getToken(runner: string, runnerToken: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<RunnerToken>;
  /** It is refused from now on; a runner that has it ends. 412 when If-Match names another token. */
  revokeToken(runner: string, runnerToken: string, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Deleted>;
}

export interface SecretsResource {
  /** The organisation's secrets by name, in the order of their names. Values are never part of a list. */
  list(options?: CallOptions & { limit?: number; offset?: number }): PagePromise<Secret>;
  /** Keeps a value under a name. The value is encrypted at once and is in no answer but that of the value's own path. 409 when the name is taken, or when another secret would be the same environment variable. */
  create(body: SecretInput & Record<string, unknown>, options?: CallOptions & { idempotencyKey?: string }): Promise<Secret>;
  /** What is known about a secret, without its value. 404 when there is none. */
  get(secret: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Secret>;
  /** Replaces the fields that are sent; the others stay, the value too. The name cannot change, because tools and agents name the secret. 412 when If-Match names another version. */
  replace(secret: string, body: Partial<SecretInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Secret>;
  /** JSON merge patch: null empties a text; a value cannot be emptied and null leaves it as it is. 412 when If-Match names another version. */
  update(secret: string, body: Partial<SecretInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Secret>;
  /** Removes a secret, also while tools and agents name it: runs that need it are refused from then on. 412 when If-Match names another version. */
  delete(secret: string, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Deleted>;
  /** The value as it was sent. Every reading is written to the audit trail with the action `read`. */
  getValue(secret: string, options?: CallOptions): Promise<SecretValue>;
}

export interface KnowledgeResource {
  /** The entries that the caller may read, the oldest first where nothing else is asked for. Contents longer than 32 KiB are left out; read the entry itself for those. */
  list(options?: CallOptions & { tag?: string; type?: string; visibility?: "private" | "organization" | "public"; query?: string; sort?: "created_at" | "updated_at" | "name" | "title"; order?: "asc" | "desc"; limit?: number; offset?: number }): PagePromise<Knowledge>;
  /** Keeps a text. It can be found as soon as this is answered, by its words at once and by its meaning a moment later. A title (or `name`) and content are needed. */
  create(body: KnowledgeInput & Record<string, unknown>, options?: CallOptions & { idempotencyKey?: string }): Promise<Knowledge>;
  /** Finds entries that the caller may read by their words and by their meaning, the best first. Mistakes in words are forgiven where the database has `pg_trgm`. At most 600 entries are found. */
  search(options?: CallOptions & { query?: string; tag?: string; type?: string; visibility?: "private" | "organization" | "public"; by?: "both" | "words" | "meaning"; sort?: "relevance" | "created_at"; limit?: number; offset?: number }): PagePromise<Knowledge>;
  /** Reads the text of a Markdown, text, HTML, PDF or DOCX file of up to 20 MiB. Headings of HTML and DOCX become headings of Markdown, and each page of a PDF is a section. 400 says why a file cannot be read: it is damaged, locked, has no text, or takes more memory or time than it may. */
  upload(form: FormData, options?: CallOptions & { idempotencyKey?: string }): Promise<Knowledge>;
  /** The folders of git sources whose Markdown files are kept as entries, the oldest first. */
  listFolders(options?: CallOptions & { limit?: number; offset?: number }): PagePromise<KnowledgeFolder>;
  /** Makes an entry of each Markdown file in a folder of a git source, hidden folders left out; `title`, `description` and `tags` are read from its front matter. The folder is synced again after each sync of its source, in the name of who added it. 409 when the folder is kept already. */
  createFolder(body: KnowledgeFolderInput & Record<string, unknown>, options?: CallOptions & { idempotencyKey?: string }): Promise<KnowledgeFolder>;
  /** The folder as it is now, with the files that could not be read. */
  getFolder(knowledgeFolder: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<KnowledgeFolder>;
  /** Removes the folder's entries with all their versions. 409 while it is being synced. */
  deleteFolder(knowledgeFolder: string, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Deleted>;
  /** Reads the newest commit. Files that say what their entries say change nothing; entries whose files are gone are removed. 409 while it is being synced. */
  syncFolder(knowledgeFolder: string, options?: CallOptions & { idempotencyKey?: string }): Promise<KnowledgeFolder>;
  /** The entry as it is now. 404 when there is none, or none that the caller may read. */
  get(knowledge: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Knowledge>;
  /** Replaces the fields that are sent; the others stay. Where name, description, content, labels, type or properties change, there is a new version. 412 when If-Match names another state of the entry. */
  replace(knowledge: string, body: Partial<KnowledgeInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Knowledge>;
  /** JSON merge patch: properties are merged, and null takes a field or a property away. 412 when If-Match names another state of the entry. */
  update(knowledge: string, body: Partial<KnowledgeInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Knowledge>;
  /** Removes an entry with all its versions. 412 when If-Match names another state of the entry. */
  delete(knowledge: string, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Deleted>;
  /** As the upload of a new entry, for one that there is. A file that says what the entry says already changes nothing; of a changed one only the changed passages are indexed anew. 412 when If-Match names another state of the entry. */
  replaceFile(knowledge: string, form: FormData, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Knowledge>;
  /** What the entry says and said, the oldest first where nothing else is asked for. Contents longer than 32 KiB are left out. */
  listVersions(knowledge: string, options?: CallOptions & { order?: "asc" | "desc"; limit?: number; offset?: number }): PagePromise<KnowledgeVersion>;
  /** What the entry said then. Who may read it is decided by what the entry is now. */
  getVersion(knowledge: string, knowledgeVersion: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<KnowledgeVersion>;
  /** What changed up to this version. */
  compareVersions(knowledge: string, knowledgeVersion: string, options?: CallOptions & { from?: number }): Promise<KnowledgeDiff>;
  /** Makes a new version that says what this one said. Whom the entry is for stays as it is. Nothing happens when it says so already. 412 when If-Match names another state of the entry. */
  restoreVersion(knowledge: string, knowledgeVersion: string, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Knowledge>;
}

export interface IntegrationsResource {
  /** The organisation's integrations in the order of their names, credentials masked. */
  list(options?: CallOptions & { limit?: number; offset?: number }): PagePromise<Integration>;
  /** Credentials among the fields of `vendor_specific` are encrypted and answered masked from the first answer on. 409 when the name is taken. */
  create(body: IntegrationInput & Record<string, unknown>, options?: CallOptions & { idempotencyKey?: string }): Promise<Integration>;
  /** The integration, credentials masked. 404 when there is none. */
  get(integration: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Integration>;
  /** Replaces the fields that are sent, `configs` as a whole; the others stay. A credential sent as `********` keeps the value that is stored for the configuration of that name. 400 when a mask stands for nothing; 412 when If-Match names another version. */
  replace(integration: string, body: Partial<IntegrationInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Integration>;
  /** JSON merge patch; otherwise as the replacement. Lists are replaced as a whole. */
  update(integration: string, body: Partial<IntegrationInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Integration>;
  /** Removes an integration, also while agents name it. 412 when If-Match names another version. */
  delete(integration: string, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Deleted>;
}

export interface PoliciesResource {
  /** The organisation's policies in the order of their names. */
  list(options?: CallOptions & { limit?: number; offset?: number }): PagePromise<Policy>;
  /** The expressions are checked: 400 says of every mistake at which line and column it is. The policy is in force on this server when the answer comes, on other servers of the same database a moment later. 409 when the name is taken, and with the 101st policy. */
  create(body: PolicyInput & Record<string, unknown>, options?: CallOptions & { idempotencyKey?: string }): Promise<Policy>;
  /** The policy. 404 when there is none. */
  get(policy: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Policy>;
  /** Replaces the fields that are sent; the others stay. The policy as a whole is checked as a new one is. 412 when If-Match names another version. */
  replace(policy: string, body: Partial<PolicyInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Policy>;
  /** JSON merge patch; otherwise as the replacement. */
  update(policy: string, body: Partial<PolicyInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Policy>;
  /** Nobody is asked about it any more. 412 when If-Match names another version. */
  delete(policy: string, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Deleted>;
  /** Compiles the expressions for the points that the policy applies to and says where each mistake is. 400 is for fields that are wrong in another way. */
  validate(body: PolicyInput & Record<string, unknown>, options?: CallOptions & { idempotencyKey?: string }): Promise<PolicyValidation>;
  /** What policies would say about an input: the saved ones that `policies` names, enabled or not, and the one in `policy` that is not saved; all that are enabled and apply to the point when neither is sent. Nothing is run and nothing is noted in the audit trail. */
  evaluate(body: PolicyQuestionInput, options?: CallOptions & { idempotencyKey?: string }): Promise<PolicyDecision>;
}

export interface ModelsResource {
  /** What the organisation set, and which models its agents may use. The key is never shown. */
  get(options?: CallOptions): Promise<OrganizationModel>;
  /** Sets the endpoint, its key and its models in place of the server's. Without `api_key` the key that is there stays, as long as the endpoint is the same. */
  set(body: Partial<OrganizationModelInput>, options?: CallOptions & { idempotencyKey?: string }): Promise<OrganizationModel>;
  /** Forgets the organisation's own setting and its key. 404 when there is none. */
  delete(options?: CallOptions & { idempotencyKey?: string }): Promise<Deleted>;
}

export interface ProjectsResource {
  /** The organisation's projects, oldest first. */
  list(options?: CallOptions & { name?: string; status?: "pending" | "running" | "active" | "failed" | "destroyed"; limit?: number; offset?: number }): PagePromise<Project>;
  /** The code is in a git repository (`url`, `branch`, `path`), comes from a template (`template_id`), or is sent along (`files`). Without any of them the project holds the state of code that lives elsewhere. Sensitive values are encrypted and answered masked from the first answer on. */
  create(body: ProjectInput & Record<string, unknown>, options?: CallOptions & { idempotencyKey?: string }): Promise<Project>;
  /** The project, sensitive values masked. 404 when there is none; 409 when several have the name. */
  get(project: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Project>;
  /** Replaces the fields that are sent, lists as a whole; the others stay. A sensitive value sent as `********` keeps what is stored. A change of code, values or secrets makes older plans void. 412 when If-Match names another version. */
  replace(project: string, body: Partial<ProjectInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Project>;
  /** JSON merge patch; otherwise as the replacement. Lists are replaced as a whole. */
  update(project: string, body: Partial<ProjectInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Project>;
  /** Removes a project with its runs and its state. 409 while Terraform is at work, and while the state holds resources: destroy them first, or say `force=true`, which leaves them where they are. 412 when If-Match names another version. */
  delete(project: string, options?: CallOptions & { force?: boolean; idempotencyKey?: string; ifMatch?: string }): Promise<Deleted>;
  /** What the code declares in its order, then what is set without being declared. Sensitive values are masked. */
  listVariables(project: string, options?: CallOptions & { limit?: number; offset?: number }): PagePromise<ProjectVariable>;
  /** Replaces all values; a variable that is not sent, or is sent without a value, is not set any more. A sensitive value sent as `********` stays. Older plans are void when anything changed. 400 when the code declares no such variable, or the value does not fit its type or its options. */
  setVariables(project: string, body: Partial<{
    /** The values. */
    variables: Array<ProjectVariableInput>;
  }>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): PagePromise<ProjectVariable>;
  /** Queues a plan. It reads the code anew, and changes nothing; approve it to apply exactly this plan. 400 when a variable has no value; 409 when the project names no code. */
  plan(project: string, body?: {
    /** Addresses of resources and modules to limit the plan to. */
    targets?: Array<string>;
    /** Addresses of resources that are to be made anew. */
    replace?: Array<string>;
    /** Why, in words. */
    message?: string;
    /** Branch, tag or commit in place of the project's own. */
    revision?: string;
    /** Plans to remove everything. */
    destroy?: boolean;
    /** Looks only at what others changed. */
    refresh_only?: boolean;
    /** A plan to look at that nobody can apply. */
    speculative?: boolean;
  }, options?: CallOptions & { wait?: number; idempotencyKey?: string }): Promise<ProjectExecution>;
  /** Queues a plan that is applied once somebody approves it, or at once with `auto_approve` or when the project's own `auto_apply` says so. With `execution_id` it approves that plan. 400, 403 and 409 as planning and approving. */
  apply(project: string, body?: {
    /** Addresses of resources and modules to limit the plan to. */
    targets?: Array<string>;
    /** Addresses of resources that are to be made anew. */
    replace?: Array<string>;
    /** Why, in words. */
    message?: string;
    /** Branch, tag or commit in place of the project's own. */
    revision?: string;
    /** Whether the plan is applied without approval. */
    auto_approve?: boolean;
    /** Takes over into the state what others changed. */
    refresh_only?: boolean;
    /** A plan to apply. */
    execution_id?: string;
    /** Another name of `execution_id`. */
    plan_id?: string;
  }, options?: CallOptions & { wait?: number; idempotencyKey?: string }): Promise<ProjectExecution>;
  /** Queues a plan to remove everything that the state holds. It waits for approval unless `auto_approve` is sent; the project's own `auto_apply` does not count. */
  destroy(project: string, body?: {
    /** Addresses of resources and modules to limit the plan to. */
    targets?: Array<string>;
    /** Addresses of resources that are to be made anew. */
    replace?: Array<string>;
    /** Why, in words. */
    message?: string;
    /** Branch, tag or commit in place of the project's own. */
    revision?: string;
    /** Whether the plan is applied without approval. */
    auto_approve?: boolean;
  }, options?: CallOptions & { wait?: number; idempotencyKey?: string }): Promise<ProjectExecution>;
  /** The plan is applied as soon as its turn comes. 409 when nothing waits for approval, or when code, variables or state were changed since it was made; 403 when a policy forbids it. */
  approvePlan(project: string, body?: {
    /** The execution; without it, the newest that fits. */
    execution_id?: string;
    /** Another name of `execution_id`. */
    plan_id?: string;
  }, options?: CallOptions & { wait?: number; idempotencyKey?: string }): Promise<ProjectExecution>;
  /** Nobody can apply it any more. 409 when it is no plan, or not any more. */
  rejectPlan(project: string, body?: {
    /** The execution; without it, the newest that fits. */
    execution_id?: string;
    /** Another name of `execution_id`. */
    plan_id?: string;
  }, options?: CallOptions & { idempotencyKey?: string }): Promise<ProjectExecution>;
  /** What waits ends at once. Terraform at work is interrupted: it ends what it is doing, and the state is saved; what does not end within a minute is killed. 409 when it is over. */
  cancelExecution(project: string, body?: {
    /** The execution; without it, the newest that fits. */
    execution_id?: string;
    /** Another name of `execution_id`. */
    plan_id?: string;
  }, options?: CallOptions & { wait?: number; idempotencyKey?: string }): Promise<ProjectExecution>;
  /** Plans and applies, newest first, without what they change. */
  listExecutions(project: string, options?: CallOptions & { status?: ProjectExecutionStatus; limit?: number; offset?: number }): PagePromise<ProjectExecution>;
  /** A plan or an apply, with what it changes. Sensitive values are masked. */
  getExecution(project: string, projectExecution: string, options?: CallOptions & { wait?: number; ifNoneMatch?: string }): Promise<ProjectExecution>;
  /** Terraform's own JSON plan without its parts that tell the code and the whole state, sensitive values masked, and which resources refer to which. 404 while there is no plan. */
  getPlan(project: string, projectExecution: string, options?: CallOptions): Promise<{
    /** What would be changed. */
    resource_changes: Array<Record<string, unknown>>;
    /** What others changed. */
    resource_drift: Array<Record<string, unknown>>;
    /** What would become of the outputs. */
    output_changes: Record<string, unknown>;
    /** Values of the variables. */
    variables: Record<string, unknown>;
    /** Addresses of what each resource refers to, without indexes; plans of older servers have none. */
    dependencies?: Record<string, Array<string>>;
  }>;
  /** What Terraform printed, first while it planned, then while it applied, secrets masked. With `follow=true` the events are streamed until the execution is over or waits for somebody's word; the last event is `execution` with its status, and has no id. */
  getExecutionLogs(project: string, projectExecution: string, options?: CallOptions & { follow?: boolean; limit?: number; offset?: number; last_event_id?: number; lastEventId?: string }): Promise<{
    /** The events of this page. */
    data: Array<ExecutionEvent>;
    pagination: Pagination;
  } | EventStream>;
  /** What the last look found: whether what is there is still as the state says. The project's `drift_schedule` looks by itself, and every `refresh_only` plan of the whole project counts. */
  getDrift(project: string, options?: CallOptions): Promise<ProjectDrift>;
  /** Queues a `refresh_only` plan. Approved, it takes what others changed into the state. 409 when the project names no code. */
  checkDrift(project: string, options?: CallOptions & { idempotencyKey?: string }): Promise<ProjectExecution>;
}

export interface StatesResource {
  /** What is current and who holds the lock; not what is in the state. */
  get(project: string, options?: CallOptions): Promise<State>;
  /** The address of Terraform's `http` backend. Besides `UserKey` it takes HTTP's basic authentication with the key as the password and any user. A state holds every secret that Terraform knows, so this needs `projects:write`, and is audited. 204 when there is no state. The methods `LOCK` and `UNLOCK` do the same as the paths below. */
  read(project: string, options?: CallOptions): Promise<TerraformState>;
  /** Takes up to 64 MiB. While somebody holds the lock, `ID` has to name it (423 otherwise; 409 when it is not held any more). A serial that is not above that of the state that is there, or another lineage, is a 409; a body that does not have the `Content-MD5` it says, or is no state of Terraform, a 400. What is there already, byte for byte, is no new version. */
  write(project: string, body: TerraformStateInput, options?: CallOptions & { ID?: string; idempotencyKey?: string; contentMd5?: string }): Promise<StateVersion>;
  /** From now on there is no state, and one of another lineage may be written. The versions stay and can be restored. */
  delete(project: string, options?: CallOptions & { ID?: string; idempotencyKey?: string }): Promise<Deleted>;
  /** As the method `LOCK` on the state's address. The lock of an execution ends with it; every other one stays until it is unlocked. */
  lock(project: string, body: TerraformLockInput & Record<string, unknown>, options?: CallOptions & { idempotencyKey?: string }): Promise<Deleted>;
  /** As the method `UNLOCK` on the state's address. `ID` names the lock; another than the one that is held is a 423. Without `ID`, which is how `terraform force-unlock` asks, a lock is taken away whose holder is gone, but not from an execution at work; `force` takes it from that too. Both are audited. What is not locked stays so. */
  unlock(project: string, body: TerraformLockInput & {
    /** Take the lock away whoever holds it. */
    force?: boolean;
  }, options?: CallOptions & { idempotencyKey?: string }): Promise<Deleted>;
  /** Every version that was not forgotten (see the settings), newest first. */
  listVersions(project: string, options?: CallOptions & { limit?: number; offset?: number }): PagePromise<StateVersion>;
  /** What is known of it; not what is in it. */
  getVersion(project: string, stateVersion: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<StateVersion>;
  /** As Terraform wrote it, secrets included. Audited. */
  downloadVersion(project: string, stateVersion: string, options?: CallOptions): Promise<TerraformState>;
  /** Makes its state current again, as a new version whose serial is above all that there were. Resources are not touched: the next plan shows what differs. 423 while anybody holds the lock. */
  restoreVersion(project: string, stateVersion: string, options?: CallOptions & { idempotencyKey?: string }): Promise<StateVersion>;
  /** Those of the current state. Values of sensitive ones are null unless they are asked for. */
  listOutputs(project: string, options?: CallOptions & { reveal?: boolean; limit?: number; offset?: number }): PagePromise<StateOutput>;
  /** The instances of resources and data sources in the current state, without their attributes. */
  listResources(project: string, options?: CallOptions & { limit?: number; offset?: number }): PagePromise<StateResource>;
}

export interface GitOpsResource {
  /** The organisation's hooks, by name. */
  listGitHooks(options?: CallOptions & { limit?: number; offset?: number }): PagePromise<GitHook>;
  /** Answers the url that the git host is to call and the secret that it is to sign with; the secret is shown this once. Runs that the hook leads to are started in the name of whoever created or changed it last. */
  createGitHook(body: GitHookInput & Record<string, unknown>, options?: CallOptions & { idempotencyKey?: string }): Promise<GitHook>;
  /** The hook without its secret. The url is shown to those alone who may change it. */
  getGitHook(gitHook: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<GitHook>;
  /** Replaces the fields that are sent; the others stay. A token sent as `********` stays as it is. Whoever changes a hook takes it over. 412 when If-Match names another version. */
  replaceGitHook(gitHook: string, body: Partial<GitHookInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<GitHook>;
  /** JSON merge patch; otherwise as the replacement. */
  updateGitHook(gitHook: string, body: Partial<GitHookInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<GitHook>;
  /** Removes a hook and the list of its deliveries. Its url is good for nothing from then on. */
  deleteGitHook(gitHook: string, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Deleted>;
  /** The old ones are good for nothing from then on. The new secret is shown this once. */
  rotateGitHook(gitHook: string, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<GitHook>;
  /** Events of the last 30 days with the runs that they led to, newest first. */
  listGitDeliveries(gitHook: string, options?: CallOptions & { status?: "received" | "processed" | "ignored" | "failed"; limit?: number; offset?: number }): PagePromise<GitDelivery>;
  /** One event with the runs that it led to. */
  getGitDelivery(gitHook: string, gitDelivery: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<GitDelivery>;
  /** What git hosts call; the body is theirs, of up to 25 MiB. Signed with the hook's secret: `X-Hub-Signature-256` (GitHub and plain git: `sha256=` and the HMAC of the body in hex), `X-Gitea-Signature` or `X-Forgejo-Signature` (the HMAC alone), `X-Gitlab-Token` (the secret itself). Stored before it is answered, and acted on once for each delivery id (`X-GitHub-Delivery`, `X-Gitlab-Event-UUID`, `X-Gitea-Delivery`, `X-Delivery-Id`). Plain git sends `event` (`push` or `pull_request`), `repository`, `branch`, `commit`, and may send `default_branch`, `paths`, `number`, `author`, `title` and `url`. 404 for a token that nobody has, 401 for a signature that does not fit, 429 beyond the hook's limit. */
  receiveGitEvent(gitToken: string, body: unknown, options?: CallOptions): Promise<{
    /** Id of the delivery. */
    id: string;
    /** Where it stands. */
    status: string;
    /** Why nothing is done about it, where that is known already. */
    message: string;
    /** Whether it was told before. */
    duplicate: boolean;
  }>;
}

export interface OpenaiResource {
  /** Lets an agent answer a conversation that the client keeps. Tools run on the server and are not told of. Fields that tune a model are ignored. A turn that failed is a 502. */
  createChatCompletion(body: ChatCompletionRequestInput, options?: CallOptions & { idempotencyKey?: string }): Promise<ChatCompletion | EventStream>;
  /** The agents that the key's user may talk to. */
  listModels(options?: CallOptions): Promise<OpenAiModelList>;
  /** One agent, by id or name. */
  getModel(agent: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<OpenAiModel>;
}

export interface KeysResource {
  /** Keys of the key's own user; with `admin`, those of the whole organisation. Revoked ones are left out unless asked for. */
  list(options?: CallOptions & { status?: "active" | "expired" | "revoked" | "all"; user?: string; limit?: number; offset?: number }): PagePromise<ApiKey>;
  /** Makes a key for the key's own user. The answer is the only place where the key itself is shown. Without `scopes` it has those of the key that makes it; it can have no others. Limits, and keys for other users, take `admin`. */
  create(body: ApiKeyInput, options?: CallOptions & { idempotencyKey?: string }): Promise<NewApiKey>;
  /** One key. */
  get(key: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<ApiKey>;
  /** Replaces the fields that are sent. */
  replace(key: string, body: Partial<ApiKeyInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<ApiKey>;
  /** JSON merge patch (RFC 7396). */
  update(key: string, body: Partial<ApiKeyInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<ApiKey>;
  /** From now on no server takes the key. */
  revoke(key: string, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Deleted>;
  /** User, organisation, key and scopes of the key that the request carries. */
  getIdentity(options?: CallOptions): Promise<Identity>;
  /** 200 for a good key, 401 for any other. HEAD answers the same without a body. */
  validate(options?: CallOptions): Promise<KeyValidity>;
}

export interface UsersResource {
  /** The organisation's users. */
  list(options?: CallOptions & { email?: string; status?: string; limit?: number; offset?: number }): PagePromise<User>;
  /** Adds a user. A key for the user is made with `POST /v1/auth/keys` and `user_id`. An address that is taken is a 409. */
  create(body: UserInput, options?: CallOptions & { idempotencyKey?: string }): Promise<User>;
  /** One user. */
  get(user: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<User>;
  /** Replaces the fields that are sent. */
  replace(user: string, body: Partial<UserInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<User>;
  /** JSON merge patch (RFC 7396). */
  update(user: string, body: Partial<UserInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<User>;
  /** Removes the user, whose keys stop at once. What the user made stays. The last active administrator cannot go (409). */
  delete(user: string, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Deleted>;
  /** The user whose key the request carries. */
  getOwn(options?: CallOptions & { ifNoneMatch?: string }): Promise<User>;
  /** The organisation's groups. Two of them the system makes: all users, and the administrators. */
  listGroups(options?: CallOptions & { limit?: number; offset?: number }): PagePromise<Group>;
  /** Creates a group. */
  createGroup(body: GroupInput, options?: CallOptions & { idempotencyKey?: string }): Promise<Group>;
  /** One group. */
  getGroup(group: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Group>;
  /** Replaces the fields that are sent. */
  replaceGroup(group: string, body: Partial<GroupInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Group>;
  /** JSON merge patch (RFC 7396). */
  updateGroup(group: string, body: Partial<GroupInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Group>;
  /** Removes the group. */
  deleteGroup(group: string, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Deleted>;
  /** The users who are in the group. */
  listGroupMembers(group: string, options?: CallOptions & { limit?: number; offset?: number }): PagePromise<User>;
  /** The user is in the group afterwards, also when that was so before. */
  addGroupMember(group: string, user: string, options?: CallOptions & { idempotencyKey?: string }): Promise<Group>;
  /** The last active administrator cannot be taken out of the administrators (409). */
  removeGroupMember(group: string, user: string, options?: CallOptions & { idempotencyKey?: string }): Promise<Deleted>;
}

export interface WebhooksResource {
  /** The organisation's webhooks of both kinds, oldest first. */
  list(options?: CallOptions & { kind?: "incoming" | "outgoing"; limit?: number; offset?: number }): PagePromise<Webhook>;
  /** With `url` and `events` it is an outgoing one, which is told of events; the answer shows its `secret` this once. Otherwise it is an incoming one, which starts an agent when somebody posts to its `webhook_url`; that needs the scope `tools:execute` as well. 400 names every field that is wrong. */
  create(body: WebhookInput, options?: CallOptions & { idempotencyKey?: string }): Promise<Webhook>;
  /** The webhook, its secret masked. The ETag changes with all of it, the counts too; `If-Match` heeds only what was set. */
  get(webhook: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<Webhook>;
  /** Replaces the fields that are sent; the others stay. From then on an incoming one works in the name of whoever changed it, so that needs the scope `tools:execute` as well. Setting `status` to `active` lets deliveries go on and forgets earlier failures. 412 when If-Match names another version. */
  replace(webhook: string, body: Partial<WebhookInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Webhook>;
  /** JSON merge patch; otherwise as the replacement, also in the scope that an incoming one needs. Lists are replaced as a whole. */
  update(webhook: string, body: Partial<WebhookInput>, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Webhook>;
  /** Removes a webhook with its deliveries and events. 412 when If-Match names another version. */
  delete(webhook: string, options?: CallOptions & { idempotencyKey?: string; ifMatch?: string }): Promise<Deleted>;
  /** An outgoing webhook gets a new secret, which the answer shows this once; for a while deliveries are signed with both. An incoming one gets a new `webhook_url`; the old one stops at once. */
  rotateSecret(webhook: string, body?: {
    /** How long the old secret is good besides the new one. */
    overlap_seconds?: number;
  }, options?: CallOptions & { idempotencyKey?: string }): Promise<Webhook>;
  /** An outgoing webhook is sent the event `webhook.test`, once, and the answer (200) is how that went; send no body. An incoming one receives `event` as if a sender had posted it (202); with `dry_run` nothing is started and the answer (200) is what the filter says and the message that the agent would get; with `wait` the answer is what came of it, if that is there within 25 s. */
  test(webhook: string, body?: {
    /** Any JSON. */
    event?: unknown;
    /** Starts nothing. */
    dry_run?: boolean;
    /** Waits for the result. */
    wait?: boolean;
  }, options?: CallOptions & { idempotencyKey?: string }): Promise<WebhookDelivery | WebhookOutcome | WebhookPreview>;
  /** What the webhook sent or is about to send, newest first: events of an outgoing webhook, answers of an incoming one. Each with its last attempt. */
  listDeliveries(webhook: string, options?: CallOptions & { status?: "pending" | "success" | "failed"; event?: string; limit?: number; offset?: number }): PagePromise<WebhookDelivery>;
  /** The delivery with all its attempts in `history`. */
  getDeliveryOf(webhook: string, delivery: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<WebhookDelivery>;
  /** The delivery is due again as if it were new, with the same `webhook-id`. 409 while it is being tried, and while the webhook is disabled. */
  redeliverOf(webhook: string, delivery: string, options?: CallOptions & { idempotencyKey?: string }): Promise<WebhookDelivery>;
  /** The delivery with all its attempts in `history`. */
  getDelivery(delivery: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<WebhookDelivery>;
  /** The delivery is due again as if it were new, with the same `webhook-id`. 409 while it is being tried, and while the webhook is disabled. */
  redeliverDelivery(delivery: string, options?: CallOptions & { idempotencyKey?: string }): Promise<WebhookDelivery>;
  /** What an incoming webhook received, newest first, and what became of it. Long payloads are cut off. */
  listEvents(webhook: string, options?: CallOptions & { status?: "accepted" | "filtered" | "running" | "completed" | "failed" | "cancelled"; limit?: number; offset?: number }): PagePromise<WebhookEvent>;
  /** The event with its whole payload. */
  getEvent(webhook: string, event: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<WebhookEvent>;
  /** A stored event is received once more, by the webhook as it is now. 409 while the webhook is disabled. */
  replayEvent(webhook: string, event: string, options?: CallOptions & { idempotencyKey?: string }): Promise<WebhookEvent>;
  /** For senders: needs no key, because the url is the secret. Takes any JSON of at most 5 MiB; a form with JSON in the field `payload` is taken, too. The event is stored before it is accepted (202). One with a sender's id that is known already is accepted again and starts nothing. With `wait=true`, and where the webhook answers by http, the answer is what came of the event (200), if that is there in time. 401 and 403 when the webhook wants signed events and this one is not, or not as it should be; 404 when there is no such webhook, or it is disabled; 429 beyond the webhook's own limit. */
  postEvent(token: string, body: unknown, options?: CallOptions & { wait?: boolean; timeout_query?: number }): Promise<WebhookOutcome | {
    /** What Slack asked to hear. */
    challenge: string;
  }>;
}

export interface AuditResource {
  /** The organisation's trail, newest first. */
  list(options?: CallOptions & { from?: string; to?: string; category?: string; category_name?: string; resource_type?: string; resource?: string; action?: string; email?: string; successful?: boolean; session_id?: string; limit?: number; offset?: number }): PagePromise<AuditItem>;
  /** Server-sent events named `audit`, one for each item as it is written: from now on, from the moment `from`, or after `Last-Event-ID`. The stream has no end; a comment is sent where nothing happens for a while. */
  stream(options?: CallOptions & { from?: string; to?: string; category?: string; category_name?: string; resource_type?: string; resource?: string; action?: string; email?: string; successful?: boolean; session_id?: string; last_event_id?: number; lastEventId?: string }): Promise<EventStream>;
  /** One item of the trail. */
  get(item: string, options?: CallOptions & { ifNoneMatch?: string }): Promise<AuditItem>;
}

export interface ServerResource {
  /** For liveness probes; says nothing of the database. */
  getHealth(options?: CallOptions): Promise<Health>;
  /** For readiness probes; 503 while it starts or stops, and while the database does not answer. */
  getReadiness(options?: CallOptions): Promise<Health>;
  /** In the text format of Prometheus. */
  getMetrics(options?: CallOptions): Promise<string>;
  /** OpenAPI 3.1 in YAML. */
  getDescriptionAsYaml(options?: CallOptions & { ifNoneMatch?: string }): Promise<string>;
  /** OpenAPI 3.1 in JSON. */
  getDescriptionAsJson(options?: CallOptions & { ifNoneMatch?: string }): Promise<Record<string, unknown>>;
}

/** Speaks to a Kubiya server. */
export class KubiyaClient {
  constructor(options?: ClientOptions);
  /** All teammates. */
  getTeammates(): Promise<Agent[]>;
  readonly agents: AgentsResource;
  readonly conversations: ConversationsResource;
  readonly sources: SourcesResource;
  readonly tools: ToolsResource;
  readonly approvals: ApprovalsResource;
  readonly tasks: TasksResource;
  readonly schedules: SchedulesResource;
  readonly workflows: WorkflowsResource;
  readonly executions: ExecutionsResource;
  readonly runners: RunnersResource;
  readonly secrets: SecretsResource;
  readonly knowledge: KnowledgeResource;
  readonly integrations: IntegrationsResource;
  readonly policies: PoliciesResource;
  readonly models: ModelsResource;
  readonly projects: ProjectsResource;
  readonly states: StatesResource;
  readonly gitOps: GitOpsResource;
  readonly openai: OpenaiResource;
  readonly keys: KeysResource;
  readonly users: UsersResource;
  readonly webhooks: WebhooksResource;
  readonly audit: AuditResource;
  readonly server: ServerResource;
}
