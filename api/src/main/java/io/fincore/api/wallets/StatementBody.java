package io.fincore.api.wallets;

import io.fincore.api.lists.MoneyBody;
import io.fincore.ledger.History;
import io.fincore.ledger.Statement;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * What a wallet held at the beginning and at the end of a period, and what happened between.
 *
 * @param credits what the wallet got
 * @param debits what it gave
 */
record StatementBody(
        String object,
        String wallet,
        String currency,
        Instant from,
        Instant to,
        MoneyBody openingBalance,
        MoneyBody closingBalance,
        TurnoverBody credits,
        TurnoverBody debits,

        @Schema(description = "Oldest first", implementation = TransactionBody[].class)
        Transactions transactions) {

    static StatementBody of(Statement statement, History history) {
        return new StatementBody(
                "statement",
                statement.wallet().id(),
                statement.wallet().currency().code(),
                statement.from(),
                statement.until(),
                MoneyBody.of(statement.opening()),
                MoneyBody.of(statement.closing()),
                TurnoverBody.of(statement.credits()),
                TurnoverBody.of(statement.debits()),
                new Transactions(consumer -> history.movements(statement, consumer)));
    }
}
