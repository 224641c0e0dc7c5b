package io.fincore.workflows.compliance;

/**
 * An officer's decision.
 *
 * @param resolver the principal who decides
 * @param approve whether the payment may go on
 */
public record CaseResolution(String resolver, boolean approve, String note) {}
