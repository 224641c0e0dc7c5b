package io.fincore.workflows.compliance;

/**
 * What somebody found out about a case.
 *
 * @param id {@code note_…}
 */
public record CaseNote(String id, String author, String text) {}
