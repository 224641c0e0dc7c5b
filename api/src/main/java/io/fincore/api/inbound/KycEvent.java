package io.fincore.api.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.money.IdType;
import io.fincore.workflows.activation.AccountActivationWorkflow;
import io.fincore.workflows.activation.KycAnswer;
import io.fincore.workflows.activation.KycReport;
import io.temporal.client.WorkflowClient;

/**
 * What a callback of the KYC provider says. What is not understood is not quoted, since the log repeats it: it may tell of a person.
 *
 * @param subjectId the activation, by whose id the provider knows the check
 */
record KycEvent(String subjectId, KycReport report) implements ProviderEvent {

    static KycEvent of(String eventId, JsonNode event) throws NotUnderstood {
        if (!event.path("type").asText().equals("kyc.check")) {
            throw new NotUnderstood("unknown type");
        }
        String checkId = event.path("check_id").asText();
        if (!IdType.ACTIVATION.matches(checkId)) {
            throw new NotUnderstood("no check of ours");
        }
        return new KycEvent(checkId, new KycReport(eventId, answer(event)));
    }

    private static KycAnswer answer(JsonNode event) throws NotUnderstood {
        String reference = ProviderEvent.text(event.path("reference"), "");
        String reason = ProviderEvent.text(event.path("reason"), "");
        return switch (event.path("status").asText()) {
            case "approved" -> new KycAnswer.Approved(reference);
            case "rejected" -> new KycAnswer.Rejected(reference, reason);
            case "referred" -> new KycAnswer.Referred(reference, reason);
            default -> throw new NotUnderstood("unknown status");
        };
    }

    @Override
    public String provider() {
        return KYC;
    }

    @Override
    public String eventId() {
        return report.eventId();
    }

    @Override
    public String subject() {
        return "activation";
    }

    @Override
    public void signal(WorkflowClient client) {
        client.newWorkflowStub(AccountActivationWorkflow.class, AccountActivationWorkflow.workflowId(subjectId))
                .kycReported(report);
    }
}
