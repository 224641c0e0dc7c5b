package io.fincore.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.postgres.DatabaseRole;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The trigger that other modules put on their tables, on a table of this test's own. */
class RecordChangeTest {

    private static final Origin CLARA =
            new Origin("clara", "req_1", "cor_1", "192.0.2.7", "curl/8 \"\\\u0007 ünder" + "x".repeat(300));

    private final Recorder recorder = new Recorder();
    private final JdbcClient worker = JdbcClient.create(recorder.database.as(DatabaseRole.WORKER));

    @BeforeEach
    void makeATable() {
        recorder.owner.sql("""
                        CREATE TABLE audit.parcel (code text, status text, weight integer, note text, touched integer);
                        CREATE TRIGGER audited AFTER INSERT OR UPDATE ON audit.parcel FOR EACH ROW
                            EXECUTE FUNCTION audit.record_change('parcel.changed', 'parcel', 'code', 'status', 'weight', 'sha256:note');
                        GRANT SELECT, INSERT, UPDATE ON audit.parcel TO fincore_worker;
                        """).update();
    }

    @Test
    void recordsWhatARowBecame() {
        worker.sql("INSERT INTO audit.parcel VALUES ('p-1', 'packed', NULL, 'fragile', 0)")
                .update();

        AuditEntry entry = only();
        assertThat(entry.action()).isEqualTo("parcel.changed");
        assertThat(entry.object()).isEqualTo("parcel");
        assertThat(entry.objectId()).isEqualTo("p-1");
        assertThat(entry.before()).isNull();
        assertThat(entry.after())
                .isEqualTo("{\"status\": \"packed\", \"weight\": null, \"note_sha256\": "
                        + "\"eb8771659e9fb622424b7568035b69e06fc601caf96676aebf332ee0bd7c42c6\"}");
        assertThat(entry.origin()).as("nobody said who").isEqualTo("{\"actor\": \"fincore_worker\"}");
    }

    @Test
    void recordsWhatARowWasAndBecame() {
        worker.sql("INSERT INTO audit.parcel VALUES ('p-1', 'packed', 3, NULL, 0)")
                .update();
        recorder.log.seal(1);
        worker.sql("UPDATE audit.parcel SET status = 'sent'").update();

        recorder.log.seal(1);
        AuditEntry entry = entries().getFirst();
        assertThat(entry.before()).isEqualTo("{\"status\": \"packed\", \"weight\": 3, \"note_sha256\": null}");
        assertThat(entry.after()).isEqualTo("{\"status\": \"sent\", \"weight\": 3, \"note_sha256\": null}");
    }

    @Test
    void recordsNothingIfNoRecordedColumnChanges() {
        worker.sql("INSERT INTO audit.parcel VALUES ('p-1', 'packed', 3, 'fragile', 0)")
                .update();
        worker.sql("UPDATE audit.parcel SET touched = 1, status = 'packed'").update();
        assertThat(recorder.log.backlog().unsealed()).isOne();
    }

    @Test
    void recordsWhoDidItAsTheTransactionSays() {
        inTransaction(jdbc -> {
            CLARA.bind(jdbc);
            jdbc.sql("INSERT INTO audit.parcel VALUES ('p-1', 'packed', 3, NULL, 0)")
                    .update();
        });
        assertThat(only().origin())
                .isEqualTo("{\"ip\": \"192.0.2.7\", \"actor\": \"clara\", \"request_id\": \"req_1\", \"user_agent\": "
                        + "\"curl/8 \\\"\\\\? ?nder" + "x".repeat(184) + "\", \"correlation_id\": \"cor_1\"}");
    }

    @Test
    void forgetsWhoItWasWithTheTransaction() {
        inTransaction(CLARA::bind);
        worker.sql("INSERT INTO audit.parcel VALUES ('p-1', 'packed', 3, NULL, 0)")
                .update();
        assertThat(only().origin()).isEqualTo("{\"actor\": \"fincore_worker\"}");
    }

    @Test
    void refusesAChangeWhoseOriginCannotBeRead() {
        assertThatThrownBy(() -> inTransaction(jdbc -> {
                    jdbc.sql("SELECT set_config('fincore.origin', 'clara', true)")
                            .query(String.class)
                            .single();
                    jdbc.sql("INSERT INTO audit.parcel VALUES ('p-1', 'packed', 3, NULL, 0)")
                            .update();
                }))
                .rootCause()
                .hasMessageContaining("invalid input syntax for type json");
        assertThat(recorder.log.backlog().unsealed()).isZero();
    }

    @Test
    void anOriginHasAnActor() {
        assertThatThrownBy(() -> Origin.of(" ", null)).hasMessage("actor is blank");
        assertThat(Origin.of("workflow payment/pay_1", "c-1").toJson())
                .isEqualTo("{\"actor\":\"workflow payment/pay_1\",\"correlation_id\":\"c-1\"}");
    }

    private AuditEntry only() {
        recorder.log.seal(10);
        assertThat(entries()).hasSize(1);
        return entries().getFirst();
    }

    private List<AuditEntry> entries() {
        return recorder.log.entries(new AuditQuery(null, null, null, null, 10));
    }

    private void inTransaction(Consumer<JdbcClient> work) {
        DataSource dataSource = recorder.database.as(DatabaseRole.WORKER);
        new TransactionTemplate(new JdbcTransactionManager(dataSource))
                .executeWithoutResult(status -> work.accept(JdbcClient.create(dataSource)));
    }
}
