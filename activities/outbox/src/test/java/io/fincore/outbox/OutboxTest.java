package io.fincore.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.money.IdType;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class OutboxTest {

    private static final NewEvent EVENT =
            new NewEvent("acme", "clara", "payment.completed", "pay_1", "{\"amount\": 1250}");

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final JdbcClient all = JdbcClient.create(database.asSuperuser());

    @ParameterizedTest
    @EnumSource(names = {"WORKER", "API"})
    void storesWhatWasAppended(DatabaseRole role) {
        String id = new Outbox(database.as(role)).append(EVENT);

        assertThat(IdType.EVENT.matches(id)).isTrue();
        List<Map<String, Object>> events = all.sql(
                        "SELECT id, position, tenant, principal, type, subject_id, payload::text AS payload"
                                + " FROM outbox.event")
                .query()
                .listOfRows();
        assertThat(events).hasSize(1);
        assertThat(events.getFirst())
                .containsEntry("id", id)
                .containsEntry("position", null)
                .containsEntry("tenant", "acme")
                .containsEntry("principal", "clara")
                .containsEntry("type", "payment.completed")
                .containsEntry("subject_id", "pay_1")
                .containsEntry("payload", "{\"amount\": 1250}");
    }

    @Test
    void appendsNothingIfTheCallersTransactionIsRolledBack() {
        DataSource worker = database.as(DatabaseRole.WORKER);
        Outbox outbox = new Outbox(worker);

        new TransactionTemplate(new JdbcTransactionManager(worker)).executeWithoutResult(status -> {
            outbox.append(EVENT);
            status.setRollbackOnly();
        });

        assertThat(count()).isZero();
    }

    @Test
    void refusesAPayloadThatIsNotJson() {
        Outbox outbox = new Outbox(database.as(DatabaseRole.WORKER));

        assertThatThrownBy(() -> outbox.append(new NewEvent("acme", "clara", "payment.completed", "pay_1", "{oops")))
                .isInstanceOf(DataAccessException.class);
        assertThat(count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "completed",
                "payment completed",
                "Payment.Completed",
                "payment.completed.twice",
                "payment.complete"
            })
    void refusesWhatIsNotAnEventType(String type) {
        assertThatThrownBy(() -> new NewEvent("acme", "clara", type, "pay_1", "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + type + "'");
    }

    /** The view that decides what clients are shown and sent, and the list that decides what they may subscribe to. */
    @Test
    void clientsSeeTheTypesThatTheyMaySubscribeTo() {
        DataSource worker = database.as(DatabaseRole.WORKER);
        Outbox outbox = new Outbox(worker);
        for (EventType type : EventType.values()) {
            outbox.append(new NewEvent("acme", "clara", type.code(), "sub_1", "{}"));
        }

        assertThat(JdbcClient.create(worker)
                        .sql("SELECT type FROM outbox.client_event")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(EventType.codesForClients());
    }

    @Test
    void refusesAnEventThatBelongsToNobody() {
        assertThatThrownBy(() -> new NewEvent(" ", "clara", "payment.completed", "pay_1", "{}"))
                .hasMessage("tenant is blank");
        assertThatThrownBy(() -> new NewEvent("acme", "", "payment.completed", "pay_1", "{}"))
                .hasMessage("principal is blank");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE outbox.event SET payload = '{}'",
                "UPDATE outbox.event SET position = 7",
                "DELETE FROM outbox.event",
                "TRUNCATE outbox.event"
            })
    void letsNobodyChangeAnEvent(String change) {
        new Outbox(database.as(DatabaseRole.WORKER)).append(EVENT);

        for (DatabaseRole role : List.of(DatabaseRole.WORKER, DatabaseRole.API)) {
            assertThatThrownBy(() ->
                            JdbcClient.create(database.as(role)).sql(change).update())
                    .rootCause()
                    .hasMessageContaining("permission denied for table event");
        }
        assertThat(count()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM outbox.event",
                "SELECT updated_at FROM outbox.cursor",
                "SELECT position FROM outbox.cursor FOR UPDATE",
                "SELECT outbox.sequence_events(1)"
            })
    void letsTheApiOnlyAppend(String sql) {
        assertThatThrownBy(() -> JdbcClient.create(database.as(DatabaseRole.API))
                        .sql(sql)
                        .query()
                        .singleValue())
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    private long count() {
        return all.sql("SELECT count(*) FROM outbox.event").query(Long.class).single();
    }
}
