package io.fincore.dev.simulator;

import io.fincore.dev.simulator.Conduct.FirstAnswer;
import java.util.Arrays;
import java.util.List;

/**
 * What the simulated bank does with a credit transfer, chosen by the creditor's IBAN. The IBANs are valid (ISO 13616), but their bank
 * code was never given to a bank. The names are part of documentation and tests.
 */
public enum BankBehaviour {
    SETTLES_AT_ONCE(
            "DE93999999990000000001",
            "answers ACSC: executed. So does any IBAN that is not in this table",
            "completed"),
    SETTLES_LATER(
            "DE66999999990000000002", "answers ACCP, executes a second later and calls back with ACSC", "completed"),
    REJECTS_AT_ONCE_AC04("DE39999999990000000003", "answers RJCT with AC04, closed account number", "failed"),
    REJECTS_AT_ONCE_AM04("DE12999999990000000004", "answers RJCT with AM04, insufficient funds", "failed"),
    REJECTS_AT_ONCE_RR04("DE82999999990000000005", "answers RJCT with RR04, regulatory reason", "failed"),
    REJECTS_AFTER_ACCEPTING(
            "DE55999999990000000006", "answers ACCP, a second later calls back with RJCT and AC04", "failed"),
    UNAVAILABLE_THREE_TIMES(
            "DE28999999990000000007",
            "answers 503 with Retry-After: 1 to the first three sendings, ACSC to the fourth",
            "completed"),
    EXECUTES_THEN_DROPS_CONNECTION(
            "DE98999999990000000008",
            "executes, then closes the connection without an answer; an inquiry tells ACSC",
            "completed"),
    CALLS_BACK_TWICE(
            "DE71999999990000000009",
            "answers ACCP, executes a second later and delivers the same callback with ACSC twice",
            "completed"),
    CALLS_BACK_BEFORE_ANSWER(
            "DE44999999990000000010",
            "executes, calls back with ACSC, and answers ACCP when the callback was taken or 4 seconds have passed",
            "completed"),
    NEVER_CALLS_BACK(
            "DE17999999990000000011",
            "answers ACCP and executes a second later; only an inquiry tells ACSC",
            "completed"),
    LOSES_FIRST_REQUEST(
            "DE87999999990000000012",
            "closes the connection at the first sending without having taken it on; an inquiry tells 404, the second sending ACSC",
            "completed"),
    ANSWERS_SLOWLY("DE60999999990000000013", "executes at once and answers ACSC after 3 seconds", "completed"),
    LOSES_THREE_REQUESTS(
            "DE33999999990000000014",
            "closes the connection at the first three sendings without having taken them on; the fourth is answered ACSC. It is minutes"
                    + " until then, and an operator is called",
            "completed");

    private final String iban;
    private final String description;
    private final String paymentEnds;

    BankBehaviour(String iban, String description, String paymentEnds) {
        this.iban = iban;
        this.description = description;
        this.paymentEnds = paymentEnds;
    }

    /** Those with which a payment ends by itself, however long it takes: all but the one that calls an operator. */
    public static List<BankBehaviour> withoutOperator() {
        return Arrays.stream(values())
                .filter(behaviour -> behaviour != LOSES_THREE_REQUESTS)
                .toList();
    }

    /** The behaviour of a creditor's IBAN; {@link #SETTLES_AT_ONCE} for all that are not ours. */
    public static BankBehaviour of(String creditorIban) {
        return Arrays.stream(values())
                .filter(behaviour -> behaviour.iban.equals(creditorIban))
                .findFirst()
                .orElse(SETTLES_AT_ONCE);
    }

    public String iban() {
        return iban;
    }

    public String description() {
        return description;
    }

    /** The status in which a payment to this IBAN must end, as the API names it. */
    public String paymentEnds() {
        return paymentEnds;
    }

    Conduct conduct() {
        return switch (this) {
            case SETTLES_AT_ONCE -> Conduct.PLAIN;
            case SETTLES_LATER -> Conduct.PLAIN.later().callingBack(1);
            case REJECTS_AT_ONCE_AC04 -> Conduct.PLAIN.refusing(Reason.CLOSED_ACCOUNT);
            case REJECTS_AT_ONCE_AM04 -> Conduct.PLAIN.refusing(Reason.INSUFFICIENT_FUNDS);
            case REJECTS_AT_ONCE_RR04 -> Conduct.PLAIN.refusing(Reason.REGULATORY);
            case REJECTS_AFTER_ACCEPTING ->
                Conduct.PLAIN.later().refusing(Reason.CLOSED_ACCOUNT).callingBack(1);
            case UNAVAILABLE_THREE_TIMES -> Conduct.PLAIN.unavailable(3);
            case EXECUTES_THEN_DROPS_CONNECTION -> Conduct.PLAIN.answering(FirstAnswer.CLOSED_CONNECTION);
            case CALLS_BACK_TWICE -> Conduct.PLAIN.later().callingBack(2);
            case CALLS_BACK_BEFORE_ANSWER -> Conduct.PLAIN.callingBack(1).answering(FirstAnswer.OPEN_AFTER_CALLBACK);
            case NEVER_CALLS_BACK -> Conduct.PLAIN.later();
            case LOSES_FIRST_REQUEST -> Conduct.PLAIN.losing(1);
            case LOSES_THREE_REQUESTS -> Conduct.PLAIN.losing(3);
            case ANSWERS_SLOWLY -> Conduct.PLAIN.answering(FirstAnswer.STATUS_AFTER_A_WHILE);
        };
    }
}
