package ai.kubiya.server.source.discovery;

/** A file could not be understood. Never leaves the package: it becomes a {@link DiscoveryError} or nothing. */
final class ToolFileException extends Exception {

    private final String type;
    private final String text;

    ToolFileException(String type, String text) {
        super(text);
        this.type = type;
        this.text = text;
    }

    String type() {
        return type;
    }

    String text() {
        return text;
    }
}
