package ai.kubiya.server.agent.chat.work;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.chat.StoredJson;
import ai.kubiya.server.agent.chat.loop.ToolCalls;
import ai.kubiya.server.agent.chat.loop.ToolOutcome;
import ai.kubiya.server.agent.chat.loop.ToolRefused;
import ai.kubiya.server.approval.ApprovalJson;
import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.approval.Approvals;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.execution.EventFollower;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionEvent;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.NewExecution.Cause;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.tool.Tool;
import ai.kubiya.server.tool.builtin.BuiltInCalls;
import ai.kubiya.server.tool.builtin.BuiltInTool;
import ai.kubiya.server.tool.builtin.ToolFailed;
import ai.kubiya.server.tool.run.CheckedRun;
import ai.kubiya.server.tool.run.ToolRuns;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tool calls of one turn as executions on the agent's runner. */
final class ToolExecutions implements ToolCalls {
    /** Of a tool's output, more than any limit of a turn lets the model see. */
    private static final int KEPT_CHARACTERS = 256 << 10;

    private final Database database;
    private final ToolCallStore store = new ToolCallStore();
    private final ExecutionService executions;
    private final ToolRuns runs;
    private final BuiltInCalls builtIns;
    private final Approvals approvals;
    private final Execution turn;
    private final Caller caller;
    private final Agent agent;
    private final AgentTools tools;

    ToolExecutions(
            Database database,
            ExecutionService executions,
            ToolRuns runs,
            BuiltInCalls builtIns,
            Approvals approvals,
            Execution turn,
            Caller caller,
            Agent agent,
            AgentTools tools) {
        this.database = database;
        this.executions = executions;
        this.runs = runs;
        this.builtIns = builtIns;
        this.approvals = approvals;
        this.turn = turn;
        this.caller = caller;
        this.agent = agent;
        this.tools = tools;
    }

    @Override
    public String start(String callId, String toolName, String argumentsJson) throws ToolRefused, InterruptedException {
        Optional<UUID> before = database.read(transaction -> store.find(transaction, turn.id(), callId));
        if (before.isPresent()) {
            return before.get().toString();
        }
        CheckedRun run = checked(toolName, argumentsJson);
        Optional<Execution> started = database.inTransaction(transaction -> {
            if (!store.claim(transaction, turn.id(), callId)) {
                return Optional.<Execution>empty();
            }
            Execution execution = runs.start(transaction, caller, run);
            store.setExecution(transaction, turn.id(), callId, execution.id());
            return Optional.of(execution);
        });
        if (started.isEmpty()) {
            return database.read(transaction -> store.find(transaction, turn.id(), callId))
                    .orElseThrow()
                    .toString();
        }
        executions.started(started.get());
        return started.get().id().toString();
    }

    private CheckedRun checked(String toolName, String argumentsJson) throws ToolRefused, InterruptedException {
        JsonNode arguments = Json.parse(argumentsJson);
        if (!StoredJson.isStorable(arguments)) {
            throw new ToolRefused("An argument contains the character NUL, which no tool can be given.");
        }
        Cause cause = Cause.parent(turn.id());
        try {
            Optional<BuiltInTool> builtIn = tools.findBuiltIn(toolName);
            if (builtIn.isPresent()) {
                List<ApprovalRule> rules = agent.definition().approvalsOf(toolName);
                return builtIns.checked(
                        caller, builtIn.get(), arguments, AgentTools.grant(agent), rules, turn.sessionId(), cause);
            }
            Tool tool = tools.find(toolName)
                    .orElseThrow(() -> new ToolRefused("There is no tool \"%s\" any more.".formatted(toolName)));
            return runs.checked(caller, AgentTools.call(agent, tool, arguments, turn.sessionId(), cause));
        } catch (ApiException e) {
            throw new ToolRefused(ToolOutcomes.refusal(e));
        } catch (ToolFailed e) {
            throw new ToolRefused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public ToolOutcome await(String executionId, long afterSeq, OutputReader reader) throws InterruptedException {
        UUID id = UUID.fromString(executionId);
        Optional<Execution> found = executions.find(turn.organizationId(), id);
        if (found.isEmpty()) {
            return lost("There is no record of it.");
        }
        OutputEnd output = new OutputEnd(afterSeq, reader);
        try {
            new EventFollower(executions).follow(found.get(), 0, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return executions
                .find(turn.organizationId(), id)
                .map(execution -> ToolOutcomes.of(execution, output.text()))
                .orElseGet(() -> lost(null));
    }

    private static ToolOutcome lost(@Nullable String message) {
        return new ToolOutcome(ToolOutcome.Status.LOST, null, "", message);
    }

    @Override
    public List<JsonNode> approvals(String executionId) {
        return approvals.of(turn.organizationId(), UUID.fromString(executionId)).stream()
                .<JsonNode>map(ApprovalJson::summary)
                .toList();
    }

    @Override
    public boolean isWaiting(String executionId) {
        return executions
                .find(turn.organizationId(), UUID.fromString(executionId))
                .filter(execution -> execution.status() == Status.WAITING)
                .isPresent();
    }

    @Override
    public void cancel(String executionId) {
        var _ = executions.cancelIfAny(caller, UUID.fromString(executionId));
    }

    /** Passes outputs on and keeps the end of them. */
    private static final class OutputEnd implements EventFollower.Reader {
        private final long afterSeq;
        private final OutputReader reader;
        private final StringBuilder kept = new StringBuilder();

        OutputEnd(long afterSeq, OutputReader reader) {
            this.afterSeq = afterSeq;
            this.reader = reader;
        }

        @Override
        public void event(ExecutionEvent event) {
            if (!event.type().equals("log")) {
                return;
            }
            String content = event.data().path("content").asText();
            kept.append(content);
            if (kept.length() > 2 * KEPT_CHARACTERS) {
                kept.delete(0, kept.length() - KEPT_CHARACTERS);
            }
            if (event.seq() > afterSeq) {
                reader.output(event.seq(), event.data().path("stream").asText(), content);
            }
        }

        String text() {
            return kept.toString();
        }
    }
}
