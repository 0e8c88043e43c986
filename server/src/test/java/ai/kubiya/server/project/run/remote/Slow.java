package ai.kubiya.server.project.run.remote;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.project.run.Runs;
import ai.kubiya.server.testing.Answer;
import java.util.regex.Pattern;

/** Code that takes its time. */
final class Slow {
    private static final Pattern MADE = Pattern.compile("Creation complete");

    private Slow() {}

    static String code(int resources) {
        return """
                resource "terraform_data" "slow" {
                  count = %d
                  provisioner "local-exec" { command = "sleep 1.5" }
                }
                """.formatted(resources);
    }

    static long made(Runs runs, String run) {
        return MADE.matcher(runs.log(run)).results().count();
    }

    /** Starts an apply and waits until so much was made. */
    static String applying(Runs runs, int some) {
        String id = runs.client()
                .post(runs.path() + "/apply", "{\"auto_approve\": true}")
                .id();
        while (made(runs, id) < some) {
            assertThat(runs.get(id).text("/status")).isNotEqualTo("failed");
            Runs.pause();
        }
        return id;
    }

    /** What was made is known, nothing is locked, and the next plan and apply bring the rest. */
    static void assertWhole(Runs runs, int all, long seen) {
        int known = runs.resources().size();
        assertThat(known).isBetween((int) seen, all - 1);
        assertThat(runs.client().get(runs.path() + "/state")).hasNull("/lock");
        Answer next = runs.plan();
        assertThat(next).has("/status", "planned");
        // What was being made when Terraform was killed is tainted, and made anew.
        int tainted = next.at("/counts/destroy").asInt();
        assertThat(next.at("/counts/add").asInt()).isEqualTo(all - known + tainted);
        assertThat(runs.approve(next.id())).has("/status", "applied");
        assertThat(runs.resources()).hasSize(all);
        assertThat(runs.plan()).has("/status", "no_changes");
    }
}
