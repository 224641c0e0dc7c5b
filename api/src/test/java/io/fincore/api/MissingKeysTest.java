package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.workflows.client.PayloadKeys;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Keys of what Temporal keeps are changed in the wrong order: somebody meets one that they do not have. The worker has one key only. */
class MissingKeysTest {

    private static final String OTHER = PayloadKeys.newEntry("other");
    private static final String HERE =
            "this process: a payload is encrypted with the key test, and the keys here are [other]: add it to FINCORE_PAYLOADS_KEYS";
    private static final String THERE =
            "a worker: a payload is encrypted with the key other, and the keys here are [test]: add it to FINCORE_PAYLOADS_KEYS";

    /** Cannot read what the worker writes. */
    private static final ConfigurableApplicationContext BLIND =
            Platform.shared().startApi("fincore.payloads.keys", PayloadKeys.PLAIN + "," + OTHER);

    /** Writes what the worker cannot read. */
    private static final ConfigurableApplicationContext HASTY =
            Platform.shared().startApi("fincore.payloads.keys", OTHER + "," + Platform.PAYLOAD_KEY);

    private final Api whole = Platform.sharedApi();
    private final Api blind = new Api(Platform.shared(), BLIND);
    private final Api hasty = new Api(Platform.shared(), HASTY);

    @AfterAll
    static void stop() {
        BLIND.close();
        HASTY.close();
    }

    @Test
    void readsAndStartsGoOnWithoutWhatCannotBeRead() {
        User ada = blind.user("ada");
        double missedByTheOther = whole.metric("fincore_payloads_key_missing_total");

        Reply ordered = order(blind, "ACME");
        String id = ordered.json().path("id").asText();
        Awaitility.await("first steps, which the answer waits for three seconds at most")
                .until(() -> whole.user("oscar")
                        .get("/v1/admin/sagas/" + id)
                        .json()
                        .path("state")
                        .isObject());
        Reply saga = blind.user("oscar").get("/v1/admin/sagas/" + id);

        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        assertThat(ada.get("/v1/payments/" + id).status()).isEqualTo(200);
        assertThat(ada.get("/v1/payments/" + id + "/timeline").status()).isEqualTo(200);
        assertThat(saga.status()).as(saga.text()).isEqualTo(200);
        assertThat(saga.json().path("status").asText()).isEqualTo("RUNNING");
        assertThat(saga.json().path("state").isNull()).as(saga.text()).isTrue();
        assertThat(whole.user("oscar")
                        .get("/v1/admin/sagas/" + id)
                        .json()
                        .path("state")
                        .isNull())
                .isFalse();
        assertThat(blind.metric("fincore_payloads_key_missing_total")).isPositive();
        assertThat(whole.metric("fincore_payloads_key_missing_total")).isEqualTo(missedByTheOther);
        assertThat(Stream.of(blind, whole, hasty).map(api -> keys(api).toList()).toList())
                .containsExactly(
                        List.of("fincore_payloads_key{id=\"other\",use=\"reads\"} 1.0"),
                        List.of("fincore_payloads_key{id=\"test\",use=\"writes\"} 1.0"),
                        List.of(
                                "fincore_payloads_key{id=\"other\",use=\"writes\"} 1.0",
                                "fincore_payloads_key{id=\"test\",use=\"reads\"} 1.0"));
    }

    @Test
    void anAnswerThatCannotBeReadIsNoneAndItsOrderIsCarriedOutOnce() {
        String id = order(blind, "ACME").json().path("id").asText();
        String path = "/v1/payments/" + id + "/cancellations";

        Reply unread = blind.user("ada").post(path, "{\"reason\":\"x\"}", "Idempotency-Key", id);
        Reply read = whole.user("ada").post(path, "{\"reason\":\"x\"}", "Idempotency-Key", id);

        assertMissing(unread, HERE);
        assertThat(read.status()).as(read.text()).isEqualTo(202);
        assertThat(read.json().path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void anOrderThatTheWorkerCannotReadIsNotRefusedByTheWorkflow() {
        String id = order(whole, "ACME").json().path("id").asText();
        String stuck = order(whole, "Stuck").json().path("id").asText();
        String path = "/v1/payments/" + id + "/cancellations";

        Reply cancelled = hasty.user("ada").post(path, "{\"reason\":\"x\"}", "Idempotency-Key", id);
        Reply intervened = hasty.user("oscar")
                .order("/v1/admin/sagas/" + stuck + "/interventions", "{\"action\":\"retry\",\"reason\":\"x\"}");

        assertMissing(cancelled, THERE);
        assertMissing(intervened, THERE);
        assertThat(whole.user("ada")
                        .get("/v1/payments/" + id)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("processing");
    }

    @Test
    void aStartThatTheWorkerCannotReadWaitsForIt() {
        Reply ordered = order(hasty, "ACME");

        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        assertThat(ordered.json().path("status").asText()).isEqualTo("pending");
    }

    private static Reply order(Api api, String creditor) {
        User ada = api.user("ada");
        return ada.order("/v1/payments", Api.paymentBody(ada.newWallet("EUR", 100_000), 1250, creditor));
    }

    private static void assertMissing(Reply reply, String detail) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("payload_key_missing");
        assertThat(reply.json().path("detail").asText()).isEqualTo(detail);
        assertThat(reply.header("Retry-After")).isEqualTo("2");
    }

    private static Stream<String> keys(Api api) {
        return api.metrics()
                .filter(line -> line.startsWith("fincore_payloads_key{"))
                .sorted();
    }
}
