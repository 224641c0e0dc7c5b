package io.fincore.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fincore.dev.simulator.CallbackReceiver.Delivery;
import io.fincore.money.IdType;
import io.fincore.providers.HttpKyc;
import io.fincore.providers.KycAnswer;
import io.fincore.providers.KycCheck;
import io.fincore.providers.KycSettings;
import io.fincore.providers.Provider;
import io.fincore.providers.Resilience;
import io.opentelemetry.api.OpenTelemetry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The KYC provider as the platform meets it: through {@link HttpKyc}, its list and its callbacks. */
class SimulatedKycTest {

    private static final KycAnswer LATER = new KycAnswer.Unavailable("HTTP 503", Duration.ofSeconds(1));

    private final String id = IdType.ACTIVATION.next();
    private final RunningSimulator simulator;
    private final CallbackReceiver receiver;
    private HttpKyc kyc;

    SimulatedKycTest(@TempDir Path data) {
        simulator = new RunningSimulator(data);
        receiver = simulator.kycEvents();
        kyc = kyc();
    }

    @AfterEach
    void stop() {
        kyc.close();
        simulator.close();
    }

    @Test
    void approvesAtOnceWhoeverIsNotInTheTable() throws Exception {
        assertThat(kyc.inquire(id)).isEqualTo(new KycAnswer.NotKnown());
        assertThat(kyc.verify(new KycCheck(id, "Jürgen Groß", LocalDate.parse("1990-02-28"), "DE")))
                .isEqualTo(new KycAnswer.Approved(reference()));
        assertThat(kyc.inquire(id)).isEqualTo(new KycAnswer.Approved(reference()));

        assertList("approved", null, 1);
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void approvesAtOnce() {
        assertThat(verify(KycBehaviour.APPROVES_AT_ONCE)).isEqualTo(new KycAnswer.Approved(reference()));
    }

    @Test
    void refers() throws Exception {
        KycAnswer referred = new KycAnswer.Referred(reference(), "A person must look at the document");

        assertThat(verify(KycBehaviour.REFERS)).isEqualTo(referred);
        assertThat(kyc.inquire(id)).isEqualTo(referred);
        assertList("referred", "A person must look at the document", 1);
    }

    @Test
    void rejects() throws Exception {
        KycAnswer rejected = new KycAnswer.Rejected(reference(), "The document is somebody else's");

        assertThat(verify(KycBehaviour.REJECTS)).isEqualTo(rejected);
        assertThat(kyc.inquire(id)).isEqualTo(rejected);
        assertList("rejected", "The document is somebody else's", 1);
    }

    @Test
    void approvesLater() throws Exception {
        assertThat(verify(KycBehaviour.APPROVES_LATER)).isEqualTo(new KycAnswer.Pending(reference()));
        assertThat(kyc.inquire(id)).isEqualTo(new KycAnswer.Pending(reference()));

        assertCallback(receiver.next());
        assertThat(kyc.inquire(id)).isEqualTo(new KycAnswer.Approved(reference()));
        assertThat(simulator.bankEvents().waiting()).isZero();
    }

    @Test
    void staysDown() throws Exception {
        for (int call = 1; call <= 10; call++) {
            assertThat(verify(KycBehaviour.DOWN)).isEqualTo(LATER);
        }
        assertThat(kyc.inquire(id)).isEqualTo(new KycAnswer.NotKnown());
        assertThat(simulator.list("/kyc/checks")).isEmpty();
    }

    @Test
    void isDownThreeTimesEvenAcrossARestart() throws Exception {
        assertThat(verify(KycBehaviour.DOWN_THREE_TIMES)).isEqualTo(LATER);
        assertThat(verify(KycBehaviour.DOWN_THREE_TIMES)).isEqualTo(LATER);
        restart();
        assertThat(verify(KycBehaviour.DOWN_THREE_TIMES)).isEqualTo(LATER);
        assertThat(verify(KycBehaviour.DOWN_THREE_TIMES)).isEqualTo(new KycAnswer.Approved(reference()));
        assertList("approved", null, 4);
    }

    @Test
    void approvesTwiceByCallback() throws Exception {
        assertThat(verify(KycBehaviour.APPROVES_TWICE)).isEqualTo(new KycAnswer.Pending(reference()));
        Delivery first = receiver.next();
        Delivery second = receiver.next();

        assertCallback(first);
        assertCallback(second);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
    }

    @Test
    void neverCallsBack() throws Exception {
        assertThat(verify(KycBehaviour.NEVER_CALLS_BACK)).isEqualTo(new KycAnswer.Pending(reference()));
        Instant limit = Instant.now().plusSeconds(30);
        while (kyc.inquire(id) instanceof KycAnswer.Pending && Instant.now().isBefore(limit)) {
            Thread.sleep(50);
        }

        assertThat(kyc.inquire(id)).isEqualTo(new KycAnswer.Approved(reference()));
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void checksOnceHoweverOftenAndAtOnceItIsAsked() throws Exception {
        List<KycAnswer> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<KycAnswer>> calls = new ArrayList<>();
            for (int call = 1; call <= 10; call++) {
                calls.add(callers.submit(() -> verify(KycBehaviour.APPROVES_TWICE)));
            }
            for (Future<KycAnswer> call : calls) {
                answers.add(call.get());
            }
        }

        assertThat(answers).hasSize(10).containsOnly(new KycAnswer.Pending(reference()));
        assertThat(receiver.next().body()).isEqualTo(receiver.next().body());
        assertList("approved", null, 10);
    }

    @Test
    void refusesAnotherCustomerUnderTheSameId() throws Exception {
        verify(KycBehaviour.REJECTS);

        assertThat(verify(KycBehaviour.APPROVES_AT_ONCE)).isEqualTo(new KycAnswer.Unavailable("HTTP 409", null));
        assertThat(kyc.verify(new KycCheck(id, "Rex Rejected", null, "AT")))
                .isEqualTo(new KycAnswer.Unavailable("HTTP 409", null));
        assertList("rejected", "The document is somebody else's", 1);
    }

    @Test
    void keepsChecksAndOwedCallbacksAcrossARestart() throws Exception {
        receiver.answers(500);
        verify(KycBehaviour.APPROVES_LATER);
        Delivery refused = receiver.next();
        List<JsonNode> before = simulator.list("/kyc/checks");
        restart();
        receiver.answers(204);
        Delivery taken = receiver.next();
        while (taken.answer() != 204) {
            taken = receiver.next();
        }

        assertThat(taken.body()).isEqualTo(refused.body());
        assertCallback(taken);
        List<JsonNode> after = before.stream()
                .map(line -> (JsonNode) ((ObjectNode) line.deepCopy()).put("callbacks_delivered", 1))
                .toList();
        simulator.awaitList("/kyc/checks", after);
        restart();
        assertThat(simulator.list("/kyc/checks")).isEqualTo(after);
    }

    @Test
    void decidesAfterARestartWhatWasPendingBefore() throws Exception {
        verify(KycBehaviour.APPROVES_LATER);
        assertThat(receiver.waiting()).isZero();
        restart();

        assertCallback(receiver.next());
    }

    @Test
    void aCheckIsNoneOfTheBanksBusiness() throws Exception {
        verify(KycBehaviour.APPROVES_AT_ONCE);

        assertThat(simulator.list("/book")).isEmpty();
        assertThat(simulator.list("/notifications")).isEmpty();
    }

    @Test
    void passesTheTraceOn() throws Exception {
        String traceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        String body = "{\"check_id\":\"" + id + "\",\"name\":\"Sam Slow\"}";
        HttpResponse<String> response =
                simulator.post("/kyc/checks", body, "Idempotency-Key", id, "traceparent", traceParent);

        assertThat(Json.MAPPER.readTree(response.body()))
                .isEqualTo(Json.MAPPER.readTree(
                        "{\"check_id\":\"" + id + "\",\"status\":\"pending\",\"reference\":\"" + reference() + "\"}"));
        assertThat(receiver.next().header("traceparent")).isEqualTo(traceParent);
    }

    @Test
    void refusesWhatItCannotRead() throws Exception {
        List<String> unreadable = List.of(
                "",
                "null",
                "[]",
                "{}",
                "{\"check_id\":\"" + id + "\"}",
                "{\"check_id\":\"" + id + "\",\"name\":\" \"}",
                "{\"check_id\":\"" + id + "\",\"name\":\"Ada\",\"shoe_size\":39}",
                "{\"check_id\":\"" + id + "\",\"name\":\"Ada\",\"date_of_birth\":\"yesterday\"}");
        for (String body : unreadable) {
            assertThat(simulator
                            .post("/kyc/checks", body, "Idempotency-Key", id)
                            .statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        String good = "{\"check_id\":\"" + id + "\",\"name\":\"Ada\"}";
        assertThat(simulator.post("/kyc/checks", good).statusCode())
                .as("without Idempotency-Key")
                .isEqualTo(400);
        assertThat(simulator.list("/kyc/checks")).isEmpty();
    }

    private void restart() {
        kyc.close();
        simulator.restart();
        kyc = kyc();
    }

    private HttpKyc kyc() {
        return new HttpKyc(KycSettings.of(simulator.uri()), Resilience.of(Provider.KYC), OpenTelemetry.noop());
    }

    private KycAnswer verify(KycBehaviour behaviour) {
        return kyc.verify(new KycCheck(id, behaviour.customerName(), null, null));
    }

    private String reference() {
        return "KY" + id;
    }

    private void assertList(String status, @Nullable String reason, int received) throws Exception {
        List<JsonNode> lines = simulator.list("/kyc/checks");
        assertThat(lines).hasSize(1);
        JsonNode line = lines.getFirst();
        assertThat(line.get("check_id").asText()).isEqualTo(id);
        assertThat(line.get("status").asText()).isEqualTo(status);
        assertThat(line.get("reason").asText(null)).isEqualTo(reason);
        assertThat(line.get("times_received").asInt()).isEqualTo(received);
    }

    private void assertCallback(Delivery callback) throws Exception {
        RunningSimulator.assertSignedByKyc(callback);
        ObjectNode event = (ObjectNode) callback.json();
        event.remove(List.of("event_id", "occurred_at"));
        assertThat((JsonNode) event)
                .isEqualTo(Json.MAPPER.readTree("{\"type\":\"kyc.check\",\"check_id\":\"" + id
                        + "\",\"status\":\"approved\",\"reference\":\"" + reference() + "\"}"));
    }
}
