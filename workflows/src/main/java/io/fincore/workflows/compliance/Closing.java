package io.fincore.workflows.compliance;

/** A decision that waits to be recorded. */
record Closing(CaseVerdict verdict, String actor, String note) {

    private static final String SYSTEM = "system";
    private static final String NOBODY_CAME = "Nobody resolved the case before its deadline.";

    static Closing of(CaseResolution resolution) {
        return new Closing(
                resolution.approve() ? CaseVerdict.APPROVED : CaseVerdict.REJECTED,
                resolution.resolver(),
                resolution.note());
    }

    static Closing of(CaseOrder.Rejection rejection) {
        return new Closing(CaseVerdict.REJECTED, rejection.actor(), rejection.note());
    }

    static Closing of(CaseStart.Decided decided) {
        return new Closing(decided.verdict(), decided.actor(), decided.note());
    }

    static Closing withdrawn(String actor) {
        return new Closing(CaseVerdict.WITHDRAWN, actor, "The payment was cancelled.");
    }

    static Closing expired() {
        return new Closing(CaseVerdict.EXPIRED, SYSTEM, NOBODY_CAME);
    }

    /** Why the payment is rejected, in words that tell of no suspicion: what an officer noted may be a crime to hand on. */
    String forClients() {
        return verdict == CaseVerdict.EXPIRED ? NOBODY_CAME : "The payment was not approved.";
    }
}
