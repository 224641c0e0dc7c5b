package io.fincore.dev.endtoend;

import static io.fincore.dev.endtoend.PageTable.code;
import static io.fincore.dev.endtoend.PageTable.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.dev.endtoend.PatientClient.Answer;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.simulator.KycBehaviour;
import io.fincore.dev.simulator.WebhookSecret;
import io.fincore.dev.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sends what stands in {@code docs/using/test-data.md}, and compares what comes of it with the page. What the bank does with payments and
 * refunds is tried by {@link BehaviourTest} and {@link SagasTest}, what becomes of notifications by the simulator's own tests.
 */
@ExtendWith(SharedPlatform.class)
class TestDataTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Set<String> PAYMENT_RESTS = Set.of("completed", "rejected", "failed", "in_review");

    private final Stack stack;
    private final Audit audit;
    private final People people;
    private final PatientClient client;

    TestDataTest(SharedPlatform.Running platform) {
        stack = platform.stack();
        audit = platform.audit();
        people = new People(stack);
        client = people.client();
    }

    @AfterEach
    void allBooksAgree() {
        audit.awaitQuiet(SOON);
        assertThat(audit.violations()).isEmpty();
    }

    @Test
    void paymentsAreDecidedAsThePageSays() {
        List<List<String>> rows = PageTable.under("| `creditor.name` |").rows();

        List<List<String>> seen = rows.stream()
                .map(row -> decided(value(row.get(0)), value(row.get(1)), Long.parseLong(value(row.get(2)))))
                .toList();

        assertThat(seen).isEqualTo(rows);
    }

    private List<String> decided(String creditor, String iban, long amount) {
        Payer payer = Payer.withDeposit(client, 6_000_000);
        Answer payment = resting(payer.pay(payer.order(amount, creditor, iban)));
        if (payment.text("status").equals("in_review")) {
            people.cancel(payment);
            people.paymentEnd(payment);
        }
        List<String> reasons = texts(payment.body().at("/decision/reasons"), "code");
        if (payment.text("status").equals("rejected")) {
            assertThat(reasons)
                    .containsExactly(payment.body().at("/failure/code").asText());
        }
        return List.of(
                code(creditor),
                code(iban),
                code(amount),
                code(payment.text("status")),
                code(payment.body().at("/decision/outcome").asText()),
                code(reasons.stream().sorted().toArray()));
    }

    @Test
    void theTwentiethLargePaymentOfAnHourIsRejected() {
        Payer payer = Payer.withDeposit(client, 200_000_000);
        Answer first = resting(payer.pay(payer.order(100, BankBehaviour.SETTLES_AT_ONCE)));
        assertThat(first.text("status")).isEqualTo("completed");

        List<Answer> payments = IntStream.range(0, 20)
                .mapToObj(number -> resting(payer.pay(payer.order(5_000_000, BankBehaviour.SETTLES_AT_ONCE))))
                .toList();

        assertThat(payments.subList(0, 19))
                .allSatisfy(payment -> assertThat(payment.text("status")).isEqualTo("completed"));
        assertThat(payments.getLast().text("status")).isEqualTo("rejected");
        assertThat(payments.getLast().body().at("/failure/code").asText()).isEqualTo("velocity_sum");
    }

    @Test
    void activationsEndAsThePageSays() throws IOException, InterruptedException {
        List<List<String>> documented = PageTable.under("| the check ends |").rows();
        Map<KycBehaviour, Answer> activations = new EnumMap<>(KycBehaviour.class);
        for (KycBehaviour behaviour : KycBehaviour.values()) {
            activations.put(
                    behaviour, people.activation(behaviour.customerName()).get());
        }

        activations.forEach((behaviour, activation) -> {
            List<String> expected = documented.stream()
                    .filter(row -> value(row.getFirst()).equals(behaviour.checkEnds()))
                    .findFirst()
                    .orElseThrow();
            Set<String> ends = new HashSet<>(Set.of("completed", "rejected", "failed"));
            ends.add(value(expected.get(1)));
            String rests = client.end(path(activation), ends);
            JsonNode failure = client.get(path(activation)).body().at("/failure/code");
            assertThat(List.of(
                            code(behaviour.checkEnds()),
                            code(rests),
                            failure.isTextual() ? code(failure.asText()) : "",
                            code(client.get("/v1/customers/" + activation.text("customer"))
                                    .text("status")),
                            code(client.get("/v1/wallets/" + activation.text("wallet"))
                                    .text("status"))))
                    .as(behaviour.name())
                    .isEqualTo(expected);
        });

        Answer referred = Objects.requireNonNull(activations.get(KycBehaviour.REFERS));
        Answer down = Objects.requireNonNull(activations.get(KycBehaviour.DOWN));
        people.called(referred, "kyc_referred");
        people.intervene(referred, Map.of("action", "resolve", "resolution", "approved", "reason", "passport seen"));
        assertThat(callBackApproved(down)).isEqualTo(202);
        assertThat(people.activationEnd(referred)).isEqualTo("completed");
        assertThat(people.activationEnd(down)).isEqualTo("completed");
    }

    /** As the provider would, if it were up. */
    private int callBackApproved(Answer activation) throws IOException, InterruptedException {
        Instant now = Instant.now();
        String event = UUID.randomUUID().toString();
        String body = JSON.valueToTree(Map.of(
                        "event_id",
                        event,
                        "type",
                        "kyc.check",
                        "check_id",
                        activation.id(),
                        "status",
                        "approved",
                        "reference",
                        "KY" + activation.id(),
                        "occurred_at",
                        now.toString()))
                .toString();
        HttpRequest callback = HttpRequest.newBuilder(URI.create(stack.api().url() + "/v1/inbound/kyc/events"))
                .header("Content-Type", "application/json")
                .header("webhook-id", event)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header(
                        "webhook-signature",
                        WebhookSecret.parse(stack.secrets().kycCallbackSecret()).sign(event, now, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient provider = HttpClient.newHttpClient()) {
            return provider.send(callback, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void walletsRefuseAsThePageSays() throws JsonProcessingException {
        List<List<String>> rows = PageTable.under("| wallet `status` |").rows();

        for (List<String> row : rows) {
            String wallet = emptyWallet(value(row.get(0)));
            Map<String, Object> body = JSON.readValue(value(row.get(2)), new TypeReference<>() {});
            Answer answer = client.post(
                    "/v1/wallets/" + wallet + value(row.get(1)),
                    body,
                    UUID.randomUUID().toString(),
                    Map.of());

            assertThat(List.of(
                            code(client.get("/v1/wallets/" + wallet).text("status")),
                            row.get(1),
                            row.get(2),
                            code(answer.status()),
                            answer.status() >= 400 ? code(answer.text("code")) : ""))
                    .isEqualTo(row);
        }
    }

    private String emptyWallet(String status) {
        Answer customer = client.created("/v1/customers", Map.of("name", "Ada Example", "email", "ada@example.com"));
        String wallet = client.created("/v1/wallets", Map.of("customer", customer.id(), "currency", "EUR"))
                .id();
        if (!status.equals("pending_activation")) {
            Answer activation =
                    client.created("/v1/customers/" + customer.id() + "/activations", Map.of("wallet", wallet));
            assertThat(people.activationEnd(activation)).isEqualTo("completed");
        }
        switch (status) {
            case "pending_activation", "active" -> {}
            case "frozen" -> client.created("/v1/wallets/" + wallet + "/freeze", Map.of("reason", "lost"));
            case "closed" -> client.created("/v1/wallets/" + wallet + "/close", Map.of("reason", "left"));
            default -> throw new IllegalArgumentException(status);
        }
        return wallet;
    }

    @Test
    void webhooksAreDeliveredAsThePageSays() {
        List<List<String>> rows = PageTable.under("| `url` |").rows();

        assertThat(rows.stream().map(row -> delivered(value(row.getFirst()))).toList())
                .isEqualTo(rows);
    }

    private List<String> delivered(String url) {
        Answer endpoint = client.post(
                "/v1/webhook-endpoints",
                Map.of(
                        "url",
                                url.replace(
                                        "http://127.0.0.1:8084",
                                        stack.simulator().url()),
                        "events", List.of("deposit.completed")),
                UUID.randomUUID().toString(),
                Map.of());
        if (endpoint.status() >= 400) {
            return List.of(code(url), code(endpoint.status()), "", "", "");
        }
        String path = "/v1/webhook-endpoints/" + endpoint.id();
        Payer.withDeposit(client, 1);
        Waiting.require(
                "an attempt to deliver to " + url,
                () -> first(path).hasNonNull("response_status") || first(path).hasNonNull("error"));
        JsonNode delivery = first(path);
        // Or its workflow would wait for the next attempt.
        client.delete(path).orThrow("DELETE " + path);
        return List.of(
                code(url),
                code(endpoint.status()),
                code(delivery.path("status").asText()),
                delivery.hasNonNull("response_status")
                        ? code(delivery.path("response_status").asInt())
                        : "",
                delivery.hasNonNull("error") ? "is told" : "");
    }

    private JsonNode first(String endpointPath) {
        return client.get(endpointPath + "/deliveries").body().at("/data/0");
    }

    private Answer resting(Answer payment) {
        assertThat(payment.status()).as("%s", payment.body()).isEqualTo(202);
        String path = "/v1/payments/" + payment.id();
        client.end(path, PAYMENT_RESTS);
        return client.get(path);
    }

    private static String path(Answer activation) {
        return "/v1/customers/" + activation.text("customer") + "/activations/" + activation.id();
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.path(field).asText())
                .toList();
    }
}
