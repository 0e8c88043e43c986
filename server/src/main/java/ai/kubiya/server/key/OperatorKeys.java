package ai.kubiya.server.key;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.signal.Bell;
import ai.kubiya.server.signal.Signals;
import ai.kubiya.server.user.Organizations;
import ai.kubiya.server.user.User;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keys that are made without a key: by the first start, and by the operator on the server itself. */
public final class OperatorKeys {
    /** The e-mail of an administrator for whom none was given. */
    public static final String DEFAULT_EMAIL = "admin@localhost";

    private static final String FIRST_ORGANIZATION = "default";

    private final Database database;
    private final ApiKeyStore store = new ApiKeyStore();
    private final Organizations organizations;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random;

    public OperatorKeys(Database database, Clock clock, SecureRandom random) {
        this.database = database;
        this.organizations = new Organizations(clock);
        this.audit = new AuditLog(database, new Bell(new Signals(), true), clock);
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes organisation, user and admin key where the database has none.
     *
     * @return the key's text, to be shown once; empty when this is not the first start
     */
    public Optional<String> firstStart() {
        return database.inTransaction(transaction -> organizations.isFirst(transaction)
                ? Optional.of(newOrganization(transaction, FIRST_ORGANIZATION, DEFAULT_EMAIL, "first key"))
                : Optional.<String>empty());
    }

    /**
     * Makes an organisation with its first administrator.
     *
     * @return the administrator's key, to be shown once
     * @throws ApiException when the name is taken or of no use
     */
    public String newOrganization(String name, String email) {
        return database.inTransaction(transaction -> newOrganization(transaction, name, email, "first key"));
    }

    private String newOrganization(Transaction transaction, String name, String email, String keyName) {
        User administrator = organizations.create(transaction, name, email);
        return newKey(transaction, administrator, keyName, AuditEntry.of("keys", "organization", name, "create"));
    }

    /**
     * Another admin key for the administrator who has been there longest: the way back in for those who lost theirs.
     *
     * @param organization a name; empty = the first organisation
     * @return the key, to be shown once; empty when there is no such organisation, or no user yet
     */
    public Optional<String> newAdminKey(String organization, String name) {
        return database.inTransaction(transaction -> organizations
                .firstAdministrator(transaction, organization)
                .map(user -> newKey(transaction, user, name, AuditEntry.of("keys", "api_key", name, "create"))));
    }

    private String newKey(Transaction transaction, User user, String name, AuditEntry entry) {
        UUID id = Uuids.next(clock);
        NewKey key = NewKey.random(random);
        store.insert(transaction, id, user.id(), KeyDefinition.forOperator(name), key, user.email(), clock.instant());
        Caller operator = new Caller(
                user.organizationId(),
                "",
                user.id(),
                user.email(),
                id,
                "the operator",
                Set.of(Scope.ADMIN),
                Set.of(),
                KeyLimits.AS_SET,
                new Origin("", ""));
        audit.add(transaction, operator, entry.with("id", id));
        return key.text();
    }
}
