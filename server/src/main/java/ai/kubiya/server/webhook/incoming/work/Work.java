package ai.kubiya.server.webhook.incoming.work;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.agent.chat.AgentAccess;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.webhook.definition.Incoming;
import ai.kubiya.server.webhook.definition.Targets;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All kinds of work that events can start. */
public final class Work implements Targets {
    private final AgentService agents;
    private final ExecutionService executions;
    private final List<WorkStarter> starters;

    public Work(AgentService agents, ExecutionService executions, List<WorkStarter> starters) {
        this.agents = agents;
        this.executions = executions;
        this.starters = List.copyOf(starters);
    }

    @Override
    public Incoming checked(Caller caller, Incoming wanted, @Nullable Incoming stored, JsonFields fields) {
        if (!wanted.agentId().isEmpty()) {
            boolean kept = stored != null && stored.agentId().equals(wanted.agentId());
            return kept ? wanted : wanted.withAgent(agentId(caller, wanted.agentId(), fields));
        }
        boolean changed = stored == null || !stored.workflow().equals(wanted.workflow());
        if (!wanted.workflow().isEmpty() && changed && fields.isFine()) {
            starter(wanted).ifPresent(starter -> starter.check(caller, wanted));
        }
        return wanted;
    }

    private String agentId(Caller caller, String idOrName, JsonFields fields) {
        Agent agent;
        try {
            agent = agents.get(caller, idOrName);
        } catch (ApiException e) {
            fields.problem("/agent_id", "there is no agent \"" + idOrName + "\", or several have that name");
            return idOrName;
        }
        if (!AgentAccess.allows(agent, caller)) {
            throw ApiException.of(ErrorCode.ACCESS_DENIED, AgentAccess.refusal(agent, caller));
        }
        return agent.id().toString();
    }

    private Optional<WorkStarter> starter(Incoming webhook) {
        return starters.stream().filter(one -> one.starts(webhook)).findFirst();
    }

    /** See {@link WorkStarter#start}. */
    public WorkStarter.Started start(Transaction transaction, Caller caller, Incoming webhook, String message) {
        return starter(webhook)
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.UNAVAILABLE,
                        "This server cannot start what the webhook \"" + webhook.name() + "\" names."))
                .start(transaction, caller, webhook, message);
    }

    /** What came of work that is over, in words; empty when nobody knows any more. */
    public String result(UUID organizationId, UUID executionId) throws IOException, InterruptedException {
        Optional<Execution> execution = executions.find(organizationId, executionId);
        Optional<WorkStarter> starter = execution.flatMap(
                found -> starters.stream().filter(one -> one.did(found)).findFirst());
        return starter.isPresent() ? starter.get().result(execution.get()) : "";
    }
}
