package io.fincore.workflows.payment;

import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.repair.Repairable;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One payment from the order to its terminal status. It is open exactly as long as the payment has none.
 *
 * <p>Started by Update-with-Start under {@link #workflowId(String)} with {@link #awaitAcceptance()}, conflict policy
 * USE_EXISTING, reuse policy REJECT_DUPLICATE.
 */
@WorkflowInterface
public interface PaymentWorkflow extends Repairable {

    String WORKFLOW_TYPE = "PaymentWorkflow";

    static String workflowId(String paymentId) {
        return "payment/" + paymentId;
    }

    /** Takes the steps of the saga; returns when the payment's terminal status is in the database. */
    @WorkflowMethod(name = WORKFLOW_TYPE)
    PaymentStatus run(PaymentOrder order);

    /**
     * Waits until the decision is made and the money is held, or the payment has ended without.
     *
     * @return the payment's status at that moment: {@code processing}, {@code in_review}, or a terminal one
     */
    @UpdateMethod
    PaymentStatus awaitAcceptance();

    /**
     * Cancels the payment if the bank has not been asked yet. Answers when the winner is known; the holds are released soon
     * after. While a compliance case is open, the case is the one to decide.
     */
    @UpdateMethod
    CancellationOutcome cancel(CancellationRequest request);

    /** What the bank said by callback. Signals with an event id seen before are ignored. */
    @SignalMethod
    void bankReported(BankReport report);

    /** Where the payment stands, for operators; needs a live worker. */
    @QueryMethod
    PaymentState state();
}
