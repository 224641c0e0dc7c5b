package io.fincore.workflows.payment;

import io.fincore.workflows.ActivityPolicies;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.StepKey;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Steps 5 and 6: sends the transfer and finds out what became of it, until the bank has said its last word. */
final class BankConversation {

    private final PaymentOrder order;
    private final PaymentSteps steps;
    private final PaymentProgress progress;
    private final SendContest contest;
    private final BankAnswers answers;
    private final Instant deadline;
    private boolean deadlinePassed;
    private @Nullable Promise<BankAnswer> overtaken;

    BankConversation(
            PaymentOrder order,
            PaymentSteps steps,
            PaymentProgress progress,
            SendContest contest,
            BankAnswers answers,
            Instant deadline) {
        this.order = order;
        this.steps = steps;
        this.progress = progress;
        this.contest = contest;
        this.answers = answers;
        this.deadline = deadline;
    }

    /** Returns Settled, Rejected, or NeverSent if the bank was not asked and never will be. */
    BankAnswer finalAnswer() {
        // The fleet may have been away for longer than the payment has time.
        await(now(), () -> true);
        if (contest.withheld() != null) {
            return new BankAnswer.NeverSent();
        }
        for (int call = 1; ; call++) {
            BankAnswer answer = send(call);
            if (!isLast(answer)) {
                progress.note(PaymentStep.SEND.stepName(), Words.of(answer));
                answer = findOut(answer);
            }
            if (isLast(answer)) {
                progress.note(PaymentStep.ANSWER.stepName(), Words.of(answer));
                return answer;
            }
            if (call % ActivityPolicies.CALLS_BEFORE_A_PERSON == 0) {
                steps.requireManualIntervention(
                        PaymentStep.SEND, "sent " + call + " times, and the bank knows nothing of it");
            }
            pauseBeforeNext(call);
        }
    }

    /** Each further call comes later than the last, so that a bank which never takes the order on does not fill the history. */
    private void pauseBeforeNext(int call) {
        Duration pause = ActivityPolicies.NOT_KNOWN_PAUSE;
        for (int doubled = 1; doubled < call; doubled++) {
            pause = longer(pause);
        }
        await(now().plus(pause), () -> answers.decisive() != null);
    }

    private BankAnswer send(int call) {
        progress.taking(PaymentStep.SEND);
        StepKey key = PaymentStep.SEND.key(order.paymentId());
        return answerOf(stub(key), bank -> bank.send(key, order.paymentId(), call, deadline));
    }

    /** Returns the last word, or NotKnown when the order may be sent again. */
    private BankAnswer findOut(BankAnswer sendAnswer) {
        progress.taking(PaymentStep.ANSWER);
        StepKey key = PaymentStep.ANSWER.besides(order.paymentId(), "bank.inquire");
        boolean everAccepted = sendAnswer instanceof BankAnswer.Accepted;
        Duration pause = everAccepted ? ActivityPolicies.CALLBACK_PATIENCE : Duration.ZERO;
        int notKnown = 0;
        while (true) {
            await(now().plus(pause), () -> answers.decisive() != null);
            BankAnswer decisive = answers.decisive();
            if (decisive != null) {
                return decisive;
            }
            BankAnswer found = answerOf(stub(key), bank -> bank.inquire(key, order.paymentId()));
            if (isLast(found)) {
                return found;
            }
            if (found instanceof BankAnswer.NotKnown && !everAccepted) {
                notKnown++;
                if (notKnown == ActivityPolicies.NOT_KNOWN_BEFORE_RESEND) {
                    progress.note(key.name(), "the bank knows nothing: it is sent again");
                    return found;
                }
                pause = ActivityPolicies.NOT_KNOWN_PAUSE;
            } else {
                everAccepted |= found instanceof BankAnswer.Accepted;
                notKnown = 0;
                pause = longer(pause);
            }
        }
    }

