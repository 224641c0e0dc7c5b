package io.fincore.dev.simulator;

import io.fincore.dev.simulator.Conduct.FirstAnswer;
import java.util.Arrays;

/**
 * What the simulated bank does with the request to return a transfer, chosen by the IBAN of the transfer's creditor. Transfers to these
 * IBANs settle at once. The IBANs are valid (ISO 13616), but their bank code was never given to a bank. The names are part of
 * documentation and tests.
 */
public enum ReturnBehaviour {
    RETURNS_AT_ONCE(
            "DE38999999990000000021",
            "answers ACSC: the money is back. So it does for any IBAN that is not in this table",
            "completed"),
    RETURNS_LATER(
            "DE11999999990000000022",
            "answers ACCP, returns the money a second later and calls back with ACSC",
            "completed"),
    REFUSES_RETURN_AT_ONCE("DE81999999990000000023", "answers RJCT with CUST, the creditor does not agree", "failed"),
    REFUSES_RETURN_AFTER_ACCEPTING(
            "DE54999999990000000024",
            "answers ACCP, a second later calls back with RJCT and LEGL, legal reasons",
            "failed"),
    RETURNS_THEN_DROPS_CONNECTION(
            "DE27999999990000000025",
            "returns the money, then closes the connection without an answer; an inquiry tells ACSC",
            "completed"),
    LOSES_FIRST_RETURN_REQUEST(
            "DE97999999990000000026",
            "closes the connection at the first request without having taken it on; an inquiry tells 404, the second request ACSC",
            "completed"),
    NEVER_CALLS_BACK_ABOUT_RETURN(
            "DE70999999990000000027",
            "answers ACCP and returns the money a second later; only an inquiry tells ACSC",
            "completed"),
    UNAVAILABLE_FOR_RETURN_THREE_TIMES(
            "DE43999999990000000028",
            "answers 503 with Retry-After: 1 to the first three requests, ACSC to the fourth",
            "completed");

    private final String iban;
    private final String description;
    private final String refundEnds;

    ReturnBehaviour(String iban, String description, String refundEnds) {
        this.iban = iban;
        this.description = description;
        this.refundEnds = refundEnds;
    }

    /** The behaviour of a creditor's IBAN; {@link #RETURNS_AT_ONCE} for all that are not ours. */
    public static ReturnBehaviour of(String creditorIban) {
        return Arrays.stream(values())
                .filter(behaviour -> behaviour.iban.equals(creditorIban))
                .findFirst()
                .orElse(RETURNS_AT_ONCE);
    }

    public String iban() {
        return iban;
    }

    public String description() {
        return description;
    }

    /** The status in which a refund of a payment to this IBAN must end, as the API names it. */
    public String refundEnds() {
        return refundEnds;
    }

    Conduct conduct() {
        return switch (this) {
            case RETURNS_AT_ONCE -> Conduct.PLAIN;
            case RETURNS_LATER -> Conduct.PLAIN.later().callingBack(1);
            case REFUSES_RETURN_AT_ONCE -> Conduct.PLAIN.refusing(Reason.CREDITOR_REFUSES);
            case REFUSES_RETURN_AFTER_ACCEPTING ->
                Conduct.PLAIN.later().refusing(Reason.LEGAL).callingBack(1);
            case RETURNS_THEN_DROPS_CONNECTION -> Conduct.PLAIN.answering(FirstAnswer.CLOSED_CONNECTION);
            case LOSES_FIRST_RETURN_REQUEST -> Conduct.PLAIN.losing(1);
            case NEVER_CALLS_BACK_ABOUT_RETURN -> Conduct.PLAIN.later();
            case UNAVAILABLE_FOR_RETURN_THREE_TIMES -> Conduct.PLAIN.unavailable(3);
        };
    }
}
