package io.fincore.steps;

import io.fincore.customers.Customers;
import io.fincore.decision.Decisions;
import io.fincore.ledger.Ledger;
import io.fincore.outbox.Outbox;
import io.fincore.providers.Bank;
import java.util.List;
import javax.sql.DataSource;

/** Builds the activities of the platform, for the queue each belongs to. */
public final class Steps {

    private final List<Object> internal;
    private final List<Object> bank;

    /**
     * @param dataSource the process's one DataSource for writes: all steps and libraries share its transactions
     */
    public Steps(DataSource dataSource, Bank bank) {
        StepRecorder recorder = new StepRecorder(dataSource, Faults::mayGiveUp);
        Outbox outbox = new Outbox(dataSource);
        Decisions decisions = new Decisions(dataSource);
        PaymentStore payments = new PaymentStore(dataSource, outbox);
        BankCallStore calls = new BankCallStore(dataSource, payments);
        CaseStore cases = new CaseStore(dataSource, outbox);
        this.internal = List.of(
                new PaymentActivitiesImpl(recorder, payments, cases),
                new DecisionActivitiesImpl(recorder, payments, decisions),
                new LedgerActivitiesImpl(recorder, payments, calls, new Ledger(dataSource)),
                new ComplianceCaseActivitiesImpl(recorder, payments, cases, decisions));
        this.bank = List.of(new BankActivitiesImpl(payments, calls, new Customers(dataSource), bank));
    }

    /** Steps inside our own database, for the queue {@code payments}. */
    public List<Object> internal() {
        return internal;
    }

    /** Calls to the bank, for the queue {@code bank}. */
    public List<Object> bank() {
        return bank;
    }
}
