package io.fincore.dev.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.dev.endtoend.PatientClient.Answer;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.Command;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Has {@link Schemathesis} look for answers that are not as the API's description says, with things of its own to find. */
final class Fuzzer {

    private static final String PRINCIPAL = "fuzzer";
    private static final String REPORT = "report.json";

    private final Stack stack;
    private final Schemathesis schemathesis;

    Fuzzer(Stack stack, Progress progress) {
        this.stack = stack;
        this.schemathesis = new Schemathesis(progress);
    }

    FuzzReport fuzz(FuzzPlan plan) {
        // A tenant of its own: an operator reaches all that their tenant has.
        PatientClient client = new PatientClient(stack, PRINCIPAL, "fuzzed");
        try {
            Path folder = Files.createTempDirectory("fincore-fuzz");
            Command.Ended run = schemathesis.run(
                    folder,
                    Map.of("FINCORE_URL", stack.api().url(), "FINCORE_TOKEN", client.token()),
                    things(client),
                    List.of(
                            stack.api().url() + "/openapi",
                            "--seed",
                            Long.toString(plan.seed()),
                            "--max-examples",
                            Integer.toString(plan.examplesPerOperation()),
                            "--report",
                            "json",
                            "--report-json-path",
                            REPORT));
            // Without a report it did not come so far as to test anything.
            if (!Files.exists(folder.resolve(REPORT))) {
                throw new StackException(run.output());
            }
            int requests = new ObjectMapper()
                    .readTree(folder.resolve(REPORT).toFile())
                    .at("/test_cases/generated")
                    .asInt();
            return new FuzzReport(plan, run.output(), requests, run.exitCode());
        } catch (IOException e) {
            throw new StackException("Schemathesis's report cannot be read: " + e.getMessage(), e);
        }
    }

    /** The ids of things that exist and are the fuzzer's own, by the name of their dictionary. */
    private static Map<String, List<String>> things(PatientClient client) {
        Payer payer = Payer.withDeposit(client, 1_000_000_00);
        Payer other = Payer.withDeposit(client, 1_000_000_00);
        Answer paid = payer.pay(payer.order(123_45, BankBehaviour.SETTLES_AT_ONCE));
        Answer inReview = payer.pay(payer.order(6_000_00, "Newcomer Ltd", BankBehaviour.SETTLES_LATER.iban()));
        Waiting.require(
                "the payment is completed",
                () -> read(client, paid).text("status").equals("completed"));
        Waiting.require(
                "the payment is in review", () -> read(client, inReview).body().hasNonNull("case"));
        Answer refund = client.created("/v1/payments/" + paid.id() + "/refunds", Map.of("amount", 5));
        Answer endpoint = client.created(
                "/v1/webhook-endpoints", Map.of("url", "https://example.com/hooks", "events", List.of("*")));
        String customer = customer(client, payer);
        // It waits for the wallet, which stays open.
        Answer erasure = client.created("/v1/customers/" + customer + "/erasures", Map.of("reason", "to be found"));
        return Map.ofEntries(
                Map.entry("customers", List.of(customer)),
                Map.entry("activations", listed(client, "/v1/customers/" + customer + "/activations")),
                Map.entry("erasures", List.of(erasure.id())),
                Map.entry("wallets", List.of(payer.walletId(), other.walletId())),
                Map.entry("spare-wallets", List.of(Payer.withDeposit(client, 1).walletId())),
                Map.entry("payments", List.of(paid.id(), inReview.id())),
                Map.entry("refunds", List.of(refund.id())),
                Map.entry("cases", List.of(read(client, inReview).text("case"))),
                Map.entry("endpoints", List.of(endpoint.id())),
                Map.entry("deliveries", listed(client, "/v1/webhook-endpoints/" + endpoint.id() + "/deliveries")),
                Map.entry("events", listed(client, "/v1/events")));
    }

    /** The ids of what a list has, as soon as it has any. */
    private static List<String> listed(PatientClient client, String path) {
        Waiting.require(
                path + " has something",
                () -> !client.get(path).body().path("data").isEmpty());
        return client.get(path)
                .body()
                .path("data")
                .valueStream()
                .map(row -> row.path("id").asText())
                .toList();
    }

    private static String customer(PatientClient client, Payer payer) {
        return client.get("/v1/wallets/" + payer.walletId()).text("customer");
    }

    private static Answer read(PatientClient client, Answer payment) {
        return client.get("/v1/payments/" + payment.id());
    }
}
