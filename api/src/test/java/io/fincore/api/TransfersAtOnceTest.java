package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Transfers that come while another one is made, in an API of the test's own, which waits for them as long as the test wants. */
class TransfersAtOnceTest {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    @AfterEach
    void close() {
        contexts.forEach(ConfigurableApplicationContext::close);
        threads.close();
    }

    @Test
    void areEachAnsweredAsIfTheyCameAlone() throws Exception {
        Api api = api("30s");
        User ada = api.user("ada-" + IdType.REQUEST.next());
        User eve = api.user("eve-" + IdType.REQUEST.next());
        String hot = ada.newWallet("EUR", 0);
        String source = ada.newWallet("EUR", 100);
        String poor = ada.newWallet("EUR", 3);
        String evesOwn = eve.newWallet("EUR", 50);
        String evesOther = eve.newWallet("EUR", 0);
        List<Callable<Reply>> requests = List.of(
                () -> send(ada, "first-" + hot, source, hot, 1),
                () -> send(ada, "twice-" + hot, source, hot, 2),
                () -> send(ada, "twice-" + hot, source, hot, 2),
                () -> send(eve, "twice-" + hot, evesOwn, evesOther, 4),
                () -> send(ada, "poor-" + hot, poor, hot, 5),
                () -> send(eve, "foreign-" + hot, evesOwn, hot, 6),
                () -> send(ada, "last-" + hot, hot, source, 3));

        List<Future<Reply>> sent = new ArrayList<>();
        try (Locked locked = new Locked(hot)) {
            sent.add(threads.submit(requests.getFirst()));
            await(locked::isWaitedFor);
            for (Callable<Reply> request : requests.subList(1, requests.size())) {
                sent.add(threads.submit(request));
                await(() -> waiting(api) == sent.size() - 1);
            }
        }
        List<Reply> replies = new ArrayList<>();
        for (Future<Reply> each : sent) {
            replies.add(each.get());
        }

        assertThat(sizes(api).totalAmount()).isEqualTo(requests.size() - 1);
        assertThat(sizes(api).count()).isOne();
        assertThat(replies).extracting(Reply::status).containsExactly(201, 201, 201, 201, 409, 404, 201);
        assertThat(replies.get(2).text()).isEqualTo(replies.get(1).text());
        assertThat(replies.get(1).header("Idempotent-Replayed") + replies.get(2).header("Idempotent-Replayed"))
                .isEqualTo("true");
        assertThat(balances(replies.get(1), "destination")).containsExactly(1L, 3L);
        assertThat(balances(replies.get(3), "source")).containsExactly(50L, 46L);
        assertThat(replies.get(4).json().path("detail").asText()).isEqualTo("The wallet has EUR 0.03 available.");
        assertThat(balances(replies.get(6), "source")).containsExactly(3L, 0L);
        assertThat(balances(replies.get(6), "destination")).containsExactly(97L, 100L);
        assertThat(origin(replies.get(3)))
                .isEqualTo(eve.principal() + " " + replies.get(3).header("Request-Id"));
        assertThat(origin(replies.get(6)))
                .isEqualTo(ada.principal() + " " + replies.get(6).header("Request-Id"));
        for (int i : List.of(0, 1, 3, 4, 6)) {
            Reply again = requests.get(i).call();
            assertThat(again.text()).isEqualTo(replies.get(i).text());
            assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        }
        assertThat(send(eve, "foreign-" + hot, evesOwn, evesOther, 7).status())
                .as("a key that was given back is free")
                .isEqualTo(201);
    }

    @Test
    void areNotHeldUpByAWalletThatOneOfThemWants() throws Exception {
        Api api = api("2s");
        User ada = api.user("ada-" + IdType.REQUEST.next());
        String first = ada.newWallet("EUR", 10);
        String locked = ada.newWallet("EUR", 10);
        String free = ada.newWallet("EUR", 10);
        String other = ada.newWallet("EUR", 0);

        Future<Reply> waits;
        try (Locked lockedLong = new Locked(locked)) {
            Future<Reply> begins;
            Future<Reply> passes;
            try (Locked lockedShortly = new Locked(first)) {
                begins = threads.submit(() -> send(ada, "first-" + first, first, other, 1));
                await(lockedShortly::isWaitedFor);
                waits = threads.submit(() -> send(ada, "locked-" + first, locked, other, 1));
                await(() -> waiting(api) == 1);
                passes = threads.submit(() -> send(ada, "free-" + first, free, other, 1));
                await(() -> waiting(api) == 2);
            }
            assertThat(begins.get().status()).isEqualTo(201);
            // Long before the statement that waits for the locked wallet is ended.
            assertThat(passes.get(15, TimeUnit.SECONDS).status()).isEqualTo(201);
            assertThat(sizes(api).max()).as("they were tried together").isEqualTo(2);

            await(lockedLong::isWaitedFor);
            assertThat(send(ada, "later-" + first, free, other, 1).status())
                    .as("one that comes while another one waits")
                    .isEqualTo(201);
            assertThat(waits.isDone()).isFalse();
        }
        assertThat(waits.get().status()).isEqualTo(201);
    }

    private Api api(String patience) {
        ConfigurableApplicationContext context = Platform.shared().startApi("fincore.transfers.patience", patience);
        contexts.add(context);
        return new Api(Platform.shared(), context);
    }

    private static Reply send(User user, String key, String source, String destination, long amount) {
        return user.post(
                "/v1/transfers",
                "{\"source\":\"%s\",\"destination\":\"%s\",\"amount\":%d,\"currency\":\"EUR\"}"
                        .formatted(source, destination, amount),
                "Idempotency-Key",
                key);
    }

    /** A wallet that another session changes, until it is closed. */
    private static final class Locked implements AutoCloseable {

        private final Connection connection;
        private final JdbcClient jdbc;

        Locked(String wallet) throws SQLException {
            connection = Platform.shared().database.asSuperuser().getConnection();
            connection.setAutoCommit(false);
            jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            jdbc.sql("""
                    SELECT FROM ledger.account_balance
                     WHERE account_id = (SELECT account_id FROM ledger.wallet WHERE id = ?) FOR UPDATE""").param(wallet).query((row, number) -> true).single();
        }

        boolean isWaitedFor() {
            return jdbc.sql("""
                            SELECT EXISTS (SELECT FROM pg_stat_activity
                                            WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)) AND usename = 'fincore_api')""").query(Boolean.class).single();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private static double waiting(Api api) {
        return meters(api).get("fincore.transfers.waiting").gauge().value();
    }

    private static DistributionSummary sizes(Api api) {
        return meters(api).get("fincore.transfers.together").summary();
    }

    private static MeterRegistry meters(Api api) {
        return api.context().getBean(MeterRegistry.class);
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
    }

    private static List<Long> balances(Reply transfer, String side) {
        return List.of("balance_before", "balance_after").stream()
                .map(balance ->
                        transfer.json().path(side).path(balance).path("amount").asLong())
                .toList();
    }

    /** Who asked for a transfer, as the audit has it, sealed or not. */
    private static String origin(Reply transfer) {
        return JdbcClient.create(Platform.shared().database.asSuperuser())
                .sql("""
                SELECT origin ->> 'actor' || ' ' || (origin ->> 'request_id')
                  FROM (SELECT object_id, origin FROM audit.unsealed
                        UNION ALL SELECT object_id, origin::jsonb FROM audit.entry) AS kept
                 WHERE object_id = ?""")
                .param(transfer.json().path("id").asText())
                .query(String.class)
                .single();
    }
}
