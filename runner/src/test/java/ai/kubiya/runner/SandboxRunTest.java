package ai.kubiya.runner;

import static ai.kubiya.runner.testing.Runs.script;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.protocol.WorkSource.Wish;
import ai.kubiya.runner.executor.Choice;
import ai.kubiya.runner.executor.ExecutorConfig;
import ai.kubiya.runner.testing.TestRunner;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxRunTest {
    @TempDir
    Path state;

    private TestRunner runner;

    @BeforeEach
    void start() {
        runner = new TestRunner(ExecutorConfig.of(state).withChoice(Choice.SANDBOX));
    }

    @AfterEach
    void stop() throws IOException {
        runner.close();
        try (var left = Files.list(state.resolve("runs"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void runsAScriptWithBashAndReportsItsLines() throws Exception {
        var run = runner.run(script("[[ hello == hell* ]] && echo one; echo two >&2; id -u; pwd; echo $HOME"));

        assertThat(run.events().getFirst()).isInstanceOf(RunEvent.Started.class);
        assertThat(run.text("stdout")).isEqualTo("one\n1000\n/workspace\n/home/tool\n");
        assertThat(run.text("stderr")).isEqualTo("two\n");
        assertThat(run.result()).isEqualTo(Result.COMPLETED);
    }

    @Test
    void reportsAnotherExitCode() throws Exception {
        var run = runner.run(script("exit 7"));

        assertThat(run.outcome().exitCode()).isEqualTo(7);
        assertThat(run.result()).isEqualTo(Result.FAILED);
    }

    @Test
    void honoursTheFirstLineOfAScript() throws Exception {
        var run = runner.run(script("#!/usr/bin/env python3\nprint('snake')"));

        assertThat(run.text()).isEqualTo("snake\n");
    }

    @Test
    void namesAnInterpreterThatIsMissing() throws Exception {
        var run = runner.run(script("#!/usr/bin/env no-such-language\n1"));

        assertThat(run.result()).isEqualTo(Result.NOT_STARTED);
        assertThat(run.message()).contains("no-such-language");
    }

    @Test
    void startsPythonToolsWithPython() throws Exception {
        assertThat(runner.run(script("print(6 * 7)").type("python")).text()).isEqualTo("42\n");
    }

    @Test
    void startsTheEntrypointWithTheScriptOrTheContent() throws Exception {
        assertThat(runner.run(script("print(1)").entrypoint("python3", "-u")).text())
                .isEqualTo("1\n");
        assertThat(runner.run(script("print(2)").entrypoint("python3", "-c")).text())
                .isEqualTo("2\n");
    }

    @Test
    void runsTheScriptBeforeTheContent() throws Exception {
        var run = runner.run(script("cat before").onStart("echo prepared > before"));
        assertThat(run.text()).isEqualTo("prepared\n");

        var failed = runner.run(script("echo never").onStart("exit 3"));
        assertThat(failed.outcome().exitCode()).isEqualTo(3);
        assertThat(failed.text("stdout")).isEmpty();
    }

    @Test
    void givesArgumentsAsVariablesButNoneThatSteerPrograms() throws Exception {
        var json = JsonNodeFactory.instance;
        var run = runner.run(script("echo \"$name|$flag|$list|$PATH|${LD_PRELOAD-none}\"")
                .arguments(Map.of(
                        "name", new TextNode("a b"),
                        "flag", BooleanNode.TRUE,
                        "list", json.arrayNode().add(1),
                        "PATH", new TextNode("/evil"),
                        "LD_PRELOAD", new TextNode("/evil.so"),
                        "BASH_FUNC_echo%%", new TextNode("() { :; }"))));

        assertThat(run.text()).startsWith("a b|true|[1]|/usr/local/sbin").endsWith("|none\n");
        assertThat(run.warnings())
                .containsExactly("argument_not_exported", "argument_not_exported", "argument_not_exported");
    }

    @Test
    void placesFilesAndKeepsVolumes() throws Exception {
        var first = runner.run(script("~/bin/hello; echo kept > /data/file")
                .file("~/bin/hello", "#!/bin/sh\necho hi")
                .volume("../tricky name", "/data"));
        assertThat(first.text()).isEqualTo("hi\n");

        var second = runner.run(script("cat /data/file").volume("../tricky name", "/data"));
        assertThat(second.text()).isEqualTo("kept\n");
    }

    @Test
    void saysWhyAFileCannotBePlaced() throws Exception {
        var run = runner.run(script("true").file("/usr/share/nothing/here", "x"));

        assertThat(run.result()).isEqualTo(Result.NOT_STARTED);
        assertThat(run.message()).contains("/usr/share/nothing");
    }

    @Test
    void hidesTheHost() throws Exception {
        Path secret = Files.writeString(state.resolve("secret.txt"), "visible-to-host-only");
        var run = runner.run(script("cat " + secret + " /etc/shadow; ls /root /run /etc/ssl/private; "
                + "ls /proc | grep -c '^[0-9]'; touch /usr/x /x /etc/x; grep -c . /etc/passwd"));

        assertThat(run.text()).doesNotContain("visible-to-host-only").contains(secret + ": No such file");
        assertThat(run.text("stderr")).contains("/etc/shadow: No such file", "/root", "/run", "/etc/ssl/private");
        assertThat(run.text("stderr")).contains("'/usr/x': Read-only", "'/x': Read-only", "'/etc/x': Read-only");
        assertThat(run.text("stdout")).endsWith("\n3\n");
    }

    @Test
    void keepsSecretsOffTheCommandLineAndOutOfTheOutput() throws Exception {
        UUID id = runner.enqueue(script("printf 'key=%s\\n' \"$KEY\"; printf '%s' \"${KEY:0:10}\"; sleep 0.3; "
                        + "echo \"${KEY:10}\"; echo ready; sleep 20")
                .secrets(Map.of("KEY", "correct-horse-battery")));
        var run = runner.source.printed(id, "ready");

        assertThat(run.text()).isEqualTo("key=***\n***\nready\n");
        assertThat(CommandLines.all()).noneMatch(line -> line.contains("correct-horse"));
    }

    @Test
    void hasNoNetworkUnlessAsked() throws Exception {
        String interfaces = "grep -c : /proc/net/dev";
        assertThat(runner.run(script(interfaces)).text()).isEqualTo("1\n");
        assertThat(runner.run(script("readlink /proc/self/ns/net").network(true))
                        .text()
                        .strip())
                .isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
    }

    @Test
    void ignoresAnImageAndSaysSoUnlessItIsRequired() throws Exception {
        var run = runner.run(script("echo here").image("example.org/some:1"));
        assertThat(run.warnings()).containsExactly("image_ignored");
        assertThat(run.text()).isEqualTo("here\n");

        var refused = runner.run(script("echo here").image("example.org/some:1").requireContainer());
        assertThat(refused.result()).isEqualTo(Result.NOT_STARTED);
        assertThat(refused.message()).contains("example.org/some:1");
    }

    @Test
    void cancelsAToolThatIgnoresSignalsAndItsDaemons() throws Exception {
        UUID id = runner.enqueue(script("trap '' TERM; (setsid sleep 4711 &) ; echo up; while :; do sleep 1; done"));
        runner.source.printed(id, "up");

        assertThat(runner.runner.cancelNow(id)).isTrue();

        assertThat(runner.source.finished(id).result()).isEqualTo(Result.CANCELLED);
        assertThat(CommandLines.all()).noneMatch(line -> line.contains("sleep 4711"));
    }

    @Test
    void letsAToolSayGoodbyeWhenAHeartbeatCancelsIt() throws Exception {
        UUID id = runner.enqueue(script("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.1; done"));
        runner.source.printed(id, "up");

        runner.source.wish(id, Wish.CANCEL);

        var run = runner.source.finished(id);
        assertThat(run.result()).isEqualTo(Result.CANCELLED);
        assertThat(run.text("stdout")).endsWith("bye\n");
    }

    @Test
    void endsWithItsMainProcessThoughADaemonHoldsItsOutput() throws Exception {
        var run = runner.run(script("setsid sleep 4712 & echo done").timeout(Duration.ofSeconds(20)));

        assertThat(run.result()).isEqualTo(Result.COMPLETED);
        assertThat(CommandLines.all()).noneMatch(line -> line.contains("sleep 4712"));
    }

    @Test
    void stopsWhenTheLeaseIsLost() throws Exception {
        UUID id = runner.enqueue(script("echo up; sleep 4713"));
        runner.source.printed(id, "up");

        runner.source.wish(id, Wish.ABANDON);

        while (runner.runner.active() > 0) {
            Thread.sleep(10);
        }
        assertThat(CommandLines.all()).noneMatch(line -> line.contains("sleep 4713"));
    }

    @Test
    void triesAgainWhileTheServerIsAway() throws Exception {
        runner.source.failNext(5);

        assertThat(runner.run(script("echo one; echo two")).text()).isEqualTo("one\ntwo\n");
    }
}
