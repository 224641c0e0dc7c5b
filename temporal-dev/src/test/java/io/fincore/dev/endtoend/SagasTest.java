package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.dev.endtoend.PatientClient.Answer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.simulator.KycBehaviour;
import io.fincore.dev.simulator.ReturnBehaviour;
import io.fincore.dev.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Refunds, activations and the record of all sagas, through all processes of the platform; after each test all books agree. */
@ExtendWith(SharedPlatform.class)
class SagasTest {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Set<String> REFUND_ENDS = Set.of("completed", "failed");
    private static final Set<String> ACTIVATION_RESTS = Set.of("completed", "failed", "rejected", "in_review");
    private static final long DEPOSIT = 1_000_000;

    private final Stack stack;
    private final Audit audit;
    private final People people;
    private final PatientClient client;
    private final PatientClient operator;

    SagasTest(SharedPlatform.Running platform) {
        stack = platform.stack();
        audit = platform.audit();
        people = new People(stack);
        client = people.client();
        operator = people.operator();
    }

    @AfterEach
    void allBooksAgree() {
        audit.awaitQuiet(SOON);
        assertThat(audit.violations()).isEmpty();
    }

    @Test
    void fiftyRefundsAtOnceNeverTakeMoreThanThePayment() {
        Payer payer = Payer.withDeposit(client, DEPOSIT);
        Answer payment = paid(payer, 100_00, BankBehaviour.SETTLES_AT_ONCE.iban());

        List<Answer> answers;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = IntStream.range(0, 50)
                    .mapToObj(number -> CompletableFuture.supplyAsync(
                            () -> people.refund(payment, 3_00L, "part-" + number + "-" + payment.id()), clients))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }

        // One that is refused only after its client was told to wait fails with the same code.
        Map<String, Long> outcomes = new TreeMap<>();
        answers.forEach(answer -> outcomes.merge(
                answer.status() == 202
                        ? refunded(answer).text("status")
                                + refunded(answer).body().at("/failure/code").asText()
                        : answer.status() + answer.text("code"),
                1L,
                Long::sum));
        assertThat(outcomes.remove("completed")).isEqualTo(33L);
        assertThat(outcomes.keySet()).isSubsetOf("409refund_exceeds_remainder", "failedrefund_exceeds_remainder");
        Answer partly = client.get("/v1/payments/" + payment.id());
        assertThat(partly.text("status")).isEqualTo("partially_refunded");
        assertThat(partly.body().path("refunded_amount").asLong()).isEqualTo(99_00);

