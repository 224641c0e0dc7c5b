package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a client gets who asks for more than is theirs, and what others notice of it. */
class LimitsTest {

    private static final int MOST_TRIES = 500;

    private static final String[] SETTINGS = {
        "fincore.limits.principal-per-second", "1",
        "fincore.limits.principal-burst", "60",
        "fincore.limits.wallet-per-second", "1",
        "fincore.limits.wallet-burst", "3",
        "fincore.limits.sensitive-per-second", "1",
        "fincore.limits.sensitive-burst", "2",
        "fincore.limits.failed-tokens-per-second", "1",
        "fincore.limits.failed-tokens-burst", "3"
    };
    private static final String PRINCIPAL = "\"principal\";q=1;w=1;fincore-burst=60";
    private static final String WALLET = PRINCIPAL + ", \"wallet\";q=1;w=1;fincore-burst=3";
    private static final String SENSITIVE = PRINCIPAL + ", \"sensitive\";q=1;w=1;fincore-burst=2";

    private static final ConfigurableApplicationContext STRICT =
            Platform.shared().startApi(SETTINGS);

    private final Api strict = new Api(Platform.shared(), STRICT);
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();
    private final JdbcClient database =
            JdbcClient.create(Platform.shared().database.asSuperuser());

    @AfterAll
    static void stop() {
        STRICT.close();
    }

    @AfterEach
    void close() {
        contexts.forEach(ConfigurableApplicationContext::close);
    }

    private Api api(String... settings) {
        ConfigurableApplicationContext context = Platform.shared().startApi(settings);
        contexts.add(context);
        return new Api(Platform.shared(), context);
    }

    private static User user(Api api, String name) {
        return api.user(name + "-" + IdType.REQUEST.next());
    }

    /** Repeats a call until it is refused, and returns the answers before, and the refusal. */
    private static List<Reply> untilRefused(Supplier<Reply> call) {
        List<Reply> replies = new ArrayList<>();
        do {
            replies.add(call.get());
        } while (replies.getLast().status() != 429 && replies.size() < MOST_TRIES);
        return replies;
    }

