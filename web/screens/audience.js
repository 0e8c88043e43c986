// Whom knowledge is for: people and agents.
import { api } from "../api.js";
import { useLoad } from "../ui.js";

export const AUDIENCE = {
  name: "visibility", label: "Who may read it", type: "select", value: "organization",
  options: [["organization", "everybody in the organisation, or the groups below"], ["private", "its owner alone"], ["public", "everybody in the organisation, always"]],
};

/** Groups and agents to choose from. */
export const useChoices = () =>
  useLoad(async () => {
    const [groups, agents] = await Promise.all(["/v1/groups", "/v1/agents"].map((path) => api.choices(path).then((list) => list.map((one) => [one.id, one.name]))));
    return { groups, agents };
  }, []);

export const audienceFields = ({ groups, agents }) => [
  AUDIENCE,
  { name: "groups", label: "Only members of these groups", type: "many", options: groups, help: "None: everybody whom the choice above admits.", when: (values) => values.visibility === "organization" },
  { name: "supported_agents", label: "Only these agents are told of it", type: "many", options: agents, help: "None here and below: all agents.", none: "There are no agents yet." },
  { name: "supported_agents_groups", label: "And agents that talk to these groups", type: "many", options: groups },
];
