package ai.kubiya.server.runner.work;

import ai.kubiya.protocol.remote.ComponentReport;
import ai.kubiya.protocol.remote.ProcessReport;
import ai.kubiya.protocol.remote.Wire;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.runner.Labels;
import ai.kubiya.server.runner.presence.Health;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Keeps what runners say of themselves within bounds: it is shown to people. */
final class ReportCheck {
    private static final int MOST_RUNS = 1000;
    private static final int LONGEST = 200;
    private static final int LONGEST_ERROR = 2000;
    private static final int MOST_DETAILS = 20;

    private ReportCheck() {}

    /** @throws ApiException 400 when the runner speaks another language or says nothing of sense */
    static ProcessReport checked(ProcessReport report) {
        if (report.protocol() != Wire.VERSION) {
            String older = report.protocol() < Wire.VERSION ? "runner" : "server";
            throw ApiException.invalid(
                    "/protocol",
                    "this server speaks version " + Wire.VERSION + " of the protocol, the runner version "
                            + report.protocol() + "; upgrade the " + older);
        }
        if (report.concurrency() < 1 || report.concurrency() > MOST_RUNS) {
            throw ApiException.invalid("/concurrency", "must be a whole number from 1 to " + MOST_RUNS);
        }
        Map<String, ComponentReport> components = new HashMap<>();
        report.components().forEach((name, component) -> {
            if (Health.COMPONENTS.contains(name)) {
                components.put(name, checked(component));
            }
        });
        return new ProcessReport(
                report.protocol(),
                report.instance(),
                report.boot(),
                cut(report.host(), LONGEST),
                cut(report.platform(), LONGEST),
                cut(report.version(), LONGEST),
                Labels.usable(report.labels()),
                report.concurrency(),
                Math.max(0, Math.min(MOST_RUNS, report.running())),
                report.draining(),
                components,
                report.capabilities().stream()
                        .filter(word -> word.matches("[a-z][a-z_]{0,39}"))
                        .limit(MOST_DETAILS)
                        .toList());
    }

    private static ComponentReport checked(ComponentReport component) {
        Map<String, String> details = new HashMap<>();
        component.details().entrySet().stream()
                .limit(MOST_DETAILS)
                .forEach(entry -> details.put(cut(entry.getKey(), LONGEST), cut(entry.getValue(), LONGEST_ERROR)));
        return new ComponentReport(cut(component.version(), LONGEST), cut(component.error(), LONGEST_ERROR), details);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, text.offsetByCodePoints(0, longest / 2)) + "…";
    }

    static void checkTokens(List<UUID> tokens) {
        if (tokens.isEmpty()
                || tokens.size() > MOST_RUNS
                || tokens.stream().distinct().count() < tokens.size()) {
            throw ApiException.invalid("/tokens", "must be 1 to " + MOST_RUNS + " different uuids");
        }
    }
}
