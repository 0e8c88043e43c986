package ai.kubiya.server.user;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes of one organisation's users and groups: one after another, and none takes its last administrator away. */
final class PeopleChanges {
    private final IdentityChanges identities;
    private final OrganizationStore organizations = new OrganizationStore();
    private final UserStore users = new UserStore();

    PeopleChanges(IdentityChanges identities) {
        this.identities = identities;
    }

    /** @throws ApiException 409 when nobody would be left who may manage the organisation */
    <T extends @Nullable Object> T change(Caller caller, Function<Transaction, T> work) {
        return identities.change(caller.organizationId(), transaction -> {
            organizations.lock(transaction, caller.organizationId());
            long before = users.activeAdministrators(transaction, caller.organizationId());
            T result = work.apply(transaction);
            if (before > 0 && users.activeAdministrators(transaction, caller.organizationId()) == 0) {
                throw ApiException.conflict("This is the organisation's last active administrator. Add another active"
                        + " user to the group Admin first.");
            }
            return result;
        });
    }
}
