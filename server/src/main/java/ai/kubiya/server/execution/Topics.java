package ai.kubiya.server.execution;

import java.util.UUID;

/** Names of what can be waited for. */
final class Topics {
    static final String CANCELLATION = "c:";

    private Topics() {}

    /** Events of one execution. */
    static String events(UUID execution) {
        return "x:" + execution;
    }

    /** New work of a kind for a runner. */
    static String queue(Kind kind, String runner) {
        return "q:" + kind.wireName() + ":" + runner;
    }

    /** Something is wanted of the processes of a remote runner. */
    static String wishes(UUID organization, String runner) {
        return "w:" + organization + ":" + runner;
    }

    /** A cancellation was asked for; the payload names the execution. */
    static String cancellation(UUID execution) {
        return CANCELLATION + execution;
    }

    /** The execution that a topic of {@link #cancellation} names. */
    static UUID cancelled(String topic) {
        return UUID.fromString(topic.substring(CANCELLATION.length()));
    }
}
