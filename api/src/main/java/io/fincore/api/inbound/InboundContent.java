package io.fincore.api.inbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fincore.money.EndToEndId;
import io.fincore.money.IdType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What an operator needs of a callback's body to see why it was not taken, and to ask the provider about it: codes and references. Free
 * text stays out, a KYC provider's reasons above all: they tell of a person.
 *
 * @param bytes the body's length
 * @param sha256 of the body as it was signed, in lower-case hex: proves which one is meant without showing it
 * @param endToEndId by which the bank knows the payment or the refund
 * @param checkId by which the KYC provider knows the activation
 * @param reason the bank's code
 * @param reference the provider's own
 * @param occurredAt as the provider says; null if that is no instant
 */
record InboundContent(
        int bytes,
        String sha256,
        @Nullable String type,
        @Nullable String endToEndId,
        @Nullable String checkId,
        @Nullable String status,
        @Nullable String reason,
        @Nullable String reference,
        @Nullable Instant occurredAt) {

    private static final int LONGEST = 64;

    static InboundContent of(byte[] body, ObjectMapper json) {
        JsonNode read = read(body, json);
        JsonNode reference = read.path("bank_reference");
        return new InboundContent(
                body.length,
                sha256(body),
                code(read.path("type")),
                code(read.path("end_to_end_id")),
                code(read.path("check_id")),
                code(read.path("status")),
                code(read.path("reason").path("code")),
                code(reference.isMissingNode() ? read.path("reference") : reference),
                instant(read.path("occurred_at")));
    }

    /** The id of what it is about, whether or not the rest makes sense; null if it names nothing of ours. */
    @Nullable
    String subject() {
        if (checkId != null && IdType.ACTIVATION.matches(checkId)) {
            return checkId;
        }
        try {
            return endToEndId == null ? null : new EndToEndId(endToEndId).subjectId();
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    private static JsonNode read(byte[] body, ObjectMapper json) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Null if it is none: codes and references are short and have no blanks. */
    private static @Nullable String code(JsonNode field) {
        String text = field.asText("");
        return text.matches("[!-~]{1," + LONGEST + "}") ? text : null;
    }

    /** Null if it is none. */
    private static @Nullable Instant instant(JsonNode field) {
        try {
            return Instant.parse(field.asText(""));
        } catch (DateTimeParseException notOne) {
            return null;
        }
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
