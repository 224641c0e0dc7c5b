package io.fincore.steps;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The check of the book as a job: its activity, and what came of it last. */
public final class BookCheckJob {

    private final BookCheckStore store;
    private final BookCheckActivitiesImpl activities;

    /** @param dataSource the process's one DataSource for writes: reports and alarms are kept by it */
    public BookCheckJob(DataSource dataSource, BookCheck book) {
        store = new BookCheckStore(dataSource);
        activities = new BookCheckActivitiesImpl(dataSource, store, book);
    }

    /** For the queue {@code checks}. */
    public Object activities() {
        return activities;
    }

    /** Empty if none was ever completed; those that could not be made do not count. */
    public Optional<Last> last() {
        return store.last();
    }

    /**
     * The last check that was completed, by whichever worker.
     *
     * @param age since it was completed
     * @param took from its begin to its end
     * @param violations how many each check has found, by its name
     */
    public record Last(Duration age, Duration took, Map<String, Long> violations) {

        public Last {
            violations = Map.copyOf(violations);
        }
    }
}