    /** Waits for a call to the bank; a final callback, a cancellation or the deadline may be faster. */
    private BankAnswer answerOf(BankActivities bank, BankCall activity) {
        Promise<BankAnswer> call = Async.function(activity::on, bank);
        await(Instant.MAX, () -> call.isCompleted() || answers.decisive() != null);
        if (contest.withheld() != null) {
            // The call is left alone: its gate is closed. If it were cancelled, the event of that would make
            // Temporal refuse the end of the workflow in the same task (UnhandledCommand).
            return new BankAnswer.NeverSent();
        }
        BankAnswer decisive = answers.decisive();
        if (decisive != null) {
            overtaken = call;
            return decisive;
        }
        BankAnswer answer = resultOf(call);
        if (answer instanceof BankAnswer.NeverSent) {
            contest.foundClaimed();
        }
        answers.offer(answer);
        return answer;
    }

    private BankAnswer resultOf(Promise<BankAnswer> call) {
        try {
            return call.get();
        } catch (ActivityFailure failure) {
            // A fault of our own. If the bank was never asked the payment fails; else only the bank can tell.
            String cause = FailureType.describe(failure);
            if (contest.claimed(SendClaim.FAULT, Ending.failed("internal_error", cause))) {
                return new BankAnswer.NeverSent();
            }
            steps.requireManualIntervention(PaymentStep.SEND, cause);
            return new BankAnswer.Unknown(cause);
        }
    }

    /** A callback was faster than the call it belongs to: what the call says in the end must not contradict it. */
    void compareLateAnswers() {
        Promise<BankAnswer> late = overtaken;
        if (late != null) {
            Workflow.await(ActivityPolicies.LATE_ANSWER_PATIENCE, late::isCompleted);
            if (late.isCompleted() && late.getFailure() == null) {
                answers.offer(late.get());
            }
        }
        BankAnswer first = answers.decisive();
        BankAnswer contradiction = answers.nextContradiction();
        while (first != null && contradiction != null) {
            steps.recordContradiction(first, contradiction);
            contradiction = answers.nextContradiction();
        }
    }

    /** Waits for the condition or the time; meanwhile answers cancellations, keeps the deadline, and ends when withheld. */
    private void await(Instant until, BooleanSupplier condition) {
        while (true) {
            contest.cancelIfRequested();
            if (!deadlinePassed && !now().isBefore(deadline)) {
                passDeadline();
            }
            if (condition.getAsBoolean() || contest.withheld() != null || !now().isBefore(until)) {
                return;
            }
            Instant wake = deadlinePassed || until.isBefore(deadline) ? until : deadline;
            if (wake.equals(Instant.MAX)) {
                Workflow.await(() -> condition.getAsBoolean() || contest.isRequested());
            } else {
                Workflow.await(Duration.between(now(), wake), () -> condition.getAsBoolean() || contest.isRequested());
            }
        }
    }

    private void passDeadline() {
        deadlinePassed = true;
        Ending ending =
                Ending.failed("deadline_exceeded", "The bank could not be asked before the payment's deadline.");
        if (!contest.claimed(SendClaim.DEADLINE, ending)) {
            steps.requireManualIntervention(
                    PaymentStep.ANSWER,
                    "the deadline has passed and the bank has not said what became of the transfer");
        }
    }

    private BankActivities stub(StepKey key) {
        return Workflow.newActivityStub(BankActivities.class, ActivityPolicies.bank(key.name() + " " + order.amount()));
    }

    private static boolean isLast(BankAnswer answer) {
        return answer.isFinal() || answer instanceof BankAnswer.NeverSent;
    }

    /** Once a person was called there is no hurry: the history of a payment that is open for months must stay small. */
    private Duration longer(Duration pause) {
        Duration doubled = pause.isZero() ? ActivityPolicies.CALLBACK_PATIENCE : pause.multipliedBy(2);
        Duration longest =
                deadlinePassed ? ActivityPolicies.MANUAL_INTERVENTION_PAUSE : ActivityPolicies.INQUIRY_PAUSE_MAXIMUM;
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    @FunctionalInterface
    private interface BankCall {
        BankAnswer on(BankActivities bank);
    }
}
