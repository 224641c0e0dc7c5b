package io.fincore.dev.simulator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal: something that happened, whole or not at all. What the bank owes because of it, a callback for example, is
 * part of the same line.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JournalEntry.TurnedAway.class, name = "turned_away"),
    @JsonSubTypes.Type(value = JournalEntry.Taken.class, name = "taken"),
    @JsonSubTypes.Type(value = JournalEntry.SeenAgain.class, name = "seen_again"),
    @JsonSubTypes.Type(value = JournalEntry.Executed.class, name = "executed"),
    @JsonSubTypes.Type(value = JournalEntry.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = JournalEntry.CallbackDelivered.class, name = "callback_delivered")
})
sealed interface JournalEntry {

    String endToEndId();

    /** The transfer came and was not taken on: the bank does not know it. */
    record TurnedAway(String endToEndId) implements JournalEntry {}

    /** @param traceParent the trace context that came with the request (W3C Trace Context), for the callback */
    record Taken(
            String endToEndId, Transfer transfer, @Nullable String traceParent, Instant at) implements JournalEntry {}

    /** The transfer came once more. */
    record SeenAgain(String endToEndId) implements JournalEntry {}

    /** The money has left. */
    record Executed(String endToEndId, Instant at, @Nullable Callback callback) implements JournalEntry {}

    /** The bank will not execute the transfer. */
    record Refused(
            String endToEndId,
            Reason reason,
            Instant at,
            @Nullable Callback callback) implements JournalEntry {}

    /** One delivery of the callback was answered by 2xx. */
    record CallbackDelivered(String endToEndId) implements JournalEntry {}
}
