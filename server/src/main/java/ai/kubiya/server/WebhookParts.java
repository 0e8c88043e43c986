package ai.kubiya.server;

import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.agent.chat.SessionService;
import ai.kubiya.server.agent.chat.TurnFollower;
import ai.kubiya.server.config.Setting;
import ai.kubiya.server.event.EventConsumer;
import ai.kubiya.server.event.EventRetention;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.limit.RequestLimits;
import ai.kubiya.server.outbound.CallLimits;
import ai.kubiya.server.outbound.OutboundHttp;
import ai.kubiya.server.user.UserService;
import ai.kubiya.server.webhook.DeliveryRoutes;
import ai.kubiya.server.webhook.ReceivedEventRoutes;
import ai.kubiya.server.webhook.WebhookRoutes;
import ai.kubiya.server.webhook.WebhookTestRoutes;
import ai.kubiya.server.webhook.definition.Webhooks;
import ai.kubiya.server.webhook.delivery.Cargo;
import ai.kubiya.server.webhook.delivery.Carrier;
import ai.kubiya.server.webhook.delivery.Deliveries;
import ai.kubiya.server.webhook.delivery.DeliveryWork;
import ai.kubiya.server.webhook.delivery.DeliveryWorker;
import ai.kubiya.server.webhook.incoming.EventBell;
import ai.kubiya.server.webhook.incoming.EventEnd;
import ai.kubiya.server.webhook.incoming.EventStart;
import ai.kubiya.server.webhook.incoming.EventStarter;
import ai.kubiya.server.webhook.incoming.HookRoutes;
import ai.kubiya.server.webhook.incoming.ReceivedEvents;
import ai.kubiya.server.webhook.incoming.Reception;
import ai.kubiya.server.webhook.incoming.answer.Accounts;
import ai.kubiya.server.webhook.incoming.answer.AnswerCarrier;
import ai.kubiya.server.webhook.incoming.answer.SlackPost;
import ai.kubiya.server.webhook.incoming.answer.TeamsPost;
import ai.kubiya.server.webhook.incoming.answer.UrlPost;
import ai.kubiya.server.webhook.incoming.sender.SignatureCheck;
import ai.kubiya.server.webhook.incoming.work.AgentWork;
import ai.kubiya.server.webhook.incoming.work.Work;
import ai.kubiya.server.webhook.incoming.work.WorkflowWork;
import ai.kubiya.server.webhook.outgoing.EventCarrier;
import ai.kubiya.server.webhook.outgoing.FanOut;
import ai.kubiya.server.webhook.outgoing.TestEvents;
import ai.kubiya.server.workflow.WorkflowService;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Webhooks in both directions, wired. */
final class WebhookParts {
    private final Foundation foundation;
    private final DeliveryWork work;
    private final DeliveryWorker worker;
    private final EventConsumer subscribers;
    private final EventConsumer answers;
    private final EventStarter starter;
    private final List<Routes> routes;

    /** What incoming webhooks start, and in whose name. */
    record Starts(
            UserService users,
            AgentService agents,
            SessionService sessions,
            TurnFollower turns,
            ExecutionService executions,
            WorkflowService workflows) {}

    WebhookParts(
            Foundation foundation, Starts starts, Accounts accounts, RequestLimits limits, Supplier<String> publicUrl)
            throws IOException {
        this.foundation = foundation;
        String userAgent = "Kubiya-Webhooks/" + Server.version();
        OutboundHttp http = foundation.closing.add(
                new OutboundHttp(foundation.settings.flag(Setting.ALLOW_INTERNAL_WEBHOOKS), CallLimits.USUAL));
        Work startable = new Work(
                starts.agents(),
                starts.executions(),
                List.of(
                        new AgentWork(starts.sessions(), starts.turns()),
                        new WorkflowWork(starts.workflows(), starts.executions(), foundation.database)));
        Webhooks webhooks = new Webhooks(
                foundation.database,
                new Webhooks.Keys(foundation.vault, foundation.random),
                http,
                startable,
                publicUrl,
                foundation.audit,
                foundation.clock);
        Deliveries deliveries =
                new Deliveries(foundation.database, foundation.bell, foundation.audit, foundation.clock);

        EventBell bell = new EventBell(foundation.bell);
        ReceivedEvents events =
                new ReceivedEvents(foundation.database, startable, bell, foundation.audit, foundation.clock);
        Reception reception = new Reception(
                foundation.database,
                webhooks,
                new SignatureCheck(foundation.clock),
                limits,
                bell,
                foundation.settings.number(Setting.WEBHOOK_RATE_LIMIT_PER_MINUTE),
                foundation.clock);
        EventEnd ends = new EventEnd(webhooks, deliveries, bell, foundation.clock);
        EventStart start = new EventStart(
                foundation.database, webhooks, starts.users(), startable, ends, foundation.audit, foundation.clock);
        starter = new EventStarter(start, bell);

        AnswerCarrier answerCarrier = new AnswerCarrier(
                events,
                (organization, id) ->
                        foundation.database.read(transaction -> webhooks.find(transaction, organization, id)),
                new SlackPost(accounts, http),
                new TeamsPost(accounts, http),
                new UrlPost(http, userAgent));
        Map<Cargo, Carrier> carriers = Map.of(
                Cargo.EVENT,
                new EventCarrier(webhooks, http, userAgent, foundation.clock),
                Cargo.ANSWER,
                answerCarrier);
        work = new DeliveryWork(
                foundation.database,
                deliveries,
                webhooks,
                carriers,
                foundation.directory.nodeName(),
                foundation.random,
                foundation.clock);
        worker = new DeliveryWorker(work, deliveries, foundation.clock);
        subscribers = new EventConsumer(
                foundation.database, foundation.signals, FanOut.CONSUMER, new FanOut(webhooks, deliveries));
        answers = new EventConsumer(foundation.database, foundation.signals, EventEnd.CONSUMER, ends);
        keepHouse(events);
        routes = List.of(
                new WebhookRoutes(webhooks),
                new DeliveryRoutes(webhooks, deliveries),
                new ReceivedEventRoutes(webhooks, events),
                new WebhookTestRoutes(
                        webhooks, new TestEvents(work, foundation.audit, foundation.clock), events, start),
                new HookRoutes(reception, events));
    }

    private void keepHouse(ReceivedEvents events) {
        Duration kept = Duration.ofDays(foundation.settings.number(Setting.EVENT_RETENTION_DAYS));
        EventRetention retention = new EventRetention(foundation.database, kept, foundation.clock);
        foundation.housekeeping.every(Duration.ofHours(1), "forgetting old events", () -> {
            retention.forgetOld();
            work.forgetOld(kept);
            events.forgetOld(kept);
        });
        foundation.housekeeping.every(Duration.ofMinutes(1), "giving up deliveries", work::giveUpExpired);
    }

    /** To be called before anything new comes in. */
    void start() {
        work.takeBackOwn();
        foundation.closing.add(subscribers.start());
        foundation.closing.add(answers.start());
        foundation.closing.add(starter.start());
        foundation.closing.add(worker.start());
    }

    List<Routes> routes() {
        return routes;
    }
}
