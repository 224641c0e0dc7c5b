package io.fincore.dev.endtoend;

import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.StackException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A customer with a wallet in euros. */
record Payer(PatientClient client, String walletId) {

    private static final String CURRENCY = "EUR";
    private static final Set<String> ACTIVATION_ENDS = Set.of("completed", "failed", "rejected");

    /** @param deposit what the wallet holds at first, in cents */
    static Payer withDeposit(PatientClient client, long deposit) {
        String customer = client.created("/v1/customers", Map.of("name", "Ada Example", "email", "ada@example.com"))
                .id();
        String wallet = client.created("/v1/wallets", Map.of("customer", customer, "currency", CURRENCY))
                .id();
        activate(client, customer, wallet);
        client.created("/v1/wallets/" + wallet + "/deposits", Map.of("amount", deposit, "currency", CURRENCY));
        return new Payer(client, wallet);
    }

    private static void activate(PatientClient client, String customer, String wallet) {
        String path = "/v1/customers/" + customer + "/activations";
        PatientClient.Answer activation = client.post(
                        path, Map.of("wallet", wallet), UUID.randomUUID().toString(), Map.of("Prefer", "wait=30"))
                .orThrow("POST " + path);
        String end = activationEnd(client, activation);
        if (!end.equals("completed")) {
            throw new StackException("The activation of " + wallet + " ended as " + end + ".");
        }
    }

    /** Waits until an activation is over; how it ended. */
    static String activationEnd(PatientClient client, PatientClient.Answer activation) {
        String path = "/v1/customers/" + activation.text("customer") + "/activations/" + activation.id();
        return client.end(path, ACTIVATION_ENDS);
    }

    /** An order of this payer; its key is made once, so that repetitions are the same order. */
    Order order(long amount, String creditorName, String creditorIban) {
        return new Order(UUID.randomUUID().toString(), walletId, amount, creditorName, creditorIban);
    }

    Order order(long amount, BankBehaviour behaviour) {
        return order(amount, "ACME GmbH", behaviour.iban());
    }

    /** @param amount in cents */
    record Order(String key, String walletId, long amount, String creditorName, String creditorIban) {

        Map<String, ?> body() {
            Map<String, Object> body = new HashMap<>();
            body.put("source", walletId);
            body.put("amount", amount);
            body.put("currency", CURRENCY);
            body.put("creditor", Map.of("name", creditorName, "iban", creditorIban));
            return body;
        }
    }

    PatientClient.Answer pay(Order order) {
        return pay(order, Map.of());
    }

    PatientClient.Answer pay(Order order, Map<String, String> headers) {
        return client.post("/v1/payments", order.body(), order.key(), headers);
    }
}
