package io.fincore.workflows.payment;

import io.fincore.workflows.Compensations;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankAnswers;
import io.fincore.workflows.bank.BankConversation;
import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.compliance.CaseOrder;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.InterventionDesk;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The payment saga; reads from top to bottom as the payment goes. */
public final class PaymentWorkflowImpl implements PaymentWorkflow {

    private final PaymentOrder order;
    private final PaymentProgress progress;
    private final InterventionDesk desk;
    private final PaymentSteps steps;
    private final SendContest contest;
    private final BankAnswers answers = new BankAnswers();
    private final Compensations compensations = new Compensations();
    private Instant deadline;
    private boolean accepted;

    @WorkflowInit
    public PaymentWorkflowImpl(PaymentOrder order) {
        this.order = order;
        this.progress = new PaymentProgress(order);
        this.desk = new InterventionDesk(SagaKind.PAYMENT, order.paymentId(), progress);
        this.steps = new PaymentSteps(order, progress, desk, this::timeLeft);
        this.contest = new SendContest(steps);
        this.deadline = order.deadline();
    }

    @Override
    public PaymentStatus run(PaymentOrder sameOrder) {
        // Cancelling the workflow in the Web UI is a request like any other: it never tears the saga apart.
        CancellationScope.current().getCancellationRequest().thenApply(reason -> {
            contest.request(new CancellationRequest("operator", "cancelled in Temporal"));
            return reason;
        });
        Workflow.newDetachedCancellationScope(this::pay).run();
        return progress.status();
    }

    private void pay() {
        switch (prepare()) {
            case Prepared.ForTheBank ready -> askBank();
            case Prepared.Ended ended -> compensate(ended.ending());
            case Prepared.RejectedByCase rejected ->
                progress.reached(
                        PaymentStatus.REJECTED, SagaStatus.FAILED, "nothing, the case has given the money back");
        }
        accepted = true;
        contest.close();
        Workflow.await(Workflow::isEveryHandlerFinished);
        desk.close();
    }

    /** Steps 1 to 4: everything that must be true before the bank is asked. */
    private Prepared prepare() {
        try {
            steps.create();

            compensations.add("decision.release-limit", steps::releaseLimit);
            DecisionResult decision = steps.evaluate();
            if (decision instanceof DecisionResult.Declined declined) {
                DecisionResult.Reason reason = declined.reasons().getFirst();
                return new Prepared.Ended(Ending.rejected(reason.code(), reason.detail()));
            }

            compensations.add("ledger.release", steps::release);
            if (steps.hold() instanceof HoldResult.Refused refused) {
                return new Prepared.Ended(Ending.failed(refused.code(), refused.detail()));
            }

            if (decision instanceof DecisionResult.Review review) {
                switch (review(review.reasons())) {
                    case APPROVED, WITHDRAWN -> {}
                    case REJECTED, EXPIRED -> {
                        return new Prepared.RejectedByCase();
                    }
                }
            }
            contest.decide();
            if (contest.isWithheld()) {
                return new Prepared.Ended(contest.ending());
            }

            steps.markProcessing();
            accepted = true;
            return new Prepared.ForTheBank();
        } catch (ActivityFailure failure) {
            progress.note(progress.step(), FailureType.describe(failure));
            return new Prepared.Ended(
                    FailureType.isPermanent(failure)
                            ? Ending.internalError()
                            : Ending.failed(
                                    "deadline_exceeded", "The payment could not be prepared before its deadline."));
        }
    }

    /** Waits for a person. While the case is open it alone writes the payment, and decides a cancellation too. */
    private CaseVerdict review(List<DecisionResult.Reason> reasons) {
        String caseId = ComplianceCaseWorkflow.caseId(order.paymentId());
        steps.markInReview(caseId, reasons);
        Duration timeToPay = Duration.between(order.orderedAt(), order.deadline());
        CaseVerdict verdict = verdictOf(new CaseOrder(
                caseId,
                order.paymentId(),
                order.tenant(),
                order.principal(),
                reasons.stream().map(DecisionResult.Reason::code).toList(),
                null));
        progress.note("case", verdict.name());
        contest.decidedByCase(verdict == CaseVerdict.WITHDRAWN);
        // The time that people took is not the payment's.
        deadline = now().plus(timeToPay);
        return verdict;
    }

