package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
                    "0",
                    "server.tomcat.connection-timeout",
                    "3s",
                    "fincore.limits.body-timeout",
                    "1s");
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

    static Stream<Arguments> slowRequests() {
        return Stream.of(
                Arguments.of("callbacks", "/v1/inbound/bank/events", "application/json"),
                Arguments.of("sign-in", "/v1/admin/codec/sign-in", "application/x-www-form-urlencoded"),
                Arguments.of("concurrent", "/v1/customers", "application/json"));
    }

    /** Nobody has to have a token or a secret for the first two. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("slowRequests")
    void whoSendsAByteNowAndThenLosesThePlace(String limit, String path, String type) throws IOException {
        try (Socket socket = begin(path, type)) {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            Awaitility.await().until(() -> isInside(limit));
            Awaitility.await().until(() -> {
                if (in.available() == 0) {
                    out.write(' ');
                }
                return in.available() > 0;
            });

            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .as("answered, and closed")
                    .startsWith("HTTP/1.1 408")
                    .contains("\"code\":\"request_timeout\"");
            Awaitility.await().until(() -> !isInside(limit));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slowRequests")
    void whoSendsNothingLosesThePlaceToo(String limit, String path, String type) throws IOException {
        try (Socket socket = begin(path, type)) {
            Awaitility.await().until(() -> isInside(limit));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .as("answered, and closed")
                    .startsWith("HTTP/1.1 408")
                    .contains("\"code\":\"request_timeout\"");
            Awaitility.await().until(() -> !isInside(limit));
        }
    }

    private Socket begin(String path, String type) throws IOException {
        HttpRequest request = api.user("ada").request(path).GET().build();
        Socket socket = new Socket(request.uri().getHost(), request.uri().getPort());
        socket.getOutputStream().write("""
                        POST %s HTTP/1.1\r
                        Host: localhost\r
                        Authorization: %s\r
                        Content-Type: %s\r
                        Content-Length: 10000\r
                        webhook-id: be_1\r
                        webhook-timestamp: %d\r
                        webhook-signature: v1,%s\r
                        \r
                        """.formatted(
                        path,
                        request.headers().firstValue("Authorization").orElseThrow(),
                        type,
                        Instant.now().getEpochSecond(),
                        "A".repeat(44))
                .getBytes(StandardCharsets.US_ASCII));
        return socket;
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
