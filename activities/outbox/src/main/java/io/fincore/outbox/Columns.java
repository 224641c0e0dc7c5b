package io.fincore.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the schema's values are read and written. Metadata goes as an array, so that no JSON has to be written or read here. */
final class Columns {

    private Columns() {}

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    /** Keys and values one after the other, as {@code jsonb_object} takes them. */
    static String[] flatten(Map<String, String> metadata) {
        return new TreeMap<>(metadata)
                .entrySet().stream()
                        .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                        .toArray(String[]::new);
    }

    /** From the columns {@code metadata_keys} and {@code metadata_values}. */
    static Map<String, String> metadata(ResultSet row) throws SQLException {
        List<String> keys = texts(row, "metadata_keys");
        List<String> values = texts(row, "metadata_values");
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            metadata.put(keys.get(i), values.get(i));
        }
        return metadata;
    }
}
