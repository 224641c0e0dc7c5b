package io.fincore.dev.simulator;

/** @param code the bank's are of ISO 20022's external lists, the KYC provider's are its own */
record Reason(String code, String detail) {

    static final Reason CLOSED_ACCOUNT = new Reason("AC04", "Account is closed");
    static final Reason INSUFFICIENT_FUNDS = new Reason("AM04", "Insufficient funds");
    static final Reason REGULATORY = new Reason("RR04", "Regulatory reason");

    static final Reason CREDITOR_REFUSES = new Reason("CUST", "The creditor does not agree");
    static final Reason LEGAL = new Reason("LEGL", "Legal reasons forbid the return");
    static final Reason NO_ORIGINAL = new Reason("NOOR", "No such transfer was executed");
    static final Reason OTHER_CURRENCY = new Reason("AM03", "Not the currency of the transfer");
    static final Reason TOO_MUCH = new Reason("AM09", "More than is left of the transfer");

    static final Reason UNREADABLE_DOCUMENT = new Reason("document_unreadable", "A person must look at the document");
    static final Reason WRONG_IDENTITY = new Reason("identity_mismatch", "The document is somebody else's");
}
