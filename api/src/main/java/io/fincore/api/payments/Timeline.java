package io.fincore.api.payments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.database.ReadDatabase;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads everything that is known to have happened to a payment, in order. */
@Component
class Timeline {

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    Timeline(ReadDatabase reads, ObjectMapper json) {
        this.jdbc = reads.jdbc();
        this.json = json;
    }

    List<TimelineEntry> of(String paymentId) {
        return jdbc.sql("""
                SELECT occurred_at, kind, name, detail::text AS detail FROM read.payment_timeline
                WHERE payment_id = :id ORDER BY occurred_at, sequence, kind
                """)
                .param("id", paymentId)
                .query((row, number) -> new TimelineEntry(
                        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                        row.getString("kind"),
                        row.getString("name"),
                        parse(row.getString("detail"))))
                .list();
    }

    private JsonNode parse(String detail) {
        try {
            return json.readTree(detail);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored timeline cannot be read", broken);
        }
    }
}
