package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.jdbc.core.simple.JdbcClient;

class StepRecorderTest {

    private static final StepKey STEP = new StepKey("payment/pay_1", 1, 3, "ledger.hold");
    private static final StepKey UNDO = STEP.undoneBy("ledger.release");

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.asSuperuser());
    private final AtomicBoolean mayGiveUp = new AtomicBoolean(true);
    private final AtomicInteger effects = new AtomicInteger();
    private final DataSource dataSource = database.as(DatabaseRole.WORKER);
    private final JdbcClient worker = JdbcClient.create(dataSource);
    private final List<String> told = new ArrayList<>();
    private final StepRecorder steps = new StepRecorder(
            dataSource, mayGiveUp::get, (key, attempts, took) -> told.add(key.name() + " after " + attempts));

    @Test
    void answersASecondAttemptWithWhatTheFirstHasStored() {
        assertThat(steps.forward(STEP, "request", String.class, () -> "first")).isEqualTo("first");

        assertThat(steps.forward(STEP, "request", String.class, () -> "second")).isEqualTo("first");

        assertThat(rows()).containsExactly("ledger.hold SUCCEEDED 1 \"first\"");
    }

    @Test
    void hasOneEffectWhenTwentyAttemptsComeAtOnce() throws Exception {
        List<Callable<Integer>> attempts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            attempts.add(() -> steps.forward(STEP, null, Integer.class, effects::incrementAndGet));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            for (Future<Integer> answer : threads.invokeAll(attempts)) {
                assertThat(answer.get()).isEqualTo(1);
            }
        }

        assertThat(effects).hasValue(1);
    }

    @Test
    void doesNothingWhenTheStepWasUndoneBefore() {
        steps.undo(UNDO, effects::incrementAndGet);

        assertThatThrownBy(() -> steps.forward(STEP, null, Integer.class, () -> effects.addAndGet(100)))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(FailureType.STEP_UNDONE.name());
                    assertThat(failure.isNonRetryable()).isTrue();
                });

        assertThat(effects).hasValue(1);
        assertThat(rows()).containsExactly("ledger.hold COMPENSATED 0 null", "ledger.release SUCCEEDED 1 true");
    }

    /** A lost workflow task takes its local activities again, those that led to an undo too. */
    @Test
    void answersAsBeforeWhenTheStepWasUndoneSince() {
        steps.forward(STEP, null, String.class, () -> "first");
        steps.undo(UNDO, () -> {});

        assertThat(steps.forward(STEP, null, String.class, () -> "second")).isEqualTo("first");

        assertThat(rows()).containsExactly("ledger.hold COMPENSATED 1 \"first\"", "ledger.release SUCCEEDED 1 true");
    }

    @Test
    void saysToTheAuditLogWhoseStepItIs() {
        MDC.put("correlation_id", "cor_1");
        MDC.put("request_id", "req_1");
        try {
            assertThat(steps.forward(STEP, null, String.class, this::origin))
                    .isEqualTo("{\"actor\":\"workflow payment/pay_1\",\"request_id\":\"req_1\",\"correlation_id\":\"cor_1\"}");
        } finally {
            MDC.clear();
        }
        assertThat(steps.orderedBy("clara", "192.0.2.7").forward(STEP.besides("other"), null, String.class, this::origin))
                .isEqualTo("{\"actor\":\"clara\",\"ip\":\"192.0.2.7\"}");
        assertThat(steps.orderedBy("system").forward(STEP.besides("own"), null, String.class, this::origin))
                .isEqualTo("{\"actor\":\"workflow payment/pay_1\"}");
        assertThat(steps.of("refund/ref_1").unrecorded("beside", this::origin))
                .isEqualTo("{\"actor\":\"workflow refund/ref_1\"}");
        assertThat(steps.unrecorded("beside", this::origin)).as("it is not kept for the next").isEmpty();
    }

    private String origin() {
        return worker.sql("SELECT coalesce(current_setting('fincore.origin', true), '')")
                .query(String.class)
                .single();
    }

    @Test
    void undoesOnce() {
        steps.forward(STEP, null, () -> {});

        steps.undo(UNDO, effects::incrementAndGet);
        steps.undo(UNDO, effects::incrementAndGet);

        assertThat(effects).hasValue(1);
        assertThat(rows()).containsExactly("ledger.hold COMPENSATED 1 true", "ledger.release SUCCEEDED 1 true");
    }

    @Test
    void rollsTheEffectBackAndRecordsTheFailure() {
        assertThatThrownBy(() -> steps.forward(STEP, null, () -> {
                    worker.sql("INSERT INTO saga.saga VALUES ('w', 'payment', 's', 't', 'p', 'c', 'RUNNING', 8)")
                            .update();
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(FailureType.FAULT.name());
                    assertThat(failure.isNonRetryable()).isFalse();
                });

        assertThat(jdbc.sql("SELECT count(*) FROM saga.saga")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(rows()).containsExactly("ledger.hold FAILED 1 null");
        steps.forward(STEP, null, effects::incrementAndGet);
        assertThat(rows()).containsExactly("ledger.hold SUCCEEDED 2 true");
    }

    @Test
    void tellsOnceOfAStepAndOnlyWhenItIsCommitted() {
        jdbc.sql("""
                CREATE FUNCTION saga.refuse() RETURNS trigger LANGUAGE plpgsql
                    AS $$ BEGIN RAISE EXCEPTION 'refused at the commit'; END $$""").update();
        jdbc.sql("""
                CREATE CONSTRAINT TRIGGER refused AFTER INSERT OR UPDATE ON saga.step DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW WHEN (NEW.status = 'SUCCEEDED') EXECUTE FUNCTION saga.refuse()""").update();
        assertThatThrownBy(() -> steps.forward(STEP, null, effects::incrementAndGet))
                .hasMessageContaining("refused at the commit");
        assertThat(effects).hasValue(1);
        assertThat(told).isEmpty();

        jdbc.sql("DROP TRIGGER refused ON saga.step").update();
        steps.forward(STEP, null, effects::incrementAndGet);
        steps.forward(STEP, null, effects::incrementAndGet);

        assertThat(told).containsExactly("ledger.hold after 2");
    }

    @Test
    void givesUpAtTheFifthFaultOfARegularAttempt() {
        assertThat(fail(STEP, new IllegalStateException("broken"), 4))
                .containsOnly(FailureType.FAULT.name())
                .hasSize(4);
        mayGiveUp.set(false);
        assertThat(fail(STEP, new IllegalStateException("broken"), 3)).containsOnly(FailureType.FAULT.name());
        mayGiveUp.set(true);

        assertThat(fail(STEP, new IllegalStateException("broken"), 1)).containsExactly(FailureType.PERMANENT.name());
    }

    @Test
    void neverGivesUpInAnOutage() {
        RuntimeException outage = new IllegalStateException(new SQLTransientConnectionException("no connection"));
        RuntimeException standby = new IllegalStateException(new SQLException("read-only", "25006"));

        assertThat(fail(STEP, outage, 20)).containsOnly(FailureType.INFRASTRUCTURE.name());
        assertThat(fail(STEP, standby, 20)).containsOnly(FailureType.INFRASTRUCTURE.name());
        assertThat(fail(STEP, new IllegalStateException("broken"), 1)).containsExactly(FailureType.FAULT.name());
    }

    private List<String> fail(StepKey key, RuntimeException fault, int times) {
        List<String> types = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            ApplicationFailure failure = catchThrowableOfType(
                    ApplicationFailure.class,
                    () -> steps.forward(key, null, () -> {
                        throw fault;
                    }));
            assertThat(failure.isNonRetryable()).isEqualTo(failure.getType().equals(FailureType.PERMANENT.name()));
            types.add(failure.getType());
        }
        return types;
    }

    private List<String> rows() {
        return jdbc.sql("""
                SELECT concat_ws(' ', name, status, attempts, coalesce(response::text, 'null')) FROM saga.step
                 ORDER BY name""").query(String.class).list();
    }
}
