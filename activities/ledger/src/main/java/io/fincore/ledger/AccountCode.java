package io.fincore.ledger;

/** The chart of accounts; types, sides and guards stand in the table {@code ledger.chart_of_accounts}. */
public enum AccountCode {
    /** Liability: what we owe a customer. Never overdrawn. */
    CUSTOMER_WALLET,
    /** Asset: our money at the bank. */
    NOSTRO,
    /** Liability: under way through the bank, zero when all is settled. */
    BANK_CLEARING,
    /** Liability: received, but not yet known for whom. */
    SUSPENSE,
    /** Equity: what was there when the book was opened. */
    OPENING
}
