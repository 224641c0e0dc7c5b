package io.fincore.dev.histories;

import io.fincore.dev.payments.Payer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.money.Money;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.payment.CancellationRequest;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.temporal.api.enums.v1.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Payments that together take every path through the sagas. */
final class PaymentScenarios {

    private static final String REVIEW = "review-";
    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SLOW_CALLS = 3;
    private static final Money SMALL = Money.of(12_50, "EUR");
    private static final Money REVIEWED = Money.of(6_000_00, "EUR");
    private static final String OFFICER = "olga";

    private final Stack stack;
    private final TemporalPayments payments;
    private final Payer rich;
    private final Payer poor;
    private final Map<String, PaymentOrder> orders = new LinkedHashMap<>();
    private final Map<String, PaymentStatus> ends = new LinkedHashMap<>();

    PaymentScenarios(Stack stack, TemporalPayments payments) {
        this.stack = stack;
        this.payments = payments;
        this.rich = Payer.with(Money.of(100_000_00, "EUR"), stack.postgres());
        this.poor = Payer.with(Money.of(1_00, "EUR"), stack.postgres());
    }

    /**
     * Makes all of them and waits for their ends.
     *
     * @return the workflows by the name of their path
     */
    Map<String, String> play() {
        withTheBank();
        withReview();
        // With nothing before them the slow calls are the first in the queue.
        awaitEnds();
        whileTheBankIsBusy();
        awaitEnds();
        withoutTheDatabase();
        awaitEnds();
        Map<String, String> paths = new LinkedHashMap<>();
        orders.forEach((path, order) -> {
            paths.put("payment-" + path, PaymentWorkflow.workflowId(order.paymentId()));
            if (path.startsWith(REVIEW)) {
                paths.put("case-" + path, TemporalPayments.caseWorkflowId(order));
            }
        });
        return paths;
    }

    private void withTheBank() {
        accept("settled", small(BankBehaviour.SETTLES_AT_ONCE), PaymentStatus.COMPLETED);
        accept("rejected-by-bank", small(BankBehaviour.REJECTS_AT_ONCE_AC04), PaymentStatus.FAILED);
        accept("unknown-then-found", small(BankBehaviour.EXECUTES_THEN_DROPS_CONNECTION), PaymentStatus.COMPLETED);
        accept("unknown-then-sent-again", small(BankBehaviour.LOSES_FIRST_REQUEST), PaymentStatus.COMPLETED);
        accept("bank-unavailable-for-a-while", small(BankBehaviour.UNAVAILABLE_THREE_TIMES), PaymentStatus.COMPLETED);
        accept("accepted-then-found", small(BankBehaviour.NEVER_CALLS_BACK), PaymentStatus.COMPLETED);
        accept(
                "insufficient-funds",
                poor.order(SMALL, BankBehaviour.SETTLES_AT_ONCE.iban(), AN_HOUR),
                PaymentStatus.FAILED);
        accept(
                "declined",
                rich.order(Money.of(50_001_00, "EUR"), BankBehaviour.SETTLES_AT_ONCE.iban(), AN_HOUR),
                PaymentStatus.REJECTED);
        accept(
                "outcome-unknown-at-deadline",
                rich.order(SMALL, BankBehaviour.NEVER_CALLS_BACK.iban(), Duration.ofSeconds(4)),
                PaymentStatus.COMPLETED);

        // The callbacks are ours: the simulator's go to an API that does not run here.
        PaymentOrder settled = small(BankBehaviour.NEVER_CALLS_BACK);
        accept("settled-by-callback", settled, PaymentStatus.COMPLETED);
        awaitEvent(settled, EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED);
        report(settled, "event-1", new BankAnswer.Settled("BANK-1"));
        PaymentOrder rejected = small(BankBehaviour.NEVER_CALLS_BACK);
        accept("rejected-by-callback", rejected, PaymentStatus.FAILED);
        awaitEvent(rejected, EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED);
        report(rejected, "event-1", new BankAnswer.Rejected("AC04", "closed account number"));
        PaymentOrder contradicted = small(BankBehaviour.ANSWERS_SLOWLY);
        accept("contradictory-callbacks", contradicted, PaymentStatus.COMPLETED);
        report(contradicted, "event-1", new BankAnswer.Settled("BANK-1"));
        report(contradicted, "event-1", new BankAnswer.Settled("BANK-1"));
        report(contradicted, "event-2", new BankAnswer.Rejected("AC04", "closed account number"));
    }

