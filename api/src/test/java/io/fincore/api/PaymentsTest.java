package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.EndToEndId;
import io.fincore.money.IdType;
import io.fincore.postgres.DatabaseRole;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.payment.PaymentWorkflow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class PaymentsTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());

    @Test
    void takesAnOrderAndShowsItAtOnce() {
        String wallet = ada.newWallet("EUR", 100_000);

        Reply ordered = ada.order("/v1/payments", Api.paymentBody(wallet, 1250, "ACME GmbH"));

        assertThat(ordered.status()).isEqualTo(202);
        JsonNode payment = ordered.json();
        String id = payment.path("id").asText();
        assertThat(IdType.PAYMENT.matches(id)).isTrue();
        assertThat(ordered.header("Location")).isEqualTo("/v1/payments/" + id);
        assertThat(ordered.header("Content-Type")).isEqualTo("application/json");
        assertThat(payment.path("object").asText()).isEqualTo("payment");
        assertThat(payment.path("status").asText()).isEqualTo("processing");
        assertThat(payment.path("source").asText()).isEqualTo(wallet);
        assertThat(payment.path("amount").asLong()).isEqualTo(1250);
        assertThat(payment.path("currency").asText()).isEqualTo("EUR");
        assertThat(payment.path("refunded_amount").asLong()).isZero();
        assertThat(payment.path("creditor").path("iban").asText()).isEqualTo("DE89370400440532013000");
        assertThat(payment.path("reference").asText()).isEqualTo("INV-1");
        assertThat(payment.path("end_to_end_id").asText())
                .isEqualTo(EndToEndId.ofPayment(id).value());
        assertThat(payment.path("metadata").isObject()).isTrue();

        Reply read = ada.get("/v1/payments/" + id);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(payment);
        assertThat(read.header("ETag")).isEqualTo("\"2\"");
        assertThat(api.send(ada.request("/v1/payments/" + id)
                                .header("If-None-Match", "\"2\"")
                                .GET())
                        .status())
                .isEqualTo(304);
    }

    @Test
    void tellsInsufficientFundsAsAFailedPayment() {
        String wallet = ada.newWallet("EUR", 0);

        Reply ordered = ada.order("/v1/payments", Api.paymentBody(wallet, 1250, "Poor"));

        assertThat(ordered.status()).isEqualTo(202);
        assertThat(ordered.json().path("status").asText()).isEqualTo("failed");
        assertThat(ordered.json().path("failure").path("code").asText()).isEqualTo("insufficient_funds");
    }

    @Test
    void answersWithoutWaitingIfAskedTo() {
        String wallet = ada.newWallet("EUR", 100_000);

        Reply ordered = ada.order("/v1/payments", Api.paymentBody(wallet, 1250, "Late"), "Prefer", "respond-async");

        assertThat(ordered.status()).isEqualTo(202);
        assertThat(ordered.header("Preference-Applied")).isEqualTo("respond-async");
        assertThat(ordered.json().path("status").asText()).isEqualTo("pending");
        Reply read = ada.get("/v1/payments/" + ordered.json().path("id").asText());
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(ordered.json());
    }

    /** Had the second waited as the first one does, nobody would have told the first one's workflow to go on. */
    @Test
    void answersBeforeTheFirstStepsOnlyIfAskedTo() throws Exception {
        String key = IdType.REQUEST.next();
        try (ConfigurableApplicationContext patient =
                        api.platform().startApi("fincore.payments.acceptance-timeout", "20s");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            User client = new Api(api.platform(), patient).user("ada-" + IdType.REQUEST.next());
            String body = Api.paymentBody(client.newWallet("EUR", 100_000), 1250, "Late");

            Future<Reply> waiting = threads.submit(() -> client.post("/v1/payments", body, "Idempotency-Key", key));
            String id = Awaitility.await().until(() -> claimed(key), claimed -> !claimed.isEmpty());
            Awaitility.await().until(() -> api.platform().temporal().exists(PaymentWorkflow.workflowId(id)));
            Reply atOnce = client.order("/v1/payments", body, "Prefer", "respond-async");
            settle(id);

            assertThat(atOnce.json().path("status").asText()).isEqualTo("pending");
            assertThat(waiting.get().json().path("status").asText()).isNotEqualTo("pending");
        }
    }

    /** The id that an order's claim holds; empty before it is made. */
    private String claimed(String key) {
        return JdbcClient.create(api.platform().database.asSuperuser())
                .sql("SELECT resource_id FROM intake.idempotency_key WHERE idempotency_key = ?")
                .param(key)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private void settle(String id) {
        api.platform()
                .temporal()
                .client()
                .newWorkflowStub(PaymentWorkflow.class, PaymentWorkflow.workflowId(id))
                .bankReported(new BankReport("evt_1", new BankAnswer.Settled("B-1")));
    }

    /** RFC 7240, 3: it tells what was honoured in this answer. */
    @Test
    void tellsOfNoPreferenceWhereNothingWasWaitedFor() {
        String wallet = ada.newWallet("EUR", 100_000);
        String body = Api.paymentBody(wallet, 1250, "Settled");
        String[] taken = {"Idempotency-Key", IdType.REQUEST.next(), "Prefer", "wait=20"};
        String[] refused = {"Idempotency-Key", IdType.REQUEST.next(), "Prefer", "wait=20, respond-async"};

        Reply first = ada.post("/v1/payments", body, taken);
        Reply again = ada.post("/v1/payments", body, taken);
        ada.post("/v1/wallets/" + wallet + "/freeze", "{\"reason\":\"lost\"}");
        Reply frozen = ada.post("/v1/payments", body, refused);
        Reply frozenAgain = ada.post("/v1/payments", body, refused);

        assertThat(first.header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(frozen.code()).isEqualTo("wallet_frozen");
        assertThat(frozenAgain.text()).isEqualTo(frozen.text());
        assertThat(List.of(again, frozen, frozenAgain))
                .allSatisfy(
                        reply -> assertThat(reply.header("Preference-Applied")).isEmpty());
    }

    @Test
    void waitsForATerminalStatusIfAskedTo() {
        String wallet = ada.newWallet("EUR", 100_000);

        Reply settled = ada.order("/v1/payments", Api.paymentBody(wallet, 1250, "Settled"), "Prefer", "wait=20");
        Reply longest = ada.order("/v1/payments", Api.paymentBody(wallet, 1250, "Settled"), "Prefer", "wait=31");
        Reply waited = ada.order("/v1/payments", Api.paymentBody(wallet, 1250, "ACME"), "Prefer", "wait=1");

        assertThat(settled.header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(settled.json().path("status").asText()).isEqualTo("completed");
        assertThat(longest.header("Preference-Applied"))
                .as("half a minute at most")
                .isEqualTo("wait=30");
        assertThat(waited.header("Preference-Applied")).isEqualTo("wait=1");
        assertThat(waited.status()).isEqualTo(202);
        assertThat(waited.json().path("status").asText()).isEqualTo("processing");
    }

    @Test
    void answersPendingWhenTheWorkerIsSlowAndShowsTheOrderUntilItIsWritten() {
        String wallet = ada.newWallet("EUR", 100_000);

        Reply ordered = ada.order("/v1/payments", Api.paymentBody(wallet, 1250, "Late"));

        assertThat(ordered.status()).isEqualTo(202);
        assertThat(ordered.json().path("status").asText()).isEqualTo("pending");
        String id = ordered.json().path("id").asText();
        Reply listed = ada.get("/v1/payments?status=pending&source=" + wallet);
        assertThat(Api.texts(listed.json().path("data"), "id")).containsExactly(id);
        assertThat(ada.get("/v1/payments/" + id).header("ETag")).isEqualTo("\"0\"");
        assertThat(ada.get("/v1/payments/" + id + "/timeline").json().path("data"))
                .isEmpty();
        assertThat(api.platform()
                        .temporal()
                        .client()
                        .newUntypedWorkflowStub(PaymentWorkflow.workflowId(id))
                        .describe()
                        .getStaticSummary())
                .isEqualTo("EUR 12.50 · INV-1");
    }

    /** Whoever reads the payments of an hour gets each of them once, however late the worker wrote it. */
    @Test
    void isOfTheTimeWhenItWasOrdered() {
        String wallet = ada.newWallet("EUR", 100_000);
        Reply ordered = ada.order("/v1/payments", Api.paymentBody(wallet, 1250, "Late"));
        String path = "/v1/payments/" + ordered.json().path("id").asText();

        settle(ordered.json().path("id").asText());

        JsonNode written = Awaitility.await()
                .until(
                        () -> ada.get(path).json(),
                        now -> !now.path("status").asText().equals("pending"));
        assertThat(written.path("created_at")).isEqualTo(ordered.json().path("created_at"));
    }

    @Test
    void keepsWhatFaultsSaidFromClients() {
        String id = ordered("ACME");
        new FakeSagaRows(api.platform().database.as(DatabaseRole.WORKER))
                .failed(PaymentWorkflow.workflowId(id), 3, "ledger.hold", "ERROR: relation \"hold\" does not exist");

        Reply timeline = ada.get("/v1/payments/" + id + "/timeline");

        assertThat(Api.texts(timeline.json().path("data"), "name")).contains("payment.create", "ledger.hold");
        assertThat(timeline.text()).doesNotContain("ERROR:").doesNotContain("payment/");
    }

    @Test
    void listsNewestFirstAndPagesBothWays() {
        String wallet = ada.newWallet("EUR", 100_000);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String creditor = i == 1 ? "Late" : "Settled";
            String[] prefer = i == 1 ? new String[] {"Prefer", "respond-async"} : new String[0];
            ids.add(ada.order("/v1/payments", Api.paymentBody(wallet, 100 + i, creditor), prefer)
                    .json()
                    .path("id")
                    .asText());
        }
        Collections.reverse(ids);
        String path = "/v1/payments?source=" + wallet + "&limit=2";

        JsonNode first = ada.get(path).json();
        JsonNode second = ada.get(path + "&starting_after=" + ids.get(1)).json();
        JsonNode last = ada.get(path + "&starting_after=" + ids.get(3)).json();
        JsonNode back = ada.get(path + "&ending_before=" + ids.get(3)).json();

        assertThat(first.path("object").asText()).isEqualTo("list");
        assertThat(first.path("url").asText()).isEqualTo("/v1/payments");
        assertThat(Api.texts(first.path("data"), "id")).isEqualTo(ids.subList(0, 2));
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(Api.texts(second.path("data"), "id")).isEqualTo(ids.subList(2, 4));
        assertThat(second.path("has_more").asBoolean()).isTrue();
        assertThat(Api.texts(last.path("data"), "id")).isEqualTo(ids.subList(4, 5));
        assertThat(last.path("has_more").asBoolean()).isFalse();
        assertThat(Api.texts(back.path("data"), "id")).isEqualTo(ids.subList(1, 3));
        assertThat(back.path("has_more").asBoolean()).isTrue();
    }

    @Test
    void filtersByStatusCustomerAndTime() {
        String wallet = ada.newWallet("EUR", 100_000);
        JsonNode settled =
                ada.order("/v1/payments", Api.paymentBody(wallet, 1, "Settled")).json();
        JsonNode waiting =
                ada.order("/v1/payments", Api.paymentBody(wallet, 2, "ACME")).json();
        String id = settled.path("id").asText();

        assertThat(ids("status=completed")).containsExactly(id);
        assertThat(ids("customer=" + settled.path("customer").asText()))
                .containsExactly(waiting.path("id").asText(), id);
        assertThat(ids("customer=" + IdType.CUSTOMER.next())).isEmpty();
        String between = settled.path("created_at").asText();
        String after = waiting.path("created_at").asText();
        assertThat(ids("created[gte]=" + encoded(between) + "&created[lt]=" + encoded(after)))
                .containsExactly(id);
    }

    private List<String> ids(String query) {
        Reply reply = ada.get("/v1/payments?" + query.replace("[", "%5B").replace("]", "%5D"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().path("data").findValuesAsText("id");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void refusesParametersItDoesNotKnow() {
        for (String query : List.of(
                "statuss=completed",
                "status=done",
                "limit=0",
                "limit=101",
                "limit=ten",
                "limit=1&limit=2",
                "created%5Bgte%5D=yesterday",
                "starting_after=a&ending_before=b")) {
            Reply reply = ada.get("/v1/payments?" + query);
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(reply.code()).as(query).isEqualTo("invalid_parameter");
            assertThat(reply.json().path("errors").size()).as(query).isEqualTo(1);
        }
    }

    @Test
    void cancelsOnlyThePaymentThatTheClientHasSeen() {
        String id = ordered("ACME");
        String path = "/v1/payments/" + id;

        Reply outdated = ada.post(path + "/cancellations", "{}", "If-Match", "\"0\"");
        String before = ada.get(path).json().path("status").asText();
        Reply cancelled = ada.post(
                path + "/cancellations", "{}", "If-Match", ada.get(path).header("ETag"));

        assertThat(outdated.status()).isEqualTo(412);
        assertThat(outdated.code()).isEqualTo("precondition_failed");
        assertThat(before).isNotEqualTo("cancelled");
        assertThat(cancelled.status()).isEqualTo(202);
    }

    @Test
    void aCancellationThatIsRepeatedIsNotRefusedForWhatItDidItself() {
        String path = "/v1/payments/" + ordered("ACME");
        String seen = ada.get(path).header("ETag");
        String key = IdType.REQUEST.next();
        ada.post(path + "/cancellations", "{}", "If-Match", seen, "Idempotency-Key", key);
        api.platform().loseAnswer(key);

        Reply again = ada.post(path + "/cancellations", "{}", "If-Match", seen, "Idempotency-Key", key);

        assertThat(again.status()).as(again.text()).isEqualTo(202);
        assertThat(again.json().path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void cancelsAPaymentThatTheBankHasNotBeenAskedFor() {
        String id = ordered("ACME");

        Reply cancelled = ada.post("/v1/payments/" + id + "/cancellations", "{\"reason\":\"a mistake\"}");

        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(cancelled.json().path("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.header("Location")).isEqualTo("/v1/payments/" + id);
        Reply again = ada.post("/v1/payments/" + id + "/cancellations", "{}");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json()).isEqualTo(cancelled.json());
    }

    @Test
    void refusesACancellationNamingTheState() {
        Reply processing = ada.order("/v1/payments/" + ordered("ACME") + "/cancellations", "{\"reason\":\"too late\"}");
        Reply completed = ada.post("/v1/payments/" + ordered("Settled") + "/cancellations", "{}");
        Reply failed = ada.post("/v1/payments/" + ordered("Poor") + "/cancellations", "{}");

        assertThat(List.of(processing.status(), completed.status(), failed.status()))
                .containsOnly(409);
        assertThat(processing.code()).isEqualTo("payment_processing");
        assertThat(completed.code()).isEqualTo("payment_completed");
        assertThat(failed.code()).isEqualTo("payment_failed");
    }

    @Test
    void storesARefusedCancellationUnderItsKey() {
        String path = "/v1/payments/" + ordered("ACME") + "/cancellations";

        Reply first = ada.post(path, "{\"reason\":\"too late\"}", "Idempotency-Key", "k-" + path);
        Reply second = ada.post(path, "{\"reason\":\"too late\"}", "Idempotency-Key", "k-" + path);

        assertThat(first.status()).isEqualTo(409);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void doesNotCancelWithoutABodyByMistake() {
        String id = ordered("ACME");

        Reply typo = ada.post("/v1/payments/" + id + "/cancellations", "{\"reasn\":\"a mistake\"}");
        Reply none = api.send(ada.request("/v1/payments/" + id + "/cancellations")
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));

        assertThat(typo.status()).isEqualTo(400);
        assertThat(typo.json().path("errors").path(0).path("pointer").asText()).isEqualTo("/reasn");
        assertThat(none.status()).isEqualTo(202);
    }

    private String ordered(String creditor) {
        return ada.order("/v1/payments", Api.paymentBody(ada.newWallet("EUR", 100_000), 1250, creditor))
                .json()
                .path("id")
                .asText();
    }
}
