# Generated from api/openapi.yaml by sdk/generator; do not edit.
"""What requests and answers are made of: dictionaries, with the types of their fields for editors and checkers."""

from __future__ import annotations

from typing import Any, Dict, List, Literal, TypedDict, Union


class Agent(TypedDict, total=False):
    """An AI teammate."""

    id: str
    uuid: str
    name: str
    description: str
    instruction_type: str
    ai_instructions: str
    llm_model: str
    image: str
    runners: List[str]
    sources: List[str]
    tools: List[str]
    integrations: List[str]
    secrets: List[str]
    environment_variables: Dict[str, str]
    allowed_users: List[str]
    allowed_groups: List[str]
    owners: List[str]
    links: List[str]
    starters: List[Dict[str, Any]]
    tasks: List[Union[Dict[str, Any], str]]
    tags: List[str]
    requires_approval: Union[bool, Dict[str, Any]]
    is_debug_mode: bool
    managed_by: str
    task_id: str
    email: str
    organization: str
    metadata: Any
    created_at: str
    updated_at: str


class ApiKey(TypedDict, total=False):
    """A key, without the key itself."""

    id: str
    uuid: str
    name: str
    description: str
    scopes: List[str]
    expires_at: Union[str, None]
    rate_limit_per_minute: Union[int, None]
    rate_limit_per_day: Union[int, None]
    prefix: str
    status: str
    user_id: str
    user: Dict[str, Any]
    created_by: str
    created_at: str
    updated_at: str
    last_used: Union[str, None]
    revoked_at: Union[str, None]
    key: str


class Approval(TypedDict, total=False):
    """Something that people are asked to agree to."""

    id: str
    uuid: str
    status: Literal["pending", "approved", "rejected", "expired", "cancelled"]
    execution_id: str
    subject_type: Literal["tool", "agent", "workflow", "workflow_step"]
    subject: str
    message: ApprovalMessage
    users: ApprovalUsers
    groups: ApprovalGroups
    not_requester: ApprovalByOthers
    requested_by: str
    requested_at: str
    expires_at: str
    details: Dict[str, Any]
    decided_by: Union[str, None]
    decided_at: Union[str, None]
    reason: Union[str, None]


# Whether the user who asks for it may not decide it.
ApprovalByOthers = bool


# Seconds after which it counts as refused.
ApprovalExpiry = int


# Names or ids of groups whose members may decide.
ApprovalGroups = List[str]


# What those who decide should know.
ApprovalMessage = str


class ApprovalReason(TypedDict, total=False):
    """What is said with a decision."""

    reason: str


# Whether people have to agree before it runs: `true` = an administrator, or an object that says who. A user who is named, or is in a group that is named, may decide; where nobody is named, administrators do.
ApprovalRule = Any


# Emails or ids of users who may decide.
ApprovalUsers = List[str]


class AuditItem(TypedDict, total=False):
    """One thing that was done or refused."""

    id: str
    uuid: str
    org: str
    email: str
    version: Literal[1]
    category_type: str
    category_name: str
    resource_type: str
    resource_text: str
    action_type: str
    action_successful: bool
    timestamp: str
    scope: str
    extra: Dict[str, Any]


class Authorship(TypedDict, total=False):
    """Who made and changed a resource, and when."""

    created_at: str
    last_updated: str
    user_created: str
    user_last_updated: str


class ChatAnswer(TypedDict, total=False):
    """A whole turn."""

    session_id: str
    execution_id: str
    message_id: Union[str, None]
    message: str
    tool_calls: List[ToolCall]
    citations: List[Citation]
    usage: Usage
    steps: int
    finish_reason: str
    error: Union[Dict[str, Any], None]


class ChatCompletion(TypedDict, total=False):
    """A completion in the form of OpenAI's API."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: List[Dict[str, Any]]
    usage: Usage


class ChatCompletionRequest(TypedDict, total=False):
    """A conversation to be answered. Other fields of OpenAI's API are ignored."""

    model: str
    messages: List[Dict[str, Any]]
    stream: bool
    stream_options: Dict[str, Any]
    n: int


class ChatMessage(TypedDict, total=False):
    """Something to say to an agent."""

    message: str
    session_id: str
    stream: bool


class Citation(TypedDict, total=False):
    """A passage of knowledge that the model was shown for an answer. Its texts are there for those who may read the entry, and are left out for all others who may read the conversation."""

    number: int
    knowledge_id: str
    version: int
    title: str
    heading: str
    passage: str
    position: int
    start: int
    end: int
    relevance_score: float
    cited: bool


class Deleted(TypedDict, total=False):
    """The answer to a deletion."""

    result: Literal["ok"]


