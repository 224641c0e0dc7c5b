package io.fincore.dev.payments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.fincore.workflows.client.Payloads;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.History;
import io.temporal.payload.codec.PayloadCodec;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A history as it would be without encryption: every payload decoded wherever it stands, failures with their messages. */
final class DecodedHistory {

    private final PayloadCodec codec;

    DecodedHistory(PayloadCodec codec) {
        this.codec = codec;
    }

    History of(History encoded) {
        return (History) decode(encoded);
    }

    private Message decode(Message message) {
        if (message instanceof Payload payload) {
            return codec.decode(List.of(payload)).getFirst();
        }
        Message.Builder decoded = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            // Maps are repeated fields of entries, which are messages too.
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                continue;
            }
            if (field.isRepeated()) {
                List<?> values = (List<?>) entry.getValue();
                for (int i = 0; i < values.size(); i++) {
                    decoded.setRepeatedField(field, i, decode((Message) values.get(i)));
                }
            } else {
                decoded.setField(field, decode((Message) entry.getValue()));
            }
        }
        return decoded.build() instanceof Failure failure ? readable(failure) : decoded.build();
    }

    private static Failure readable(Failure failure) {
        if (!failure.hasEncodedAttributes()) {
            return failure;
        }
        try {
            JsonNode attributes = Payloads.mapper()
                    .readTree(failure.getEncodedAttributes().getData().toString(StandardCharsets.UTF_8));
            return failure.toBuilder()
                    .setMessage(attributes.path("message").asText())
                    .setStackTrace(attributes.path("stack_trace").asText())
                    .clearEncodedAttributes()
                    .build();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("attributes of a failure are not JSON", e);
        }
    }
}
