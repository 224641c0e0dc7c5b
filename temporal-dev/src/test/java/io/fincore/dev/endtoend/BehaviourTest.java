package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.dev.endtoend.PatientClient.Answer;
import io.fincore.dev.endtoend.Payer.Order;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Payments through all processes of the platform; after each test all books agree. */
@ExtendWith(SharedPlatform.class)
class BehaviourTest {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Set<String> ENDS = Set.of("completed", "rejected", "failed", "cancelled");
    private static final String CREDITOR = "ACME GmbH";
    private static final long DEPOSIT = 2_000_000;

    /** From here on the first payment to a creditor is looked at by a person. */
    private static final long NEEDS_REVIEW = 500_000;

    private final Stack stack;
    private final Audit audit;
    private final PatientClient client;
    private final PatientClient officer;
    private Payer payer;

    BehaviourTest(SharedPlatform.Running platform) {
        stack = platform.stack();
        audit = platform.audit();
        client = new PatientClient(stack, "client");
        officer = new PatientClient(stack, "officer");
    }

    @BeforeEach
    void deposit() {
        payer = Payer.withDeposit(client, DEPOSIT);
    }

    @AfterEach
    void allBooksAgree() {
        audit.awaitQuiet(SOON);
        assertThat(audit.violations()).isEmpty();
    }

    @Test
    void eachBehaviourOfTheBankEndsAsDocumented() {
        Map<BankBehaviour, CompletableFuture<Answer>> answers = new TreeMap<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (BankBehaviour behaviour : BankBehaviour.withoutOperator()) {
                Order order = payer.order(amount(behaviour), behaviour);
                answers.put(behaviour, CompletableFuture.supplyAsync(() -> payer.pay(order), clients));
            }
        }

