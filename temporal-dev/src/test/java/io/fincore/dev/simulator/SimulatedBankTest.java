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
import io.fincore.providers.SendAnswer;
import io.fincore.providers.SendAnswer.NotSent;
import io.fincore.providers.SendAnswer.NotSent.Reason;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator as the platform meets it: through {@link HttpBank}, its book and its callbacks. */
class SimulatedBankTest {

    private static final Instant CREATED_AT = Instant.parse("2026-11-21T12:00:00Z");

    private final EndToEndId id = EndToEndId.ofPayment(IdType.PAYMENT.next());
    private final Path data;
    private final RunningSimulator simulator;
    private final CallbackReceiver receiver;

    SimulatedBankTest(@TempDir Path data) {
        this.data = data;
        this.simulator = new RunningSimulator(data);
        this.receiver = simulator.bankEvents();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void settlesAtOnce() throws Exception {
        assertThat(send(BankBehaviour.SETTLES_AT_ONCE)).isEqualTo(new BankStatus.Settled(reference()));

        assertThat(inquire()).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 1, 1);
        assertThat(receiver.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JPY", "KWD"})
    void booksMinorUnitsOfEveryExponent(String currency) throws Exception {
        CreditTransfer transfer = transfer("DE89370400440532013000", Money.of(1250, currency));

        assertThat(send(transfer)).isEqualTo(new BankStatus.Settled(reference()));

        assertThat(book()).hasSize(1);
        assertThat(book().getFirst().get("amount").asLong()).isEqualTo(1250);
        assertThat(book().getFirst().get("currency").asText()).isEqualTo(currency);
    }

    @Test
    void settlesAnyOtherIbanAtOnce() throws Exception {
        assertThat(send(transfer("DE89370400440532013000", 1250))).isEqualTo(new BankStatus.Settled(reference()));

        assertBook("settled", null, 1, 1);
    }

    @Test
    void settlesLater() throws Exception {
        assertThat(send(BankBehaviour.SETTLES_LATER)).isEqualTo(new BankStatus.Accepted(reference()));
        Delivery callback = receiver.next();

        assertCallback(callback, "ACSC", null);
        assertThat(inquire()).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 1, 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTS_AT_ONCE_AC04", "REJECTS_AT_ONCE_AM04", "REJECTS_AT_ONCE_RR04"})
    void rejectsAtOnce(BankBehaviour behaviour) throws Exception {
        String code = behaviour.name().substring("REJECTS_AT_ONCE_".length());

        SendAnswer answer = send(behaviour);

        assertThat(answer).isInstanceOfSatisfying(BankStatus.Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(code);
            assertThat(rejected.detail()).isNotBlank();
        });
        assertThat(inquire()).isEqualTo(answer);
        assertBook("rejected", code, 1, 0);
    }

    @Test
    void rejectsAfterAccepting() throws Exception {
        assertThat(send(BankBehaviour.REJECTS_AFTER_ACCEPTING)).isEqualTo(new BankStatus.Accepted(reference()));

        assertCallback(receiver.next(), "RJCT", "AC04");
        assertThat(inquire()).isEqualTo(new BankStatus.Rejected("AC04", "Account is closed"));
        assertBook("rejected", "AC04", 1, 0);
    }

    @Test
    void isUnavailableThreeTimesEvenAcrossARestart() throws Exception {
        NotSent unavailable = new NotSent(Reason.UNAVAILABLE, Duration.ofSeconds(1));

        assertThat(send(BankBehaviour.UNAVAILABLE_THREE_TIMES)).isEqualTo(unavailable);
        assertThat(send(BankBehaviour.UNAVAILABLE_THREE_TIMES)).isEqualTo(unavailable);
        assertThat(inquire()).isEqualTo(new InquiryAnswer.NotKnown());
        assertThat(book()).isEmpty();
        simulator.restart();
        assertThat(send(BankBehaviour.UNAVAILABLE_THREE_TIMES)).isEqualTo(unavailable);
        assertThat(send(BankBehaviour.UNAVAILABLE_THREE_TIMES)).isEqualTo(new BankStatus.Settled(reference()));
        assertThat(send(BankBehaviour.UNAVAILABLE_THREE_TIMES)).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 5, 1);
    }

    @Test
    void executesThenDropsTheConnection() throws Exception {
        assertThat(send(BankBehaviour.EXECUTES_THEN_DROPS_CONNECTION)).isInstanceOf(SendAnswer.Unknown.class);

        assertThat(inquire()).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 1, 1);
        assertThat(send(BankBehaviour.EXECUTES_THEN_DROPS_CONNECTION)).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 2, 1);
    }

    @Test
    void losesTheFirstRequest() throws Exception {
        assertThat(send(BankBehaviour.LOSES_FIRST_REQUEST)).isInstanceOf(SendAnswer.Unknown.class);

        assertThat(inquire()).isEqualTo(new InquiryAnswer.NotKnown());
        assertThat(book()).isEmpty();
        assertThat(send(BankBehaviour.LOSES_FIRST_REQUEST)).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 2, 1);
    }

    @Test
    void callsBackTwice() throws Exception {
        assertThat(send(BankBehaviour.CALLS_BACK_TWICE)).isEqualTo(new BankStatus.Accepted(reference()));
        Delivery first = receiver.next();
        Delivery second = receiver.next();

        assertCallback(first, "ACSC", null);
        assertCallback(second, "ACSC", null);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
        assertBook("settled", null, 1, 1);
    }

    @Test
    void callsBackBeforeTheAnswer() throws Exception {
        SendAnswer answer = send(BankBehaviour.CALLS_BACK_BEFORE_ANSWER);

        assertThat(receiver.waiting()).isEqualTo(1);
        assertCallback(receiver.next(), "ACSC", null);
        assertThat(answer).isEqualTo(new BankStatus.Accepted(reference()));
        assertThat(inquire()).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 1, 1);
    }

    @Test
    void answersAlthoughNobodyTakesTheCallbackBeforeTheAnswer() throws Exception {
        receiver.answers(500);

        assertThat(send(BankBehaviour.CALLS_BACK_BEFORE_ANSWER)).isEqualTo(new BankStatus.Accepted(reference()));
    }

    @Test
    void neverCallsBack() throws Exception {
        assertThat(send(BankBehaviour.NEVER_CALLS_BACK)).isEqualTo(new BankStatus.Accepted(reference()));
        awaitInquiry(new BankStatus.Settled(reference()));

        assertBook("settled", null, 1, 1);
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void answersSlowly() throws Exception {
        assertThat(send(BankBehaviour.ANSWERS_SLOWLY)).isEqualTo(new BankStatus.Settled(reference()));

        assertBook("settled", null, 1, 1);
    }

    @Test
    void repeatsACallbackUntilItIsTaken() throws Exception {
        receiver.answers(503);
        send(BankBehaviour.SETTLES_LATER);
        Delivery first = receiver.next();
        Delivery second = receiver.next();
        receiver.answers(200);
        Delivery taken = receiver.next();
        while (taken.answer() != 200) {
            taken = receiver.next();
        }

        assertThat(first.answer()).isEqualTo(503);
        assertThat(List.of(second.body(), taken.body())).containsOnly(first.body());
        assertCallback(taken, "ACSC", null);
    }

    @Test
    void keepsBookAndOwedCallbacksAcrossARestart() throws Exception {
        receiver.answers(500);
        send(BankBehaviour.SETTLES_LATER);
        Delivery refused = receiver.next();
        List<JsonNode> before = book();
        simulator.restart();
        receiver.answers(204);
        Delivery taken = receiver.next();
        while (taken.answer() != 204) {
            taken = receiver.next();
        }

        assertThat(taken.body()).isEqualTo(refused.body());
        assertCallback(taken, "ACSC", null);
        List<JsonNode> after = before.stream()
                .map(line -> (JsonNode) ((ObjectNode) line.deepCopy()).put("callbacks_delivered", 1))
                .toList();
        simulator.awaitList("/book", after);
        simulator.restart();
        assertThat(book()).isEqualTo(after);
    }

    @Test
    void decidesAfterARestartWhatWasAcceptedBefore() throws Exception {
        send(BankBehaviour.REJECTS_AFTER_ACCEPTING);
        assertThat(receiver.waiting()).isZero();
        simulator.restart();

        assertCallback(receiver.next(), "RJCT", "AC04");
        assertBook("rejected", "AC04", 1, 0);
    }

    @Test
    void startsWithATornLastLine() throws Exception {
        send(BankBehaviour.SETTLES_AT_ONCE);
        List<JsonNode> before = book();
        simulator.stop();
        Path journal = data.resolve("journal.jsonl");
        Files.writeString(journal, "{\"type\":\"decided\",\"i", StandardOpenOption.APPEND);
        simulator.startAgain();

        assertThat(book()).isEqualTo(before);
        assertThat(send(BankBehaviour.SETTLES_AT_ONCE)).isEqualTo(new BankStatus.Settled(reference()));
        simulator.restart();
        assertBook("settled", null, 2, 1);
    }

    @Test
    void executesOnceHoweverOftenAndAtOnceATransferComes() throws Exception {
        List<SendAnswer> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                HttpBank bank = bank()) {
            List<Future<SendAnswer>> calls = new ArrayList<>();
            for (int call = 1; call <= 20; call++) {
                calls.add(callers.submit(
                        () -> bank.send(transfer(BankBehaviour.SETTLES_AT_ONCE.iban(), 1250), () -> true)));
            }
            for (Future<SendAnswer> call : calls) {
                answers.add(call.get());
            }
        }
        assertThat(answers).hasSize(20).containsOnly(new BankStatus.Settled(reference()));
        assertBook("settled", null, 20, 1);
    }

    @Test
    void refusesAnotherTransferUnderTheSameIdWithoutAWordAboutTheFirst() throws Exception {
        send(BankBehaviour.SETTLES_AT_ONCE);

        assertThat(send(transfer(BankBehaviour.SETTLES_AT_ONCE.iban(), 1251)))
                .isEqualTo(new SendAnswer.Unknown("HTTP 409"));
        assertThat(inquire()).isEqualTo(new BankStatus.Settled(reference()));
        assertBook("settled", null, 1, 1);
    }

    @Test
    void passesTheTraceOn() throws Exception {
        String traceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        String message = capturedMessage();
        HttpResponse<String> response =
                simulator.post("/credit-transfers", message, "Idempotency-Key", id.value(), "traceparent", traceParent);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(receiver.next().header("traceparent")).isEqualTo(traceParent);
        assertThat(book().getFirst().get("trace_parent").asText()).isEqualTo(traceParent);
    }

    @Test
    void refusesWhatItCannotRead() throws Exception {
        for (String path : List.of("/credit-transfers", "/status-inquiries")) {
            for (String body : List.of("", "{}", "<a/>", capturedMessage().replace("EndToEndId>", "EndId>"))) {
                assertThat(simulator.post(path, body).statusCode())
                        .as(path + body)
                        .isEqualTo(400);
            }
        }
        assertThat(simulator.post("/credit-transfers", capturedMessage()).statusCode())
                .as("without Idempotency-Key")
                .isEqualTo(400);
        assertThat(book()).isEmpty();
    }

    @Test
    void tellsItsHealthAndItsBehaviours() throws Exception {
        assertThat(simulator.get("/health").statusCode()).isEqualTo(200);
        JsonNode tables = Json.MAPPER.readTree(simulator.get("/behaviours").body());

        assertThat(tables.get("transfers")).hasSize(BankBehaviour.values().length);
        JsonNode first = tables.get("transfers").get(0);
        assertThat(first.get("name").asText()).isEqualTo("SETTLES_AT_ONCE");
        assertThat(first.get("iban").asText()).isEqualTo(BankBehaviour.SETTLES_AT_ONCE.iban());
        assertThat(first.get("payment_ends").asText()).isEqualTo("completed");
        assertThat(tables.get("returns")).hasSize(ReturnBehaviour.values().length);
        assertThat(tables.get("returns").get(2).get("refund_ends").asText()).isEqualTo("failed");
        assertThat(tables.get("kyc")).hasSize(KycBehaviour.values().length);
        assertThat(tables.get("kyc").get(1).get("customer_name").asText()).isEqualTo("Rita Referred");
        assertThat(tables.get("notifications")).hasSize(NotificationBehaviour.values().length);
        assertThat(tables.get("notifications").get(1).get("local_part").asText())
                .isEqualTo("unreachable");
        assertThat(simulator.get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(simulator.get("/book/other").statusCode()).isEqualTo(404);
        assertThat(simulator.get("/credit-transfers").statusCode()).isEqualTo(405);
        assertThat(simulator.post("/book", "").headers().firstValue("Allow")).contains("GET");
        assertThat(simulator.post("/kyc/checks/act_1", "").statusCode()).isEqualTo(405);
    }

    private String reference() {
        return "BK" + id.value();
    }

    private HttpBank bank() {
        return new HttpBank(BankSettings.of(simulator.uri()), Resilience.of(Provider.BANK), OpenTelemetry.noop());
    }

    private SendAnswer send(BankBehaviour behaviour) {
        return send(transfer(behaviour.iban(), 1250));
    }

    private SendAnswer send(CreditTransfer transfer) {
        try (HttpBank bank = bank()) {
            return bank.send(transfer, () -> true);
        }
    }

    private InquiryAnswer inquire() {
        try (HttpBank bank = bank()) {
            return bank.inquire(id);
        }
    }

    private void awaitInquiry(InquiryAnswer expected) {
        try (HttpBank bank = bank()) {
            Instant limit = Instant.now().plusSeconds(30);
            InquiryAnswer last = bank.inquire(id);
            while (!last.equals(expected) && Instant.now().isBefore(limit)) {
                last = bank.inquire(id);
            }
            assertThat(last).isEqualTo(expected);
        }
    }

    private CreditTransfer transfer(String creditorIban, long minorUnits) {
        return transfer(creditorIban, Money.of(minorUnits, "EUR"));
    }

    private CreditTransfer transfer(String creditorIban, Money amount) {
        return new CreditTransfer(
                id,
                amount,
                "Jürgen Groß",
                "wal_01k9x2m4e6g8h0j2k4m6n8p0q2",
                "ACME GmbH",
                creditorIban,
                null,
                "INV-1",
                CREATED_AT);
    }

    /** A pacs.008 as the platform writes it, to be sent by other means. */
    private String capturedMessage() {
        return """
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
                <GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-21T12:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs>
                <SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr>
                <CdtTrfTxInf><PmtId><EndToEndId>%s</EndToEndId></PmtId>
                <IntrBkSttlmAmt Ccy="EUR">12.50</IntrBkSttlmAmt><ChrgBr>SLEV</ChrgBr>
                <Dbtr><Nm>A</Nm></Dbtr><DbtrAcct><Id><Othr><Id>1</Id></Othr></Id></DbtrAcct>
                <DbtrAgt><FinInstnId/></DbtrAgt><CdtrAgt><FinInstnId/></CdtrAgt>
                <Cdtr><Nm>B</Nm></Cdtr><CdtrAcct><Id><IBAN>%s</IBAN></Id></CdtrAcct>
                </CdtTrfTxInf></FIToFICstmrCdtTrf></Document>
                """.formatted(id, BankBehaviour.SETTLES_LATER.iban());
    }

    private List<JsonNode> book() throws IOException, InterruptedException {
        return simulator.list("/book");
    }

    private void assertBook(String status, @Nullable String reason, int received, int executed) throws Exception {
        List<JsonNode> lines = book();
        assertThat(lines).hasSize(1);
        JsonNode line = lines.getFirst();
        assertThat(line.get("kind").asText()).isEqualTo("transfer");
        assertThat(line.get("original_end_to_end_id").isNull()).isTrue();
        assertThat(line.get("creditor_iban").asText()).isNotBlank();
        assertThat(line.get("end_to_end_id").asText()).isEqualTo(id.value());
        assertThat(line.get("amount").asLong()).isEqualTo(1250);
        assertThat(line.get("currency").asText()).isEqualTo("EUR");
        assertThat(line.get("status").asText()).isEqualTo(status);
        assertThat(line.get("reason").asText(null)).isEqualTo(reason);
        assertThat(line.get("times_received").asInt()).isEqualTo(received);
        assertThat(line.get("times_executed").asInt()).isEqualTo(executed);
    }

    private void assertCallback(Delivery callback, String status, @Nullable String reason) {
        RunningSimulator.assertSignedByBank(callback);
        JsonNode event = callback.json();
        assertThat(event.get("type").asText()).isEqualTo("credit_transfer.status");
        assertThat(event.get("end_to_end_id").asText()).isEqualTo(id.value());
        assertThat(event.get("status").asText()).isEqualTo(status);
        assertThat(event.get("bank_reference").asText()).isEqualTo(reference());
        assertThat(event.get("reason").path("code").asText(null)).isEqualTo(reason);
    }
}
