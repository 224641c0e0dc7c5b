package io.fincore.steps;

import io.fincore.customers.Customers;
import io.fincore.decision.Decisions;
import io.fincore.ledger.Ledger;
import io.fincore.outbox.Outbox;
import io.fincore.providers.Bank;
import io.fincore.providers.Kyc;
import io.fincore.workflows.StepKey;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** Builds the activities of the platform, for the queue each belongs to. */
public final class Steps {

    private final List<Object> internal;
    private final List<Object> bank;
    private final List<Object> kyc;
    private final ErasureActivitiesImpl erasures;
    private final SagaStore sagas;

    /**
     * @param dataSource the process's one DataSource for writes: all steps and libraries share its transactions
     */
    public Steps(
            DataSource dataSource, Bank bankProvider, Kyc kycProvider, ReviewTerms reviewTerms, Observer observer) {
        StepRecorder recorder = new StepRecorder(dataSource, Faults::mayGiveUp, observer);
        Outbox outbox = new Outbox(dataSource);
        Decisions decisions = new Decisions(dataSource);
        Customers customers = new Customers(dataSource);
        Ledger ledger = new Ledger(dataSource);
        this.sagas = new SagaStore(dataSource, outbox);
        PaymentStore payments = new PaymentStore(dataSource, outbox, sagas);
        RefundStore refunds = new RefundStore(dataSource, outbox, sagas);
        ActivationStore activations = new ActivationStore(dataSource, outbox, sagas);
        CaseStore cases = new CaseStore(dataSource, outbox, sagas, reviewTerms);
        BankCallStore calls = new BankCallStore(dataSource, observer);
        this.internal = List.of(
                new PaymentActivitiesImpl(recorder, payments, cases, calls),
                new DecisionActivitiesImpl(recorder, payments, decisions),
                new LedgerActivitiesImpl(recorder, payments, calls, ledger),
                new ComplianceCaseActivitiesImpl(recorder, payments, cases, decisions),
                new RefundActivitiesImpl(recorder, sagas, payments, refunds, calls, ledger),
                new AccountActivationActivitiesImpl(recorder, activations, customers, ledger),
                new SagaActivitiesImpl(recorder, sagas, payments, refunds, activations));
        this.erasures = new ErasureActivitiesImpl(recorder, new ErasureStore(dataSource, outbox), customers);
        this.bank = List.of(new BankActivitiesImpl(payments, refunds, calls, customers, bankProvider));
        this.kyc = List.of(new KycActivitiesImpl(recorder, activations, customers, kycProvider));
    }

    /** Steps inside our own database, for the queue {@code payments}. */
    public List<Object> internal() {
        return internal;
    }

    /** What erasures do, which are no sagas; for the queue {@code payments} too. */
    public Object erasures() {
        return erasures;
    }

    /** Calls to the bank, for the queue {@code bank}. */
    public List<Object> bank() {
        return bank;
    }

    /** Calls to the KYC provider, for the queue {@code kyc}. */
    public List<Object> kyc() {
        return kyc;
    }

    /** How many sagas wait for a person now. */
    public long sagasThatNeedAPerson() {
        return sagas.countNeedingAPerson();
    }

    /**
     * How long a compliance case may take.
     *
     * @param remindAfter when its people are reminded
     * @param dueAfter when it is escalated
     * @param expireAfter when the payment is rejected for want of a decision
     */
    public record ReviewTerms(Duration remindAfter, Duration dueAfter, Duration expireAfter) {

        public ReviewTerms {
            if (!remindAfter.isPositive()
                    || dueAfter.compareTo(remindAfter) < 0
                    || expireAfter.compareTo(dueAfter) <= 0) {
                throw new IllegalArgumentException("a review is reminded of, due, and expires, in this order: "
                        + remindAfter + ", " + dueAfter + ", " + expireAfter);
            }
        }
    }

    /** Is told of each step whose end is committed, in the thread of its activity. */
    @FunctionalInterface
    public interface Observer {

        /** @param took from the first attempt's beginning to the end */
        void succeeded(StepKey key, int attempts, Duration took);
    }
}
