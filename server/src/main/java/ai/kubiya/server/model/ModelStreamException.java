package ai.kubiya.server.model;

/** A provider that answered 200 and reported its failure inside the stream. */
final class ModelStreamException extends RuntimeException {
    private final String type;

    ModelStreamException(String type, String message) {
        super(message);
        this.type = type;
    }

    /** The provider's own word, such as {@code overloaded_error}; empty when it gives none. */
    String type() {
        return type;
    }
}
