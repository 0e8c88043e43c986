package ai.kubiya.runner.template.script;

import java.util.List;

/** A script being written. Text of the author and values arrive in the order in which they stand in the script. */
public sealed interface Script permits ShellScript, PythonScript, OtherScript, PlainText {

    /** Adds text that the author wrote; it may be any part of the language's syntax. */
    void literal(String text) throws Refused;

    /** Adds a value as data of the place where the text so far ends. */
    void value(Value value) throws Refused;

    /** Ends the script and returns it whole. */
    String finish() throws Refused;

    /** How long the script is so far, for limits; may be a little less than what {@link #finish} returns. */
    int length();

    /** Places where a value meets something that evaluates it again. */
    default List<String> warnings() {
        return List.of();
    }
}
