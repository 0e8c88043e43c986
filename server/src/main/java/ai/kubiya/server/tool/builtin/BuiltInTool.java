package ai.kubiya.server.tool.builtin;

import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.model.ModelTool;
import ai.kubiya.server.tool.definition.Argument;
import ai.kubiya.server.tool.definition.ArgumentSchema;
import java.util.List;
import java.util.Optional;

/**
 * A tool that the platform brings.
 *
 * @param name begins with {@value #PREFIX}
 * @param description for the model
 * @param guard says what people should agree to first
 */
public record BuiltInTool(String name, String description, List<Argument> args, Guard guard, Action action) {
    public static final String PREFIX = "kubiya_";

    public BuiltInTool {
        args = List.copyOf(args);
    }

    /** One that nobody has to agree to. */
    public BuiltInTool(String name, String description, List<Argument> args, Action action) {
        this(name, description, args, (_, _) -> Optional.empty(), action);
    }

    public ModelTool forModel() {
        return new ModelTool(name, description, ArgumentSchema.of(args));
    }

    /** Looks at a call before it is done. */
    @FunctionalInterface
    public interface Guard {
        /**
         * What is to be agreed to, for people, the first line alone being enough; empty when nobody needs to. A rule of the
         * agent counts in any case.
         *
         * @throws ToolFailed when it would fail anyhow
         */
        Optional<String> toBeApproved(PlatformApi api, CallArguments arguments) throws ToolFailed, InterruptedException;
    }

    /** What a tool does. */
    @FunctionalInterface
    public interface Action {
        /**
         * Does it.
         *
         * @param arguments checked
         * @param cancellation what takes long has to end soon after it is cancelled
         * @return what the model reads
         */
        String run(PlatformApi api, CallArguments arguments, Cancellation cancellation)
                throws ToolFailed, InterruptedException;
    }
}
