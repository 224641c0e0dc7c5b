package io.fincore.api;

import io.fincore.workflows.bookcheck.BookCheckActivities;
import io.fincore.workflows.bookcheck.BookCheckOrder;
import io.fincore.workflows.bookcheck.BookCheckState;
import io.fincore.workflows.bookcheck.BookCheckStatus;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks no book. With anchors it finds something; what "lazy" wants is never begun, and what "clumsy" wants fails. */
public final class FakeBookChecks implements BookCheckActivities {

    private final JdbcClient jdbc;

    FakeBookChecks(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public BookCheckState check(String workflowId, BookCheckOrder order) {
        switch (order.requestedBy()) {
            case "lazy" -> throw ApplicationFailure.newFailure("not yet", "FAULT");
            case "clumsy" -> {
                write(workflowId, order, BookCheckStatus.FAILED, null, "permission denied");
                throw ApplicationFailure.newNonRetryableFailure("permission denied", "PERMANENT");
            }
            default -> {}
        }
        boolean sound = order.anchors().isEmpty();
        BookCheckStatus status = sound ? BookCheckStatus.SOUND : BookCheckStatus.VIOLATED;
        write(
                workflowId,
                order,
                status,
                """
                [{"check": "audit-chain", "meaning": "the audit log is chained", "violations": %d, "culprits": %s}]""".formatted(sound ? 0 : 1, sound ? "[]" : "[\"position 7: entry 7 is missing\"]"),
                null);
        return new BookCheckState(order.checkId(), status, sound ? List.of() : List.of("audit-chain"));
    }

    private void write(
            String workflowId,
            BookCheckOrder order,
            BookCheckStatus status,
            @Nullable String report,
            @Nullable String error) {
        jdbc.sql("""
                INSERT INTO saga.book_check (id, workflow_id, requested_by, status, report, error, completed_at)
                VALUES (?, ?, ?, ?, ?::jsonb, ?, clock_timestamp())""")
                .param(Objects.requireNonNull(order.checkId()))
                .param(workflowId)
                .param(order.requestedBy())
                .param(status.code())
                .param(report)
                .param(error)
                .update();
    }
}
