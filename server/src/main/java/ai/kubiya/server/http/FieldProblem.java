package ai.kubiya.server.http;

/**
 * One thing wrong with a request body.
 *
 * @param field JSON pointer of the value, or the name of a query parameter or header
 */
public record FieldProblem(String field, String message) {}
