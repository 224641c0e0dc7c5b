package io.fincore.dev.simulator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal: something that happened, whole or not at all. What a provider owes because of it, a callback for example,
 * is part of the same line.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JournalEntry.TurnedAway.class, name = "turned_away"),
    @JsonSubTypes.Type(value = JournalEntry.Taken.class, name = "taken"),
    @JsonSubTypes.Type(value = JournalEntry.SeenAgain.class, name = "seen_again"),
    @JsonSubTypes.Type(value = JournalEntry.Decided.class, name = "decided"),
    @JsonSubTypes.Type(value = JournalEntry.CallbackDelivered.class, name = "callback_delivered")
})
sealed interface JournalEntry {

    /** Of the order. */
    String id();

    /** The order came and was not taken on: the provider does not know it. */
    record TurnedAway(String id) implements JournalEntry {}

    /** @param traceParent the trace context that came with the request (W3C Trace Context), for the callback */
    record Taken(
            String id,

            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
            @JsonSubTypes({
                @JsonSubTypes.Type(value = Transfer.class, name = "transfer"),
                @JsonSubTypes.Type(value = Return.class, name = "return"),
                @JsonSubTypes.Type(value = Check.class, name = "check"),
                @JsonSubTypes.Type(value = Notice.class, name = "notice")
            })
            Order order,

            @Nullable String traceParent,
            Instant at)
            implements JournalEntry {}

    /** The order came once more. */
    record SeenAgain(String id) implements JournalEntry {}

    /** The order was executed, or will never be. */
    record Decided(
            String id,
            Status status,
            @Nullable Reason reason,
            Instant at,
            @Nullable Callback callback) implements JournalEntry {}

    /** One delivery of the callback was answered by 2xx. */
    record CallbackDelivered(String id) implements JournalEntry {}
}
