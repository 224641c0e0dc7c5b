package io.fincore.dev.simulator;

/** Where an order stands in the book; each provider has its own words for it. */
enum Status {
    /** Taken on, not decided. */
    OPEN,
    /** Executed, approved, sent. */
    DONE,
    REFUSED,
    /** Left to the platform's own people; a bank and a postman leave nothing to others. */
    REFERRED
}
