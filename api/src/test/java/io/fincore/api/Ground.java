package io.fincore.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import io.fincore.outbox.DeliveryQueue;
import io.fincore.outbox.EventDispatcher;
import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.postgres.DatabaseRole;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A tenant of its own, in which ada owns what each operation is tried on, and oscar operates. */
record Ground(Api api, String tenant) {

    static Ground fresh(Api api) {
        return new Ground(api, "tenant-" + IdType.REQUEST.next());
    }

    static final String ENDPOINT = "{\"url\":\"https://example.com\",\"events\":[\"*\"]}";

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
        api.platform().startCase(tenant, id);
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

    /** What cannot be handed on is laid aside at once. */
    String deadCallback() {
        String eventId = "be_" + IdType.REQUEST.next();
        InboundTest.callback(api, eventId, "not json");
        JdbcClient database = JdbcClient.create(api.platform().database.asSuperuser());
        Awaitility.await()
                .until(
                        () -> database.sql("SELECT status FROM intake.inbound_event WHERE event_id = ?")
                                .param(eventId)
                                .query(String.class)
                                .single(),
                        "dead"::equals);
        return "/v1/admin/inbound-events/"
                + database.sql("SELECT id FROM intake.inbound_event WHERE event_id = ?")
                        .param(eventId)
                        .query(String.class)
                        .single();
    }

    /** A customer whose wallet is in the way of an erasure. */
    String pendingCustomer() {
        String customer = customer();
        ada().newPendingWallet(customer, "EUR");
        return customer;
    }

    /** The path of an erasure that waits. */
    String erasure() {
        String path = "/v1/customers/" + pendingCustomer() + "/erasures";
        return path + "/" + id(ada().order(path, "{\"reason\":\"asked\"}"));
    }

    /** One that its worker has written down. */
    void writtenErasure() {
        String path = erasure();
        Awaitility.await()
                .until(
                        () -> JdbcClient.create(api.platform().database.asSuperuser())
                                .sql("SELECT count(*) FROM payments.erasure WHERE id = ?")
                                .param(path.substring(path.lastIndexOf('/') + 1))
                                .query(Integer.class)
                                .single(),
                        written -> written == 1);
    }

    /** The id of what happened to a payment. */
    String event() {
        String id = new Outbox(api.platform().database.as(DatabaseRole.WORKER))
                .append(new NewEvent(
                        tenant,
                        "ada",
                        "payment.completed",
                        IdType.PAYMENT.next(),
                        Contract.data("payment.completed").toString()));
        dispatch();
        return id;
    }

    /** The path of an endpoint. */
    String endpoint() {
        return "/v1/webhook-endpoints/" + id(ada().order("/v1/webhook-endpoints", ENDPOINT));
    }

    /** The path of a delivery that waits. */
    String delivery() {
        String endpoint = endpoint();
        event();
        return endpoint + "/deliveries/"
                + ada().get(endpoint + "/deliveries").json().at("/data/0/id").asText();
    }

    /** As the worker does. */
    private void dispatch() {
        DeliveryQueue queue = new DeliveryQueue(api.platform().database.as(DatabaseRole.WORKER));
        EventDispatcher dispatcher =
                new EventDispatcher(api.platform().database.as(DatabaseRole.WORKER), queue::add, "webhooks", 1_000);
        while (dispatcher.dispatchOnce() > 0) {
            // There may be more.
        }
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
