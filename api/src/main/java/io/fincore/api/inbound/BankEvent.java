package io.fincore.api.inbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.money.EndToEndId;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankReport;

/**
 * What a callback of the bank says. Fields we do not know are ignored: the bank may add some.
 *
 * @param paymentId told from the end-to-end id
 */
record BankEvent(String paymentId, BankReport report) {

    /** The callback is signed, but makes no sense to us. */
    static final class NotUnderstood extends Exception {

        private static final long serialVersionUID = 1L;

        NotUnderstood(String message) {
            super(message, null, false, false);
        }
    }

    static BankEvent parse(String eventId, String body, ObjectMapper json) throws NotUnderstood {
        try {
            JsonNode event = json.readTree(body);
            if (!event.path("type").asText().equals("credit_transfer.status")) {
                throw new NotUnderstood("unknown type '" + text(event.path("type"), "") + "'");
            }
            return new BankEvent(
                    new EndToEndId(event.path("end_to_end_id").asText()).subjectId(),
                    new BankReport(eventId, answer(event)));
        } catch (JsonProcessingException notJson) {
            throw new NotUnderstood("not JSON");
        } catch (IllegalArgumentException notOurs) {
            throw new NotUnderstood("not an end-to-end id of ours");
        }
    }

    /** Without control characters: PostgreSQL stores no NUL, and a bank's text must not stop a payment. */
    private static String text(JsonNode field, String otherwise) {
        return field.asText(otherwise).replaceAll("\\p{Cntrl}", " ");
    }

    /** ISO 20022 transaction status, as in pacs.002. */
    private static BankAnswer answer(JsonNode event) throws NotUnderstood {
        String status = event.path("status").asText();
        String reference = text(event.path("bank_reference"), "");
        return switch (status) {
            case "ACSC", "ACCC" -> new BankAnswer.Settled(reference);
            case "ACTC", "ACCP", "ACSP", "PDNG" -> new BankAnswer.Accepted(reference);
            case "RJCT" ->
                new BankAnswer.Rejected(
                        text(event.path("reason").path("code"), "NARR"),
                        text(event.path("reason").path("detail"), ""));
            default -> throw new NotUnderstood("unknown status '" + text(event.path("status"), "") + "'");
        };
    }
}
