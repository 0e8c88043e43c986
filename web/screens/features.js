// Screens of the other features: [pattern, screen, parameters; "tab" stays on its screen] and groups of [path, label].
import { Approvals } from "./approvals.js";
import { Entry, NewEntry } from "./entry.js";
import { Folders, Knowledge } from "./knowledge.js";
import { Run } from "./plan.js";
import { Policies } from "./policies.js";
import { Project } from "./project.js";
import { NewProject, Projects } from "./projects.js";
import { Runner, Runners } from "./runners.js";
import { Schedules, Task, Tasks } from "./tasks.js";
import { Webhook, Webhooks } from "./webhooks.js";
import { WorkflowRun, Workflows } from "./workflows.js";

export const more = [
  [/^projects$/, Projects],
  [/^projects\/new$/, NewProject],
  [/^projects\/([^/]+)\/runs\/([^/]+)$/, Run, "id", "run"],
  [/^projects\/([^/]+)(?:\/([a-z]+))?$/, Project, "id", "tab"],
  [/^knowledge$/, Knowledge],
  [/^knowledge\/new$/, NewEntry],
  [/^knowledge\/folders$/, Folders],
  [/^knowledge\/([^/]+)(?:\/([a-z]+))?$/, Entry, "id", "tab"],
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
  ["Build", [
    ["agents", "Agents"],
    ["tools", "Tools"],
    ["sources", "Sources"],
    ["knowledge", "Knowledge"],
    ["projects", "Projects"],
  ]],
  ["Run", [
    ["executions", "Executions"],
    ["tasks", "Tasks"],
    ["schedules", "Schedules"],
    ["workflows", "Workflows"],
    ["approvals", "Approvals"],
  ]],
  ["Connect", [
    ["runners", "Runners"],
    ["webhooks", "Webhooks"],
    ["policies", "Policies"],
  ]],
];
