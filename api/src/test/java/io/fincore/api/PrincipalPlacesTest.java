package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import io.fincore.postgres.DatabaseRole;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One principal in all of the places that they may have, waiting, and what becomes of the others. */
class PrincipalPlacesTest {

    /** Three of five: with one more for each the second principal would be kept out. */
    private static final ConfigurableApplicationContext NARROW = Platform.shared()
            .startApi(
                    "fincore.limits.concurrent", "5",
                    "fincore.limits.queued", "0",
                    "fincore.limits.principal-concurrent", "3");

    private final Api api = new Api(Platform.shared(), NARROW);
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final User eve = api.user("eve-" + IdType.REQUEST.next());
    private final User elsewhere = new User(Platform.sharedApi(), ada.tenant(), ada.principal(), ada.scopes());
    private final String wallet = elsewhere.newWallet("EUR", 100_000);
    private final JdbcClient database =
            JdbcClient.create(Platform.shared().database.as(DatabaseRole.OWNER));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void join() {
        threads.close();
    }

    @AfterAll
    static void stop() {
        NARROW.close();
    }

    @Test
    void waitingInAllOfTheirsAPrincipalKeepsNobodyElseOut() throws Exception {
        List<Future<Reply>> waiting = IntStream.range(0, 3)
                .mapToObj(number -> threads.submit(() -> pay("wait=30", IdType.REQUEST.next())))
                .toList();
        Awaitility.await().until(() -> inside() == 3 && payments().size() == 3);
        double refusedBefore = refused();
        String key = IdType.REQUEST.next();

        Reply refused = pay("respond-async", key);

        assertThat(refused.status()).as(refused.text()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("rate_limited");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.json().path("detail").asText())
                .isEqualTo("The limit 'principal-concurrent' of 3 requests at the same time is used up.");
        assertThat(refused()).isEqualTo(refusedBefore + 1);
        assertThat(database.sql("SELECT count(*) FROM intake.idempotency_key WHERE idempotency_key = ?")
                        .param(key)
                        .query(Integer.class)
                        .single())
                .as("nothing is written for it")
                .isZero();
        assertThat(eve.get("/v1/payments").status()).isEqualTo(200);
        assertThat(new User(api, "other-tenant", ada.principal(), ada.scopes())
                        .get("/v1/payments")
                        .status())
                .as("of the same name in another tenant")
                .isEqualTo(200);

        payments().forEach(id -> elsewhere.order("/v1/payments/" + id + "/cancellations", "{\"reason\":\"x\"}"));

        for (Future<Reply> one : waiting) {
            assertThat(one.get().json().path("status").asText()).isEqualTo("cancelled");
        }
        Reply again = pay("respond-async", key);
        assertThat(again.status()).as(again.text()).isEqualTo(202);
        assertThat(again.header("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void aPlaceIsGivenBackHoweverARequestEnds() throws Exception {
        // More of each than there are places.
        for (int i = 0; i < 4; i++) {
            assertThat(ada.get("/v1/payments/pay_x").status()).isEqualTo(404);
            assertThat(ada.get("/v1/payments?limit=0").status()).isEqualTo(400);
            assertThat(ada.withScopes("wallets:read").get("/v1/payments").status())
                    .isEqualTo(403);
            assertThat(ada.order("/v1/payments", "{").status()).isEqualTo(400);
            assertThat(pay("wait=1", IdType.REQUEST.next()).header("Preference-Applied"))
                    .as("its time was up")
                    .isEqualTo("wait=1");
        }
        for (int i = 0; i < 4; i++) {
            goAwayWhileWaiting();
            // It waits to the end for who is not there any more.
            Awaitility.await().until(() -> inside() == 0);
        }

        List<Reply> all = Api.atOnce(3, () -> ada.get("/v1/payments"));

        assertThat(all).extracting(Reply::status).containsOnly(200);
    }

    /** A client that sends an order and hangs up. */
    private void goAwayWhileWaiting() throws IOException {
        HttpRequest request = ada.request("/v1/payments").GET().build();
        URI address = request.uri();
        String body = Api.paymentBody(wallet, 1, "ACME");
        int before = payments().size();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write("""
                            POST /v1/payments HTTP/1.1\r
                            Host: %s\r
                            Authorization: %s\r
                            Content-Type: application/json\r
                            Content-Length: %d\r
                            Idempotency-Key: %s\r
                            Prefer: wait=1\r
                            \r
                            %s""".formatted(
                            address.getAuthority(),
                            request.headers().firstValue("Authorization").orElseThrow(),
                            body.length(),
                            IdType.REQUEST.next(),
                            body)
                    .getBytes(StandardCharsets.UTF_8));
            Awaitility.await().until(() -> payments().size() > before);
        }
    }

    private Reply pay(String preference, String key) {
        return ada.post(
                "/v1/payments", Api.paymentBody(wallet, 1, "ACME"), "Idempotency-Key", key, "Prefer", preference);
    }

    private List<String> payments() {
        return database.sql("SELECT id FROM payments.payment WHERE source = ?")
                .param(wallet)
                .query(String.class)
                .list();
    }

    private int inside() {
        return (int) api.metric("fincore_limits_inside{limit=\"concurrent\"}");
    }

    private double refused() {
        return api.metric("fincore_limits_refused_total{limit=\"principal-concurrent\"}");
    }
}
