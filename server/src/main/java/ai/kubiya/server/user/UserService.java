package ai.kubiya.server.user;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Creates, reads, changes and removes users. */
public final class UserService {
    private final Database database;
    private final UserStore store = new UserStore();
    private final GroupStore groups = new GroupStore();
    private final PeopleChanges changes;
    private final AuditLog audit;
    private final Clock clock;

    public UserService(Database database, IdentityChanges identities, AuditLog audit, Clock clock) {
        this.database = database;
        this.changes = new PeopleChanges(identities);
        this.audit = audit;
        this.clock = clock;
    }

    /** In the order in which they came. */
    public Page<User> list(Caller caller, @Nullable String email, @Nullable Boolean active, Page.Range range) {
        UserStore.Filter filter = new UserStore.Filter(email, active, null);
        return database.read(transaction -> store.list(transaction, caller.organizationId(), filter, range));
    }

    public User self(Caller caller) {
        return get(caller, caller.userId().toString());
    }

    public User get(Caller caller, String idOrEmail) {
        return database.read(transaction -> get(transaction, caller, idOrEmail));
    }

    User get(Transaction transaction, Caller caller, String idOrEmail) {
        return find(transaction, caller, idOrEmail).orElseThrow(() -> ApiException.notFound("user", idOrEmail));
    }

    /** As {@link #get(Caller, String)} within a transaction; empty when there is no such user. */
    public Optional<User> find(Transaction transaction, Caller caller, String idOrEmail) {
        return Uuids.parse(idOrEmail)
                .map(id -> store.find(transaction, caller.organizationId(), id))
                .orElseGet(() -> store.findByEmail(transaction, caller.organizationId(), idOrEmail));
    }

    /** The caller with the e-mail and the groups of now; empty when the user was disabled or removed since. */
    public Optional<Caller> current(Caller caller) {
        return database.read(transaction -> store.current(transaction, caller));
    }

    /**
     * Creates a user.
     *
     * @throws ApiException 400 naming every field that is wrong, 409 when the e-mail is taken
     */
    public User create(Caller caller, ObjectNode body, boolean strict) {
        return changes.change(caller, transaction -> {
            JsonFields fields = new JsonFields(body);
            UserDefinition definition = UserDefinition.of(fields);
            Set<UUID> wanted = groups(transaction, caller, definition, fields);
            fields.check(strict);
            requireFree(transaction, caller, definition.email(), null);
            Instant now = clock.instant();
            UUID id = Uuids.next(clock);
            store.insert(
                    transaction,
                    new User(
                            id,
                            caller.organizationId(),
                            definition.email(),
                            definition.name(),
                            definition.image(),
                            definition.active(),
                            List.of(),
                            false,
                            now,
                            now,
                            1));
            wanted.forEach(group -> groups.addMember(transaction, caller.organizationId(), group, id));
            audit.add(transaction, caller, entry(id, definition.email(), "create"));
            return get(transaction, caller, id.toString());
        });
    }

    /** The groups that a user is to be in: those that are named, and Users. */
    private Set<UUID> groups(Transaction transaction, Caller caller, UserDefinition definition, JsonFields fields) {
        Set<UUID> found = new HashSet<>();
        found.add(groups.system(transaction, caller.organizationId(), Group.Kind.USERS));
        for (int i = 0; i < definition.groups().size(); i++) {
            String name = definition.groups().get(i);
            Optional<Group> group = Uuids.parse(name)
                    .map(id -> groups.find(transaction, caller.organizationId(), id))
                    .orElseGet(() -> groups.findByName(transaction, caller.organizationId(), name));
            if (group.isPresent()) {
                found.add(group.get().id());
            } else {
                fields.problem("/groups/" + i, "there is no group \"" + name + "\"");
            }
        }
        return found;
    }

    private void requireFree(Transaction transaction, Caller caller, String email, @Nullable UUID own) {
        Optional<User> holder = store.findByEmail(transaction, caller.organizationId(), email);
        if (holder.isPresent() && !holder.get().id().equals(own)) {
            throw ApiException.conflict("The user " + holder.get().id() + " of your organisation has the e-mail \""
                    + holder.get().email() + "\" already.");
        }
    }

    /**
     * Changes a user. One who is disabled is refused everywhere from now on.
     *
     * @param known what the client knew of the user
     * @param change makes the new fields of the stored ones
     */
    public User update(
            Caller caller, String idOrEmail, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        return changes.change(caller, transaction -> {
            User current = get(transaction, caller, idOrEmail);
            known.check(current.id(), current.version());
            JsonFields fields = new JsonFields(change.apply(UserDefinition.toJson(current)));
            UserDefinition definition = UserDefinition.of(fields);
            Set<UUID> wanted = groups(transaction, caller, definition, fields);
            fields.check(strict);
            requireFree(transaction, caller, definition.email(), current.id());
            store.update(transaction, caller.organizationId(), current.id(), definition, clock.instant());
            setGroups(transaction, current, wanted);
            audit.add(transaction, caller, entry(current.id(), definition.email(), "update"));
            return get(transaction, caller, current.id().toString());
        });
    }

    private void setGroups(Transaction transaction, User user, Set<UUID> wanted) {
        List<UUID> left = new ArrayList<>(user.groups());
        left.removeAll(wanted);
        left.forEach(group -> groups.removeMember(transaction, user.organizationId(), group, user.id()));
        wanted.forEach(group -> groups.addMember(transaction, user.organizationId(), group, user.id()));
    }

    /** Removes a user: all that the user did stays, the keys stop, and the e-mail is free for another one. */
    public void remove(Caller caller, String idOrEmail, Precondition known) {
        changes.change(caller, transaction -> {
            User user = get(transaction, caller, idOrEmail);
            known.check(user.id(), user.version());
            store.remove(transaction, caller.organizationId(), user.id(), clock.instant());
            groups.removeFromAll(transaction, caller.organizationId(), user.id());
            audit.add(transaction, caller, entry(user.id(), user.email(), "delete"));
            return user;
        });
    }

    private static AuditEntry entry(UUID id, String email, String action) {
        return AuditEntry.of("users", "user", email, action).with("id", id);
    }
}
