package io.fincore.workflows.compliance;

import java.time.Duration;
import java.time.Instant;

/**
 * When a case must be decided.
 *
 * @param openedAt when the clock began to run
 * @param remindAt when its people are reminded
 * @param dueAt when it is escalated
 * @param expiresAt when it is rejected, undecided
 */
public record CaseTerms(Instant openedAt, Instant remindAt, Instant dueAt, Instant expiresAt) {

    public CaseTerms {
        if (remindAt.isBefore(openedAt) || dueAt.isBefore(remindAt) || !expiresAt.isAfter(dueAt)) {
            throw new IllegalArgumentException("a case is opened, reminded of, due, and expires, in this order");
        }
    }

    /** The same terms for a case that is opened again. */
    public CaseTerms startingAt(Instant start) {
        Duration later = Duration.between(openedAt, start);
        return new CaseTerms(start, remindAt.plus(later), dueAt.plus(later), expiresAt.plus(later));
    }
}
