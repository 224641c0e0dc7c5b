package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.EndToEndId;
import io.fincore.money.IdType;
import io.fincore.workflows.refund.RefundWorkflow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class RefundsTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final JdbcClient database =
            JdbcClient.create(api.platform().database.asSuperuser());
    private final String key = "key-" + IdType.REQUEST.next();

    @Test
    void takesAnOrderAndShowsItAtOnce() {
        String payment = paid();

        Reply ordered =
                ada.order(path(payment), "{\"amount\":250,\"reason\":\"broken\",\"metadata\":{\"ticket\":\"7\"}}");

        assertThat(ordered.status()).isEqualTo(202);
        JsonNode refund = ordered.json();
        String id = refund.path("id").asText();
        assertThat(IdType.REFUND.matches(id)).isTrue();
        assertThat(ordered.header("Location")).isEqualTo("/v1/refunds/" + id);
        assertThat(refund.path("object").asText()).isEqualTo("refund");
        assertThat(refund.path("payment").asText()).isEqualTo(payment);
        assertThat(refund.path("amount").asLong()).isEqualTo(250);
        assertThat(refund.path("currency").asText()).isEqualTo("EUR");
        assertThat(refund.path("status").asText()).isEqualTo("pending");
        assertThat(refund.path("reason").asText()).isEqualTo("broken");
        assertThat(refund.path("failure").isNull()).isTrue();
        assertThat(refund.path("transaction").isNull()).isTrue();
        assertThat(refund.path("end_to_end_id").asText())
                .isEqualTo(EndToEndId.ofRefund(id).value());
        assertThat(refund.path("metadata").path("ticket").asText()).isEqualTo("7");

        Reply read = ada.get("/v1/refunds/" + id);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(refund);
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
        assertThat(api.send(ada.request("/v1/refunds/" + id)
                                .header("If-None-Match", "\"1\"")
                                .GET())
                        .status())
                .isEqualTo(304);
        assertThat(ada.get(path(payment)).json().path("data").path(0)).isEqualTo(refund);
    }

    @Test
    void refundsInPartsUntilNothingIsLeft() {
        String payment = paid();

        Reply part = ada.order(path(payment), "{\"amount\":250,\"reason\":\"Returned\"}");
        JsonNode between = ada.get("/v1/payments/" + payment).json();
        Reply rest = ada.order(path(payment), "{\"reason\":\"Returned\"}");
        JsonNode end = ada.get("/v1/payments/" + payment).json();
        Reply more = ada.order(path(payment), "{}");

        assertThat(part.json().path("status").asText()).isEqualTo("completed");
        assertThat(IdType.TRANSACTION.matches(part.json().path("transaction").asText()))
                .isTrue();
        assertThat(between.path("status").asText()).isEqualTo("partially_refunded");
        assertThat(between.path("refunded_amount").asLong()).isEqualTo(250);
        assertThat(rest.json().path("amount").asLong()).isEqualTo(1000);
        assertThat(end.path("status").asText()).isEqualTo("refunded");
        assertThat(end.path("refunded_amount").asLong()).isEqualTo(1250);
        assertThat(more.status()).isEqualTo(409);
        assertThat(more.code()).isEqualTo("payment_refunded");
    }

    @Test
    void needsNoBodyForTheRemainder() {
        String payment = paid();

        Reply ordered = api.send(ada.request(path(payment))
                .header("Idempotency-Key", key)
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));

        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        assertThat(ordered.json().path("amount").asLong()).isEqualTo(1250);
    }

    @Test
    void createsNothingWhenMoreIsAskedForThanIsLeft() {
        String payment = paid();
        ada.order(path(payment), "{\"amount\":1000,\"reason\":\"Returned\"}");

        Reply refused = ada.post(path(payment), "{\"amount\":251}", "Idempotency-Key", key);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("refund_exceeds_remainder");
        assertThat(refused.json().path("detail").asText()).contains("EUR 2.50");
        assertThat(ada.get(path(payment)).json().path("data")).hasSize(1);
        assertNothingIsOrderedByARepetition(refused, payment, "{\"amount\":251}");
    }

    @Test
    void storesTheRefusalOfTheWorkflow() {
        String payment = paid();
        String body = "{\"amount\":100,\"reason\":\"Beaten\"}";

        Reply refused = ada.post(path(payment), body, "Idempotency-Key", key);
        Reply repeated = ada.post(path(payment), body, "Idempotency-Key", key);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("refund_exceeds_remainder");
        assertThat(refused.header("Location")).isEmpty();
        assertThat(repeated.status()).isEqualTo(409);
        assertThat(repeated.text()).isEqualTo(refused.text());
        assertThat(repeated.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(ada.get(path(payment)).json().path("data")).isEmpty();
        assertThat(ada.get("/v1/refunds/" + claimed()).code()).isEqualTo("refund_not_found");
    }

    @ParameterizedTest
    @CsvSource({"Late and beaten, refund_exceeds_remainder", "Late and broken, internal_error"})
    void showsTheRefusalThatCameTooLateForTheAnswer(String reason, String code) {
        String payment = paid();

        Reply ordered = ada.order(path(payment), "{\"amount\":100,\"reason\":\"" + reason + "\"}");
        String id = ordered.json().path("id").asText();
        JsonNode pending = ada.get("/v1/refunds/" + id).json();
        InboundTest.callback(api, "be_" + key, InboundTest.returned(id, "ACSC"));
        JsonNode failed = Awaitility.await()
                .until(
                        () -> ada.get("/v1/refunds/" + id).json(),
                        refund -> refund.path("status").asText().equals("failed"));

        assertThat(ordered.status()).isEqualTo(202);
        assertThat(ordered.json().path("status").asText()).isEqualTo("pending");
        assertThat(pending).isEqualTo(ordered.json());
        assertThat(failed.path("failure").path("code").asText()).isEqualTo(code);
        assertThat(failed.path("failure").path("detail").asText()).isNotBlank();
        assertThat(failed.path("amount").asLong()).isEqualTo(100);
        assertThat(ada.get(path(payment)).json().path("data").path(0)).isEqualTo(failed);
    }

    @Test
    void showsAnOrderThatTheWorkerHasNotWrittenYet() {
        String payment = paid();

        Reply ordered = ada.order(path(payment), "{\"reason\":\"Late\"}", "Prefer", "respond-async");

        String id = ordered.json().path("id").asText();
        assertThat(ordered.status()).isEqualTo(202);
        assertThat(ordered.header("Preference-Applied")).isEqualTo("respond-async");
        assertThat(ordered.json().path("status").asText()).isEqualTo("pending");
        assertThat(ordered.json().path("amount").isNull()).isTrue();
        assertThat(ada.get("/v1/refunds/" + id).header("ETag")).isEqualTo("\"0\"");
        assertThat(ada.get("/v1/refunds/" + id).json()).isEqualTo(ordered.json());
        assertThat(Api.texts(ada.get(path(payment)).json().path("data"), "id")).containsExactly(id);
        assertThat(api.platform()
                        .temporal()
                        .client()
                        .newUntypedWorkflowStub(RefundWorkflow.workflowId(id))
                        .describe()
                        .getStaticSummary())
                .isEqualTo("the remainder of " + payment);
    }

    @Test
    void tellsThatTheBankHasRefused() {
        String id =
                ada.order(path(paid()), "{\"amount\":100}").json().path("id").asText();

        InboundTest.callback(api, "be_" + key, InboundTest.returned(id, "RJCT"));

        JsonNode failed = Awaitility.await()
                .until(
                        () -> ada.get("/v1/refunds/" + id).json(),
                        refund -> refund.path("status").asText().equals("failed"));
        assertThat(failed.path("failure").path("code").asText()).isEqualTo("bank_rejected");
        assertThat(failed.path("transaction").isNull()).isTrue();
    }

    @Test
    void tellsAFaultOfOursAsSuch() {
        String payment = paid();

        Reply broken = ada.post(path(payment), "{\"reason\":\"Broken\"}", "Idempotency-Key", key);

        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.code()).isEqualTo("internal_error");
        assertThat(ada.get("/v1/refunds/" + claimed()).code()).isEqualTo("refund_not_found");
        assertThat(ada.get(path(payment)).json().path("data")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ACME, payment_processing",
        "Late, payment_pending",
        "Poor, payment_failed",
        "Reviewed, payment_in_review"
    })
    void refusesToRefundWhatIsNotCompletedNamingTheState(String creditor, String code) {
        String payment = payment(creditor);

        Reply refused = ada.post(path(payment), "{}", "Idempotency-Key", key);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(ada.get(path(payment)).json().path("data")).isEmpty();
        assertNothingIsOrderedByARepetition(refused, payment, "{}");
    }

    private void assertNothingIsOrderedByARepetition(Reply refused, String payment, String body) {
        assertThat(ada.post(path(payment), body, "Idempotency-Key", key).text()).isEqualTo(refused.text());
        assertThat(ada.get("/v1/refunds/" + claimed()).code()).isEqualTo("refund_not_found");
    }

    @Test
    void refusesToRefundACancelledPayment() {
        String payment = payment("ACME");
        ada.post("/v1/payments/" + payment + "/cancellations", "{}");

        assertThat(ada.order(path(payment), "{}").code()).isEqualTo("payment_cancelled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":0}",
                "{\"amount\":-1}",
                "{\"amount\":\"1\"}",
                "{\"amount\":1.5}",
                "{\"reason\":\"\"}",
                "{\"amont\":1}",
                "{\"currency\":\"EUR\"}"
            })
    void refusesBrokenOrders(String body) {
        Reply refused = ada.order(path(paid()), body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("invalid_request");
        assertThat(refused.json().path("errors")).hasSize(1);
    }

    @Test
    void knowsNobodysRefundsButTheCallersOwn() {
        String payment = paid();
        String id = ada.order(path(payment), "{\"amount\":1}").json().path("id").asText();

        for (User stranger :
                List.of(api.user("eve-" + key), new User(api, "other-tenant", ada.principal(), Api.ALL_SCOPES))) {
            assertThat(stranger.get("/v1/refunds/" + id).code()).isEqualTo("refund_not_found");
            assertThat(stranger.get(path(payment)).code()).isEqualTo("payment_not_found");
            assertThat(stranger.order(path(payment), "{\"amount\":1}").code()).isEqualTo("payment_not_found");
        }
        assertThat(ada.get("/v1/refunds/" + IdType.REFUND.next()).code()).isEqualTo("refund_not_found");
        assertThat(ada.get("/v1/refunds/" + payment).code()).isEqualTo("refund_not_found");
    }

    @Test
    void repeatsTheAnswerUnderTheSameKeyAndTakesItsOwnPartUnderAnother() {
        String payment = paid();
        String body = "{\"amount\":500,\"reason\":\"Returned\"}";

        Reply first = ada.post(path(payment), body, "Idempotency-Key", key);
        Reply same = ada.post(path(payment), body, "Idempotency-Key", key);
        Reply other = ada.post(path(payment), body, "Idempotency-Key", key + "-2");
        Reply reused = ada.post(path(payment), "{\"amount\":501}", "Idempotency-Key", key);
        Reply without = ada.post(path(payment), body);

        assertThat(same.text()).isEqualTo(first.text());
        assertThat(same.header("Location")).isEqualTo(first.header("Location"));
        assertThat(same.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(other.json().path("id")).isNotEqualTo(first.json().path("id"));
        assertThat(reused.code()).isEqualTo("idempotency_key_reused");
        assertThat(without.code()).isEqualTo("idempotency_key_missing");
        assertThat(ada.get("/v1/payments/" + payment)
                        .json()
                        .path("refunded_amount")
                        .asLong())
                .isEqualTo(1000);
    }

    @Test
    void theSameOrderTwentyTimesAtOnceIsOneRefund() throws Exception {
        String payment = paid();
        List<Reply> replies =
                Api.atOnce(20, () -> ada.post(path(payment), "{\"reason\":\"Returned\"}", "Idempotency-Key", key));

        Set<String> answers = replies.stream()
                .filter(reply -> reply.status() == 202)
                .map(Reply::text)
                .collect(Collectors.toSet());
        assertThat(answers).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 202)
                .allSatisfy(reply -> assertThat(reply.code()).isEqualTo("idempotency_key_in_flight"));
        assertThat(ada.get(path(payment)).json().path("data")).hasSize(1);
    }

    @Test
    void anOrderWhoseApiWasKilledBeforeTheStartIsTakenOverWithTheSameId() {
        String payment = paid();
        String body = "{\"amount\":300,\"reason\":\"Returned\"}";
        String id = claimAndDie(payment, body);

        Reply locked = ada.post(path(payment), body, "Idempotency-Key", key);
        lockRunsOut();
        Reply takenOver = ada.post(path(payment), body, "Idempotency-Key", key);

        assertThat(locked.code()).isEqualTo("idempotency_key_in_flight");
        assertThat(takenOver.status()).isEqualTo(202);
        assertThat(takenOver.json().path("id").asText()).isEqualTo(id);
        assertThat(takenOver.json().path("status").asText()).isEqualTo("completed");
    }

    @Test
    void aTakeoverOfARefusedOrderIsRefusedWithoutStartingItAgain() {
        String payment = paid();
        String body = "{\"amount\":100,\"reason\":\"Beaten\"}";
        ada.post(path(payment), body, "Idempotency-Key", key);
        String other = claimed().replace("ref_0", "ref_1");
        database.sql("UPDATE saga.step SET workflow_id = ? WHERE workflow_id = ?")
                .params(RefundWorkflow.workflowId(other), RefundWorkflow.workflowId(claimed()))
                .update();
        // Temporal would start it anew.
        api.platform().loseAnswer(key, other);

        Reply takenOver = ada.post(path(payment), body, "Idempotency-Key", key);

        assertThat(takenOver.status()).isEqualTo(409);
        assertThat(takenOver.code()).isEqualTo("refund_exceeds_remainder");
        assertThat(takenOver.header("Idempotent-Replayed")).isEmpty();
        assertThat(api.platform().temporal().exists(RefundWorkflow.workflowId(other)))
                .isFalse();
        assertThat(ada.get(path(payment)).json().path("data")).isEmpty();
        assertThat(ada.get("/v1/refunds/" + other).code()).isEqualTo("refund_not_found");
        assertThat(ada.post(path(payment), body, "Idempotency-Key", key).text()).isEqualTo(takenOver.text());
    }

    @Test
    void waitsForATerminalStatusIfAskedTo() {
        String payment = paid();

        Reply returned = ada.order(path(payment), "{\"amount\":1,\"reason\":\"Returned\"}", "Prefer", "wait=20");
        Reply waited = ada.order(path(payment), "{\"amount\":1}", "Prefer", "wait=1");

        assertThat(returned.header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(returned.json().path("status").asText()).isEqualTo("completed");
        assertThat(waited.json().path("status").asText()).isEqualTo("pending");
    }

    @Test
    void listsNewestFirstAndPages() {
        String payment = paid();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String reason = i == 1 ? "Late" : "Returned";
            ids.add(ada.order(
                            path(payment),
                            "{\"amount\":1,\"reason\":\"" + reason + "\"}",
                            "Prefer",
                            i == 1 ? "respond-async" : "wait=5")
                    .json()
                    .path("id")
                    .asText());
        }
        ada.order(path(paid()), "{\"amount\":1}");
        Collections.reverse(ids);

        JsonNode first = ada.get(path(payment) + "?limit=2").json();
        JsonNode rest =
                ada.get(path(payment) + "?limit=2&starting_after=" + ids.get(1)).json();
        JsonNode back =
                ada.get(path(payment) + "?limit=1&ending_before=" + ids.get(2)).json();

        assertThat(Api.texts(first.path("data"), "id")).isEqualTo(ids.subList(0, 2));
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(first.path("url").asText()).isEqualTo(path(payment));
        assertThat(Api.texts(rest.path("data"), "id")).isEqualTo(ids.subList(2, 3));
        assertThat(rest.path("has_more").asBoolean()).isFalse();
        assertThat(Api.texts(back.path("data"), "id")).isEqualTo(ids.subList(1, 2));
        assertThat(ada.get(path(payment) + "?status=completed").code()).isEqualTo("invalid_parameter");
    }

    private static String path(String payment) {
        return "/v1/payments/" + payment + "/refunds";
    }

    /** A completed payment of EUR 12.50. */
    private String paid() {
        return payment("Settled");
    }

    private String payment(String creditor) {
        return ada.order("/v1/payments", Api.paymentBody(ada.newWallet("EUR", 100_000), 1250, creditor))
                .json()
                .path("id")
                .asText();
    }

    private String claimed() {
        return database.sql("SELECT resource_id FROM intake.idempotency_key WHERE idempotency_key = ?")
                .param(key)
                .query(String.class)
                .single();
    }

    /** What an API leaves behind that is killed between claim and start. */
    private String claimAndDie(String payment, String body) {
        String probe = "probe-" + key;
        ada.post(path(payment), body, "Idempotency-Key", probe);
        String id = IdType.REFUND.next();
        database.sql("""
                        INSERT INTO intake.idempotency_key (tenant, principal, operation, idempotency_key, fingerprint,
                                resource_id, document, correlation_id, locked_until)
                        SELECT tenant, principal, operation, :key, fingerprint, :id, document, correlation_id,
                               now() + interval '30 seconds'
                        FROM intake.idempotency_key WHERE idempotency_key = :probe
                        """)
                .param("key", key)
                .param("id", id)
                .param("probe", probe)
                .update();
        return id;
    }

    private void lockRunsOut() {
        database.sql("UPDATE intake.idempotency_key SET locked_until = now() WHERE idempotency_key = ?")
                .param(key)
                .update();
    }
}
