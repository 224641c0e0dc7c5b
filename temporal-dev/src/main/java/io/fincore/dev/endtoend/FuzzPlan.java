package io.fincore.dev.endtoend;

/**
 * @param leastRequests fewer requests than these are no test
 * @param examplesPerOperation the most requests that are drawn for one operation in each phase
 * @param seed has the same requests drawn again
 */
record FuzzPlan(int leastRequests, int examplesPerOperation, long seed) {

    static FuzzPlan full(int examplesPerOperation, long seed) {
        return new FuzzPlan(2_000, examplesPerOperation, seed);
    }

    /** The same requests each time: new ones are for the long run. */
    static FuzzPlan smoke() {
        return new FuzzPlan(300, 3, 1);
    }
}
