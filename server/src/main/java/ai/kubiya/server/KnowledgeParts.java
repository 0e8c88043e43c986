package ai.kubiya.server;

import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.knowledge.KnowledgeReferences;
import ai.kubiya.server.knowledge.KnowledgeRoutes;
import ai.kubiya.server.knowledge.KnowledgeService;
import ai.kubiya.server.user.Group;
import ai.kubiya.server.user.GroupService;
import ai.kubiya.server.user.User;
import ai.kubiya.server.user.UserService;
import java.util.List;

/** Knowledge: entries, their search, what agents are told of them, and where they come from. */
final class KnowledgeParts {
    private final KnowledgeService knowledge;

    KnowledgeParts(Foundation foundation, UserService users, GroupService groups, AgentService agents) {
        KnowledgeReferences references = new KnowledgeReferences(
                (transaction, caller, name) ->
                        users.find(transaction, caller, name).map(User::id),
                (transaction, caller, name) ->
                        groups.find(transaction, caller, name).map(Group::id),
                (transaction, caller, name) ->
                        agents.find(transaction, caller, name).map(Agent::id));
        knowledge = new KnowledgeService(
                foundation.database, references, foundation.audit, foundation.events, foundation.clock);
    }

    List<Routes> routes() {
        return List.of(new KnowledgeRoutes(knowledge));
    }
}
