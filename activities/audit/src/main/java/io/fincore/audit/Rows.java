package io.fincore.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;

/** Rows of the log as records. */
final class Rows {

    private Rows() {}

    static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getLong("position"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getString("action"),
                row.getString("object"),
                row.getString("object_id"),
                row.getString("before"),
                row.getString("after"),
                row.getString("origin"),
                hex(row));
    }

    static Anchor anchor(ResultSet row, int number) throws SQLException {
        return new Anchor(
                row.getLong("position"),
                hex(row),
                row.getObject("anchored_at", OffsetDateTime.class).toInstant());
    }

    static Backlog backlog(ResultSet row, int number) throws SQLException {
        Optional<Instant> oldest = Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
        return new Backlog(row.getLong("unsealed"), oldest);
    }

    private static String hex(ResultSet row) throws SQLException {
        return HexFormat.of().formatHex(row.getBytes("hash"));
    }
}
