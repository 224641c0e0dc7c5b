package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import io.fincore.workflows.erasure.ErasureWorkflow;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A person asks to be forgotten. */
class ErasuresTest {

    private static final String REASON = "{\"reason\":\"her letter of May\"}";

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final JdbcClient database =
            JdbcClient.create(api.platform().database.asSuperuser());

    @Test
    void erasesTheCustomerAndWhatIntakeKeepsOfThem() {
        String key = IdType.REQUEST.next();
        String order = "{\"name\":\"Grace Hopper\",\"email\":\"grace@example.com\"}";
        String customer = ada.post("/v1/customers", order, "Idempotency-Key", key)
                .json()
                .path("id")
                .asText();

        Reply reply = ada.order("/v1/customers/" + customer + "/erasures", REASON);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("Location")).startsWith("/v1/customers/" + customer + "/erasures/era_");
        JsonNode erasure = awaitStatus(reply.header("Location"), "completed");
        assertThat(erasure.path("object").asText()).isEqualTo("erasure");
        assertThat(erasure.path("customer").asText()).isEqualTo(customer);
        assertThat(erasure.path("requested_by").asText()).isEqualTo(ada.principal());
        assertThat(erasure.path("reason").asText()).isEqualTo("her letter of May");
        assertThat(erasure.path("obstacles")).isEmpty();
        assertThat(erasure.path("ended_at").asText()).endsWith("Z");
        assertThat(Duration.between(
                        Instant.parse(erasure.path("created_at").asText()),
                        Instant.parse(erasure.path("deadline").asText())))
                .isBetween(Duration.ofDays(29), Duration.ofDays(30));
        JsonNode read = ada.get("/v1/customers/" + customer).json();
        assertThat(read.path("status").asText()).isEqualTo("erased");
        assertThat(read.path("name").asText()).isEqualTo("erased");
        assertThat(read.path("email").asText()).isEqualTo("erased-" + customer + "@invalid");
        assertThat(ada.post("/v1/customers", order, "Idempotency-Key", key).code())
                .as("the stored answer is gone with the person")
                .isEqualTo("idempotency_key_reused");
        assertThat(database.sql("SELECT count(*) FROM intake.idempotency_key WHERE convert_from(body, 'UTF8') LIKE ?")
                        .param("%" + customer + "%Grace%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void whatTheKycProviderWroteOfThePersonGoesWithThem() {
        String customer = ada.newCustomer();
        String other = ada.newCustomer();
        String theirs = checked(customer);
        String ofAnother = checked(other);

        awaitStatus(ada.order("/v1/customers/" + customer + "/erasures", REASON).header("Location"), "completed");

        assertThat(callback(theirs)).isEqualTo("{}");
        assertThat(callback(ofAnother)).contains("forged passport");
    }

    /** An activation that has ended, with what the provider called back of it; the id of the activation. */
    private String checked(String customer) {
        String activation = IdType.ACTIVATION.next();
        database.sql("""
                INSERT INTO payments.account_activation
                    (id, tenant, principal, customer_id, wallet_id, status, metadata, correlation_id, ordered_at, deadline)
                VALUES (?, ?, ?, ?, 'wal_x', 'completed', '{}', 'test', now(), now())""")
                .params(activation, ada.tenant(), ada.principal(), customer)
                .update();
        database.sql("""
                INSERT INTO intake.inbound_event
                    (provider, event_id, body, subject_id, correlation_id, request_id, status, outcome, settled_at)
                VALUES ('kyc', ?, convert_to('{"reason":"forged passport"}', 'UTF8'), ?, 'test', ?, 'done', 'signalled', now())""").params(activation, activation, IdType.REQUEST.next()).update();
        return activation;
    }

    @Test
    void whatTheKycProviderWritesAfterwardsGoesToo() {
        String customer = ada.newCustomer();
        String theirs = checked(customer);
        String ofAnother = checked(ada.newCustomer());
        awaitStatus(ada.order("/v1/customers/" + customer + "/erasures", REASON).header("Location"), "completed");
        String contradicts = "contradicts-" + theirs;
        String unclear = "unclear-" + theirs;
        String elsewhere = "contradicts-" + ofAnother;

        InboundTest.kycCallback(api, contradicts, InboundTest.checked(theirs, "rejected"));
        InboundTest.kycCallback(api, unclear, InboundTest.checked(theirs, "a forger"));
        InboundTest.kycCallback(api, elsewhere, InboundTest.checked(ofAnother, "rejected"));

        assertThat(settled(contradicts)).isEqualTo("done contradicts the activation's end completed {}");
        assertThat(settled(unclear)).isEqualTo("dead the customer is erased {}");
        assertThat(settled(elsewhere)).startsWith("done contradicts the activation's end completed {\"event_id\"");

        User oscar = new User(api, ada.tenant(), "oscar-" + IdType.REQUEST.next(), "admin");
        String path = "/v1/admin/inbound-events/"
                + database.sql("SELECT id FROM intake.inbound_event WHERE event_id = ?")
                        .param(unclear)
                        .query(String.class)
                        .single();
        Reply replayed = oscar.post(path + "/replays", "{\"reason\":\"the status is known now\"}");

        assertThat(replayed.status()).isEqualTo(202);
        assertThat(settled(unclear)).isEqualTo("dead the customer is erased {}");
        assertThat(oscar.get(path).text()).doesNotContain("forger");
    }

    @Test
    void whatOfItWasNotUnderstoodGoesWithThemToo() {
        String customer = ada.newCustomer();
        String theirs = checked(customer);
        String unclear = "unclear-" + theirs;
        InboundTest.kycCallback(api, unclear, InboundTest.checked(theirs, "a forger"));
        assertThat(settled(unclear)).startsWith("dead not understood: unknown status {\"event_id\"");

        awaitStatus(ada.order("/v1/customers/" + customer + "/erasures", REASON).header("Location"), "completed");

        assertThat(settled(unclear)).isEqualTo("dead the customer is erased {}");
    }

    /** Status, outcome and body of a callback that has been dealt with. */
    private String settled(String eventId) {
        return Awaitility.await()
                .until(
                        () -> database.sql("SELECT concat_ws(' ', status, outcome, convert_from(body, 'UTF8'))"
                                        + " FROM intake.inbound_event WHERE event_id = ?")
                                .param(eventId)
                                .query(String.class)
                                .single(),
                        row -> !row.startsWith("pending"));
    }

    private String callback(String activation) {
        return database.sql("SELECT convert_from(body, 'UTF8') FROM intake.inbound_event WHERE subject_id = ?")
                .param(activation)
                .query(String.class)
                .single();
    }

    @Test
    void nothingIsBegunForAnErasedCustomer() {
        String customer = ada.newCustomer();
        Reply reply = ada.order("/v1/customers/" + customer + "/erasures", REASON);
        awaitStatus(reply.header("Location"), "completed");

        Reply wallet = ada.post("/v1/wallets", "{\"customer\":\"%s\",\"currency\":\"EUR\"}".formatted(customer));
        Reply again = ada.order("/v1/customers/" + customer + "/erasures", REASON);

        assertThat(wallet.status()).isEqualTo(409);
        assertThat(wallet.code()).isEqualTo("customer_erased");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("customer_erased");
        assertThat(ada.post(reply.header("Location") + "/cancellations", "").code())
                .isEqualTo("customer_erased");
    }

    @Test
    void tellsWhatIsInTheWayAndCanBeTakenBack() {
        String customer = ada.newCustomer();
        String wallet = ada.newPendingWallet(customer, "EUR");
        String path =
                ada.order("/v1/customers/" + customer + "/erasures", REASON).header("Location");
        Awaitility.await().until(() -> ada.get(path).json().path("obstacles").size() == 1);

        JsonNode obstacle = ada.get(path).json().path("obstacles").path(0);
        Reply second = ada.order("/v1/customers/" + customer + "/erasures", REASON);
        Reply cancelled = ada.post(path + "/cancellations", "");

        assertThat(obstacle.toString())
                .isEqualTo("{\"kind\":\"wallet\",\"id\":\"%s\",\"status\":\"pending_activation\"}".formatted(wallet));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("erasure_in_progress");
        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(202);
        assertThat(cancelled.json().path("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.json().path("cancelled_by").asText()).isEqualTo(ada.principal());
        assertThat(ada.get("/v1/customers/" + customer).json().path("name").asText())
                .isEqualTo("Ada Lovelace");
        assertThat(ada.order("/v1/customers/" + customer + "/erasures", REASON).status())
                .as("another request")
                .isEqualTo(202);
    }

    @Test
    void isNotTakenBackByABodyThatItDoesNotKnow() {
        String path = waits(ada.newCustomer());

        Reply broken = ada.post(path + "/cancellations", "{\"reason\"");
        Reply unknown = ada.post(path + "/cancellations", "{\"reason\":\"a mistake\"}");
        String before = ada.get(path).json().path("status").asText();
        Reply empty = ada.post(path + "/cancellations", "{}");

        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.code()).isEqualTo("malformed_request");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo("/reason");
        assertThat(before).isEqualTo("pending");
        assertThat(empty.json().path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void isTakenBackThoughItsWorkflowIsGone() {
        String path = waits(ada.newCustomer());
        terminate(path);

        Reply cancelled = ada.post(path + "/cancellations", "");

        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(202);
        assertThat(cancelled.json().path("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.json().path("cancelled_by").asText()).isEqualTo(ada.principal());
    }

    @Test
    void requestedAnewItGoesOnWithItsFirstDeadlineThoughItsWorkflowIsGone() {
        String customer = ada.newCustomer();
        String path = waits(customer);
        JsonNode before = ada.get(path).json();
        terminate(path);
        closeWallets(customer);

        Reply again = ada.order("/v1/customers/" + customer + "/erasures", "{\"reason\":\"asks again\"}");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("erasure_in_progress");
        JsonNode erased = awaitStatus(path, "completed");
        assertThat(erased.path("deadline")).isEqualTo(before.path("deadline"));
        assertThat(erased.path("reason").asText()).isEqualTo("her letter of May");
        assertThat(ada.get("/v1/customers/" + customer).json().path("name").asText())
                .isEqualTo("erased");
        assertThat(rows(customer)).isOne();
    }

    @Test
    void requestedAnewItGoesOnThoughItsWorkflowWasGoneBeforeItsFirstStep() {
        String customer = ada.newCustomer();
        String path = goneBeforeItsFirstStep(customer);
        assertThat(ada.get(path).json().path("status").asText()).isEqualTo("pending");

        Reply again = ada.order("/v1/customers/" + customer + "/erasures", REASON);

        assertThat(again.code()).isEqualTo("erasure_in_progress");
        awaitStatus(path, "completed");
        assertThat(rows(customer)).isOne();
    }

    @Test
    void isTakenBackThoughItsWorkflowWasGoneBeforeItsFirstStep() {
        String customer = ada.newCustomer();
        ada.newPendingWallet(customer, "EUR");
        String path = goneBeforeItsFirstStep(customer);

        Reply cancelled = ada.post(path + "/cancellations", "");

        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(202);
        assertThat(cancelled.json().path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void requestedAnewWhileItsWorkflowRunsNothingIsStarted() {
        String customer = ada.newCustomer();
        String path = waits(customer);
        String run = run(path);

        assertThat(ada.order("/v1/customers/" + customer + "/erasures", REASON).code())
                .isEqualTo("erasure_in_progress");

        assertThat(run(path)).isEqualTo(run);
    }

    /** Requested for a customer with an open wallet; its path. */
    private String waits(String customer) {
        ada.newPendingWallet(customer, "EUR");
        String path = requested(ada, customer);
        Awaitility.await().until(() -> ada.get(path).json().path("obstacles").size() == 1);
        return path;
    }

    /** As if a worker had never come to it: the row that the first step wrote is taken away again. */
    private String goneBeforeItsFirstStep(String customer) {
        String wallet = ada.newPendingWallet(customer, "USD");
        String path = requested(ada, customer);
        Awaitility.await().until(() -> ada.get(path).json().path("obstacles").size() > 0);
        terminate(path);
        database.sql("DELETE FROM payments.erasure WHERE id = ?")
                .param(id(path))
                .update();
        database.sql("UPDATE ledger.wallet SET status = 'closed' WHERE id = ?")
                .param(wallet)
                .update();
        return path;
    }

    private void closeWallets(String customer) {
        database.sql("UPDATE ledger.wallet SET status = 'closed' WHERE customer_id = ?")
                .param(customer)
                .update();
    }

    private void terminate(String path) {
        workflow(path).terminate("by mistake, in the Web UI");
    }

    private String run(String path) {
        return workflow(path).describe().getExecution().getRunId();
    }

    private WorkflowStub workflow(String path) {
        return api.platform().temporal().client().newUntypedWorkflowStub(ErasureWorkflow.workflowId(id(path)));
    }

    private int rows(String customer) {
        return database.sql("SELECT count(*) FROM payments.erasure WHERE customer_id = ?")
                .param(customer)
                .query(Integer.class)
                .single();
    }

    @Test
    void isForTheCustomersOwnClientAndNeedsKeyAndReason() {
        String customer = ada.newCustomer();
        User eve = api.user("eve");
        String path = "/v1/customers/" + customer + "/erasures";

        assertThat(eve.order(path, REASON).code()).isEqualTo("customer_not_found");
        assertThat(ada.post(path, REASON).code()).isEqualTo("idempotency_key_missing");
        assertThat(ada.order(path, "{}").code()).isEqualTo("invalid_request");
        assertThat(ada.get(path + "/" + IdType.ERASURE.next()).code()).isEqualTo("erasure_not_found");
        assertThat(ada.withScopes("payments:write").order(path, REASON).status())
                .isEqualTo(403);
    }

    @Test
    void ofOrdersAtTheSameTimeOneIsTaken() throws Exception {
        String customer = ada.newCustomer();
        ada.newPendingWallet(customer, "EUR");

        List<Reply> replies = Api.atOnce(8, () -> ada.order("/v1/customers/" + customer + "/erasures", REASON));

        assertThat(replies.stream().map(Reply::status).sorted())
                .containsExactly(202, 409, 409, 409, 409, 409, 409, 409);
        assertThat(replies.stream().filter(reply -> reply.status() == 409).map(Reply::code))
                .containsOnly("erasure_in_progress");
        assertThat(database.sql("SELECT count(*) FROM intake.idempotency_key WHERE document ->> 'customer' = ?")
                        .param(customer)
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void operatorsSeeTheTenantsNewestFirstWithWhatTheyWaitFor() {
        String tenant = "tenant-" + IdType.REQUEST.next();
        User client = new User(api, tenant, "ada", Api.ALL_SCOPES);
        User oscar = new User(api, tenant, "oscar", "admin");
        String done = requested(client, client.newCustomer());
        awaitStatus(client, done, "completed");
        String customer = client.newCustomer();
        String wallet = client.newPendingWallet(customer, "EUR");
        String waits = requested(client, customer);
        Awaitility.await()
                .until(() -> client.get(waits).json().path("obstacles").size() == 1);
        String late = client.newCustomer();
        client.newPendingWallet(late, "EUR");
        String overdue = requested(client, late);
        Awaitility.await()
                .until(() -> client.get(overdue).json().path("obstacles").size() == 1);
        database.sql(
                        "UPDATE payments.erasure SET status = 'overdue', deadline = now() - interval '1 hour' WHERE customer_id = ?")
                .param(late)
                .update();

        JsonNode row = oscar.get("/v1/admin/erasures?status=pending")
                .json()
                .path("data")
                .path(0);

        assertThat(ids(oscar, "")).containsExactly(id(overdue), id(waits), id(done));
        assertThat(row.path("id").asText()).isEqualTo(id(waits));
        assertThat(row.path("customer").asText()).isEqualTo(customer);
        assertThat(row.path("requested_by").asText()).isEqualTo("ada");
        assertThat(row.path("reason").asText()).isEqualTo("her letter of May");
        assertThat(row.path("deadline").asText())
                .isEqualTo(client.get(waits).json().path("deadline").asText());
        assertThat(row.path("obstacles").path(0).path("id").asText()).isEqualTo(wallet);
        assertThat(ids(oscar, "?limit=1")).containsExactly(id(overdue));
        assertThat(ids(oscar, "?limit=1&starting_after=" + id(overdue))).containsExactly(id(waits));
        assertThat(ids(oscar, "?limit=1&ending_before=" + id(done))).containsExactly(id(waits));
        assertThat(ids(oscar, "?status=completed")).containsExactly(id(done));
        assertThat(ids(oscar, "?status=overdue&customer=" + late)).containsExactly(id(overdue));
        assertThat(ids(oscar, "?customer=" + customer)).containsExactly(id(waits));
        assertThat(ids(oscar, "?deadline[lt]=" + Instant.now())).containsExactly(id(overdue));
        assertThat(ids(oscar, "?deadline[gte]=" + Instant.now())).containsExactly(id(waits), id(done));
        assertThat(new User(api, "elsewhere", "oscar", "admin")
                        .get("/v1/admin/erasures?customer=" + customer)
                        .json()
                        .path("data"))
                .isEmpty();
        assertThat(client.withScopes("customers:write")
                        .get("/v1/admin/erasures")
                        .status())
                .isEqualTo(403);
        for (String wrong :
                List.of("?status=open", "?customer=null", "?deadline[lt]=soon", "?tenant=" + tenant, "?limit=0")) {
            assertThat(oscar.get("/v1/admin/erasures" + wrong).code()).as(wrong).isEqualTo("invalid_parameter");
        }
    }

    @Test
    void openOnesAreMeasuredAndWhoseTimeIsUpByTheClock() {
        String customer = ada.newCustomer();
        ada.newPendingWallet(customer, "EUR");
        String path = requested(ada, customer);
        Awaitility.await().until(() -> ada.get(path).json().path("obstacles").size() == 1);
        double before = api.metric("fincore_erasures_depth{status=\"overdue\"}");
        double pending = api.metric("fincore_erasures_depth{status=\"pending\"}");

        // As if its workflow were gone: nobody has written down that it is overdue.
        int changed = database.sql(
                        "UPDATE payments.erasure SET ordered_at = now() - interval '31 days', deadline = now() - interval '1 day' WHERE customer_id = ?")
                .param(customer)
                .update();

        assertThat(changed).isOne();
        assertThat(pending).isPositive();
        assertThat(api.metric("fincore_erasures_depth{status=\"overdue\"}")).isGreaterThan(before);
        assertThat(api.metric("fincore_erasures_oldest_age_seconds")).isGreaterThan(31 * 86_400 - 1);
        assertThat(ada.post(path + "/cancellations", "").status()).isEqualTo(202);
        assertThat(api.metric("fincore_erasures_oldest_age_seconds")).isLessThan(31 * 86_400 - 1);
    }

    private static String requested(User client, String customer) {
        return client.order("/v1/customers/" + customer + "/erasures", REASON).header("Location");
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static List<String> ids(User operator, String query) {
        return operator.get("/v1/admin/erasures" + query)
                .json()
                .path("data")
                .valueStream()
                .map(erasure -> erasure.path("id").asText())
                .toList();
    }

    private JsonNode awaitStatus(String path, String status) {
        return awaitStatus(ada, path, status);
    }

    private static JsonNode awaitStatus(User client, String path, String status) {
        return Awaitility.await()
                .until(
                        () -> client.get(path).json(),
                        erasure -> erasure.path("status").asText().equals(status));
    }
}
