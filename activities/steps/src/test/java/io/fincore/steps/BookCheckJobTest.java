package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fincore.money.IdType;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.bookcheck.BookCheckOrder;
import io.fincore.workflows.bookcheck.BookCheckState;
import io.fincore.workflows.bookcheck.BookCheckStatus;
import io.fincore.workflows.bookcheck.BookCheckWorkflow;
import io.fincore.workflows.bookcheck.BookCheckWorkflowImpl;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The workflow and its activity, on a real PostgreSQL and Temporal in memory. */
class BookCheckJobTest {

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.asSuperuser());
    private final BookCheckJob job =
            new BookCheckJob(database.as(DatabaseRole.WORKER), new BookCheck(database.as(DatabaseRole.WORKER)));
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(
                            TemporalConnection.clientOptions("default", PayloadKeys.ephemeral(), OpenTelemetry.noop()))
                    .build());

    @BeforeEach
    void start() {
        log.start();
        logger().addAppender(log);
        temporal.newWorker(TaskQueues.PAYMENTS).registerWorkflowImplementationTypes(BookCheckWorkflowImpl.class);
        temporal.newWorker(TaskQueues.CHECKS).registerActivitiesImplementations(job.activities());
        temporal.start();
    }

    @AfterEach
    void close() {
        logger().detachAppender(log);
        temporal.close();
    }

    @Test
    void keepsTheReportOfASoundBook() {
        String id = IdType.BOOK_CHECK.next();

        WorkflowStub check = start(BookCheckWorkflow.workflowId(id), new BookCheckOrder(id, "olga", List.of()));

        assertThat(check.getResult(BookCheckState.class))
                .isEqualTo(new BookCheckState(id, BookCheckStatus.SOUND, List.of()));
        assertThat(check.query("state", BookCheckState.class))
                .isEqualTo(new BookCheckState(id, BookCheckStatus.SOUND, List.of()));
        assertThat(rows()).containsExactly(id + " sound by olga");
        assertThat(jdbc.sql("SELECT f ->> 'check' FROM saga.book_check, jsonb_array_elements(report) AS f")
                        .query(String.class)
                        .list())
                .isEqualTo(BookCheck.names());
        assertThat(alarms()).isEmpty();
        assertThat(errors()).isEmpty();
        assertThat(job.last()).get().satisfies(last -> {
            assertThat(last.violations()).hasSize(BookCheck.names().size()).doesNotContainValue(1L);
            assertThat(last.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
            assertThat(last.took()).isPositive();
        });
    }

    @Test
    void alarmsOnceWhenSomethingIsViolated() {
        spoil();

        BookCheckState ended =
                start("book-check-by-schedule", BookCheckOrder.SCHEDULED).getResult(BookCheckState.class);

        assertThat(IdType.BOOK_CHECK.matches(String.valueOf(ended.checkId()))).isTrue();
        assertThat(ended.status()).isEqualTo(BookCheckStatus.VIOLATED);
        assertThat(ended.violated()).containsExactly("transactions-have-entries");
        assertThat(rows()).containsExactly(ended.checkId() + " violated by schedule");
        assertThat(alarms())
                .containsExactly(ended.checkId()
                        + " transactions-have-entries 1 txn_x has 0 entries docs/operating/runbooks/book-check.md");
        assertThat(errors())
                .containsExactly(
                        "the book is violated, transactions-have-entries: it does not hold that each transaction"
                                + " has two or more entries; 1 times: txn_x has 0 entries");
        assertThat(job.last().orElseThrow().violations()).containsEntry("transactions-have-entries", 1L);
    }

    @Test
    void aRepetitionAnswersTheReportThatThereIs() {
        start("book-check-1", BookCheckOrder.SCHEDULED).getResult(BookCheckState.class);
        spoil();

        BookCheckState again = start("book-check-1", BookCheckOrder.SCHEDULED).getResult(BookCheckState.class);

        assertThat(again.status()).isEqualTo(BookCheckStatus.SOUND);
        assertThat(rows()).hasSize(1);
        assertThat(alarms()).isEmpty();
    }

    @Test
    void failsOnRecordWhenTheBookCannotBeRead() {
        jdbc.sql("REVOKE SELECT ON ledger.entry FROM fincore_worker").update();
        String id = IdType.BOOK_CHECK.next();
        WorkflowStub check = start(BookCheckWorkflow.workflowId(id), new BookCheckOrder(id, "olga", List.of()));

        assertThatThrownBy(() -> check.getResult(BookCheckState.class)).isInstanceOf(WorkflowFailedException.class);

        assertThat(check.query("state", BookCheckState.class).status()).isEqualTo(BookCheckStatus.FAILED);
        assertThat(rows()).containsExactly(id + " failed by olga");
        assertThat(jdbc.sql("SELECT error FROM saga.book_check")
                        .query(String.class)
                        .single())
                .isEqualTo("ERROR: permission denied for table entry");
        assertThat(job.last()).isEmpty();
    }

    @Test
    void theNextCheckEndsOneThatNobodyCanEndAnyMore() {
        jdbc.sql("""
                INSERT INTO saga.book_check (id, workflow_id, requested_by, started_at)
                VALUES ('chk_old', 'book-check-old', 'schedule', now() - interval '3 hours'),
                       ('chk_new', 'book-check-new', 'schedule', now())""").update();

        start("book-check-1", BookCheckOrder.SCHEDULED).getResult(BookCheckState.class);

        assertThat(rows())
                .contains("chk_old failed by schedule", "chk_new running by schedule")
                .hasSize(3);
    }

    @Test
    void whatWasFoundStays() {
        start("book-check-1", BookCheckOrder.SCHEDULED).getResult(BookCheckState.class);
        for (String change : List.of(
                "UPDATE saga.book_check SET report = '[]'",
                "DELETE FROM saga.book_check",
                "TRUNCATE saga.book_check")) {
            assertThatThrownBy(() -> jdbc.sql(change).update())
                    .rootCause()
                    .hasMessageContaining("book_check is append-only");
        }
    }

    private WorkflowStub start(String workflowId, BookCheckOrder order) {
        WorkflowStub stub = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        BookCheckWorkflow.WORKFLOW_TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.PAYMENTS)
                                .setWorkflowId(workflowId)
                                .build());
        stub.start(order);
        return stub;
    }

    /** A transaction without entries, recorded like any other. */
    private void spoil() {
        jdbc.sql("""
                        SET session_replication_role = replica;
                        INSERT INTO ledger.transaction (id, kind, booked_at) VALUES ('txn_x', 'deposit', now());
                        INSERT INTO audit.unsealed (action, object, object_id, after, origin)
                        VALUES ('transaction.booked', 'transaction', 'txn_x', ledger.transaction_record('txn_x'), audit.origin())""").update();
    }

    private List<String> rows() {
        return jdbc.sql("SELECT id || ' ' || status || ' by ' || requested_by FROM saga.book_check")
                .query(String.class)
                .list();
    }

    private List<String> alarms() {
        return jdbc.sql("""
                SELECT concat_ws(' ', subject_id, f ->> 'check', f ->> 'violations', f -> 'culprits' ->> 0, payload ->> 'runbook')
                  FROM outbox.event, jsonb_array_elements(payload -> 'violated') AS f WHERE type = 'book.violated'""").query(String.class).list();
    }

    private List<String> errors() {
        return log.list.stream()
                .filter(line -> line.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(BookCheckActivitiesImpl.class);
    }
}