    private CaseVerdict verdictOf(CaseOrder caseOrder) {
        CaseOrder next = caseOrder;
        while (true) {
            ComplianceCaseWorkflow theCase = Workflow.newChildWorkflowStub(
                    ComplianceCaseWorkflow.class,
                    ChildWorkflowOptions.newBuilder()
                            .setWorkflowId(ComplianceCaseWorkflow.workflowId(caseOrder.caseId()))
                            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                            .setStaticSummary(order.amount() + " · review")
                            .build());
            Promise<CaseVerdict> verdict = Async.function(theCase::run, next);
            try {
                Workflow.getWorkflowExecution(theCase).get();
                // Not before: who hears of a review may resolve it at once.
                accepted = true;
                Workflow.await(() -> verdict.isCompleted() || contest.isUndecided());
                CancellationRequest cancellation = contest.request();
                if (!verdict.isCompleted() && cancellation != null) {
                    withdraw(theCase, cancellation);
                }
                CaseVerdict said = verdict.get();
                desk.noNeed();
                return said;
            } catch (ChildWorkflowFailure lost) {
                next = reopened(caseOrder);
            }
        }
    }

    /** Somebody terminated the case: that decides no payment. It is opened again, to reject at once if an operator says so. */
    private CaseOrder reopened(CaseOrder lost) {
        SagaStatus before = progress.sagaStatus();
        Optional<InterventionOrder> order = desk.rest(
                PaymentStep.HOLD.key(lost.paymentId()),
                InterventionCause.CASE_LOST,
                "the compliance case was closed without a verdict");
        desk.goOn(before);
        return order.filter(said -> said.action() == InterventionAction.COMPENSATE)
                .map(said -> lost.rejected(said.actor(), said.reason()))
                .orElse(lost);
    }

    private void withdraw(ComplianceCaseWorkflow theCase, CancellationRequest cancellation) {
        try {
            theCase.withdraw(cancellation.actor());
        } catch (SignalExternalWorkflowException closed) {
            progress.note("case", "was resolved before it could be withdrawn");
        }
    }

    /** Steps 5 to 8. */
    private void askBank() {
        BankConversation bank =
                new BankConversation(new PaymentErrand(order, steps), contest, answers, desk, progress, deadline);
        switch (bank.finalAnswer()) {
            case BankAnswer.Settled settled -> {
                // From here on nothing is undone: money coming back is a new transaction.
                contest.close();
                steps.settle(settled);
                steps.complete();
            }
            case BankAnswer.Rejected rejected -> {
                contest.close();
                compensate(Ending.refusedByBank(rejected));
            }
            case BankAnswer.NeverSent never -> compensate(contest.ending());
            case BankAnswer.Accepted open -> throw new IllegalStateException("not final: " + open);
            case BankAnswer.Unknown open -> throw new IllegalStateException("not final: " + open);
            case BankAnswer.NotKnown open -> throw new IllegalStateException("not final: " + open);
        }
        bank.compareLateAnswers();
    }

    private void compensate(Ending ending) {
        List<String> failures = compensations.run();
        while (!failures.isEmpty()) {
            desk.rest(
                    PaymentStep.HOLD.key(order.paymentId()),
                    InterventionCause.COMPENSATION_FAILED,
                    "not undone: " + String.join("; ", failures));
            failures = compensations.run();
        }
        steps.end(ending);
    }

    @Override
    public PaymentStatus awaitAcceptance() {
        Workflow.await(() -> accepted);
        return progress.status();
    }

    @Override
    public CancellationOutcome cancel(CancellationRequest request) {
        contest.request(request);
        Workflow.await(() -> !contest.isUndecided());
        return new CancellationOutcome(contest.isCancelled(), progress.status());
    }

    @Override
    public InterventionStatus intervene(InterventionOrder intervention) {
        return desk.order(intervention);
    }

    @Override
    public InterventionStatus approveIntervention(InterventionApproval approval) {
        return desk.approve(approval);
    }

    @Override
    public void bankReported(BankReport report) {
        answers.reported(report);
    }

    @Override
    public PaymentState state() {
        return progress.state();
    }

    /** At least a moment, so that a step is tried once even when the deadline has passed. */
    private Duration timeLeft() {
        Duration left = Duration.between(now(), deadline);
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    private sealed interface Prepared {
        record ForTheBank() implements Prepared {}

        record Ended(Ending ending) implements Prepared {}

        /** The case has written the payment's end itself. */
        record RejectedByCase() implements Prepared {}
    }
}
