package io.fincore.api.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.request.RequestIdentity;
import io.fincore.api.security.Caller;
import io.fincore.api.settings.FincoreProperties;
import io.fincore.money.EndToEndId;
import io.fincore.money.IdType;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One callback that cannot be handed on holds up no other, and ends where a person finds it. */
class InboundDrainTest {

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final JdbcClient superuser = JdbcClient.create(database.asSuperuser());
    private final FakeFrontend temporal = new FakeFrontend();
    private final DataSource dataSource = database.as(DatabaseRole.API);
    private final ObjectMapper json = new ObjectMapper();
    private final InboundEvents events = new InboundEvents(JdbcClient.create(dataSource), json);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InboundDrain drain = new InboundDrain(
            events,
            new WorkflowSignals(temporal.client(), json, new TraceParents(Tracer.NOOP, Propagator.NOOP)),
            new ClosedSagas(JdbcClient.create(dataSource), dataSource, json),
            new TransactionTemplate(new DataSourceTransactionManager(dataSource)),
            meters,
            new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("fincore", FincoreProperties.class));
    private final String poisoned = IdType.PAYMENT.next();
    private final String healthy = IdType.PAYMENT.next();

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void aSignalThatTemporalAlwaysRefusesEndsAsADeadLetter() {
        temporal.refuses(poisoned, Status.INVALID_ARGUMENT.withDescription("too large"));
        arrives("poison", poisoned);
        arrives("healthy", healthy);

        assertHoldsUpNothingAndEnds(
                "dead: cannot be handed on: Status{code=INVALID_ARGUMENT, description=too large, cause=null}");
    }

    @Test
    void anEventThatCannotBeNotedDownEndsAsADeadLetter() {
        endedPayment(poisoned);
        temporal.refuses(poisoned, Status.NOT_FOUND);
        superuser.sql("REVOKE INSERT ON outbox.event FROM fincore_api").update();
        arrives("poison", poisoned);
        arrives("healthy", healthy);

        assertHoldsUpNothingAndEnds("dead: could not be noted down, the log says why");
    }

