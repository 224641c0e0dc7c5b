package io.fincore.dev.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of a callback. */
sealed interface CallbackEvent {

    /** @throws IllegalArgumentException if nobody is called back about such an order */
    static CallbackEvent of(Entry entry, Callback callback) {
        return switch (entry.order()) {
            case Transfer transfer -> OfBank.of("credit_transfer.status", entry, callback);
            case Return back -> OfBank.of("payment_return.status", entry, callback);
            case Check check -> OfKyc.of(entry, callback);
            case Notice notice -> throw new IllegalArgumentException("no callback is owed for " + notice.id());
        };
    }

    /** @param status ISO 20022 transaction status */
    record OfBank(
            String eventId,
            String type,
            String endToEndId,
            String status,
            String bankReference,
            @Nullable Reason reason,
            Instant occurredAt)
            implements CallbackEvent {

        private static OfBank of(String type, Entry entry, Callback callback) {
            return new OfBank(
                    callback.eventId(),
                    type,
                    entry.order().id(),
                    BankStatus.of(entry.status()).code(),
                    entry.reference(),
                    entry.reason(),
                    Objects.requireNonNull(entry.decidedAt()));
        }
    }

    /** @param status {@code approved}, {@code rejected} or {@code referred} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfKyc(
            String eventId,
            String type,
            String checkId,
            String status,
            String reference,
            @Nullable String reason,
            Instant occurredAt)
            implements CallbackEvent {

        private static OfKyc of(Entry entry, Callback callback) {
            return new OfKyc(
                    callback.eventId(),
                    "kyc.check",
                    entry.order().id(),
                    KycStatus.of(entry.status()).word(),
                    entry.reference(),
                    entry.reason() == null ? null : entry.reason().detail(),
                    Objects.requireNonNull(entry.decidedAt()));
        }
    }
}
