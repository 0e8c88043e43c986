package ai.kubiya.runner.remote;

import ai.kubiya.protocol.remote.ComponentReport;
import ai.kubiya.protocol.remote.GoodbyeRequest;
import ai.kubiya.protocol.remote.ProcessReport;
import ai.kubiya.protocol.remote.RegisterAnswer;
import ai.kubiya.protocol.remote.Wire;
import ai.kubiya.protocol.terraform.Archives;
import ai.kubiya.runner.Runner;
import ai.kubiya.runner.RunnerConfig;
import ai.kubiya.runner.executor.ExecutorChoice;
import ai.kubiya.runner.executor.ExecutorConfig;
import ai.kubiya.runner.executor.ProcessLauncher;
import ai.kubiya.runner.kubernetes.KubernetesExecutor;
import ai.kubiya.runner.remote.ServerConnection.AwayException;
import ai.kubiya.runner.remote.ServerConnection.RefusedException;
import ai.kubiya.runner.remote.terraform.JobFolders;
import ai.kubiya.runner.remote.terraform.TerraformCalls;
import ai.kubiya.runner.remote.terraform.TerraformWorker;
import ai.kubiya.runner.terraform.TerraformDriver;
import ai.kubiya.runner.terraform.TerraformSettings;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A runner from its start to its end: registers, works until it is told to stop, lets its runs end, says goodbye. */
public final class RunnerProgram implements Heartbeats.Listener {
    private static final Logger log = LoggerFactory.getLogger(RunnerProgram.class);
    private static final Duration CALL = Duration.ofSeconds(15);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** The server decides how long it leaves a silent runner its runs; the runner itself keeps them longer. */
    private static final Duration PATIENCE = Duration.ofHours(24);

    private static final long SPILL_BYTES = 64L << 20;

    private final RunnerOptions options;
    private final String version;
    private final PrintStream out;
    private final Stop stop = new Stop();

    /** How the program ends. */
    public enum Exit {
        DONE(0),
        FAILED(1),
        WRONG_USE(2),
        TOKEN_REFUSED(3),
        NOT_UNDERSTOOD(4),
        REPLACED(5),
        /** Whoever started it is to start it again, with whatever version of the program is there then. */
        START_AGAIN(75);

        private final int code;

        Exit(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    /** The program cannot do its work; the message says what to do. */
    public static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        private final Exit exit;

        Failure(Exit exit, String message) {
            super(message);
            this.exit = exit;
        }

        public Exit exit() {
            return exit;
        }
    }

    /** That the program is to end, and how. The first word counts. */
    private static final class Stop {
        private final CountDownLatch said = new CountDownLatch(1);
        private volatile Exit exit = Exit.DONE;
        private volatile String message = "";

        synchronized void say(Exit how, String why) {
            if (said.getCount() > 0) {
                exit = how;
                message = why;
                said.countDown();
            }
        }
    }

    public RunnerProgram(RunnerOptions options, String version, PrintStream out) {
        this.options = options;
        this.version = version;
        this.out = out;
    }

    /** Works until SIGTERM or until the server has no use for it. */
    public Exit run() throws Failure {
        CountDownLatch ended = new CountDownLatch(1);
        Exit[] exit = {Exit.FAILED};
        Thread hook = new Thread(
                () -> {
                    stop(Exit.DONE);
                    awaitForEver(ended);
                    // The JVM would answer a signal with its number.
                    Runtime.getRuntime().halt(exit[0].code());
                },
                "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            exit[0] = work();
            return exit[0];
        } catch (Failure e) {
            exit[0] = e.exit();
            throw e;
        } finally {
            ended.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException goingDown) {
                log.debug("the hook ends the program");
            }
        }
    }

