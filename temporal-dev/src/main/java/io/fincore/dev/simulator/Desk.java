package io.fincore.dev.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Takes orders on and decides them, as the tables of behaviours say. */
final class Desk {

    private static final Duration LATER = Duration.ofSeconds(1);
    private static final Duration SLOW_ANSWER = Duration.ofSeconds(3);

    /** Under the platform's read timeout of 10 s, with room for the rest of the call. */
    private static final Duration LONGEST_WAIT_FOR_CALLBACK = Duration.ofSeconds(4);

    private final Book book;
    private final CallbackSender callbacks;
    private final ExecutorService background;
    private final Clock clock;

    Desk(Book book, CallbackSender callbacks, ExecutorService background, Clock clock) {
        this.book = book;
        this.callbacks = callbacks;
        this.background = background;
        this.clock = clock;
    }

    /** What the sender of an order gets to see. */
    sealed interface Answer permits Report, Busy, Dropped, OtherContent {}

    /** @param status what the report says, which may be older than the entry */
    record Report(Entry entry, Status status) implements Answer {}

    record Busy() implements Answer {}

    record Dropped() implements Answer {}

    /** The id is taken by another order. */
    record OtherContent() implements Answer {}

    /** Takes up what an earlier process left: orders to decide and callbacks to deliver. */
    void resume() {
        for (Entry entry : book.all()) {
            if (entry.status() == Status.OPEN) {
                decideLater(entry);
            }
            callbacks.deliver(entry);
        }
    }

    Answer receive(Order order, @Nullable String traceParent) throws InterruptedException {
        Optional<Entry> changed = book.change(order.id(), known -> taken(known, order, traceParent));
        Conduct conduct = conduct(order);
        if (changed.isEmpty()) {
            return conduct.dropsConnection() ? new Dropped() : new Busy();
        }
        Entry entry = changed.get();
        if (!entry.order().equals(order)) {
            return new OtherContent();
        }
        boolean first = entry.timesReceived() == conduct.timesTurnedAway() + 1;
        return first ? firstAnswer(entry, conduct) : new Report(entry, entry.status());
    }

    private List<JournalEntry> taken(Book.Known known, Order order, @Nullable String traceParent) {
        String id = order.id();
        if (known.entry().isPresent()) {
            return known.entry().get().order().equals(order) ? List.of(new JournalEntry.SeenAgain(id)) : List.of();
        }
        Conduct conduct = conduct(order);
        if (known.timesTurnedAway() < conduct.timesTurnedAway()) {
            return List.of(new JournalEntry.TurnedAway(id));
        }
        Instant now = clock.instant();
        List<JournalEntry> entries = new ArrayList<>();
        entries.add(new JournalEntry.Taken(id, order, traceParent, now));
        if (!conduct.decidesLater()) {
            entries.add(decision(order, now));
        }
        return entries;
    }

    private Answer firstAnswer(Entry entry, Conduct conduct) throws InterruptedException {
        if (entry.status() == Status.OPEN) {
            decideLater(entry);
        }
        return switch (conduct.firstAnswer()) {
            case STATUS -> new Report(entry, entry.status());
            case STATUS_AFTER_A_WHILE -> {
                Thread.sleep(SLOW_ANSWER);
                yield new Report(entry, entry.status());
            }
            case OPEN_AFTER_CALLBACK -> {
                callbacks.deliver(entry, LONGEST_WAIT_FOR_CALLBACK);
                yield new Report(entry, Status.OPEN);
            }
            case CLOSED_CONNECTION -> new Dropped();
        };
    }

    private void decideLater(Entry entry) {
        Instant due = entry.receivedAt().plus(LATER);
        background.execute(() -> {
            try {
                // Nothing is waited for if the time has passed, as after a restart.
                Thread.sleep(Duration.between(clock.instant(), due));
            } catch (InterruptedException stopping) {
                return;
            }
            decide(entry.order());
        });
    }

    private void decide(Order order) {
        book.change(
                        order.id(),
                        known -> known.entry()
                                .filter(entry -> entry.status() == Status.OPEN)
                                .map(entry -> decision(order, clock.instant()))
                                .map(List::of)
                                .orElse(List.of()))
                .ifPresent(callbacks::deliver);
    }

    /** Within a change of the book: returns that are decided at once do not exceed their transfer together. */
    private JournalEntry decision(Order order, Instant now) {
        Conduct conduct = conduct(order);
        int deliveries = conduct.callbacks();
        Callback callback =
                deliveries == 0 ? null : new Callback(UUID.randomUUID().toString(), deliveries);
        Reason objection = order instanceof Return back ? objectionTo(back) : null;
        return objection == null
                ? new JournalEntry.Decided(order.id(), conduct.outcome(), conduct.reason(), now, callback)
                : new JournalEntry.Decided(order.id(), Status.REFUSED, objection, now, callback);
    }

    private @Nullable Reason objectionTo(Return back) {
        Transfer original = executed(back.originalEndToEndId());
        if (original == null) {
            return Reason.NO_ORIGINAL;
        }
        if (!original.currency().equals(back.currency())) {
            return Reason.OTHER_CURRENCY;
        }
        long left = original.minorUnits() - book.returned(original.endToEndId());
        return back.minorUnits() > left ? Reason.TOO_MUCH : null;
    }

    private Conduct conduct(Order order) {
        return switch (order) {
            case Transfer transfer -> BankBehaviour.of(transfer.creditorIban()).conduct();
            case Return back -> {
                Transfer original = executed(back.originalEndToEndId());
                yield original == null
                        ? Conduct.PLAIN
                        : ReturnBehaviour.of(original.creditorIban()).conduct();
            }
            case Check check -> KycBehaviour.of(check.name()).conduct();
            case Notice notice -> NotificationBehaviour.of(notice.recipient()).conduct();
        };
    }

    /** The transfer of this id, if the bank has executed it. */
    private @Nullable Transfer executed(String endToEndId) {
        return book.find(endToEndId)
                                .filter(entry -> entry.status() == Status.DONE)
                                .map(Entry::order)
                                .orElse(null)
                        instanceof Transfer transfer
                ? transfer
                : null;
    }
}
