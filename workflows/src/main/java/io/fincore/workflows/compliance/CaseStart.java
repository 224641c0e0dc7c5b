package io.fincore.workflows.compliance;

import org.jspecify.annotations.Nullable;

/**
 * Where a run of a case begins.
 *
 * @param round 1, or more if the case was opened again
 * @param decided what an earlier run, which was lost, has recorded in this round; null if the case is undecided
 */
public record CaseStart(
        int round, CaseTerms terms, @Nullable Decided decided) {

    /** A verdict on record. */
    public record Decided(CaseVerdict verdict, String actor, String note) {}
}
