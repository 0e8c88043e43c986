package ai.kubiya.server.agent.chat.loop;

import java.nio.charset.StandardCharsets;

/** Puts what a tool did into words for the model. */
public final class ToolText {
    private ToolText() {}

    /** The end of the output, where errors are, and a sentence before it unless all went well. */
    public static String of(ToolOutcome outcome, int longestOutput) {
        String output = outcome.content().isEmpty() ? "(no output)" : end(outcome.content(), longestOutput);
        String sentence = switch (outcome.status()) {
            case COMPLETED -> "";
            case FAILED ->
                outcome.exitCode() == null
                        ? "The tool failed."
                        : "The tool failed with exit code %d.".formatted(outcome.exitCode());
            case CANCELLED -> "The tool was cancelled before it was through; a part of it may have happened.";
            case TIMED_OUT -> "The tool ran into its time limit; a part of it may have happened.";
            case LOST ->
                "The connection to this execution was lost: it may or may not have happened."
                        + " Find out before you do it again.";
        };
        String message = outcome.message() == null ? "" : " " + outcome.message();
        return sentence.isEmpty() ? output : sentence + message + "\n" + output;
    }

    /** The last bytes of a text, whole characters only. */
    static String end(String text, int longest) {
        int total = text.getBytes(StandardCharsets.UTF_8).length;
        if (total <= longest) {
            return text;
        }
        int start = text.length();
        int kept = 0;
        while (start > 0) {
            int character = text.codePointBefore(start);
            int size = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (kept + size > longest) {
                break;
            }
            kept += size;
            start -= Character.charCount(character);
        }
        return "[The first %d of %d bytes are cut; this is the end.]\n".formatted(total - kept, total)
                + text.substring(start);
    }

    /** Marks a result as what it is. A tool that prints the closing mark itself does not get out of the frame. */
    static String framed(String toolName, String content) {
        return "<tool_output tool=\"%s\">\n%s\n</tool_output>"
                .formatted(toolName.replace("\"", ""), content.replace("</tool_output", "<\\/tool_output"));
    }
}