class Error(TypedDict, total=False):
    """What was wrong and what to do."""

    error: str
    details: str
    errorCode: Literal["AUTH_REQUIRED", "INVALID_API_KEY", "INSUFFICIENT_SCOPE", "ACCESS_DENIED", "RATE_LIMITED", "VALIDATION_FAILED", "INVALID_JSON", "NOT_FOUND", "METHOD_NOT_ALLOWED", "CONFLICT", "PRECONDITION_FAILED", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE", "LOCKED", "INTERNAL_ERROR", "UNAVAILABLE"]
    status: int
    requestId: str
    retryAfter: int
    errors: List[FieldError]


class Execution(TypedDict, total=False):
    """Something that ran or runs; a run of a tool or a turn of an agent."""

    id: str
    uuid: str
    kind: Literal["tool", "agent_turn", "workflow", "step", "terraform"]
    subject: str
    runner: str
    status: Literal["waiting", "queued", "leased", "running", "completed", "failed", "cancelled", "lost"]
    attempt: int
    session_id: Union[str, None]
    exit_code: Union[int, None]
    error_code: Union[str, None]
    message: Union[str, None]
    cancelled_by: Union[str, None]
    created_at: str
    started_at: Union[str, None]
    finished_at: Union[str, None]
    duration_ms: Union[int, None]
    output_bytes: int
    dropped_bytes: int
    last_event_id: int
    parent_id: Union[str, None]
    task_id: Union[str, None]
    arguments: Dict[str, Any]


class ExecutionEvent(TypedDict, total=False):
    """One event of an execution. Besides these fields it has those of its type: `status` has `status` and `executor`, `log` has `stream` and `content`, `warning` has `code` and `message`, `result` has `status`, `message`, `exit_code`, `error_code`, `duration_ms`, `output_bytes` and `dropped_bytes`; `approval.required` and `approval.decided` are the approval. A turn has the events of its conversation."""

    seq: int
    at: str
    type: str


class FieldError(TypedDict, total=False):
    """One thing that is wrong."""

    field: str
    message: str


class GitDelivery(TypedDict, total=False):
    """An event that a git host told of."""

    id: str
    hook_id: str
    delivery_id: str
    type: Literal["push", "pull_request", "other"]
    repository: str
    branch: str
    commit: str
    pull_request: Union[int, None]
    author: str
    title: str
    url: str
    status: Literal["received", "processed", "ignored", "failed"]
    message: str
    received_at: str
    processed_at: Union[str, None]
    runs: List[Dict[str, Any]]


class GitHook(TypedDict, total=False):
    """Where a git host tells of pushes and pull requests."""

    id: str
    uuid: str
    name: str
    provider: Literal["github", "gitlab", "gitea", "forgejo", "git"]
    repository_url: str
    enabled: bool
    secret: str
    api_url: str
    api_token: str
    url: Union[str, None]
    owner: str
    created_by: str
    updated_by: str
    created_at: str
    updated_at: str


class Group(TypedDict, total=False):
    """Users who may do something together: talk to an agent, for one."""

    id: str
    uuid: str
    name: str
    description: str
    system: bool
    roles: List[str]
    create_at: str
    created_at: str
    updated_at: str


class Health(TypedDict, total=False):
    """The server's state."""

    status: Literal["ok"]
    version: str
    database: Literal["ok"]


class Identity(TypedDict, total=False):
    """Who asks."""

    user: Dict[str, Any]
    organization: Dict[str, Any]
    key: Dict[str, Any]
    scopes: List[str]


class Integration(TypedDict, total=False):
    """What the organisation is connected to."""

    id: str
    uuid: str
    name: str
    integration_type: str
    auth_type: Union[str, None]
    description: Union[str, None]
    managed_by: Union[str, None]
    task_id: Union[str, None]
    configs: Union[List[IntegrationConfig], None]
    created_by: str
    updated_by: str
    created_at: str
    updated_at: str


class IntegrationConfig(TypedDict, total=False):
    """One configuration of an integration."""

    name: str
    is_default: Union[bool, None]
    vendor_specific: Union[Dict[str, Union[str, float, bool]], None]
    credentials: Union[List[str], None]
    plain: Union[List[str], None]


class IntegrationSummary(TypedDict, total=False):
    """An integration without its configurations."""

    id: str
    uuid: str
    name: str
    integration_type: str
    auth_type: str
    description: str
    managed_by: str
    task_id: str
    created_by: str
    updated_by: str
    created_at: str
    updated_at: str


class KeyValidity(TypedDict, total=False):
    """What a good key is answered."""

    valid: Literal[True]


class Knowledge(TypedDict, total=False):
    """Something that the organisation knows. `title` and `name` are two spellings of one field, `tags` and `labels` too; answers have both, and requests may have either."""

    id: str
    uuid: str
    version: int
    name: Union[str, None]
    title: Union[str, None]
    description: Union[str, None]
    content: Union[str, None]
    content_hash: str
    labels: Union[List[str], None]
    tags: Union[List[str], None]
    type: Union[str, None]
    properties: Union[Dict[str, Union[str, float, bool, None]], None]
    source: Union[str, None]
    metadata: Union[Dict[str, Any], None]
    visibility: Literal["private", "organization", "public", None]
    owner: Union[str, None]
    groups: Union[List[str], None]
    supported_agents: Union[List[str], None]
    supported_agents_groups: Union[List[str], None]
    managed_by: Union[str, None]
    task_id: Union[str, None]
    created_by: str
    updated_by: str
    created_at: str
    updated_at: str
    relevance_score: float
    passage: Dict[str, Any]


# What changed from one version of an entry to another.
KnowledgeDiff = TypedDict("KnowledgeDiff", {
    "knowledge_id": "str",
    "from": "int",
    "to": "int",
    "changes": "List[Dict[str, Any]]",
    "diff": "str",
}, total=False)


class KnowledgeFile(TypedDict, total=False):
    """A form with a document."""

    file: str


class KnowledgeFolder(TypedDict, total=False):
    """A folder of a git source whose Markdown files are kept as entries."""

    id: str
    uuid: str
    source: str
    source_id: str
    path: str
    labels: List[str]
    visibility: Literal["private", "organization", "public"]
    owner: str
    groups: List[str]
    supported_agents: List[str]
    supported_agents_groups: List[str]
    status: Literal["active", "syncing", "failed"]
    commit: Union[str, None]
    entries: int
    errors: List[Dict[str, Any]]
    last_sync: Dict[str, Any]
    synced_at: Union[str, None]
    created_by: str
    created_at: str
    updated_at: str


class KnowledgePassage(TypedDict, total=False):
    """A piece of an entry."""

    text: str
    heading: str
    position: int
    start: int
    end: int
    html: str
    highlights: List[Dict[str, Any]]


class KnowledgeUpload(TypedDict, total=False):
    """A form with a document and what is to be said of the entry; lists have commas between."""

    file: str
    title: str
    description: str
    type: str
    visibility: Literal["private", "organization", "public"]
    labels: str
    tags: str
    name: str
    groups: str
    supported_agents: str
    supported_agents_groups: str


class KnowledgeVersion(TypedDict, total=False):
    """What an entry says or said."""

    knowledge_id: str
    version: int
    name: str
    title: str
    description: str
    content: str
    content_hash: str
    labels: List[str]
    tags: List[str]
    type: str
    properties: Dict[str, str]
    size_bytes: int
    restored_from: Union[int, None]
    created_by: str
    created_at: str


class NewApiKey(TypedDict, total=False):
    """A key that was just made."""

    id: str
    uuid: str
    name: str
    description: str
    scopes: List[str]
    expires_at: Union[str, None]
    rate_limit_per_minute: Union[int, None]
    rate_limit_per_day: Union[int, None]
    prefix: str
    status: str
    user_id: str
    user: Dict[str, Any]
    created_by: str
    created_at: str
    updated_at: str
    last_used: Union[str, None]
    revoked_at: Union[str, None]
    key: str


class NewRunnerToken(TypedDict, total=False):
    """A token that was just made."""

    id: str
    uuid: str
    prefix: str
    purpose: str
    created_by: str
    created_at: str
    expires_at: Union[str, None]
    last_used_at: Union[str, None]
    runner: str
    token: str
    url: str


class OpenAiError(TypedDict, total=False):
    """A failure in the form of OpenAI's API."""

    error: Dict[str, Any]


class OpenAiModel(TypedDict, total=False):
    """An agent in the form of OpenAI's API."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class OpenAiModelList(TypedDict, total=False):
    """Agents in the form of OpenAI's API."""

    object: Literal["list"]
    data: List[OpenAiModel]


class OrganizationModel(TypedDict, total=False):
    """The language models of an organisation."""

    configured_by: Literal["organization", "server", "nobody"]
    provider: Union[str, None]
    base_url: Union[str, None]
    api_key: str
    models: List[str]
    available: List[str]
    api_key_set: bool
    updated_by: Union[str, None]
    updated_at: Union[str, None]


class Pagination(TypedDict, total=False):
    """Where a page stands in its list."""

    total: int
    limit: int
    offset: int


class Policy(TypedDict, total=False):
    """A condition that has to hold for something to happen."""

    id: str
    uuid: str
    name: str
    description: Union[str, None]
    applies_to: List[Literal["tool_execution", "chat", "project_apply"]]
    match: Union[str, None]
    expression: str
    message: Union[str, None]
    message_expression: Union[str, None]
    mode: Literal["enforce", "warn", None]
    enabled: Union[bool, None]
    env: Union[List[str], None]
    managed_by: Union[str, None]
    task_id: Union[str, None]
    created_by: str
    updated_by: str
    created_at: str
    updated_at: str


class PolicyDecision(TypedDict, total=False):
    """What policies say together."""

    allowed: bool
    policy: Union[str, None]
    message: str
    results: List[PolicyResult]
    steps: int


class PolicyProblem(TypedDict, total=False):
    """A mistake in an expression."""

    field: str
    line: int
    column: int
    message: str


class PolicyQuestion(TypedDict, total=False):
    """What policies are asked."""

    point: Literal["tool_execution", "chat", "project_apply"]
    input: Union[Dict[str, Any], None]
    policies: Union[List[str], None]
    policy: Union[Policy, None]


class PolicyResult(TypedDict, total=False):
    """What one policy says."""

    policy_id: Union[str, None]
    policy: str
    mode: Literal["enforce", "warn"]
    outcome: Literal["not_concerned", "passed", "failed", "error"]
    message: str
    error: Union[PolicyProblem, None]
    steps: int


class PolicyValidation(TypedDict, total=False):
    """Whether a policy's expressions are good."""

    valid: bool
    errors: List[PolicyProblem]


class Project(TypedDict, total=False):
    """Infrastructure as code; where the code is, what its variables are set to, and how it stands."""

    id: str
    uuid: str
    name: str
    description: str
    icons: List[str]
    url: str
    branch: str
    path: str
    files: Dict[str, str]
    template_id: str
    usecase_id: str
    variables: List[ProjectVariable]
    secrets: List[Union[str, Dict[str, Any]]]
    environment_variables: Dict[str, Union[str, float, bool]]
    runner: str
    auto_apply: bool
    drift_schedule: str
    managed_by: str
    task_id: str
    readme: str
    providers: List[Dict[str, Any]]
    resources: List[Dict[str, Any]]
    outputs: List[Dict[str, Any]]
    code_errors: List[Dict[str, Any]]
    commit: str
    status: Literal["pending", "running", "active", "failed", "destroyed"]
    last_execution: Union[ProjectExecution, None]
    created_by: str
    updated_by: str
    created_at: str
    updated_at: str


class ProjectChange(TypedDict, total=False):
    """A change of one resource."""

    resource_id: str
    action: Literal["create", "update", "delete", "replace", "read", "forget", "import", "move"]
    type: str
    name: str
    provider: str
    module: str
    reason: str
    previous_id: Union[str, None]
    before: Any
    after: Any
    replaced_because: List[str]


class ProjectDrift(TypedDict, total=False):
    """What the last look for drift found."""

    project_id: str
    status: Literal["unknown", "clean", "drifted", "failed"]
    execution_id: Union[str, None]
    checked_at: Union[str, None]
    message: str
    resources: List[Dict[str, Any]]
    outputs: List[Dict[str, Any]]
    schedule: str
    next_check_at: Union[str, None]


class ProjectExecution(TypedDict, total=False):
    """A plan of a project and, once somebody approved it, its apply."""

    id: str
    uuid: str
    project_id: str
    kind: Literal["plan", "apply", "destroy"]
    mode: Literal["normal", "destroy", "refresh_only"]
    status: ProjectExecutionStatus
    trigger: str
    message: str
    speculative: bool
    auto_apply: bool
    targets: List[str]
    replace: List[str]
    revision: str
    branch: str
    commit: str
    state_serial: Union[int, None]
    terraform_version: str
    summary: str
    counts: Dict[str, Any]
    error_code: Union[str, None]
    error: Union[str, None]
    plan_execution_id: Union[str, None]
    apply_execution_id: Union[str, None]
    created_by: str
    approved_by: Union[str, None]
    approved_at: Union[str, None]
    rejected_by: Union[str, None]
    rejected_at: Union[str, None]
    cancelled_by: Union[str, None]
    created_at: str
    started_at: Union[str, None]
    planned_at: Union[str, None]
    finished_at: Union[str, None]
    changes: List[ProjectChange]
    drift: List[ProjectChange]


# `pending` waits for its turn; `running` is being planned; `planned` can be approved; `no_changes`, there is nothing to do; `awaiting_approval` is applied once approved; `approved` waits for its turn to be applied; `applying`; `applied`; `failed`; `rejected`; `cancelled`.
ProjectExecutionStatus = Literal["pending", "running", "planned", "no_changes", "awaiting_approval", "approved", "applying", "applied", "failed", "rejected", "cancelled"]


class ProjectVariable(TypedDict, total=False):
    """A variable of a project."""

    name: str
    value: Any
    secret: Union[str, None]
    sensitive: bool
    type: str
    description: str
    default: Any
    required: bool
    nullable: bool
    options: List[Any]
    validations: List[Dict[str, Any]]


class Runner(TypedDict, total=False):
    """Where tools run."""

    id: str
    uuid: str
    name: str
    description: Union[str, None]
    type: Union[str, None]
    labels: Union[List[str], None]
    effective_labels: List[str]
    concurrency: Union[int, None]
    namespace: Union[str, None]
    metadata: Union[Dict[str, Any], None]
    managed_by: Union[str, None]
    task_id: Union[str, None]
    status: Literal["creating", "active", "draining", "unhealthy", "offline"]
    version: int
    runner_type: str
    kubernetes_namespace: str
    subject: str
    user_key_id: str
    authentication_type: Literal["token", "none"]
    wss_url: str
    gateway_url: None
    gateway_password: None
    capacity: int
    running: int
    load: int
    draining: bool
    last_seen_at: Union[str, None]
    created_by: str
    updated_by: str
    created_at: str
    updated_at: str
    health: RunnerHealth
    runner_health: RunnerPartHealth
    tool_manager_health: RunnerPartHealth
    agent_manager_health: RunnerPartHealth
    processes: List[RunnerProcess]
    token: str
    url: str


class RunnerComponent(TypedDict, total=False):
    """A part of a runner."""

    status: Literal["healthy", "unhealthy", "offline"]
    health: Literal["true", "false"]
    version: str
    error: str
    metadata: Dict[str, str]


class RunnerHealth(TypedDict, total=False):
    """How a runner does."""

    status: Literal["healthy", "unhealthy", "offline"]
    health: Literal["true", "false"]
    last_check: Union[str, None]
    version: str
    components: Dict[str, Any]


class RunnerHelmValues(TypedDict, total=False):
    """Values for the chart, with fields that older clients read."""

    organization: str
    runner_name: str
    uuid: str
    server: Dict[str, Any]
    runner: Dict[str, Any]
    image: Dict[str, Any]


class RunnerOperation(TypedDict, total=False):
    """Something that a runner is to do."""

    operation: Literal["restart", "drain", "resume", "rotate-token"]
    parameters: Dict[str, Any]


class RunnerOperationResult(TypedDict, total=False):
    """What became of an operation."""

    operation: str
    status: Literal["success"]
    message: str
    timestamp: str
    token: str
    url: str


class RunnerPartHealth(TypedDict, total=False):
    """How something does, as older clients read it."""

    status: Literal["ok", "error", "non-responsive"]
    health: Literal["true", "false"]
    error: str
    version: str


class RunnerProcess(TypedDict, total=False):
    """A process of a runner, as it last said of itself."""

    instance: str
    host: str
    platform: str
    version: str
    labels: List[str]
    capabilities: List[str]
    concurrency: int
    running: int
    draining: bool
    started_at: str
    last_seen_at: str


class RunnerToken(TypedDict, total=False):
    """A runner's token, without the token itself."""

    id: str
    uuid: str
    prefix: str
    purpose: str
    created_by: str
    created_at: str
    expires_at: Union[str, None]
    last_used_at: Union[str, None]


class Schedule(TypedDict, total=False):
    """Tasks that begin at a time, once or again and again."""

    id: str
    uuid: str
    name: str
    cron: Union[str, None]
    at: Union[str, None]
    time_zone: str
    missed: Literal["skip", "fire_once"]
    task: Dict[str, Any]
    status: Literal["active", "paused", "completed"]
    next_fire_at: Union[str, None]
    last_fire_at: Union[str, None]
    created_by: str
    created_at: str
    updated_at: str


class ScheduleChange(TypedDict, total=False):
    """The fields of a schedule that change."""

    id: str
    uuid: str
    name: str
    cron: Union[str, None]
    at: Union[str, None]
    time_zone: str
    missed: Literal["skip", "fire_once"]
    task: Dict[str, Any]
    status: Literal["active", "paused", "completed"]
    next_fire_at: Union[str, None]
    last_fire_at: Union[str, None]
    created_by: str
    created_at: str
    updated_at: str


class Secret(TypedDict, total=False):
    """A value that tools get as an environment variable."""

    id: str
    uuid: str
    name: str
    value: Union[str, None]
    description: Union[str, None]
    managed_by: Union[str, None]
    task_id: Union[str, None]
    variable: str
    created_by: str
    updated_by: str
    created_at: str
    updated_at: str


class SecretValue(TypedDict, total=False):
    """A secret's value."""

    name: str
    value: str


class Session(TypedDict, total=False):
    """A conversation with an agent."""

    id: str
    uuid: str
    agent_id: Union[str, None]
    agent_name: str
    title: str
    status: Literal["running", "idle"]
    execution_id: Union[str, None]
    message_count: int
    user: Dict[str, Any]
    created_at: str
    updated_at: str


class SessionMessage(TypedDict, total=False):
    """One message of a conversation."""

    id: str
    seq: int
    role: Literal["system", "user", "assistant", "tool"]
    content: str
    tool_calls: List[Dict[str, Any]]
    call_id: str
    name: str
    is_error: bool
    execution_id: Union[str, None]
    usage: Usage
    created_at: str


class Source(TypedDict, total=False):
    """Where tools come from."""

    id: str
    uuid: str
    name: str
    url: str
    branch: str
    commit: str
    type: Literal["git", "zip", "inline"]
    status: Literal["active", "syncing", "failed"]
    runner: str
    dynamic_config: Dict[str, Any]
    tools: List[Tool]
    inline_tools: List[Dict[str, Any]]
    inline_workflows: List[Any]
    workflows: List[Any]
    errors: List[SourceError]
    errors_count: int
    connected_agents_count: int
    connected_tools_count: int
    connected_workflows_count: int
    last_synced_at: Union[str, None]
    created_at: str
    updated_at: str
    managed_by: str
    task_id: str
    kubiya_metadata: Any
    metadata: Dict[str, Any]
    source_meta: Dict[str, Any]
    agents: List[Any]


class SourceError(TypedDict, total=False):
    """A file, or a definition in it, that could not be read."""

    file: str
    type: str
    error: str
    traceback: str


class SourceSync(TypedDict, total=False):
    """How to sync."""

    mode: Literal["pull"]
    branch: str
    dynamic_config: Dict[str, Any]
    force: bool


class State(TypedDict, total=False):
    """A project's state as it stands."""

    project_id: str
    current: Union[StateVersion, None]
    last_version: int
    lock: Union[StateLock, None]


class StateLock(TypedDict, total=False):
    """A lock that somebody holds."""

    id: str
    operation: str
    info: str
    who: str
    version: str
    created: str
    path: str
    locked_by: str
    execution_id: Union[str, None]
    locked_at: str


class StateOutput(TypedDict, total=False):
    """An output of a state."""

    name: str
    type: Any
    value: Any
    sensitive: bool


class StateResource(TypedDict, total=False):
    """An instance of a resource or data source."""

    address: str
    module: str
    mode: str
    type: str
    name: str
    provider: str
    id: str
    status: str
    depends_on: List[str]


class StateVersion(TypedDict, total=False):
    """A state as it was written once."""

    version: int
    serial: int
    lineage: str
    terraform_version: str
    size_bytes: int
    stored_bytes: int
    md5: str
    resource_count: int
    output_count: int
    restored_from: Union[int, None]
    execution_id: Union[str, None]
    created_by: str
    created_at: str


class Task(TypedDict, total=False):
    """Something to be run; an agent with a prompt, a tool, or a workflow. One of `agent_id`, `tool`, `tool_def` and `workflow` says what."""

    id: str
    uuid: str
    name: str
    description: str
    agent: Union[str, None]
    agent_id: Union[str, None]
    tool: Union[str, None]
    tool_def: Union[Dict[str, Any], None]
    workflow: Union[str, Dict[str, Any], None]
    prompt: str
    runner: str
    runner_id: str
    parameters: Dict[str, Any]
    metadata: Dict[str, Any]
    timeout: Union[int, None]
    retry: Dict[str, Any]
    requires_approval: ApprovalRule
    schedule: Union[str, Dict[str, Any]]
    managed_by: str
    task_id: str
    kind: Literal["agent", "tool", "workflow"]
    status: Literal["pending", "running", "completed", "failed", "cancelled"]
    progress: int
    attempt: int
    execution_id: Union[str, None]
    schedule_id: Union[str, None]
    scheduled_for: Union[str, None]
    created_by: str
    created_at: str
    updated_at: str
    started_at: Union[str, None]
    completed_at: Union[str, None]
    cancelled_at: Union[str, None]
    cancelled_by: Union[str, None]
    result: Dict[str, Any]


class TaskCancelled(TypedDict, total=False):
    """That a task is cancelled."""

    id: str
    status: Literal["cancelled"]
    cancelled_at: str
    cancelled_by: str


class TaskChange(TypedDict, total=False):
    """The fields of a task that change."""

    id: str
    uuid: str
    name: str
    description: str
    agent: Union[str, None]
    agent_id: Union[str, None]
    tool: Union[str, None]
    tool_def: Union[Dict[str, Any], None]
    workflow: Union[str, Dict[str, Any], None]
    prompt: str
    runner: str
    runner_id: str
    parameters: Dict[str, Any]
    metadata: Dict[str, Any]
    timeout: Union[int, None]
    retry: Dict[str, Any]
    requires_approval: ApprovalRule
    managed_by: str
    task_id: str
    kind: Literal["agent", "tool", "workflow"]
    status: Literal["pending", "running", "completed", "failed", "cancelled"]
    progress: int
    attempt: int
    execution_id: Union[str, None]
    schedule_id: Union[str, None]
    scheduled_for: Union[str, None]
    created_by: str
    created_at: str
    updated_at: str
    started_at: Union[str, None]
    completed_at: Union[str, None]
    cancelled_at: Union[str, None]
    cancelled_by: Union[str, None]
    result: Dict[str, Any]


class TaskLog(TypedDict, total=False):
    """A part of a task's log."""

    task_id: str
    logs: List[TaskLogLine]


class TaskLogLine(TypedDict, total=False):
    """One line of a task's log."""

    timestamp: str
    level: Literal["debug", "info", "warning", "error"]
    message: str
    metadata: Dict[str, Any]


class TaskState(TypedDict, total=False):
    """How far a task is."""

    id: str
    status: Literal["pending", "running", "completed", "failed", "cancelled"]
    progress: int
    attempt: int
    started_at: Union[str, None]
    updated_at: str
    metadata: Dict[str, Any]


class TerraformLock(TypedDict, total=False):
    """What Terraform says of a lock, as it says it."""

    ID: str
    Operation: str
    Info: str
    Who: str
    Version: str
    Created: str
    Path: str


class TerraformState(TypedDict, total=False):
    """A state in the format of Terraform 0.12 and later. What else is in it is Terraform's own business."""

    version: Literal[4]
    terraform_version: str
    serial: int
    lineage: str
    outputs: Dict[str, Any]
    resources: List[Dict[str, Any]]


class Tool(TypedDict, total=False):
    """A script or container with typed arguments. Further fields that a source's files have are kept and shown; requests with others than these are refused."""

    id: str
    uuid: str
    name: str
    description: str
    type: Literal["docker", "script", "python", "mcp"]
    image: str
    content: str
    args: List[ToolArgument]
    env: List[str]
    secrets: List[str]
    with_files: List[Dict[str, Any]]
    with_volumes: List[Dict[str, Any]]
    with_services: List[Dict[str, Any]]
    entrypoint: List[str]
    on_start: str
    on_build: str
    on_complete: str
    workflow: Any
    long_running: bool
    timeout: int
    alias: str
    icon_url: str
    mermaid: str
    metadata: Dict[str, Any]
    dependencies: List[str]
    requires_approval: ApprovalRule
    network: bool
    file_name: str
    source: Dict[str, Any]
    created_at: str
    updated_at: str


class ToolArgument(TypedDict, total=False):
    """An argument of a tool."""

    name: str
    type: Literal["string", "int", "float", "bool", "object", "array", "file"]
    description: str
    required: bool
    default: Any
    options: List[Any]
    options_from: Dict[str, Any]


class ToolCall(TypedDict, total=False):
    """A tool that an agent called, and what came of it."""

    id: str
    name: str
    arguments: Any
    execution_id: Union[str, None]
    status: str
    exit_code: Union[int, None]
    result: str


class ToolRun(TypedDict, total=False):
    """What to run and with which arguments."""

    tool_name: str
    tool_def: Dict[str, Any]
    args: Dict[str, Any]
    arguments: Dict[str, Any]
    parameters: Dict[str, Any]
    source_uuid: str
    source_id: str
    runner: str
    timeout: int
    integrations: List[Any]
    name: str
    init_env: Any
    metadata: Any
    image_provider: Any


class Usage(TypedDict, total=False):
    """Tokens as the model's provider counted them; zeros when it does not say."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class User(TypedDict, total=False):
    """Somebody in the organisation."""

    id: str
    uuid: str
    name: str
    email: str
    image: str
    groups: List[str]
    status: bool
    user_status: str
    roles: List[str]
    create_at: str
    created_at: str
    updated_at: str


class Webhook(TypedDict, total=False):
    """A webhook of either kind; the fields of the other kind are absent."""

    id: str
    uuid: str
    kind: Literal["incoming", "outgoing"]
    status: Literal["active", "disabled"]
    status_reason: str
    url: str
    events: List[str]
    description: str
    ordered: bool
    secret: Union[str, None]
    previous_secret_expires_at: Union[str, None]
    delivery_attempts: int
    successful_deliveries: int
    failed_deliveries: int
    name: str
    source: str
    filter: str
    prompt: str
    agent_id: str
    workflow: Any
    runner: str
    communication: WebhookCommunication
    hide_webhook_headers: bool
    signature: Union[WebhookSignature, None]
    rate_limit_per_minute: Union[int, None]
    webhook_url: Union[str, None]
    org: str
    agent_name: str
    last_triggered_at: Union[str, None]
    failing_since: Union[str, None]
    paused_until: Union[str, None]
    managed_by: str
    task_id: str
    created_by: str
    updated_by: str
    created_at: str
    updated_at: str


class WebhookAttempt(TypedDict, total=False):
    """One attempt to deliver."""

    attempt: int
    at: str
    status_code: Union[int, None]
    duration_ms: Union[int, None]
    error: Union[str, None]
    request: Dict[str, Any]
    response: Union[Dict[str, Any], None]


class WebhookCommunication(TypedDict, total=False):
    """Where the answer of an incoming webhook goes."""

    method: str
    destination: str


class WebhookDelivery(TypedDict, total=False):
    """Something that a webhook sent, or is about to send, with its last attempt."""

    id: str
    uuid: str
    webhook_id: str
    event: str
    event_id: str
    status: Literal["pending", "success", "failed"]
    attempts: int
    status_code: Union[int, None]
    duration_ms: Union[int, None]
    error: Union[str, None]
    request: Dict[str, Any]
    response: Union[Dict[str, Any], None]
    next_attempt_at: Union[str, None]
    created_at: str
    finished_at: Union[str, None]
    history: List[WebhookAttempt]


class WebhookEvent(TypedDict, total=False):
    """Something that a sender posted to an incoming webhook."""

    id: str
    uuid: str
    webhook_id: str
    status: Literal["accepted", "filtered", "running", "completed", "failed", "cancelled"]
    origin: Literal["sender", "test", "replay"]
    replay_of: Union[str, None]
    message: Union[str, None]
    session_id: Union[str, None]
    execution_id: Union[str, None]
    headers: Dict[str, str]
    payload: str
    truncated: bool
    received_at: str
    started_at: Union[str, None]
    finished_at: Union[str, None]


class WebhookOutcome(TypedDict, total=False):
    """What came of an event."""

    id: str
    status: Literal["accepted", "filtered", "running", "completed", "failed", "cancelled"]
    result: str
    message: Union[str, None]
    session_id: Union[str, None]
    execution_id: Union[str, None]


class WebhookPreview(TypedDict, total=False):
    """What an event would do."""

    matches: bool
    prompt: Union[str, None]
    problem: Union[str, None]


class WebhookReceipt(TypedDict, total=False):
    """A stored event."""

    id: str
    status: Literal["accepted"]
    duplicate: bool


class WebhookSignature(TypedDict, total=False):
    """How the senders of an incoming webhook sign."""

    type: Literal["github", "gitlab", "slack", "stripe", "standard", "header"]
    secret: str


class Workflow(TypedDict, total=False):
    """A workflow that a source holds."""

    name: str
    description: str
    source_id: str
    source_name: str
    file_name: str
    steps_count: int
    definition: Dict[str, Any]


class WorkflowExecution(TypedDict, total=False):
    """A run of a workflow."""

    id: str
    uuid: str
    kind: Literal["tool", "agent_turn", "workflow", "step", "terraform"]
    subject: str
    runner: str
    status: Literal["waiting", "queued", "leased", "running", "completed", "failed", "cancelled", "lost"]
    attempt: int
    session_id: Union[str, None]
    exit_code: Union[int, None]
    error_code: Union[str, None]
    message: Union[str, None]
    cancelled_by: Union[str, None]
    created_at: str
    started_at: Union[str, None]
    finished_at: Union[str, None]
    duration_ms: Union[int, None]
    output_bytes: int
    dropped_bytes: int
    last_event_id: int
    parent_id: Union[str, None]
    task_id: Union[str, None]
    name: str
    steps: List[WorkflowStepState]
    outputs: Dict[str, str]


class WorkflowRun(TypedDict, total=False):
    """A run that is asked for. A step is an object with `name`, `command` or `script`, or an `executor` of a `type` (command, docker, tool, agent, kubiya, http, jq, workflow) with its `config`; and `depends`, `output`, `env`, `retryPolicy`, `continueOn`, `preconditions`, `parallel`, `timeout`, `requires_approval`."""

    workflow: Union[str, Dict[str, Any]]
    params: Union[Dict[str, Any], List[Any], str]
    env: Union[Dict[str, Any], List[Any], str]
    secrets: Dict[str, str]
    runner: str


class WorkflowStepState(TypedDict, total=False):
    """Where a step of a run stands."""

    name: str
    type: Literal["command", "docker", "tool", "agent", "kubiya", "http", "jq", "workflow"]
    description: str
    depends: List[str]
    status: Literal["pending", "running", "completed", "failed", "skipped", "cancelled"]
    attempt: int
    execution_id: Union[str, None]
    output: Union[str, None]
    exit_code: Union[int, None]
    error_code: Union[str, None]
    message: Union[str, None]
    next_attempt_at: Union[str, None]
    started_at: Union[str, None]
    finished_at: Union[str, None]
    items: List[Dict[str, Any]]


class ZipUpload(TypedDict, total=False):
    """A form with the archive."""

    file: str
    name: str
    runner: str
    dynamic_config: str

