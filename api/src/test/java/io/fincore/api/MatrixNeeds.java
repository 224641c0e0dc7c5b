package io.fincore.api;

/**
 * What the committed description says that an operation needs.
 *
 * @param scope empty for one that takes no token
 * @param role empty if any will do
 */
record MatrixNeeds(String scope, String role) {}
