package io.fincore.api.erasures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.database.Columns;
import io.fincore.workflows.erasure.Obstacle;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Understands rows of erasures, and orders for them that are no rows yet. */
@Component
class ErasureRows {

    private final ObjectMapper json;

    ErasureRows(ObjectMapper json) {
        this.json = json;
    }

    StoredErasure read(ResultSet row) throws SQLException {
        String document = row.getString("document");
        Instant createdAt = Columns.instant(row, "created_at");
        if (document != null) {
            return parse(document, ErasureDocument.class)
                    .pending(row.getString("id"), row.getString("principal"), createdAt);
        }
        return new StoredErasure(
                new ErasureBody(
                        row.getString("id"),
                        "erasure",
                        row.getString("customer_id"),
                        row.getString("reason"),
                        row.getString("principal"),
                        row.getString("status"),
                        List.of(parse(row.getString("obstacles"), Obstacle[].class)),
                        Columns.instant(row, "deadline"),
                        row.getString("cancelled_by"),
                        createdAt,
                        Columns.instant(row, "updated_at"),
                        Columns.nullableInstant(row, "ended_at")),
                row.getInt("version"));
    }

    ErasureClaim claim(ResultSet row) throws SQLException {
        return new ErasureClaim(
                row.getString("resource_id"),
                row.getString("correlation_id"),
                parse(row.getString("document"), ErasureDocument.class));
    }

    private <T> T parse(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored erasure cannot be read", broken);
        }
    }
}
