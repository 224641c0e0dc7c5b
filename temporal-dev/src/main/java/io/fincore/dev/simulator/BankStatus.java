package io.fincore.dev.simulator;

import java.util.Locale;

/** Where a transfer or a return stands, and the status code that says so in a pacs.002 (ISO 20022). */
enum BankStatus {
    ACCEPTED("ACCP"),
    SETTLED("ACSC"),
    REJECTED("RJCT");

    private final String code;

    BankStatus(String code) {
        this.code = code;
    }

    static BankStatus of(Status status) {
        return switch (status) {
            case OPEN -> ACCEPTED;
            case DONE -> SETTLED;
            case REFUSED -> REJECTED;
            case REFERRED -> throw new IllegalArgumentException("a bank decides by itself");
        };
    }

    String code() {
        return code;
    }

    /** As the book shows it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