    private void withReview() {
        PaymentOrder approved = reviewed("DE89370400440532013000");
        accept(REVIEW + "approved", approved, PaymentStatus.COMPLETED);
        payments.caseOf(approved).resolve(new CaseResolution(OFFICER, true, "a known supplier"));
        PaymentOrder rejected = reviewed("FR1420041010050500013M02606");
        accept(REVIEW + "rejected", rejected, PaymentStatus.REJECTED);
        payments.caseOf(rejected).resolve(new CaseResolution(OFFICER, false, "not plausible"));
        PaymentOrder withdrawn = reviewed("GB29NWBK60161331926819");
        accept(REVIEW + "withdrawn", withdrawn, PaymentStatus.CANCELLED);
        cancel(withdrawn);
    }

    /** The worker's only call to the bank at a time is taken by slow ones: no other can have begun. */
    private void whileTheBankIsBusy() {
        for (int i = 0; i < SLOW_CALLS; i++) {
            payments.accept(small(BankBehaviour.ANSWERS_SLOWLY));
        }
        accept(
                "bank-not-reached-before-deadline",
                rich.order(SMALL, BankBehaviour.SETTLES_AT_ONCE.iban(), Duration.ofSeconds(4)),
                PaymentStatus.FAILED);
        PaymentOrder cancelled = small(BankBehaviour.SETTLES_AT_ONCE);
        accept("cancelled", cancelled, PaymentStatus.CANCELLED);
        cancel(cancelled);
    }

    /** The local activities do not get through in their time; the regular ones after them do. */
    private void withoutTheDatabase() {
        PaymentOrder order = small(BankBehaviour.SETTLES_AT_ONCE);
        stack.postgres().kill();
        payments.start(order);
        expect("database-away-at-first", order, PaymentStatus.COMPLETED);
        awaitEvent(order, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED);
        stack.postgres().start();
        stack.postgres().awaitHealthy(PATIENCE);
    }

    private PaymentOrder small(BankBehaviour behaviour) {
        return rich.order(SMALL, behaviour.iban(), AN_HOUR);
    }

    /** Large, and to somebody who was never paid before. */
    private PaymentOrder reviewed(String newCreditorIban) {
        return rich.order(REVIEWED, newCreditorIban, AN_HOUR);
    }

    private void accept(String path, PaymentOrder order, PaymentStatus end) {
        payments.accept(order);
        expect(path, order, end);
    }

    private void expect(String path, PaymentOrder order, PaymentStatus end) {
        orders.put(path, order);
        ends.put(path, end);
    }

    private void cancel(PaymentOrder order) {
        payments.payment(order).cancel(new CancellationRequest(Payer.PRINCIPAL, "ordered twice"));
    }

    private void report(PaymentOrder order, String eventId, BankAnswer answer) {
        payments.payment(order).bankReported(new BankReport(eventId, answer));
    }

    private void awaitEnds() {
        ends.forEach((path, expected) -> {
            PaymentStatus end = payments.end(Objects.requireNonNull(orders.get(path)));
            if (end != expected) {
                throw new StackException("The payment of " + path + " ended " + end + " and not " + expected + ".");
            }
        });
    }

    private void awaitEvent(PaymentOrder order, EventType type) {
        String workflowId = PaymentWorkflow.workflowId(order.paymentId());
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (payments.client().fetchHistory(workflowId).getEvents().stream()
                .noneMatch(event -> event.getEventType() == type)) {
            if (Instant.now().isAfter(giveUp)) {
                throw new StackException("No " + type + " in the history of " + workflowId + ".");
            }
            Pause.aMoment();
        }
    }
}
