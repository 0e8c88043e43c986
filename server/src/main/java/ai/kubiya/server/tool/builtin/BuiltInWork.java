package ai.kubiya.server.tool.builtin;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.execution.work.CallerWork;
import ai.kubiya.server.http.ApiCalls;
import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.user.UserService;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Does what built-in tools do. A call that was being done when its server stopped is lost: it may have had effects. */
public final class BuiltInWork extends CallerWork {
    /** Where calls wait for a server. No runner can have this name. */
    public static final String QUEUE = "built-in:server";

    private static final Ending CANCELLED = Ending.of(Status.CANCELLED, "cancelled", "It was cancelled.");

    private final BuiltInTools tools;
    private final ApiCalls api;

    public BuiltInWork(BuiltInTools tools, Leases leases, ApiCalls api, UserService users, Clock clock) {
        super(leases, users, clock);
        this.tools = tools;
        this.api = api;
    }

    @Override
    protected void run(LeasedExecution leased, Caller caller, Cancellation cancellation) {
        Optional<BuiltInTool> tool = tools.find(leased.execution().subject());
        if (tool.isEmpty()) {
            giveUp(leased, "tool_unknown", "This server has no such tool.");
            return;
        }
        String output = "";
        Ending ending;
        try {
            output = tool.get().action().run(new PlatformApi(api, caller), arguments(leased.execution()), cancellation);
            ending = Ending.completed();
        } catch (ToolFailed e) {
            ending = cancellation.isCancelled()
                    ? CANCELLED
                    : Ending.of(Status.FAILED, "tool_failed", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            ending =
                    Ending.of(Status.LOST, "lost", "The server stopped while it was at work; it may have had effects.");
        }
        end(leased, output, ending);
    }

    private static CallArguments arguments(Execution execution) {
        Map<String, JsonNode> arguments = new HashMap<>();
        execution
                .spec()
                .path("arguments")
                .properties()
                .forEach(argument -> arguments.put(argument.getKey(), argument.getValue()));
        return new CallArguments(arguments);
    }
}
