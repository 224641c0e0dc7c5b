package io.fincore.dev.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.postgres.DatabaseRole;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresProcessTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    private static PostgresProcess postgres;

    @BeforeAll
    static void start() {
        postgres = new Stack(StackSettings.of(folder, Ports.free()), Progress.silent()).postgres();
        postgres.start();
        postgres.awaitHealthy(SOON);
        postgres.prepareDatabase();
        postgres.migrate();
    }

    @AfterAll
    static void stop() {
        postgres.stop();
    }

    @Test
    void keepsWhatWasCommittedThroughAKill() {
        JdbcClient owner = JdbcClient.create(postgres.as(DatabaseRole.OWNER));
        owner.sql("CREATE TABLE kept (id int)").update();
        long first = postgres.pid();
        for (int id = 1; id <= 3; id++) {
            owner.sql("INSERT INTO kept VALUES (?)").param(id).update();
            postgres.kill();
            assertThat(postgres.isAlive()).isFalse();
            postgres.start();
            postgres.awaitHealthy(SOON);
        }

        assertThat(owner.sql("SELECT id FROM kept ORDER BY id")
                        .query(Integer.class)
                        .list())
                .isEqualTo(List.of(1, 2, 3));
        assertThat(postgres.pid()).isNotEqualTo(first);
    }

    @Test
    void runsWithFullDurability() {
        JdbcClient owner = JdbcClient.create(postgres.as(DatabaseRole.OWNER));
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertThat(owner.sql("SELECT current_setting(?)")
                            .param(setting)
                            .query(String.class)
                            .single())
                    .as(setting)
                    .isEqualTo("on");
        }
    }

    @Test
    void letsNobodyInWithoutAPassword() {
        PGSimpleDataSource stranger = new PGSimpleDataSource();
        stranger.setURL(postgres.jdbcUrl());
        stranger.setUser(DatabaseRole.OWNER.roleName());
        stranger.setPassword("guessed");

        assertThatThrownBy(stranger::getConnection)
                .isInstanceOf(SQLException.class)
                .extracting(fault -> ((SQLException) fault).getSQLState())
                .isEqualTo("28P01");
    }

    @Test
    void preparingAndMigratingAgainChangesNothing() {
        JdbcClient owner = JdbcClient.create(postgres.as(DatabaseRole.OWNER));
        String count = "SELECT count(*) FROM pg_class WHERE relowner = 'fincore_owner'::regrole";
        long before = owner.sql(count).query(Long.class).single();

        postgres.prepareDatabase();
        postgres.migrate();

        assertThat(owner.sql(count).query(Long.class).single())
                .isEqualTo(before)
                .isPositive();
    }
}
