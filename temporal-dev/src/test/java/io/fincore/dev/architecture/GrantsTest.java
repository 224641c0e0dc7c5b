package io.fincore.dev.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.postgres.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The matrix of {@code docs/internals/grants.md} is what the whole database grants, asked and tried as the runtime roles. */
class GrantsTest {

    private static final Path MATRIX = Path.of("..", "docs", "internals", "grants.md");

    /** A row: the object in code style, what the worker may, what the API may. */
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\|.*");

    private static final String NOTHING = "–";

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.create();

    @BeforeAll
    static void migrate() {
        Migrations.migrate(DATABASE.as(DatabaseRole.OWNER));
    }

    @ParameterizedTest
    @EnumSource(value = DatabaseRole.class, mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void databaseGrantsWhatTheMatrixSays(DatabaseRole role) throws IOException {
        SequencedMap<String, String> granted = granted(role);
        assertThat(granted).containsEntry("ledger.flyway_schema_history", NOTHING);
        granted.entrySet()
                .removeIf(row -> row.getKey().endsWith(".flyway_schema_history")
                        && row.getValue().equals(NOTHING));
        assertThat(granted).containsExactlyEntriesOf(documented(role));
    }

    @ParameterizedTest
    @EnumSource(value = DatabaseRole.class, mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void whatIsNotGrantedIsRefused(DatabaseRole role) {
        JdbcClient jdbc = JdbcClient.create(DATABASE.as(role));
        // Of views that cannot be written at all, PostgreSQL says so before it looks at grants.
        List<String> views = jdbc.sql("SELECT schemaname || '.' || viewname FROM pg_views")
                .query(String.class)
                .list();
        granted(role).forEach((object, privileges) -> {
            if (object.startsWith("schema ")) {
                assertRefused(jdbc, "CREATE TABLE " + object.substring("schema ".length()) + ".intruder ()");
            } else if (!object.endsWith("()") && !views.contains(object)) {
                assertRefused(jdbc, "DELETE FROM " + object + " WHERE false");
                assertRefused(jdbc, "TRUNCATE " + object);
                assertRefused(jdbc, "ALTER TABLE " + object + " ADD COLUMN intruder text");
                if (!privileges.contains("SELECT")) {
                    assertRefused(jdbc, "SELECT FROM " + object);
                }
                if (!privileges.contains("INSERT")) {
                    assertRefused(jdbc, "INSERT INTO " + object + " DEFAULT VALUES");
                }
            }
        });
    }

    private static void assertRefused(JdbcClient jdbc, String statement) {
        assertThatThrownBy(() -> jdbc.sql(statement).update())
                .as(statement)
                .rootCause()
                .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                .extracting(SQLException::getSQLState)
                .isEqualTo("42501");
    }

    private static SequencedMap<String, String> documented(DatabaseRole role) throws IOException {
        SequencedMap<String, String> rows = new TreeMap<>();
        int column = role == DatabaseRole.WORKER ? 2 : 3;
        try (Stream<String> lines = Files.lines(MATRIX)) {
            lines.map(ROW::matcher).filter(Matcher::matches).forEach(row -> {
                assertThat(rows.put(row.group(1), row.group(column).strip()))
                        .as("a second row for " + row.group(1))
                        .isNull();
            });
        }
        return rows;
    }

    /** Schemas, tables and views with what the role may do with each; functions and sequences that it may use. */
    private static SequencedMap<String, String> granted(DatabaseRole role) {
        List<Map.Entry<String, String>> rows = JdbcClient.create(DATABASE.as(role))
                .sql("""
                        WITH ours AS (
                            SELECT oid, nspname FROM pg_namespace
                             WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'),
                        relation AS (
                            SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind
                              FROM pg_class c JOIN ours n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm')),
                        privilege AS (
                            SELECT * FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES',
                                                       'TRIGGER', 'MAINTAIN']) WITH ORDINALITY AS p (name, place)),
                        on_relation AS (
                            SELECT r.name AS object, p.place, p.name AS privilege
                              FROM relation r, privilege p WHERE has_table_privilege(r.oid, p.name)
                            UNION ALL
                            SELECT r.name, p.place, p.name || ' (' || string_agg(a.attname, ', ' ORDER BY a.attnum) || ')'
                              FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped,
                                   privilege p
                             WHERE p.name IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
                               AND NOT has_table_privilege(r.oid, p.name) AND has_column_privilege(r.oid, a.attnum, p.name)
                             GROUP BY r.name, p.place, p.name)
                        SELECT r.name AS object, coalesce(string_agg(o.privilege, ', ' ORDER BY o.place), '–') AS privileges
                          FROM relation r LEFT JOIN on_relation o ON o.object = r.name GROUP BY r.name
                        UNION ALL
                        SELECT 'schema ' || nspname,
                               coalesce(nullif(concat_ws(', ', CASE WHEN has_schema_privilege(oid, 'USAGE') THEN 'USAGE' END,
                                                         CASE WHEN has_schema_privilege(oid, 'CREATE') THEN 'CREATE' END), ''), '–')
                          FROM ours
                        UNION ALL
                        SELECT n.nspname || '.' || f.proname || '()',
                               CASE WHEN has_function_privilege(f.oid, 'EXECUTE') THEN 'EXECUTE' ELSE '–' END
                          FROM pg_proc f JOIN ours n ON n.oid = f.pronamespace
                         WHERE f.prorettype <> 'trigger'::regtype
                           AND (has_function_privilege('fincore_worker', f.oid, 'EXECUTE')
                                OR has_function_privilege('fincore_api', f.oid, 'EXECUTE'))
                        UNION ALL
                        SELECT n.nspname || '.' || c.relname, 'sequence'
                          FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
                         WHERE CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'USAGE, SELECT, UPDATE') END
                        """)
                .query((row, number) -> Map.entry(row.getString("object"), row.getString("privileges")))
                .list();
        SequencedMap<String, String> privileges = new TreeMap<>();
        rows.forEach(row -> privileges.put(row.getKey(), row.getValue()));
        return privileges;
    }
}
