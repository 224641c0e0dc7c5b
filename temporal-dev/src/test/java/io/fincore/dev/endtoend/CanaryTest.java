package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.dev.endtoend.PatientClient.Answer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.simulator.KycBehaviour;
import io.fincore.dev.stack.Component;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.TemporalProcess;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people tell us about themselves and each other reaches neither Temporal's store nor a log. */
@ExtendWith(SharedPlatform.class)
class CanaryTest {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final long NEEDS_REVIEW = 5_000_00;

    private final Stack stack;
    private final Audit audit;
    private final PatientClient client;
    private final PatientClient operator;

    /** In front of every text that a person could write. */
    private final String mark = "Kanarie" + letters(8);

    private final String bic = letters(4).toUpperCase(Locale.ROOT) + "DE2WXYZ";
    private final String birth = "19%02d-10-2%d".formatted(20 + mark.hashCode() % 10, Math.abs(mark.charAt(9) % 8));

    private final List<String> ibans = new ArrayList<>();
    private final List<String> workflows = new ArrayList<>();

    CanaryTest(SharedPlatform.Running platform) {
        stack = platform.stack();
        audit = platform.audit();
        client = new PatientClient(stack, "client");
        operator = new PatientClient(stack, "oscar");
    }

    @Test
    void nothingPersonalReachesTemporalOrALog() throws IOException {
        String wallet = activated(text("name"));
        Answer settled = pay(wallet, 10_00, newIban());
        Answer later = pay(wallet, 10_01, BankBehaviour.SETTLES_LATER.iban());
        Answer refused = pay(wallet, 10_02, BankBehaviour.REJECTS_AT_ONCE_AC04.iban());
        Answer cancelled = pay(wallet, NEEDS_REVIEW, newIban());
        Answer approved = pay(wallet, NEEDS_REVIEW + 1, newIban());
        Answer rejected = pay(wallet, NEEDS_REVIEW + 2, newIban());
        Answer referred = activation(customer(KycBehaviour.REFERS.customerName()));

        client.created("/v1/payments/" + cancelled.id() + "/cancellations", Map.of("reason", text("cancellation")));
        review(approved, "approve");
        review(rejected, "reject");
        ends(settled, "completed");
        Answer refund = client.created(
                "/v1/payments/" + settled.id() + "/refunds",
                Map.of("amount", 1_00, "reason", text("refund"), "metadata", Map.of("note", text("metadata"))));
        Waiting.require("a person is called", () -> activationOf(referred).equals("in_review"));
        operator.created(
                "/v1/admin/sagas/" + referred.id() + "/interventions",
                Map.of("action", "resolve", "resolution", "approved", "reason", text("intervention")));
        ends(later, "completed");
        ends(refused, "failed");
        ends(cancelled, "cancelled");
        ends(approved, "completed");
        ends(rejected, "rejected");
        client.end("/v1/refunds/" + refund.id(), Set.of("completed"));
        Waiting.require("the activation ends", () -> activationOf(referred).equals("completed"));
        workflows.add("refund/" + refund.id());
        audit.awaitQuiet(SOON);

        List<String> leaks = new ArrayList<>();
        for (Canary canary : Stream.concat(Stream.of(mark, bic, birth), ibans.stream())
                .map(Canary::new)
                .toList()) {
            leaks.addAll(inHistories(canary, workflows));
            leaks.addAll(in(canary, stack.temporal().databaseFiles()));
            leaks.addAll(in(canary, logs()));
        }
        assertThat(leaks).isEmpty();
    }

    /** Whoever finds nothing must have been able to find something. */
    @Test
    void whatIsNotEncryptedIsFound() throws IOException {
        Canary control = new Canary("Kontrolle" + letters(10));
        String workflowId = "control/" + UUID.randomUUID();
        try (TemporalPayments temporal = new TemporalPayments(stack.temporal())) {
            WorkflowStub workflow = WorkflowClient.newInstance(
                            temporal.client().getWorkflowServiceStubs(),
                            TemporalConnection.clientOptions(
                                    TemporalProcess.NAMESPACE,
                                    PayloadKeys.of(List.of(PayloadKeys.PLAIN)),
                                    OpenTelemetry.noop()))
                    .newUntypedWorkflowStub(
                            "Control",
                            WorkflowOptions.newBuilder()
                                    .setWorkflowId(workflowId)
                                    .setTaskQueue("nobody-polls")
                                    .build());
            workflow.start(control.text());
            workflow.terminate("it has been written");
        }

        assertThat(inHistories(control, List.of(workflowId))).as("export").isNotEmpty();
        assertThat(in(control, stack.temporal().databaseFiles())).as("database").isNotEmpty();
    }

