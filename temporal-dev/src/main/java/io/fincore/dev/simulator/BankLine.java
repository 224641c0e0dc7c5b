package io.fincore.dev.simulator;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One transfer as {@code GET /book} shows it.
 *
 * @param amount in minor units of the currency, as the platform's API writes amounts
 * @param status {@code accepted}, {@code settled} or {@code rejected}
 * @param reason status reason code of a rejected transfer
 * @param timesReceived how often it was sent, those times included when the bank did not take it on
 * @param callbackEventId of the callback that the transfer's end is told by, if it is
 * @param callbacksOwed how often that callback is to be delivered in all
 * @param callbacksDelivered how often its delivery was acknowledged by 2xx
 */
record BookLine(
        String endToEndId,
        long amount,
        String currency,
        String creditorIban,
        String status,
        @Nullable String reason,
        int timesReceived,
        int timesExecuted,
        @Nullable String traceParent,
        Instant receivedAt,
        @Nullable String callbackEventId,
        int callbacksOwed,
        int callbacksDelivered) {

    static BookLine of(BookEntry entry) {
        Transfer transfer = entry.transfer();
        Reason reason = entry.reason();
        Callback callback = entry.callback();
        return new BookLine(
                transfer.endToEndId(),
                transfer.minorUnits(),
                transfer.currency(),
                transfer.creditorIban(),
                entry.status().name().toLowerCase(Locale.ROOT),
                reason == null ? null : reason.code(),
                entry.timesReceived(),
                entry.timesExecuted(),
                entry.traceParent(),
                entry.receivedAt(),
                callback == null ? null : callback.eventId(),
                callback == null ? 0 : callback.deliveries(),
                entry.callbacksDelivered());
    }
}
