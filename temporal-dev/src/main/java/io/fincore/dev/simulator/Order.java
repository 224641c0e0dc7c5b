package io.fincore.dev.simulator;

/**
 * What a provider is asked to do: once, however often it is asked. Two orders with the same id are the same order if they are
 * equal.
 */
sealed interface Order permits Transfer, Return, Check, Notice {

    /** The idempotency key; ids of one kind of order are not those of another. */
    String id();
}
