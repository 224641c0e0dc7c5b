package io.fincore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.steps.BookCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.jdbc.core.simple.JdbcClient;

/** As from a shell, with settings in system properties as well as they could be in the environment. */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class BookCheckCommandTest {

    private static final String URL = "fincore.database.url";

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void set() {
        System.setProperty(URL, database.jdbcUrl());
    }

    @AfterEach
    void clear() {
        System.clearProperty(URL);
    }

    @Test
    void saysOkOfEachCheckOfASoundBook() {
        assertThat(run()).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSameSizeAs(BookCheck.names())
                .allMatch(line -> line.startsWith("ok   "))
                .anyMatch("ok   transactions-have-entries: each transaction has two or more entries"::equals);
        assertThat(err.size()).isZero();
    }

    @Test
    void namesCulpritsAndHowManyMoreThereAre() {
        JdbcClient.create(database.asSuperuser()).sql("""
                SET session_replication_role = replica;
                INSERT INTO ledger.transaction (id, kind, booked_at)
                SELECT 'txn_' || n, 'deposit', now() FROM generate_series(10, 31) AS n""").update();

        assertThat(run()).isEqualTo(1);

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                // Twenty and that there are more; and that the audit log has no record of the first.
                .hasSize(BookCheck.names().size() + 22)
                .contains(
                        "BAD  transactions-have-entries: each transaction has two or more entries",
                        "       txn_10 has 0 entries",
                        "       and 2 more",
                        "       txn_10: it is in the book, and was never recorded");
    }

    @Test
    void holdsTheAuditLogAgainstExportedAnchors() throws IOException {
        Path anchors = folder.resolve("anchors");
        Files.writeString(anchors, "\nfincore-audit-anchor v1 7 " + "0".repeat(64) + " 2026-11-21T12:00:00.000000Z\n");

        assertThat(run("--anchors", anchors.toString())).isEqualTo(1);

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .filteredOn(line -> line.startsWith("BAD"))
                .singleElement()
                .asString()
                .startsWith("BAD  audit-chain");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws IOException {
        Path nonsense = Files.writeString(folder.resolve("nonsense"), "no anchor\n");

        assertThat(List.of(
                        run("--anchor"),
                        run("--anchors"),
                        run("--anchors", folder.resolve("none").toString()),
                        run("--anchors", nonsense.toString())))
                .containsOnly(2);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("usage: check-book", "'no anchor' is no anchor such as");
        assertThat(out.size()).isZero();
    }

    @Test
    void saysWhyTheBookCannotBeRead() {
        System.setProperty(URL, "jdbc:postgresql://127.0.0.1:1/fincore");

        assertThat(run()).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("The book could not be checked: ");
    }

    private int run(String... arguments) {
        return new BookCheckCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }
}
