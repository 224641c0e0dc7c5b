package io.fincore.workflows.activation;

/** @param eventId the provider's own name for the callback, by which a repeated one is known */
public record KycReport(String eventId, KycAnswer answer) {}
