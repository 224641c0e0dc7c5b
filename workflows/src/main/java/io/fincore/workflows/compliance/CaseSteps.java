package io.fincore.workflows.compliance;

import io.fincore.workflows.Compensations;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.InternalSteps;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.payment.DecisionActivities;
import io.fincore.workflows.payment.LedgerActivities;
import io.fincore.workflows.payment.PaymentStep;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.InterventionDesk;
import io.fincore.workflows.repair.SagaView;
import io.temporal.failure.ActivityFailure;
import java.util.List;
import java.util.Optional;

/** The case's steps, one method each. None is given up; the ledger's refusal to give a rejected payment's money back is an outcome. */
final class CaseSteps {

    private final CaseOrder order;
    private final SagaView view;
    private final InterventionDesk desk;
    private final InternalSteps<ComplianceCaseActivities> cases = new InternalSteps<>(ComplianceCaseActivities.class);
    private final InternalSteps<LedgerActivities> ledger = new InternalSteps<>(LedgerActivities.class);
    private final InternalSteps<DecisionActivities> decisions = new InternalSteps<>(DecisionActivities.class);
    private int round = 1;

    CaseSteps(CaseOrder order, SagaView view, InterventionDesk desk) {
        this.order = order;
        this.view = view;
        this.desk = desk;
    }

    int round() {
        return round;
    }

    CaseStart begin() {
        CaseStart start = desk.untilDone(
                key(CaseStep.RESOLVE).besides("case.begin"),
                () -> cases.take("case.begin", c -> c.begin(order.caseId())));
        round = start.round();
        return start;
    }

    void remind() {
        StepKey key = key(CaseStep.RESOLVE).besides("case.remind");
        desk.runUntilDone(key, () -> cases.run(key.name(), c -> c.remind(key, order.caseId())));
        view.note(key.name(), "still open");
    }

    void escalate() {
        StepKey key = key(CaseStep.RESOLVE).besides("case.escalate");
        desk.runUntilDone(key, () -> cases.run(key.name(), c -> c.escalate(key, order.caseId())));
        view.note(key.name(), "overdue");
    }

    /** @throws ActivityFailure if it cannot be recorded */
    void assign(CaseAssignment assignment) {
        StepKey key = key(CaseStep.RESOLVE).besides("case.assign-" + assignment.id());
        cases.runAfterUpdate("case.assign", c -> c.assign(key, order.caseId(), assignment));
        view.note("case.assign", "`" + assignment.assignee() + "`");
    }

    /** @throws ActivityFailure if it cannot be recorded */
    void addNote(CaseNote note) {
        StepKey key = key(CaseStep.RESOLVE).besides("case.add-note-" + note.id());
        cases.runAfterUpdate("case.add-note", c -> c.addNote(key, order.caseId(), note));
        view.note("case.add-note", "`" + note.id() + "` by `" + note.author() + "`");
    }

    /** Returns how the case has ended: what was recorded first counts, also by a run of the case that was lost. */
    CaseVerdict resolve(Closing closing) {
        StepKey key = taking(CaseStep.RESOLVE);
        CaseVerdict verdict = desk.untilDone(
                key,
                () -> cases.takeAfterUpdate(
                        key.name(),
                        c -> c.resolve(key, order.caseId(), closing.verdict(), closing.actor(), closing.note())));
        view.note(key.name(), verdict + " by `" + closing.actor() + "`");
        return verdict;
    }

    /**
     * Rejects the payment and gives its money back.
     *
     * @return why the ledger refuses for good, empty if it is done; then nothing is left of the attempt
     */
    Optional<String> rejectPayment(Closing closing) {
        StepKey mark = taking(CaseStep.MARK_REJECTED);
        StepKey unmark = mark.undoneBy("payment.unmark-rejected");
        Compensations compensations = new Compensations();
        compensations.add(
                unmark.name(), () -> cases.run(unmark.name(), c -> c.unmarkPaymentRejected(unmark, order.paymentId())));
        desk.runUntilDone(
                mark,
                () -> cases.run(
                        mark.name(), c -> c.markPaymentRejected(mark, order.paymentId(), closing.forClients())));
        StepKey release = PaymentStep.HOLD.key(order.paymentId()).undoneBy("ledger.release");
        view.taking(release);
        try {
            ledger.run(release.name(), l -> l.release(release, order.paymentId()));
        } catch (ActivityFailure failure) {
            view.note(release.name(), FailureType.describe(failure));
            undo(compensations, mark);
            return Optional.of(FailureType.describe(failure));
        }
        view.note(release.name(), "given back");
        StepKey releaseLimit = PaymentStep.EVALUATE.key(order.paymentId()).undoneBy("decision.release-limit");
        desk.runUntilDone(
                releaseLimit,
                () -> decisions.run(releaseLimit.name(), d -> d.releaseLimit(releaseLimit, order.paymentId())));
        return Optional.empty();
    }

    private void undo(Compensations compensations, StepKey step) {
        List<String> failures = compensations.run();
        while (!failures.isEmpty()) {
            desk.rest(step, InterventionCause.COMPENSATION_FAILED, "not undone: " + String.join("; ", failures));
            failures = compensations.run();
        }
    }

    /** Opens the case again; returns its new terms. */
    CaseTerms reopen(CaseTerms terms, String why) {
        StepKey key = key(CaseStep.RESOLVE).besides("case.reopen");
        CaseStart again =
                desk.untilDone(key, () -> cases.take(key.name(), c -> c.reopen(key, order.caseId(), terms, why)));
        round = again.round();
        view.note(key.name(), why);
        return again.terms();
    }

    void close() {
        StepKey key = taking(CaseStep.CLOSE);
        desk.runUntilDone(key, () -> cases.run(key.name(), c -> c.close(key, order.caseId())));
    }

    private StepKey taking(CaseStep step) {
        view.taking(key(step));
        return key(step);
    }

    private StepKey key(CaseStep step) {
        return step.key(order.caseId(), round);
    }
}
