package io.fincore.api.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.money.EndToEndId;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.fincore.workflows.refund.RefundWorkflow;
import io.temporal.client.WorkflowClient;
import java.util.Set;

/**
 * What a callback of the bank says of a credit transfer, or of the return of one.
 *
 * @param endToEndId of the payment or the refund
 */
record BankEvent(EndToEndId endToEndId, BankReport report) implements ProviderEvent {

    private static final Set<String> TYPES = Set.of("credit_transfer.status", "payment_return.status");

    static BankEvent of(String eventId, JsonNode event) throws NotUnderstood {
        if (!TYPES.contains(event.path("type").asText())) {
            throw new NotUnderstood("unknown type '" + ProviderEvent.text(event.path("type"), "") + "'");
        }
        return new BankEvent(endToEndId(event), new BankReport(eventId, answer(event)));
    }

    private static EndToEndId endToEndId(JsonNode event) throws NotUnderstood {
        try {
            return new EndToEndId(event.path("end_to_end_id").asText());
        } catch (IllegalArgumentException notOurs) {
            throw new NotUnderstood(
                    "'" + ProviderEvent.text(event.path("end_to_end_id"), "") + "' is no end-to-end id of ours");
        }
    }

    /** ISO 20022 transaction status, as in pacs.002. */
    private static BankAnswer answer(JsonNode event) throws NotUnderstood {
        String status = event.path("status").asText();
        String reference = ProviderEvent.text(event.path("bank_reference"), "");
        return switch (status) {
            case "ACSC", "ACCC" -> new BankAnswer.Settled(reference);
            case "ACTC", "ACCP", "ACSP", "PDNG" -> new BankAnswer.Accepted(reference);
            case "RJCT" ->
                new BankAnswer.Rejected(
                        ProviderEvent.text(event.path("reason").path("code"), "NARR"),
                        ProviderEvent.text(event.path("reason").path("detail"), ""));
            default -> throw new NotUnderstood("unknown status '" + ProviderEvent.text(event.path("status"), "") + "'");
        };
    }

    boolean isRefund() {
        return endToEndId.isRefund();
    }

    @Override
    public String provider() {
        return BANK;
    }

    @Override
    public String eventId() {
        return report.eventId();
    }

    @Override
    public String subjectId() {
        return endToEndId.subjectId();
    }

    @Override
    public String subject() {
        return isRefund() ? "refund" : "payment";
    }

    @Override
    public void signal(WorkflowClient client) {
        if (isRefund()) {
            client.newWorkflowStub(RefundWorkflow.class, RefundWorkflow.workflowId(subjectId()))
                    .bankReported(report);
        } else {
            client.newWorkflowStub(PaymentWorkflow.class, PaymentWorkflow.workflowId(subjectId()))
                    .bankReported(report);
        }
    }
}
