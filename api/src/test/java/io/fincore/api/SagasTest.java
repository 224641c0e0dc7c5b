package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import io.fincore.postgres.DatabaseRole;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.payment.PaymentStep;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.fincore.workflows.repair.InterventionCause;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class SagasTest {

    private static final String PATH = "/v1/admin/sagas";

    private final Api api = Platform.sharedApi();
    private final String tenant = "tenant-" + IdType.REQUEST.next();
    private final User ada = new User(api, tenant, "ada", Api.ALL_SCOPES);
    private final User oscar = new User(api, tenant, "oscar", "admin");
    private final User sofia = new User(api, tenant, "sofia", "admin");
    private final User elsewhere = new User(api, "elsewhere", "oscar", "admin");
    private final JdbcClient worker = JdbcClient.create(api.platform().database.as(DatabaseRole.WORKER));
    private final FakeSagaRows rows = new FakeSagaRows(api.platform().database.as(DatabaseRole.WORKER));

    @Test
    void showsASagaWithItsSteps() {
        String id = ordered("ACME");
        String workflow = PaymentWorkflow.workflowId(id);
        rows.succeeded(workflow, 2, "decision.evaluate", null, "{\"amount\": 1250}", "{\"decision\": \"approved\"}");
        rows.failed(workflow, 3, "ledger.hold", "ERROR: deadlock detected");
        rows.succeeded(workflow, 2, "decision.release-limit", "decision.evaluate", null, "true");
        worker.sql("UPDATE saga.step SET status = 'COMPENSATED' WHERE workflow_id = ? AND name = 'decision.evaluate'")
                .param(workflow)
                .update();

        JsonNode saga = oscar.get(PATH + "/" + id).json();

        assertThat(saga.path("id").asText()).isEqualTo(id);
        assertThat(saga.path("object").asText()).isEqualTo("saga");
        assertThat(saga.path("type").asText()).isEqualTo("payment");
        assertThat(saga.path("status").asText()).isEqualTo("RUNNING");
        assertThat(saga.path("workflow_id").asText()).isEqualTo(workflow);
        assertThat(saga.path("correlation_id").asText()).startsWith("req_");
        assertThat(saga.path("current_step").asInt()).isEqualTo(3);
        assertThat(saga.path("total_steps").asInt()).isEqualTo(8);
        assertThat(saga.path("cause").isNull()).isTrue();
        assertThat(saga.path("runbook").isNull()).isTrue();
        assertThat(saga.path("possible_actions")).isEmpty();
        assertThat(saga.path("interventions")).isEmpty();
        assertThat(saga.path("ended_at").isNull()).isTrue();
        assertThat(Api.texts(saga.path("steps"), "name"))
                .containsExactly("payment.create", "decision.evaluate", "ledger.hold", "decision.release-limit");
        JsonNode evaluate = saga.path("steps").path(1);
        assertThat(evaluate.path("number").asInt()).isEqualTo(2);
        assertThat(evaluate.path("round").asInt()).isEqualTo(1);
        assertThat(evaluate.path("status").asText()).isEqualTo("COMPENSATED");
        assertThat(evaluate.path("request").path("amount").asInt()).isEqualTo(1250);
        assertThat(evaluate.path("response").path("decision").asText()).isEqualTo("approved");
        assertThat(evaluate.path("compensation").asText()).isEqualTo("decision.release-limit");
        assertThat(evaluate.path("started_at").asText()).endsWith("Z");
        assertThat(evaluate.path("completed_at").asText()).endsWith("Z");
        JsonNode hold = saga.path("steps").path(2);
        assertThat(hold.path("status").asText()).isEqualTo("FAILED");
        assertThat(hold.path("error").asText()).isEqualTo("ERROR: deadlock detected");
        assertThat(hold.path("attempts").asInt()).isEqualTo(5);
        assertThat(hold.path("max_attempts").asInt()).isEqualTo(5);
        assertThat(hold.path("completed_at").isNull()).isTrue();
        assertThat(saga.path("steps").path(3).path("compensates").asText()).isEqualTo("decision.evaluate");
        // What the live workflow says of itself.
        assertThat(saga.path("state").path("status").asText()).isEqualTo("processing");
    }

    @Test
    void hasNoStateOfWhatHasEndedOrWhoseWorkflowIsSilent() {
        String ended = ordered("Settled");
        String silent = IdType.REFUND.next();
        rows.open("refund/" + silent, SagaKind.REFUND, silent, tenant, "ada", "order-1", 4);

        JsonNode first = oscar.get(PATH + "/" + ended).json();
        JsonNode second = oscar.get(PATH + "/" + silent).json();

        assertThat(first.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(first.path("ended_at").asText()).endsWith("Z");
        assertThat(first.path("state").isNull()).isTrue();
        assertThat(second.path("status").asText()).isEqualTo("RUNNING");
        assertThat(second.path("current_step").asInt()).isZero();
        assertThat(second.path("steps")).isEmpty();
        assertThat(second.path("state").isNull()).isTrue();
    }

    @Test
    void listsNewestFirstWhateverTheKindAndFilters() {
        String payment = ordered("Settled");
        String refund = ada.order("/v1/payments/" + payment + "/refunds", "{\"reason\":\"Returned\"}")
                .json()
                .path("id")
                .asText();
        String stuck = stuck();
        String running = ordered("ACME", "Correlation-Id", "order-4711");

        assertThat(ids("")).containsExactly(running, stuck, refund, payment);
        assertThat(ids("?limit=2")).containsExactly(running, stuck);
        assertThat(ids("?limit=2&starting_after=" + stuck)).containsExactly(refund, payment);
        assertThat(ids("?limit=2&ending_before=" + payment)).containsExactly(stuck, refund);
        assertThat(ids("?type=refund")).containsExactly(refund);
        assertThat(ids("?status=SUCCEEDED")).containsExactly(refund, payment);
        assertThat(ids("?status=requires_manual_intervention")).containsExactly(stuck);
        assertThat(ids("?cause=bank_outcome_unknown")).containsExactly(stuck);
        assertThat(ids("?cause=step_failed")).isEmpty();
        assertThat(ids("?correlation_id=order-4711")).containsExactly(running);
        String between = URLEncoder.encode(
                oscar.get(PATH + "/" + stuck).json().path("created_at").asText(), StandardCharsets.UTF_8);
        assertThat(ids("?created%5Bgte%5D=" + between)).containsExactly(running, stuck);
        assertThat(ids("?created%5Blt%5D=" + between)).containsExactly(refund, payment);
        JsonNode listed = oscar.get(PATH + "?type=refund").json().path("data").path(0);
        assertThat(Api.texts(listed.path("steps"), "name")).containsExactly("refund.create");
        assertThat(oscar.get(PATH + "?limit=1").json().path("has_more").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "status=DONE, status",
        "type=transfer, type",
        "cause=boredom, cause",
        "state=x, state",
        "limit=0, limit",
        "starting_after=pay_x, starting_after",
        "ending_before=pay_x, ending_before"
    })
    void refusesFiltersItDoesNotKnow(String query, String parameter) {
        Reply refused = oscar.get(PATH + "?" + query);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("invalid_parameter");
        assertThat(refused.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo(parameter);
    }

    @Test
    void oneOperatorCanRepeatWhatWasOrderedAnyway() {
        String id = stuck();

        Reply ordered =
                oscar.order(interventions(id), "{\"action\":\"force_inquiry\",\"reason\":\"the bank is back\"}");

        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        JsonNode intervention = ordered.json();
        String intId = intervention.path("id").asText();
        assertThat(IdType.INTERVENTION.matches(intId)).isTrue();
        assertThat(ordered.header("Location")).isEqualTo(interventions(id) + "/" + intId);
        assertThat(intervention.path("object").asText()).isEqualTo("intervention");
        assertThat(intervention.path("saga").asText()).isEqualTo(id);
        assertThat(intervention.path("action").asText()).isEqualTo("force_inquiry");
        assertThat(intervention.path("resolution").isNull()).isTrue();
        assertThat(intervention.path("reason").asText()).isEqualTo("the bank is back");
        assertThat(intervention.path("requested_by").asText()).isEqualTo("oscar");
        assertThat(intervention.path("before").path("cause").asText()).isEqualTo("bank_outcome_unknown");
        // It rests again, and the record says where it got.
        JsonNode done = Awaitility.await()
                .until(
                        () -> oscar.get(interventions(id) + "/" + intId).json(),
                        one -> one.path("status").asText().equals("done"));
        assertThat(done.path("after").path("status").asText()).isEqualTo("REQUIRES_MANUAL_INTERVENTION");
        assertThat(done.path("concluded_at").asText()).endsWith("Z");
        assertThat(oscar.get(PATH + "/" + id).json().path("interventions").path(0))
                .isEqualTo(done);
    }

    @Test
    void whatMovesMoneyNeedsASecondPerson() {
        String id = stuck();

        Reply ordered = oscar.order(
                interventions(id),
                "{\"action\":\"resolve\",\"resolution\":\"executed\",\"reason\":\"on the bank's statement\"}");
        String approvals = interventions(id) + "/" + ordered.json().path("id").asText() + "/approvals";
        Reply own = oscar.order(approvals, "{}");
        Reply foreign = elsewhere.order(approvals, "{}");
        Reply approved = sofia.order(approvals, "{}");
        JsonNode ended = Awaitility.await()
                .until(
                        () -> oscar.get(PATH + "/" + id).json(),
                        saga -> saga.path("status").asText().equals("SUCCEEDED"));
        Reply late = new User(api, tenant, "otto", "admin").order(approvals, "{}");
        Reply again = sofia.order(approvals, "{}");

        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        assertThat(ordered.json().path("status").asText()).isEqualTo("requested");
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.code()).isEqualTo("intervention_needs_another_person");
        assertThat(foreign.code()).isEqualTo("saga_not_found");
        assertThat(approved.status()).as(approved.text()).isEqualTo(202);
        assertThat(approved.json().path("approved_by").asText()).isEqualTo("sofia");
        assertThat(approved.json().path("approved_at").asText()).endsWith("Z");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("intervention_not_possible");
        assertThat(again.status()).as(again.text()).isEqualTo(202);
        assertThat(again.json().path("approved_at")).isEqualTo(approved.json().path("approved_at"));
        assertThat(ended.path("cause").isNull()).isTrue();
        assertThat(ada.get("/v1/payments/" + id).json().path("status").asText()).isEqualTo("completed");
    }

    @Test
    void anOrderThatEndedTheSagaIsNotRefusedForItWhenItIsRepeated() {
        String id = stuck();
        String order = "{\"action\":\"resolve\",\"resolution\":\"executed\",\"reason\":\"seen\"}";
        String key = IdType.REQUEST.next();
        Reply first = oscar.post(interventions(id), order, "Idempotency-Key", key);
        String intervention = first.json().path("id").asText();
        sofia.order(interventions(id) + "/" + intervention + "/approvals", "{}");
        Awaitility.await().until(() -> api.platform().temporal().isClosed(PaymentWorkflow.workflowId(id)));
        String other = intervention.replace("int_0", "int_1");
        JdbcClient.create(api.platform().database.asSuperuser())
                .sql("UPDATE saga.intervention SET id = ? WHERE id = ?")
                .params(other, intervention)
                .update();
        api.platform().loseAnswer(key, other);

        Reply again = oscar.post(interventions(id), order, "Idempotency-Key", key);

        assertThat(again.status()).as(again.text()).isEqualTo(202);
        assertThat(again.json())
                .isEqualTo(oscar.get(interventions(id) + "/" + other).json());
    }

    /** The answer to the first attempt got lost, and what was approved has ended the saga. */
    @Test
    void anApprovalThatIsRepeatedAfterTheEndIsNotRefusedForWhatItDidItself() {
        String id = stuck();
        String approvals = interventions(id) + "/" + requested(id) + "/approvals";
        String key = IdType.REQUEST.next();
        sofia.post(approvals, "{}", "Idempotency-Key", key);
        Awaitility.await().until(() -> api.platform().temporal().isClosed(PaymentWorkflow.workflowId(id)));
        // Temporal remembers for a while which update it has answered, but not for ever.
        api.platform().loseAnswer(key, IdType.REQUEST.next());

        Reply again = sofia.post(approvals, "{}", "Idempotency-Key", key);

        assertThat(again.status()).as(again.text()).isEqualTo(202);
        assertThat(again.json().path("approved_by").asText()).isEqualTo("sofia");
        assertThat(again.json().path("status").asText()).isEqualTo("done");
    }

    @Test
    void whoHasApprovedItFindsItApprovedThoughTheSagaGoesOn() {
        String id = stuck();
        String intervention = requested(id);
        // Under another id: the workflow does not wait for its approval.
        String taken = intervention.replace("int_0", "int_1");
        JdbcClient.create(api.platform().database.asSuperuser())
                .sql("""
                        UPDATE saga.intervention SET id = ?, approved_by = 'sofia', approved_at = now(), status = 'taken'
                         WHERE id = ?
                        """)
                .params(taken, intervention)
                .update();
        String approvals = interventions(id) + "/" + taken + "/approvals";

        Reply again = sofia.order(approvals, "{}");
        Reply late = new User(api, tenant, "otto", "admin").order(approvals, "{}");

        assertThat(again.status()).as(again.text()).isEqualTo(202);
        assertThat(again.json().path("approved_by").asText()).isEqualTo("sofia");
        assertThat(late.code()).isEqualTo("intervention_not_possible");
        assertThat(oscar.get(PATH + "/" + id).json().path("status").asText()).isEqualTo("REQUIRES_MANUAL_INTERVENTION");
    }

    @Test
    void repeatsTheAnswerUnderTheSameKey() {
        String id = stuck();
        String body = "{\"action\":\"resolve\",\"resolution\":\"executed\",\"reason\":\"seen\"}";
        String key = IdType.REQUEST.next();

        Reply first = oscar.post(interventions(id), body, "Idempotency-Key", key);
        Reply again = oscar.post(interventions(id), body, "Idempotency-Key", key);
        Reply without = oscar.post(interventions(id), body);

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(without.code()).isEqualTo("idempotency_key_missing");
        assertThat(oscar.get(PATH + "/" + id).json().path("interventions")).hasSize(1);
    }

    @Test
    void refusesWhatIsNotPossibleNowNamingWhatIs() {
        String id = stuck();
        String key = IdType.REQUEST.next();
        String retry = "{\"action\":\"retry\",\"reason\":\"try\"}";

        Reply refused = oscar.post(interventions(id), retry, "Idempotency-Key", key);
        Reply again = oscar.post(interventions(id), retry, "Idempotency-Key", key);
        Reply unfitting = oscar.order(
                interventions(id), "{\"action\":\"resolve\",\"resolution\":\"approved\",\"reason\":\"fine\"}");
        Reply idle = oscar.order(interventions(ordered("ACME")), retry);
        Reply ended = oscar.order(interventions(ordered("Settled")), retry);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("intervention_not_possible");
        assertThat(refused.json().path("detail").asText())
                .isEqualTo("retry is not possible now; possible: force_inquiry, resolve");
        assertThat(again.text()).isEqualTo(refused.text());
        assertThat(unfitting.code()).isEqualTo("intervention_not_possible");
        assertThat(idle.json().path("detail").asText()).contains("nothing is possible now");
        assertThat(ended.code()).isEqualTo("intervention_not_possible");
        assertThat(ended.json().path("detail").asText()).contains("ended");
        assertThat(oscar.get(PATH + "/" + id).json().path("interventions")).isEmpty();
        assertThat(oscar.get(PATH + "/" + id).json().path("possible_actions"))
                .extracting(JsonNode::asText)
                .containsExactly("force_inquiry", "resolve");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\":\"resolve\",\"reason\":\"r\"} | /resolution",
                "{\"action\":\"retry\",\"reason\":\"r\",\"resolution\":\"executed\"} | /resolution",
                "{\"action\":\"resolve\",\"reason\":\"r\",\"resolution\":\"maybe\"} | /resolution",
                "{\"action\":\"explode\",\"reason\":\"r\"} | /action",
                "{\"action\":\"retry\"} | /reason",
                "{\"reason\":\"r\"} | /action",
                "{\"action\":\"retry\",\"reason\":\"r\",\"force\":true} | /force"
            })
    void refusesBrokenOrdersByPointer(String body, String pointer) {
        Reply refused = oscar.order(interventions(stuck()), body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("invalid_request");
        assertThat(refused.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo(pointer);
    }

    @Test
    void knowsOnlyTheTenantsSagasAndTheSagasInterventions() {
        String id = stuck();
        String other = stuck();
        String intervention = oscar.order(
                        interventions(id), "{\"action\":\"resolve\",\"resolution\":\"executed\",\"reason\":\"seen\"}")
                .json()
                .path("id")
                .asText();

        assertThat(elsewhere.get(PATH).json().path("data")).isEmpty();
        assertThat(elsewhere.get(PATH + "/" + id).code()).isEqualTo("saga_not_found");
        assertThat(elsewhere.get(PATH + "/" + id + "/compensation-plan").code()).isEqualTo("saga_not_found");
        assertThat(elsewhere.get(interventions(id) + "/" + intervention).code()).isEqualTo("saga_not_found");
        assertThat(elsewhere
                        .order(interventions(id), "{\"action\":\"force_inquiry\",\"reason\":\"mine\"}")
                        .code())
                .isEqualTo("saga_not_found");
        assertThat(elsewhere.get(PATH + "?starting_after=" + id).code()).isEqualTo("invalid_parameter");
        assertThat(oscar.get(interventions(other) + "/" + intervention).code()).isEqualTo("intervention_not_found");
        assertThat(sofia.order(interventions(other) + "/" + intervention + "/approvals", "{}")
                        .code())
                .isEqualTo("intervention_not_found");
        assertThat(oscar.get(interventions(id) + "/" + IdType.INTERVENTION.next())
                        .code())
                .isEqualTo("intervention_not_found");
        assertThat(oscar.get(PATH + "/" + IdType.PAYMENT.next()).code()).isEqualTo("saga_not_found");
        assertThat(oscar.get(PATH + "/nonsense").code()).isEqualTo("saga_not_found");
        assertThat(oscar.get(interventions(id) + "/" + intervention)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("requested");
    }

    @Test
    void tellsWhatCompensatingWouldUndo() {
        String id = ordered("ACME");
        String workflow = PaymentWorkflow.workflowId(id);
        String wallet = ada.get("/v1/payments/" + id).json().path("source").asText();
        JsonNode early = oscar.get(PATH + "/" + id + "/compensation-plan").json();
        worker.sql("""
                        SELECT (ledger.place_hold(p.id, p.hold_id, p.source, p.amount, p.currency)).outcome
                        FROM payments.payment p WHERE p.id = ?
                        """).param(id).query(String.class).single();
        rows.succeeded(workflow, 2, "decision.evaluate", null, null, "{\"decision\": \"approved\"}");
        rows.succeeded(workflow, 3, "ledger.hold", null, null, "{\"hold\": \"held\"}");
        rows.requireManualIntervention(
                PaymentStep.SEND.key(id), SagaKind.PAYMENT, id, InterventionCause.BANK_KNOWS_NOTHING, "sent 5 times");

        JsonNode plan = oscar.get(PATH + "/" + id + "/compensation-plan").json();
        JsonNode saga = oscar.get(PATH + "/" + id).json();

        assertThat(early.path("possible").asBoolean()).isFalse();
        assertThat(Api.texts(early.path("undos"), "undo")).containsExactly("payment.mark-failed");
        assertThat(plan.path("object").asText()).isEqualTo("compensation_plan");
        assertThat(plan.path("saga").asText()).isEqualTo(id);
        assertThat(plan.path("possible").asBoolean()).isTrue();
        assertThat(Api.texts(plan.path("undos"), "step"))
                .containsExactly("ledger.hold", "decision.evaluate", "payment.create");
        assertThat(Api.texts(plan.path("undos"), "undo"))
                .containsExactly("ledger.release", "decision.release-limit", "payment.mark-failed");
        assertThat(plan.path("undos").path(0).path("postings").toString())
                .isEqualTo("[{\"wallet\":\"" + wallet
                        + "\",\"posted_change\":0,\"held_change\":-1250,\"currency\":\"EUR\"}]");
        assertThat(plan.path("undos").path(1).path("postings")).isEmpty();
        assertThat(saga.path("cause").asText()).isEqualTo("bank_knows_nothing");
        assertThat(saga.path("cause_detail").asText()).isEqualTo("sent 5 times");
        assertThat(saga.path("runbook").asText()).isEqualTo("docs/operating/runbooks/bank-knows-nothing.md");
        assertThat(saga.path("possible_actions"))
                .extracting(JsonNode::asText)
                .containsExactly("compensate", "force_inquiry", "resolve", "retry");
    }

    /** The id of an intervention that waits for a second person. */
    private String requested(String id) {
        return oscar.order(
                        interventions(id), "{\"action\":\"resolve\",\"resolution\":\"executed\",\"reason\":\"seen\"}")
                .json()
                .path("id")
                .asText();
    }

    private List<String> ids(String query) {
        Reply reply = oscar.get(PATH + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json()
                .path("data")
                .valueStream()
                .map(saga -> saga.path("id").asText())
                .toList();
    }

    private static String interventions(String id) {
        return PATH + "/" + id + "/interventions";
    }

    /** A payment whose outcome at the bank nobody knows. */
    private String stuck() {
        String id = ordered("Stuck");
        Awaitility.await()
                .until(() -> oscar.get(PATH + "/" + id)
                        .json()
                        .path("status")
                        .asText()
                        .equals("REQUIRES_MANUAL_INTERVENTION"));
        return id;
    }

    private String ordered(String creditor, String... headers) {
        return ada.order("/v1/payments", Api.paymentBody(ada.newWallet("EUR", 100_000), 1250, creditor), headers)
                .json()
                .path("id")
                .asText();
    }
}
