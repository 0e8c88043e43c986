package ai.kubiya.server;

import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.agent.chat.SessionService;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.task.OtherTaskRoutes;
import ai.kubiya.server.task.TaskCompatRoutes;
import ai.kubiya.server.task.TaskRoutes;
import ai.kubiya.server.task.TaskRuns;
import ai.kubiya.server.task.TaskService;
import ai.kubiya.server.task.TaskTargets;
import ai.kubiya.server.task.log.TaskLogs;
import ai.kubiya.server.task.schedule.ScheduleRoutes;
import ai.kubiya.server.task.schedule.ScheduledTaskCompatRoutes;
import ai.kubiya.server.task.schedule.Schedules;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.run.ToolRuns;
import ai.kubiya.server.user.UserService;
import ai.kubiya.server.workflow.WorkflowService;
import java.util.List;

/** Tasks and their schedules. */
final class TaskParts {
    final TaskService tasks;
    private final List<Routes> routes;

    TaskParts(
            Foundation foundation,
            ExecutionService executions,
            UserService users,
            ToolService tools,
            ToolRuns toolRuns,
            Runners runners,
            AgentService agents,
            SessionService sessions,
            WorkflowService workflows,
            OtherTaskRoutes others) {
        TaskTargets targets = new TaskTargets(tools, toolRuns, runners, agents, sessions, workflows);
        TaskRuns runs = new TaskRuns(
                foundation.database,
                targets,
                executions,
                users,
                foundation.events,
                foundation.bell,
                foundation.jobs,
                foundation.clock);
        tasks = new TaskService(foundation.database, targets, runs, executions, foundation.audit, foundation.clock);
        Schedules schedules =
                new Schedules(foundation.database, tasks, users, foundation.audit, foundation.jobs, foundation.clock);
        routes = List.of(
                new TaskRoutes(tasks, schedules, new TaskLogs(tasks, runs, executions)),
                new TaskCompatRoutes(tasks, others),
                new ScheduleRoutes(schedules),
                new ScheduledTaskCompatRoutes(schedules));
    }

    List<Routes> routes() {
        return routes;
    }
}
