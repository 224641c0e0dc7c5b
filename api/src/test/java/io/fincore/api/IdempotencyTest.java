package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class IdempotencyTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final JdbcClient database =
            JdbcClient.create(api.platform().database.asSuperuser());
    private final String key = "key-" + IdType.REQUEST.next();

    @Test
    void needsAKeyWhereMoneyMoves() {
        String wallet = ada.newWallet("EUR", 100_000);

        Reply payment = ada.post("/v1/payments", Api.paymentBody(wallet, 1, "ACME"));
        Reply deposit = ada.post("/v1/wallets/" + wallet + "/deposits", "{\"amount\":1,\"currency\":\"EUR\"}");

        assertThat(payment.status()).isEqualTo(400);
        assertThat(payment.code()).isEqualTo("idempotency_key_missing");
        assertThat(deposit.status()).isEqualTo(400);
        assertThat(deposit.code()).isEqualTo("idempotency_key_missing");
    }

    /** Who may not order, or asks for what there is not, is told so first. */
    @Test
    void aMissingKeyIsTheLastThingThatIsWrong() {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{}");

        Reply nobody = api.send(api.request("/v1/payments")
                .header("Content-Type", "application/json")
                .POST(body));
        Reply unscoped = ada.withScopes("payments:read").post("/v1/payments", "{}");
        Reply method = api.send(ada.request("/v1/payments").method("PUT", body));
        Reply type = api.send(
                ada.request("/v1/payments").header("Content-Type", "text/plain").POST(body));
        Reply nothing = ada.post("/v1/payment", "{}");
        Reply unread = ada.post("/v1/payments", "not json");

        assertThat(List.of(nobody.status(), unscoped.status(), method.status(), type.status(), nothing.status()))
                .containsExactly(401, 403, 405, 415, 404);
        assertThat(unread.code()).isEqualTo("idempotency_key_missing");
    }

    /** Joined by a comma they would be a key that nobody has sent. */
    @Test
    void refusesAKeyThatIsGivenTwice() {
        String wallet = ada.newWallet("EUR", 100_000);
        String freeze = "/v1/wallets/" + wallet + "/freeze";
        String[] twice = {"Idempotency-Key", key, "Idempotency-Key", key};

        Reply payment = ada.post("/v1/payments", Api.paymentBody(wallet, 1, "Settled"), twice);
        Reply frozen = ada.post(freeze, "{\"reason\":\"a good one\"}", twice);
        Reply withComma = ada.post(freeze, "{\"reason\":\"a good one\"}", "Idempotency-Key", key + "," + key);

        assertThat(List.of(payment, frozen)).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("idempotency_key_invalid");
        });
        assertThat(withComma.status()).as(withComma.text()).isEqualTo(200);
        assertThat(ada.get("/v1/payments?source=" + wallet).json().path("data")).isEmpty();
    }

    @Test
    void refusesKeysThatAreTooLongOrEmpty() {
        String body = Api.paymentBody(ada.newWallet("EUR", 100_000), 1, "Settled");

        Reply tooLong = ada.post("/v1/payments", body, "Idempotency-Key", "k".repeat(256));
        Reply empty = ada.post("/v1/payments", body, "Idempotency-Key", "");
        Reply longest = ada.post("/v1/payments", body, "Idempotency-Key", "k".repeat(255));

        assertThat(tooLong.code()).isEqualTo("idempotency_key_invalid");
        assertThat(empty.code()).isEqualTo("idempotency_key_invalid");
        assertThat(longest.status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deposits", "withdrawals", "transfers", "payments"})
    void repeatsARefusalForAStateThatHasPassed(String movement) {
        String wallet = ada.newWallet("EUR", 100_000);
        boolean inWallet = movement.equals("deposits") || movement.equals("withdrawals");
        String path = inWallet ? "/v1/wallets/" + wallet + "/" + movement : "/v1/" + movement;
        String body = switch (movement) {
            case "payments" -> Api.paymentBody(wallet, 1, "Settled");
            case "transfers" ->
                "{\"source\":\"%s\",\"destination\":\"%s\",\"amount\":1,\"currency\":\"EUR\"}"
                        .formatted(wallet, ada.newWallet("EUR", 1));
            default -> "{\"amount\":1,\"currency\":\"EUR\"}";
        };
        ada.post("/v1/wallets/" + wallet + "/freeze", "{\"reason\":\"a good one\"}");

        Reply refused = ada.post(path, body, "Idempotency-Key", key);
        ada.post("/v1/wallets/" + wallet + "/unfreeze", "{\"reason\":\"a good one\"}");
        Reply again = ada.post(path, body, "Idempotency-Key", key);
        Reply afresh = ada.order(path, body);

        assertThat(refused.code()).isEqualTo("wallet_frozen");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(refused.text());
        assertThat(afresh.status()).isEqualTo(movement.equals("payments") ? 202 : 201);
    }

    @Test
    void repeatsTheFirstAnswerByteForByte() {
        String wallet = ada.newWallet("EUR", 100_000);
        String body = Api.paymentBody(wallet, 1250, "ACME");
        String sameInOtherWords =
                body.replace(",", " , ").replace("\"reference\":\"INV-1\"", "\"reference\":\"INV\\u002d1\"");

        Reply first = ada.post("/v1/payments", body, "Idempotency-Key", key);
        String id = first.json().path("id").asText();
        ada.post("/v1/payments/" + id + "/cancellations", "{}");
        freeze(wallet);
        Reply second = ada.post("/v1/payments", sameInOtherWords, "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(202);
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Location")).isEqualTo("/v1/payments/" + id);
        assertThat(second.header("Content-Type")).isEqualTo("application/json");
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(second.header("Request-Id")).isNotEqualTo(first.header("Request-Id"));
    }

    private void freeze(String wallet) {
        database.sql("UPDATE ledger.wallet SET status = 'frozen' WHERE id = ?")
                .param(wallet)
                .update();
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherRequest() {
        String wallet = ada.newWallet("EUR", 100_000);
        String other = ada.newWallet("EUR", 0);
        String deposit = "{\"amount\":5,\"currency\":\"EUR\"}";
        ada.post("/v1/payments", Api.paymentBody(wallet, 1250, "ACME"), "Idempotency-Key", key);
        ada.post("/v1/wallets/" + wallet + "/deposits", deposit, "Idempotency-Key", key);

        Reply otherBody = ada.post("/v1/payments", Api.paymentBody(wallet, 1251, "ACME"), "Idempotency-Key", key);
        Reply otherPath = ada.post("/v1/wallets/" + other + "/deposits", deposit, "Idempotency-Key", key);

        assertThat(otherBody.status()).isEqualTo(422);
        assertThat(otherBody.code()).isEqualTo("idempotency_key_reused");
        assertThat(otherPath.status()).isEqualTo(422);
        assertThat(otherPath.code()).isEqualTo("idempotency_key_reused");
        assertThat(balance(other)).isZero();
        assertThat(balance(wallet)).isEqualTo(100_005);
        assertThat(ada.get("/v1/payments?source=" + wallet).json().path("data")).hasSize(1);
    }

    @Test
    void aRequestThatFailsItsChecksLeavesItsKeyFree() {
        String foreign = api.user("eve-" + IdType.REQUEST.next()).newWallet("EUR", 0);
        String own = ada.newWallet("EUR", 0);
        String deposit = "{\"amount\":5,\"currency\":\"EUR\"}";

        Reply refused = ada.post("/v1/wallets/" + foreign + "/deposits", deposit, "Idempotency-Key", key);
        Reply booked = ada.post("/v1/wallets/" + own + "/deposits", deposit, "Idempotency-Key", key);

        assertThat(refused.code()).isEqualTo("wallet_not_found");
        assertThat(booked.status()).isEqualTo(201);
        assertThat(booked.header("Idempotent-Replayed")).isEmpty();
        assertThat(balance(own)).isEqualTo(5);
        assertThat(balance(foreign)).isZero();
    }

    @Test
    void aRepeatedMovementIsNotCheckedAgain() {
        String wallet = ada.newWallet("EUR", 0);
        String deposit = "{\"amount\":5,\"currency\":\"EUR\"}";
        Reply first = ada.post("/v1/wallets/" + wallet + "/deposits", deposit, "Idempotency-Key", key);
        freeze(wallet);

        Reply second = ada.post("/v1/wallets/" + wallet + "/deposits", deposit, "Idempotency-Key", key);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(balance(wallet)).isEqualTo(5);
    }

    @Test
    void keysOfDifferentPrincipalsHaveNothingToDoWithEachOther() {
        User eve = api.user("eve-" + IdType.REQUEST.next());

        Reply first = ada.post(
                "/v1/payments", Api.paymentBody(ada.newWallet("EUR", 100_000), 1, "Settled"), "Idempotency-Key", key);
        Reply second = eve.post(
                "/v1/payments", Api.paymentBody(eve.newWallet("EUR", 100_000), 2, "Settled"), "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json().path("amount").asLong()).isEqualTo(2);
    }

    @Test
    void theSameOrderTwentyTimesAtOnceIsOnePayment() throws Exception {
        String wallet = ada.newWallet("EUR", 100_000);
        String body = Api.paymentBody(wallet, 1250, "Settled");

        List<Reply> replies = Api.atOnce(20, () -> ada.post("/v1/payments", body, "Idempotency-Key", key));

        Set<String> answers = replies.stream()
                .filter(reply -> reply.status() == 202)
                .map(Reply::text)
                .collect(Collectors.toSet());
        assertThat(answers).hasSize(1);
        assertThat(replies).allSatisfy(reply -> {
            if (reply.status() != 202) {
                assertThat(reply.status()).isEqualTo(409);
                assertThat(reply.code()).isEqualTo("idempotency_key_in_flight");
                assertThat(reply.header("Retry-After")).isEqualTo("1");
            }
        });
        assertThat(ada.get("/v1/payments?source=" + wallet).json().path("data")).hasSize(1);
        assertThat(ada.post("/v1/payments", body, "Idempotency-Key", key).text())
                .isEqualTo(answers.iterator().next());
    }

    @Test
    void theSameDepositTwentyTimesAtOnceIsBookedOnce() throws Exception {
        String wallet = ada.newWallet("EUR", 0);

        List<Reply> replies = Api.atOnce(
                20,
                () -> ada.post(
                        "/v1/wallets/" + wallet + "/deposits",
                        "{\"amount\":700,\"currency\":\"EUR\"}",
                        "Idempotency-Key",
                        key));

        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.status()).as(reply.text()).isEqualTo(201));
        assertThat(replies.stream().map(Reply::text).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(replies.stream()
                        .filter(reply -> reply.header("Idempotent-Replayed").equals("true")))
                .hasSize(19);
        assertThat(balance(wallet)).isEqualTo(700);
    }

    @Test
    void anOrderWhoseApiWasKilledBeforeTheStartIsTakenOverWithTheSameId() {
        String wallet = ada.newWallet("EUR", 100_000);
        String body = Api.paymentBody(wallet, 1250, "Settled");
        String paymentId = claimAndDie(body);

        Reply locked = ada.post("/v1/payments", body, "Idempotency-Key", key);
        lockRunsOut();
        Reply takenOver = ada.post("/v1/payments", body, "Idempotency-Key", key);
        Reply repeated = ada.post("/v1/payments", body, "Idempotency-Key", key);

        assertThat(locked.status()).isEqualTo(409);
        assertThat(locked.code()).isEqualTo("idempotency_key_in_flight");
        assertThat(takenOver.status()).isEqualTo(202);
        assertThat(takenOver.json().path("id").asText()).isEqualTo(paymentId);
        assertThat(takenOver.json().path("status").asText()).isEqualTo("completed");
        assertThat(takenOver.header("Idempotent-Replayed")).isEmpty();
        assertThat(repeated.text()).isEqualTo(takenOver.text());
    }

    @Test
    void aTakeoverDoesNotStartAPaymentThatHasRunAlready() {
        String wallet = ada.newWallet("EUR", 100_000);
        String body = Api.paymentBody(wallet, 1250, "Settled");
        Reply first = ada.post("/v1/payments", body, "Idempotency-Key", key);
        String id = first.json().path("id").asText();
        String other = id.replace("pay_0", "pay_1");
        database.sql("UPDATE payments.payment SET id = ? WHERE id = ?")
                .params(other, id)
                .update();
        // Temporal would start it anew.
        api.platform().loseAnswer(key, other);

        Reply takenOver = ada.post("/v1/payments", body, "Idempotency-Key", key);

        assertThat(takenOver.status()).isEqualTo(202);
        assertThat(takenOver.json().path("id").asText()).isEqualTo(id.replace("pay_0", "pay_1"));
        assertThat(api.platform().temporal().exists("payment/" + id.replace("pay_0", "pay_1")))
                .isFalse();
    }

    @Test
    void aRequestThatWaitsKeepsItsKeyForLonger() throws Exception {
        String body = Api.paymentBody(ada.newWallet("EUR", 100_000), 1250, "ACME");

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> waiting =
                    threads.submit(() -> ada.post("/v1/payments", body, "Idempotency-Key", key, "Prefer", "wait=20"));
            Awaitility.await()
                    .until(() ->
                            database.sql("""
                                    SELECT count(*) FROM intake.idempotency_key WHERE idempotency_key = ?
                                      AND answered_at IS NULL AND locked_until >= created_at + interval '50 seconds'
                                    """).param(key).query(Integer.class).single() == 1);
            String id = database.sql("SELECT resource_id FROM intake.idempotency_key WHERE idempotency_key = ?")
                    .param(key)
                    .query(String.class)
                    .single();
            // What is not known yet cannot be cancelled.
            Awaitility.await()
                    .until(() -> ada.order("/v1/payments/" + id + "/cancellations", "{}")
                                    .status()
                            == 202);

            assertThat(waiting.get().json().path("status").asText()).isEqualTo("cancelled");
        }
    }

    /** What an API leaves behind that is killed between claim and start. */
    private String claimAndDie(String body) {
        String firstKey = "probe-" + key;
        Reply probe = ada.post("/v1/payments", body, "Idempotency-Key", firstKey);
        String id = IdType.PAYMENT.next();
        assertThat(probe.status()).isEqualTo(202);
        database.sql("""
                        INSERT INTO intake.idempotency_key (tenant, principal, operation, idempotency_key, fingerprint,
                                resource_id, document, correlation_id, locked_until)
                        SELECT tenant, principal, operation, :key, fingerprint, :id, document, correlation_id,
                               now() + interval '30 seconds'
                        FROM intake.idempotency_key WHERE idempotency_key = :firstKey
                        """)
                .param("key", key)
                .param("id", id)
                .param("firstKey", firstKey)
                .update();
        return id;
    }

    private void lockRunsOut() {
        database.sql("UPDATE intake.idempotency_key SET locked_until = now() WHERE idempotency_key = ?")
                .param(key)
                .update();
    }

    private long balance(String wallet) {
        return ada.get("/v1/wallets/" + wallet + "/balance")
                .json()
                .path("balance")
                .path("amount")
                .asLong();
    }
}
