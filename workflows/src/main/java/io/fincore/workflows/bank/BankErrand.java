package io.fincore.workflows.bank;

import io.fincore.workflows.StepKey;
import java.time.Instant;

/** One order to the bank, as the saga that gives it sees it. */
public interface BankErrand {

    /** What the order is for: {@code pay_…} or {@code ref_…}. */
    String subjectId();

    /** For the Web UI. */
    String summary();

    /** The step that sends the order. */
    StepKey sendStep();

    /** The step that waits for the last word. */
    StepKey answerStep();

    /** Sends the order, by the activity that belongs to it. */
    BankAnswer send(BankActivities bank, int callNumber, Instant notAfter);

    /** Records a final answer that contradicts the first one. */
    void recordContradiction(BankAnswer first, BankAnswer later);
}
