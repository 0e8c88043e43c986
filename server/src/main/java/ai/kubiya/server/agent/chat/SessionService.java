package ai.kubiya.server.agent.chat;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.approval.ApprovalSubject;
import ai.kubiya.server.approval.Approvals;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.ConversationAccess;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.NewExecution;
import ai.kubiya.server.execution.NewExecution.Cause;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelUnavailable;
import ai.kubiya.server.model.ModelUsage;
import ai.kubiya.server.model.organization.OrganizationModels;
import ai.kubiya.server.policy.Policies;
import ai.kubiya.server.policy.PolicyPoint;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps conversations and begins turns in them. */
public final class SessionService implements ConversationAccess {
    /** The queue that turns are taken from: they run in the server, not on a runner. */
    public static final String QUEUE = "server";

    private static final int LONGEST_TITLE = 80;
    private static final int RETRY_SECONDS = 60;

    private final Database database;
    private final SessionStore store = new SessionStore();
    private final AgentService agents;
    private final ExecutionService executions;
    private final OrganizationModels models;
    private final Policies policies;
    private final Approvals approvals;
    private final AuditLog audit;
    private final Clock clock;

    public SessionService(
            Database database,
            AgentService agents,
            ExecutionService executions,
            OrganizationModels models,
            Policies policies,
            Approvals approvals,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.agents = agents;
        this.executions = executions;
        this.models = models;
        this.policies = policies;
        this.approvals = approvals;
        this.audit = audit;
        this.clock = clock;
    }

    /** Begins an empty conversation. */
    public Session create(Caller caller, String agentName, String title) {
        Agent agent = agents.get(caller, agentName);
        AgentAccess.require(agent, caller);
        return database.inTransaction(transaction -> {
            UUID id = Uuids.next(clock);
            store.insert(transaction, id, owner(caller), agent, title.strip(), null, clock.instant());
            audit.add(transaction, caller, entry(agent, id, "create"));
            return get(transaction, caller, id);
        });
    }

    /** Of what is said, nothing: messages are the session's, and may hold what the trail must not. */
    private static AuditEntry entry(Agent agent, UUID session, String action) {
        return AuditEntry.of("agents", "session", agent.name(), action)
                .under(agent.name())
                .with("agent_id", agent.id())
                .with("session_id", session);
    }

    private static SessionStore.Owner owner(Caller caller) {
        return new SessionStore.Owner(caller.organizationId(), caller.userId(), caller.email());
    }

    /** @throws ApiException 403 when it is not open to the caller */
    public Session get(Caller caller, UUID id) {
        return database.read(transaction -> get(transaction, caller, id));
    }

    private Session get(Transaction transaction, Caller caller, UUID id) {
        Session session = store.find(transaction, caller.organizationId(), id)
                .orElseThrow(() -> ApiException.notFound("session", id));
        if (!isOpenTo(transaction, caller, session)) {
            throw ApiException.of(
                    ErrorCode.ACCESS_DENIED,
                    "The session " + id + " is open to " + session.userEmail() + ", to those whom its agent \""
                            + session.agentName() + "\" talks to, and to administrators.");
        }
        return session;
    }

    /**
     * Its own user's always; administrators' always; otherwise those whom its agent talks to. Nobody else's when
     * the agent is gone, or when there were several: then nobody knows any more whom all of it was meant for.
     */
    private boolean isOpenTo(Transaction transaction, Caller caller, Session session) {
        UUID agent = session.agentId();
        return session.userId().equals(caller.userId())
                || caller.may(Scope.ADMIN)
                || (!session.severalAgents()
                        && agent != null
                        && agents.find(transaction, caller.organizationId(), agent)
                                .filter(found -> AgentAccess.allows(found, caller))
                                .isPresent());
    }

    @Override
    public boolean isOpenTo(Caller caller, UUID session) {
        return database.read(transaction -> store.find(transaction, caller.organizationId(), session)
                .filter(found -> isOpenTo(transaction, caller, found))
                .isPresent());
    }

    @Override
    public List<UUID> closedAgents(Caller caller) {
        return agents.closedTo(caller);
    }

    /** Those that are open to the caller, newest first. */
    public Page<Session> list(Caller caller, @Nullable String agent, Page.Range range) {
        SessionStore.Filter filter = caller.may(Scope.ADMIN)
                ? new SessionStore.Filter(agent, null, List.of())
                : new SessionStore.Filter(agent, caller.userId(), agents.closedTo(caller));
        return database.read(transaction -> store.list(transaction, caller.organizationId(), filter, range));
    }

