package ai.kubiya.server.user;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Creates, reads, changes and removes groups, and puts users into them. */
public final class GroupService {
    private static final List<String> READ_ONLY =
            List.of("id", "uuid", "system", "roles", "create_at", "created_at", "updated_at");

    private final Database database;
    private final GroupStore store = new GroupStore();
    private final UserStore users = new UserStore();
    private final UserService userService;
    private final PeopleChanges changes;
    private final AuditLog audit;
    private final Clock clock;

    public GroupService(
            Database database, UserService userService, IdentityChanges identities, AuditLog audit, Clock clock) {
        this.database = database;
        this.userService = userService;
        this.changes = new PeopleChanges(identities);
        this.audit = audit;
        this.clock = clock;
    }

    /** What a client may say about a group. */
    private record Definition(String name, String description) {
        static Definition of(JsonFields fields) {
            fields.ignore(READ_ONLY);
            String name = fields.requiredText("name", 100).strip();
            if (Uuids.parse(name).isPresent()) {
                fields.problem("/name", "must not look like an id, because groups are found by either");
            }
            if (name.chars().anyMatch(Character::isISOControl)) {
                fields.problem("/name", "must not contain control characters");
            }
            return new Definition(name, fields.text("description", 2000, ""));
        }
    }

    public Page<Group> list(Caller caller, Page.Range range) {
        return database.read(transaction -> store.list(transaction, caller.organizationId(), range));
    }

    public Group get(Caller caller, String idOrName) {
        return database.read(transaction -> get(transaction, caller, idOrName));
    }

    private Group get(Transaction transaction, Caller caller, String idOrName) {
        return find(transaction, caller, idOrName).orElseThrow(() -> ApiException.notFound("group", idOrName));
    }

    /** As {@link #get(Caller, String)} within a transaction; empty when there is no such group. */
    public Optional<Group> find(Transaction transaction, Caller caller, String idOrName) {
        return Uuids.parse(idOrName)
                .map(id -> store.find(transaction, caller.organizationId(), id))
                .orElseGet(() -> store.findByName(transaction, caller.organizationId(), idOrName));
    }

    public Page<User> members(Caller caller, String idOrName, Page.Range range) {
        return database.read(transaction -> users.list(
                transaction,
                caller.organizationId(),
                UserStore.Filter.inGroup(get(transaction, caller, idOrName).id()),
                range));
    }

    public Group create(Caller caller, ObjectNode body, boolean strict) {
        JsonFields fields = new JsonFields(body);
        Definition definition = Definition.of(fields);
        fields.check(strict);
        return changes.change(caller, transaction -> {
            requireFree(transaction, caller, definition.name(), null);
            Instant now = clock.instant();
            Group group = new Group(Uuids.next(clock), definition.name(), definition.description(), null, now, now, 1);
            store.insert(transaction, caller.organizationId(), group);
            audit.add(transaction, caller, entry(group, "create"));
            return group;
        });
    }

    private void requireFree(Transaction transaction, Caller caller, String name, @Nullable UUID own) {
        Optional<Group> holder = store.findByName(transaction, caller.organizationId(), name);
        if (holder.isPresent() && !holder.get().id().equals(own)) {
            throw ApiException.conflict("The group " + holder.get().id() + " of your organisation is called \""
                    + holder.get().name() + "\" already.");
        }
    }

    /**
     * Changes a group.
     *
     * @param known what the client knew of it
     * @param change makes the new fields of the stored ones
     */
    public Group update(
            Caller caller, String idOrName, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        return changes.change(caller, transaction -> {
            Group current = get(transaction, caller, idOrName);
            known.check(current.id(), current.version());
            JsonFields fields = new JsonFields(
                    change.apply(Json.object().put("name", current.name()).put("description", current.description())));
            Definition definition = Definition.of(fields);
            fields.check(strict);
            if (!definition.name().equals(current.name())) {
                requireMade(current, "keeps its name");
                requireFree(transaction, caller, definition.name(), current.id());
            }
            store.update(
                    transaction,
                    caller.organizationId(),
                    current.id(),
                    definition.name(),
                    definition.description(),
                    clock.instant());
            audit.add(transaction, caller, entry(current, "update"));
            return get(transaction, caller, current.id().toString());
        });
    }

    private static void requireMade(Group group, String rule) {
        if (group.system() != null) {
            throw ApiException.conflict(
                    "The group \"" + group.name() + "\" belongs to every organisation and " + rule + ".");
        }
    }

    public void delete(Caller caller, String idOrName, Precondition known) {
        changes.change(caller, transaction -> {
            Group group = get(transaction, caller, idOrName);
            known.check(group.id(), group.version());
            requireMade(group, "cannot be deleted");
            List<UUID> members = store.members(transaction, caller.organizationId(), group.id());
            store.delete(transaction, caller.organizationId(), group.id());
            users.touch(transaction, caller.organizationId(), members, clock.instant());
            audit.add(transaction, caller, entry(group, "delete"));
            return group;
        });
    }

    /** Puts a user into a group; one who is in it already stays. */
    public Group addMember(Caller caller, String group, String user) {
        return changes.change(caller, transaction -> {
            Group known = get(transaction, caller, group);
            User member = userService.get(transaction, caller, user);
            if (store.addMember(transaction, caller.organizationId(), known.id(), member.id())) {
                users.touch(transaction, caller.organizationId(), List.of(member.id()), clock.instant());
                audit.add(transaction, caller, entry(known, "add_member").with("user", member.email()));
            }
            return known;
        });
    }

    /** @throws ApiException 404 when the user is not in the group, 409 for the group that holds everybody */
    public void removeMember(Caller caller, String group, String user) {
        changes.change(caller, transaction -> {
            Group known = get(transaction, caller, group);
            User member = userService.get(transaction, caller, user);
            if (known.is(Group.Kind.USERS)) {
                throw ApiException.conflict("Everybody in the organisation is in the group \"" + known.name()
                        + "\". Disable or delete the user instead.");
            }
            if (!store.removeMember(transaction, caller.organizationId(), known.id(), member.id())) {
                throw ApiException.notFound("member of the group " + known.name(), user);
            }
            users.touch(transaction, caller.organizationId(), List.of(member.id()), clock.instant());
            audit.add(transaction, caller, entry(known, "remove_member").with("user", member.email()));
            return known;
        });
    }

    private static AuditEntry entry(Group group, String action) {
        return AuditEntry.of("groups", "group", group.name(), action).with("id", group.id());
    }
}
