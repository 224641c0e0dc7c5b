package io.fincore.workflows;

/** The task queues of the fleet. A queue is a unit of scaling: it has slots of its own in each worker. */
public final class TaskQueues {

    /** Workflows, their local activities, and every step inside our own database. */
    public static final String PAYMENTS = "payments";

    /** Calls to the bank; few slots, so that a slow bank holds up nothing else. */
    public static final String BANK = "bank";

    /** Calls to the provider that checks customers. */
    public static final String KYC = "kyc";

    /** Checks of the whole book, which take long and must keep no payment waiting. */
    public static final String CHECKS = "checks";

    /** Deliveries to clients' endpoints, workflows and calls: whatever those endpoints do, no payment waits. */
    public static final String WEBHOOKS = "webhooks";

    private TaskQueues() {}
}
