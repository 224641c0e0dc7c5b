package io.fincore.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands events to one consumer, in order, each at least once, one replica at a time. The cursor is advanced in the
 * transaction that handed the events over: a process killed before the commit leaves them to be handed over again.
 */
public final class EventDispatcher {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TransactionTemplate savepoint;
    private final EventConsumer consumer;
    private final String cursorName;
    private final int batchSize;

    /**
     * @param dataSource connects as the worker
     * @param cursorName stands for the consumer in the database: under another name it gets all events from the first
     * @param batchSize the most events per transaction
     */
    public EventDispatcher(DataSource dataSource, EventConsumer consumer, String cursorName, int batchSize) {
        if (cursorName.isBlank()) {
            throw new IllegalArgumentException("cursorName is blank");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize is at least 1, not " + batchSize);
        }
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        this.jdbc = JdbcClient.create(dataSource);
        // Transactions of its own, never a caller's: positions must be committed before they are read as final.
        this.transaction = template(transactions, TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.savepoint = template(transactions, TransactionDefinition.PROPAGATION_NESTED);
        this.consumer = consumer;
        this.cursorName = cursorName;
        this.batchSize = batchSize;
    }

    /**
     * Hands over the next events, at most a batch.
     *
     * @return how many; 0 if there are none, or while another replica dispatches under this cursor's name
     * @throws EventNotConsumedException if the consumer failed; the events before that one are done
     */
    public int dispatchOnce() {
        transaction.executeWithoutResult(status -> prepare());
        Batch batch = Objects.requireNonNull(transaction.execute(status -> handOver()));
        if (batch.failure() != null) {
            // Only now: thrown inside the transaction, it would take back the events that were handled.
            throw batch.failure();
        }
        return batch.handled();
    }

    /**
     * Committed before the batch begins: other dispatchers would wait for a new cursor or for the sequencer as long
     * as it lasts.
     */
    private void prepare() {
        jdbc.sql("INSERT INTO outbox.cursor (name) VALUES (:name) ON CONFLICT (name) DO NOTHING")
                .param("name", cursorName)
                .update();
        jdbc.sql("SELECT outbox.sequence_events(:batchSize)")
                .param("batchSize", batchSize)
                .query(Integer.class)
                .single();
    }

    private Batch handOver() {
        Optional<Long> cursor = lockCursor();
        if (cursor.isEmpty()) {
            return new Batch(0, null);
        }
        long position = cursor.get();
        int handled = 0;
        EventNotConsumedException failure = null;
        for (Event event : eventsAfter(position)) {
            failure = consume(event);
            if (failure != null) {
                break;
            }
            position = event.position();
            handled++;
        }
        if (handled > 0) {
            advanceCursor(position);
        }
        return new Batch(handled, failure);
    }

    private @Nullable EventNotConsumedException consume(Event event) {
        try {
            savepoint.executeWithoutResult(status -> consumer.accept(event));
            return null;
        } catch (RuntimeException e) {
            return new EventNotConsumedException(event, e);
        }
    }

    /** Empty while another transaction holds the cursor: waiting for it would only occupy a connection. */
    private Optional<Long> lockCursor() {
        return jdbc.sql("SELECT position FROM outbox.cursor WHERE name = :name FOR UPDATE SKIP LOCKED")
                .param("name", cursorName)
                .query(Long.class)
                .optional();
    }

    private List<Event> eventsAfter(long position) {
        return jdbc.sql("""
                        SELECT id, position, tenant, principal, type, subject_id, payload, occurred_at
                        FROM outbox.event WHERE position > :position ORDER BY position LIMIT :batchSize""")
                .param("position", position)
                .param("batchSize", batchSize)
                .query(EventDispatcher::event)
                .list();
    }

    private void advanceCursor(long position) {
        jdbc.sql("UPDATE outbox.cursor SET position = :position, updated_at = clock_timestamp() WHERE name = :name")
                .param("position", position)
                .param("name", cursorName)
                .update();
    }

    private static Event event(ResultSet row, int number) throws SQLException {
        return new Event(
                row.getString("id"),
                row.getLong("position"),
                row.getString("tenant"),
                row.getString("principal"),
                row.getString("type"),
                row.getString("subject_id"),
                row.getString("payload"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant());
    }

    private static TransactionTemplate template(JdbcTransactionManager transactions, int propagation) {
        TransactionTemplate template = new TransactionTemplate(transactions);
        template.setPropagationBehavior(propagation);
        template.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        return template;
    }

    private record Batch(int handled, @Nullable EventNotConsumedException failure) {}
}
