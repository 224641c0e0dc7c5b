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

/** Takes transfers on and decides them, as the creditor's IBAN says. */
final class TransferDesk {

    private static final Duration LATER = Duration.ofSeconds(1);
    private static final Duration SLOW_ANSWER = Duration.ofSeconds(3);

    /** Under the platform's read timeout of 10 s, with room for the rest of the call. */
    private static final Duration LONGEST_WAIT_FOR_CALLBACK = Duration.ofSeconds(4);

    private final Book book;
    private final CallbackSender callbacks;
    private final ExecutorService background;
    private final Clock clock;

    TransferDesk(Book book, CallbackSender callbacks, ExecutorService background, Clock clock) {
        this.book = book;
        this.callbacks = callbacks;
        this.background = background;
        this.clock = clock;
    }

    /** What the sender of a transfer gets to see. */
    sealed interface Answer permits Report, Busy, Dropped, OtherContent {}

    /** @param status what the report says, which may be older than the entry */
    record Report(BookEntry entry, TransferStatus status) implements Answer {}

    record Busy() implements Answer {}

    record Dropped() implements Answer {}

    /** The end-to-end id is taken by another transfer. */
    record OtherContent() implements Answer {}

    /** Takes up what an earlier process left: transfers to decide and callbacks to deliver. */
    void resume() {
        for (BookEntry entry : book.all()) {
            if (entry.status() == TransferStatus.ACCEPTED) {
                decideLater(entry);
            }
            callbacks.deliver(entry);
        }
    }

    Answer receive(Transfer transfer, @Nullable String traceParent) throws InterruptedException {
        Optional<BookEntry> changed = book.change(transfer.endToEndId(), known -> taken(known, transfer, traceParent));
        if (changed.isEmpty()) {
            return transfer.behaviour() == BankBehaviour.LOSES_FIRST_REQUEST ? new Dropped() : new Busy();
        }
        BookEntry entry = changed.get();
        if (!entry.transfer().equals(transfer)) {
            return new OtherContent();
        }
        return isFirst(entry) ? firstAnswer(entry) : new Report(entry, entry.status());
    }

    Optional<BookEntry> find(String endToEndId) {
        return book.find(endToEndId);
    }

    private List<JournalEntry> taken(Book.Known known, Transfer transfer, @Nullable String traceParent) {
        String id = transfer.endToEndId();
        if (known.entry().isPresent()) {
            return known.entry().get().transfer().equals(transfer)
                    ? List.of(new JournalEntry.SeenAgain(id))
                    : List.of();
        }
        BankBehaviour behaviour = transfer.behaviour();
        if (known.timesTurnedAway() < timesTurnedAway(behaviour)) {
            return List.of(new JournalEntry.TurnedAway(id));
        }
        Instant now = clock.instant();
        List<JournalEntry> entries = new ArrayList<>();
        entries.add(new JournalEntry.Taken(id, transfer, traceParent, now));
        if (decidesAtOnce(behaviour)) {
            entries.add(decision(id, behaviour, now));
        }
        return entries;
    }

    private static boolean isFirst(BookEntry entry) {
        return entry.timesReceived() == timesTurnedAway(entry.transfer().behaviour()) + 1;
    }

    private Answer firstAnswer(BookEntry entry) throws InterruptedException {
        return switch (entry.transfer().behaviour()) {
            case SETTLES_AT_ONCE,
                    REJECTS_AT_ONCE_AC04,
                    REJECTS_AT_ONCE_AM04,
                    REJECTS_AT_ONCE_RR04,
                    UNAVAILABLE_THREE_TIMES,
                    LOSES_FIRST_REQUEST -> new Report(entry, entry.status());
            case SETTLES_LATER, REJECTS_AFTER_ACCEPTING, CALLS_BACK_TWICE, NEVER_CALLS_BACK -> {
                decideLater(entry);
                yield new Report(entry, TransferStatus.ACCEPTED);
            }
            case EXECUTES_THEN_DROPS_CONNECTION -> new Dropped();
            case CALLS_BACK_BEFORE_ANSWER -> {
                callbacks.deliver(entry, LONGEST_WAIT_FOR_CALLBACK);
                yield new Report(entry, TransferStatus.ACCEPTED);
            }
            case ANSWERS_SLOWLY -> {
                Thread.sleep(SLOW_ANSWER);
                yield new Report(entry, entry.status());
            }
        };
    }

    private void decideLater(BookEntry entry) {
        Instant due = entry.receivedAt().plus(LATER);
        background.execute(() -> {
            try {
                // Nothing is waited for if the time has passed, as after a restart.
                Thread.sleep(Duration.between(clock.instant(), due));
            } catch (InterruptedException stopping) {
                return;
            }
            decide(entry.transfer().endToEndId(), entry.transfer().behaviour());
        });
    }

    private void decide(String id, BankBehaviour behaviour) {
        book.change(
                        id,
                        known -> known.entry()
                                .filter(entry -> entry.status() == TransferStatus.ACCEPTED)
                                .map(entry -> decision(id, behaviour, clock.instant()))
                                .map(List::of)
                                .orElse(List.of()))
                .ifPresent(callbacks::deliver);
    }

    private static JournalEntry decision(String id, BankBehaviour behaviour, Instant now) {
        Reason reason = reason(behaviour);
        Callback callback = callback(behaviour);
        return reason == null
                ? new JournalEntry.Executed(id, now, callback)
                : new JournalEntry.Refused(id, reason, now, callback);
    }

    private static int timesTurnedAway(BankBehaviour behaviour) {
        return switch (behaviour) {
            case UNAVAILABLE_THREE_TIMES -> 3;
            case LOSES_FIRST_REQUEST -> 1;
            default -> 0;
        };
    }

    private static boolean decidesAtOnce(BankBehaviour behaviour) {
        return switch (behaviour) {
            case SETTLES_LATER, REJECTS_AFTER_ACCEPTING, CALLS_BACK_TWICE, NEVER_CALLS_BACK -> false;
            default -> true;
        };
    }

    private static @Nullable Reason reason(BankBehaviour behaviour) {
        return switch (behaviour) {
            case REJECTS_AT_ONCE_AC04, REJECTS_AFTER_ACCEPTING -> Reason.CLOSED_ACCOUNT;
            case REJECTS_AT_ONCE_AM04 -> Reason.INSUFFICIENT_FUNDS;
            case REJECTS_AT_ONCE_RR04 -> Reason.REGULATORY;
            default -> null;
        };
    }

    private static @Nullable Callback callback(BankBehaviour behaviour) {
        return switch (behaviour) {
            case SETTLES_LATER, REJECTS_AFTER_ACCEPTING, CALLS_BACK_BEFORE_ANSWER -> owed(1);
            case CALLS_BACK_TWICE -> owed(2);
            default -> null;
        };
    }

    private static Callback owed(int deliveries) {
        return new Callback(UUID.randomUUID().toString(), deliveries);
    }
}