    /** Oldest first. */
    public Page<SessionMessage> messages(Caller caller, UUID id, Page.Range range) {
        return database.read(transaction ->
                store.messages(transaction, get(transaction, caller, id).id(), range));
    }

    /** The current turn, or the last one. */
    public Optional<Execution> turn(Session session) {
        return Optional.ofNullable(session.turnId()).flatMap(turn -> executions.find(session.organizationId(), turn));
    }

    /** A turn by its execution's id. */
    public Execution turn(Caller caller, UUID id) {
        return executions.get(caller, id);
    }

    /** What a turn answers. */
    public String question(Execution turn) {
        long seq = TurnSpec.of(turn).messageSeq();
        List<SessionMessage> last = database.read(transaction -> store.upTo(transaction, sessionOf(turn), seq, 1));
        return last.size() == 1 && last.getFirst().message() instanceof ModelMessage.User user ? user.text() : "";
    }

    /** Cancels the current turn; a session that has none stays as it is. */
    public Session cancel(Caller caller, UUID id) {
        UUID turn = get(caller, id).turnId();
        if (turn != null) {
            var _ = executions.cancelIfAny(caller, turn);
        }
        return get(caller, id);
    }

    /**
     * Says something. Once this returns, the turn will be taken to its end, whether or not somebody listens.
     *
     * @return the turn's execution, with its session
     * @throws ApiException 403 when the agent does not talk to the caller or a policy refuses the message, 503 when no model
     *     is configured, 409 while a turn is going on; nothing is stored then
     */
    public Execution say(Caller caller, NewTurn input) {
        Execution turn = database.inTransaction(prepare(caller, input, Cause.REQUEST, List.of()));
        executions.started(turn);
        return turn;
    }

    /**
     * As {@link #say} in a transaction of the caller's: what can be refused is refused now, and what is returned begins the
     * turn. {@link ExecutionService#started} must follow it.
     *
     * @param cause what begins it, if no user does
     * @param approvals who has to agree before the agent hears of it
     */
    public Function<Transaction, Execution> prepare(
            Caller caller, NewTurn input, Cause cause, List<ApprovalRule> approvals) {
        Agent agent = agents.get(caller, input.agent());
        AgentAccess.require(agent, caller);
        policies.check(caller, PolicyPoint.CHAT, () -> policyInput(agent, input));
        requireModel(agent);
        return transaction -> {
            Execution turn = begin(transaction, caller, agent, input, cause, !approvals.isEmpty());
            ApprovalSubject subject =
                    new ApprovalSubject("agent", agent.name(), Json.object().put("prompt", input.message()));
            this.approvals.request(transaction, caller, turn, subject, approvals);
            return turn;
        };
    }

    /** Of the conversation only what comes with the request: the rest was asked about when it was said. */
    private static ObjectNode policyInput(Agent agent, NewTurn input) {
        ObjectNode json = Json.object().put("message", input.message());
        json.putObject("agent")
                .put("id", agent.id().toString())
                .put("name", agent.name())
                .set("tags", Json.array(agent.definition().tags()));
        ObjectNode session = json.putObject("session").put("id", input.sessionId());
        session.set("instructions", Json.array(input.instructions()));
        ArrayNode history = session.putArray("history");
        input.history().forEach(message -> {
            ObjectNode said = history.addObject();
            switch (message) {
                case ModelMessage.User user -> said.put("role", "user").put("content", user.text());
                case ModelMessage.Assistant assistant ->
                    said.put("role", "assistant").put("content", assistant.text());
                case ModelMessage.ToolResult result -> said.put("role", "tool").put("content", result.content());
                case ModelMessage.SystemPrompt prompt ->
                    said.put("role", "system").put("content", prompt.text());
            }
        });
        return json;
    }

    /** As {@link #say(Caller, NewTurn)}, to an agent by its id, as part of a transaction of the caller's. */
    public Execution say(Transaction transaction, Caller caller, UUID agentId, NewTurn input) {
        Agent agent = agents.find(transaction, caller.organizationId(), agentId)
                .orElseThrow(() -> ApiException.notFound("agent", agentId));
        AgentAccess.require(agent, caller);
        policies.check(caller, PolicyPoint.CHAT, () -> policyInput(agent, input));
        requireModel(agent);
        Execution turn = begin(transaction, caller, agent, input, Cause.REQUEST, false);
        transaction.afterCommit(() -> executions.started(turn));
        return turn;
    }

