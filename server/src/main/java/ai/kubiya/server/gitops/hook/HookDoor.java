package ai.kubiya.server.gitops.hook;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.gitops.event.GitHost;
import ai.kubiya.server.gitops.event.Posted;
import ai.kubiya.server.gitops.event.Signature;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.user.UserService;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lets in who has the secret of a hook, and knows in whose name a hook acts. */
public final class HookDoor {
    private static final int LONGEST_TOKEN = 100;

    private final Database database;
    private final GitHookStore store = new GitHookStore();
    private final UserService users;
    private final HookSecrets secrets;
    private final int eventsPerMinute;
    private final Clock clock;

    /**
     * The door.
     *
     * @param eventsPerMinute that a hook takes; 0 = any number
     */
    public HookDoor(Database database, UserService users, HookSecrets secrets, int eventsPerMinute, Clock clock) {
        this.database = database;
        this.users = users;
        this.secrets = secrets;
        this.eventsPerMinute = eventsPerMinute;
        this.clock = clock;
    }

    /**
     * Lets an event in.
     *
     * @param token that the url holds
     * @throws ApiException 404 when there is no such hook, 429 when it was called too often, 401 when the signature does
     *     not fit, 409 when it is switched off
     */
    public KnownHook admit(String token, Posted posted) {
        Optional<GitHook> found = token.length() > LONGEST_TOKEN
                ? Optional.empty()
                : database.read(transaction -> store.findByToken(transaction, HookSecrets.hash(token)));
        GitHook hook =
                found.orElseThrow(() -> ApiException.of(ErrorCode.NOT_FOUND, "There is no hook at this address."));
        limit(hook);
        @Nullable
        String secret = secrets.open(
                hook.organizationId(),
                hook.id(),
                HookSecrets.SECRET,
                sealed(hook.organizationId(), hook.id()).secret());
        if (secret == null || !Signature.fits(hook.definition().provider(), secret, posted)) {
            throw ApiException.of(ErrorCode.AUTH_REQUIRED, "The event is not signed as it must be.");
        }
        if (!hook.definition().enabled()) {
            throw ApiException.conflict("The hook is switched off.");
        }
        return known(hook);
    }

    private GitHookStore.Sealed sealed(UUID organizationId, UUID id) {
        return database.read(transaction -> store.sealed(transaction, organizationId, id));
    }

    private void limit(GitHook hook) {
        if (eventsPerMinute == 0) {
            return;
        }
        Instant now = clock.instant();
        long minute = now.getEpochSecond() / 60;
        int count = database.inTransaction(
                transaction -> store.count(transaction, hook.organizationId(), hook.id(), minute));
        if (count > eventsPerMinute) {
            throw ApiException.rateLimited(
                    "The hook has taken the " + eventsPerMinute + " events that it takes in a minute.",
                    60 - now.getEpochSecond() % 60,
                    Map.of());
        }
    }

    /** A hook by its id; empty when it was removed. */
    public Optional<KnownHook> find(UUID organizationId, UUID id) {
        return database.read(transaction -> store.find(transaction, organizationId, id))
                .map(this::known);
    }

    private KnownHook known(GitHook hook) {
        GitHookDefinition definition = hook.definition();
        return new KnownHook(
                hook.id(),
                hook.organizationId(),
                definition.name(),
                definition.provider(),
                definition.repositoryUrl(),
                definition.enabled(),
                owner(hook));
    }

    /** With the scopes that acting on events needs, whatever keys the user has. */
    private Optional<Caller> owner(GitHook hook) {
        String organization = database.read(transaction -> store.organizationName(transaction, hook.organizationId()));
        return users.current(new Caller(
                hook.organizationId(),
                organization,
                hook.ownerId(),
                hook.owner(),
                hook.id(),
                "git hook " + hook.definition().name(),
                Set.of(Scope.PROJECTS_READ, Scope.PROJECTS_WRITE),
                Set.of(),
                KeyLimits.AS_SET,
                new Origin("gitops", "")));
    }

    /** How the hook's host is spoken to; empty when nobody gave a token. */
    public Optional<HostAccount> account(KnownHook hook) {
        Optional<GitHook> found =
                database.read(transaction -> store.find(transaction, hook.organizationId(), hook.id()));
        @Nullable
        String token = secrets.open(
                hook.organizationId(),
                hook.id(),
                HookSecrets.API_TOKEN,
                sealed(hook.organizationId(), hook.id()).apiToken());
        if (found.isEmpty() || token == null) {
            return Optional.empty();
        }
        String own = found.get().definition().apiUrl();
        return Optional.of(new HostAccount(own.isEmpty() ? publicApi(hook.host()) : own, token));
    }

    private static String publicApi(GitHost host) {
        return host == GitHost.GITLAB ? "https://gitlab.com/api/v4" : "https://api.github.com";
    }
}
