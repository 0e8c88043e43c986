// Screens of the other features: [pattern, screen, parameter] and [path, label, what the API must have].
import { Policies } from "./policies.js";
import { Runner, Runners } from "./runners.js";
import { Webhook, Webhooks } from "./webhooks.js";

export const more = [
  [/^runners$/, Runners],
  [/^runners\/([^/]+)$/, Runner, "id"],
  [/^webhooks$/, Webhooks],
  [/^webhooks\/([^/]+)$/, Webhook, "id"],
  [/^policies$/, Policies],
];

export const navigation = [
  ["runners", "Runners", "/v1/runners"],
  ["webhooks", "Webhooks", "/v1/webhooks"],
  ["policies", "Policies", "/v1/policies"],
];
