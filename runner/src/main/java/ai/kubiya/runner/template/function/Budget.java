package ai.kubiya.runner.template.function;

import ai.kubiya.runner.template.script.Refused;

/** How much work a template may be: no template of a tool comes near it, and no loop or doubling gets past it. */
public final class Budget {
    static final int LONGEST_VALUE = 4 * 1024 * 1024;
    private static final int STEPS = 500_000;
    private static final long CHARACTERS = 64L * 1024 * 1024;

    private int steps;
    private long characters;

    public void step() throws Refused {
        if (++steps > STEPS) {
            throw new Refused("the template takes too many steps");
        }
    }

    public void characters(long count) throws Refused {
        characters += count;
        if (count > LONGEST_VALUE || characters > CHARACTERS) {
            throw new Refused("the template computes too much text");
        }
    }
}
