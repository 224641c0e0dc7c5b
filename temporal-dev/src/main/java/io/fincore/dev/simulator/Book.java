package io.fincore.dev.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The bank's transfers: the journal, replayed into memory. Every change is in the journal, on disk, before a method returns. */
final class Book implements AutoCloseable {

    private final Journal journal;
    private final Map<String, BookEntry> entries = new LinkedHashMap<>();
    private final Map<String, Integer> turnedAway = new HashMap<>();

    Book(Journal journal) {
        this.journal = journal;
        journal.replayed().forEach(this::apply);
    }

    /** What the bank knows of the transfer, if it has taken it on. */
    synchronized Optional<BookEntry> find(String endToEndId) {
        return Optional.ofNullable(entries.get(endToEndId));
    }

    /** In the order in which they were taken on. */
    synchronized List<BookEntry> all() {
        return List.copyOf(entries.values());
    }

    /**
     * Decides what to append by what the book holds, and appends it, as one step.
     *
     * @param decide is given what the bank knows of the transfer and how often it was turned away
     * @return what the bank knows of the transfer then
     */
    Optional<BookEntry> change(String endToEndId, Function<Known, Collection<? extends JournalEntry>> decide) {
        Optional<BookEntry> changed;
        synchronized (this) {
            List<JournalEntry> decided =
                    new ArrayList<>(decide.apply(new Known(find(endToEndId), turnedAway.getOrDefault(endToEndId, 0))));
            journal.append(decided);
            decided.forEach(this::apply);
            changed = find(endToEndId);
        }
        journal.sync();
        return changed;
    }

    record Known(Optional<BookEntry> entry, int timesTurnedAway) {}

    @Override
    public synchronized void close() {
        journal.close();
    }

    private void apply(JournalEntry entry) {
        String id = entry.endToEndId();
        switch (entry) {
            case JournalEntry.TurnedAway away -> turnedAway.merge(away.endToEndId(), 1, Integer::sum);
            case JournalEntry.Taken taken -> entries.put(id, BookEntry.of(taken, turnedAway.getOrDefault(id, 0) + 1));
            case JournalEntry.SeenAgain again ->
                entries.computeIfPresent(again.endToEndId(), (key, known) -> known.seenAgain());
            case JournalEntry.Executed executed ->
                entries.computeIfPresent(id, (key, known) -> known.executed(executed));
            case JournalEntry.Refused refused -> entries.computeIfPresent(id, (key, known) -> known.refused(refused));
            case JournalEntry.CallbackDelivered delivered ->
                entries.computeIfPresent(delivered.endToEndId(), (key, known) -> known.callbackDelivered());
        }
    }
}
