package io.fincore.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.Money;
import io.fincore.providers.FakeServer.Received;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.xml.namespace.NamespaceContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What arrives at the bank. */
class BankMessagesTest {

    private final FakeServer server = new FakeServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsTheGoldenMessage() throws Exception {
        Received request = send(Samples.transfer());

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/credit-transfers");
        assertThat(request.contentType()).isEqualTo("application/xml");
        assertThat(request.idempotencyKey()).isEqualTo(Samples.ID.value());
        assertThat(parse(request.body()))
                .satisfies(document -> assertThat(document.isEqualNode(parse(golden("credit-transfer.xml"))))
                        .as(request.body())
                        .isTrue());
    }

    @Test
    void sendsTheSameMessageAgain() {
        assertThat(send(Samples.transfer())).isEqualTo(send(Samples.transfer()));
    }

    @Test
    void requestsAReturnByTheGoldenMessage() throws Exception {
        Received request = requestReturn(Samples.returnRequest());

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/payment-returns");
        assertThat(request.contentType()).isEqualTo("application/xml");
        assertThat(request.idempotencyKey()).isEqualTo(Samples.RETURN_ID.value());
        assertThat(parse(request.body()))
                .satisfies(document -> assertThat(document.isEqualNode(parse(golden("payment-return.xml"))))
                        .as(request.body())
                        .isTrue());
        assertThat(requestReturn(Samples.returnRequest())).isEqualTo(request);
    }

    @Test
    void cutsAReasonToOneLine() throws Exception {
        Document tooLong =
                parse(requestReturn(Samples.returnRequest("ß".repeat(60))).body());
        assertThat(value(tooLong, "//p:RvslRsnInf/p:AddtlInf")).isEqualTo("s".repeat(105));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {" ", "//"})
    void leavesOutAReasonThatSaysNothing(@Nullable String reason) throws Exception {
        Document message = parse(requestReturn(Samples.returnRequest(reason)).body());

        assertThat(value(message, "//p:RvslRsnInf/p:Rsn/p:Cd")).isEqualTo("MS02");
        assertThat(value(message, "count(//p:AddtlInf)")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({
        "1250, EUR, 12.50",
        "1, EUR, 0.01",
        "100, EUR, 1.00",
        "1250, JPY, 1250",
        "1250, KWD, 1.250",
        "999999999999999999, EUR, 9999999999999999.99",
        "999999999999999999, KWD, 999999999999999.999"
    })
    void writesAmountsWithTheDecimalsOfTheCurrency(long minorUnits, String currency, String expected) throws Exception {
        Document message =
                parse(send(Samples.transfer(Money.of(minorUnits, currency))).body());

        assertThat(value(message, "//p:IntrBkSttlmAmt")).isEqualTo(expected);
        assertThat(value(message, "//p:IntrBkSttlmAmt/@Ccy")).isEqualTo(currency);
    }

    @ParameterizedTest
    @CsvSource({
        "1250, EUR, 12.50",
        "1250, JPY, 1250",
        "1250, KWD, 1.250",
        "999999999999999999, KWD, 999999999999999.999"
    })
    void asksForReturnsWithTheDecimalsOfTheCurrency(long minorUnits, String currency, String expected) {
        String message = requestReturn(new ReturnRequest(
                        Samples.RETURN_ID,
                        Samples.ID,
                        Money.of(minorUnits, currency),
                        null,
                        Instant.parse("2026-11-24T08:15:30Z")))
                .body();

        assertThat(message).contains("IntrBkSttlmAmt Ccy=\"" + currency + "\">" + expected + "</");
    }

    @Test
    void writesAnIbanAsIbanAndLeavesOutWhatIsNotGiven() throws Exception {
        CreditTransfer full = Samples.transfer();
        Document message = parse(send(new CreditTransfer(
                        full.endToEndId(),
                        full.amount(),
                        full.debtorName(),
                        "FR1420041010050500013M02606",
                        "/ /",
                        full.creditorIban(),
                        null,
                        null,
                        full.createdAt()))
                .body());

        assertThat(value(message, "//p:DbtrAcct/p:Id/p:IBAN")).isEqualTo("FR1420041010050500013M02606");
        assertThat(value(message, "//p:Cdtr/p:Nm")).isEqualTo("NOTPROVIDED");
        assertThat(value(message, "//p:CdtrAgt/p:FinInstnId/p:Othr/p:Id")).isEqualTo("NOTPROVIDED");
        assertThat(value(message, "count(//p:CdtrAgt/p:FinInstnId/p:BICFI)")).isEqualTo("0");
        assertThat(value(message, "count(//p:RmtInf)")).isEqualTo("0");
    }

    @Test
    void asksByEndToEndId() throws Exception {
        server.answers(404, "");
        try (HttpBank bank = bank(OpenTelemetry.noop())) {
            bank.inquire(Samples.ID);
            bank.inquire(Samples.ID);
        }
        List<Received> requests = server.received();
        assertThat(requests).extracting(Received::path).containsOnly("/status-inquiries");
        Document first = parse(requests.getFirst().body());
        Document second = parse(requests.getLast().body());

        assertThat(first.getDocumentElement().getNamespaceURI())
                .isEqualTo("urn:iso:std:iso:20022:tech:xsd:pacs.028.001.03");
        assertThat(value(first, "//p:TxInf/p:OrgnlEndToEndId")).isEqualTo(Samples.ID.value());
        assertThat(value(first, "//p:GrpHdr/p:MsgId"))
                .matches("REQ[0-9A-Z]{26}")
                .isNotEqualTo(value(second, "//p:GrpHdr/p:MsgId"));
    }

    @Test
    void carriesTheTraceOfTheCallerInAClientSpan() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        OpenTelemetry telemetry = Telemetry.keeping(spans);
        server.answers(429, "");
        Span caller = telemetry.getTracer("test").spanBuilder("caller").startSpan();
        try (var scope = caller.makeCurrent();
                HttpBank bank = bank(telemetry)) {
            assertThat(scope).isNotNull();
            bank.send(Samples.transfer(), Samples.OPEN);
        }

        assertThat(spans.getFinishedSpanItems()).hasSize(1);
        SpanData span = Objects.requireNonNull(spans.getFinishedSpanItems().getFirst());
        assertThat(span.getName()).isEqualTo("POST /credit-transfers");
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getParentSpanId()).isEqualTo(caller.getSpanContext().getSpanId());
        assertThat(span.getStatus().getStatusCode())
                .isEqualTo(StatusData.error().getStatusCode());
        assertThat(server.onlyRequest().traceParent())
                .isEqualTo("00-" + caller.getSpanContext().getTraceId() + "-" + span.getSpanId() + "-01");
    }

