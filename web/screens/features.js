// Screens of the other features: [pattern, screen, parameter] and [path, label, what the API must have].
import { Approvals } from "./approvals.js";
import { Entry, Knowledge, NewEntry } from "./knowledge.js";
import { Policies } from "./policies.js";
import { NewProject, Project, Projects, Run } from "./projects.js";
import { Runner, Runners } from "./runners.js";
import { Webhook, Webhooks } from "./webhooks.js";

export const more = [
  [/^runners$/, Runners],
  [/^runners\/([^/]+)$/, Runner, "id"],
  [/^knowledge$/, Knowledge],
  [/^knowledge\/new$/, NewEntry],
  [/^knowledge\/([^/]+)$/, Entry, "id"],
  [/^webhooks$/, Webhooks],
  [/^webhooks\/([^/]+)$/, Webhook, "id"],
  [/^projects$/, Projects],
  [/^projects\/new$/, NewProject],
  [/^projects\/([^/]+\/runs\/[^/]+)$/, Run, "id"],
  [/^projects\/([^/]+)$/, Project, "id"],
  [/^approvals$/, Approvals],
  [/^policies$/, Policies],
];

export const navigation = [
  ["runners", "Runners", "/v1/runners"],
  ["knowledge", "Knowledge", "/v1/knowledge"],
  ["projects", "Projects", "/v1/projects"],
  ["approvals", "Approvals", "/v1/approvals"],
  ["webhooks", "Webhooks", "/v1/webhooks"],
  ["policies", "Policies", "/v1/policies"],
];
