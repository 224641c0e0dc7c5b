package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A process that has as much to do as it can do. */
class AdmissionTest {

    private final ConfigurableApplicationContext context = Platform.shared()
            .startApi(
                    "fincore.limits.concurrent",
                    "1",
                    "fincore.limits.queued",
                    "0",
                    "fincore.limits.callbacks",
                    "1",
                    "fincore.limits.patience",
                    "0");
    private final Api api = new Api(Platform.shared(), context);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.close();
        context.close();
    }

    @Test
    void refusesClientsBeforeAnythingElseAndTakesCallbacksAllTheSame() throws Exception {
        User ada = api.user("ada-" + IdType.REQUEST.next());
        String wallet = ada.newWallet("EUR", 10);
        String key = IdType.REQUEST.next();

        Future<Reply> busy;
        try (Connection other = Platform.shared().database.asSuperuser().getConnection()) {
            lock(other, wallet);
            busy = threads.submit(() -> withdraw(ada, wallet, IdType.REQUEST.next()));
            Awaitility.await().until(() -> isInside("concurrent"));

            Reply refused = withdraw(ada, wallet, key);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("overloaded");
            assertThat(refused.header("Retry-After")).isEqualTo("2");
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(refused.header("Request-Id")).startsWith("req_");
            assertThat(api.send(api.request("/v1/payments").GET()).status())
                    .as("who has no token is refused too")
                    .isEqualTo(503);

            assertThat(InboundTest.callback(
                                    api,
                                    "be_" + IdType.REQUEST.next(),
                                    InboundTest.body("pay_00000000000000000000000000", "ACSC", null))
                            .status())
                    .isEqualTo(202);
            assertThat(api.send(api.management("/actuator/health/liveness").GET())
                            .status())
                    .isEqualTo(200);
        }

        assertThat(busy.get().status()).isEqualTo(201);
        // A place is free a moment after the answer has gone out.
        Awaitility.await().until(() -> !isInside("concurrent"));
        Reply again = withdraw(ada, wallet, key);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotent-Replayed")).isEmpty();
        Awaitility.await().until(() -> !isInside("concurrent"));
        assertThat(api.metric("fincore_limits_refused_total{limit=\"concurrent\"}"))
                .isEqualTo(2);
        assertThat(api.metric("fincore_limits_refused_total{limit=\"callbacks\"}"))
                .isZero();
    }

    private boolean isInside(String limit) {
        return api.metric("fincore_limits_inside{limit=\"" + limit + "\"}") == 1;
    }

    private static Reply withdraw(User user, String wallet, String key) {
        return user.post(
                "/v1/wallets/" + wallet + "/withdrawals",
                "{\"amount\":1,\"currency\":\"EUR\"}",
                "Idempotency-Key",
                key);
    }

    private static void lock(Connection connection, String wallet) throws SQLException {
        connection.setAutoCommit(false);
        JdbcClient.create(new SingleConnectionDataSource(connection, true))
                .sql("""
                        SELECT FROM ledger.account_balance
                         WHERE account_id = (SELECT account_id FROM ledger.wallet WHERE id = ?) FOR UPDATE""")
                .param(wallet)
                .query((row, number) -> true)
                .single();
    }
}
