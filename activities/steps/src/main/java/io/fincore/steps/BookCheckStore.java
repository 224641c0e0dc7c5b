package io.fincore.steps;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.steps.BookCheck.Finding;
import io.fincore.workflows.ActivityPolicies;
import io.fincore.workflows.bookcheck.BookCheckOrder;
import io.fincore.workflows.bookcheck.BookCheckState;
import io.fincore.workflows.bookcheck.BookCheckStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of checks of the book. */
final class BookCheckStore {

    private final JdbcClient jdbc;

    BookCheckStore(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /** Writes a running check unless it is there; ends those that nobody can end any more. Answers how the check stands. */
    BookCheckState begin(String checkId, String workflowId, BookCheckOrder order) {
        jdbc.sql("""
                UPDATE saga.book_check
                   SET status = 'failed', error = 'no worker has finished it in time', completed_at = clock_timestamp()
                 WHERE status = 'running' AND workflow_id <> :workflowId
                   AND started_at < clock_timestamp() - make_interval(secs => :patience)""")
                .param("workflowId", workflowId)
                .param("patience", ActivityPolicies.BOOK_CHECK_PATIENCE.toSeconds())
                .update();
        jdbc.sql("""
                INSERT INTO saga.book_check (id, workflow_id, requested_by) VALUES (:id, :workflowId, :requestedBy)
                ON CONFLICT (workflow_id) DO NOTHING""")
                .param("id", checkId)
                .param("workflowId", workflowId)
                .param("requestedBy", order.requestedBy())
                .update();
        return find(workflowId);
    }

    BookCheckState find(String workflowId) {
        return jdbc.sql(
                        "SELECT id, status, report::text AS report FROM saga.book_check WHERE workflow_id = :workflowId")
                .param("workflowId", workflowId)
                .query((row, number) -> new BookCheckState(
                        row.getString("id"),
                        BookCheckStatus.ofCode(row.getString("status")),
                        violated(row.getString("report"))))
                .single();
    }

    /** @return whether it was running still */
    boolean complete(String workflowId, BookCheckStatus status, List<Finding> report) {
        return end(workflowId, status, Json.write(report), null);
    }

    /** @return whether it was running still */
    boolean fail(String workflowId, String error) {
        return end(workflowId, BookCheckStatus.FAILED, null, error);
    }

    private boolean end(String workflowId, BookCheckStatus status, @Nullable String report, @Nullable String error) {
        return jdbc.sql("""
                UPDATE saga.book_check
                   SET status = :status, report = :report::jsonb, error = :error, completed_at = clock_timestamp()
                 WHERE workflow_id = :workflowId AND status = 'running'""")
                        .param("workflowId", workflowId)
                        .param("status", status.code())
                        .param("report", report)
                        .param("error", error)
                        .update()
                == 1;
    }

    /** The last check that could be made. */
    Optional<BookCheckJob.Last> last() {
        return jdbc.sql("""
                SELECT report::text AS report, completed_at, started_at, clock_timestamp() AS now
                  FROM saga.book_check WHERE report IS NOT NULL ORDER BY completed_at DESC LIMIT 1""").query((row, number) -> last(row)).optional();
    }

    private static BookCheckJob.Last last(ResultSet row) throws SQLException {
        OffsetDateTime completedAt = row.getObject("completed_at", OffsetDateTime.class);
        Map<String, Long> violations = new TreeMap<>();
        Json.read(row.getString("report"), JsonNode.class)
                .forEach(finding -> violations.put(
                        finding.path("check").asText(),
                        finding.path("violations").asLong()));
        return new BookCheckJob.Last(
                Duration.between(completedAt, row.getObject("now", OffsetDateTime.class)),
                Duration.between(row.getObject("started_at", OffsetDateTime.class), completedAt),
                violations);
    }

    private static List<String> violated(@Nullable String report) {
        List<String> violated = new ArrayList<>();
        if (report != null) {
            Json.read(report, JsonNode.class).forEach(finding -> {
                if (finding.path("violations").asLong() > 0) {
                    violated.add(finding.path("check").asText());
                }
            });
        }
        return violated;
    }
}
