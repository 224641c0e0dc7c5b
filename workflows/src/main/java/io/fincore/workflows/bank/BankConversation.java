package io.fincore.workflows.bank;

import io.fincore.workflows.ActivityPolicies;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.InterventionDesk;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.Progress;
import io.fincore.workflows.repair.Resolution;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Sends an order and finds out what became of it, until the bank, or an operator who knows, has said the last word. */
public final class BankConversation {

    /** The status reason of a refusal that an operator reports; no ISO 20022 code looks like it. */
    public static final String OPERATOR = "OPERATOR";

    private final BankErrand errand;
    private final SendGuard guard;
    private final BankAnswers answers;
    private final InterventionDesk desk;
    private final Progress progress;
    private final Instant deadline;

    private boolean deadlinePassed;
    private Urge urge = Urge.NONE;
    private @Nullable Promise<BankAnswer> overtaken;

    public BankConversation(
            BankErrand errand,
            SendGuard guard,
            BankAnswers answers,
            InterventionDesk desk,
            Progress progress,
            Instant deadline) {
        this.errand = errand;
        this.guard = guard;
        this.answers = answers;
        this.desk = desk;
        this.progress = progress;
        this.deadline = deadline;
    }

    /** Returns Settled, Rejected, or NeverSent if the bank was not asked and never will be. */
    public BankAnswer finalAnswer() {
        // The fleet may have been away for longer than the order has time.
        await(now(), () -> true);
        if (guard.isWithheld()) {
            return new BankAnswer.NeverSent();
        }
        BankAnswer last = lastWord();
        progress.note(errand.answerStep().name(), Words.of(last));
        desk.noNeed();
        return last;
    }

    private BankAnswer lastWord() {
        for (int call = 1; ; call++) {
            BankAnswer answer = send(call);
            if (!isLast(answer)) {
                progress.note(errand.sendStep().name(), Words.of(answer));
                answer = findOut(answer);
            }
            if (!isLast(answer)) {
                if (call % ActivityPolicies.CALLS_BEFORE_A_PERSON == 0) {
                    desk.callPerson(
                            errand.sendStep(),
                            InterventionCause.BANK_KNOWS_NOTHING,
                            "sent " + call + " times, and the bank knows nothing of it");
                }
                answer = pauseBeforeNext(call);
            }
            if (isLast(answer)) {
                return answer;
            }
        }
    }

    /**
     * Each further call comes later than the last, so that a bank which never takes the order on does not fill the history.
     *
     * @return the last word if it came meanwhile, else NotKnown
     */
    private BankAnswer pauseBeforeNext(int call) {
        Duration pause = ActivityPolicies.NOT_KNOWN_PAUSE;
        for (int doubled = 1; doubled < call; doubled++) {
            pause = longer(pause);
        }
        await(now().plus(pause), this::isDecidedOrUrged);
        if (answers.decisive() == null && !guard.isWithheld() && urge == Urge.INQUIRE) {
            return findOut(new BankAnswer.NotKnown());
        }
        urge = Urge.NONE;
        return knownSoFar();
    }

    private BankAnswer knownSoFar() {
        BankAnswer decisive = answers.decisive();
        if (decisive != null) {
            return decisive;
        }
        return guard.isWithheld() ? new BankAnswer.NeverSent() : new BankAnswer.NotKnown();
    }

    private BankAnswer send(int call) {
        progress.taking(errand.sendStep());
        return answerOf(bank -> errand.send(bank, call, deadline), errand.sendStep());
    }

    /** Returns the last word, or NotKnown when the order may be sent again. */
    private BankAnswer findOut(BankAnswer sendAnswer) {
        progress.taking(errand.answerStep());
        StepKey key = errand.answerStep().besides("bank.inquire");
        boolean everAccepted = sendAnswer instanceof BankAnswer.Accepted;
        Duration pause = everAccepted ? ActivityPolicies.CALLBACK_PATIENCE : Duration.ZERO;
        int notKnown = 0;
        while (true) {
            await(now().plus(pause), this::isDecidedOrUrged);
            urge = Urge.NONE;
            BankAnswer decisive = answers.decisive();
            if (decisive != null) {
                return decisive;
            }
            BankAnswer found = answerOf(bank -> bank.inquire(key, errand.subjectId()), key);
            if (isLast(found)) {
                return found;
            }
            if (found instanceof BankAnswer.NotKnown && !everAccepted) {
                notKnown++;
                if (notKnown == ActivityPolicies.NOT_KNOWN_BEFORE_RESEND) {
                    progress.note(key.name(), "the bank knows nothing: it is sent again");
                    return found;
                }
                // Whoever urges cannot shorten this one: it is what makes sending again safe.
                await(now().plus(ActivityPolicies.NOT_KNOWN_PAUSE), () -> answers.decisive() != null);
                pause = Duration.ZERO;
            } else {
                everAccepted |= found instanceof BankAnswer.Accepted;
                notKnown = 0;
                pause = longer(pause);
            }
        }
    }

