package ai.kubiya.server.project.tool;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.project.run.RunStatus;
import ai.kubiya.server.tool.builtin.PlatformApi;
import ai.kubiya.server.tool.builtin.ToolFailed;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One project through the API. */
final class ProjectApi {
    private static final Logger log = LoggerFactory.getLogger(ProjectApi.class);
    private static final int WAIT_SECONDS = 60;
    private static final int LAST_LINES = 40;
    private static final int PAGE = 500;

    private final PlatformApi api;
    private final String project;

    ProjectApi(PlatformApi api, String nameOrId) {
        this.api = api;
        this.project = "/v1/projects/" + PlatformApi.segment(nameOrId);
    }

    JsonNode project() throws ToolFailed, InterruptedException {
        return api.get(project);
    }

    JsonNode plan(ObjectNode options) throws ToolFailed, InterruptedException {
        return api.post(project + "/plan", options);
    }

    JsonNode approve(String execution) throws ToolFailed, InterruptedException {
        return api.post(project + "/approve", Json.object().put("execution_id", execution));
    }

    JsonNode execution(String id) throws ToolFailed, InterruptedException {
        return api.get(at(id));
    }

    private String at(String execution) {
        return project + "/executions/" + PlatformApi.segment(execution);
    }

    JsonNode executionOrNewest(String id) throws ToolFailed, InterruptedException {
        if (!id.isBlank()) {
            return execution(id);
        }
        JsonNode newest = api.get(project + "/executions?limit=1").path("data").path(0);
        if (newest.isMissingNode()) {
            throw new ToolFailed("Nothing was planned yet in this project.");
        }
        return execution(newest.path("id").asText());
    }

    static RunStatus status(JsonNode execution) {
        return RunStatus.ofWireName(execution.path("status").asText());
    }

    void requireApplicable(JsonNode plan) throws ToolFailed {
        if (!status(plan).isApprovable()) {
            throw new ToolFailed("The execution is " + status(plan).wireName()
                    + "; only a plan that has changes and was not decided about yet can be applied. Make a new plan.");
        }
        if (plan.path("speculative").asBoolean()) {
            throw new ToolFailed("This plan was made to be looked at alone. Make a new one.");
        }
    }

    /** Waits until nothing more happens by itself. Cancelling ends what Terraform does as well. */
    JsonNode done(JsonNode begun, Cancellation cancellation) throws ToolFailed, InterruptedException {
        String id = begun.path("id").asText();
        JsonNode now = begun;
        try (Cancellation.Registration _ = cancellation.onCancel(() -> cancel(id))) {
            while (status(now).isUnderWay()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                now = api.get(at(id) + "?wait=" + WAIT_SECONDS);
            }
            return now;
        }
    }

    private void cancel(String execution) {
        try {
            JsonNode _ = api.post(project + "/cancel", Json.object().put("execution_id", execution));
        } catch (ToolFailed e) {
            log.debug("{} is over already: {}", execution, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    JsonNode outputs() throws ToolFailed, InterruptedException {
        ObjectNode values = Json.object();
        api.get(project + "/outputs?limit=500").path("data").forEach(output -> {
            boolean sensitive = output.path("sensitive").asBoolean();
            values.set(output.path("name").asText(), sensitive ? null : output.path("value"));
        });
        return values;
    }

    /** The end of what Terraform said; most logs are short enough to be read at once. */
    String lastLines(String execution) throws ToolFailed, InterruptedException {
        JsonNode log = api.get(at(execution) + "/logs?limit=" + PAGE);
        long total = log.path("pagination").path("total").asLong();
        if (total > PAGE) {
            log = api.get(at(execution) + "/logs?limit=" + LAST_LINES + "&offset=" + (total - LAST_LINES));
        }
        List<JsonNode> events = log.path("data").valueStream().toList();
        return events.subList(Math.max(0, events.size() - LAST_LINES), events.size()).stream()
                .map(event -> event.path("content").asText())
                .collect(Collectors.joining());
    }
}
