package ai.kubiya.server.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The effective settings, checked. {@link SettingsReader} makes them.
 *
 * @param values the text of every setting, for {@code kubiya config}
 * @param origins where each value came from: {@code flag}, {@code environment}, {@code file} or {@code default}
 * @param environment the whole environment, for values that are not settings (the providers' own keys)
 */
public record Settings(Map<Setting, String> values, Map<Setting, String> origins, Map<String, String> environment) {

    public String text(Setting setting) {
        return values.getOrDefault(setting, setting.byDefault());
    }

    public boolean flag(Setting setting) {
        return text(setting).equals("true");
    }

    public int number(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    public String host() {
        return text(Setting.HOST);
    }

    public Path data() {
        String text = text(Setting.DATA);
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        return (text.equals("~") || text.startsWith("~/") ? Path.of(home + text.substring(1)) : Path.of(text))
                .toAbsolutePath()
                .normalize();
    }

    /** The settings of the language model by their variables, the providers' own keys included. */
    public Map<String, String> forModels() {
        Map<String, String> some = new HashMap<>(environment);
        values.forEach((setting, value) -> {
            some.remove(setting.variable());
            if (!value.isEmpty()) {
                some.put(setting.variable(), value);
            }
        });
        return some;
    }

    public List<String> words(Setting setting) {
        return text(setting).isBlank()
                ? List.of()
                : List.of(text(setting).trim().split("\\s+"));
    }
}
