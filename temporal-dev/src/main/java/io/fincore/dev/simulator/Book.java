package io.fincore.dev.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All providers' orders: the journal, replayed into memory. Every change is in the journal, on disk, before a method returns. */
final class Book implements AutoCloseable {

    private final Journal journal;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Integer> turnedAway = new HashMap<>();
    private final Map<String, Long> returned = new HashMap<>();

    Book(Journal journal) {
        this.journal = journal;
        journal.replayed().forEach(this::apply);
    }

    /** What a provider knows of the order, if it has taken it on. */
    synchronized Optional<Entry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** In the order in which they were taken on. */
    synchronized List<Entry> all() {
        return List.copyOf(entries.values());
    }

    /** How much of the transfer has come back, in minor units. */
    synchronized long returned(String originalEndToEndId) {
        return returned.getOrDefault(originalEndToEndId, 0L);
    }

    /**
     * Decides what to append by what the book holds, and appends it, as one step.
     *
     * @param decide is given what is known of the order and how often it was turned away, and may read the book: nobody else changes
     *     it meanwhile
     * @return what is known of the order then
     */
    Optional<Entry> change(String id, Function<Known, Collection<? extends JournalEntry>> decide) {
        Optional<Entry> changed;
        synchronized (this) {
            List<JournalEntry> decided =
                    new ArrayList<>(decide.apply(new Known(find(id), turnedAway.getOrDefault(id, 0))));
            journal.append(decided);
            decided.forEach(this::apply);
            changed = find(id);
        }
        journal.sync();
        return changed;
    }

    record Known(Optional<Entry> entry, int timesTurnedAway) {}

    @Override
    public synchronized void close() {
        journal.close();
    }

    private void apply(JournalEntry line) {
        String id = line.id();
        switch (line) {
            case JournalEntry.TurnedAway away -> turnedAway.merge(away.id(), 1, Integer::sum);
            case JournalEntry.Taken taken -> entries.put(id, Entry.of(taken, turnedAway.getOrDefault(id, 0) + 1));
            case JournalEntry.SeenAgain again ->
                entries.computeIfPresent(again.id(), (key, known) -> known.seenAgain());
            case JournalEntry.Decided decided -> {
                Entry entry = entries.computeIfPresent(id, (key, known) -> known.decided(decided));
                if (entry != null && entry.status() == Status.DONE && entry.order() instanceof Return back) {
                    returned.merge(back.originalEndToEndId(), back.minorUnits(), Math::addExact);
                }
            }
            case JournalEntry.CallbackDelivered delivered ->
                entries.computeIfPresent(delivered.id(), (key, known) -> known.callbackDelivered());
        }
    }
}
