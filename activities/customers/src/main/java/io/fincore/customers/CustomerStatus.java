package io.fincore.customers;

/** What is known of a customer's identity. */
public enum CustomerStatus {
    UNVERIFIED,
    VERIFIED,
    REJECTED
}
