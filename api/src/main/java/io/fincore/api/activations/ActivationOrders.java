package io.fincore.api.activations;

import io.fincore.api.customers.OwnCustomers;
import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.Claim;
import io.fincore.api.orders.Orders;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.security.Caller;
import io.fincore.api.settings.FincoreProperties;
import io.fincore.api.temporal.WorkflowStart;
import io.fincore.api.wallets.OwnWallets;
import io.fincore.money.IdType;
import io.fincore.workflows.activation.AccountActivationWorkflow;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.activation.ActivationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Account activations, as orders. */
@Component
class ActivationOrders implements Orders<ActivationDocument, StoredActivation, ActivationStatus> {

    private final OwnCustomers customers;
    private final OwnWallets wallets;
    private final OneAtATime oneAtATime;
    private final ActivationReader activations;
    private final Answers answers;
    private final Duration deadline;

    ActivationOrders(
            OwnCustomers customers,
            OwnWallets wallets,
            OneAtATime oneAtATime,
            ActivationReader activations,
            Answers answers,
            FincoreProperties properties) {
        this.customers = customers;
        this.wallets = wallets;
        this.oneAtATime = oneAtATime;
        this.activations = activations;
        this.answers = answers;
        this.deadline = properties.activations().deadline();
    }

    /**
     * In the caller's transaction.
     *
     * @throws ProblemException if the wallet is not the customer's, does not wait for its activation, or has one under way
     */
    ActivationDocument checked(Caller caller, String customerId, ActivationRequest request) {
        customers.requirePresent(caller, customerId);
        wallets.requirePending(caller, request.wallet(), customerId);
        oneAtATime.require(request.wallet());
        return ActivationDocument.of(request, customerId);
    }

    @Override
    public IdType idType() {
        return IdType.ACTIVATION;
    }

    @Override
    public Class<ActivationDocument> documentType() {
        return ActivationDocument.class;
    }

    @Override
    public WorkflowStart<ActivationStatus> workflow(Claim.Won claim, ActivationDocument document) {
        ActivationOrder order = new ActivationOrder(
                claim.resourceId(),
                document.customer(),
                document.wallet(),
                claim.call().caller().tenant(),
                claim.call().caller().principal(),
                document.metadata(),
                claim.correlationId(),
                claim.claimedAt(),
                Instant.now().plus(deadline));
        return new WorkflowStart<>(
                AccountActivationWorkflow.WORKFLOW_TYPE,
                AccountActivationWorkflow.workflowId(order.activationId()),
                order.activationId(),
                order,
                ActivationStatus.class,
                document.wallet() + " of " + document.customer());
    }

    @Override
    public boolean isWritten(String id) {
        return activations.isWritten(id);
    }

    @Override
    public Optional<StoredActivation> find(Caller caller, String id) {
        return activations.find(caller, id);
    }

    @Override
    public Answer answer(StoredActivation activation) {
        return answers.json(
                HttpStatus.ACCEPTED,
                ActivationController.path(activation.body().customer()) + "/" + activation.id(),
                activation.body());
    }
}
