package io.fincore.dev.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.dev.endtoend.PatientClient.Answer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.stack.Stack;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client, a compliance officer and two operators, each with a token of their own and as patient as can be. */
final class People {

    static final long DEPOSIT = 10_000_00;

    /** What an unknown creditor gets only after a person has looked at it. */
    private static final long NEEDS_REVIEW = 5_000_00;

    private static final long AMOUNT = 12_50;
    private static final Set<String> PAYMENT_ENDS = Set.of("completed", "rejected", "failed", "cancelled");
    private static final Set<String> REFUND_ENDS = Set.of("completed", "failed");

    private final Stack stack;
    private final PatientClient client;
    private final PatientClient officer;
    private final PatientClient operator;
    private final PatientClient secondOperator;

    People(Stack stack) {
        this.stack = stack;
        this.client = new PatientClient(stack, "client");
        this.officer = new PatientClient(stack, "officer");
        this.operator = new PatientClient(stack, "oscar");
        this.secondOperator = new PatientClient(stack, "sofia");
    }

    PatientClient client() {
        return client;
    }

    PatientClient officer() {
        return officer;
    }

    PatientClient operator() {
        return operator;
    }

    Payer payer() {
        return Payer.withDeposit(client, DEPOSIT);
    }

    /** Orders a payment. */
    Answer pay(Payer payer, String creditorName, String creditorIban) {
        return payer.pay(payer.order(AMOUNT, creditorName, creditorIban)).orThrow("a payment");
    }

    /** Orders a payment that waits for an officer. */
    Answer payToNewcomer(Payer payer, String creditorIban) {
        return payer.pay(payer.order(NEEDS_REVIEW, "Newcomer Ltd", creditorIban))
                .orThrow("a payment");
    }

    /**
     * Asks for a refund, under a key that makes it one however often it is repeated.
     *
     * @param amount null for the remainder
     */
    Answer refund(Answer payment, @Nullable Long amount, String key) {
        Map<String, Object> body = new HashMap<>();
        body.put("reason", "returned goods");
        if (amount != null) {
            body.put("amount", amount);
        }
        return client.post("/v1/payments/" + payment.id() + "/refunds", body, key, Map.of());
    }

    /** Asks for the activation of a new wallet of a new customer, whose name tells the KYC provider what to do. */
    Supplier<Answer> activation(String customerName) {
        Answer customer =
                client.created("/v1/customers", Map.of("name", customerName, "email", "somebody@example.com"));
        Answer wallet = client.created("/v1/wallets", Map.of("customer", customer.id(), "currency", "EUR"));
        return () -> client.created("/v1/customers/" + customer.id() + "/activations", Map.of("wallet", wallet.id()));
    }

    void cancel(Answer payment) {
        client.created("/v1/payments/" + payment.id() + "/cancellations", Map.of("reason", "ordered twice"));
    }

    /** @param decision {@code approve} or {@code reject} */
    void resolveCase(Answer payment, String decision) {
        officer.created(
                "/v1/compliance-cases/" + caseOf(payment) + "/resolutions",
                Map.of("decision", decision, "note", "looked at"));
    }

    /** Closes the case as nobody should: from outside, without a verdict. */
    void loseCase(Answer payment) {
        String workflowId = "case/" + caseOf(payment);
        try (TemporalPayments temporal = new TemporalPayments(stack.temporal())) {
            WorkflowStub theCase = temporal.client().newUntypedWorkflowStub(workflowId);
            Waiting.require(workflowId + " is terminated", () -> isTerminated(theCase));
        }
    }

    /** A case is on record a moment before its workflow runs. */
    private static boolean isTerminated(WorkflowStub theCase) {
        try {
            theCase.terminate("by mistake");
            return true;
        } catch (WorkflowNotFoundException notYet) {
            return false;
        }
    }

    private String caseOf(Answer payment) {
        String path = "/v1/payments/" + payment.id();
        Waiting.require(path + " has a case", () -> client.get(path).body().hasNonNull("case"));
        return client.get(path).text("case");
    }

    /** Waits until the saga needs a person; returns its record. */
    JsonNode called(Answer subject, String cause) {
        String path = "/v1/admin/sagas/" + subject.id();
        Waiting.require(
                path + " waits because of " + cause,
                () -> operator.get(path).text("cause").equals(cause));
        return operator.get(path).body();
    }

    void intervene(Answer subject, Map<String, ?> intervention) {
        operator.created("/v1/admin/sagas/" + subject.id() + "/interventions", intervention);
    }

    /** Orders what takes a second person, who agrees. */
    void interveneTogether(Answer subject, Map<String, ?> intervention) {
        String path = "/v1/admin/sagas/" + subject.id() + "/interventions";
        Answer requested = operator.created(path, intervention);
        secondOperator.created(path + "/" + requested.id() + "/approvals", Map.of());
    }

    String paymentEnd(Answer payment) {
        return client.end("/v1/payments/" + payment.id(), PAYMENT_ENDS);
    }

    String refundEnd(Answer refund) {
        return client.end("/v1/refunds/" + refund.id(), REFUND_ENDS);
    }

    String activationEnd(Answer activation) {
        return Payer.activationEnd(client, activation);
    }
}
