package ai.kubiya.server.user;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Uuids;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes organisations. Only the operator can: no key reaches beyond its own. */
public final class Organizations {
    private static final int LONGEST_NAME = 200;

    private final OrganizationStore store = new OrganizationStore();
    private final UserStore users = new UserStore();
    private final GroupStore groups = new GroupStore();
    private final Clock clock;

    public Organizations(Clock clock) {
        this.clock = clock;
    }

    /** Whether there is none yet; from then on to the end of the transaction nobody else can make the first one. */
    public boolean isFirst(Transaction transaction) {
        store.lockFirstStart(transaction);
        return !store.hasAny(transaction);
    }

    /**
     * Makes an organisation with its groups and its first administrator.
     *
     * @return the administrator
     * @throws ApiException 400 when the name or the e-mail is of no use, 409 when the name is taken
     */
    public User create(Transaction transaction, String name, String email) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.invalid("name", "must have 1 to " + LONGEST_NAME + " printable characters");
        }
        if (!UserDefinition.isEmail(email)) {
            throw ApiException.invalid("email", "must be an e-mail address, got \"" + email + "\"");
        }
        Instant now = clock.instant();
        UUID id = Uuids.next(clock);
        if (!store.insert(transaction, id, name.strip(), now)) {
            throw ApiException.conflict("There is an organisation called \"" + name.strip() + "\" already.");
        }
        Group admins = group("Admin", "May hold keys with the scope admin.", Group.Kind.ADMINS, now);
        Group everybody = group("Users", "Everybody in the organisation.", Group.Kind.USERS, now);
        UUID administrator = Uuids.next(clock);
        users.insert(
                transaction,
                new User(administrator, id, email, "Administrator", "", true, List.of(), true, now, now, 1));
        for (Group group : List.of(admins, everybody)) {
            store(transaction, id, group, administrator);
        }
        return users.find(transaction, id, administrator).orElseThrow();
    }

    private Group group(String name, String description, Group.Kind system, Instant now) {
        return new Group(Uuids.next(clock), name, description, system, now, now, 1);
    }

    private void store(Transaction transaction, UUID organization, Group group, UUID member) {
        groups.insert(transaction, organization, group);
        groups.addMember(transaction, organization, group.id(), member);
    }

    /**
     * The administrator who has been there longest.
     *
     * @param organization a name; empty = the first organisation
     */
    public Optional<User> firstAdministrator(Transaction transaction, String organization) {
        return store.firstAdministrator(transaction, organization)
                .flatMap(found -> users.find(transaction, found.organizationId(), found.userId()));
    }
}
