package io.fincore.workflows.bank;

import java.util.Locale;

/** Why an order shall not be sent to the bank any more. Competes with the call itself for one column; the first one wins. */
public enum SendClaim {
    CANCEL,
    DEADLINE,
    FAULT;

    /** As it is stored. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