        Answer remainder = people.refund(payment, null, "remainder-" + payment.id());
        assertThat(people.refund(payment, null, "remainder-" + payment.id()).id())
                .as("the same key")
                .isEqualTo(remainder.id());
        assertThat(refunded(remainder).body().path("amount").asLong()).isEqualTo(1_00);
        Answer nothingLeft = people.refund(payment, null, "nothing-left-" + payment.id());
        assertThat(nothingLeft.status()).isEqualTo(409);
        assertThat(client.get("/v1/payments/" + payment.id()).text("status")).isEqualTo("refunded");
        assertThat(balance(payer)).isEqualTo(DEPOSIT);
    }

    @Test
    void eachBehaviourOfTheBankEndsARefundAsDocumented() {
        Payer payer = Payer.withDeposit(client, DEPOSIT);
        Map<ReturnBehaviour, Answer> refunds = new TreeMap<>();
        for (ReturnBehaviour behaviour : ReturnBehaviour.values()) {
            Answer payment = paid(payer, 10_00, behaviour.iban());
            refunds.put(
                    behaviour, people.refund(payment, 4_00L, UUID.randomUUID().toString()));
        }

        Map<ReturnBehaviour, String> ends = new TreeMap<>();
        Map<ReturnBehaviour, String> documented = new TreeMap<>();
        refunds.forEach((behaviour, refund) -> {
            Answer ended = refunded(refund);
            ends.put(behaviour, ended.text("status"));
            assertThat(ended.body().at("/failure/code").asText())
                    .as(behaviour.name())
                    .isEqualTo(behaviour.refundEnds().equals("failed") ? "bank_rejected" : "");
            documented.put(behaviour, behaviour.refundEnds());
        });
        assertThat(ends).isEqualTo(documented);
    }

    @Test
    void refundsOnlyWhatWasPaid() {
        Payer payer = Payer.withDeposit(client, DEPOSIT);
        Answer failed = payer.pay(payer.order(10_00, BankBehaviour.REJECTS_AT_ONCE_AC04));
        Waiting.until(
                SOON,
                () -> client.get("/v1/payments/" + failed.id()).text("status").equals("failed"));

        Answer refused = people.refund(failed, null, UUID.randomUUID().toString());

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("payment_failed");
        assertThat(client.get("/v1/payments/" + failed.id() + "/refunds").body().path("data"))
                .isEmpty();
    }

    @Test
    void eachBehaviourOfTheKycProviderEndsAnActivationAsDocumented() {
        Map<KycBehaviour, Answer> activations = new TreeMap<>();
        for (KycBehaviour behaviour : KycBehaviour.values()) {
            // One that is always down keeps the activation waiting for days.
            if (behaviour != KycBehaviour.DOWN) {
                activations.put(
                        behaviour, people.activation(behaviour.customerName()).get());
            }
        }

        activations.forEach((behaviour, activation) -> {
            String rests = resting(activation).text("status");
            switch (behaviour.checkEnds()) {
                case "approved" -> assertThat(rests).as(behaviour.name()).isEqualTo("completed");
                case "rejected" -> assertThat(rests).as(behaviour.name()).isEqualTo("rejected");
                case "referred" -> {
                    assertThat(rests).as(behaviour.name()).isEqualTo("in_review");
                    Answer ordered = operator.post(
                            "/v1/admin/sagas/" + activation.id() + "/interventions",
                            Map.of("action", "resolve", "resolution", "approved", "reason", "passport seen"),
                            UUID.randomUUID().toString(),
                            Map.of());
                    assertThat(ordered.status()).as("%s", ordered.body()).isEqualTo(202);
                    assertThat(Waiting.until(
                                    SOON, () -> read(activation).text("status").equals("completed")))
                            .isTrue();
                }
                default -> throw new IllegalStateException(behaviour.checkEnds());
            }
        });
    }

    @Test
    void movesNothingThroughAWalletThatIsNotActive() {
        Answer rejected =
                resting(people.activation(KycBehaviour.REJECTS.customerName()).get());
        String wallet = rejected.text("wallet");

        Answer deposit = client.post(
                "/v1/wallets/" + wallet + "/deposits",
                Map.of("amount", 1, "currency", "EUR"),
                UUID.randomUUID().toString(),
                Map.of());
        Answer payment = client.post(
                "/v1/payments",
                new Payer.Order("", wallet, 1, "ACME GmbH", BankBehaviour.SETTLES_AT_ONCE.iban()).body(),
                UUID.randomUUID().toString(),
                Map.of());

        assertThat(List.of(deposit.status(), payment.status())).containsOnly(409);
        assertThat(client.get("/v1/customers/" + rejected.text("customer")).text("status"))
                .isEqualTo("rejected");
        Answer again = client.post(
                "/v1/customers/" + rejected.text("customer") + "/activations",
                Map.of("wallet", wallet),
                UUID.randomUUID().toString(),
                Map.of());
        assertThat(again.status()).as("a rejected customer can try again").isEqualTo(202);
        resting(again);
    }

    @Test
    void everySagaOnRecordIsWhatItsHistorySays() {
        Payer payer = Payer.withDeposit(client, DEPOSIT);
        Answer payment = paid(payer, 10_00, BankBehaviour.CALLS_BACK_TWICE.iban());
        refunded(people.refund(payment, 4_00L, UUID.randomUUID().toString()));
        payer.pay(payer.order(5_000_00, "Somebody New Ltd", BankBehaviour.SETTLES_AT_ONCE.iban()));
        String theCase = operator.get("/v1/compliance-cases?status=open&limit=1")
                .body()
                .at("/data/0/id")
                .asText();
        operator.post(
                "/v1/compliance-cases/" + theCase + "/resolutions",
                Map.of("decision", "reject", "note", "looked at in a test"),
                UUID.randomUUID().toString(),
                Map.of());
        audit.awaitQuiet(SOON);

        Map<String, JsonNode> onRecord = new TreeMap<>();
        Map<String, SortedMap<String, JsonNode>> inHistories = new TreeMap<>();
        Set<String> types = new TreeSet<>();
        try (TemporalPayments temporal = new TemporalPayments(stack.temporal())) {
            for (JsonNode listed :
                    operator.get("/v1/admin/sagas?limit=100").body().path("data")) {
                JsonNode saga = operator.get(
                                "/v1/admin/sagas/" + listed.path("id").asText())
                        .body();
                types.add(saga.path("type").asText());
                onRecord.put(saga.path("workflow_id").asText(), saga);
                RecordedSteps.collect(
                        temporal.history(saga.path("workflow_id").asText()).getHistory(), inHistories);
            }
        }
        onRecord.forEach((workflowId, saga) -> {
            SortedMap<String, JsonNode> inHistory = inHistories.getOrDefault(workflowId, new TreeMap<>());
            assertThat(RecordedSteps.comparable(saga, inHistory)).as(workflowId).isEqualTo(inHistory);
        });
        assertThat(types).containsExactly("account_activation", "compliance_case", "payment", "refund");
    }

    private Answer paid(Payer payer, long amount, String iban) {
        Answer payment = payer.pay(payer.order(amount, "ACME GmbH", iban));
        assertThat(Waiting.until(
                        SOON,
                        () -> client.get("/v1/payments/" + payment.id())
                                .text("status")
                                .equals("completed")))
                .as("%s", payment.body())
                .isTrue();
        return payment;
    }

    /** What the refund has become when it has ended. */
    private Answer refunded(Answer accepted) {
        assertThat(accepted.status()).as("%s", accepted.body()).isEqualTo(202);
        String path = "/v1/refunds/" + accepted.id();
        assertThat(Waiting.until(
                        SOON, () -> REFUND_ENDS.contains(client.get(path).text("status"))))
                .as("%s", client.get(path).body())
                .isTrue();
        return client.get(path);
    }

    private Answer resting(Answer activation) {
        assertThat(Waiting.until(
                        SOON, () -> ACTIVATION_RESTS.contains(read(activation).text("status"))))
                .as("%s", read(activation).body())
                .isTrue();
        return read(activation);
    }

    private Answer read(Answer activation) {
        return client.get("/v1/customers/" + activation.text("customer") + "/activations/" + activation.id());
    }

    private long balance(Payer payer) {
        return client.get("/v1/wallets/" + payer.walletId() + "/balance")
                .body()
                .at("/balance/amount")
                .asLong();
    }
}
