package ai.kubiya.server;

import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.agent.chat.ChatRoutes;
import ai.kubiya.server.agent.chat.SessionService;
import ai.kubiya.server.agent.chat.TurnFollower;
import ai.kubiya.server.agent.chat.compat.ChatCompatRoutes;
import ai.kubiya.server.agent.chat.work.TurnTaker;
import ai.kubiya.server.approval.Approvals;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.work.LeasedWorker;
import ai.kubiya.server.http.ApiCalls;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.model.organization.OrganizationModels;
import ai.kubiya.server.openai.OpenAiRoutes;
import ai.kubiya.server.policy.Policies;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.builtin.BuiltInCalls;
import ai.kubiya.server.tool.builtin.BuiltInTools;
import ai.kubiya.server.tool.builtin.BuiltInWork;
import ai.kubiya.server.tool.run.ToolRuns;
import ai.kubiya.server.user.UserService;
import java.util.List;

/** Conversations with agents, on all their fronts. */
final class ChatParts {
    /** Turns at the same time; they mostly wait, for a model or a tool. */
    private static final int TURNS = 32;

    final SessionService sessions;
    final TurnFollower turns;
    private final LeasedWorker worker;
    private final LeasedWorker builtInWorker;
    private final List<Routes> routes;

    ChatParts(
            Foundation foundation,
            Policies policies,
            ExecutionService executions,
            Approvals approvals,
            Leases leases,
            UserService users,
            ToolService tools,
            ToolRuns runs,
            BuiltInTools builtIns,
            BuiltInCalls builtInCalls,
            ApiCalls api,
            AgentService agents,
            OrganizationModels models,
            KnowledgeForAgents knowledge) {
        sessions = new SessionService(
                foundation.database,
                agents,
                executions,
                models,
                policies,
                approvals,
                foundation.audit,
                foundation.clock);
        executions.guardedBy(sessions);
        turns = new TurnFollower(executions, knowledge);
        TurnTaker taker = new TurnTaker(
                foundation.database,
                agents,
                tools,
                runs,
                builtIns,
                builtInCalls,
                approvals,
                executions,
                users,
                leases,
                models,
                knowledge,
                foundation.random,
                foundation.clock);
        worker = new LeasedWorker(Kind.AGENT_TURN, SessionService.QUEUE, leases, executions, taker, TURNS);
        BuiltInWork calls = new BuiltInWork(builtIns, leases, api, users, foundation.clock);
        builtInWorker = new LeasedWorker(Kind.TOOL, BuiltInWork.QUEUE, leases, executions, calls, TURNS);
        routes = List.of(
                new ChatRoutes(sessions, turns),
                new ChatCompatRoutes(sessions, turns, models, foundation.clock),
                new OpenAiRoutes(agents, sessions, turns));
    }

    void start(Closing closing) {
        closing.add(worker.start());
        closing.add(builtInWorker.start());
    }

    /** Turns in work now. */
    int active() {
        return worker.active();
    }

    List<Routes> routes() {
        return routes;
    }
}
