package io.fincore.dev.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.dev.demo.ApiClient;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.workflows.payment.PaymentWorkflow;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The same payments, ordered through the REST API. */
record HttpSubject(ApiClient api, List<String> wallets) implements Subject {

    private static final String CURRENCY = "EUR";

    /** A customer with a funded wallet for each client. */
    static HttpSubject with(ApiClient api, int clients) {
        return new HttpSubject(
                api,
                IntStream.range(0, clients)
                        .mapToObj(client -> fundedWallet(api))
                        .toList());
    }

    private static String fundedWallet(ApiClient api) {
        JsonNode customer = api.post("/v1/customers", Map.of("name", "Ada Example", "email", "ada@example.com"));
        JsonNode wallet =
                api.post("/v1/wallets", Map.of("customer", customer.path("id").asText(), "currency", CURRENCY));
        String walletId = wallet.path("id").asText();
        api.post("/v1/wallets/" + walletId + "/deposits", Map.of("amount", 100_000_00, "currency", CURRENCY));
        return walletId;
    }

    @Override
    public String name() {
        return "payment over HTTP";
    }

    @Override
    public String make(int client) {
        JsonNode payment = api.post(
                "/v1/payments",
                Map.of(
                        "source",
                        wallets.get(client),
                        "amount",
                        1_250,
                        "currency",
                        CURRENCY,
                        "creditor",
                        Map.of("name", "ACME GmbH", "iban", BankBehaviour.SETTLES_AT_ONCE.iban()),
                        "reference",
                        "INV-1"));
        return PaymentWorkflow.workflowId(payment.path("id").asText());
    }
}
