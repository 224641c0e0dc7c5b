package io.fincore.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class EventDispatcherTest {

    private static final int BATCH = 10;

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final JdbcClient all = JdbcClient.create(database.asSuperuser());
    private final DataSource worker = database.as(DatabaseRole.WORKER);
    private final Outbox outbox = new Outbox(worker);
    private final List<Event> handled = new ArrayList<>();
    private final EventDispatcher dispatcher = dispatcher(handled::add);

    @Test
    void handsEventsOverInOrderAndOnce() {
        List<String> ids = append("a", "b", "c");

        assertThat(dispatcher.dispatchOnce()).isEqualTo(3);
        assertThat(dispatcher.dispatchOnce()).isZero();

        assertThat(handled).extracting(Event::id).containsExactlyElementsOf(ids);
        assertThat(handled).extracting(Event::position).containsExactly(1L, 2L, 3L);
        Event first = handled.getFirst();
        assertThat(first)
                .isEqualTo(new Event(
                        ids.getFirst(),
                        1,
                        "acme",
                        "clara",
                        "payment.created",
                        "a",
                        "{\"of\": \"a\"}",
                        first.occurredAt()));
        assertThat(cursor("webhooks")).isEqualTo(3);
    }

    @Test
    void handsOverNoMoreThanABatchAtOnce() {
        append(IntStream.range(0, BATCH + 3).mapToObj(Integer::toString).toArray(String[]::new));

        assertThat(dispatcher.dispatchOnce()).isEqualTo(BATCH);
        assertThat(dispatcher.dispatchOnce()).isEqualTo(3);
        assertThat(dispatcher.dispatchOnce()).isZero();
        assertThat(handled).extracting(Event::position).isEqualTo(positions(BATCH + 3));
    }

    @Test
    void doesNotLoseAnEventThatWasWrittenEarlierAndCommittedLater() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<?> slow = other.submit(() -> inTransaction(() -> {
                outbox.append(event("slow"));
                written.countDown();
                await(mayCommit);
            }));
            await(written);
            outbox.append(event("fast"));

            assertThat(dispatcher.dispatchOnce()).isEqualTo(1);
            assertThat(subjects()).containsExactly("fast");

            mayCommit.countDown();
            slow.get(10, TimeUnit.SECONDS);
        }
        assertThat(dispatcher.dispatchOnce()).isEqualTo(1);
        assertThat(subjects()).containsExactly("fast", "slow");
        assertThat(handled).extracting(Event::position).containsExactly(1L, 2L);
    }

    @Test
    void stopsAtAnEventThatCannotBeHandledAndComesBackToIt() {
        append("a", "b", "poison", "c");
        EventDispatcher failing = dispatcher(event -> {
            if (event.subjectId().equals("poison")) {
                throw new IllegalStateException("not today");
            }
            handled.add(event);
        });

        for (int round = 0; round < 3; round++) {
            assertThatThrownBy(failing::dispatchOnce)
                    .isInstanceOfSatisfying(
                            EventNotConsumedException.class,
                            e -> assertThat(e.event().subjectId()).isEqualTo("poison"))
                    .hasMessageContaining("at position 3")
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(subjects()).containsExactly("a", "b");
            assertThat(cursor("webhooks")).isEqualTo(2);
        }

        assertThat(dispatcher.dispatchOnce()).isEqualTo(2);
        assertThat(subjects()).containsExactly("a", "b", "poison", "c");
        assertThat(cursor("webhooks")).isEqualTo(4);
    }

    @Test
    void commitsWhatTheConsumerWroteWithTheCursorAndUndoesTheFailedEventAlone() {
        all.sql("CREATE TABLE public.effect (subject text PRIMARY KEY)").update();
        all.sql("GRANT SELECT, INSERT ON public.effect TO fincore_worker").update();
        append("a", "b");
        append("b", "c");
        EventDispatcher writing = dispatcher(event -> inTransaction(() -> JdbcClient.create(worker)
                .sql("INSERT INTO public.effect VALUES (:subject)")
                .param("subject", event.subjectId())
                .update()));

        // The second b violates the primary key: PostgreSQL aborts the transaction, Spring marks it rollback-only.
        assertThatThrownBy(writing::dispatchOnce).isInstanceOf(EventNotConsumedException.class);

        assertThat(all.sql("SELECT subject FROM public.effect ORDER BY subject")
                        .query(String.class)
                        .list())
                .containsExactly("a", "b");
        assertThat(cursor("webhooks")).isEqualTo(2);
    }

    @Test
    void handsABatchOverAgainThatWasNotCommitted() {
        append("a", "b", "c");
        EventDispatcher killed = dispatcher(event -> {
            handled.add(event);
            if (event.subjectId().equals("b")) {
                killWorkerConnections();
            }
        });

        assertThatThrownBy(killed::dispatchOnce).isInstanceOf(RuntimeException.class);
        assertThat(subjects()).containsExactly("a", "b");
        assertThat(cursor("webhooks")).isZero();

        assertThat(dispatcher.dispatchOnce()).isEqualTo(3);
        assertThat(subjects()).containsExactly("a", "b", "a", "b", "c");
        assertThat(cursor("webhooks")).isEqualTo(3);
    }

    @Test
    void handsNothingOverWhileAnotherReplicaDoes() throws Exception {
        append("a", "b");
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        List<Event> byOther = new ArrayList<>();
        EventDispatcher busy = dispatcher(event -> {
            byOther.add(event);
            handling.countDown();
            await(mayGoOn);
        });
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Integer> batch = other.submit(busy::dispatchOnce);
            await(handling);

            append("c");
            assertThat(dispatcher.dispatchOnce()).isZero();

            mayGoOn.countDown();
            assertThat(batch.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        }
        assertThat(dispatcher.dispatchOnce()).isEqualTo(1);
        assertThat(byOther).extracting(Event::subjectId).containsExactly("a", "b");
        assertThat(subjects()).containsExactly("c");
    }

    @Test
    void handsEachEventOverOnceWhileManyAppendAndDispatch() throws Exception {
        int appenders = 4;
        int each = 20;
        int expected = appenders * each;
        List<Event> seen = new ArrayList<>();
        EventDispatcher shared = dispatcher(seen::add);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int appender = 0; appender < appenders; appender++) {
                String subject = "subject-" + appender;
                running.add(
                        threads.submit(() -> IntStream.range(0, each).forEach(place -> outbox.append(event(subject)))));
            }
            for (int replica = 0; replica < 3; replica++) {
                running.add(threads.submit(() -> {
                    while (cursorOrZero() < expected) {
                        shared.dispatchOnce();
                    }
                }));
            }
            for (Future<?> task : running) {
                task.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(seen).extracting(Event::position).isEqualTo(positions(expected));
        assertThat(seen).extracting(Event::id).doesNotHaveDuplicates();
        assertThat(all.sql("SELECT count(*) FROM outbox.event WHERE position IS NULL")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void keepsACursorPerConsumer() {
        append("a", "b");
        List<Event> audited = new ArrayList<>();

        assertThat(dispatcher.dispatchOnce()).isEqualTo(2);
        assertThat(new EventDispatcher(worker, audited::add, "audit", 1).dispatchOnce())
                .isEqualTo(1);

        assertThat(audited).extracting(Event::subjectId).containsExactly("a");
        assertThat(cursor("webhooks")).isEqualTo(2);
        assertThat(cursor("audit")).isEqualTo(1);
    }

    private EventDispatcher dispatcher(EventConsumer consumer) {
        return new EventDispatcher(worker, consumer, "webhooks", BATCH);
    }

    private static NewEvent event(String subject) {
        return new NewEvent("acme", "clara", "payment.created", subject, "{\"of\": \"" + subject + "\"}");
    }

    private List<String> append(String... subjects) {
        List<String> ids = new ArrayList<>();
        inTransaction(() -> {
            for (String subject : subjects) {
                ids.add(outbox.append(event(subject)));
            }
        });
        return ids;
    }

    private void inTransaction(Runnable work) {
        new TransactionTemplate(new JdbcTransactionManager(worker)).executeWithoutResult(status -> work.run());
    }

    private List<String> subjects() {
        return handled.stream().map(Event::subjectId).toList();
    }

    private static List<Long> positions(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private long cursor(String name) {
        return all.sql("SELECT position FROM outbox.cursor WHERE name = :name")
                .param("name", name)
                .query(Long.class)
                .single();
    }

    private long cursorOrZero() {
        return all.sql("SELECT coalesce(max(position), 0) FROM outbox.cursor")
                .query(Long.class)
                .single();
    }

    /** As when the process is killed: the connection goes, the transaction with it. */
    private void killWorkerConnections() {
        all.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE usename = 'fincore_worker' AND datname = current_database()")
                .query()
                .listOfRows();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the other thread did not come");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