    @Test
    void anEventWhoseTextCannotBeStoredEndsAsADeadLetter() {
        temporal.refuses(poisoned, Status.INVALID_ARGUMENT.withDescription("\0"));
        arrives("poison", poisoned);
        arrives("healthy", healthy);

        assertHoldsUpNothingAndEnds("dead: could not be noted down, the log says why");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNAVAILABLE", "PERMISSION_DENIED"})
    void nothingIsLaidAsideForAnOutage(String code) {
        temporal.refuses(poisoned, Status.Code.valueOf(code).toStatus());
        arrives("poison", poisoned);

        drain.drainOnce();
        patienceEnds();
        drain.drainOnce();

        assertThat(outcome("poison")).isEqualTo("pending after 2 attempts, failing by itself: false");
    }

    @Test
    void aSignalThatWasSentButNotNotedDownIsSentAgainUnderTheSameEventId() {
        arrives("be_1", healthy);
        TransactionTemplate dying = new TransactionTemplate(new DataSourceTransactionManager(dataSource));

        // The replica dies after the signal, before the commit.
        dying.executeWithoutResult(status -> {
            drain.drainOnce();
            status.setRollbackOnly();
        });
        assertThat(outcome("be_1")).isEqualTo("pending after 0 attempts, failing by itself: false");
        drain.drainOnce();

        assertThat(outcome("be_1")).isEqualTo("done: signalled");
        assertThat(temporal.signalledWorkflows)
                .containsExactly(PaymentWorkflow.workflowId(healthy), PaymentWorkflow.workflowId(healthy));
        assertThat(temporal.signalledEvents).containsExactly("be_1", "be_1");
    }

    @Test
    void whatIsReplayedIsSignalledUnderTheEventIdOfBeforeAndWithFreshPatience() {
        temporal.refuses(poisoned, Status.NOT_FOUND);
        arrives("be_1", poisoned);
        drain.drainOnce();
        patienceEnds();
        drain.drainOnce();
        assertThat(outcome("be_1")).isEqualTo("dead: there is no open workflow of payment " + poisoned);

        assertThat(replay("be_1")).isTrue();
        drain.drainOnce();
        assertThat(outcome("be_1")).isEqualTo("pending after 1 attempts, failing by itself: true");
        temporal.accepts(poisoned);
        patienceEnds();
        drain.drainOnce();

        assertThat(outcome("be_1")).isEqualTo("done: signalled");
        assertThat(temporal.signalledEvents).containsExactly("be_1");
        assertThat(replay("be_1")).as("what is done is not replayed").isFalse();
        assertThat(superuser
                        .sql("SELECT format('%s by %s, after %s attempts: %s', reason, requested_by, attempts, outcome)"
                                + " FROM intake.inbound_replay")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "it is there now by oscar, after 2 attempts: there is no open workflow of payment " + poisoned);
        assertThat(meters.counter("fincore.inbound.retries", "provider", "bank").count())
                .isEqualTo(2);
    }

    @Test
    void aReplayIsNeverChanged() {
        arrives("be_1", poisoned);
        superuser
                .sql("UPDATE intake.inbound_event SET status = 'dead', settled_at = now()")
                .update();
        replay("be_1");

        assertThatThrownBy(() -> superuser
                        .sql("UPDATE intake.inbound_replay SET reason = 'another'")
                        .update())
                .hasMessageContaining("inbound_replay is append-only");
    }

    private boolean replay(String eventId) {
        String id = superuser
                .sql("SELECT id FROM intake.inbound_event WHERE event_id = ?")
                .param(eventId)
                .query(String.class)
                .single();
        return new InboundReplays(JdbcClient.create(dataSource))
                .one(new Caller("acme", "oscar"), id, "it is there now");
    }

    private void assertHoldsUpNothingAndEnds(String end) {
        drain.drainOnce();
        assertThat(outcome("healthy")).isEqualTo("done: signalled");
        assertThat(outcome("poison")).isEqualTo("pending after 1 attempts, failing by itself: true");

        patienceEnds();
        drain.drainOnce();
        assertThat(outcome("poison")).isEqualTo(end);

        assertThat(drain.drainOnce()).as("events still due").isZero();
        assertThat(temporal.signalledWorkflows).containsExactly(PaymentWorkflow.workflowId(healthy));
        assertThat(counted("done")).isEqualTo(1);
        assertThat(counted("dead")).isEqualTo(1);
    }

    private void arrives(String eventId, String paymentId) {
        String body = "{\"type\":\"credit_transfer.status\",\"end_to_end_id\":\"%s\",\"status\":\"ACSC\"}"
                .formatted(EndToEndId.ofPayment(paymentId).value());
        events.persist(
                "bank",
                eventId,
                body.getBytes(StandardCharsets.UTF_8),
                null,
                new RequestIdentity("req_1", "test", "/"));
    }

    /** Makes every event due, and those that fail by themselves old. */
    private void patienceEnds() {
        superuser.sql("""
                UPDATE intake.inbound_event
                   SET next_attempt_at = now(), failing_since = failing_since - interval '6 minutes'""").update();
    }

    /** The bank says that it has settled this one: an alert. */
    private void endedPayment(String paymentId) {
        superuser.sql("""
                INSERT INTO payments.payment
                    (id, tenant, principal, customer_id, source, amount, currency, creditor_name, creditor_iban,
                     end_to_end_id, hold_id, status, metadata, correlation_id, ordered_at, deadline)
                VALUES (?, 'acme', 'ada', 'cus_1', 'wal_1', 1250, 'EUR', 'ACME', 'DE89370400440532013000',
                     'e2e', 'hold_1', 'failed', '{}', 'test', now(), now())""").param(paymentId).update();
    }

    private String outcome(String eventId) {
        return superuser.sql("""
                SELECT CASE status WHEN 'pending'
                           THEN format('pending after %s attempts, failing by itself: %s', attempts,
                                       CASE WHEN failing_since IS NULL THEN 'false' ELSE 'true' END)
                           ELSE status || ': ' || outcome END
                  FROM intake.inbound_event WHERE event_id = ?""").param(eventId).query(String.class).single();
    }

    private double counted(String outcome) {
        return meters.counter("fincore.inbound.events", "provider", "bank", "outcome", outcome)
                .count();
    }
}
