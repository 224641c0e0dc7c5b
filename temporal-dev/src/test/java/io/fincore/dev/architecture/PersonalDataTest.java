package io.fincore.dev.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.postgres.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nobody adds a column without saying, in {@code docs/operating/gdpr.md}, whether it tells of a person, and what becomes of it. */
class PersonalDataTest {

    private static final Path PAGE = Path.of("..", "docs", "operating", "gdpr.md");

    private static final Pattern ROW = Pattern.compile(
            "\\| `(?<table>[a-z_]+\\.[a-z_]+)` \\| (?<personal>[^|]+) \\| (?<other>[^|]+) \\| (?<section>[^|]+) \\| (?<erased>[^|]+) \\|");

    private static final Pattern NAME = Pattern.compile("`([a-z_0-9]+)`");

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.create();
    private static final JdbcClient JDBC = JdbcClient.create(DATABASE.asSuperuser());

    @BeforeAll
    static void migrate() {
        Migrations.migrate(DATABASE.as(DatabaseRole.OWNER));
    }

    @Test
    void everyColumnThatCanHoldTextIsClassified() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        for (MatchResult row : rows()) {
            Set<String> columns = names(row.group("personal"));
            names(row.group("other"))
                    .forEach(column -> assertThat(columns.add(column))
                            .as("%s.%s is either personal or not", row.group("table"), column)
                            .isTrue());
            documented.put(row.group("table"), columns);
        }

        assertThat(documented).isEqualTo(columns());
    }

    @Test
    void everyPersonalColumnIsExportedOrSaidToBeOfNoCustomer() throws IOException {
        assertThat(rows())
                .filteredOn(row -> !names(row.group("personal")).isEmpty())
                .filteredOn(row -> row.group("section").equals("–"))
                .extracting(row -> row.group("table"))
                .containsExactly("audit.unsealed", "decision.sanction_entry");
    }

    @Test
    void everySectionIsOneOfTheExport() throws IOException {
        String function = JDBC.sql("SELECT prosrc FROM pg_proc WHERE oid = 'intake.customer_export'::regproc")
                .query(String.class)
                .single();
        Set<String> exported = Pattern.compile("SELECT '([a-z_]+)', to_jsonb")
                .matcher(function)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rows().stream().flatMap(row -> names(row.group("section")).stream()))
                .containsExactlyInAnyOrderElementsOf(exported);
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE)).results().toList();
    }

    private static Set<String> names(String cell) {
        return NAME.matcher(cell).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of tables, not of views: what they show is stored in tables. */
    private static Map<String, Set<String>> columns() {
        Map<String, Set<String>> columns = new TreeMap<>();
        JDBC.sql("""
                SELECT table_schema || '.' || table_name AS name,
                       CASE WHEN data_type IN ('text', 'character varying', 'jsonb', 'json', 'bytea', 'date', 'ARRAY')
                            THEN column_name END AS column
                  FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
                 WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
                   AND table_name <> 'flyway_schema_history'""").query(row -> {
            Set<String> found = columns.computeIfAbsent(row.getString("name"), table -> new TreeSet<>());
            if (row.getString("column") != null) {
                found.add(row.getString("column"));
            }
        });
        return columns;
    }
}
