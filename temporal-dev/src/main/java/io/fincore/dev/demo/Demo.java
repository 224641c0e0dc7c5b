package io.fincore.dev.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A customer, a wallet with EUR 100.00, and a payment of EUR 12.50 that the bank settles a moment later by callback. */
public final class Demo {

    private static final String CURRENCY = "EUR";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 200;
    private static final Set<String> TERMINAL = Set.of("completed", "rejected", "failed", "cancelled");

    private final Stack stack;
    private final Consumer<String> out;

    public Demo(Stack stack, Consumer<String> out) {
        this.stack = stack;
        this.out = out;
    }

    /**
     * @throws StackException if a call is refused or the payment is not completed in time
     */
    public void run() {
        ApiClient api = new ApiClient(stack.api().url(), stack.issuer().tokenEndpoint(), "developer", "demo");
        out.accept("\nA demo payment:");
        JsonNode customer = api.post("/v1/customers", Map.of("name", "Ada Example", "email", "ada@example.com"));
        step("customer", id(customer) + " " + customer.path("status").asText());
        JsonNode wallet = api.post("/v1/wallets", Map.of("customer", id(customer), "currency", CURRENCY));
        step("wallet", id(wallet) + " " + wallet.path("status").asText());
        JsonNode deposit =
                api.post("/v1/wallets/" + id(wallet) + "/deposits", Map.of("amount", 10_000, "currency", CURRENCY));
        step("deposit", "EUR 100.00, balance after: " + deposit.path("balance_after"));
        JsonNode payment = api.post(
                "/v1/payments",
                Map.of(
                        "source",
                        id(wallet),
                        "amount",
                        1_250,
                        "currency",
                        CURRENCY,
                        "creditor",
                        Map.of("name", "ACME GmbH", "iban", BankBehaviour.SETTLES_LATER.iban()),
                        "reference",
                        "INV-1"));
        step("payment", id(payment) + " EUR 12.50, accepted as " + status(payment));
        JsonNode ended = awaitEnd(api, id(payment));
        printTimeline(api.get("/v1/payments/" + id(payment) + "/timeline"));
        step("payment", id(payment) + " is " + status(ended));
        printBalance(api.get("/v1/wallets/" + id(wallet) + "/balance"));
        out.accept("  its workflow: " + stack.temporal().workflowLink("payment/" + id(payment)));
        if (!status(ended).equals("completed")) {
            throw new StackException("The demo payment ended as " + status(ended) + ": " + ended.path("failure"));
        }
    }

    private static JsonNode awaitEnd(ApiClient api, String paymentId) {
        Instant deadline = Instant.now().plus(PATIENCE);
        JsonNode payment = api.get("/v1/payments/" + paymentId);
        while (!TERMINAL.contains(status(payment))) {
            if (Instant.now().isAfter(deadline)) {
                throw new StackException("The demo payment " + paymentId + " is still " + status(payment) + " after "
                        + PATIENCE.toSeconds() + " s.");
            }
            pause();
            payment = api.get("/v1/payments/" + paymentId);
        }
        return payment;
    }

    private void printTimeline(JsonNode timeline) {
        JsonNode entries = timeline.isArray() ? timeline : timeline.path("data");
        for (JsonNode entry : entries) {
            out.accept("    %s  %-8s  %-22s %s"
                    .formatted(
                            entry.path("occurred_at").asText(),
                            entry.path("kind").asText(),
                            entry.path("name").asText(),
                            shortened(entry.path("detail"))));
        }
    }

    private void printBalance(JsonNode balance) {
        step("wallet", "balance " + balance.path("balance") + ", available " + balance.path("available"));
    }

    private void step(String what, String result) {
        out.accept("  %-8s  %s".formatted(what, result));
    }

    private static String shortened(JsonNode detail) {
        String text = detail.isMissingNode() || detail.isNull() || detail.isEmpty() ? "" : detail.toString();
        return text.length() <= 120 ? text : text.substring(0, 117) + "...";
    }

    private static String id(JsonNode resource) {
        return resource.path("id").asText();
    }

    private static String status(JsonNode payment) {
        return payment.path("status").asText();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while waiting for the demo payment.", e);
        }
    }
}
