package ai.kubiya.server.task.schedule;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The wire shape of a schedule. */
final class ScheduleJson {
    private ScheduleJson() {}

    static ObjectNode of(Schedule schedule) {
        ObjectNode json = Json.object()
                .put("id", schedule.id().toString())
                .put("uuid", schedule.id().toString())
                .put("name", schedule.name());
        json.setAll(schedule.rule().toJson());
        json.put("status", schedule.status().wireName())
                .put("next_fire_at", Json.time(schedule.nextFireAt()))
                .put("last_fire_at", Json.time(schedule.lastFireAt()));
        json.set("task", schedule.task());
        return json.put("created_by", schedule.creatorEmail())
                .put("created_at", Json.time(schedule.createdAt()))
                .put("updated_at", Json.time(schedule.updatedAt()));
    }
}
