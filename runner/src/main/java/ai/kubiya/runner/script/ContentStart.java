package ai.kubiya.runner.script;

import ai.kubiya.protocol.ToolRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the content of a run is started: by its entrypoint, else by the interpreter of its {@code #!} line, else by
 * python3 for python tools, else by a shell: bash where there is one, because most such scripts take it for granted.
 *
 * @param content the rendered content, which is the file {@code tool} in {@code place}
 * @param place the folder, as the tool sees it, that holds {@code tool}, {@code on_start} and {@code start}
 */
public record ContentStart(ToolRun run, String content, String place) {

    /** The command to start where the programs are known before. */
    public List<String> command(Programs programs) throws MissingProgramException {
        List<String> direct = direct(programs);
        if (run.onStart() == null) {
            return direct;
        }
        return List.of(shell(programs), place + "/start");
    }

    /** The script {@code start} for {@link #command}: what runs before the content, then the content. */
    public String script(Programs programs) throws MissingProgramException {
        return "#!/bin/sh\n" + onStart(shell(programs)) + "exec " + Quoting.words(direct(programs)) + "\n";
    }

    /** The script {@code start} for a place whose programs are not known before, such as an image. */
    public String searchingScript() {
        String shell = "\"$(command -v bash || echo /bin/sh)\"";
        return "#!/bin/sh\n" + onStart(shell) + searching(shell);
    }

    private String searching(String shell) {
        String tool = Quoting.word(place + "/tool");
        if (!run.entrypoint().isEmpty()) {
            return "exec " + Quoting.words(withEntrypoint()) + "\n";
        }
        Optional<Shebang> shebang = Shebang.of(content);
        if (shebang.isPresent()) {
            String program = shebang.get().program();
            return orSay(program, "the tool's first line names " + program + ", which is not in the image") + "exec "
                    + tool + "\n";
        }
        if (run.type().equals("python")) {
            return orSay("python3", "a python tool needs python3, which is not in the image") + "exec python3 " + tool
                    + "\n";
        }
        return "exec " + shell + " " + tool + "\n";
    }

    private List<String> direct(Programs programs) throws MissingProgramException {
        String tool = place + "/tool";
        if (!run.entrypoint().isEmpty()) {
            require(programs, run.entrypoint().getFirst(), "the tool's entrypoint names it");
            return withEntrypoint();
        }
        Optional<Shebang> shebang = Shebang.of(content);
        if (shebang.isPresent()) {
            require(programs, shebang.get().program(), "the tool's first line names it");
            return List.of(tool);
        }
        if (run.type().equals("python")) {
            require(programs, "python3", "python tools need it");
            return List.of("python3", tool);
        }
        return List.of(shell(programs), tool);
    }

    private List<String> withEntrypoint() {
        List<String> command = new ArrayList<>(run.entrypoint());
        command.add(command.getLast().equals("-c") ? content : place + "/tool");
        return command;
    }

    private String onStart(String shell) {
        return run.onStart() == null ? "" : shell + " " + Quoting.word(place + "/on_start") + """
                 || { code=$?; echo "the script before the start ended with exit code $code" >&2; exit $code; }
                """;
    }

    private static String shell(Programs programs) throws MissingProgramException {
        Optional<String> shell =
                programs.find("bash").or(() -> programs.find("sh")).map(Object::toString);
        return shell.orElseThrow(() -> new MissingProgramException("there is no shell: neither bash nor sh is found"));
    }

    private static void require(Programs programs, String name, String why) throws MissingProgramException {
        // A path may come into being with the run's own files and volumes; it is tried when the tool starts.
        boolean known = !name.contains("/") || name.startsWith("/usr/") || name.startsWith("/bin/");
        if (known && programs.find(name).isEmpty()) {
            throw new MissingProgramException("the program " + name + " is not here; " + why);
        }
    }

    private static String orSay(String program, String message) {
        return "command -v " + Quoting.word(program) + " >/dev/null || { echo " + Quoting.word(message)
                + " >&2; exit 127; }\n";
    }
}
