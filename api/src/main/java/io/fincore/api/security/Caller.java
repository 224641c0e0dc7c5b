package io.fincore.api.security;

/**
 * Who sent the request, from the verified token.
 *
 * @param tenant the {@code tenant} claim
 * @param principal the {@code sub} claim; owns what it creates
 */
public record Caller(String tenant, String principal) {}
