package ai.kubiya.server.gitops.hook;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.crypto.SealedColumn;
import ai.kubiya.server.crypto.SealedColumn.Loss;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.outbound.OutboundHttp;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Creates, reads, changes and removes hooks. */
public final class GitHooks {
    public static final List<SealedColumn> SEALED = List.of(
            new SealedColumn("gitops_hook", "token", "urls of git hooks", Loss.CLEAR),
            new SealedColumn("gitops_hook", "secret", "secrets of git hooks", Loss.CLEAR),
            new SealedColumn("gitops_hook", "api_token", "tokens of git hosts", Loss.CLEAR));

    private final Database database;
    private final GitHookStore store = new GitHookStore();
    private final HookSecrets secrets;
    private final OutboundHttp http;
    private final Supplier<String> publicUrl;
    private final AuditLog audit;
    private final Clock clock;

    /**
     * The service.
     *
     * @param publicUrl what urls of hooks begin with
     */
    public GitHooks(
            Database database,
            HookSecrets secrets,
            OutboundHttp http,
            Supplier<String> publicUrl,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.http = http;
        this.publicUrl = publicUrl;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A hook with what is shown of its secrets.
     *
     * @param url null when the caller may not see it, or nobody can any more
     * @param secret null when it is not shown now
     */
    record Shown(
            GitHook hook, @Nullable String url, @Nullable String secret) {}

    Page<Shown> list(Caller caller, Page.Range range) {
        return database.read(transaction -> store.list(transaction, caller.organizationId(), range)
                .map(hook -> shown(transaction, caller, hook, null)));
    }

    Shown get(Caller caller, String idOrName) {
        return database.read(transaction -> shown(transaction, caller, get(transaction, caller, idOrName), null));
    }

    private GitHook get(Transaction transaction, Caller caller, String idOrName) {
        return Uuids.parse(idOrName)
                .flatMap(id -> store.find(transaction, caller.organizationId(), id))
                .or(() -> store.findByName(transaction, caller.organizationId(), idOrName))
                .orElseThrow(() -> ApiException.notFound("git hook", idOrName));
    }

    /** The id of a hook that the caller's organisation has. */
    public UUID require(Caller caller, String idOrName) {
        return database.read(transaction -> get(transaction, caller, idOrName)).id();
    }

    private Shown shown(Transaction transaction, Caller caller, GitHook hook, @Nullable String secret) {
        @Nullable
        String token = caller.may(Scope.PROJECTS_WRITE)
                ? open(hook, HookSecrets.TOKEN, sealed(transaction, hook).token())
                : null;
        return new Shown(hook, token == null ? null : publicUrl.get() + "/v1/gitops/" + token, secret);
    }

    private GitHookStore.Sealed sealed(Transaction transaction, GitHook hook) {
        return store.sealed(transaction, hook.organizationId(), hook.id());
    }

    private @Nullable String open(GitHook hook, String what, byte @Nullable [] value) {
        return secrets.open(hook.organizationId(), hook.id(), what, value);
    }

    private byte @Nullable [] seal(GitHook hook, String what, @Nullable String value) {
        return secrets.seal(hook.organizationId(), hook.id(), what, value);
    }

    /**
     * Creates a hook.
     *
     * @throws ApiException 400 naming every field that is wrong, 409 when the name is taken
     */
    Shown create(Caller caller, ObjectNode body, boolean strict) {
        JsonFields fields = new JsonFields(body);
        GitHookDefinition definition = GitHookDefinition.of(fields, http, false);
        fields.check(strict);
        Instant now = clock.instant();
        GitHook hook = new GitHook(
                Uuids.next(clock),
                caller.organizationId(),
                definition,
                definition.apiToken() != null && !definition.apiToken().isEmpty(),
                caller.userId(),
                caller.email(),
                caller.email(),
                caller.email(),
                now,
                now,
                1);
        String token = secrets.make();
        String secret = definition.secret() == null ? secrets.make() : definition.secret();
        return database.inTransaction(transaction -> {
            GitHookStore.Sealed sealed = new GitHookStore.Sealed(
                    seal(hook, HookSecrets.TOKEN, token),
                    seal(hook, HookSecrets.SECRET, secret),
                    seal(hook, HookSecrets.API_TOKEN, definition.apiToken()));
            if (!store.insert(transaction, hook, HookSecrets.hash(token), sealed)) {
                throw taken(definition.name());
            }
            audit.add(transaction, caller, entry(hook, "create"));
            return shown(transaction, caller, hook, secret);
        });
    }

    private static ApiException taken(String name) {
        return ApiException.conflict(
                "There is a git hook \"" + name + "\" already; change it, or choose another name.");
    }

    /**
     * Changes a hook; whoever does so is its owner from then on.
     *
     * @param known what the client knew of it
     * @param change makes the new fields of the stored ones
     */
    Shown update(Caller caller, String idOrName, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        return database.inTransaction(transaction -> {
            GitHook before = locked(transaction, caller, idOrName, known);
            JsonFields fields = new JsonFields(change.apply(before.definition().toJson(before.hasToken())));
            GitHookDefinition definition = GitHookDefinition.of(fields, http, before.hasToken());
            fields.check(strict);
            String name = definition.name();
            if (!name.equals(before.definition().name())
                    && store.findByName(transaction, caller.organizationId(), name)
                            .isPresent()) {
                throw taken(name);
            }
            GitHook after = new GitHook(
                    before.id(),
                    before.organizationId(),
                    definition,
                    before.hasToken(),
                    caller.userId(),
                    caller.email(),
                    before.createdBy(),
                    caller.email(),
                    before.createdAt(),
                    clock.instant(),
                    before.version() + 1);
            GitHookStore.Sealed stored = sealed(transaction, before);
            GitHookStore.Sealed sealed = new GitHookStore.Sealed(
                    stored.token(),
                    definition.secret() == null
                            ? stored.secret()
                            : seal(after, HookSecrets.SECRET, definition.secret()),
                    definition.apiToken() == null
                            ? stored.apiToken()
                            : seal(after, HookSecrets.API_TOKEN, definition.apiToken()));
            store.update(transaction, after, sealed);
            audit.add(transaction, caller, entry(after, "update"));
            return shown(
                    transaction, caller, get(transaction, caller, before.id().toString()), null);
        });
    }

    private GitHook locked(Transaction transaction, Caller caller, String idOrName, Precondition known) {
        UUID id = get(transaction, caller, idOrName).id();
        store.lock(transaction, caller.organizationId(), id);
        GitHook hook = store.find(transaction, caller.organizationId(), id)
                .orElseThrow(() -> ApiException.notFound("git hook", idOrName));
        known.check(id, hook.version());
        return hook;
    }

    /** A new url and a new secret; the old ones are good for nothing from then on. */
    Shown rotate(Caller caller, String idOrName, Precondition known) {
        String token = secrets.make();
        String secret = secrets.make();
        return database.inTransaction(transaction -> {
            GitHook hook = locked(transaction, caller, idOrName, known);
            store.setToken(
                    transaction,
                    hook,
                    HookSecrets.hash(token),
                    Objects.requireNonNull(seal(hook, HookSecrets.TOKEN, token)),
                    Objects.requireNonNull(seal(hook, HookSecrets.SECRET, secret)));
            audit.add(transaction, caller, entry(hook, "rotate"));
            return shown(transaction, caller, get(transaction, caller, hook.id().toString()), secret);
        });
    }

    void delete(Caller caller, String idOrName, Precondition known) {
        database.useTransaction(transaction -> {
            GitHook hook = locked(transaction, caller, idOrName, known);
            store.delete(transaction, hook);
            audit.add(transaction, caller, entry(hook, "delete"));
        });
    }

    private static AuditEntry entry(GitHook hook, String action) {
        return AuditEntry.of("projects", "git_hook", hook.definition().name(), action)
                .with("id", hook.id());
    }
}
