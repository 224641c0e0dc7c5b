package io.fincore.dev.simulator;

import org.jspecify.annotations.Nullable;

/**
 * What a provider does with an order, as the tables of behaviours say.
 *
 * @param timesTurnedAway how often the order has to come before it is taken on
 * @param dropsConnection whether it is turned away by closing the connection, instead of by 503
 * @param decidesLater a second after it was taken on, instead of at once
 * @param outcome what is decided
 * @param callbacks how often the decision is told by callback
 */
record Conduct(
        int timesTurnedAway,
        boolean dropsConnection,
        boolean decidesLater,
        Status outcome,
        @Nullable Reason reason,
        int callbacks,
        FirstAnswer firstAnswer) {

    /** Takes the order on when it first comes, does what is asked at once, and says so. */
    static final Conduct PLAIN = new Conduct(0, false, false, Status.DONE, null, 0, FirstAnswer.STATUS);

    /** What the sender of an order that was just taken on gets to see. */
    enum FirstAnswer {
        STATUS,
        STATUS_AFTER_A_WHILE,
        /** That the order is open, although it is decided and the callback about that was sent before. */
        OPEN_AFTER_CALLBACK,
        CLOSED_CONNECTION
    }

    Conduct unavailable(int times) {
        return new Conduct(times, false, decidesLater, outcome, reason, callbacks, firstAnswer);
    }

    Conduct losing(int times) {
        return new Conduct(times, true, decidesLater, outcome, reason, callbacks, firstAnswer);
    }

    Conduct later() {
        return new Conduct(timesTurnedAway, dropsConnection, true, outcome, reason, callbacks, firstAnswer);
    }

    Conduct callingBack(int times) {
        return new Conduct(timesTurnedAway, dropsConnection, decidesLater, outcome, reason, times, firstAnswer);
    }

    Conduct refusing(Reason why) {
        return new Conduct(timesTurnedAway, dropsConnection, decidesLater, Status.REFUSED, why, callbacks, firstAnswer);
    }

    Conduct referring(Reason why) {
        return new Conduct(
                timesTurnedAway, dropsConnection, decidesLater, Status.REFERRED, why, callbacks, firstAnswer);
    }

    Conduct answering(FirstAnswer answer) {
        return new Conduct(timesTurnedAway, dropsConnection, decidesLater, outcome, reason, callbacks, answer);
    }
}
