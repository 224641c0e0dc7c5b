package io.fincore.dev.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the bank knows about one transfer; an immutable snapshot.
 *
 * @param timesExecuted how often money left; more than once would be the bank's fault and must show
 * @param decidedAt when the transfer was executed or refused
 */
record BookEntry(
        Transfer transfer,
        @Nullable String traceParent,
        Instant receivedAt,
        TransferStatus status,
        @Nullable Reason reason,
        int timesReceived,
        int timesExecuted,
        @Nullable Instant decidedAt,
        @Nullable Callback callback,
        int callbacksDelivered) {

    static BookEntry of(JournalEntry.Taken taken, int timesReceived) {
        return new BookEntry(
                taken.transfer(),
                taken.traceParent(),
                taken.at(),
                TransferStatus.ACCEPTED,
                null,
                timesReceived,
                0,
                null,
                null,
                0);
    }

    BookEntry executed(JournalEntry.Executed executed) {
        return new BookEntry(
                transfer,
                traceParent,
                receivedAt,
                TransferStatus.SETTLED,
                null,
                timesReceived,
                timesExecuted + 1,
                executed.at(),
                executed.callback(),
                0);
    }

    BookEntry refused(JournalEntry.Refused refused) {
        return new BookEntry(
                transfer,
                traceParent,
                receivedAt,
                TransferStatus.REJECTED,
                refused.reason(),
                timesReceived,
                timesExecuted,
                refused.at(),
                refused.callback(),
                0);
    }

    BookEntry seenAgain() {
        return with(timesReceived + 1, callbacksDelivered);
    }

    BookEntry callbackDelivered() {
        return with(timesReceived, callbacksDelivered + 1);
    }

    /** The bank's own name for the transfer, at most 35 characters. */
    String bankReference() {
        String id = transfer.endToEndId();
        return "BK" + id.substring(Math.max(0, id.length() - 33));
    }

    private BookEntry with(int received, int delivered) {
        return new BookEntry(
                transfer,
                traceParent,
                receivedAt,
                status,
                reason,
                received,
                timesExecuted,
                decidedAt,
                callback,
                delivered);
    }
}
