package ai.kubiya.server.gitops.delivery;

import java.util.UUID;

/** What a timer is set for, so that also its statements name the organisation. */
record JobId(UUID organizationId, UUID id) {
    @Override
    public String toString() {
        return organizationId + "/" + id;
    }

    static JobId of(String text) {
        int slash = text.indexOf('/');
        return new JobId(UUID.fromString(text.substring(0, slash)), UUID.fromString(text.substring(slash + 1)));
    }
}
