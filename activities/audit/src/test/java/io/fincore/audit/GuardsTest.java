package io.fincore.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.postgres.DatabaseRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class GuardsTest {

    private final Recorder recorder = new Recorder();

    @BeforeEach
    void record() {
        recorder.chain(2);
        recorder.log.anchor(Duration.ZERO);
        recorder.record("wal_3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit.entry SET action = 'wallet.closed'",
                "DELETE FROM audit.entry",
                "TRUNCATE audit.entry CASCADE",
                "UPDATE audit.anchor SET position = 1",
                "DELETE FROM audit.anchor",
                "TRUNCATE audit.anchor",
                "UPDATE audit.unsealed SET action = 'wallet.closed'",
                "DELETE FROM audit.unsealed",
                "TRUNCATE audit.unsealed"
            })
    void refusesEveryChangeByTheOwnerToo(String change) {
        assertThatThrownBy(() -> recorder.owner.sql(change).update())
                .rootCause()
                .hasMessageContaining("is append-only");
        assertThat(counts()).containsExactly(2L, 1L, 1L);
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKER", "API"})
    void refusesEveryWriteByTheProcesses(DatabaseRole role) {
        JdbcClient jdbc = JdbcClient.create(recorder.database.as(role));
        for (String table : List.of("entry", "anchor", "unsealed")) {
            for (String write :
                    List.of("INSERT INTO audit.%s DEFAULT VALUES", "DELETE FROM audit.%s", "TRUNCATE audit.%s")) {
                assertThatThrownBy(() -> jdbc.sql(write.formatted(table)).update())
                        .rootCause()
                        .hasMessageContaining("permission denied for table " + table);
            }
        }
        assertThatThrownBy(() -> jdbc.sql("SELECT FROM audit.unsealed").query().listOfRows())
                .rootCause()
                .hasMessageContaining("permission denied for table unsealed");
        assertThat(counts()).containsExactly(2L, 1L, 1L);
    }

    @Test
    void letsTheApiReadAndNotSeal() {
        AuditLog log = new AuditLog(recorder.database.as(DatabaseRole.API));
        assertThat(log.entries(new AuditQuery(null, null, null, null, 9))).hasSize(2);
        assertThat(log.lastAnchor()).isPresent();
        assertThatThrownBy(() -> log.seal(1)).rootCause().hasMessageContaining("permission denied for function seal");
        assertThatThrownBy(() -> log.anchor(Duration.ZERO))
                .rootCause()
                .hasMessageContaining("permission denied for function anchor");
    }

    private List<Long> counts() {
        return List.of("entry", "anchor", "unsealed").stream()
                .map(table -> recorder.superuser
                        .sql("SELECT count(*) FROM audit." + table)
                        .query(Long.class)
                        .single())
                .toList();
    }
}
