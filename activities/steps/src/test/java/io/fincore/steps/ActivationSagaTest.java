package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fincore.ledger.Wallet;
import io.fincore.providers.KycAnswer;
import io.fincore.workflows.activation.AccountActivationWorkflow;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.InterventionStatus;
import io.fincore.workflows.repair.Resolution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.LoggerFactory;

@Execution(ExecutionMode.CONCURRENT)
class ActivationSagaTest {

    private static final KycAnswer PENDING = new KycAnswer.Pending("KYC-1");
    private static final KycAnswer REJECTED = new KycAnswer.Rejected("KYC-1", "on a list");
    private static final KycAnswer REFERRED = new KycAnswer.Referred("KYC-1", "two people of this name");
    private static final io.fincore.workflows.activation.KycAnswer APPROVED_LATER =
            new io.fincore.workflows.activation.KycAnswer.Approved("KYC-1");
    private static final io.fincore.workflows.activation.KycAnswer REJECTED_LATER =
            new io.fincore.workflows.activation.KycAnswer.Rejected("KYC-1", "on a list");

    private final PaymentSaga saga = new PaymentSaga();
    private final Activations activations = new Activations(saga);
    private final Operators operators = new Operators(saga);
    private final Wallet wallet = activations.wallet();
    private final ActivationOrder order = activations.order(wallet);

    @AfterEach
    void close() {
        saga.close();
    }

    @Test
    void activatesTheWalletOfACustomerWhoPasses() {
        assertThat(activations.accept(order)).isEqualTo(ActivationStatus.PENDING);

        assertThat(activations.end(order)).isEqualTo(ActivationStatus.COMPLETED);
        assertEnded("completed", "verified", "active");
        assertThat(saga.events(order.activationId())).containsExactly("activation.created", "activation.completed");
        assertThat(saga.kyc.received).hasSize(1);
    }

    @Test
    void letsARejectedCustomerTryAgain() {
        saga.kyc.answers.add(REJECTED);
        assertThat(activations.run(order)).isEqualTo(ActivationStatus.REJECTED);
        assertEnded("rejected kyc_rejected", "rejected", "pending_activation");
        assertThat(saga.events(order.activationId())).containsExactly("activation.created", "activation.rejected");

        ActivationOrder again = activations.order(wallet);
        assertThat(activations.run(again)).isEqualTo(ActivationStatus.COMPLETED);

        assertThat(activations.status(again)).isEqualTo("completed");
        assertEnded("rejected kyc_rejected", "verified", "active");
    }

    @Test
    void waitsForOurOwnPeopleWhenTheProviderRefers() {
        saga.kyc.answers.add(REFERRED);
        awaitReferral();
        assertThat(activations.status(order)).isEqualTo("in_review");
        assertThat(activations.walletStatus(wallet)).isEqualTo("pending_activation");

        assertThat(operators.intervene(workflowId(), Operators.order(InterventionAction.RESOLVE, Resolution.APPROVED)))
                .as("no money moves, so one person is enough")
                .isEqualTo(InterventionStatus.TAKEN);

        assertThat(activations.end(order)).isEqualTo(ActivationStatus.COMPLETED);
        assertEnded("completed", "verified", "active");
        assertThat(saga.events(order.activationId()))
                .containsExactly(
                        "activation.created",
                        "activation.in_review",
                        "saga.requires_manual_intervention",
                        "activation.completed");
        assertThat(operators.interventions(workflowId())).containsExactly("resolve done");
    }

