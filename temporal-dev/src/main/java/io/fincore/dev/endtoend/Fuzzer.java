package io.fincore.dev.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.dev.demo.ApiClient;
import io.fincore.dev.endtoend.PatientClient.Answer;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Has {@link Schemathesis} look for answers that are not as the API's description says, with things of its own to find. */
final class Fuzzer {

    private static final String PRINCIPAL = "fuzzer";
    private static final String TENANT = "endtoend";
    private static final String REPORT = "report.json";

    private final Stack stack;
    private final Schemathesis schemathesis;

    Fuzzer(Stack stack, Progress progress) {
        this.stack = stack;
        this.schemathesis = new Schemathesis(progress);
    }

    FuzzReport fuzz(FuzzPlan plan) {
        try {
            Path folder = Files.createTempDirectory("fincore-fuzz");
            Schemathesis.Run run = schemathesis.run(
                    folder,
                    things(),
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

    /** What its configuration names: things that exist and are its own. */
    private Map<String, String> things() {
        PatientClient client = new PatientClient(stack, PRINCIPAL);
        Payer payer = Payer.withDeposit(client, 1_000_000_00);
        Answer paid = payer.pay(payer.order(123_45, BankBehaviour.SETTLES_AT_ONCE));
        Answer inReview = payer.pay(payer.order(6_000_00, "Newcomer Ltd", BankBehaviour.SETTLES_LATER.iban()));
        Waiting.require(
                "the payment is completed",
                () -> read(client, paid).text("status").equals("completed"));
        Waiting.require(
                "the payment is in review", () -> read(client, inReview).body().hasNonNull("case"));
        Answer refund = client.created("/v1/payments/" + paid.id() + "/refunds", Map.of("amount", 5));
        Map<String, String> things = new HashMap<>();
        things.put("FINCORE_URL", stack.api().url());
        things.put(
                "FINCORE_TOKEN",
                new ApiClient(stack.api().url(), stack.issuer().tokenEndpoint(), PRINCIPAL, TENANT).token());
        things.put("FINCORE_WALLET", payer.walletId());
        things.put(
                "FINCORE_OTHER_WALLET", Payer.withDeposit(client, 1_000_000_00).walletId());
        things.put("FINCORE_SPARE_WALLET", Payer.withDeposit(client, 1).walletId());
        things.put(
                "FINCORE_CUSTOMER",
                client.get("/v1/wallets/" + payer.walletId()).text("customer"));
        things.put("FINCORE_PAYMENT", paid.id());
        things.put("FINCORE_PAYMENT_IN_REVIEW", inReview.id());
        things.put("FINCORE_REFUND", refund.id());
        things.put("FINCORE_CASE", read(client, inReview).text("case"));
        things.put("FINCORE_IBAN", BankBehaviour.SETTLES_AT_ONCE.iban());
        return things;
    }

    private static Answer read(PatientClient client, Answer payment) {
        return client.get("/v1/payments/" + payment.id());
    }
}
