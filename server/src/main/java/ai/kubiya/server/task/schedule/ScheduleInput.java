package ai.kubiya.server.task.schedule;

import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.task.TaskDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a client says about a schedule. */
record ScheduleInput(String name, ScheduleRule rule, TaskDefinition task) {
    private static final List<String> READ_ONLY =
            List.of("id", "uuid", "status", "next_fire_at", "last_fire_at", "created_by", "created_at", "updated_at");

    /**
     * Reads the fields.
     *
     * @throws ai.kubiya.server.http.ApiException 400 naming every field that is wrong
     */
    static ScheduleInput of(ObjectNode body, boolean strict) {
        JsonFields fields = new JsonFields(body).ignore(READ_ONLY);
        String name = fields.requiredText("name", 200);
        var rule = ScheduleRule.read(fields);
        ObjectNode sent = fields.object("task");
        if (!fields.has("task")) {
            fields.problem("/task", "is required");
        } else if (!sent.hasNonNull("name")) {
            sent.put("name", name);
        }
        JsonFields taskFields = new JsonFields(sent);
        TaskDefinition task = TaskDefinition.of(taskFields, strict);
        if (fields.has("task")) {
            taskFields
                    .problems(strict)
                    .forEach(problem -> fields.problem("/task" + problem.field(), problem.message()));
        }
        fields.check(strict);
        return new ScheduleInput(name, rule.orElseThrow(), task);
    }

    /** What a change makes of the stored fields. A new time takes the place of the old one, of whichever kind they are. */
    static ObjectNode changed(ObjectNode stored, ObjectNode sent, boolean merge) {
        ObjectNode from = stored.deepCopy();
        if (sent.hasNonNull("cron") != sent.hasNonNull("at")) {
            from.remove(List.of("cron", "at"));
        }
        return merge ? MergePatch.merge(from, sent) : MergePatch.replaceSent(from, sent);
    }

    static ObjectNode json(Schedule schedule) {
        ObjectNode json = schedule.rule().toJson().put("name", schedule.name());
        json.set("task", schedule.task());
        return json;
    }
}