    @Test
    void tellsTheProvidersReasonToPeopleOnly() {
        String reason = "reads like " + order.activationId() + " at the border";
        saga.kyc.answers.add(new KycAnswer.Referred("KYC-7", reason));
        List<String> lines = linesWhile(this::awaitReferral);

        String alert = saga.jdbc
                .sql("SELECT payload::text FROM outbox.event"
                        + " WHERE subject_id = ? AND type = 'saga.requires_manual_intervention'")
                .param(order.activationId())
                .query(String.class)
                .single();
        String detail = saga.jdbc
                .sql("SELECT cause_detail FROM saga.saga WHERE subject_id = ?")
                .param(order.activationId())
                .query(String.class)
                .single();
        assertThat(alert).contains("the KYC provider refers its check KYC-7").doesNotContain(reason);
        assertThat(detail).isEqualTo("the KYC provider refers its check KYC-7");
        assertThat(lines)
                .anyMatch(line -> line.contains(order.activationId()) && line.contains("KYC-7"))
                .noneMatch(line -> line.contains(reason));
        assertThat(activations.workflow(order).state().waitingFor()).contains(reason);
        assertThat(saga.jdbc
                        .sql("SELECT review_reason FROM payments.account_activation WHERE id = ?")
                        .param(order.activationId())
                        .query(String.class)
                        .single())
                .isEqualTo(reason);
    }

    private static List<String> linesWhile(Runnable action) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        try {
            action.run();
        } finally {
            root.detachAppender(log);
            log.stop();
        }
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void rejectsWhomOurOwnPeopleReject() {
        saga.kyc.answers.add(REFERRED);
        awaitReferral();

        operators.intervene(workflowId(), Operators.order(InterventionAction.RESOLVE, Resolution.REJECTED));

        assertThat(activations.end(order)).isEqualTo(ActivationStatus.REJECTED);
        assertEnded("rejected kyc_rejected", "rejected", "pending_activation");
    }

    @Test
    void takesTheProvidersDecisionThatComesAfterItHasReferred() {
        saga.kyc.answers.add(REFERRED);
        saga.kyc.inquiryAnswers.add(new KycAnswer.Rejected("KYC-1", "on a list"));
        awaitReferral();

        operators.intervene(workflowId(), Operators.order(InterventionAction.FORCE_INQUIRY));

        assertThat(activations.end(order)).isEqualTo(ActivationStatus.REJECTED);
        assertEnded("rejected kyc_rejected", "rejected", "pending_activation");
    }

    @Test
    void takesTheCallbackOfAProviderThatDecidesLater() {
        saga.kyc.answers.add(PENDING);
        saga.kyc.inquiryAnswers.add(PENDING);
        activations.accept(order);

        activations.callback(order, "event-1", APPROVED_LATER);

        assertThat(activations.end(order)).isEqualTo(ActivationStatus.COMPLETED);
        assertEnded("completed", "verified", "active");
    }

    @Test
    void takesTheFirstOfTwoCallbacks() {
        saga.kyc.answers.add(PENDING);
        activations.accept(order);

        activations.callback(order, "event-1", APPROVED_LATER);
        activations.callback(order, "event-1", APPROVED_LATER);
        activations.callback(order, "event-2", REJECTED_LATER);

        assertThat(activations.end(order)).isEqualTo(ActivationStatus.COMPLETED);
        assertEnded("completed", "verified", "active");
    }

    @Test
    void asksAProviderThatNeverCallsBack() {
        saga.kyc.answers.add(PENDING);
        saga.kyc.inquiryAnswers.add(PENDING);
        saga.kyc.inquiryAnswers.add(new KycAnswer.Unavailable("503", null));

        assertThat(activations.run(order)).isEqualTo(ActivationStatus.COMPLETED);

        assertEnded("completed", "verified", "active");
        assertThat(saga.kyc.received).hasSize(1);
    }

    @Test
    void asksForTheCheckAgainWhenTheProviderKnowsNothingOfIt() {
        saga.kyc.answers.add(PENDING);
        saga.kyc.inquiryAnswers.add(new KycAnswer.NotKnown());

        assertThat(activations.run(order)).isEqualTo(ActivationStatus.COMPLETED);

        assertThat(saga.kyc.received).as("the same check").hasSize(2).containsOnly(saga.kyc.received.getFirst());
    }

