package io.fincore.customers;

/** What is known of a customer's identity. */
public enum CustomerStatus {
    UNVERIFIED,
    VERIFIED,
    REJECTED,
    /** The person was forgotten: name and address are no longer anybody's. */
    ERASED
}
