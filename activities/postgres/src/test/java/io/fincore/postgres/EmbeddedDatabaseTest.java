package io.fincore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class EmbeddedDatabaseTest {

    private final EmbeddedDatabase database = EmbeddedDatabase.create();

    @Test
    void isARealPostgresOfTheAgreedVersion() throws SQLException {
        assertThat(scalar(DatabaseRole.WORKER, "SHOW server_version")).startsWith("18.");
        assertThat(scalar(DatabaseRole.API, "SELECT current_user")).isEqualTo("fincore_api");
    }

    @Test
    void givesRuntimeRolesNoDdl() {
        for (DatabaseRole role : new DatabaseRole[] {DatabaseRole.WORKER, DatabaseRole.API}) {
            assertThatThrownBy(() -> scalar(role, "CREATE SCHEMA of_my_own")).hasMessageContaining("permission denied");
            assertThatThrownBy(() -> scalar(role, "CREATE TABLE public.mine (id int)"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void givesEveryCallerADatabaseOfItsOwn() throws SQLException {
        assertThat(EmbeddedDatabase.create().jdbcUrl()).isNotEqualTo(database.jdbcUrl());
    }

    private String scalar(DatabaseRole role, String sql) throws SQLException {
        try (Connection connection = database.as(role).getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }
}
