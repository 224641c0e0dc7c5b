package io.fincore.api.wallets;

import io.fincore.api.lists.MoneyBody;
import io.fincore.ledger.History;
import io.fincore.ledger.Statement;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * What a wallet held at the beginning and at the end of a period, and what happened between.
 *
 * @param credits the sum of what the wallet got
 * @param debits the sum of what it gave
 */
record StatementBody(
        String object,
        String wallet,
        String currency,
        Instant from,
        Instant to,
        MoneyBody openingBalance,
        MoneyBody closingBalance,
        MoneyBody credits,
        MoneyBody debits,

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
                MoneyBody.of(statement.credits()),
                MoneyBody.of(statement.debits()),
                new Transactions(history, statement));
    }
}
