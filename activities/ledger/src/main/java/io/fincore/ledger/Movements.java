package io.fincore.ledger;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Calls the functions that move money: one statement each, so each is atomic without a transaction of its own. */
final class Movements {

    private final JdbcClient jdbc;

    Movements(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    Answer call(String sql, @Nullable Object... parameters) {
        return jdbc.sql(sql)
                .params(parameters)
                .query((row, number) -> Answer.read(row, "amount"))
                .single();
    }
}
