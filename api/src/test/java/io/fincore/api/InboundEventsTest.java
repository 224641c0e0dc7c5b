package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.audit.AuditLog;
import io.fincore.money.IdType;
import io.fincore.postgres.DatabaseRole;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Operators find what was laid aside, and have it handed on again. */
class InboundEventsTest {

    private static final String PATH = "/v1/admin/inbound-events";
    private static final String REPLAYS = "/v1/admin/inbound-replays";
    private static final String REASON = "{\"reason\":\"the payment is there now\"}";

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final User oscar = new User(api, "acme", "oscar-" + IdType.REQUEST.next(), "admin");
    private final JdbcClient database =
            JdbcClient.create(api.platform().database.asSuperuser());
    private final String eventId = "be_" + IdType.REQUEST.next();
    private final String paymentId = IdType.PAYMENT.next();

    @Test
    void showsWhatACallbackSaysInCodesAndNoTextOfAPerson() {
        String check = IdType.ACTIVATION.next();
        InboundTest.kycCallback(api, eventId, InboundTest.checked(check, "rejected"));
        dead(eventId);

        Reply read = oscar.get(PATH + "/" + id(eventId));
        Reply listed = oscar.get(PATH + "?provider=kyc&status=dead&limit=1");

        JsonNode event = read.json();
        assertThat(event.path("object").asText()).isEqualTo("inbound_event");
        assertThat(event.path("provider").asText()).isEqualTo("kyc");
        assertThat(event.path("event_id").asText()).isEqualTo(eventId);
        assertThat(event.path("subject").asText()).isEqualTo(check);
        assertThat(event.path("status").asText()).isEqualTo("dead");
        assertThat(event.path("outcome").asText()).isEqualTo("there is no open workflow of activation " + check);
        assertThat(event.path("attempts").asInt()).isPositive();
        assertThat(event.path("request_id").asText()).startsWith("req_");
        assertThat(event.path("correlation_id").asText()).startsWith("req_");
        assertThat(event.path("received_at").asText()).endsWith("Z");
        assertThat(event.path("settled_at").asText()).endsWith("Z");
        assertThat(event.path("next_attempt_at").isNull()).isTrue();
        assertThat(event.path("content").path("type").asText()).isEqualTo("kyc.check");
        assertThat(event.path("content").path("check_id").asText()).isEqualTo(check);
        assertThat(event.path("content").path("status").asText()).isEqualTo("rejected");
        assertThat(event.path("content").path("reference").asText()).isEqualTo("K-1");
        assertThat(event.path("content").path("sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(event.path("replays")).isEmpty();
        assertThat(read.text() + listed.text()).doesNotContain("forged passport");
        JsonNode row = listed.json().path("data").path(0);
        assertThat(row.path("id").asText()).isEqualTo(id(eventId));
        assertThat(row.path("content").isNull()).isTrue();
    }

    @Test
    void readsWhatMakesNoSenseToo() {
        InboundTest.callback(api, eventId, "not json");
        awaitStatus(eventId, "dead");

        JsonNode event = oscar.get(PATH + "/" + id(eventId)).json();

        assertThat(event.path("subject").isNull()).isTrue();
        assertThat(event.path("outcome").asText()).isEqualTo("not understood: not JSON");
        assertThat(event.path("content").path("bytes").asInt()).isEqualTo(8);
        assertThat(event.path("content").path("type").isNull()).isTrue();
    }

    @Test
    void listsPageByPageWithItsFilters() {
        List<String> ids = List.of(laidAside("1"), laidAside("2"), laidAside("3"));
        String since = oscar.get(PATH + "/" + ids.getFirst())
                .json()
                .path("received_at")
                .asText();
        String filter = "?provider=bank&received[gte]=" + since;

        assertThat(ids(filter + "&limit=100"))
                .as("the time of the first is inclusive, and ids sort by time")
                .containsSubsequence(ids.reversed());
        assertThat(ids(filter + "&limit=1&ending_before=" + ids.get(1))).containsExactly(ids.get(2));
        assertThat(ids(filter + "&limit=100&starting_after=" + ids.get(1)))
                .contains(ids.getFirst())
                .doesNotContain(ids.get(1), ids.get(2));
        assertThat(ids("?received[lt]=" + since + "&limit=100")).doesNotContainAnyElementsOf(ids);
        assertThat(ids("?provider=kyc&limit=100")).doesNotContainAnyElementsOf(ids);
        assertThat(ids("?status=done&limit=100")).doesNotContainAnyElementsOf(ids);
    }

    @Test
    void aReplayedEventReachesTheWorkflowThatStartedTooLate() {
        String id = laidAside("");
        PaymentWorkflow workflow = api.platform()
                .temporal()
                .client()
                .newWorkflowStub(
                        PaymentWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(PaymentWorkflow.workflowId(paymentId))
                                .setTaskQueue(TaskQueues.PAYMENTS)
                                .build());
        WorkflowClient.start(workflow::run, InboundTest.order(ada, paymentId));

        Reply replayed = oscar.post(PATH + "/" + id + "/replays", REASON);

        assertThat(replayed.status()).isEqualTo(202);
        assertThat(replayed.header("Location")).isEqualTo(PATH + "/" + id);
        assertThat(replayed.json().path("status").asText()).isEqualTo("pending");
        awaitStatus(eventId, "done");
        Awaitility.await()
                .until(
                        () -> ada.get("/v1/payments/" + paymentId)
                                .json()
                                .path("status")
                                .asText(),
                        "completed"::equals);
        JsonNode event = oscar.get(PATH + "/" + id).json();
        assertThat(event.path("outcome").asText()).isEqualTo("signalled");
        JsonNode replay = event.path("replays").path(0);
        assertThat(event.path("replays")).hasSize(1);
        assertThat(replay.path("requested_by").asText()).isEqualTo(oscar.principal());
        assertThat(replay.path("reason").asText()).isEqualTo("the payment is there now");
        assertThat(replay.path("attempts").asInt()).isPositive();
        assertThat(replay.path("outcome").asText()).isEqualTo("there is no open workflow of payment " + paymentId);
        assertThat(replay.path("dead_since").asText()).endsWith("Z");
    }

    @Test
    void whoReplaysIsAudited() {
        String id = laidAside("");

        oscar.post(PATH + "/" + id + "/replays", REASON);

        AuditLog log = new AuditLog(api.platform().database.as(DatabaseRole.WORKER));
        log.seal(10_000);
        JsonNode entry = oscar.get("/v1/admin/audit-entries?object=inbound_event&object_id=" + id)
                .json()
                .path("data")
                .path(0);
        assertThat(entry.path("action").asText()).isEqualTo("inbound_event.replayed");
        assertThat(entry.path("origin").path("actor").asText()).isEqualTo(oscar.principal());
        assertThat(entry.path("after").path("requested_by").asText()).isEqualTo(oscar.principal());
        assertThat(entry.path("after").path("reason_sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(entry.toString()).doesNotContain("the payment is there now");
    }

    @Test
    void aReplayThatFailsAgainIsTriedWithFreshPatienceAndKeepsItsHistory() {
        String id = laidAside("");

        oscar.post(PATH + "/" + id + "/replays", REASON);

        // Had it no fresh patience, its first failure would lay it aside.
        Awaitility.await()
                .until(
                        () -> oscar.get(PATH + "/" + id).json(),
                        event -> event.path("attempts").asInt() > 0
                                && event.path("status").asText().equals("pending"));
        dead(eventId);
        assertThat(oscar.post(PATH + "/" + id + "/replays", REASON).status()).isEqualTo(202);
        assertThat(oscar.get(PATH + "/" + id).json().path("replays")).hasSize(2);
    }

    @Test
    void onlyADeadOneIsReplayed() {
        String id = laidAside("");
        assertThat(oscar.post(PATH + "/" + id + "/replays", REASON).status()).isEqualTo(202);
        Reply pending = oscar.post(PATH + "/" + id + "/replays", REASON);
        String done = doneEvent();
        Reply over = oscar.order(PATH + "/" + done + "/replays", REASON);

        assertThat(pending.status()).isEqualTo(409);
        assertThat(pending.code()).isEqualTo("inbound_event_pending");
        assertThat(over.status()).isEqualTo(409);
        assertThat(over.code()).isEqualTo("inbound_event_done");
        assertThat(oscar.get(PATH + "/" + id).json().path("replays")).hasSize(1);
        assertThat(oscar.get(PATH + "/" + done).json().path("replays")).isEmpty();
    }

    @Test
    void repeatedUnderItsKeyAReplayIsOne() {
        String id = laidAside("");

        Reply first = oscar.post(PATH + "/" + id + "/replays", REASON, "Idempotency-Key", eventId);
        Reply second = oscar.post(PATH + "/" + id + "/replays", REASON, "Idempotency-Key", eventId);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(oscar.get(PATH + "/" + id).json().path("replays")).hasSize(1);
    }

    @Test
    void afterAnOutageAllOfATimeAreReplayedAtOnce() {
        String before = laidAside("before");
        String first = laidAside("1");
        String second = laidAside("2");
        String after = laidAside("after");
        String order = """
                {"provider":"bank","received_from":"%s","received_to":"%s","reason":"the deploy is undone"}""".formatted(receivedAt(first), receivedAt(after));

        Reply kyc = oscar.post(REPLAYS, order.replace("\"bank\"", "\"kyc\""));
        Reply reply = oscar.post(REPLAYS, order);
        Reply again = oscar.post(REPLAYS, order);

        assertThat(kyc.text()).isEqualTo("{\"object\":\"inbound_replays\",\"replayed\":0,\"has_more\":false}");
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("replayed").asInt()).isEqualTo(2);
        assertThat(again.json().path("replayed").asInt()).isZero();
        assertThat(List.of(replays(before), replays(first), replays(second), replays(after)))
                .containsExactly(0, 1, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?status=open", "?provider=nobody", "?received[gte]=yesterday", "?subject=pay_1", "?limit=0"})
    void refusesAFilterThatMakesNoSense(String query) {
        Reply reply = oscar.get(PATH + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_parameter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/admin/inbound-replays | {\"provider\":\"bank\",\"reason\":\"x\"} | /received_from",
                "/v1/admin/inbound-replays | {\"provider\":\"post\",\"received_from\":\"2026-11-21T10:00:00Z\",\"reason\":\"x\"} | /provider",
                "/v1/admin/inbound-replays | {\"provider\":\"bank\",\"received_from\":\"2026-11-21T10:00:00Z\"} | /reason",
                "/v1/admin/inbound-events/inb_06ey1h5j0s7c3bqk2m9z4t8wxa/replays | {} | /reason"
            })
    void wantsAReasonAndATimeForAReplay(String path, String body, String pointer) {
        Reply reply = oscar.post(path, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("errors").path(0).path("pointer").asText()).isEqualTo(pointer);
    }

    @Test
    void isForOperatorsAndForWhatIsThere() {
        assertThat(ada.withScopes("payments:read payments:write cases:write")
                        .get(PATH)
                        .status())
                .isEqualTo(403);
        assertThat(oscar.get(PATH + "/" + IdType.INBOUND_EVENT.next()).code()).isEqualTo("inbound_event_not_found");
        assertThat(oscar.post(PATH + "/be_1/replays", REASON).code()).isEqualTo("inbound_event_not_found");
    }

    @Test
    void isMeasured() {
        laidAside("");

        String metrics = api.send(api.management("/actuator/prometheus").GET()).text();

        assertThat(metrics)
                .containsPattern("fincore_inbound_depth\\{[^}]*provider=\"bank\"[^}]*status=\"dead\"[^}]*} [1-9]")
                .containsPattern("fincore_inbound_depth\\{[^}]*provider=\"kyc\"[^}]*status=\"pending\"")
                .containsPattern("fincore_inbound_oldest_age_seconds\\{[^}]*provider=\"bank\"")
                .containsPattern("fincore_inbound_retries_total\\{[^}]*provider=\"bank\"[^}]*} [1-9]");
    }

    /** A callback for a payment that nobody knows, dead; its id. */
    private String laidAside(String suffix) {
        InboundTest.callback(api, eventId + suffix, InboundTest.body(paymentId, "ACSC", null));
        dead(eventId + suffix);
        return id(eventId + suffix);
    }

    private String doneEvent() {
        String payment = ada.order("/v1/payments", Api.paymentBody(ada.newWallet("EUR", 100_000), 1250, "ACME"))
                .json()
                .path("id")
                .asText();
        InboundTest.callback(api, eventId + "done", InboundTest.body(payment, "ACSC", null));
        awaitStatus(eventId + "done", "done");
        return id(eventId + "done");
    }

    /** Its patience ends, after it has failed at least once. */
    private void dead(String event) {
        Awaitility.await().until(() -> database.sql("""
                        UPDATE intake.inbound_event
                           SET failing_since = now() - interval '6 minutes', next_attempt_at = now()
                         WHERE event_id = ? AND status = 'pending' AND failing_since IS NOT NULL""").param(event).update() == 1);
        awaitStatus(event, "dead");
    }

    private void awaitStatus(String event, String status) {
        Awaitility.await()
                .until(
                        () -> database.sql("SELECT status FROM intake.inbound_event WHERE event_id = ?")
                                .param(event)
                                .query(String.class)
                                .single(),
                        status::equals);
    }

    private String id(String event) {
        String id = database.sql("SELECT id FROM intake.inbound_event WHERE event_id = ?")
                .param(event)
                .query(String.class)
                .single();
        return IdType.INBOUND_EVENT.require(id);
    }

    private String receivedAt(String id) {
        return oscar.get(PATH + "/" + id).json().path("received_at").asText();
    }

    private int replays(String id) {
        return oscar.get(PATH + "/" + id).json().path("replays").size();
    }

    private List<String> ids(String query) {
        return Api.texts(oscar.get(PATH + query).json().path("data"), "id");
    }
}