    private static void awaitForEver(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the program to end its work. */
    public void stop(Exit how) {
        stop.say(how, "");
    }

    @Override
    public void restart() {
        stop.say(Exit.START_AGAIN, "");
    }

    @Override
    public void replaced() {
        stop.say(
                Exit.REPLACED,
                "another process has registered with a copy of this one's state directory " + options.state()
                        + "; give each its own with --state");
    }

    @Override
    public void refused(RefusedException refusal) {
        stop.say(exit(refusal), String.valueOf(refusal.getMessage()));
    }

    private static Exit exit(RefusedException refusal) {
        return refusal.isOfToken() ? Exit.TOKEN_REFUSED : Exit.NOT_UNDERSTOOD;
    }

    private Exit work() throws Failure {
        try (Instance instance = Instance.open(options.state())) {
            if (instance == null) {
                throw new Failure(
                        Exit.REPLACED,
                        "another runner uses the state directory " + options.state()
                                + "; give this one another with --state");
            }
            return work(instance);
        } catch (IOException e) {
            throw new Failure(Exit.FAILED, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.FAILED;
        }
    }

    private Exit work(Instance instance) throws Failure, IOException, InterruptedException {
        TokenSource tokens = TokenSource.of(options.token());
        ExecutorChoice executors = new ExecutorChoice(
                ExecutorConfig.of(options.state())
                        .withChoice(options.executor())
                        .withAllowHost(options.allowHost())
                        .withNode(instance.id().toString())
                        .withEngineArguments(options.engineArguments())
                        .withCluster(KubernetesExecutor.of(options.kubernetes()))
                        .withHidden(List.of(options.state())),
                new ProcessLauncher());
        try (ServerConnection server = new ServerConnection(options.url(), tokens, Trust.with(options.ca()), version);
                AbilityWatch abilities = new AbilityWatch(executors)) {
            RegisterAnswer registered = register(server, instance, abilities);
            if (registered == null) {
                return stop.exit;
            }
            String name = registered.runner();
            log.info(
                    "registered as {} at {} (server {}); tools run in: {}",
                    name,
                    options.url(),
                    registered.server(),
                    String.join(", ", abilities.now().executors()));
            out.println("kubiya runner " + name + " is up");
            out.flush();
            return work(instance, server, executors, abilities, registered);
        }
    }

    /** Tries until the server is there; null when the program is told to end before. */
    private @Nullable RegisterAnswer register(ServerConnection server, Instance instance, AbilityWatch abilities)
            throws Failure, IOException, InterruptedException {
        Duration pause = FIRST_PAUSE;
        String runner = options.name().isEmpty() ? Wire.SELF : options.name();
        while (stop.said.getCount() > 0) {
            instance.alive();
            try {
                ProcessReport report = report(instance, abilities, 0, false);
                return server.call(runner, "register", report, RegisterAnswer.class, CALL);
            } catch (RefusedException e) {
                throw new Failure(
                        exit(e), "the server at " + options.url() + " refuses this runner: " + e.getMessage());
            } catch (AwayException e) {
                log.warn("cannot reach the server at {}; trying again: {}", options.url(), e.getMessage());
            }
            if (stop.said.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        return null;
    }

    private Exit work(
            Instance instance,
            ServerConnection server,
            ExecutorChoice executors,
            AbilityWatch abilities,
            RegisterAnswer registered)
            throws Failure, InterruptedException {
        RunnerConfig config = RunnerConfig.DEFAULT
                .withConcurrency(options.concurrency())
                .withPatience(PATIENCE)
                .withSpill(new RunnerConfig.Spill(options.state().resolve("waiting"), SPILL_BYTES));
        RemoteWorkSource source = new RemoteWorkSource(server, registered.runner(), instance);
        Runner tools = new Runner(source, config, executors, InstantSource.system());
        try (Workers workers = new Workers(tools, terraform(instance, server, executors, registered.runner()))) {
            Heartbeats heartbeats = new Heartbeats(
                            server,
                            registered.runner(),
                            instance,
                            workers,
                            () -> report(instance, abilities, workers.active(), stop.said.getCount() == 0),
                            registered.heartbeat(),
                            this)
                    .start();
            workers.start();
            try {
                stop.said.await();
                end(workers, heartbeats);
            } finally {
                heartbeats.close();
            }
            if (stop.exit != Exit.TOKEN_REFUSED && stop.exit != Exit.REPLACED) {
                goodbye(server, registered.runner(), instance);
            }
        }
        if (!stop.message.isEmpty()) {
            throw new Failure(stop.exit, stop.message);
        }
        return stop.exit;
    }

    private TerraformWorker terraform(
            Instance instance, ServerConnection server, ExecutorChoice executors, String runner) {
        TerraformCalls calls = new TerraformCalls(server, runner, instance.id(), instance.boot());
        TerraformSettings settings = options.terraform();
        return new TerraformWorker(
                calls,
                new TerraformDriver(settings, executors.sandbox(), InstantSource.system()),
                new JobFolders(options.state(), calls),
                options.terraformConcurrency(),
                settings.grace());
    }

    private void end(Workers workers, Heartbeats heartbeats) throws InterruptedException {
        boolean wanted = stop.exit == Exit.DONE || stop.exit == Exit.START_AGAIN;
        log.info("takes no more work; {} runs are left", workers.active());
        if (wanted) {
            try {
                // First of all, so that the server gives nothing to a question that nobody waits for any more.
                heartbeats.beat(Duration.ZERO);
            } catch (RuntimeException e) {
                log.warn("the server does not hear that this runner ends: {}", e.getMessage());
            }
        }
        workers.drain(wanted ? options.grace() : Duration.ZERO);
    }

    private static void goodbye(ServerConnection server, String runner, Instance instance) throws InterruptedException {
        try {
            server.call(
                    runner,
                    "goodbye",
                    new GoodbyeRequest(instance.id(), instance.boot()),
                    JsonNode.class,
                    Duration.ofSeconds(5));
        } catch (RuntimeException e) {
            log.warn("the server does not hear the goodbye: {}", e.getMessage());
        }
    }

    private ProcessReport report(Instance instance, AbilityWatch abilities, int running, boolean draining) {
        ExecutorChoice.Ability ability = abilities.now();
        return new ProcessReport(
                Wire.VERSION,
                instance.id(),
                instance.boot(),
                host(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                version,
                options.labels(),
                options.concurrency(),
                running,
                draining,
                Map.of(
                        "tool_manager", new ComponentReport(version, ability.problem(), ability.details()),
                        "agent_manager", new ComponentReport(version, "", Map.of())),
                List.of(Archives.CAPABILITY));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
