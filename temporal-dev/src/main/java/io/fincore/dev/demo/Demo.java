package io.fincore.dev.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A customer, a wallet that is activated and given EUR 100.00, and a payment of EUR 12.50 that the bank settles a moment later by callback. */
public final class Demo {

    private static final String CURRENCY = "EUR";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 200;
    private static final int LINE = 100;
    private static final Set<String> PAID = Set.of("completed", "rejected", "failed", "cancelled");
    private static final Set<String> ACTIVATED = Set.of("completed", "rejected", "failed");

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
        JsonNode activation = api.post("/v1/customers/" + id(customer) + "/activations", Map.of("wallet", id(wallet)));
        JsonNode activated = awaitEnd(
                api, "/v1/customers/" + id(customer) + "/activations/" + id(activation), "activation", ACTIVATED);
        step("wallet", "activation " + id(activation) + " is " + status(activated));
        JsonNode deposit =
                api.post("/v1/wallets/" + id(wallet) + "/deposits", Map.of("amount", 10_000, "currency", CURRENCY));
        step("deposit", "EUR 100.00, balance after: " + money(deposit.path("balance_after")));
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
        JsonNode ended = awaitEnd(api, "/v1/payments/" + id(payment), "payment", PAID);
        printTimeline(api.get("/v1/payments/" + id(payment) + "/timeline"));
        step("payment", id(payment) + " is " + status(ended));
        printBalance(api.get("/v1/wallets/" + id(wallet) + "/balance"));
        out.accept("  its workflow: " + stack.temporal().workflowLink("payment/" + id(payment)));
        if (!status(ended).equals("completed")) {
            throw new StackException("The demo payment ended as " + status(ended) + ": " + ended.path("failure"));
        }
    }

    private static JsonNode awaitEnd(ApiClient api, String path, String what, Set<String> terminal) {
        Instant deadline = Instant.now().plus(PATIENCE);
        JsonNode read = api.get(path);
        while (!terminal.contains(status(read))) {
            if (Instant.now().isAfter(deadline)) {
                throw new StackException("The demo " + what + " " + path + " is still " + status(read) + " after "
                        + PATIENCE.toSeconds() + " s.");
            }
            pause();
            read = api.get(path);
        }
        return read;
    }

    private void printTimeline(JsonNode timeline) {
        JsonNode entries = timeline.isArray() ? timeline : timeline.path("data");
        for (JsonNode entry : entries) {
            out.accept("    %-27s  %-8s  %-23s  %s"
                    .formatted(
                            entry.path("occurred_at").asText(),
                            entry.path("kind").asText(),
                            entry.path("name").asText(),
                            summary(entry)));
        }
    }

    private void printBalance(JsonNode balance) {
        step("wallet", "balance " + money(balance.path("balance")) + ", available " + money(balance.path("available")));
    }

    private void step(String what, String result) {
        out.accept("  %-8s  %s".formatted(what, result));
    }

    private static String money(JsonNode amount) {
        return Money.of(amount.path("amount").asLong(), amount.path("currency").asText())
                .toString();
    }

    private static String summary(JsonNode entry) {
        JsonNode detail = entry.path("detail");
        return switch (entry.path("kind").asText()) {
            case "step" ->
                detail.path("status").asText()
                        + attempts(detail.path("attempts").asInt());
            case "status" -> detail.path("reason").asText();
            default -> shortened(detail.toString());
        };
    }

    private static String attempts(int count) {
        return count > 1 ? " at attempt " + count : "";
    }

    private static String shortened(String text) {
        return text.length() <= LINE ? text : text.substring(0, LINE - 1) + "…";
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