    @Test
    void failsWhenNothingIsDecidedBeforeTheDeadline() {
        saga.kyc.answers.add(PENDING);
        for (int i = 0; i < 20; i++) {
            saga.kyc.inquiryAnswers.add(PENDING);
        }
        ActivationOrder hasty = activations.order(wallet, Duration.ofMinutes(10));

        assertThat(activations.run(hasty)).isEqualTo(ActivationStatus.FAILED);

        assertThat(activations.status(hasty)).isEqualTo("failed kyc_not_decided");
        assertThat(activations.customerStatus(wallet)).isEqualTo("unverified");
        assertThat(activations.walletStatus(wallet)).isEqualTo("pending_activation");
    }

    @Test
    void failsWhenTheProviderIsAwayUntilTheDeadline() {
        for (int i = 0; i < 100; i++) {
            saga.kyc.answers.add(new KycAnswer.Unavailable("circuit open", null));
        }
        ActivationOrder hasty = activations.order(wallet, Duration.ofMinutes(10));

        assertThat(activations.run(hasty)).isEqualTo(ActivationStatus.FAILED);

        assertThat(activations.status(hasty)).isEqualTo("failed kyc_unavailable");
        assertThat(activations.customerStatus(wallet)).isEqualTo("unverified");
    }

    @Test
    void restoresTheCustomerWhenTheWalletCannotBeActivated() {
        activations.freeze(wallet);

        assertThat(activations.run(order)).isEqualTo(ActivationStatus.FAILED);

        assertEnded("failed wallet_not_activated", "unverified", "frozen");
    }

    @Test
    void restoresARejectedCustomerAsRejected() {
        saga.kyc.answers.add(REJECTED);
        activations.run(order);
        activations.freeze(wallet);

        ActivationOrder again = activations.order(wallet);
        assertThat(activations.run(again)).isEqualTo(ActivationStatus.FAILED);

        assertThat(activations.customerStatus(wallet)).isEqualTo("rejected");
    }

    @Test
    void leavesACustomerVerifiedWhoseSecondWalletCannotBeActivated() {
        activations.run(order);
        Wallet second = activations.wallet(wallet.customerId(), "JPY");
        activations.freeze(second);
        ActivationOrder other = activations.order(second);

        assertThat(activations.run(other)).isEqualTo(ActivationStatus.FAILED);

        assertThat(activations.status(other)).isEqualTo("failed wallet_not_activated");
        assertThat(activations.walletStatus(second)).isEqualTo("frozen");
        assertEnded("completed", "verified", "active");
    }

    @Test
    void leavesACustomerVerifiedWhoDoesNotPassTheCheckForASecondWallet() {
        activations.run(order);
        Wallet second = activations.wallet(wallet.customerId(), "JPY");
        saga.kyc.answers.add(REJECTED);
        ActivationOrder other = activations.order(second);

        assertThat(activations.run(other)).isEqualTo(ActivationStatus.REJECTED);

        assertThat(activations.walletStatus(second)).isEqualTo("pending_activation");
        assertEnded("completed", "verified", "active");
    }

    private void awaitReferral() {
        activations.start(order);
        operators.awaitCall(workflowId());
        assertThat(operators.cause(workflowId())).isEqualTo(InterventionCause.KYC_REFERRED);
    }

    private void assertEnded(String activation, String customer, String walletStatus) {
        assertThat(activations.status(order)).isEqualTo(activation);
        assertThat(activations.customerStatus(wallet)).as("customer").isEqualTo(customer);
        assertThat(activations.walletStatus(wallet)).as("wallet").isEqualTo(walletStatus);
        assertThat(saga.jdbc
                        .sql("SELECT status FROM saga.saga WHERE subject_id = :id")
                        .param("id", order.activationId())
                        .query(String.class)
                        .single())
                .isEqualTo(activation.equals("completed") ? "SUCCEEDED" : "FAILED");
    }

    private String workflowId() {
        return AccountActivationWorkflow.workflowId(order.activationId());
    }
}
