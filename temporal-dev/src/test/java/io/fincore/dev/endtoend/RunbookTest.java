package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.dev.demo.ApiClient;
import io.fincore.dev.endtoend.PatientClient.Answer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.simulator.KycBehaviour;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.TemporaryStack;
import io.fincore.money.EndToEndId;
import io.fincore.postgres.DatabaseRole;
import io.fincore.workflows.repair.InterventionCause;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedByIdRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each cause for which a saga needs a person is provoked, the commands of its runbook are run as they stand, and all ends well. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunbookTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    /** Three lost calls, with their pauses. */
    private static final Duration BANK_KNOWS_NOTHING_WITHIN = Duration.ofMinutes(4);

    private static final Set<String> ENDS = Set.of("completed", "rejected", "failed", "cancelled");
    private static final long DEPOSIT = 5_000_000;

    private static TemporaryStack temporary;
    private static Stack stack;
    private static People people;
    private static PatientClient client;
    private static PatientClient officer;
    private static Payer payer;

    /** It takes the bank minutes to lose a payment often enough, so that begins first. */
    private static Answer lost;

    private static Answer lostForGood;

    @BeforeAll
    static void start() {
        temporary = new TemporaryStack(Map.of("FINCORE_PAYMENTS_DEADLINE", "10s"), Progress.silent());
        stack = temporary.stack();
        stack.start();
        people = new People(stack);
        client = people.client();
        officer = people.officer();
        payer = Payer.withDeposit(client, DEPOSIT);
        lost = payer.pay(payer.order(1_001, BankBehaviour.LOSES_THREE_REQUESTS));
        lostForGood = payer.pay(payer.order(1_002, BankBehaviour.LOSES_THREE_REQUESTS));
    }

    @AfterAll
    static void allBooksAgree() {
        try {
            Audit audit = new Audit(stack);
            audit.awaitQuiet(SOON);
            assertThat(audit.violationsBesidesOperators()).isEmpty();
        } finally {
            temporary.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void eachCauseHasItsRunbook(InterventionCause cause) {
        assertThat(Runbook.read(cause.runbook()).blocks()).isNotEmpty();
    }

    @Test
    @Order(2)
    void bankOutcomeUnknown() {
        // It takes both on, executes them a moment later, and is gone before anybody asks.
        Answer told = payer.pay(payer.order(2_001, BankBehaviour.NEVER_CALLS_BACK));
        Answer found = payer.pay(payer.order(2_002, BankBehaviour.NEVER_CALLS_BACK));
        Waiting.until(
                SOON,
                () -> BankBook.read(stack).lines().stream()
                                .filter(line -> line.isSettled() && (line.amount() == 2_001 || line.amount() == 2_002))
                                .count()
                        == 2);
        stack.simulator().kill();
        awaitPerson(told, "bank_outcome_unknown");
        awaitPerson(found, "bank_outcome_unknown");

        run("bank-outcome-unknown.md", told, "Look", "If the bank tells you outside the platform");
        assertThat(ended(told)).isEqualTo("completed");
        run("bank-outcome-unknown.md", found, "Look", "Ask the bank again");
        stack.simulator().start();
        stack.simulator().awaitHealthy(SOON);

        assertThat(ended(found)).isEqualTo("completed");
        assertThat(saga(told).at("/interventions/0/requested_by").asText()).isEqualTo("oscar");
        assertThat(saga(told).at("/interventions/0/approved_by").asText()).isEqualTo("sofia");
    }

    @Test
    @Order(3)
    void stepFailed() {
        revoke("settle_hold");
        Answer payment = payer.pay(payer.order(3_001, BankBehaviour.SETTLES_AT_ONCE));
        awaitPerson(payment, "step_failed");

        run("step-failed.md", payment, "Look", "Repair", "Try again now");

        assertThat(ended(payment)).isEqualTo("completed");
    }

    @Test
    @Order(4)
    void compensationFailed() {
        revoke("release_hold");
        Answer payment = payer.pay(payer.order(4_001, BankBehaviour.REJECTS_AT_ONCE_AC04));
        awaitPerson(payment, "compensation_failed");
        JsonNode before = balance();
        JsonNode plan = admin("/v1/admin/sagas/" + payment.id() + "/compensation-plan");
        assertThat(plan.findValuesAsText("undo")).contains("ledger.release");
        assertThat(plan.findValuesAsText("wallet")).containsExactly(payer.walletId());

        run("compensation-failed.md", payment, "Look", "Repair", "Try again now");

        assertThat(ended(payment)).isEqualTo("failed");
        JsonNode after = balance();
        assertThat(after.at("/balance/amount").asLong()
                        - before.at("/balance/amount").asLong())
                .as("posted, as planned")
                .isEqualTo(plan.findValue("posted_change").asLong());
        assertThat(before.at("/available/amount").asLong()
                        - after.at("/available/amount").asLong())
                .as("held, as planned")
                .isEqualTo(plan.findValue("held_change").asLong())
                .isEqualTo(-4_001);
    }

    @Test
    @Order(5)
    void caseLost() {
        Answer opened = caseTerminated("FR1420041010050500013M02606");
        Answer givenUp = caseTerminated("GB29NWBK60161331926819");

        run("case-lost.md", opened, "Look", "Open the case again now");
        run("case-lost.md", givenUp, "Look", "Or reject the payment");

        assertThat(ended(givenUp)).isEqualTo("rejected");
        assertThat(Waiting.until(
                        SOON,
                        () -> client.get("/v1/payments/" + opened.id())
                                .text("status")
                                .equals("in_review")))
                .isTrue();
        people.resolveCase(opened, "approve");
        assertThat(ended(opened)).isEqualTo("completed");
    }

    @Test
    @Order(6)
    void kycReferred() {
        Answer activation =
                people.activation(KycBehaviour.REFERS.customerName()).get();
        awaitPerson(activation, "kyc_referred");

        run("kyc-referred.md", activation, "Look", "Decide");

        assertThat(Waiting.until(
                        SOON,
                        () -> client.get("/v1/wallets/" + activation.text("wallet"))
                                .text("status")
                                .equals("active")))
                .isTrue();
        assertThat(client.get("/v1/customers/" + activation.text("customer")).text("status"))
                .isEqualTo("verified");
    }

    @Test
    @Order(7)
    void bankCallFailed() {
        Answer payment = payer.pay(payer.order(7_001, BankBehaviour.ANSWERS_SLOWLY));
        Waiting.until(SOON, () -> BankBook.read(stack).lines().stream().anyMatch(line -> line.amount() == 7_001));
        stack.simulator().suspend();
        failActivity("payment/" + payment.id());
        awaitPerson(payment, "bank_call_failed");

        run("bank-call-failed.md", payment, "Look", "Ask the bank now");
        stack.simulator().resume();

        assertThat(ended(payment)).isEqualTo("completed");
    }

    @Test
    @Order(8)
    void bankKnowsNothing() {
        assertThat(Waiting.until(
                        BANK_KNOWS_NOTHING_WITHIN,
                        () -> Stream.of(lost, lostForGood)
                                .allMatch(payment ->
                                        saga(payment).path("cause").asText().equals("bank_knows_nothing"))))
                .as("%s", saga(lost))
                .isTrue();

        run("bank-knows-nothing.md", lost, "Look", "Send again now");
        run("bank-knows-nothing.md", lostForGood, "Look", "Or give it up");

        assertThat(ended(lost)).isEqualTo("completed");
        assertThat(ended(lostForGood)).isEqualTo("failed");
    }

    @Test
    @Order(9)
    void inboundDeadLetters() {
        Answer payment = payer.pay(payer.order(9_001, BankBehaviour.SETTLES_AT_ONCE));
        assertThat(ended(payment)).isEqualTo("completed");
        layAside("be_1", payment);
        layAside("be_2", payment);

        run("inbound-dead-letters.md", payment, "Look", "Hand one on again");
        assertThat(Waiting.until(SOON, () -> handedOn(payment) == 1)).isTrue();
        run("inbound-dead-letters.md", payment, "Hand on all of an outage");
        assertThat(Waiting.until(SOON, () -> handedOn(payment) == 2)).isTrue();
    }

    /** A callback of the bank, dead because it came long before its payment. */
    private static void layAside(String eventId, Answer payment) {
        JdbcClient.create(stack.postgres().as(DatabaseRole.OWNER))
                .sql("""
                        INSERT INTO intake.inbound_event
                            (provider, event_id, body, subject_id, correlation_id, request_id, status, outcome, settled_at)
                        VALUES ('bank', ?, convert_to(?, 'UTF8'), ?, 'runbook', 'req_1', 'dead', 'no open workflow', now())
                        """)
                .params(
                        eventId,
                        "{\"type\":\"credit_transfer.status\",\"end_to_end_id\":\"%s\",\"status\":\"ACSC\"}"
                                .formatted(EndToEndId.ofPayment(payment.id()).value()),
                        payment.id())
                .update();
    }

    /** How many were compared with the payment's end. */
    private static long handedOn(Answer payment) {
        return JdbcClient.create(stack.postgres().as(DatabaseRole.OWNER))
                .sql("""
                        SELECT count(*) FROM intake.inbound_event
                         WHERE subject_id = ? AND correlation_id = 'runbook' AND status = 'done'
                           AND outcome LIKE 'the payment had ended completed%'""")
                .param(payment.id())
                .query(Long.class)
                .single();
    }

    private static JsonNode balance() {
        return client.get("/v1/wallets/" + payer.walletId() + "/balance").body();
    }

    private static Answer caseTerminated(String newCreditorIban) {
        Answer payment = people.payToNewcomer(payer, newCreditorIban);
        people.loseCase(payment);
        awaitPerson(payment, "case_lost");
        return payment;
    }

    /** As an operator of Temporal can do by hand. */
    private static void failActivity(String workflowId) {
        try (TemporalPayments temporal = new TemporalPayments(stack.temporal())) {
            var service = temporal.client().getWorkflowServiceStubs().blockingStub();
            String activity = service.describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace("default")
                            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                            .build())
                    .getPendingActivities(0)
                    .getActivityId();
            service.respondActivityTaskFailedById(RespondActivityTaskFailedByIdRequest.newBuilder()
                    .setNamespace("default")
                    .setWorkflowId(workflowId)
                    .setActivityId(activity)
                    .setFailure(Failure.newBuilder()
                            .setMessage("failed by hand")
                            .setApplicationFailureInfo(
                                    ApplicationFailureInfo.newBuilder().setNonRetryable(true)))
                    .build());
        }
    }

    private static void revoke(String function) {
        JdbcClient.create(stack.postgres().as(DatabaseRole.OWNER))
                .sql("REVOKE EXECUTE ON FUNCTION ledger." + function + " FROM fincore_worker")
                .update();
    }

    private static void run(String runbook, Answer subject, String... headings) {
        for (Runbook.Block block : Runbook.read(runbook).under(List.of(headings))) {
            switch (block.language()) {
                case "sql" ->
                    JdbcClient.create(stack.postgres().as(DatabaseRole.OWNER))
                            .sql(block.body())
                            .update();
                case "sh" -> runShell(block.body(), subject.id());
                default -> throw new IllegalStateException("not to be run: " + block);
            }
        }
    }

    private static void runShell(String commands, String saga) {
        Shell.run(
                commands,
                Map.of(
                        "API", stack.api().url(),
                        "SAGA", saga,
                        "TOKEN", token("oscar"),
                        "SECOND", token("sofia")));
    }

    private static String token(String principal) {
        return new ApiClient(stack.api().url(), stack.issuer().tokenEndpoint(), principal, "endtoend").token();
    }

    private static void awaitPerson(Answer subject, String cause) {
        assertThat(Waiting.until(
                        SOON, () -> saga(subject).path("cause").asText().equals(cause)))
                .as("%s", saga(subject))
                .isTrue();
    }

    private static JsonNode saga(Answer subject) {
        return admin("/v1/admin/sagas/" + subject.id());
    }

    private static JsonNode admin(String path) {
        return officer.get(path).body();
    }

    private static String ended(Answer payment) {
        String path = "/v1/payments/" + payment.id();
        assertThat(Waiting.until(SOON, () -> ENDS.contains(client.get(path).text("status"))))
                .as("%s", client.get(path).body())
                .isTrue();
        return client.get(path).text("status");
    }
}
