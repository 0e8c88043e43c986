package ai.kubiya.server.tool.builtin;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.StoredCaller;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.NewEvent;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.execution.work.LeaseLost;
import ai.kubiya.server.execution.work.Work;
import ai.kubiya.server.http.ApiCalls;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.user.UserService;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Does what built-in tools do. A call that was being done when its server stopped is lost: it may have had effects. */
public final class BuiltInWork implements Work {
    /** Where calls wait for a server. No runner can have this name. */
    public static final String QUEUE = "built-in:server";

    private static final Ending CANCELLED = Ending.of(Status.CANCELLED, "cancelled", "It was cancelled.");

    private final BuiltInTools tools;
    private final Leases leases;
    private final ApiCalls api;
    private final UserService users;
    private final Clock clock;

    public BuiltInWork(BuiltInTools tools, Leases leases, ApiCalls api, UserService users, Clock clock) {
        this.tools = tools;
        this.leases = leases;
        this.api = api;
        this.users = users;
        this.clock = clock;
    }

    @Override
    public List<UUID> take(LeasedExecution leased, Cancellation cancellation) {
        Execution execution = leased.execution();
        NewEvent running = new NewEvent(clock.instant(), "status", Json.object().put("status", "running"));
        if (!leases.append(execution.id(), leased.token(), List.of(running))) {
            throw new LeaseLost(execution.id());
        }
        Optional<Caller> caller = users.current(StoredCaller.of(
                execution.organizationId(),
                execution.createdBy(),
                execution.spec().path("caller")));
        Optional<BuiltInTool> tool = tools.find(execution.subject());
        if (caller.isEmpty()) {
            failed(leased, "access_denied", "Its user was disabled or removed.");
        } else if (tool.isEmpty()) {
            failed(leased, "tool_unknown", "This server has no such tool.");
        } else {
            run(leased, tool.get(), new PlatformApi(api, caller.get()), cancellation);
        }
        return List.of();
    }

    private void run(LeasedExecution leased, BuiltInTool tool, PlatformApi platform, Cancellation cancellation) {
        String output = "";
        Ending ending;
        try {
            output = tool.action().run(platform, arguments(leased.execution()), cancellation);
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

    private void failed(LeasedExecution leased, String code, String message) {
        end(leased, "", Ending.of(Status.FAILED, code, message));
    }

    private void end(LeasedExecution leased, String output, Ending ending) {
        if (!leases.end(leased.execution().id(), leased.token(), ending, NewEvent.output(clock.instant(), output))) {
            throw new LeaseLost(leased.execution().id());
        }
    }

    @Override
    public void giveUp(LeasedExecution leased, String code, String message) {
        failed(leased, code, message);
    }
}
