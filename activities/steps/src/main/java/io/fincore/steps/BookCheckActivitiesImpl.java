package io.fincore.steps;

import io.fincore.audit.Anchor;
import io.fincore.money.IdType;
import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.steps.BookCheck.Finding;
import io.fincore.workflows.bookcheck.BookCheckActivities;
import io.fincore.workflows.bookcheck.BookCheckOrder;
import io.fincore.workflows.bookcheck.BookCheckState;
import io.fincore.workflows.bookcheck.BookCheckStatus;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

final class BookCheckActivitiesImpl implements BookCheckActivities {

    private static final Logger LOG = LoggerFactory.getLogger(BookCheckActivitiesImpl.class);

    /** Whose the book is: no tenant's. */
    private static final String PLATFORM = "platform";

    private static final String RUNBOOK = "docs/operating/runbooks/book-check.md";

    private final BookCheckStore store;
    private final BookCheck book;
    private final Outbox outbox;
    private final TransactionTemplate transaction;

    BookCheckActivitiesImpl(DataSource dataSource, BookCheckStore store, BookCheck book) {
        this.store = store;
        this.book = book;
        this.outbox = new Outbox(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    @Override
    public BookCheckState check(String workflowId, BookCheckOrder order) {
        ActivityExecutionContext activity = Activity.getExecutionContext();
        try (Heartbeat heartbeat = new Heartbeat(activity)) {
            return check(workflowId, order, heartbeat, activity.getInfo().getAttempt());
        }
    }

    private BookCheckState check(String workflowId, BookCheckOrder order, Heartbeat heartbeat, int attempt) {
        try {
            String newId = order.checkId() == null ? IdType.BOOK_CHECK.next() : order.checkId();
            BookCheckState state = store.begin(newId, workflowId, order);
            if (!state.status().isTerminal()) {
                List<Anchor> anchors =
                        order.anchors().stream().map(Anchor::parse).toList();
                conclude(workflowId, state, book.run(anchors, heartbeat::requireWanted));
            }
            return store.find(workflowId);
        } catch (RuntimeException fault) {
            heartbeat.requireWanted();
            LOG.warn("the book could not be checked", fault);
            throw failed(workflowId, fault, attempt);
        }
    }

    /** The report and the alarm are one commit. */
    private void conclude(String workflowId, BookCheckState state, List<Finding> report) {
        List<Finding> violated =
                report.stream().filter(finding -> !finding.isSound()).toList();
        BookCheckStatus status = violated.isEmpty() ? BookCheckStatus.SOUND : BookCheckStatus.VIOLATED;
        boolean kept = Boolean.TRUE.equals(transaction.execute(inTransaction -> {
            boolean completed = store.complete(workflowId, status, report);
            if (completed && !violated.isEmpty()) {
                publish(String.valueOf(state.checkId()), violated);
            }
            return completed;
        }));
        if (kept) {
            violated.forEach(finding -> LOG.error(
                    "the book is violated, {}: it does not hold that {}; {} times: {}",
                    finding.check(),
                    finding.meaning(),
                    finding.violations(),
                    String.join("; ", finding.culprits())));
        }
    }

    private void publish(String checkId, List<Finding> violated) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", checkId);
        body.put("object", "book_check");
        body.put("violated", violated);
        body.put("runbook", RUNBOOK);
        outbox.append(new NewEvent(PLATFORM, "system", "book.violated", checkId, Json.write(body)));
    }

    /** Gives up sooner than a saga's step would: the next check comes by itself. */
    private RuntimeException failed(String workflowId, RuntimeException fault, int attempt) {
        boolean giveUp = attempt >= Faults.FAULTS_PER_STEP && !Faults.isOutage(fault);
        if (giveUp) {
            store.fail(workflowId, Faults.describe(fault));
        }
        return Faults.toFailure(fault, giveUp);
    }
}
