/**
 * Drift: what is otherwise in reality than the state of a project says. {@link ai.kubiya.server.drift.DriftWatch} looks on
 * schedule, {@link ai.kubiya.server.drift.DriftService} when somebody asks; both start a refresh-only plan, and {@link
 * ai.kubiya.server.drift.DriftFindings} writes down what such a plan found, whoever asked for it. Table: project_drift.
 */
@NullMarked
package ai.kubiya.server.drift;

import org.jspecify.annotations.NullMarked;
