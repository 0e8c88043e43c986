package ai.kubiya.server.execution;

import java.util.Locale;

/** What runs. The wire name is the lower-case name. */
public enum Kind {
    /** One run of a tool; never run again by itself, because it may have had effects. */
    TOOL(false),
    /** One turn of a conversation; durable step by step, so another process goes on where it stood. */
    AGENT_TURN(true),
    /** A workflow; its steps are executions of their own, so another process goes on at the step where it stood. */
    WORKFLOW(true),
    /** One step of a workflow that the server does by itself, such as a request; never done again by itself. */
    STEP(false),
    /** A plan or an apply of a project; who keeps the project decides what becomes of one that was lost. */
    TERRAFORM(false);

    private final boolean resumable;

    Kind(boolean resumable) {
        this.resumable = resumable;
    }

    /** Whether a started one may be handed out again after its runner died. */
    public boolean isResumable() {
        return resumable;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Kind ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
