package io.fincore.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How clients' metadata comes to the database and back: as arrays, so that no JSON has to be written or read here. */
final class Metadata {

    private Metadata() {}

    /** Keys and values one after the other, in one order, as {@code jsonb_object} takes them. */
    static String[] flatten(Map<String, String> metadata) {
        return new TreeMap<>(metadata)
                .entrySet().stream()
                        .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                        .toArray(String[]::new);
    }

    /** The columns that {@link #read} needs, of a table with the column {@code metadata}. */
    static String columns(String table) {
        return "ARRAY(SELECT key FROM jsonb_each_text(" + table + ".metadata) ORDER BY key) AS metadata_keys,"
                + " ARRAY(SELECT value FROM jsonb_each_text(" + table + ".metadata) ORDER BY key) AS metadata_values";
    }

    static Map<String, String> read(ResultSet row) throws SQLException {
        String[] keys = (String[]) row.getArray("metadata_keys").getArray();
        String[] values = (String[]) row.getArray("metadata_values").getArray();
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < keys.length; i++) {
            metadata.put(keys[i], values[i]);
        }
        return metadata;
    }
}
