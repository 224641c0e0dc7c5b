package io.fincore.dev.simulator;

import java.util.Locale;

/** Where a check stands, as the KYC provider tells it. */
enum KycStatus {
    PENDING,
    APPROVED,
    REJECTED,
    REFERRED;

    static KycStatus of(Status status) {
        return switch (status) {
            case OPEN -> PENDING;
            case DONE -> APPROVED;
            case REFUSED -> REJECTED;
            case REFERRED -> REFERRED;
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
