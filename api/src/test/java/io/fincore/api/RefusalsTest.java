package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An order that breaks a rule gets its documented problem, and leaves no trace. */
class RefusalsTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());

    static Stream<Arguments> brokenOrders() {
        String valid = """
                {"source":"$W","amount":1250,"currency":"EUR",\
                "creditor":{"name":"ACME","iban":"DE89370400440532013000"},"reference":"INV-1"}""";
        return Stream.of(
                Arguments.of("amount zero", valid.replace("1250", "0"), 400, "invalid_request", "/amount"),
                Arguments.of("amount negative", valid.replace("1250", "-1"), 400, "invalid_request", "/amount"),
                Arguments.of("amount with fraction", valid.replace("1250", "12.5"), 400, "invalid_request", "/amount"),
                Arguments.of(
                        "amount with zero fraction", valid.replace("1250", "12.0"), 400, "invalid_request", "/amount"),
                Arguments.of("amount with exponent", valid.replace("1250", "1e3"), 400, "invalid_request", "/amount"),
                Arguments.of("amount as text", valid.replace("1250", "\"1250\""), 400, "invalid_request", "/amount"),
                Arguments.of("amount as truth", valid.replace("1250", "true"), 400, "invalid_request", "/amount"),
                Arguments.of("amount null", valid.replace("1250", "null"), 400, "invalid_request", "/amount"),
                Arguments.of(
                        "amount above the largest",
                        valid.replace("1250", "1000000000000000000"),
                        400,
                        "invalid_request",
                        "/amount"),
                Arguments.of(
                        "amount above 64 bits",
                        valid.replace("1250", "99999999999999999999999"),
                        400,
                        "invalid_request",
                        "/amount"),
                Arguments.of("no amount", valid.replace("\"amount\":1250,", ""), 400, "invalid_request", "/amount"),
                Arguments.of("unknown currency", valid.replace("EUR", "EUX"), 400, "invalid_request", "/currency"),
                Arguments.of(
                        "currency in small letters", valid.replace("EUR", "eur"), 400, "invalid_request", "/currency"),
                Arguments.of("another currency", valid.replace("EUR", "USD"), 422, "currency_mismatch", "/currency"),
                Arguments.of("check digits", valid.replace("DE89", "DE88"), 400, "invalid_request", "/creditor/iban"),
                Arguments.of(
                        "iban with spaces",
                        valid.replace("DE89370400440532013000", "DE89 3704 0044 0532 0130 00"),
                        400,
                        "invalid_request",
                        "/creditor/iban"),
                Arguments.of(
                        "bad bic",
                        valid.replace("\"name\":\"ACME\"", "\"name\":\"ACME\",\"bic\":\"NOTABIC\""),
                        400,
                        "invalid_request",
                        "/creditor/bic"),
                Arguments.of("blank name", valid.replace("ACME", " "), 400, "invalid_request", "/creditor/name"),
                Arguments.of(
                        "line break in name", valid.replace("ACME", "A\\nB"), 400, "invalid_request", "/creditor/name"),
                Arguments.of(
                        "zero character in name",
                        valid.replace("ACME", "A\\u0000"),
                        400,
                        "invalid_request",
                        "/creditor/name"),
                Arguments.of(
                        "half a character",
                        valid.replace("ACME", "A\\ud800"),
                        400,
                        "invalid_request",
                        "/creditor/name"),
                Arguments.of(
                        "name as number", valid.replace("\"ACME\"", "7"), 400, "invalid_request", "/creditor/name"),
                Arguments.of(
                        "long reference",
                        valid.replace("INV-1", "x".repeat(141)),
                        400,
                        "invalid_request",
                        "/reference"),
                Arguments.of(
                        "unknown field", valid.replace("reference", "refrence"), 400, "invalid_request", "/refrence"),
                Arguments.of(
                        "unknown field within",
                        valid.replace("\"name\"", "\"colour\":\"red\",\"name\""),
                        400,
                        "invalid_request",
                        "/creditor/colour"),
                Arguments.of(
                        "metadata with a number",
                        valid.replace("\"reference\"", "\"metadata\":{\"a/b\":1},\"reference\""),
                        400,
                        "invalid_request",
                        "/metadata/a~1b"),
                Arguments.of(
                        "metadata too long",
                        valid.replace(
                                "\"reference\"", "\"metadata\":{\"a\":\"" + "x".repeat(501) + "\"},\"reference\""),
                        400,
                        "invalid_request",
                        "/metadata"),
                Arguments.of(
                        "metadata of 51 keys",
                        valid.replace(
                                "\"reference\"",
                                IntStream.range(0, 51)
                                        .mapToObj(number -> "\"k" + number + "\":\"\"")
                                        .collect(Collectors.joining(",", "\"metadata\":{", "},\"reference\""))),
                        400,
                        "invalid_request",
                        "/metadata"),
                Arguments.of(
                        "metadata with a key of 41 characters",
                        valid.replace("\"reference\"", "\"metadata\":{\"" + "k".repeat(41) + "\":\"\"},\"reference\""),
                        400,
                        "invalid_request",
                        "/metadata"),
                Arguments.of(
                        "field twice",
                        valid.replace("\"currency\"", "\"amount\":1,\"currency\""),
                        400,
                        "malformed_request",
                        ""),
                Arguments.of(
                        "field twice within",
                        valid.replace("\"name\"", "\"name\":\"Eve\",\"name\""),
                        400,
                        "malformed_request",
                        ""),
                Arguments.of("cut off", valid.substring(0, valid.length() - 1), 400, "malformed_request", ""),
                Arguments.of("something behind it", valid + "{}", 400, "malformed_request", ""),
                Arguments.of("comment", "/* */" + valid, 400, "malformed_request", ""),
                Arguments.of("no body", "", 400, "malformed_request", ""),
                Arguments.of("not an object", "[1]", 400, "malformed_request", ""),
                Arguments.of("unknown wallet", valid.replace("$W", IdType.WALLET.next()), 404, "wallet_not_found", ""),
                Arguments.of("no wallet's id", valid.replace("$W", "wal_nope"), 404, "wallet_not_found", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenOrders")
    void refusesBrokenOrdersWithoutATrace(String name, String body, int status, String code, String pointer) {
        String wallet = ada.newWallet("EUR", 100_000);
        String key = IdType.REQUEST.next();

        Reply refused = ada.post("/v1/payments", body.replace("$W", wallet), "Idempotency-Key", key);

        JsonNode problem = refused.json();
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.code()).isEqualTo(code);
        assertThat(problem.path("type").asText()).isEqualTo("https://fincore.io/problems/" + code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("instance").asText()).isEqualTo("/v1/payments");
        assertThat(problem.path("request_id").asText()).isEqualTo(refused.header("Request-Id"));
        assertThat(problem.path("correlation_id").asText()).isEqualTo(refused.header("Correlation-Id"));
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank().doesNotContain("io.fincore", "jackson", "Exception");
        if (pointer.isEmpty()) {
            assertThat(problem.has("errors")).isFalse();
        } else {
            assertThat(problem.path("errors").findValuesAsText("pointer")).containsExactly(pointer);
        }
        assertThat(ada.get("/v1/payments?source=" + wallet).json().path("data")).isEmpty();
        assertThat(JdbcClient.create(api.platform().database.asSuperuser())
                        .sql("SELECT count(*) FROM intake.idempotency_key WHERE idempotency_key = ?")
                        .param(key)
                        .query(Long.class)
                        .single())
                .isZero();
        // The key is free: the corrected order passes under it.
        assertThat(ada.post("/v1/payments", Api.paymentBody(wallet, 1, "Settled"), "Idempotency-Key", key)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void tellsAllMistakesAtOnce() {
        Reply refused = ada.order(
                "/v1/payments", "{\"amount\":0,\"currency\":\"XXX\",\"creditor\":{\"name\":\"\",\"iban\":\"DE\"}}");

        assertThat(refused.json().path("errors").findValuesAsText("pointer"))
                .containsExactly("/amount", "/creditor/iban", "/creditor/name", "/currency", "/source");
    }

    @Test
    void detailsDoNotDependOnTheLanguageOfTheClient() {
        Reply refused = ada.order("/v1/payments", "{\"amount\":0}", "Accept-Language", "de");

        assertThat(refused.json().path("errors").path(0).path("detail").asText())
                .isEqualTo("must be greater than or equal to 1");
    }

    @Test
    void refusesAFrozenOrClosedWallet() {
        for (String status : new String[] {"frozen", "closed", "pending_activation"}) {
            String wallet = ada.newWallet("EUR", 0);
            JdbcClient.create(api.platform().database.asSuperuser())
                    .sql("UPDATE ledger.wallet SET status = ? WHERE id = ?")
                    .params(status, wallet)
                    .update();

            Reply payment = ada.order("/v1/payments", Api.paymentBody(wallet, 1, "Settled"));
            Reply deposit = ada.order("/v1/wallets/" + wallet + "/deposits", "{\"amount\":1,\"currency\":\"EUR\"}");

            assertThat(payment.status()).isEqualTo(409);
            assertThat(payment.code()).isEqualTo("wallet_" + status);
            assertThat(deposit.status()).isEqualTo(409);
            assertThat(deposit.code()).isEqualTo("wallet_" + status);
        }
    }
}
