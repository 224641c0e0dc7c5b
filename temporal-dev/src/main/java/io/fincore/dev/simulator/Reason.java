package io.fincore.dev.simulator;

/** @param code ISO 20022 external status reason */
record Reason(String code, String detail) {

    static final Reason CLOSED_ACCOUNT = new Reason("AC04", "Account is closed");
    static final Reason INSUFFICIENT_FUNDS = new Reason("AM04", "Insufficient funds");
    static final Reason REGULATORY = new Reason("RR04", "Regulatory reason");
}
