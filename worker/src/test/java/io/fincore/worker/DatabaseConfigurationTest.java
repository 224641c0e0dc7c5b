package io.fincore.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.fincore.postgres.EmbeddedDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
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

    private static String trace(Throwable fault) {
        StringWriter text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
