// Screens of the other features: [pattern, screen, parameter] and [path, label, what the API must have].
import { Approvals } from "./approvals.js";
import { Policies } from "./policies.js";
import { Runner, Runners } from "./runners.js";
import { Schedules, Task, Tasks } from "./tasks.js";
import { Webhook, Webhooks } from "./webhooks.js";
import { WorkflowRun, Workflows } from "./workflows.js";

export const more = [
  [/^runners$/, Runners],
  [/^runners\/([^/]+)$/, Runner, "id"],
  [/^webhooks$/, Webhooks],
  [/^webhooks\/([^/]+)$/, Webhook, "id"],
  [/^approvals$/, Approvals],
  [/^tasks$/, Tasks],
  [/^tasks\/([^/]+)$/, Task, "id"],
  [/^schedules$/, Schedules],
  [/^workflows$/, Workflows],
  [/^workflows\/runs\/([^/]+)$/, WorkflowRun, "id"],
  [/^policies$/, Policies],
];

export const navigation = [
  ["runners", "Runners", "/v1/runners"],
  ["tasks", "Tasks", "/v1/tasks"],
  ["schedules", "Schedules", "/v1/schedules"],
  ["workflows", "Workflows", "/v1/workflows"],
  ["approvals", "Approvals", "/v1/approvals"],
  ["webhooks", "Webhooks", "/v1/webhooks"],
  ["policies", "Policies", "/v1/policies"],
];
