package io.fincore.dev.benchmark;

import io.fincore.dev.demo.ApiClient;
import io.fincore.dev.stack.Stack;
import io.fincore.postgres.DatabaseRole;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What the subjects of a ledger benchmark stand on.
 *
 * @param wallets by the number of their account
 * @param token of the wallets' owner
 */
record LedgerGround(Stack stack, List<String> wallets, String token) {

    /** @param stack with its API ready */
    static LedgerGround on(Stack stack) {
        return new LedgerGround(
                stack,
                LedgerWorld.make(stack.postgres()),
                new ApiClient(stack.api().url(), stack.issuer().tokenEndpoint(), LedgerWorld.OWNER, LedgerWorld.OWNER)
                        .token());
    }

    /** A connection of the client's own, as the API has them. */
    Connection asApi() throws SQLException {
        return stack.postgres().as(DatabaseRole.API).getConnection();
    }

    Connection asSuperuser() throws SQLException {
        return stack.postgres().asSuperuser().getConnection();
    }

    URI api() {
        return URI.create(stack.api().url());
    }
}