    private static void assertRefused(Reply reply, String limit, String policies) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(429);
        assertThat(reply.code()).isEqualTo("rate_limited");
        assertThat(reply.json().path("detail").asText()).contains("'" + limit + "'");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.header("RateLimit-Policy")).isEqualTo(policies);
        assertThat(reply.header("RateLimit")).contains("\"" + limit + "\";r=0;t=1");
        assertThat(reply.header("Request-Id")).startsWith("req_");
    }

    @Test
    void aPrincipalIsRefusedBeyondTheirLimitAndNobodyElse() {
        User ada = user(strict, "ada");
        double refusedBefore = refused("principal");
        double refusedOrders = refused("wallet");

        List<Reply> replies = untilRefused(() -> ada.get("/v1/payments"));

        assertThat(replies).hasSizeGreaterThan(60);
        assertThat(replies.getFirst().status()).isEqualTo(200);
        assertThat(replies.getFirst().header("RateLimit-Policy")).isEqualTo(PRINCIPAL);
        assertThat(replies.getFirst().header("RateLimit")).isEqualTo("\"principal\";r=59;t=1");
        assertThat(replies.getFirst().header("Retry-After")).isEmpty();
        assertRefused(replies.getLast(), "principal", PRINCIPAL);
        assertThat(user(strict, "eve").get("/v1/payments").status()).isEqualTo(200);
        assertThat(new User(strict, "other-tenant", ada.principal(), Api.ALL_SCOPES)
                        .get("/v1/payments")
                        .status())
                .isEqualTo(200);
        assertThat(refused("principal")).isEqualTo(refusedBefore + 1);
        assertThat(refused("wallet")).isEqualTo(refusedOrders);
        Awaitility.await().until(() -> ada.get("/v1/payments").status() == 200);
    }

    @Test
    void whatIsForbiddenCountsToo() {
        User reader = user(strict, "ada").withScopes("payments:read");

        List<Reply> replies = untilRefused(() -> reader.get("/v1/admin/sagas"));

        assertThat(replies.getFirst().status()).isEqualTo(403);
        assertThat(replies.getLast().status()).isEqualTo(429);
    }

    @Test
    void ordersFromOneWalletAreLimitedWhicheverWayTheyNameIt() {
        User ada = user(strict, "ada");
        User eve = user(strict, "eve");
        String busy = ada.newWallet("EUR", 1_000_000);
        String quiet = ada.newWallet("EUR", 1_000);
        String transfer = "{\"source\":\"%s\",\"destination\":\"%s\",\"amount\":1,\"currency\":\"EUR\"}";
        Supplier<Reply> transfers = () -> ada.order("/v1/transfers", transfer.formatted(busy, quiet));

        List<Reply> replies = untilRefused(transfers);
        assertThat(replies.getFirst().status()).isEqualTo(201);
        assertThat(replies.getFirst().header("RateLimit-Policy")).isEqualTo(WALLET);
        assertRefused(replies.getLast(), "wallet", WALLET);

        List<Supplier<Reply>> others = List.of(
                () -> ada.order("/v1/wallets/" + busy + "/withdrawals", "{\"amount\":1,\"currency\":\"EUR\"}"),
                () -> ada.order("/v1/payments", Api.paymentBody(busy, 1, "ACME")),
                () -> ada.order(
                        "/v1/transfers/batch",
                        "{\"mode\":\"each\",\"transfers\":[" + transfer.formatted(quiet, busy) + ","
                                + transfer.formatted(busy, quiet) + "]}"));
        for (Supplier<Reply> other : others) {
            assertRefused(untilRefused(other).getLast(), "wallet", WALLET);
        }
        assertThat(ada.order("/v1/wallets/" + busy + "/deposits", "{\"amount\":1,\"currency\":\"EUR\"}")
                        .status())
                .as("who pays in is not its owner's doing")
                .isEqualTo(201);

        // Naming the wallet of somebody else uses up nothing of theirs.
        String wanted = ada.newWallet("EUR", 10);
        Supplier<Reply> intrusion = () -> eve.order("/v1/transfers", transfer.formatted(wanted, busy));
        assertThat(untilRefused(intrusion).getFirst().status()).isEqualTo(404);
        Reply own = ada.order("/v1/transfers", transfer.formatted(wanted, busy));
        assertThat(own.status()).as(own.text()).isEqualTo(201);
        assertThat(own.header("RateLimit")).contains("\"wallet\";r=2;");
    }

    /** An answer tells of each limit that the request was counted for, and what is counted is remembered. */
    @Test
    void whatIsNoWalletsIdIsNotCounted() {
        User ada = user(strict, "ada");
        String transfer = "{\"source\":\"%s\",\"destination\":\"" + IdType.WALLET.next()
                + "\",\"amount\":1,\"currency\":\"EUR\"}";
        String longest = "wal_" + "0".repeat(500_000);
        String invented = IntStream.range(0, 5_000)
                .mapToObj(number -> transfer.formatted("wal_" + number))
                .collect(Collectors.joining(",", "{\"mode\":\"each\",\"transfers\":[", "]}"));
        String one = "{\"amount\":1,\"currency\":\"EUR\"}";

        List<Reply> replies = List.of(
                ada.order("/v1/transfers", transfer.formatted(longest)),
                ada.order("/v1/payments", Api.paymentBody(longest, 1, "ACME")),
                ada.order("/v1/transfers/batch", invented),
                ada.order("/v1/wallets/wal_nope/withdrawals", one));

        assertThat(replies).extracting(Reply::status).containsExactly(404, 404, 400, 404);
        assertThat(replies)
                .extracting(reply -> reply.header("RateLimit-Policy"))
                .containsOnly(PRINCIPAL);
        assertThat(ada.order("/v1/wallets/" + IdType.WALLET.next() + "/withdrawals", one)
                        .header("RateLimit-Policy"))
                .isEqualTo(WALLET);
    }

    @Test
    void sensitiveRoutesAreLimitedMoreStrictly() {
        User ada = user(strict, "ada");

        List<Reply> replies = untilRefused(() -> ada.get("/v1/admin/sagas"));

        assertThat(replies.getFirst().status()).isEqualTo(200);
        assertRefused(replies.getLast(), "sensitive", SENSITIVE);
        for (String path : List.of(
                "/v1/customers/cus_x/activations",
                "/v1/webhook-endpoints",
                "/v1/webhook-endpoints/whe_x/replays",
                "/v1/%61dmin/sagas/pay_x/interventions")) {
            assertRefused(untilRefused(() -> ada.post(path, "{}")).getLast(), "sensitive", SENSITIVE);
        }
        assertRefused(untilRefused(() -> ada.get("/v1/customers/cus_x/export")).getLast(), "sensitive", SENSITIVE);
        assertThat(ada.get("/v1/payments").header("RateLimit-Policy")).isEqualTo(PRINCIPAL);
    }

    @Test
    void limitsOfZeroAreNone() {
        Api api = api(
                "fincore.limits.principal-per-second",
                "0",
                "fincore.limits.principal-burst",
                "1",
                "fincore.limits.concurrent",
                "0");
        User ada = user(api, "ada");

        for (int i = 0; i < 10; i++) {
            Reply reply = ada.get("/v1/payments");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("RateLimit")).isEmpty();
        }
    }

    @Test
    void aRefusedOrderWritesNothing() {
        User ada = user(strict, "ada");
        String wallet = ada.newWallet("EUR", 100);
        String other = ada.newWallet("EUR", 0);
        String body =
                "{\"source\":\"%s\",\"destination\":\"%s\",\"amount\":1,\"currency\":\"EUR\"}".formatted(wallet, other);
        List<String> refused = new ArrayList<>();
        untilRefused(() -> ada.get("/v1/payments"));

        // Somebody else may write at the same time, or a call may be let in again, but not in each of many rounds.
        Awaitility.await().untilAsserted(() -> {
            long before = lastTransaction();
            List<String> round = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String key = IdType.REQUEST.next();
                if (ada.post("/v1/transfers", body, "Idempotency-Key", key).status() == 429) {
                    round.add(key);
                }
            }
            refused.addAll(round);
            assertThat(round).hasSize(10);
            assertThat(lastTransaction())
                    .as("a transaction that writes has a number")
                    .isEqualTo(before);
        });

        assertThat(database.sql("SELECT count(*) FROM intake.idempotency_key WHERE idempotency_key IN (:keys)")
                        .param("keys", refused)
                        .query(Long.class)
                        .single())
                .isZero();
        Awaitility.await().untilAsserted(() -> {
            Reply made = ada.post("/v1/transfers", body, "Idempotency-Key", refused.getFirst());
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(made.header("Idempotent-Replayed")).isEmpty();
        });
    }

    private long lastTransaction() {
        return database.sql("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
                .query(Long.class)
                .single();
    }

    @Test
    void replicasShareALimit() {
        Api two = api(SETTINGS);
        User ada = user(strict, "ada");
        User sameAda = new User(two, ada.tenant(), ada.principal(), ada.scopes());

        assertThat(untilRefused(() -> ada.get("/v1/payments"))).hasSizeGreaterThan(60);

        List<Reply> replies = new ArrayList<>();
        Awaitility.await().until(() -> {
            replies.add(sameAda.get("/v1/payments"));
            return replies.getLast().status() == 429;
        });
        assertThat(replies).as("the other replica's burst is used up as well").hasSizeLessThan(30);
        assertRefused429(replies.getLast());
    }

    private static void assertRefused429(Reply reply) {
        assertThat(reply.code()).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
    }

    @Test
    void withoutADatabaseEachReplicaKeepsToTheLimitByItself() {
        Api api = api(
                "fincore.database.url",
                "jdbc:postgresql://127.0.0.1:" + Platform.freePort() + "/fincore",
                "fincore.database.acquire-timeout",
                "250ms",
                "fincore.limits.principal-per-second",
                "1",
                "fincore.limits.principal-burst",
                "4");
        User ada = user(api, "ada");

        List<Reply> replies = untilRefused(() -> ada.get("/v1/payments"));

        assertThat(replies.getFirst().code()).isEqualTo("service_unavailable");
        assertThat(replies.getFirst().header("RateLimit")).isEqualTo("\"principal\";r=3;t=1");
        assertThat(replies).hasSizeGreaterThan(4);
        assertRefused(replies.getLast(), "principal", "\"principal\";q=1;w=1;fincore-burst=4");
        Awaitility.await().until(() -> api.metric("fincore_limits_unshared_total") > 0);
    }

    @Test
    void tokensThatAreNotValidAreLookedAtSoManyTimesOnly() {
        User ada = user(strict, "ada");
        double refusedBefore = refused("failed-tokens");
        String good = strict.token(ada.tenant(), ada.principal(), ada.scopes(), ada.roles());
        assertThat(withToken(strict, good).status()).isEqualTo(200);

        List<Reply> replies = untilRefused(() -> withToken(strict, "abc.def.ghi"));

        assertThat(replies).hasSizeGreaterThan(3);
        assertThat(replies.getFirst().status()).isEqualTo(401);
        assertRefused429(replies.getLast());
        assertThat(replies.getLast().header("RateLimit-Policy")).isEqualTo("\"failed-tokens\";q=1;w=1;fincore-burst=3");
        assertThat(replies.getLast().header("RateLimit")).isEqualTo("\"failed-tokens\";r=0;t=1");
        assertThat(withToken(strict, good).status()).as("a token that is known").isEqualTo(200);
        assertThat(strict.send(strict.request("/v1/payments").GET()).status()).isEqualTo(401);
        assertThat(refused("failed-tokens")).isEqualTo(refusedBefore + 1);
        Awaitility.await().until(() -> ada.get("/v1/payments").status() == 200);
    }

    private static Reply withToken(Api api, String token) {
        return api.send(api.request("/v1/payments")
                .header("Authorization", "Bearer " + token)
                .GET());
    }

    private double refused(String limit) {
        return strict.metric("fincore_limits_refused_total{limit=\"" + limit + "\"}");
    }
}
