package io.fincore.workflows.bank;

/**
 * A callback of the bank, persisted by the API before it was acknowledged.
 *
 * @param eventId the bank's id of the event; the same event may be delivered more than once
 */
public record BankReport(String eventId, BankAnswer answer) {}
