package io.fincore.workflows.repair;

/**
 * A second person's consent.
 *
 * @param interventionId {@code int_…}, requested before
 * @param actor the approver's principal, who is not the one that requested it
 */
public record InterventionApproval(String interventionId, String actor) {}
