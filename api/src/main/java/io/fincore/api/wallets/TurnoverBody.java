package io.fincore.api.wallets;

import io.fincore.ledger.Turnover;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;

/**
 * What went one way in a period.
 *
 * @param amount in minor units
 */
record TurnoverBody(
        @Schema(
                types = "integer",
                description =
                        "Minor units. What comes and goes adds up to more than an amount can be, so this one may have any"
                                + " number of digits")
        BigInteger amount,

        String currency,

        @Schema(description = "How many transactions it sums up")
        long transactions) {

    static TurnoverBody of(Turnover turnover) {
        return new TurnoverBody(turnover.minorUnits(), turnover.currency().code(), turnover.movements());
    }
}
