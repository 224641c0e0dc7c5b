package io.fincore.dev.endtoend;

/**
 * How hard a campaign on the book is.
 *
 * @param seed of what the clients order; when PostgreSQL is killed depends on the machine too
 * @param kills of PostgreSQL
 * @param ordersBetween how many orders at least are answered before each kill and after the last
 */
record BookPlan(long seed, int kills, int ordersBetween) {

    static final int CLIENTS = 16;

    /** In seconds. */
    static BookPlan smoke(long seed) {
        return new BookPlan(seed, 3, 100);
    }

    static BookPlan full(int kills, long seed) {
        return new BookPlan(seed, kills, 2_000);
    }
}
