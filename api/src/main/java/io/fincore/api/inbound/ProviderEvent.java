package io.fincore.api.inbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.client.WorkflowClient;

/** A callback of a provider, as we understand it. Fields we do not know are ignored: a provider may add some. */
sealed interface ProviderEvent permits BankEvent, KycEvent {

    String BANK = "bank";
    String KYC = "kyc";

    /** {@code bank} or {@code kyc}. */
    String provider();

    /** The provider's own name for the event. */
    String eventId();

    /** What it is about, {@code pay_…}, {@code ref_…} or {@code act_…}. */
    String subjectId();

    /** In words, what kind of thing that is. */
    String subject();

    /** Hands it to the workflow of its subject. */
    void signal(WorkflowClient client);

    static ProviderEvent parse(InboundEvent event, ObjectMapper json) throws NotUnderstood {
        try {
            JsonNode body = json.readTree(event.body());
            return switch (event.provider()) {
                case BANK -> BankEvent.of(event.eventId(), body);
                case KYC -> KycEvent.of(event.eventId(), body);
                default -> throw new NotUnderstood("unknown provider " + event.provider());
            };
        } catch (JsonProcessingException notJson) {
            throw new NotUnderstood("not JSON");
        }
    }

    /** Without control characters: PostgreSQL stores no NUL, and a provider's text must not stop a saga. */
    static String text(JsonNode field, String otherwise) {
        return field.asText(otherwise).replaceAll("\\p{Cntrl}", " ");
    }
}
