package io.fincore.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.postgres.DatabaseRole;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SealingTest {

    private static final AuditQuery EVERYTHING = new AuditQuery(null, null, null, null, 100_000);

    private final Recorder recorder = new Recorder();
    private final AuditLog log = recorder.log;

    @Test
    void chainsWhatWasRecordedInItsOrder() {
        recorder.record("wal_1", "wal_2", "wal_3");
        assertThat(log.backlog().unsealed()).isEqualTo(3);
        assertThat(log.backlog().oldest()).isPresent();

        assertThat(log.seal(2)).isEqualTo(2);
        assertThat(log.seal(2)).isEqualTo(1);
        assertThat(log.seal(2)).isZero();

        List<AuditEntry> entries = log.entries(EVERYTHING);
        assertThat(entries).extracting(AuditEntry::position).containsExactly(3L, 2L, 1L);
        AuditEntry last = entries.getFirst();
        assertThat(last)
                .isEqualTo(new AuditEntry(
                        3,
                        last.recordedAt(),
                        "wallet.frozen",
                        "wallet",
                        "wal_3",
                        "{\"status\": \"active\"}",
                        "{\"status\": \"frozen\"}",
                        "{\"actor\": \"fincore_owner\"}",
                        Chain.hash(entries.get(1).hash(), last)));
        assertThat(entries.getLast().hash()).isEqualTo(Chain.hash(Chain.GENESIS, entries.getLast()));
        assertThat(log.backlog().unsealed()).isZero();
        assertThat(log.backlog().oldest()).isEmpty();
        assertThat(recorder.verify()).isEqualTo(new AuditVerdict.Verified(3, last.hash()));
    }

    @Test
    void findsTheEntriesOfOneObjectPageByPage() {
        recorder.record("wal_1", "wal_2", "wal_1", "wal_1");
        log.seal(10);

        assertThat(positions(new AuditQuery("wallet", "wal_1", null, null, 2))).containsExactly(4L, 3L);
        assertThat(positions(new AuditQuery("wallet", "wal_1", null, 3L, 2))).containsExactly(1L);
        assertThat(positions(new AuditQuery("wallet", "wal_1", 1L, null, 1))).containsExactly(3L);
        assertThat(positions(new AuditQuery("wallet", null, 1L, 4L, 9))).containsExactly(3L, 2L);
        assertThat(positions(new AuditQuery("payment", null, null, null, 9))).isEmpty();
    }

    @Test
    void leavesNothingOfAWriterThatIsRolledBack() {
        DataSource owner = recorder.database.as(DatabaseRole.OWNER);
        new TransactionTemplate(new JdbcTransactionManager(owner)).executeWithoutResult(status -> {
            Recorder.record(JdbcClient.create(owner), "wal_1");
            status.setRollbackOnly();
        });
        recorder.record("wal_2");

        assertThat(log.seal(10)).isOne();
        assertThat(log.entries(EVERYTHING)).extracting(AuditEntry::objectId).containsExactly("wal_2");
    }

    @Test
    void sealsWithoutWhatIsNotCommittedYetAndLosesNothing() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            DataSource owner = recorder.database.as(DatabaseRole.OWNER);
            Future<?> slow = other.submit(() -> new TransactionTemplate(new JdbcTransactionManager(owner))
                    .executeWithoutResult(status -> {
                        Recorder.record(JdbcClient.create(owner), "slow");
                        written.countDown();
                        await(mayCommit);
                    }));
            await(written);
            recorder.record("fast");
            assertThat(log.seal(10)).isOne();
            mayCommit.countDown();
            slow.get(20, TimeUnit.SECONDS);
        }
        assertThat(log.seal(10)).isOne();
        assertThat(log.entries(EVERYTHING)).extracting(AuditEntry::objectId).containsExactly("slow", "fast");
    }

    /** Each writer records what it did after what it did before; each tenth transaction is rolled back. */
    @Test
    void losesAndDoublesNothingWhileEightWriteAndTwoSeal() throws Exception {
        int writers = 8;
        int records = 250;
        AtomicBoolean writing = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newFixedThreadPool(writers + 2)) {
            List<Future<?>> writes = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int number = writer;
                writes.add(threads.submit(() -> write(number, records)));
            }
            List<Future<?>> sealers = new ArrayList<>();
            for (int sealer = 0; sealer < 2; sealer++) {
                sealers.add(threads.submit(() -> {
                    while (writing.get()) {
                        log.seal(37);
                    }
                }));
            }
            for (Future<?> write : writes) {
                write.get(100, TimeUnit.SECONDS);
            }
            writing.set(false);
            for (Future<?> sealer : sealers) {
                sealer.get(20, TimeUnit.SECONDS);
            }
        }
        while (log.seal(1_000) > 0) {
            assertThat(log.backlog().unsealed()).isNotNegative();
        }

        List<AuditEntry> entries = log.entries(EVERYTHING).reversed();
        int committed = writers * (records - records / 10);
        assertThat(entries)
                .extracting(AuditEntry::position)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, committed).boxed().toList());
        Map<String, List<Integer>> ofWriter = entries.stream()
                .map(entry -> entry.objectId().split("-"))
                .collect(Collectors.groupingBy(
                        id -> id[0], Collectors.mapping(id -> Integer.valueOf(id[1]), Collectors.toList())));
        assertThat(ofWriter).hasSize(writers);
        List<Integer> expected = LongStream.range(0, records)
                .filter(record -> record % 10 != 9)
                .mapToObj(record -> (int) record)
                .toList();
        assertThat(ofWriter.values()).allSatisfy(own -> assertThat(own).isEqualTo(expected));
        assertThat(recorder.verify())
                .isEqualTo(
                        new AuditVerdict.Verified(committed, entries.getLast().hash()));
    }

    @Test
    void anchorsTheHeadOnceItHasMovedAndTheLastAnchorIsOldEnough() {
        assertThat(log.anchor(Duration.ZERO)).isEmpty();

        recorder.chain(2);
        Anchor first = log.anchor(Duration.ofMinutes(10)).orElseThrow();
        assertThat(first)
                .isEqualTo(new Anchor(2, log.entries(EVERYTHING).getFirst().hash(), first.anchoredAt()));
        assertThat(log.anchor(Duration.ZERO)).as("the head has not moved").isEmpty();

        recorder.chain(1);
        assertThat(log.anchor(Duration.ofMinutes(10))).as("too young").isEmpty();
        Anchor second = log.anchor(Duration.ZERO).orElseThrow();

        assertThat(second.position()).isEqualTo(3);
        assertThat(log.lastAnchor()).contains(second);
        assertThat(log.anchors(null, null, 10)).containsExactly(second, first);
        assertThat(log.anchors(null, 3L, 10)).containsExactly(first);
        assertThat(log.anchors(1L, null, 1)).containsExactly(first);
        assertThat(recorder.verify(second, first)).isInstanceOf(AuditVerdict.Verified.class);
        assertThat(second.anchoredAt())
                .isBetween(first.anchoredAt(), Instant.now().plusSeconds(60));
    }

    /** On one connection, as a process's pool would: {@code <writer>-0}, {@code <writer>-1} and so on. */
    private Void write(int writer, int records) throws Exception {
        try (Connection connection = recorder.database.as(DatabaseRole.OWNER).getConnection()) {
            DataSource owner = new SingleConnectionDataSource(connection, true);
            TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(owner));
            for (int record = 0; record < records; record++) {
                String id = writer + "-" + record;
                boolean rolledBack = record % 10 == 9;
                transaction.executeWithoutResult(status -> {
                    Recorder.record(JdbcClient.create(owner), id);
                    if (rolledBack) {
                        status.setRollbackOnly();
                    }
                });
            }
        }
        return null;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Long> positions(AuditQuery query) {
        return log.entries(query).stream().map(AuditEntry::position).toList();
    }
}
