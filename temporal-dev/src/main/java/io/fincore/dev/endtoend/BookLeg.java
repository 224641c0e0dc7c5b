package io.fincore.dev.endtoend;

/**
 * One wallet's side of a booked transaction: as a client was told of it, or as it stands in the book.
 *
 * @param side {@code debit} or {@code credit}
 * @param amount in cents, as the balances
 */
record BookLeg(String wallet, String transaction, String side, long amount, long before, long after) {}
