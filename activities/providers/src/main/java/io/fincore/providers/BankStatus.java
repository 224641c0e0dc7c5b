package io.fincore.providers;

/** What the bank itself says about a transfer, whether in answer to the transfer or to an inquiry. */
public sealed interface BankStatus extends SendAnswer, InquiryAnswer {

    /** Final: the money has left (ISO 20022 ACSC or ACCC). */
    record Settled(String bankReference) implements BankStatus {}

    /**
     * The bank has the transfer and will decide; it may still refuse (RCVD, ACTC, ACCP, ACFC, ACSP, ACWC, ACWP or PDNG).
     *
     * @param bankReference the bank's own name for the transfer
     */
    record Accepted(String bankReference) implements BankStatus {}

    /**
     * Final: the bank refuses, no money has left (RJCT).
     *
     * @param code ISO 20022 external status reason, AC04 for example; NARR if the bank gave no code
     * @param detail the bank's words; empty if it gave none
     */
    record Rejected(String code, String detail) implements BankStatus {}
}
