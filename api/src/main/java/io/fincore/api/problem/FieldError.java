package io.fincore.api.problem;

/**
 * One mistake in a request.
 *
 * @param pointer JSON pointer into the body (RFC 6901), or the name of a query parameter
 */
public record FieldError(String pointer, String detail) {}
