package io.fincore.dev.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.dev.demo.ApiClient;
import io.fincore.dev.payments.Payer;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.workflows.payment.PaymentWorkflow;
import java.util.List;
import java.util.Map;

/** The same payments, ordered through the REST API. */
record HttpSubject(ApiClient api, List<String> wallets) implements Subject {

    private static final String CURRENCY = "EUR";

    /** @param payers one for each client, owned by the principal that the API is called as */
    static HttpSubject with(ApiClient api, List<Payer> payers) {
        return new HttpSubject(api, payers.stream().map(Payer::walletId).toList());
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
