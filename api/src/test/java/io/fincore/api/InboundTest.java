package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.EndToEndId;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.activation.AccountActivationWorkflow;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.fincore.workflows.refund.RefundWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class InboundTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final JdbcClient database =
            JdbcClient.create(api.platform().database.asSuperuser());
    private final String eventId = "be_" + IdType.REQUEST.next();

    @Test
    void handsASignedCallbackToItsPayment() {
        String id = ordered("ACME");

        Reply reply = callback(api, eventId, body(id, "ACSC", null));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.text()).isEmpty();
        awaitStatus(id, "completed"::equals);
        assertThat(awaitOutcome(eventId)).isEqualTo("done: signalled");
    }

    @Test
    void aRejectionEndsThePaymentToo() {
        String id = ordered("ACME");

        callback(api, eventId, body(id, "RJCT", "AC04"));

        awaitStatus(id, "failed"::equals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACTC", "ACCP", "ACSP", "PDNG"})
    void aTechnicalAcceptanceEndsNothing(String status) {
        String id = ordered("ACME");

        callback(api, eventId, body(id, status, null));

        assertThat(awaitOutcome(eventId)).isEqualTo("done: signalled");
        assertThat(status(id)).isEqualTo("processing");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "wrong secret, whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, 0, v1",
        "ten minutes old, SAME, -600, v1",
        "ten minutes ahead, SAME, 600, v1",
        "another version, SAME, 0, v2"
    })
    void refusesWhatIsNotSignedProperly(String name, String secret, long seconds, String version) {
        String body = body(ordered("ACME"), "ACSC", null);
        String key = secret.equals("SAME") ? Platform.SECRET : secret;
        long timestamp = Instant.now().getEpochSecond() + seconds;

        Reply reply =
                api.send(signed(api, eventId, timestamp, version + "," + sign(key, eventId, timestamp, body), body));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("signature_invalid");
        assertThat(stored(eventId)).isZero();
    }

    @Test
    void refusesAChangedBodyOrIdAndMissingHeaders() {
        String body = body(ordered("ACME"), "ACSC", null);
        long now = Instant.now().getEpochSecond();
        String signature = "v1," + sign(Platform.SECRET, eventId, now, body);

        Reply changedBody = api.send(signed(api, eventId, now, signature, body.replace("ACSC", "RJCT")));
        Reply changedId = api.send(signed(api, eventId + "x", now, signature, body));
        Reply unsigned = api.send(api.request("/v1/inbound/bank/events")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        Reply otherProvider = api.send(api.request("/v1/inbound/nobody/events")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));

        assertThat(changedBody.status()).isEqualTo(401);
        assertThat(changedId.status()).isEqualTo(401);
        assertThat(unsigned.status()).isEqualTo(401);
        assertThat(otherProvider.code()).isEqualTo("unauthenticated");
        assertThat(stored(eventId)).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no headers |",
                "no id | webhook-timestamp: NOW, webhook-signature: v1,SIGNATURE",
                "no timestamp | webhook-id: be_1, webhook-signature: v1,SIGNATURE",
                "no signature | webhook-id: be_1, webhook-timestamp: NOW",
                "nothing that is one | webhook-id: be_1, webhook-timestamp: NOW, webhook-signature: v1,AAAA",
                "a timestamp of old | webhook-id: be_1, webhook-timestamp: 1700000000, webhook-signature: v1,SIGNATURE"
            })
    void waitsForNoBodyOfWhatCannotBeSigned(String name, @Nullable String headers) throws IOException {
        String lines = headers == null
                ? ""
                : headers.replace(", ", "\r\n")
                                .replace("NOW", Long.toString(Instant.now().getEpochSecond()))
                                .replace("SIGNATURE", "A".repeat(44))
                        + "\r\n";

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port("local.server.port"))) {
            socket.getOutputStream()
                    .write(("POST /v1/inbound/bank/events HTTP/1.1\r\nHost: localhost\r\n" + lines
                                    + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine())
                    .startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void tellsItsMethodsToWhoSignsNothing() {
        Reply options =
                api.send(ada.request("/v1/inbound/bank/events").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Allow")).isEqualTo("POST,OPTIONS");
    }

    @Test
    void acceptsOneValidSignatureAmongSeveral() {
        String body = body(ordered("ACME"), "ACSC", null);
        long now = Instant.now().getEpochSecond();
        String signatures = "v1,AAAA v1a,BBBB v1," + sign(Platform.SECRET, eventId, now, body);

        assertThat(api.send(signed(api, eventId, now, signatures, body)).status())
                .isEqualTo(202);
    }

    @Test
    void anEventThatComesTwiceIsStoredOnce() {
        String id = ordered("ACME");
        String body = body(id, "ACSC", null);

        assertThat(callback(api, eventId, body).status()).isEqualTo(202);
        assertThat(callback(api, eventId, body).status()).isEqualTo(202);

        assertThat(stored(eventId)).isEqualTo(1);
        awaitStatus(id, "completed"::equals);
    }

    @Test
    void waitsForAWorkflowThatDoesNotExistYet() {
        String id = IdType.PAYMENT.next();
        callback(api, eventId, body(id, "ACSC", null));
        Awaitility.await().until(() -> column("attempts", Integer.class) >= 2);

        WorkflowClient client = api.platform().temporal().client();
        PaymentWorkflow workflow = client.newWorkflowStub(
                PaymentWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(PaymentWorkflow.workflowId(id))
                        .setTaskQueue(TaskQueues.PAYMENTS)
                        .build());
        WorkflowClient.start(workflow::run, order(ada, id));

        assertThat(awaitOutcome(eventId)).isEqualTo("done: signalled");
        awaitStatus(id, "completed"::equals);
    }

    @Test
    void laysAnEventAsideWhenItsWorkflowStaysUnknown() {
        callback(api, eventId, body(IdType.PAYMENT.next(), "ACSC", null));
        Awaitility.await().until(() -> column("failing_since IS NOT NULL", Boolean.class));

        database.sql("""
                        UPDATE intake.inbound_event
                        SET failing_since = now() - interval '6 minutes', next_attempt_at = now() WHERE event_id = ?
                        """).param(eventId).update();

        assertThat(awaitOutcome(eventId)).startsWith("dead: there is no open workflow of payment pay_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{\"type\":\"other\"}",
                "{\"type\":\"no\\u0000text\"}",
                "{\"type\":\"credit_transfer.status\",\"end_to_end_id\":\"XX1\",\"status\":\"ACSC\"}"
            })
    void laysAsideWhatIsSignedButMakesNoSense(String body) {
        assertThat(callback(api, eventId, body).status()).isEqualTo(202);

        assertThat(awaitOutcome(eventId)).startsWith("dead: not understood: ");
    }

    @ParameterizedTest
    @CsvSource({"Settled, RJCT, AC04", "Poor, ACSC, "})
    void alertsWhenTheBankContradictsAPaymentThatHasEnded(String creditor, String status, String reason) {
        String id = ordered(creditor);
        awaitStatus(id, one -> !one.equals("pending"));
        awaitClosed(PaymentWorkflow.workflowId(id));

        callback(api, eventId, body(id, status, reason));

        assertThat(awaitOutcome(eventId)).startsWith("done: contradicts the payment's end ");
        Map<String, Object> event = database.sql(
                        "SELECT tenant, principal, type, payload ->> 'bank_event' AS bank FROM outbox.event WHERE subject_id = ?")
                .param(id)
                .query()
                .singleRow();
        assertThat(event)
                .containsEntry("tenant", "acme")
                .containsEntry("principal", ada.principal())
                .containsEntry("type", "payment.contradiction")
                .containsEntry("bank", eventId);
    }

    @ParameterizedTest
    @CsvSource({"Settled, ACSC", "Settled, ACCP", "Poor, RJCT"})
    void staysSilentWhenTheBankAgrees(String creditor, String status) {
        String id = ordered(creditor);
        awaitClosed(PaymentWorkflow.workflowId(id));

        callback(api, eventId, body(id, status, status.equals("RJCT") ? "AM04" : null));

        assertThat(awaitOutcome(eventId)).startsWith("done: the payment had ended ");
        assertThat(database.sql("SELECT count(*) FROM outbox.event WHERE subject_id = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void handsTheNewsOfAReturnToItsRefund() {
        String id = refund("{\"amount\":100}");

        callback(api, eventId, returned(id, "ACSC"));

        Awaitility.await()
                .until(() -> ada.get("/v1/refunds/" + id).json().path("status").asText(), "completed"::equals);
        assertThat(awaitOutcome(eventId)).isEqualTo("done: signalled");
    }

    @ParameterizedTest
    @CsvSource({"Returned, RJCT, contradicts", "Returned, ACSC, had ended", "Returned, ACCP, had ended"})
    void comparesTheNewsOfAReturnWithARefundThatHasEnded(String reason, String status, String outcome) {
        String id = refund("{\"reason\":\"" + reason + "\"}");
        awaitClosed(RefundWorkflow.workflowId(id));

        callback(api, eventId, returned(id, status));

        assertThat(awaitOutcome(eventId)).startsWith("done: ").contains("refund", outcome, "completed");
        assertThat(alerts(id, "refund.contradiction")).isEqualTo(outcome.equals("contradicts") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"approved, completed", "rejected, rejected", "referred, in_review"})
    void handsASignedCheckToItsActivation(String status, String expected) {
        String path = activation("later");

        assertThat(kycCallback(api, eventId, checked(path.substring(path.lastIndexOf('/') + 1), status))
                        .status())
                .isEqualTo(202);

        Awaitility.await().until(() -> ada.get(path).json().path("status").asText(), expected::equals);
        assertThat(awaitOutcome(eventId)).isEqualTo("done: signalled");
    }

    @ParameterizedTest
    @CsvSource({"rejected, contradicts", "approved, had ended", "referred, had ended"})
    void comparesACheckWithAnActivationThatHasEnded(String status, String outcome) {
        String path = activation("approved");
        String id = path.substring(path.lastIndexOf('/') + 1);
        awaitClosed(AccountActivationWorkflow.workflowId(id));

        kycCallback(api, eventId, checked(id, status));

        assertThat(awaitOutcome(eventId)).startsWith("done: ").contains("activation", outcome, "completed");
        assertThat(alerts(id, "activation.contradiction")).isEqualTo(outcome.equals("contradicts") ? 1 : 0);
    }

    @Test
    void theAlertOfAContradictionTellsNotWhatTheProviderWroteOfThePerson() {
        String path = activation("approved");
        String id = path.substring(path.lastIndexOf('/') + 1);
        awaitClosed(AccountActivationWorkflow.workflowId(id));
        try (Console console = new Console()) {
            kycCallback(api, eventId, checked(id, "rejected"));

            assertThat(awaitOutcome(eventId)).startsWith("done: contradicts");
            assertThat(console.text())
                    .contains(id + " has ended completed, but the kyc now says", "answer=rejected", "reference=K-1")
                    .doesNotContain("forged passport");
        }
        assertThat(database.sql("SELECT payload -> 'kyc_answer' FROM outbox.event"
                                + " WHERE subject_id = ? AND type = 'activation.contradiction'")
                        .param(id)
                        .query(String.class)
                        .single())
                .isEqualTo("{\"answer\": \"rejected\", \"reference\": \"K-1\"}");
    }

    @Test
    void whatIsNotUnderstoodOfACheckIsNotRepeatedInTheLog() {
        try (Console console = new Console()) {
            kycCallback(api, eventId, checked(IdType.ACTIVATION.next(), "a forger"));

            assertThat(awaitOutcome(eventId)).isEqualTo("dead: not understood: unknown status");
            assertThat(console.text()).contains(eventId).doesNotContain("a forger", "forged passport");
        }
    }

    @Test
    void aFailedActivationSaysNothingAboutTheCustomer() {
        String path = activation("broken");
        String id = path.substring(path.lastIndexOf('/') + 1);
        awaitClosed(AccountActivationWorkflow.workflowId(id));

        kycCallback(api, eventId, checked(id, "rejected"));

        assertThat(awaitOutcome(eventId)).startsWith("done: the activation had ended failed");
        assertThat(alerts(id, "activation.contradiction")).isZero();
    }

    @Test
    void eachProviderSignsWithItsOwnSecret() {
        String id = IdType.ACTIVATION.next();
        long now = Instant.now().getEpochSecond();
        String body = body(IdType.PAYMENT.next(), "ACSC", null);

        Reply kyc = kycCallback(api, eventId, checked(id, "approved"), Platform.SECRET);
        Reply bank = api.send(signed(api, eventId, now, "v1," + sign(Platform.KYC_SECRET, eventId, now, body), body));

        assertThat(kyc.status()).isEqualTo(401);
        assertThat(kyc.code()).isEqualTo("signature_invalid");
        assertThat(bank.status()).isEqualTo(401);
        assertThat(stored(eventId)).isZero();
    }

    @Test
    void anEventThatComesTwiceFromTheKycProviderIsStoredOnceAndNotTakenForTheBanks() {
        String id = IdType.ACTIVATION.next();
        callback(api, eventId, "not json");

        kycCallback(api, eventId, checked(id, "approved"));
        kycCallback(api, eventId, checked(id, "approved"));

        assertThat(database.sql("SELECT provider FROM intake.inbound_event WHERE event_id = ? ORDER BY provider")
                        .param(eventId)
                        .query(String.class)
                        .list())
                .containsExactly("bank", "kyc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{\"type\":\"credit_transfer.status\"}",
                "{\"type\":\"kyc.check\",\"check_id\":\"pay_x\",\"status\":\"approved\"}",
                "{\"type\":\"kyc.check\",\"check_id\":\"act_06ey1h5j0s7c3bqk2m9z4t8wxa\",\"status\":\"maybe\"}"
            })
    void laysAsideAnUnintelligibleCheck(String body) {
        assertThat(kycCallback(api, eventId, body).status()).isEqualTo(202);

        assertThat(awaitOutcome(eventId)).startsWith("dead: not understood: ");
    }

    private String refund(String body) {
        return ada.order("/v1/payments/" + ordered("Settled") + "/refunds", body)
                .json()
                .path("id")
                .asText();
    }

    /** The path of a new one. */
    private String activation(String check) {
        String customer = ada.newCustomer();
        return ada.order(
                        "/v1/customers/" + customer + "/activations",
                        "{\"wallet\":\"%s\",\"metadata\":{\"check\":\"%s\"}}"
                                .formatted(ada.newPendingWallet(customer, "EUR"), check))
                .header("Location");
    }

    private long alerts(String id, String type) {
        return database.sql("SELECT count(*) FROM outbox.event WHERE subject_id = ? AND type = ?")
                .params(id, type)
                .query(Long.class)
                .single();
    }

    @Test
    void carriesTheTraceOfTheCallback() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        long now = Instant.now().getEpochSecond();
        String body = body(ordered("ACME"), "ACSC", null);

        api.send(signed(api, eventId, now, "v1," + sign(Platform.SECRET, eventId, now, body), body)
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01"));

        assertThat(column("trace_parent", String.class))
                .startsWith("00-" + trace + "-")
                .endsWith("-01");
    }

    private String ordered(String creditor) {
        return ada.order("/v1/payments", Api.paymentBody(ada.newWallet("EUR", 100_000), 1250, creditor))
                .json()
                .path("id")
                .asText();
    }

    static PaymentOrder order(User ada, String id) {
        return new PaymentOrder(
                id,
                "acme",
                ada.principal(),
                ada.newCustomer(),
                ada.newWallet("EUR", 0),
                Money.of(1250, "EUR"),
                new PaymentOrder.Creditor("ACME", "DE89370400440532013000", null),
                null,
                Map.of(),
                null,
                "correlation",
                Instant.now(),
                Instant.now().plus(Duration.ofHours(1)));
    }

    private void awaitClosed(String workflowId) {
        Awaitility.await().until(() -> api.platform().temporal().isClosed(workflowId));
    }

    private void awaitStatus(String paymentId, Predicate<String> expected) {
        Awaitility.await().until(() -> status(paymentId), expected);
    }

    private String status(String paymentId) {
        return ada.get("/v1/payments/" + paymentId).json().path("status").asText();
    }

    private String awaitOutcome(String id) {
        Supplier<String> outcome = () -> database.sql(
                        "SELECT status || ': ' || coalesce(outcome, '') FROM intake.inbound_event WHERE event_id = ?")
                .param(id)
                .query(String.class)
                .single();
        return Awaitility.await().until(outcome::get, text -> !text.startsWith("pending"));
    }

    private <T> T column(String column, Class<T> type) {
        return database.sql("SELECT " + column + " FROM intake.inbound_event WHERE event_id = ?")
                .param(eventId)
                .query(type)
                .single();
    }

    private long stored(String id) {
        return database.sql("SELECT count(*) FROM intake.inbound_event WHERE event_id = ?")
                .param(id)
                .query(Long.class)
                .single();
    }

    static String body(String paymentId, String status, @Nullable String reason) {
        return """
                {"event_id":"e","type":"credit_transfer.status","end_to_end_id":"%s","status":"%s",\
                "bank_reference":"B-1","reason":%s,"occurred_at":"2026-11-21T10:00:00Z","added_later":1}""".formatted(
                        EndToEndId.ofPayment(paymentId).value(),
                        status,
                        reason == null ? "null" : "{\"code\":\"" + reason + "\",\"detail\":\"closed\"}");
    }

    /** What the bank says of the return of a payment. */
    static String returned(String refundId, String status) {
        return """
                {"event_id":"e","type":"payment_return.status","end_to_end_id":"%s","status":"%s",\
                "bank_reference":"B-2","reason":%s,"occurred_at":"2026-11-21T10:00:00Z"}""".formatted(
                        EndToEndId.ofRefund(refundId).value(),
                        status,
                        status.equals("RJCT") ? "{\"code\":\"CUST\",\"detail\":\"refused\"}" : "null");
    }

    /** What the KYC provider says of a customer. */
    static String checked(String activationId, String status) {
        return """
                {"event_id":"e","type":"kyc.check","check_id":"%s","status":"%s","reference":"K-1",%s\
                "occurred_at":"2026-11-21T10:00:00Z"}""".formatted(activationId, status, status.equals("approved") ? "" : "\"reason\":\"forged passport\",");
    }

    static Reply callback(Api api, String eventId, String body) {
        long now = Instant.now().getEpochSecond();
        return api.send(signed(api, eventId, now, "v1," + sign(Platform.SECRET, eventId, now, body), body));
    }

    static Reply kycCallback(Api api, String eventId, String body) {
        return kycCallback(api, eventId, body, Platform.KYC_SECRET);
    }

    private static Reply kycCallback(Api api, String eventId, String body, String secret) {
        long now = Instant.now().getEpochSecond();
        return api.send(signed(api, "kyc", eventId, now, "v1," + sign(secret, eventId, now, body), body));
    }

    private static HttpRequest.Builder signed(Api api, String id, long timestamp, String signatures, String body) {
        return signed(api, "bank", id, timestamp, signatures, body);
    }

    private static HttpRequest.Builder signed(
            Api api, String provider, String id, long timestamp, String signatures, String body) {
        return api.request("/v1/inbound/" + provider + "/events")
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", signatures)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String sign(String secret, String id, long timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            byte[] content = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder().encodeToString(mac.doFinal(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
