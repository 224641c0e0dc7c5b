package io.fincore.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.compliance.CaseOrder;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import org.awaitility.Awaitility;

/** A tenant of its own, in which ada owns what each operation is tried on, and oscar operates. */
record Ground(Api api, String tenant) {

    static Ground fresh(Api api) {
        return new Ground(api, "tenant-" + IdType.REQUEST.next());
    }

    User ada() {
        return person("ada");
    }

    User person(String name) {
        return new User(api, tenant, name, Api.ALL_SCOPES);
    }

    String customer() {
        return ada().newCustomer();
    }

    String wallet() {
        return ada().newWallet("EUR", 100_000);
    }

    String emptyWallet() {
        return ada().newWallet("EUR", 0);
    }

    String frozenWallet() {
        String wallet = emptyWallet();
        ada().post("/v1/wallets/" + wallet + "/freeze", "{\"reason\":\"lost\"}");
        return wallet;
    }

    /** @param creditor tells what becomes of it: see {@link FakePaymentWorkflow} */
    String payment(String creditor) {
        return id(ada().order("/v1/payments", Api.paymentBody(wallet(), 1250, creditor)));
    }

    String refund() {
        return id(ada().order("/v1/payments/" + payment("Settled") + "/refunds", "{\"amount\":1}"));
    }

    /** The path of a customer whose wallet waits, and the order that activates it. */
    String[] pending() {
        String customer = customer();
        String wallet = ada().newPendingWallet(customer, "EUR");
        return new String[] {
            "/v1/customers/" + customer + "/activations",
            "{\"wallet\":\"" + wallet + "\",\"metadata\":{\"check\":\"later\"}}"
        };
    }

    String activations() {
        String[] pending = pending();
        id(ada().order(pending[0], pending[1]));
        return pending[0];
    }

    String activation() {
        String[] pending = pending();
        return pending[0] + "/" + id(ada().order(pending[0], pending[1]));
    }

    String openCase() {
        String id = ada().get("/v1/payments/" + payment("Reviewed"))
                .json()
                .path("case")
                .asText();
        ComplianceCaseWorkflow workflow = api.platform()
                .temporal()
                .client()
                .newWorkflowStub(
                        ComplianceCaseWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(ComplianceCaseWorkflow.workflowId(id))
                                .setTaskQueue(TaskQueues.PAYMENTS)
                                .build());
        WorkflowClient.start(
                workflow::run, new CaseOrder(id, IdType.PAYMENT.next(), tenant, "ada", List.of("x"), null));
        return "/v1/compliance-cases/" + id;
    }

    /** The path of a saga that waits for an operator. */
    String stuck() {
        String path = "/v1/admin/sagas/" + payment("Stuck");
        Awaitility.await()
                .until(
                        () -> person("oscar").get(path).json().path("status").asText(),
                        "REQUIRES_MANUAL_INTERVENTION"::equals);
        return path;
    }

    String intervention() {
        String path = stuck() + "/interventions";
        return path + "/"
                + id(person("oscar")
                        .order(path, "{\"action\":\"resolve\",\"resolution\":\"executed\",\"reason\":\"seen\"}"));
    }

    String bookCheck() {
        return "/v1/admin/book-checks/" + id(person("oscar").order("/v1/admin/book-checks", "{}"));
    }

    private static String id(Reply reply) {
        JsonNode id = reply.json().path("id");
        if (id.isMissingNode()) {
            throw new IllegalStateException(reply.toString());
        }
        return id.asText();
    }
}
