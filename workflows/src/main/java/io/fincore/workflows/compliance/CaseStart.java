package io.fincore.workflows.compliance;

/**
 * Where a run of a case begins.
 *
 * @param round 1, or more if the case was opened again
 */
public record CaseStart(int round, CaseTerms terms) {}