        Map<BankBehaviour, String> statuses = new TreeMap<>();
        Map<BankBehaviour, String> refusals = new TreeMap<>();
        answers.forEach((behaviour, answer) -> {
            Answer ended = ended(answer.join());
            statuses.put(behaviour, ended.text("status"));
            if (ended.body().hasNonNull("failure")) {
                refusals.put(
                        behaviour,
                        failure(ended) + " "
                                + ended.body().at("/failure/detail").asText().substring(0, 4));
            }
        });
        Map<BankBehaviour, String> documented = new TreeMap<>();
        long paid = 0;
        for (BankBehaviour behaviour : BankBehaviour.withoutOperator()) {
            documented.put(behaviour, behaviour.paymentEnds());
            paid += behaviour.paymentEnds().equals("completed") ? amount(behaviour) : 0;
        }
        assertThat(statuses).isEqualTo(documented);
        assertThat(refusals)
                .isEqualTo(Map.of(
                        BankBehaviour.REJECTS_AT_ONCE_AC04, "bank_rejected AC04",
                        BankBehaviour.REJECTS_AT_ONCE_AM04, "bank_rejected AM04",
                        BankBehaviour.REJECTS_AT_ONCE_RR04, "bank_rejected RR04",
                        BankBehaviour.REJECTS_AFTER_ACCEPTING, "bank_rejected AC04"));
        assertWalletHolds(DEPOSIT - paid);
    }

    @Test
    void oneTraceLeadsFromTheClientToTheBank() {
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        Order order = payer.order(1_000, BankBehaviour.SETTLES_LATER);

        Answer ended = ended(payer.pay(order, Map.of("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")));

        assertThat(atTheBank(ended).orElseThrow().traceParent()).startsWith("00-" + traceId + "-");
        assertThat(ended.text("status")).isEqualTo("completed");
    }

    @Test
    void failsWithoutFunds() {
        Payer poor = Payer.withDeposit(client, 999);

        Answer ended = ended(poor.pay(poor.order(1_000, BankBehaviour.SETTLES_AT_ONCE)));

        assertThat(ended.text("status")).isEqualTo("failed");
        assertThat(failure(ended)).isEqualTo("insufficient_funds");
        assertThat(atTheBank(ended)).isEmpty();
    }

    @Test
    void asksNoBankForASanctionedCreditor() {
        Answer ended = ended(payer.pay(payer.order(1_000, "Blocked Person Ltd", BankBehaviour.SETTLES_AT_ONCE.iban())));

        assertThat(ended.text("status")).isEqualTo("rejected");
        assertThat(failure(ended)).isEqualTo("sanctioned_name");
        assertThat(atTheBank(ended)).isEmpty();
        assertWalletHolds(DEPOSIT);
    }

    @Test
    void paysWhatAnOfficerApproves() {
        Answer payment = inReview();
        Answer byCreator = resolve(client, payment, "approve");
        Answer approved = resolve(officer, payment, "approve");
        Answer ended = ended(payment);
        Answer tooLate = resolve(officer, payment, "reject");

        assertThat(byCreator.status()).isEqualTo(403);
        assertThat(byCreator.text("code")).isEqualTo("case_resolver_is_creator");
        assertThat(approved.status()).isEqualTo(202);
        assertThat(ended.text("status")).isEqualTo("completed");
        assertThat(atTheBank(ended).orElseThrow().amount()).isEqualTo(NEEDS_REVIEW);
        assertThat(tooLate.status()).isEqualTo(409);
        assertThat(tooLate.text("code")).isEqualTo("case_already_resolved");
        assertWalletHolds(DEPOSIT - NEEDS_REVIEW);
    }

    @Test
    void givesBackWhatAnOfficerRejects() {
        Answer payment = inReview();
        Answer rejected = resolve(officer, payment, "reject");
        Answer ended = ended(payment);

        assertThat(rejected.status()).isEqualTo(202);
        assertThat(ended.text("status")).isEqualTo("rejected");
        assertThat(atTheBank(ended)).isEmpty();
        assertWalletHolds(DEPOSIT);
    }

    @Test
    void cancelsInReview() {
        Answer payment = inReview();
        Answer cancelled = cancel(payment);
        Answer ended = ended(payment);

        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(ended.text("status")).isEqualTo("cancelled");
        assertThat(atTheBank(ended)).isEmpty();
        assertWalletHolds(DEPOSIT);
    }

    @Test
    void eitherCancelsOrPaysWhenBothAreTriedAtOnce() {
        // Down at first, so that the call to the bank is tried again and again.
        stack.simulator().kill();
        List<Answer> payments = IntStream.range(0, 10)
                .mapToObj(number -> payer.order(1_000 + number, BankBehaviour.SETTLES_AT_ONCE))
                .map(payer::pay)
                .toList();
        List<Answer> cancellations;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            cancellations =
                    payments.stream()
                            .map(payment -> CompletableFuture.supplyAsync(() -> cancel(payment), clients))
                            .toList()
                            .stream()
                            .map(CompletableFuture::join)
                            .toList();
        }
        stack.simulator().start();
        stack.simulator().awaitHealthy(SOON);

        long paid = 0;
        for (int i = 0; i < payments.size(); i++) {
            Answer ended = ended(payments.get(i));
            boolean cancelled = cancellations.get(i).status() == 202;
            assertThat(ended.text("status")).isEqualTo(cancelled ? "cancelled" : "completed");
            assertThat(atTheBank(ended).isEmpty()).isEqualTo(cancelled);
            if (!cancelled) {
                assertThat(cancellations.get(i).text("code")).isEqualTo("payment_processing");
                assertThat(cancel(ended).text("code")).isEqualTo("payment_completed");
                paid += ended.body().path("amount").asLong();
            }
        }
        assertWalletHolds(DEPOSIT - paid);
    }

    private Answer inReview() {
        Answer payment = payer.pay(payer.order(NEEDS_REVIEW, CREDITOR, BankBehaviour.SETTLES_LATER.iban()));
        assertThat(payment.status()).isEqualTo(202);
        assertThat(payment.text("status")).isEqualTo("in_review");
        assertWalletHolds(DEPOSIT, DEPOSIT - NEEDS_REVIEW);
        return payment;
    }

    private Answer resolve(PatientClient resolver, Answer payment, String decision) {
        return resolver.post(
                "/v1/compliance-cases/" + payment.text("case") + "/resolutions",
                Map.of("decision", decision, "note", "looked at in a test"),
                UUID.randomUUID().toString(),
                Map.of());
    }

    private Answer cancel(Answer payment) {
        return client.post(
                "/v1/payments/" + payment.id() + "/cancellations",
                Map.of("reason", "ordered by mistake"),
                UUID.randomUUID().toString(),
                Map.of());
    }

    /** What the payment has become when it has ended. */
    private Answer ended(Answer accepted) {
        assertThat(accepted.status()).isEqualTo(202);
        String path = "/v1/payments/" + accepted.id();
        assertThat(Waiting.until(SOON, () -> ENDS.contains(client.get(path).text("status"))))
                .as("%s is %s", accepted.id(), client.get(path).body())
                .isTrue();
        return client.get(path);
    }

    private Optional<BankBook.Line> atTheBank(Answer payment) {
        return BankBook.read(stack).lines().stream()
                .filter(line -> line.endToEndId().equals(payment.text("end_to_end_id")))
                .findFirst();
    }

    private static String failure(Answer payment) {
        return payment.body().at("/failure/code").asText();
    }

    private void assertWalletHolds(long balance) {
        assertWalletHolds(balance, balance);
    }

    private void assertWalletHolds(long balance, long available) {
        Answer answer = client.get("/v1/wallets/" + payer.walletId() + "/balance");
        assertThat(answer.body().at("/balance/amount").asLong()).isEqualTo(balance);
        assertThat(answer.body().at("/available/amount").asLong()).isEqualTo(available);
    }

    private static long amount(BankBehaviour behaviour) {
        // Another amount for each, so that a mix-up cannot balance: the IBANs count through in their last digits.
        return 1_000
                + Long.parseLong(behaviour.iban().substring(behaviour.iban().length() - 3));
    }
}
