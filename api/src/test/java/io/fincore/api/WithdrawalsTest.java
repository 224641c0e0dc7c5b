package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.ledger.Ledger;
import io.fincore.ledger.PlaceHold;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithdrawalsTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());

    @Test
    void booksAWithdrawalAndTellsTheBalancesAroundIt() {
        String wallet = ada.newWallet("EUR", 1_000);

        Reply withdrawal = ada.order(
                path(wallet),
                "{\"amount\":250,\"currency\":\"EUR\",\"reference\":\"rent\",\"metadata\":{\"month\":\"May\"}}");

        assertThat(withdrawal.status()).isEqualTo(201);
        JsonNode body = withdrawal.json();
        assertThat(IdType.TRANSACTION.matches(body.path("id").asText())).isTrue();
        assertThat(body.path("transaction")).isEqualTo(body.path("id"));
        assertThat(body.path("object").asText()).isEqualTo("withdrawal");
        assertThat(body.path("wallet").asText()).isEqualTo(wallet);
        assertThat(body.path("amount").asLong()).isEqualTo(250);
        assertThat(body.path("currency").asText()).isEqualTo("EUR");
        assertThat(body.path("reference").asText()).isEqualTo("rent");
        assertThat(body.path("balance_before").toString()).isEqualTo("{\"amount\":1000,\"currency\":\"EUR\"}");
        assertThat(body.path("balance_after").toString()).isEqualTo("{\"amount\":750,\"currency\":\"EUR\"}");
        assertThat(body.path("metadata").toString()).isEqualTo("{\"month\":\"May\"}");
        assertThat(body.path("created_at").asText()).endsWith("Z");
        assertThat(balances(wallet)).containsExactly(750L, 750L);
    }

    @Test
    void takesNoMoreThanIsAvailableAndSaysSoAgainUnderTheSameKey() {
        String wallet = ada.newWallet("EUR", 1_000);
        hold(wallet, 400);
        String body = "{\"amount\":601,\"currency\":\"EUR\"}";
        String key = "key-" + wallet;

        Reply poor = ada.post(path(wallet), body, "Idempotency-Key", key);
        ada.order("/v1/wallets/" + wallet + "/deposits", "{\"amount\":5000,\"currency\":\"EUR\"}");
        Reply again = ada.post(path(wallet), body, "Idempotency-Key", key);
        Reply fresh = ada.order(path(wallet), body);

        assertThat(poor.status()).isEqualTo(409);
        assertThat(poor.code()).isEqualTo("insufficient_funds");
        assertThat(poor.json().path("detail").asText()).isEqualTo("The wallet has EUR 6.00 available.");
        assertThat(again.text()).isEqualTo(poor.text());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(fresh.status()).isEqualTo(201);
        assertThat(balances(wallet)).containsExactly(5_399L, 4_999L);
    }

    @Test
    void takesTheLastCent() {
        String wallet = ada.newWallet("EUR", 7);

        assertThat(ada.order(path(wallet), "{\"amount\":7,\"currency\":\"EUR\"}")
                        .status())
                .isEqualTo(201);
        assertThat(balances(wallet)).containsExactly(0L, 0L);
    }

    @Test
    void theSameWithdrawalTenTimesAtOnceIsBookedOnce() throws Exception {
        String wallet = ada.newWallet("EUR", 1_000);

        List<Reply> replies = Api.atOnce(
                10,
                () -> ada.post(
                        path(wallet), "{\"amount\":600,\"currency\":\"EUR\"}", "Idempotency-Key", "key-" + wallet));

        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.status()).as(reply.text()).isEqualTo(201));
        assertThat(replies.stream().map(Reply::text).distinct()).hasSize(1);
        assertThat(balances(wallet)).containsExactly(400L, 400L);
    }

    @Test
    void refusesAWithdrawalThatTheWalletCannotMake() {
        String wallet = ada.newWallet("EUR", 10);
        String pending = ada.newPendingWallet(ada.newCustomer(), "EUR");
        String body = "{\"amount\":1,\"currency\":\"EUR\"}";

        Reply currency = ada.order(path(wallet), "{\"amount\":1,\"currency\":\"USD\"}");
        Reply zero = ada.order(path(wallet), "{\"amount\":0,\"currency\":\"EUR\"}");
        Reply noKey = ada.post(path(wallet), body);
        Reply inactive = ada.order(path(pending), body);
        Reply unknown = ada.order(path(IdType.WALLET.next()), body);
        Reply foreign = api.user("eve-" + IdType.REQUEST.next()).order(path(wallet), body);

        assertThat(currency.status()).isEqualTo(422);
        assertThat(currency.code()).isEqualTo("currency_mismatch");
        assertThat(currency.json().path("errors").findValuesAsText("pointer")).containsExactly("/currency");
        assertThat(zero.status()).isEqualTo(400);
        assertThat(zero.json().path("errors").findValuesAsText("pointer")).containsExactly("/amount");
        assertThat(noKey.code()).isEqualTo("idempotency_key_missing");
        assertThat(inactive.status()).isEqualTo(409);
        assertThat(inactive.code()).isEqualTo("wallet_pending_activation");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.code()).isEqualTo("wallet_not_found");
        assertThat(balances(wallet)).containsExactly(10L, 10L);
    }

    private static String path(String wallet) {
        return "/v1/wallets/" + wallet + "/withdrawals";
    }

    private void hold(String wallet, long amount) {
        new Ledger(api.platform().database.as(DatabaseRole.WORKER))
                .placeHold(new PlaceHold("hold-" + wallet, IdType.HOLD.next(), wallet, Money.of(amount, "EUR")));
    }

    /** Balance and available. */
    private List<Long> balances(String wallet) {
        JsonNode now = ada.get("/v1/wallets/" + wallet).json();
        return List.of(
                now.path("balance").path("amount").asLong(),
                now.path("available").path("amount").asLong());
    }
}
