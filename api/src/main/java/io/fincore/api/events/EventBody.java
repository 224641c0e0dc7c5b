package io.fincore.api.events;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.fincore.outbox.EventDocument;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * Something that happened, byte for byte as webhooks tell it.
 *
 * @param type such as {@code payment.completed}
 * @param subject the id of what it happened to
 * @param data what it was told with
 */
record EventBody(
        String id,
        String object,
        String type,
        String subject,
        Instant createdAt,

        @JsonRawValue @Schema(types = "object") String data) {

    static EventBody of(EventDocument event) {
        return new EventBody(event.id(), "event", event.type(), event.subjectId(), event.createdAt(), event.dataJson());
    }
}
