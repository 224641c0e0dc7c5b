package io.fincore.workflows.compliance;

/** A decision that waits to be recorded. */
record Closing(CaseVerdict verdict, String actor, String note) {

    private static final String SYSTEM = "system";

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
        return new Closing(CaseVerdict.EXPIRED, SYSTEM, "Nobody resolved the case before its deadline.");
    }
}