    @Test
    void namesTheSpanOfAReturnByItsRoute() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        server.answers(200, Samples.report("ACSC"));
        server.speaksOf(Samples.RETURN_ID);
        try (HttpBank bank = bank(Telemetry.keeping(spans))) {
            bank.requestReturn(Samples.returnRequest(), Samples.OPEN);
        }

        SpanData span = Objects.requireNonNull(spans.getFinishedSpanItems().getFirst());
        assertThat(span.getName()).isEqualTo("POST /payment-returns");
        assertThat(span.getAttributes().get(AttributeKey.stringKey("fincore.end_to_end_id")))
                .isEqualTo(Samples.RETURN_ID.value());
        assertThat(span.getStatus()).isEqualTo(StatusData.unset());
    }

    @Test
    void makesNoSpanForWhatIsNotSent() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        try (HttpBank bank = bank(Telemetry.keeping(spans))) {
            bank.send(Samples.transfer(), () -> false);
        }
        assertThat(spans.getFinishedSpanItems()).isEmpty();
    }

    private Received send(CreditTransfer transfer) {
        server.answers(200, Samples.report("ACSC"));
        try (HttpBank bank = bank(OpenTelemetry.noop())) {
            bank.send(transfer, Samples.OPEN);
        }
        return server.received().getLast();
    }

    private Received requestReturn(ReturnRequest request) {
        server.answers(200, Samples.report("ACSC"));
        try (HttpBank bank = bank(OpenTelemetry.noop())) {
            bank.requestReturn(request, Samples.OPEN);
        }
        return server.received().getLast();
    }

    private HttpBank bank(OpenTelemetry telemetry) {
        return new HttpBank(BankSettings.of(server.uri()), Resilience.of(Provider.BANK), telemetry);
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(BankMessagesTest.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Without the white space between elements, and with prefixes of no account. */
    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        String dense =
                xml.replaceAll(">\\s+<", "><").replaceAll("(</?)\\w+:", "$1").replaceAll("xmlns:\\w+=", "xmlns=");
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(dense.strip())));
    }

    private static String value(Document document, String path) throws Exception {
        XPath xpath = XPathFactory.newInstance().newXPath();
        xpath.setNamespaceContext(new OneNamespace(document.getDocumentElement().getNamespaceURI()));
        return xpath.evaluate(path, document);
    }

    private record OneNamespace(String uri) implements NamespaceContext {
        @Override
        public String getNamespaceURI(String prefix) {
            return uri;
        }

        @Override
        public @Nullable String getPrefix(String namespaceUri) {
            return null;
        }

        @Override
        public java.util.Iterator<String> getPrefixes(String namespaceUri) {
            return List.<String>of().iterator();
        }
    }
}
