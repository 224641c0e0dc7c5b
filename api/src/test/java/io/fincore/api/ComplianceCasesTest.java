package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import org.junit.jupiter.api.Test;

class ComplianceCasesTest {

    private final Api api = Platform.sharedApi();
    private final String tenant = "tenant-" + IdType.REQUEST.next();
    private final User ada = new User(api, tenant, "ada", Api.ALL_SCOPES);
    private final User officer = new User(api, tenant, "olga", "cases:write");

    @Test
    void showsTheCasesOfTheTenant() {
        String payment = reviewedPayment();

        JsonNode open = officer.get("/v1/compliance-cases?status=open").json();
        JsonNode one = open.path("data").path(0);

        assertThat(open.path("data")).hasSize(1);
        assertThat(one.path("object").asText()).isEqualTo("compliance_case");
        assertThat(one.path("payment").asText()).isEqualTo(payment);
        assertThat(one.path("status").asText()).isEqualTo("open");
        assertThat(one.path("reasons").path(0).path("code").asText()).isEqualTo("new_creditor_large_amount");
        assertThat(one.path("verdict").isNull()).isTrue();
        String id = one.path("id").asText();
        assertThat(officer.get("/v1/compliance-cases/" + id).json()).isEqualTo(one);
        assertThat(ada.get("/v1/payments/" + payment).json().path("case").asText())
                .isEqualTo(id);
        assertThat(officer.get("/v1/compliance-cases?status=resolved").json().path("data"))
                .isEmpty();
        assertThat(officer.get("/v1/compliance-cases?status=closed").code()).isEqualTo("invalid_parameter");
        User stranger = new User(api, "elsewhere", "olga", "cases:write");
        assertThat(stranger.get("/v1/compliance-cases/" + id).code()).isEqualTo("case_not_found");
        assertThat(stranger.get("/v1/compliance-cases").json().path("data")).isEmpty();
    }

