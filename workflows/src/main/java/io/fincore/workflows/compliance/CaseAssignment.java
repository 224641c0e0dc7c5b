package io.fincore.workflows.compliance;

/**
 * Who shall look at a case.
 *
 * @param id names this assignment: taken again under the same id, it changes nothing
 * @param assignee a principal, not the payment's creator
 * @param actor who says so
 */
public record CaseAssignment(String id, String assignee, String actor) {}
