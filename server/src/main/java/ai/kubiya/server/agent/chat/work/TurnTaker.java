package ai.kubiya.server.agent.chat.work;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.agent.chat.AgentAccess;
import ai.kubiya.server.agent.chat.SessionMessages;
import ai.kubiya.server.agent.chat.SessionService;
import ai.kubiya.server.agent.chat.TurnSpec;
import ai.kubiya.server.agent.chat.loop.Turn;
import ai.kubiya.server.agent.chat.loop.TurnAgent;
import ai.kubiya.server.agent.chat.loop.TurnEntry;
import ai.kubiya.server.agent.chat.loop.TurnEvent;
import ai.kubiya.server.agent.chat.loop.TurnLimits;
import ai.kubiya.server.agent.chat.loop.TurnLoop;
import ai.kubiya.server.agent.chat.loop.TurnResult;
import ai.kubiya.server.approval.Approvals;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.work.Work;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelTurn;
import ai.kubiya.server.model.ModelUsage;
import ai.kubiya.server.model.RetryPolicy;
import ai.kubiya.server.model.organization.OrganizationModels;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.builtin.BuiltInCalls;
import ai.kubiya.server.tool.builtin.BuiltInTools;
import ai.kubiya.server.tool.run.ToolRuns;
import ai.kubiya.server.user.UserService;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Puts together what a turn needs and takes it to its end. */
public final class TurnTaker implements Work {
    /** Each event is a durable write; this many a second look smooth. */
    private static final Duration DELTA_PAUSE = Duration.ofMillis(40);

    private final Database database;
    private final SessionMessages messages;
    private final AgentService agents;
    private final ToolService tools;
    private final ToolRuns runs;
    private final BuiltInTools builtIns;
    private final BuiltInCalls builtInCalls;
    private final Approvals approvals;
    private final ExecutionService executions;
    private final UserService users;
    private final Leases leases;
    private final OrganizationModels models;
    private final AgentKnowledge knowledge;
    private final RandomGenerator random;
    private final Clock clock;
    private final TurnLoop loop;

    public TurnTaker(
            Database database,
            AgentService agents,
            ToolService tools,
            ToolRuns runs,
            BuiltInTools builtIns,
            BuiltInCalls builtInCalls,
            Approvals approvals,
            ExecutionService executions,
            UserService users,
            Leases leases,
            OrganizationModels models,
            AgentKnowledge knowledge,
            RandomGenerator random,
            Clock clock) {
        this.database = database;
        this.messages = new SessionMessages(database);
        this.agents = agents;
        this.tools = tools;
        this.runs = runs;
        this.builtIns = builtIns;
        this.builtInCalls = builtInCalls;
        this.approvals = approvals;
        this.executions = executions;
        this.users = users;
        this.leases = leases;
        this.models = models;
        this.knowledge = knowledge;
        this.random = random;
        this.clock = clock;
        this.loop = new TurnLoop(clock, () -> Uuids.next(clock).toString(), DELTA_PAUSE);
    }

    @Override
    public List<UUID> take(LeasedExecution leased, Cancellation cancellation) throws InterruptedException {
        Execution execution = leased.execution();
        UUID session = SessionService.sessionOf(execution);
        TurnSpec spec = TurnSpec.of(execution);
        SessionJournal journal = new SessionJournal(messages, executions, leases, clock, leased, session);
        Optional<Agent> agent = agents.find(execution.organizationId(), spec.agentId());
        if (agent.isEmpty()) {
            fail(journal, "agent_deleted", "The agent was deleted before it could answer.");
            return List.of();
        }
        // The turn may have waited, and somebody may have been shut out meanwhile.
        Optional<Caller> caller = users.current(spec.caller());
        if (caller.isEmpty()) {
            fail(journal, "access_denied", "The user who said this was disabled or removed.");
            return List.of();
        }
        if (!AgentAccess.allows(agent.get(), caller.get())) {
            fail(journal, "access_denied", AgentAccess.refusal(agent.get(), caller.get()));
            return List.of();
        }
        TurnResult result = loop.run(turn(agent.get(), caller.get(), execution, spec, journal, cancellation));
        return switch (result) {
            case TurnResult.Over _ -> List.of();
            case TurnResult.Waits(List<String> executionIds) ->
                executionIds.stream().map(UUID::fromString).toList();
        };
    }

    @Override
    public void giveUp(LeasedExecution leased, String code, String message) {
        UUID session = SessionService.sessionOf(leased.execution());
        fail(new SessionJournal(messages, executions, leases, clock, leased, session), code, message);
    }

    private static void fail(SessionJournal journal, String code, String message) {
        journal.append(List.of(
                new TurnEntry.Told(new TurnEvent.Failure(code, message)),
                new TurnEntry.Told(new TurnEvent.Done("error", ModelUsage.NONE, 0))));
    }

    private Turn turn(
            Agent agent,
            Caller caller,
            Execution execution,
            TurnSpec spec,
            SessionJournal journal,
            Cancellation cancellation) {
        AgentTools agentTools =
                AgentTools.of(agent, builtIns.named(agent.definition().tools()), tools);
        List<ModelMessage> history = messages.history(SessionService.sessionOf(execution), spec.messageSeq());
        return new Turn(
                new TurnAgent(instructions(agent, spec), agentTools.forModel(), TurnLimits.DEFAULT),
                history,
                knowledge.of(caller, agent),
                () -> new ModelTurn(
                        models.get(agent.organizationId(), agent.definition().model()), RetryPolicy.DEFAULT, random),
                journal,
                new ToolExecutions(
                        database, executions, runs, builtInCalls, approvals, execution, caller, agent, agentTools),
                cancellation);
    }

    private static List<String> instructions(Agent agent, TurnSpec spec) {
        String description = agent.definition().description();
        List<String> instructions = new ArrayList<>();
        instructions.add("Your name is " + agent.name() + "." + (description.isBlank() ? "" : " " + description));
        instructions.add(agent.definition().instructions());
        instructions.addAll(spec.instructions());
        return instructions;
    }
}
