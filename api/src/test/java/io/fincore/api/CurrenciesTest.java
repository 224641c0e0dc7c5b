package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies carry minor units whatever the currency; texts for people have its decimals. */
class CurrenciesTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());

    @ParameterizedTest
    @CsvSource({"EUR,12.50", "JPY,1250", "KWD,1.250"})
    void wholeMinorUnitsInAndOut(String currency, String text) {
        String wallet = ada.newWallet(currency, 0);
        String other = ada.newWallet(currency, 0);

        Reply deposit = order("/v1/wallets/" + wallet + "/deposits", 1_250, currency);
        Reply tooMuch = order("/v1/wallets/" + wallet + "/withdrawals", 1_251, currency);
        Reply notEmpty = ada.post("/v1/wallets/" + wallet + "/close", "{\"reason\":\"left\"}");
        Reply fraction =
                ada.order("/v1/wallets/" + wallet + "/deposits", "{\"amount\":12.5,\"currency\":\"" + currency + "\"}");
        Reply withdrawal = order("/v1/wallets/" + wallet + "/withdrawals", 249, currency);
        Reply transfer = ada.order(
                "/v1/transfers",
                "{\"source\":\"%s\",\"destination\":\"%s\",\"amount\":1,\"currency\":\"%s\"}"
                        .formatted(wallet, other, currency));

        assertThat(deposit.json().path("amount").toString()).isEqualTo("1250");
        assertThat(deposit.json().path("balance_after").toString()).isEqualTo(money(1_250, currency));
        assertThat(tooMuch.code()).isEqualTo("insufficient_funds");
        assertThat(tooMuch.json().path("detail").asText())
                .isEqualTo("The wallet has " + currency + " " + text + " available.");
        assertThat(notEmpty.json().path("detail").asText())
                .isEqualTo("The wallet holds " + currency + " " + text + ".");
        assertThat(fraction.status()).as("no fractions of a minor unit").isEqualTo(400);
        assertThat(withdrawal.json().path("balance_after").toString()).isEqualTo(money(1_001, currency));
        assertThat(transfer.status()).as(transfer.text()).isEqualTo(201);
        assertThat(ada.get("/v1/wallets/" + wallet).json().path("balance").toString())
                .isEqualTo(money(1_000, currency));
        assertThat(ada.get("/v1/wallets/" + other + "/balance")
                        .json()
                        .path("balance")
                        .toString())
                .isEqualTo(money(1, currency));
    }

    @ParameterizedTest
    @CsvSource({"EUR", "JPY", "KWD"})
    void aPaymentKeepsItsMinorUnits(String currency) {
        String wallet = ada.newWallet(currency, 10_000);

        Reply paid = ada.order(
                "/v1/payments",
                Api.paymentBody(wallet, 1_250, "ACME").replace("\"EUR\"", "\"" + currency + "\""),
                "Prefer",
                "wait=10");

        assertThat(paid.status()).as(paid.text()).isEqualTo(202);
        assertThat(paid.json().path("amount").toString()).isEqualTo("1250");
        assertThat(paid.json().path("currency").asText()).isEqualTo(currency);
        assertThat(ada.get("/v1/payments")
                        .json()
                        .path("data")
                        .path(0)
                        .path("amount")
                        .toString())
                .isEqualTo("1250");
    }

    private Reply order(String path, long amount, String currency) {
        return ada.order(path, "{\"amount\":%d,\"currency\":\"%s\"}".formatted(amount, currency));
    }

    private static String money(long amount, String currency) {
        return "{\"amount\":" + amount + ",\"currency\":\"" + currency + "\"}";
    }
}
