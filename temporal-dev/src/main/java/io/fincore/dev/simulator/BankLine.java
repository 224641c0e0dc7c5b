package io.fincore.dev.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One transfer or return as {@code GET /book} shows it.
 *
 * @param kind {@code transfer} or {@code return}
 * @param originalEndToEndId of the transfer that a return brings back; null for a transfer
 * @param amount in minor units of the currency, as the platform's API writes amounts
 * @param creditorIban of a transfer; null for a return
 * @param status {@code accepted}, {@code settled} or {@code rejected}
 * @param reason status reason code of what was rejected
 * @param timesReceived how often it was sent, those times included when the bank did not take it on
 * @param timesExecuted how often money left, or came back
 * @param callbackEventId of the callback that its end is told by, if it is
 * @param callbacksOwed how often that callback is to be delivered in all
 * @param callbacksDelivered how often its delivery was acknowledged by 2xx
 */
record BankLine(
        String kind,
        String endToEndId,
        @Nullable String originalEndToEndId,
        long amount,
        String currency,
        @Nullable String creditorIban,
        String status,
        @Nullable String reason,
        int timesReceived,
        int timesExecuted,
        @Nullable String traceParent,
        Instant receivedAt,
        @Nullable String callbackEventId,
        int callbacksOwed,
        int callbacksDelivered) {

    static boolean isOfBank(Order order) {
        return switch (order) {
            case Transfer transfer -> true;
            case Return back -> true;
            case Check check -> false;
            case Notice notice -> false;
        };
    }

    static BankLine of(Entry entry) {
        return switch (entry.order()) {
            case Transfer transfer ->
                line(entry, "transfer", null, transfer.minorUnits(), transfer.currency(), transfer.creditorIban());
            case Return back ->
                line(entry, "return", back.originalEndToEndId(), back.minorUnits(), back.currency(), null);
            case Check check -> throw new IllegalArgumentException(check.id() + " is not the bank's");
            case Notice notice -> throw new IllegalArgumentException(notice.id() + " is not the bank's");
        };
    }

    private static BankLine line(
            Entry entry,
            String kind,
            @Nullable String original,
            long amount,
            String currency,
            @Nullable String creditorIban) {
        Reason reason = entry.reason();
        Callback callback = entry.callback();
        return new BankLine(
                kind,
                entry.order().id(),
                original,
                amount,
                currency,
                creditorIban,
                BankStatus.of(entry.status()).word(),
                reason == null ? null : reason.code(),
                entry.timesReceived(),
                entry.timesExecuted(),
                entry.traceParent(),
                entry.receivedAt(),
                callback == null ? null : callback.eventId(),
                entry.callbacksOwed(),
                entry.callbacksDelivered());
    }
}
