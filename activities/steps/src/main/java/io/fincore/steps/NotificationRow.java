package io.fincore.steps;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/**
 * A notification that an attempt has taken.
 *
 * @param attempts with this one: who finds another number later has come too late
 */
record NotificationRow(
        String id, String customerId, String template, Map<String, String> values, int attempts, Instant createdAt) {

    NotificationRow {
        values = Map.copyOf(values);
    }

    static NotificationRow read(ResultSet row, int number) throws SQLException {
        return new NotificationRow(
                row.getString("id"),
                row.getString("customer_id"),
                row.getString("template"),
                Json.readTexts(row.getString("values")),
                row.getInt("attempts"),
                row.getTimestamp("created_at").toInstant());
    }
}
