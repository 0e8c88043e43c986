package ai.kubiya.server.execution;

import java.util.UUID;

/** Names of what can be waited for. */
final class Topics {
    private Topics() {}

    /** Events of one execution. */
    static String events(UUID execution) {
        return "x:" + execution;
    }

    /** New work of a kind for a runner. */
    static String queue(Kind kind, String runner) {
        return "q:" + kind.wireName() + ":" + runner;
    }

    /** A cancellation was asked for; the payload names the execution. */
    static String cancellation(UUID execution) {
        return "c:" + execution;
    }
}
