package ai.kubiya.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a command that takes more than settings.
 *
 * @param words those before and between the flags that are no flag's value
 * @param rest the flags that are settings
 */
record OperatorArguments(List<String> words, Map<String, String> own, List<String> rest) {

    /** @param flag the command's own; every other one is a setting. Each has a value: {@code --x value} or {@code --x=value} */
    static OperatorArguments of(List<String> arguments, String flag) {
        List<String> words = new ArrayList<>();
        Map<String, String> own = new HashMap<>();
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                words.add(argument);
            } else if (argument.startsWith(flag + "=")) {
                own.put(flag, argument.substring(flag.length() + 1));
            } else if (argument.equals(flag) && i + 1 < arguments.size()) {
                own.put(flag, arguments.get(++i));
            } else {
                rest.add(argument);
                if (!argument.contains("=") && i + 1 < arguments.size()) {
                    rest.add(arguments.get(++i));
                }
            }
        }
        return new OperatorArguments(List.copyOf(words), Map.copyOf(own), List.copyOf(rest));
    }

    Optional<String> flag(String name) {
        return Optional.ofNullable(own.get(name));
    }
}
