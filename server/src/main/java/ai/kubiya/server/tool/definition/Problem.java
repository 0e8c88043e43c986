package ai.kubiya.server.tool.definition;

/**
 * One thing that is wrong with a definition or with the arguments of a call.
 *
 * @param pointer where, as a JSON pointer; empty for the whole
 * @param message what is wrong, to stand after the pointer
 */
public record Problem(String pointer, String message) {

    @Override
    public String toString() {
        return pointer.isEmpty() ? message : pointer + " " + message;
    }
}
