package io.fincore.api;

/**
 * What the committed description says that an operation needs.
 *
 * @param scope empty for one that takes no token
 * @param role empty if any will do
 * @param key whether it does nothing without an Idempotency-Key
 */
record MatrixNeeds(String scope, String role, boolean key) {}