    /** Refusing at once is kinder than a turn that fails. */
    private void requireModel(Agent agent) {
        try {
            models.get(agent.organizationId(), agent.definition().model());
        } catch (ModelUnavailable e) {
            String sentence = String.valueOf(e.getMessage());
            throw switch (e.reason()) {
                case NOT_CONFIGURED -> ApiException.unavailable(sentence, RETRY_SECONDS);
                case UNKNOWN_MODEL ->
                    ApiException.invalid("/llm_model", "the agent's model is not available: " + sentence);
            };
        }
    }

    private Execution begin(
            Transaction transaction, Caller caller, Agent agent, NewTurn input, Cause cause, boolean waits) {
        Instant now = clock.instant();
        UUID id = session(transaction, caller, agent, input);
        store.lock(transaction, id);
        Session session = get(transaction, caller, id);
        if (session.busy()) {
            throw ApiException.conflict("The session " + id + " is busy with the turn " + session.turnId()
                    + ". Wait for its end, cancel it with POST /v1/sessions/" + id
                    + "/cancel, or use another session.");
        }
        if (!input.ownSessionIds() && !agent.id().equals(session.agentId())) {
            throw ApiException.invalid(
                    "/session_id",
                    "this is a session with the agent \"" + session.agentName() + "\"; begin another one");
        }
        List<SessionMessages.NewMessage> messages = new ArrayList<>();
        input.history().forEach(message -> messages.add(message(message)));
        messages.add(message(new ModelMessage.User(input.message())));
        long last = store.reserve(transaction, id, messages.size(), now);
        TurnSpec spec = new TurnSpec(caller, agent.id(), last, input.instructions());
        NewExecution execution =
                new NewExecution(Kind.AGENT_TURN, agent.name(), QUEUE, spec.toJson(), id).because(cause);
        Execution turn = executions.start(transaction, caller, waits ? execution.waiting() : execution);
        long first = last - messages.size() + 1;
        store.insertMessages(transaction, id, first, null, messages.subList(0, messages.size() - 1), now);
        store.insertMessages(transaction, id, last, turn.id(), List.of(messages.getLast()), now);
        store.beginTurn(transaction, id, turn.id(), agent, title(input.message()));
        audit.add(
                transaction,
                caller,
                entry(agent, id, "sent").with("id", turn.id()).with("is_user_message", true));
        return turn;
    }

    private SessionMessages.NewMessage message(ModelMessage message) {
        return new SessionMessages.NewMessage("msg_" + Uuids.next(clock), message, ModelUsage.NONE);
    }

    private UUID session(Transaction transaction, Caller caller, Agent agent, NewTurn input) {
        String wanted = input.sessionId();
        if (wanted == null || wanted.isBlank()) {
            UUID id = Uuids.next(clock);
            store.insert(transaction, id, owner(caller), agent, "", null, clock.instant());
            return id;
        }
        Optional<UUID> id = Uuids.parse(wanted);
        if (!input.ownSessionIds()) {
            UUID known = id.orElseThrow(() -> ApiException.notFound("session", wanted));
            return get(transaction, caller, known).id();
        }
        // A client's own id is taken when it can be. One that is no uuid, or that another organisation has, is a name
        // for a session with an id of ours; the client may use either from then on.
        if (id.isPresent()) {
            boolean inserted = store.insert(transaction, id.get(), owner(caller), agent, "", null, clock.instant());
            if (inserted
                    || store.find(transaction, caller.organizationId(), id.get())
                            .isPresent()) {
                return get(transaction, caller, id.get()).id();
            }
        }
        store.insert(transaction, Uuids.next(clock), owner(caller), agent, "", wanted, clock.instant());
        UUID named = store.findByClientId(transaction, caller.organizationId(), wanted)
                .orElseThrow();
        return get(transaction, caller, named).id();
    }

    private static String title(String message) {
        String line = message.strip().lines().findFirst().orElse("").strip();
        if (line.length() <= LONGEST_TITLE) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LONGEST_TITLE - 2)) ? LONGEST_TITLE - 2 : LONGEST_TITLE - 1;
        return line.substring(0, end) + "…";
    }

    /** The session of an execution that is a turn. */
    public static UUID sessionOf(Execution turn) {
        UUID session = turn.sessionId();
        if (session == null) {
            throw new IllegalArgumentException("not a turn: " + turn.id());
        }
        return session;
    }
}
