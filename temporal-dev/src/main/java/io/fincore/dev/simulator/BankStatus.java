package io.fincore.dev.simulator;

/** Where a transfer stands in the bank's book, and the status code that says so in a pacs.002 (ISO 20022). */
enum TransferStatus {
    ACCEPTED("ACCP"),
    SETTLED("ACSC"),
    REJECTED("RJCT");

    private final String code;

    TransferStatus(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
