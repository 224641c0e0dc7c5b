package io.fincore.api.sagas;

import java.util.List;

/**
 * What compensating a saga now would undo.
 *
 * @param possible whether an operator can order it now
 * @param undos in the order in which they would run
 */
record CompensationPlan(String object, String saga, boolean possible, List<Undo> undos) {

    /** @param postings empty if no wallet is touched */
    record Undo(String step, String undo, List<Posting> postings) {}

    /**
     * How a wallet would change.
     *
     * @param postedChange minor units, as is the other
     */
    record Posting(String wallet, long postedChange, long heldChange, String currency) {}
}
