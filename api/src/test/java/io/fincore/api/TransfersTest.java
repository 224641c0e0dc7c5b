package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransfersTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());

    @Test
    void movesMoneyAndTellsTheBalancesOfBothSides() {
        String source = ada.newWallet("EUR", 1_000);
        String destination = ada.newWallet("EUR", 50);

        Reply transfer = ada.order(
                "/v1/transfers",
                body(source, destination, 250).replace("}", ",\"reference\":\"gift\",\"metadata\":{\"a\":\"b\"}}"));

        assertThat(transfer.status()).isEqualTo(201);
        JsonNode body = transfer.json();
        assertThat(IdType.TRANSACTION.matches(body.path("id").asText())).isTrue();
        assertThat(body.path("transaction")).isEqualTo(body.path("id"));
        assertThat(body.path("object").asText()).isEqualTo("transfer");
        assertThat(body.path("amount").asLong()).isEqualTo(250);
        assertThat(body.path("currency").asText()).isEqualTo("EUR");
        assertThat(body.path("reference").asText()).isEqualTo("gift");
        assertThat(body.path("source").toString()).isEqualTo(side(source, 1_000, 750));
        assertThat(body.path("destination").toString()).isEqualTo(side(destination, 50, 300));
        assertThat(body.path("metadata").toString()).isEqualTo("{\"a\":\"b\"}");
        assertThat(body.path("created_at").asText()).endsWith("Z");
        assertThat(balance(source)).isEqualTo(750);
        assertThat(balance(destination)).isEqualTo(300);
    }

    @Test
    void aRepeatedTransferIsTheFirstOne() throws Exception {
        String source = ada.newWallet("EUR", 1_000);
        String destination = ada.newWallet("EUR", 0);

        List<Reply> replies = Api.atOnce(
                10,
                () -> ada.post("/v1/transfers", body(source, destination, 300), "Idempotency-Key", "key-" + source));
        Reply other = ada.post("/v1/transfers", body(source, destination, 301), "Idempotency-Key", "key-" + source);

        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.status()).as(reply.text()).isEqualTo(201));
        assertThat(replies.stream().map(Reply::text).distinct()).hasSize(1);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        assertThat(balance(source)).isEqualTo(700);
        assertThat(balance(destination)).isEqualTo(300);
    }

    @Test
    void refusesATransferNamingTheWalletThatIsInTheWay() {
        String rich = ada.newWallet("EUR", 1_000);
        String dollars = ada.newWallet("USD", 1_000);
        String pending = ada.newPendingWallet(ada.newCustomer(), "EUR");
        String foreign = api.user("eve-" + IdType.REQUEST.next()).newWallet("EUR", 1_000);
        String full = ada.newWallet("EUR", 999_999_999_999_999_999L);

        assertRefused(rich, foreign, 1, 404, "wallet_not_found", "/destination");
        assertRefused(foreign, rich, 1, 404, "wallet_not_found", "/source");
        assertRefused(rich, "elsewhere", 1, 404, "wallet_not_found", "/destination");
        assertRefused(rich, rich, 1, 400, "invalid_request", "/destination");
        assertRefused(rich, dollars, 1, 422, "currency_mismatch", "/destination");
        assertRefused(dollars, rich, 1, 422, "currency_mismatch", "/source");
        assertRefused(rich, pending, 1, 409, "wallet_pending_activation", "/destination");
        assertRefused(pending, rich, 1, 409, "wallet_pending_activation", "/source");
        assertRefused(rich, full, 1, 409, "balance_too_large", "/destination");
        Reply poor = assertRefused(rich, ada.newWallet("EUR", 0), 1_001, 409, "insufficient_funds", "/amount");

        assertThat(poor.json().path("detail").asText()).isEqualTo("The wallet has EUR 10.00 available.");
        assertThat(balance(rich)).isEqualTo(1_000);
        assertThat(balance(dollars)).isEqualTo(1_000);
        assertThat(balance(pending)).isZero();
        assertThat(balance(full)).isEqualTo(999_999_999_999_999_999L);
    }

    private Reply assertRefused(
            String source, String destination, long amount, int status, String code, String pointer) {
        Reply reply = ada.order("/v1/transfers", body(source, destination, amount));
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json().path("errors").findValuesAsText("pointer")).containsExactly(pointer);
        return reply;
    }

    @Test
    void needsAKeyAndAWholeBody() {
        String source = ada.newWallet("EUR", 1_000);

        Reply noKey = ada.post("/v1/transfers", body(source, ada.newWallet("EUR", 0), 1));
        Reply empty = ada.order("/v1/transfers", "{}");

        assertThat(noKey.code()).isEqualTo("idempotency_key_missing");
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.json().path("errors").findValuesAsText("pointer"))
                .containsExactly("/amount", "/currency", "/destination", "/source");
    }

    private static String body(String source, String destination, long amount) {
        return "{\"source\":\"%s\",\"destination\":\"%s\",\"amount\":%d,\"currency\":\"EUR\"}"
                .formatted(source, destination, amount);
    }

    private static String side(String wallet, long before, long after) {
        return """
                {"wallet":"%s","balance_before":{"amount":%d,"currency":"EUR"},"balance_after":{"amount":%d,"currency":"EUR"}}""".formatted(wallet, before, after);
    }

    private long balance(String wallet) {
        return ada.get("/v1/wallets/" + wallet)
                .json()
                .path("balance")
                .path("amount")
                .asLong();
    }
}
