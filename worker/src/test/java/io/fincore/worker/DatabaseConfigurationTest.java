package io.fincore.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.fincore.postgres.EmbeddedDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseConfigurationTest {

    private static final String CANARY = "Canary4711";

    private final EmbeddedDatabase database = EmbeddedDatabase.create();

    /** Its message is logged, goes into the saga's record and into Temporal's history. */
    @Test
    void aFaultDoesNotTellTheRow() {
        WorkerSettings.Database settings = new WorkerSettings.Database(database.jdbcUrl(), "postgres", "", 1, 1);
        try (HikariDataSource pool = new HikariDataSource(DatabaseConfiguration.pool(settings, "test", 1))) {
            JdbcClient worker = JdbcClient.create(pool);
            worker.sql("CREATE TEMPORARY TABLE person (name text CHECK (name = 'nobody'))")
                    .update();

            assertThatThrownBy(() -> worker.sql("INSERT INTO person VALUES (?)")
                            .param(CANARY)
                            .update())
                    .isInstanceOf(DataIntegrityViolationException.class)
                    .hasMessageContaining("violates check constraint")
                    .satisfies(fault -> assertThat(trace(fault)).doesNotContain(CANARY));
        }
    }

    @Test
    void timesInTheServersJsonAreUtcWhereverTheMachineIs() {
        WorkerSettings.Database settings = new WorkerSettings.Database(database.jdbcUrl(), "postgres", "", 1, 1);
        TimeZone machine = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        try (HikariDataSource pool = new HikariDataSource(DatabaseConfiguration.pool(settings, "test", 1))) {
            assertThat(JdbcClient.create(pool)
                            .sql("SELECT to_jsonb(timestamptz '2026-01-01T00:00:00Z') #>> '{}'")
                            .query(String.class)
                            .single())
                    .isEqualTo("2026-01-01T00:00:00+00:00");
        } finally {
            TimeZone.setDefault(machine);
        }
    }

    private static String trace(Throwable fault) {
        StringWriter text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
