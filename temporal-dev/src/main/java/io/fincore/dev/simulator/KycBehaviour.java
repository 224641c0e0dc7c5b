package io.fincore.dev.simulator;

import java.util.Arrays;

/**
 * What the simulated KYC provider does with a check, chosen by the customer's name. The names, of customers and of constants, are part
 * of documentation and tests.
 */
public enum KycBehaviour {
    APPROVES_AT_ONCE(
            "Ada Approved", "answers `approved`. So it does for any name that is not in this table", "approved"),
    REFERS("Rita Referred", "answers `referred`: a person of ours is to decide", "referred"),
    REJECTS("Rex Rejected", "answers `rejected`", "rejected"),
    APPROVES_LATER("Sam Slow", "answers `pending`, approves a second later and calls back", "approved"),
    DOWN("Dora Down", "answers 503 with Retry-After: 1, always", "unavailable"),
    DOWN_THREE_TIMES(
            "Theo Threetimes",
            "answers 503 with Retry-After: 1 to the first three requests, `approved` to the fourth",
            "approved"),
    APPROVES_TWICE(
            "Tess Twice",
            "answers `pending`, approves a second later and delivers the same callback twice",
            "approved"),
    NEVER_CALLS_BACK(
            "Nina Nocallback", "answers `pending` and approves a second later; only an inquiry tells", "approved");

    private final String customerName;
    private final String description;
    private final String checkEnds;

    KycBehaviour(String customerName, String description, String checkEnds) {
        this.customerName = customerName;
        this.description = description;
        this.checkEnds = checkEnds;
    }

    /** The behaviour of a customer's name; {@link #APPROVES_AT_ONCE} for all that are not ours. */
    public static KycBehaviour of(String customerName) {
        return Arrays.stream(values())
                .filter(behaviour -> behaviour.customerName.equals(customerName))
                .findFirst()
                .orElse(APPROVES_AT_ONCE);
    }

    public String customerName() {
        return customerName;
    }

    public String description() {
        return description;
    }

    /** What the provider finally says; {@code unavailable} if it never says anything. */
    public String checkEnds() {
        return checkEnds;
    }

    Conduct conduct() {
        return switch (this) {
            case APPROVES_AT_ONCE -> Conduct.PLAIN;
            case REFERS -> Conduct.PLAIN.referring(Reason.UNREADABLE_DOCUMENT);
            case REJECTS -> Conduct.PLAIN.refusing(Reason.WRONG_IDENTITY);
            case APPROVES_LATER -> Conduct.PLAIN.later().callingBack(1);
            case DOWN -> Conduct.PLAIN.unavailable(Integer.MAX_VALUE);
            case DOWN_THREE_TIMES -> Conduct.PLAIN.unavailable(3);
            case APPROVES_TWICE -> Conduct.PLAIN.later().callingBack(2);
            case NEVER_CALLS_BACK -> Conduct.PLAIN.later();
        };
    }
}
