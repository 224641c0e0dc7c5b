package io.fincore.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fincore.dev.simulator.CallbackReceiver.Delivery;
import io.fincore.money.EndToEndId;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.providers.BankSettings;
import io.fincore.providers.BankStatus;
import io.fincore.providers.CreditTransfer;
import io.fincore.providers.HttpBank;
import io.fincore.providers.InquiryAnswer;
import io.fincore.providers.Provider;
import io.fincore.providers.Resilience;
import io.fincore.providers.ReturnRequest;
import io.fincore.providers.SendAnswer;
import io.fincore.providers.SendAnswer.NotSent;
import io.fincore.providers.SendAnswer.NotSent.Reason;
import io.opentelemetry.api.OpenTelemetry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Returns as the platform meets them: through {@link HttpBank}, the bank's book and its callbacks. */
class SimulatedReturnsTest {

    private static final Instant CREATED_AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final long TRANSFERRED = 1250;

    private final EndToEndId payment = EndToEndId.ofPayment(IdType.PAYMENT.next());
    private final EndToEndId id = EndToEndId.ofRefund(IdType.REFUND.next());
    private final RunningSimulator simulator;
    private final CallbackReceiver receiver;
    private final Resilience resilience = Resilience.of(Provider.BANK);
    private HttpBank bank;

    SimulatedReturnsTest(@TempDir Path data) {
        simulator = new RunningSimulator(data);
        receiver = simulator.bankEvents();
        bank = bank();
    }

    @AfterEach
    void stop() {
        bank.close();
        simulator.close();
    }

