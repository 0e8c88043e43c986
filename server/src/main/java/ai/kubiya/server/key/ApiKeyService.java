package ai.kubiya.server.key;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.user.IdentityChanges;
import ai.kubiya.server.user.User;
import ai.kubiya.server.user.UserService;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes, reads, changes and revokes keys. Users look after their own, administrators after all of the organisation's. A
 * key passes on no more than it has: neither scopes, nor a longer life, nor higher limits.
 */
public final class ApiKeyService {
    private static final List<String> STATUSES = List.of("active", "expired", "revoked", "all");

    private final Database database;
    private final ApiKeyStore store = new ApiKeyStore();
    private final UserService users;
    private final IdentityChanges identities;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random;

    public ApiKeyService(
            Database database,
            UserService users,
            IdentityChanges identities,
            AuditLog audit,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.users = users;
        this.identities = identities;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /** A key that was just made, with its text, which nobody sees again. */
    record Made(ApiKey key, NewKey secret) {}

    /**
     * The caller's keys, an administrator's list everybody's.
     *
     * @param status null = all but revoked ones
     * @param user id or e-mail; null = all that the caller may see
     */
    Page<ApiKey> list(Caller caller, @Nullable String status, @Nullable String user, Page.Range range) {
        if (status != null && !STATUSES.contains(status)) {
            throw ApiException.invalid(
                    "status", "must be one of " + String.join(", ", STATUSES) + ", got \"" + status + "\"");
        }
        UUID wanted = user == null ? null : users.get(caller, user).id();
        if (!isAdmin(caller)) {
            if (wanted != null && !wanted.equals(caller.userId())) {
                throw needsAdmin("sees the keys of other users");
            }
            wanted = caller.userId();
        }
        ApiKeyStore.Filter filter = new ApiKeyStore.Filter(status, wanted, clock.instant());
        return database.read(transaction -> store.list(transaction, caller.organizationId(), filter, range));
    }

    ApiKey get(Caller caller, UUID id) {
        return database.read(transaction -> get(transaction, caller, id));
    }

    /** The key that the caller uses. */
    ApiKey own(Caller caller) {
        return get(caller, caller.keyId());
    }

    /** Others' keys do not exist for those who may not look after them. */
    private ApiKey get(Transaction transaction, Caller caller, UUID id) {
        return store.find(transaction, caller.organizationId(), id)
                .filter(key -> isAdmin(caller) || key.owner().id().equals(caller.userId()))
                .orElseThrow(() -> ApiException.notFound("key", id));
    }

    private static boolean isAdmin(Caller caller) {
        return caller.may(Scope.ADMIN);
    }

    /**
     * Makes a key.
     *
     * @throws ApiException 400 naming every field that is wrong, 403 when the calling key does not have what it gives
     */
    Made create(Caller caller, ObjectNode body, boolean strict) {
        JsonFields fields = new JsonFields(body);
        KeyDefinition asked = KeyDefinition.of(fields);
        Optional<String> userName = fields.text("user_id", 254).filter(text -> !text.isBlank());
        requireFuture(asked.expiresAt(), fields);
        return database.inTransaction(transaction -> {
            Optional<User> user = users.find(
                    transaction, caller, userName.orElse(caller.userId().toString()));
            if (user.isEmpty()) {
                fields.problem("/user_id", "there is no user \"" + userName.orElse("") + "\"");
            }
            fields.check(strict);
            User owner = user.orElseThrow();
            KeyDefinition granted = granted(caller, asked, stillGood(transaction, caller), owner);
            UUID id = Uuids.next(clock);
            NewKey secret = NewKey.random(random);
            store.insert(transaction, id, owner.id(), granted, secret, caller.email(), clock.instant());
            ApiKey key = store.find(transaction, caller.organizationId(), id).orElseThrow();
            audit.add(transaction, caller, entry(key, "create").with("prefix", key.prefix()));
            return new Made(key, secret);
        });
    }

    /** The calling key as it is now: it may have been revoked since the request began. */
    private ApiKey stillGood(Transaction transaction, Caller caller) {
        return store.find(transaction, caller.organizationId(), caller.keyId())
                .filter(key -> key.status(clock.instant()).equals("active"))
                .orElseThrow(
                        () -> ApiException.of(ErrorCode.INVALID_API_KEY, "This API key was revoked or has expired."));
    }

    /** What is asked for with what the calling key gives by itself, when it may give all that. */
    private KeyDefinition granted(Caller caller, KeyDefinition asked, ApiKey calling, User owner) {
        if (!isAdmin(caller)) {
            if (!owner.id().equals(caller.userId())) {
                throw needsAdmin("makes keys for other users");
            }
            if (!asked.limits().equals(KeyLimits.AS_SET)) {
                throw needsAdmin("sets limits");
            }
        }
        Set<Scope> scopes = asked.scopes().isEmpty() ? caller.scopes() : asked.scopes();
        requireHeld(caller, scopes);
        if (scopes.contains(Scope.ADMIN) && !owner.administrator()) {
            throw ApiException.invalid(
                    "/scopes",
                    owner.email() + " is not an administrator, so this user's keys cannot have the scope admin; name"
                            + " other scopes, or add the user to the group Admin first");
        }
        Instant expiresAt = asked.expiresAt() == null ? calling.expiresAt() : asked.expiresAt();
        requireNoLonger(expiresAt, calling);
        return asked.with(scopes, expiresAt, isAdmin(caller) ? asked.limits() : caller.limits());
    }

    private void requireFuture(@Nullable Instant expiresAt, JsonFields fields) {
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            fields.problem("/expires_at", "must be in the future; DELETE revokes a key");
        }
    }