    private String text(String field) {
        return mark + " " + field;
    }

    /** A customer all of whose data are canaries, but the name, by which the KYC provider knows what to do. */
    private Answer customer(String name) {
        return client.created(
                "/v1/customers",
                Map.of(
                        "name",
                        name,
                        "email",
                        mark + "@example.com",
                        "date_of_birth",
                        birth,
                        "country",
                        "DE",
                        "metadata",
                        Map.of("note", text("metadata"))));
    }

    private Answer activation(Answer customer) {
        Answer wallet = client.created(
                "/v1/wallets",
                Map.of("customer", customer.id(), "currency", "EUR", "metadata", Map.of("note", text("metadata"))));
        Answer ordered = client.created(
                "/v1/customers/" + customer.id() + "/activations",
                Map.of("wallet", wallet.id(), "metadata", Map.of("note", text("metadata"))));
        workflows.add("activation/" + ordered.id());
        return ordered;
    }

    private String activated(String name) {
        Answer activation = activation(customer(name));
        Waiting.require("the wallet is active", () -> activationOf(activation).equals("completed"));
        String wallet = activation.text("wallet");
        client.created(
                "/v1/wallets/" + wallet + "/deposits",
                Map.of("amount", 2_000_000, "currency", "EUR", "reference", text("deposit")));
        return wallet;
    }

    private Answer pay(String wallet, long amount, String creditorIban) {
        Map<String, Object> body = new HashMap<>();
        body.put("source", wallet);
        body.put("amount", amount);
        body.put("currency", "EUR");
        body.put("creditor", Map.of("name", text("creditor"), "iban", creditorIban, "bic", bic));
        body.put("reference", text("reference"));
        body.put("metadata", Map.of("note", text("metadata")));
        Answer ordered = client.post(
                        "/v1/payments",
                        body,
                        UUID.randomUUID().toString(),
                        // What clients send along for whoever traces.
                        Map.of("baggage", "person=" + mark + "Baggage"))
                .orThrow("a payment");
        workflows.add("payment/" + ordered.id());
        return ordered;
    }

    private void review(Answer payment, String decision) {
        String path = "/v1/payments/" + payment.id();
        Waiting.require(path + " has a case", () -> client.get(path).body().hasNonNull("case"));
        String theCase = client.get(path).text("case");
        workflows.add("case/" + theCase);
        operator.created("/v1/compliance-cases/" + theCase + "/notes", Map.of("text", text("note")));
        operator.created(
                "/v1/compliance-cases/" + theCase + "/resolutions",
                Map.of("decision", decision, "note", text("resolution")));
    }

    private void ends(Answer payment, String status) {
        String path = "/v1/payments/" + payment.id();
        Waiting.require(
                path + " is " + status, () -> client.get(path).text("status").equals(status));
    }

    private String activationOf(Answer ordered) {
        return client.get("/v1/customers/" + ordered.text("customer") + "/activations/" + ordered.id())
                .text("status");
    }

    /** As Temporal's own tools export them: nothing is decoded. */
    private List<String> inHistories(Canary canary, List<String> workflowIds) {
        try (TemporalPayments temporal = new TemporalPayments(stack.temporal())) {
            return workflowIds.stream()
                    .flatMap(
                            id -> canary
                                    .findIn(temporal.client()
                                            .fetchHistory(id)
                                            .toJson(true)
                                            .getBytes(StandardCharsets.UTF_8))
                                    .stream()
                                    .map(place -> id + ": " + place))
                    .toList();
        }
    }

    private static List<String> in(Canary canary, List<Path> files) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            canary.findIn(Files.readAllBytes(file)).forEach(place -> found.add(file.getFileName() + ": " + place));
        }
        return found;
    }

    private List<Path> logs() {
        return Stream.of(stack.api(), stack.worker(), stack.temporal(), stack.postgres())
                .map(Component::logFile)
                .filter(Files::exists)
                .toList();
    }

    private static String letters(int count) {
        return ThreadLocalRandom.current()
                .ints(count, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Of a bank that the simulator does not know, with the check digits of ISO 13616. */
    private String newIban() {
        String bban = "37040044" + "%010d".formatted(ThreadLocalRandom.current().nextLong(10_000_000_000L));
        int check =
                98 - new BigInteger(bban + "131400").mod(BigInteger.valueOf(97)).intValue();
        String iban = "DE%02d%s".formatted(check, bban);
        ibans.add(iban);
        return iban;
    }
}