    /** Waits for a call to the bank; a final callback, a cancellation, an operator or the deadline may be faster. */
    private BankAnswer answerOf(BankCall activity, StepKey key) {
        if (guard.isWithheld()) {
            return new BankAnswer.NeverSent();
        }
        BankActivities bank = Workflow.newActivityStub(
                BankActivities.class, ActivityPolicies.bank(key.name() + " " + errand.summary()));
        Promise<BankAnswer> call = Async.function(activity::on, bank);
        await(Instant.MAX, () -> call.isCompleted() || answers.decisive() != null);
        if (guard.isWithheld()) {
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
            guard.foundClaimed();
        }
        answers.offer(answer);
        return answer;
    }

    private BankAnswer resultOf(Promise<BankAnswer> call) {
        try {
            return call.get();
        } catch (ActivityFailure failure) {
            // A fault of our own. If the bank was never asked the order fails; else only the bank can tell.
            String cause = FailureType.describe(failure);
            if (guard.claims(SendClaim.FAULT, cause)) {
                return new BankAnswer.NeverSent();
            }
            desk.callPerson(errand.sendStep(), InterventionCause.BANK_CALL_FAILED, cause);
            return new BankAnswer.Unknown(cause);
        }
    }

    /** A callback was faster than the call it belongs to: what the call says in the end must not contradict it. */
    public void compareLateAnswers() {
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
            errand.recordContradiction(first, contradiction);
            progress.note(errand.answerStep().name(), Words.of(contradiction) + " — after: " + Words.of(first));
            contradiction = answers.nextContradiction();
        }
    }

    /** Waits for the condition or the time; meanwhile answers cancellations and operators, keeps the deadline, and ends when withheld. */
    private void await(Instant until, BooleanSupplier condition) {
        while (true) {
            guard.decide();
            desk.poll().ifPresent(this::follow);
            if (!deadlinePassed && !now().isBefore(deadline)) {
                passDeadline();
            }
            if (condition.getAsBoolean() || guard.isWithheld() || !now().isBefore(until)) {
                return;
            }
            Instant wake = deadlinePassed || until.isBefore(deadline) ? until : deadline;
            if (wake.equals(Instant.MAX)) {
                Workflow.await(() -> wakes(condition));
            } else {
                Workflow.await(Duration.between(now(), wake), () -> wakes(condition));
            }
        }
    }

    private boolean wakes(BooleanSupplier condition) {
        return condition.getAsBoolean() || guard.isUndecided() || desk.hasOrder();
    }

    private void follow(InterventionOrder order) {
        switch (order.action()) {
            case RETRY -> urge = Urge.GO_ON;
            case FORCE_INQUIRY -> urge = Urge.INQUIRE;
            case RESOLVE -> answers.offer(saidBy(order, order.resolution() == Resolution.EXECUTED));
            case COMPENSATE -> answers.offer(saidBy(order, false));
        }
    }

    private static BankAnswer saidBy(InterventionOrder order, boolean executed) {
        return executed ? new BankAnswer.Settled(order.id()) : new BankAnswer.Rejected(OPERATOR, "not carried out");
    }

    private void passDeadline() {
        deadlinePassed = true;
        if (!guard.claims(SendClaim.DEADLINE, "The bank could not be asked before the deadline.")) {
            desk.callPerson(
                    errand.answerStep(),
                    InterventionCause.BANK_OUTCOME_UNKNOWN,
                    "the deadline has passed and the bank has not said what became of the order");
        }
    }

    private boolean isDecidedOrUrged() {
        return answers.decisive() != null || urge != Urge.NONE;
    }

    private static boolean isLast(BankAnswer answer) {
        return answer.isFinal() || answer instanceof BankAnswer.NeverSent;
    }

    /** Once a person was called there is no hurry: the history of an order that is open for months must stay small. */
    private Duration longer(Duration pause) {
        Duration doubled = pause.isZero() ? ActivityPolicies.CALLBACK_PATIENCE : pause.multipliedBy(2);
        Duration longest =
                deadlinePassed ? ActivityPolicies.MANUAL_INTERVENTION_PAUSE : ActivityPolicies.INQUIRY_PAUSE_MAXIMUM;
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    /** What an operator wants of the pause that is being made. */
    private enum Urge {
        NONE,
        GO_ON,
        INQUIRE
    }

    @FunctionalInterface
    private interface BankCall {
        BankAnswer on(BankActivities bank);
    }
}