    private static void requireHeld(Caller caller, Set<Scope> scopes) {
        String missing = scopes.stream()
                .filter(scope -> !scope.isGrantedBy(caller.scopes()))
                .sorted()
                .map(Scope::wireName)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw ApiException.of(
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "The key \"" + caller.keyName() + "\" lacks " + missing
                            + ", and a key passes on only what it has.");
        }
    }

    private static void requireNoLonger(@Nullable Instant expiresAt, ApiKey calling) {
        Instant own = calling.expiresAt();
        if (own != null && (expiresAt == null || expiresAt.isAfter(own))) {
            throw ApiException.of(
                    ErrorCode.ACCESS_DENIED,
                    "The key \"" + calling.name() + "\" expires at " + own
                            + " and cannot give a key a longer life than its own.");
        }
    }

    private static ApiException needsAdmin(String what) {
        return ApiException.of(ErrorCode.INSUFFICIENT_SCOPE, "Only a key with the scope admin " + what + ".");
    }

    /**
     * Changes a key.
     *
     * @param known what the client knew of it
     * @param change makes the new fields of the stored ones
     * @throws ApiException 403 when it would get more than the calling key has, 409 when it is revoked
     */
    ApiKey update(Caller caller, UUID id, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        return identities.change(caller.organizationId(), transaction -> {
            store.lock(transaction, caller.organizationId(), id);
            ApiKey current = get(transaction, caller, id);
            known.check(id, current.version());
            if (current.revokedAt() != null) {
                throw ApiException.conflict("The key \"" + current.name() + "\" was revoked; make a new one.");
            }
            String owner = current.owner().id().toString();
            JsonFields fields =
                    new JsonFields(change.apply(KeyDefinition.toJson(current).put("user_id", owner)));
            KeyDefinition asked = KeyDefinition.of(fields);
            if (!fields.text("user_id", 254, owner).equalsIgnoreCase(owner)) {
                fields.problem("/user_id", "cannot be changed; make a key for that user and revoke this one");
            }
            if (asked.scopes().isEmpty() && !current.scopes().isEmpty()) {
                fields.problem("/scopes", "must name at least one scope; DELETE takes all of them away");
            }
            if (!Objects.equals(asked.expiresAt(), current.expiresAt())) {
                requireFuture(asked.expiresAt(), fields);
            }
            fields.check(strict);
            requireMayGive(caller, current, asked, stillGood(transaction, caller));
            store.update(transaction, caller.organizationId(), id, asked, clock.instant());
            audit.add(transaction, caller, entry(current, "update"));
            return get(transaction, caller, id);
        });
    }

    private static void requireMayGive(Caller caller, ApiKey current, KeyDefinition asked, ApiKey calling) {
        if (!isAdmin(caller) && !asked.limits().equals(current.limits())) {
            throw needsAdmin("sets limits");
        }
        Set<Scope> more = asked.scopes().stream()
                .filter(scope -> !scope.isGrantedBy(current.scopes()))
                .collect(Collectors.toSet());
        requireHeld(caller, more);
        if (isLater(asked.expiresAt(), current.expiresAt())) {
            // A longer life for a key is as good as a new key.
            requireHeld(caller, asked.scopes());
            requireNoLonger(asked.expiresAt(), calling);
        }
    }

    private static boolean isLater(@Nullable Instant expiresAt, @Nullable Instant before) {
        return before != null && (expiresAt == null || expiresAt.isAfter(before));
    }

    /** Revokes a key: no request that comes after this is answered with it, by any server. Twice does no harm. */
    void revoke(Caller caller, UUID id, Precondition known) {
        identities.change(caller.organizationId(), transaction -> {
            store.lock(transaction, caller.organizationId(), id);
            ApiKey key = get(transaction, caller, id);
            known.check(id, key.version());
            if (key.revokedAt() == null) {
                store.revoke(transaction, caller.organizationId(), id, clock.instant());
                audit.add(transaction, caller, entry(key, "delete"));
            }
            return key;
        });
    }

    private static AuditEntry entry(ApiKey key, String action) {
        return AuditEntry.of("keys", "api_key", key.name(), action)
                .with("id", key.id())
                .with("user", key.owner().email())
                .with(
                        "scopes",
                        key.scopes().stream().sorted().map(Scope::wireName).collect(Collectors.joining(" ")));
    }
}
