package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Parts of the platform are away, and come back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageTest {

    private final Platform platform = Platform.withoutTemporal();
    private final String key = IdType.REQUEST.next();
    private final JdbcClient database = JdbcClient.create(platform.database.asSuperuser());

    @AfterAll
    void stop() {
        platform.temporal().stop();
        platform.issuer.shutdown();
    }

    @Test
    void nothingIsLostWhileTemporalIsAway() {
        ConfigurableApplicationContext context = platform.startApi("fincore.payments.acceptance-timeout", "1s");
        Api api = new Api(platform, context);
        User ada = api.user("ada");
        String wallet = ada.newWallet("EUR", 100_000);
        String body = Api.paymentBody(wallet, 1250, "ACME");

        // An order is refused for now, and not stored.
        Reply refused = ada.post("/v1/payments", body, "Idempotency-Key", key);
        Reply again = ada.post("/v1/payments", body, "Idempotency-Key", key);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("workflow_engine_unavailable");
        assertThat(refused.header("Retry-After")).isEqualTo("2");
        assertThat(again.status()).isEqualTo(503);
        assertThat(again.header("Idempotent-Replayed")).isEmpty();
        String id = database.sql("SELECT resource_id FROM intake.idempotency_key WHERE idempotency_key = ?")
                .param(key)
                .query(String.class)
                .single();
        assertThat(ada.get("/v1/payments/" + id).status()).isEqualTo(404);
        assertThat(ada.get("/v1/payments").json().path("data")).isEmpty();
        assertThat(api.send(api.management("/actuator/health/readiness").GET()).status())
                .isEqualTo(503);
        assertThat(api.send(api.management("/actuator/health/liveness").GET()).status())
                .isEqualTo(200);

        // A callback is taken all the same.
        String eventId = "be_" + IdType.REQUEST.next();
        assertThat(InboundTest.callback(api, eventId, InboundTest.body(id, "ACSC", null))
                        .status())
                .isEqualTo(202);
        Awaitility.await().until(() -> attempts(eventId) > 0);
        // The API dies between persisting and signalling.
        context.close();

        // Temporal is back, its worker not yet: the repeated order is durable under the id of the first.
        platform.temporal().startServer();
        ConfigurableApplicationContext restarted = platform.startApi("fincore.payments.acceptance-timeout", "1s");
        Api second = new Api(platform, restarted);
        User still = second.user("ada");
        Awaitility.await()
                .until(() -> second.send(second.management("/actuator/health/readiness")
                                        .GET())
                                .status()
                        == 200);
        Reply pending = still.post("/v1/payments", body, "Idempotency-Key", key);
        assertThat(pending.status()).as(pending.text()).isEqualTo(202);
        assertThat(pending.json().path("id").asText()).isEqualTo(id);
        assertThat(pending.json().path("status").asText()).isEqualTo("pending");
        assertThat(still.get("/v1/payments/" + id).status()).isEqualTo(200);
        assertThat(still.get("/v1/payments").json().path("data")).hasSize(1);

        // The worker is back: the callback of before reaches the payment.
        platform.temporal().startWorker();
        Awaitility.await()
                .until(() -> still.get("/v1/payments/" + id)
                        .json()
                        .path("status")
                        .asText()
                        .equals("completed"));
        Awaitility.await()
                .until(() -> database.sql("SELECT status FROM intake.inbound_event WHERE event_id = ?")
                        .param(eventId)
                        .query(String.class)
                        .single()
                        .equals("done"));
        assertThat(still.post("/v1/payments", body, "Idempotency-Key", key).text())
                .isEqualTo(pending.text());
        restarted.close();
    }

    private int attempts(String eventId) {
        return database.sql("SELECT attempts FROM intake.inbound_event WHERE event_id = ?")
                .param(eventId)
                .query(Integer.class)
                .single();
    }
}
