package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WalletsTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());

    @Test
    void createsAndShowsACustomer() {
        Reply created = ada.post(
                "/v1/customers",
                "{\"name\":\"Ada Lovelace\",\"email\":\"ada@example.com\",\"date_of_birth\":\"1990-12-10\",\"country\":\"GB\","
                        + "\"metadata\":{\"crm\":\"7\"}}");

        assertThat(created.status()).isEqualTo(201);
        JsonNode customer = created.json();
        assertThat(IdType.CUSTOMER.matches(customer.path("id").asText())).isTrue();
        assertThat(created.header("Location"))
                .isEqualTo("/v1/customers/" + customer.path("id").asText());
        assertThat(customer.path("object").asText()).isEqualTo("customer");
        assertThat(customer.path("status").asText()).isEqualTo("unverified");
        assertThat(customer.path("date_of_birth").asText()).isEqualTo("1990-12-10");
        assertThat(customer.path("country").asText()).isEqualTo("GB");
        assertThat(customer.path("metadata").path("crm").asText()).isEqualTo("7");
        assertThat(customer.path("created_at").asText()).endsWith("Z");
        Reply read = ada.get(created.header("Location"));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(customer);
        assertThat(read.header("ETag")).isNotBlank();
    }

    /** A character is what a reader takes for one, whatever it is stored as. */
    @Test
    void keepsMetadataOfAsManyKeysAndCharactersAsThereMayBe() {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        IntStream.range(0, 50).forEach(number -> metadata.put("🔑".repeat(38) + (10 + number), "🍋".repeat(500)));

        Reply customer =
                ada.post("/v1/customers", "{\"name\":\"Ada\",\"email\":\"a@b.example\",\"metadata\":" + metadata + "}");
        Reply deposit = ada.order(
                "/v1/wallets/" + ada.newWallet("EUR", 0) + "/deposits",
                "{\"amount\":1,\"currency\":\"EUR\",\"metadata\":" + metadata + "}");

        assertThat(List.of(customer.status(), deposit.status())).containsOnly(201);
        assertThat(customer.json().path("metadata")).isEqualTo(metadata);
        assertThat(deposit.json().path("metadata")).isEqualTo(metadata);
        assertThat(ada.get(customer.header("Location")).json()).isEqualTo(customer.json());
    }

    @Test
    void refusesBrokenCustomers() {
        Reply reply = ada.post(
                "/v1/customers",
                "{\"name\":\"A\",\"email\":\"nowhere\",\"date_of_birth\":\"2999-01-01\",\"country\":\"gb\"}");
        Reply date = ada.post("/v1/customers", "{\"name\":\"A\",\"email\":\"a@b\",\"date_of_birth\":\"10.12.1990\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("errors").findValuesAsText("pointer"))
                .containsExactly("/country", "/date_of_birth", "/email");
        assertThat(date.json().path("errors").findValuesAsText("pointer")).containsExactly("/date_of_birth");
    }

    @Test
    void opensOneWalletForEachCustomerAndCurrency() {
        String customer = ada.newCustomer();
        String body = "{\"customer\":\"" + customer + "\",\"currency\":\"JPY\"}";

        Reply opened = ada.post("/v1/wallets", body);
        Reply again = ada.post("/v1/wallets", body);

        assertThat(opened.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(opened.json());
        assertThat(opened.json().path("status").asText()).isEqualTo("pending_activation");
        assertThat(opened.json().path("balance").toString()).isEqualTo("{\"amount\":0,\"currency\":\"JPY\"}");
        assertThat(opened.json().path("available").toString()).isEqualTo("{\"amount\":0,\"currency\":\"JPY\"}");
        assertThat(ada.get(opened.header("Location")).json()).isEqualTo(opened.json());
    }

    @Test
    void nothingMovesOnAWalletThatIsNotActive() {
        String wallet = open(ada.newCustomer(), "EUR");

        Reply deposit = ada.order("/v1/wallets/" + wallet + "/deposits", "{\"amount\":1,\"currency\":\"EUR\"}");
        Reply payment = ada.order("/v1/payments", Api.paymentBody(wallet, 1, "ACME"));

        assertThat(deposit.status()).isEqualTo(409);
        assertThat(deposit.code()).isEqualTo("wallet_pending_activation");
        assertThat(payment.status()).isEqualTo(409);
        assertThat(payment.code()).isEqualTo("wallet_pending_activation");
        assertThat(ada.get("/v1/payments?source=" + wallet).json().path("data")).isEmpty();
        api.platform().activate(wallet);
        assertThat(ada.order("/v1/wallets/" + wallet + "/deposits", "{\"amount\":1,\"currency\":\"EUR\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void listsTheWalletsOfACustomerNewestFirst() {
        String customer = ada.newCustomer();
        String eur = open(customer, "EUR");
        String usd = open(customer, "USD");
        String jpy = open(customer, "JPY");

        JsonNode first = ada.get("/v1/wallets?limit=2&customer=" + customer).json();
        JsonNode rest = ada.get("/v1/wallets?limit=2&starting_after=" + usd + "&customer=" + customer)
                .json();

        assertThat(first.path("data").findValuesAsText("id")).containsExactly(jpy, usd);
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(rest.path("data").findValuesAsText("id")).containsExactly(eur);
        assertThat(rest.path("has_more").asBoolean()).isFalse();
        assertThat(ada.get("/v1/wallets").code()).isEqualTo("invalid_parameter");
    }

    private String open(String customer, String currency) {
        return ada.post("/v1/wallets", "{\"customer\":\"" + customer + "\",\"currency\":\"" + currency + "\"}")
                .json()
                .path("id")
                .asText();
    }

    @Test
    void booksADepositAndTellsTheBalancesAroundIt() {
        String wallet = ada.newWallet("EUR", 1_000);

        Reply deposit = ada.order(
                "/v1/wallets/" + wallet + "/deposits",
                "{\"amount\":250,\"currency\":\"EUR\",\"reference\":\"salary\",\"metadata\":{\"a\":\"b\"}}");

        assertThat(deposit.status()).isEqualTo(201);
        JsonNode body = deposit.json();
        assertThat(IdType.TRANSACTION.matches(body.path("transaction").asText()))
                .isTrue();
        assertThat(body.path("id")).isEqualTo(body.path("transaction"));
        assertThat(body.path("balance_before").path("amount").asLong()).isEqualTo(1_000);
        assertThat(body.path("balance_after").path("amount").asLong()).isEqualTo(1_250);
        assertThat(body.path("metadata").path("a").asText()).isEqualTo("b");
        JsonNode balance = ada.get("/v1/wallets/" + wallet + "/balance").json();
        assertThat(balance.path("balance").path("amount").asLong()).isEqualTo(1_250);
        assertThat(balance.path("available").path("amount").asLong()).isEqualTo(1_250);
        assertThat(balance.path("pending_holds")).isEmpty();
        assertThat(balance.path("at").asText()).endsWith("Z");
    }

    @Test
    void refusesADepositThatTheWalletCannotTake() {
        String wallet = ada.newWallet("EUR", 1);

        Reply currency = ada.order("/v1/wallets/" + wallet + "/deposits", "{\"amount\":1,\"currency\":\"USD\"}");
        Reply zero = ada.order("/v1/wallets/" + wallet + "/deposits", "{\"amount\":0,\"currency\":\"EUR\"}");
        Reply full = ada.order(
                "/v1/wallets/" + wallet + "/deposits", "{\"amount\":999999999999999999,\"currency\":\"EUR\"}");

        assertThat(currency.status()).isEqualTo(422);
        assertThat(currency.code()).isEqualTo("currency_mismatch");
        assertThat(zero.status()).isEqualTo(400);
        assertThat(full.status()).isEqualTo(409);
        assertThat(full.code()).isEqualTo("balance_too_large");
        assertThat(ada.get("/v1/wallets/" + wallet)
                        .json()
                        .path("balance")
                        .path("amount")
                        .asLong())
                .isEqualTo(1);
    }
}
