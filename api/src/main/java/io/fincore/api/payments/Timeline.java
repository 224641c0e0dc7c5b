package io.fincore.api.payments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fincore.api.orders.Failure;
import io.fincore.workflows.payment.PaymentStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads everything that is known to have happened to a payment, in order. What machines said of it is for operators. */
@Component
class Timeline {

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    Timeline(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    List<TimelineEntry> of(StoredPayment payment) {
        return jdbc.sql("""
                SELECT occurred_at, kind, name, detail::text AS detail FROM read.payment_timeline
                WHERE payment_id = :id ORDER BY occurred_at, sequence, kind
                """)
                .param("id", payment.id())
                .query((row, number) -> entry(row, payment.body().failure()))
                .list();
    }

    private TimelineEntry entry(ResultSet row, @Nullable Failure failure) throws SQLException {
        String kind = row.getString("kind");
        String name = row.getString("name");
        return new TimelineEntry(
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                kind,
                name,
                forClients(kind, name, parse(row.getString("detail")), failure));
    }

    private static ObjectNode forClients(String kind, String name, ObjectNode detail, @Nullable Failure failure) {
        if (kind.equals("step")) {
            // It may hold SQL. The admin API shows it.
            detail.remove("error");
        } else if (kind.equals("status") && name.equals(PaymentStatus.REQUIRES_MANUAL_INTERVENTION.code())) {
            detail.put("reason", "An operator looks into it.");
        } else if (kind.equals("status") && name.equals(PaymentStatus.FAILED.code()) && failure != null) {
            detail.put("reason", failure.detail());
        }
        return detail;
    }

    private ObjectNode parse(String detail) {
        try {
            return json.readValue(detail, ObjectNode.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored timeline cannot be read", broken);
        }
    }
}
