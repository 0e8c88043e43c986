package ai.kubiya.runner.template;

import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.template.script.OtherScript;
import ai.kubiya.runner.template.script.PythonScript;
import ai.kubiya.runner.template.script.Script;
import ai.kubiya.runner.template.script.ShellScript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The language that a tool's content is written in, which decides how values are quoted. */
public enum Language {
    /** Some shell of the Bourne family: only what they agree on is relied upon. */
    SHELL,
    BASH,
    PYTHON,
    /** Anything else: only plain values can be put into it. */
    OTHER;

    /**
     * The language of a run. Must agree with what starts the content: the entry point, else the {@code #!} line (which
     * counts only as the very first characters, as for the system), else the type.
     */
    public static Language of(ToolRun run) {
        return of(run.type(), run.entrypoint(), run.content());
    }

    public static Language of(String type, List<String> entrypoint, String content) {
        Language byLine = ofFirstLine(content);
        if (!entrypoint.isEmpty()) {
            // The last word that is no option is what gets the script; an unknown one may do anything with it.
            for (String word : entrypoint.reversed()) {
                if (!word.startsWith("-")) {
                    Language language = ofProgram(word);
                    return language == null ? OTHER : language;
                }
            }
            return OTHER;
        }
        Language byType = type.equals("python") ? PYTHON : SHELL;
        if (byLine == null || byLine == byType) {
            return byType;
        }
        if (content.startsWith("#!")) {
            return byLine;
        }
        // Blank before "#!": the system does not honour it, another starter might. Be right for both.
        return byType == SHELL && byLine == BASH ? SHELL : OTHER;
    }

    private static @Nullable Language ofFirstLine(String content) {
        String line = content.stripLeading().lines().findFirst().orElse("");
        if (!line.startsWith("#!")) {
            return null;
        }
        for (String word : line.substring(2).strip().split("\\s+")) {
            if (!word.startsWith("-") && !word.contains("=") && !word.endsWith("/env")) {
                Language language = ofProgram(word);
                // "busybox sh" names the shell second.
                if (language != null) {
                    return language;
                }
                if (!word.endsWith("busybox")) {
                    return OTHER;
                }
            }
        }
        return OTHER;
    }

    private static @Nullable Language ofProgram(String word) {
        String base = word.substring(word.lastIndexOf('/') + 1);
        return switch (base) {
            case "bash" -> BASH;
            case "sh", "dash", "ash", "ksh", "mksh" -> SHELL;
            case "zsh", "fish", "node", "nodejs", "deno", "bun", "ruby", "perl", "php", "lua", "pwsh", "Rscript" ->
                OTHER;
            default -> base.matches("python[0-9.]*") ? PYTHON : null;
        };
    }

    Script script() {
        return switch (this) {
            case SHELL -> new ShellScript(false);
            case BASH -> new ShellScript(true);
            case PYTHON -> new PythonScript();
            case OTHER -> new OtherScript();
        };
    }
}