    @Test
    void anOfficerDecidesOnceAndNobodyTheirOwnPayment() {
        reviewedPayment();
        String id = officer.get("/v1/compliance-cases")
                .json()
                .path("data")
                .path(0)
                .path("id")
                .asText();
        api.platform().startCase(tenant, id);
        String path = "/v1/compliance-cases/" + id + "/resolutions";
        String reject = "{\"decision\":\"reject\",\"note\":\"forged invoice\"}";

        Reply own = ada.order(path, reject);
        Reply unclear = officer.order(path, "{\"decision\":\"maybe\",\"note\":\"?\"}");
        Reply decided = officer.post(path, reject, "Idempotency-Key", id);
        Reply repeated = officer.post(path, reject, "Idempotency-Key", id);
        Reply late = officer.order(path, "{\"decision\":\"approve\",\"note\":\"fine\"}");

        assertThat(own.status()).isEqualTo(403);
        assertThat(own.code()).isEqualTo("case_resolver_is_creator");
        assertThat(unclear.status()).isEqualTo(400);
        assertThat(unclear.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo("/decision");
        assertThat(decided.status()).isEqualTo(202);
        assertThat(decided.json().path("status").asText()).isEqualTo("resolved");
        assertThat(decided.json().path("verdict").asText()).isEqualTo("rejected");
        assertThat(decided.json().path("note").asText()).isEqualTo("forged invoice");
        assertThat(decided.json().path("resolved_by").asText()).isEqualTo("olga");
        assertThat(repeated.text()).isEqualTo(decided.text());
        assertThat(repeated.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("case_already_resolved");
    }

    @Test
    void anOfficerDecidesOnTheCaseThatTheyHaveSeen() {
        String id = newCase();
        api.platform().startCase(tenant, id);
        String path = "/v1/compliance-cases/" + id;
        String seen = officer.get(path).header("ETag");
        officer.post(path + "/notes", "{\"text\":\"the invoice is forged\"}");
        String approve = "{\"decision\":\"approve\",\"note\":\"fine\"}";
        String take = "{\"assignee\":\"olga\"}";

        Reply outdated = officer.order(path + "/resolutions", approve, "If-Match", seen);
        Reply outdatedToo = officer.post(path + "/assignments", take, "If-Match", seen);
        JsonNode untouched = officer.get(path).json();
        Reply taken = officer.post(
                path + "/assignments", take, "If-Match", officer.get(path).header("ETag"));
        Reply decided = officer.order(
                path + "/resolutions", approve, "If-Match", officer.get(path).header("ETag"));

        assertThat(outdated.status()).isEqualTo(412);
        assertThat(outdated.code()).isEqualTo("precondition_failed");
        assertThat(outdatedToo.status()).isEqualTo(412);
        assertThat(untouched.path("status").asText()).isEqualTo("open");
        assertThat(untouched.path("assignee").isNull()).isTrue();
        assertThat(taken.status()).as(taken.text()).isEqualTo(200);
        assertThat(decided.status()).as(decided.text()).isEqualTo(202);
    }

    @Test
    void showsTheTermsOfACase() {
        JsonNode one = officer.get("/v1/compliance-cases/" + newCase()).json();

        assertThat(one.path("round").asInt()).isEqualTo(1);
        assertThat(one.path("assignee").isNull()).isTrue();
        assertThat(one.path("remind_at").asText()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(one.path("due_at").asText()).isEqualTo("2030-01-02T00:00:00Z");
        assertThat(one.path("expires_at").asText()).isEqualTo("2030-01-07T00:00:00Z");
        assertThat(one.path("escalated_at").isNull()).isTrue();
        assertThat(one.path("notes")).isEmpty();
    }

    @Test
    void keepsNotesInTheirOrder() {
        String id = newCase();
        api.platform().startCase(tenant, id);
        String path = "/v1/compliance-cases/" + id + "/notes";

        Reply first = officer.post(path, "{\"text\":\"asked for the invoice\"}", "Idempotency-Key", id);
        Reply repeated = officer.post(path, "{\"text\":\"asked for the invoice\"}", "Idempotency-Key", id);
        Reply second = ada.post(path, "{\"text\":\"sent it\"}");
        Reply empty = officer.post(path, "{\"text\":\" \"}");

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(first.header("Location")).isEqualTo("/v1/compliance-cases/" + id);
        assertThat(IdType.NOTE.matches(first.json().path("id").asText())).isTrue();
        assertThat(first.json().path("author").asText()).isEqualTo("olga");
        assertThat(first.json().path("text").asText()).isEqualTo("asked for the invoice");
        assertThat(first.json().path("created_at").asText()).endsWith("Z");
        assertThat(repeated.text()).isEqualTo(first.text());
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.json().path("errors").path(0).path("pointer").asText()).isEqualTo("/text");
        JsonNode notes = officer.get("/v1/compliance-cases/" + id).json().path("notes");
        assertThat(notes).containsExactly(first.json(), second.json());
        assertThat(notes.findValuesAsText("object")).containsOnly("case_note");
        assertThat(officer.get("/v1/compliance-cases")
                        .json()
                        .path("data")
                        .path(0)
                        .path("notes"))
                .isEqualTo(notes);
    }

    @Test
    void assignsACaseToAnybodyButTheCreator() {
        String id = newCase();
        api.platform().startCase(tenant, id);
        String path = "/v1/compliance-cases/" + id + "/assignments";

        Reply toOlga = officer.post(path, "{\"assignee\":\"olga\"}");
        Reply toOtto = officer.post(path, "{\"assignee\":\"otto\"}");
        Reply toCreator = officer.post(path, "{\"assignee\":\"ada\"}");
        Reply toNobody = officer.post(path, "{}");

        assertThat(toOlga.status()).as(toOlga.text()).isEqualTo(200);
        assertThat(toOlga.json().path("assignee").asText()).isEqualTo("olga");
        assertThat(toOtto.json().path("assignee").asText()).isEqualTo("otto");
        assertThat(toCreator.status()).isEqualTo(403);
        assertThat(toCreator.code()).isEqualTo("case_resolver_is_creator");
        assertThat(toNobody.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo("/assignee");
        newCase();
        assertThat(Api.texts(
                        officer.get("/v1/compliance-cases?assignee=otto").json().path("data"), "assignee"))
                .containsExactly("otto");
        assertThat(officer.get("/v1/compliance-cases?assignee=otto&status=resolved")
                        .json()
                        .path("data"))
                .isEmpty();
        assertThat(officer.get("/v1/compliance-cases?asignee=otto").code()).isEqualTo("invalid_parameter");
    }

    @Test
    void aDecidedCaseTakesNothingMore() {
        String decided = newCase();
        api.platform().startCase(tenant, decided);
        officer.order(
                "/v1/compliance-cases/" + decided + "/resolutions", "{\"decision\":\"approve\",\"note\":\"fine\"}");
        Reply note = officer.post("/v1/compliance-cases/" + decided + "/notes", "{\"text\":\"late\"}");
        Reply assignment = officer.post("/v1/compliance-cases/" + decided + "/assignments", "{\"assignee\":\"otto\"}");

        assertThat(note.status()).isEqualTo(409);
        assertThat(note.code()).isEqualTo("case_already_resolved");
        assertThat(assignment.status()).isEqualTo(409);
        assertThat(assignment.code()).isEqualTo("case_already_resolved");
        User stranger = new User(api, "elsewhere", "olga", "cases:write");
        assertThat(stranger.post("/v1/compliance-cases/" + decided + "/notes", "{\"text\":\"x\"}")
                        .code())
                .isEqualTo("case_not_found");
        assertThat(stranger.post("/v1/compliance-cases/" + decided + "/assignments", "{\"assignee\":\"x\"}")
                        .code())
                .isEqualTo("case_not_found");
    }

    /** The case's row is written before its workflow starts, and a worker may die in between. */
    @Test
    void aCaseThatIsJustBeingOpenedTakesEverythingAMomentLater() {
        String id = newCase();
        String path = "/v1/compliance-cases/" + id;
        String approve = "{\"decision\":\"approve\",\"note\":\"fine\"}";

        Reply early = officer.post(path + "/resolutions", approve, "Idempotency-Key", id);
        assertThat(early.status()).isEqualTo(503);
        assertThat(early.header("Retry-After")).isEqualTo("1");
        assertThat(officer.post(path + "/notes", "{\"text\":\"early\"}").status())
                .isEqualTo(503);
        assertThat(officer.post(path + "/assignments", "{\"assignee\":\"otto\"}")
                        .status())
                .isEqualTo(503);

        api.platform().startCase(tenant, id);
        Reply later = officer.post(path + "/resolutions", approve, "Idempotency-Key", id);
        assertThat(later.status()).as(later.text()).isEqualTo(202);
    }

    /** The answer to the first attempt got lost, and the workflow has ended since. */
    @Test
    void aDecisionThatIsRepeatedAfterTheEndIsNotRefusedForWhatItDidItself() {
        String id = newCase();
        api.platform().startCase(tenant, id);
        String path = "/v1/compliance-cases/" + id + "/resolutions";
        String approve = "{\"decision\":\"approve\",\"note\":\"fine\"}";
        String[] headers = {
            "Idempotency-Key",
            id,
            "If-Match",
            officer.get("/v1/compliance-cases/" + id).header("ETag")
        };
        officer.post(path, approve, headers);
        api.platform().loseAnswer(id);
        endCase(id);

        Reply again = officer.post(path, approve, headers);
        Reply other = officer.order(path, "{\"decision\":\"reject\",\"note\":\"fine\"}");

        assertThat(again.status()).as(again.text()).isEqualTo(202);
        assertThat(again.json().path("verdict").asText()).isEqualTo("approved");
        assertThat(other.code()).isEqualTo("case_already_resolved");
    }

    @Test
    void anAssignmentThatIsRepeatedIsNotRefusedForWhatItDidItself() {
        String id = newCase();
        api.platform().startCase(tenant, id);
        String path = "/v1/compliance-cases/" + id;
        String take = "{\"assignee\":\"olga\"}";
        String[] headers = {"Idempotency-Key", id, "If-Match", officer.get(path).header("ETag")};
        officer.post(path + "/assignments", take, headers);
        api.platform().loseAnswer(id);

        Reply again = officer.post(path + "/assignments", take, headers);

        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().path("assignee").asText()).isEqualTo("olga");
    }

    @Test
    void anAssignmentThatIsRepeatedAfterTheEndIsNotRefusedForWhatItDidItself() {
        String id = newCase();
        api.platform().startCase(tenant, id);
        String path = "/v1/compliance-cases/" + id;
        String take = "{\"assignee\":\"olga\"}";
        officer.post(path + "/assignments", take, "Idempotency-Key", id);
        // Temporal remembers for a while which update it has answered, but not for ever.
        api.platform().loseAnswer(id, IdType.REQUEST.next());
        officer.order(path + "/resolutions", "{\"decision\":\"approve\",\"note\":\"fine\"}");
        endCase(id);

        Reply again = officer.post(path + "/assignments", take, "Idempotency-Key", id);
        Reply other = officer.post(path + "/assignments", "{\"assignee\":\"otto\"}");

        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(officer.get(path).json());
        assertThat(again.json().path("assignee").asText()).isEqualTo("olga");
        assertThat(other.code()).isEqualTo("case_already_resolved");
    }

    private String newCase() {
        return ada.get("/v1/payments/" + reviewedPayment()).json().path("case").asText();
    }

    private String reviewedPayment() {
        return ada.order("/v1/payments", Api.paymentBody(ada.newWallet("EUR", 100_000), 1250, "Reviewed"))
                .json()
                .path("id")
                .asText();
    }

    private void endCase(String id) {
        api.platform()
                .temporal()
                .client()
                .newUntypedWorkflowStub(ComplianceCaseWorkflow.workflowId(id))
                .terminate("has ended");
    }
}
