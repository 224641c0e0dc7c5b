package io.fincore.dev.benchmark;

/** What is measured. */
interface Subject {

    /** As it stands in the table. */
    String name();

    /**
     * Makes one, and returns when it is accepted.
     *
     * @param client number of the client that makes it, from 0
     * @return the id of its workflow
     */
    String make(int client);
}