    @Test
    void returnsAtOnce() throws Exception {
        settle(ReturnBehaviour.RETURNS_AT_ONCE);

        assertThat(requestReturn(450)).isEqualTo(new BankStatus.Settled(reference()));
        assertThat(inquire()).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 1, 1);
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void returnsATransferToAnyOtherIbanAtOnce() throws Exception {
        settle("DE89370400440532013000");

        assertThat(requestReturn(450)).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 1, 1);
    }

    @Test
    void returnsLater() throws Exception {
        settle(ReturnBehaviour.RETURNS_LATER);

        assertThat(requestReturn(450)).isEqualTo(new BankStatus.Accepted(reference()));
        assertThat(inquire()).isEqualTo(new BankStatus.Accepted(reference()));
        assertCallback(receiver.next(), "ACSC", null);
        assertThat(inquire()).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 1, 1);
    }

    @Test
    void refusesAtOnce() throws Exception {
        settle(ReturnBehaviour.REFUSES_RETURN_AT_ONCE);

        assertRejected(requestReturn(450), "CUST");
        assertRejected(inquire(), "CUST");
        assertBook("rejected", "CUST", 1, 0);
    }

    @Test
    void refusesAfterAccepting() throws Exception {
        settle(ReturnBehaviour.REFUSES_RETURN_AFTER_ACCEPTING);

        assertThat(requestReturn(450)).isEqualTo(new BankStatus.Accepted(reference()));
        assertCallback(receiver.next(), "RJCT", "LEGL");
        assertRejected(inquire(), "LEGL");
        assertBook("rejected", "LEGL", 1, 0);
    }

    @Test
    void returnsThenDropsTheConnection() throws Exception {
        settle(ReturnBehaviour.RETURNS_THEN_DROPS_CONNECTION);

        assertThat(requestReturn(450)).isInstanceOf(SendAnswer.Unknown.class);
        assertThat(inquire()).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 1, 1);
        assertThat(requestReturn(450)).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 2, 1);
    }

    @Test
    void losesTheFirstRequest() throws Exception {
        settle(ReturnBehaviour.LOSES_FIRST_RETURN_REQUEST);

        assertThat(requestReturn(450)).isInstanceOf(SendAnswer.Unknown.class);
        assertThat(inquire()).isEqualTo(new InquiryAnswer.NotKnown());
        assertThat(returns()).isEmpty();
        assertThat(requestReturn(450)).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 2, 1);
    }

    @Test
    void neverCallsBack() throws Exception {
        settle(ReturnBehaviour.NEVER_CALLS_BACK_ABOUT_RETURN);

        assertThat(requestReturn(450)).isEqualTo(new BankStatus.Accepted(reference()));
        Instant limit = Instant.now().plusSeconds(30);
        while (inquire() instanceof BankStatus.Accepted && Instant.now().isBefore(limit)) {
            Thread.sleep(50);
        }
        assertThat(inquire()).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 1, 1);
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void isUnavailableThreeTimesEvenAcrossARestart() throws Exception {
        settle(ReturnBehaviour.UNAVAILABLE_FOR_RETURN_THREE_TIMES);
        NotSent unavailable = new NotSent(Reason.UNAVAILABLE, Duration.ofSeconds(1));

        assertThat(requestReturn(450)).isEqualTo(unavailable);
        assertThat(requestReturn(450)).isEqualTo(unavailable);
        restart();
        assertThat(requestReturn(450)).isEqualTo(unavailable);
        assertThat(inquire()).isEqualTo(new InquiryAnswer.NotKnown());
        assertThat(requestReturn(450)).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 4, 1);
    }

    @Test
    void knowsNoReturnOfWhatWasNotExecuted() throws Exception {
        assertRejected(requestReturn(450), "NOOR");

        EndToEndId other = EndToEndId.ofRefund(IdType.REFUND.next());
        settle(BankBehaviour.REJECTS_AT_ONCE_AC04.iban());
        assertRejected(requestReturn(other, Money.of(450, "EUR")), "NOOR");
        assertThat(returns())
                .extracting(line -> line.get("times_executed").asInt())
                .containsExactly(0, 0);
        assertRejected(inquire(), "NOOR");
    }

    @Test
    void returnsNoOtherCurrency() {
        settle(ReturnBehaviour.RETURNS_AT_ONCE);

        assertRejected(requestReturn(id, Money.of(1, "USD")), "AM03");
    }

    @Test
    void returnsTheWholeInPartsAndNothingBeyond() throws Exception {
        settle(ReturnBehaviour.RETURNS_AT_ONCE);
        List<String> codes = new ArrayList<>();
        for (long part : new long[] {800, 451, 450, 1}) {
            codes.add(code(requestReturn(EndToEndId.ofRefund(IdType.REFUND.next()), Money.of(part, "EUR"))));
        }

        assertThat(codes).containsExactly("settled", "AM09", "settled", "AM09");
        restart();
        assertRejected(requestReturn(1), "AM09");
        assertThat(executed()).isEqualTo(TRANSFERRED);
    }

    @Test
    void returnsNoMoreThanTheWholeHoweverManyAskAtOnce() throws Exception {
        settle(ReturnBehaviour.RETURNS_AT_ONCE);
        List<String> codes = atOnce(20);

        assertThat(codes).hasSize(20).containsOnly("settled", "AM09");
        assertThat(codes.stream().filter("settled"::equals)).hasSize(12);
        assertThat(executed()).isEqualTo(1200);
    }

    @Test
    void returnsNoMoreThanTheWholeOfWhatItAcceptedBefore() throws Exception {
        settle(ReturnBehaviour.RETURNS_LATER);

        assertThat(atOnce(20)).hasSize(20).containsOnly("accepted");
        List<String> told = new ArrayList<>();
        for (int callback = 1; callback <= 20; callback++) {
            told.add(receiver.next().json().get("status").asText());
        }
        assertThat(told.stream().filter("ACSC"::equals)).hasSize(12);
        assertThat(executed()).isEqualTo(1200);
    }

    @Test
    void returnsOnceHoweverOftenAndAtOnceItIsAsked() throws Exception {
        settle(ReturnBehaviour.RETURNS_AT_ONCE);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SendAnswer>> calls = new ArrayList<>();
            for (int call = 1; call <= 20; call++) {
                calls.add(callers.submit(() -> requestReturn(1000)));
            }
            for (Future<SendAnswer> call : calls) {
                assertThat(call.get()).isEqualTo(new BankStatus.Settled(reference()));
            }
        }

        assertBook("settled", null, 20, 1, 1000);
        assertThat(executed()).isEqualTo(1000);
    }

    @Test
    void refusesAnotherReturnUnderTheSameIdWithoutAWordAboutTheFirst() throws Exception {
        settle(ReturnBehaviour.RETURNS_AT_ONCE);
        requestReturn(450);

        assertThat(requestReturn(451)).isEqualTo(new SendAnswer.Unknown("HTTP 409"));
        assertThat(inquire()).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 1, 1);
    }

    @Test
    void keepsBookAndOwedCallbacksAcrossARestart() throws Exception {
        settle(ReturnBehaviour.RETURNS_LATER);
        receiver.answers(500);
        requestReturn(450);
        Delivery refused = receiver.next();
        List<JsonNode> before = simulator.list("/book");
        restart();
        receiver.answers(204);
        Delivery taken = receiver.next();
        while (taken.answer() != 204) {
            taken = receiver.next();
        }

        assertThat(taken.body()).isEqualTo(refused.body());
        assertCallback(taken, "ACSC", null);
        List<JsonNode> after = before.stream()
                .map(line -> (JsonNode) ((ObjectNode) line.deepCopy())
                        .put("callbacks_delivered", line.get("callbacks_owed").asInt()))
                .toList();
        simulator.awaitList("/book", after);
        restart();
        assertThat(simulator.list("/book")).isEqualTo(after);
    }

    @Test
    void decidesAfterARestartWhatWasAcceptedBefore() throws Exception {
        settle(ReturnBehaviour.REFUSES_RETURN_AFTER_ACCEPTING);
        requestReturn(450);
        assertThat(receiver.waiting()).isZero();
        restart();

        assertCallback(receiver.next(), "RJCT", "LEGL");
        assertBook("rejected", "LEGL", 1, 0);
    }

    @Test
    void passesTheTraceOn() throws Exception {
        settle(ReturnBehaviour.RETURNS_LATER);
        String traceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        HttpResponse<String> response = simulator.post(
                "/payment-returns", message(), "Idempotency-Key", id.value(), "traceparent", traceParent);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(receiver.next().header("traceparent")).isEqualTo(traceParent);
        assertThat(returns().getFirst().get("trace_parent").asText()).isEqualTo(traceParent);
    }

    @Test
    void refusesWhatItCannotRead() throws Exception {
        List<String> unreadable = List.of(
                "",
                "<a/>",
                message().replace("RvslId>", "Rvsl>"),
                message().replace("OrgnlEndToEndId>", "OrgnlTxId>"),
                message().replace("4.50", "4.505"),
                message().replace("pacs.007.001.09", "pacs.004.001.09"));
        for (String body : unreadable) {
            assertThat(simulator
                            .post("/payment-returns", body, "Idempotency-Key", id.value())
                            .statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(simulator.post("/payment-returns", message()).statusCode())
                .as("without Idempotency-Key")
                .isEqualTo(400);
        assertThat(simulator.list("/book")).isEmpty();
    }

    private void restart() {
        bank.close();
        simulator.restart();
        bank = bank();
    }

    private HttpBank bank() {
        return new HttpBank(BankSettings.of(simulator.uri()), resilience, OpenTelemetry.noop());
    }

    private void settle(ReturnBehaviour behaviour) {
        assertThat(settle(behaviour.iban())).isInstanceOf(BankStatus.Settled.class);
    }

    private SendAnswer settle(String creditorIban) {
        CreditTransfer transfer = new CreditTransfer(
                payment,
                Money.of(TRANSFERRED, "EUR"),
                "Jürgen Groß",
                "wal_01k9x2m4e6g8h0j2k4m6n8p0q2",
                "ACME GmbH",
                creditorIban,
                null,
                "INV-1",
                CREATED_AT);
        return bank.send(transfer, () -> true);
    }

    private SendAnswer requestReturn(long minorUnits) {
        return requestReturn(id, Money.of(minorUnits, "EUR"));
    }

    private SendAnswer requestReturn(EndToEndId returnId, Money amount) {
        return bank.requestReturn(new ReturnRequest(returnId, payment, amount, "twice", CREATED_AT), () -> true);
    }

    /** As many returns of 1.00, each its own. */
    private List<String> atOnce(int calls) throws Exception {
        List<String> codes = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SendAnswer>> answers = new ArrayList<>();
            for (int call = 1; call <= calls; call++) {
                EndToEndId each = EndToEndId.ofRefund(IdType.REFUND.next());
                answers.add(callers.submit(() -> requestReturn(each, Money.of(100, "EUR"))));
            }
            for (Future<SendAnswer> answer : answers) {
                codes.add(code(answer.get()));
            }
        }
        return codes;
    }

    private static String code(SendAnswer answer) {
        return switch (answer) {
            case BankStatus.Settled settled -> "settled";
            case BankStatus.Accepted accepted -> "accepted";
            case BankStatus.Rejected rejected -> rejected.code();
            case SendAnswer.Unknown unknown -> unknown.toString();
            case NotSent notSent -> notSent.toString();
        };
    }

    private InquiryAnswer inquire() {
        return bank.inquire(id);
    }

    private String reference() {
        return "BK" + id.value();
    }

    private List<JsonNode> returns() throws Exception {
        return simulator.list("/book").stream()
                .filter(line -> line.get("kind").asText().equals("return"))
                .toList();
    }

    private long executed() throws Exception {
        return returns().stream()
                .mapToLong(line ->
                        line.get("amount").asLong() * line.get("times_executed").asInt())
                .sum();
    }

    private static void assertRejected(Object answer, String code) {
        assertThat(answer).isInstanceOfSatisfying(BankStatus.Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(code);
            assertThat(rejected.detail()).isNotBlank();
        });
    }

    private void assertBook(String status, @Nullable String reason, int received, int executed) throws Exception {
        assertBook(status, reason, received, executed, 450);
    }

    private void assertBook(String status, @Nullable String reason, int received, int executed, long amount)
            throws Exception {
        assertThat(returns()).hasSize(1);
        JsonNode line = returns().getFirst();
        assertThat(line.get("end_to_end_id").asText()).isEqualTo(id.value());
        assertThat(line.get("original_end_to_end_id").asText()).isEqualTo(payment.value());
        assertThat(line.get("amount").asLong()).isEqualTo(amount);
        assertThat(line.get("currency").asText()).isEqualTo("EUR");
        assertThat(line.get("creditor_iban").isNull()).isTrue();
        assertThat(line.get("status").asText()).isEqualTo(status);
        assertThat(line.get("reason").asText(null)).isEqualTo(reason);
        assertThat(line.get("times_received").asInt()).isEqualTo(received);
        assertThat(line.get("times_executed").asInt()).isEqualTo(executed);
        assertThat(simulator.list("/book")).as("beside the transfer").hasSize(2);
    }

    private void assertCallback(Delivery callback, String status, @Nullable String reason) {
        RunningSimulator.assertSignedByBank(callback);
        JsonNode event = callback.json();
        assertThat(event.get("type").asText()).isEqualTo("payment_return.status");
        assertThat(event.get("end_to_end_id").asText()).isEqualTo(id.value());
        assertThat(event.get("status").asText()).isEqualTo(status);
        assertThat(event.get("bank_reference").asText()).isEqualTo(reference());
        assertThat(event.get("reason").path("code").asText(null)).isEqualTo(reason);
    }

    /** A pacs.007 as the platform writes it, to be sent by other means. */
    private String message() {
        return """
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.007.001.09"><FIToFIPmtRvsl>
                <GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-21T12:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs>
                <SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr>
                <TxInf><RvslId>%s</RvslId><OrgnlEndToEndId>%s</OrgnlEndToEndId>
                <RvsdIntrBkSttlmAmt Ccy="EUR">4.50</RvsdIntrBkSttlmAmt></TxInf>
                </FIToFIPmtRvsl></Document>
                """.formatted(id, payment);
    }
}
