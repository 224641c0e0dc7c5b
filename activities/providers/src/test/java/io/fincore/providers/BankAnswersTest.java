package io.fincore.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.providers.SendAnswer.NotSent;
import io.fincore.providers.SendAnswer.NotSent.Reason;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a call can end, against a server or a socket that does it. */
class BankAnswersTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private final FakeServer server = new FakeServer();
    private final HttpBank bank = bank(server.uri());
    private final HttpBank impatient = impatient(server.uri());

    @AfterEach
    void stop() {
        server.close();
        bank.close();
        impatient.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACSC", "ACCC"})
    void settled(String status) {
        server.answers(200, Samples.report(status));

        assertAnswers(new BankStatus.Settled("BANK-REF-7"), new BankStatus.Settled("BANK-REF-7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RCVD", "ACTC", "ACCP", "ACFC", "ACSP", "ACWC", "ACWP", "PDNG"})
    void accepted(String status) {
        server.answers(200, Samples.report(status));

        assertAnswers(new BankStatus.Accepted("BANK-REF-7"), new BankStatus.Accepted("BANK-REF-7"));
    }

    @Test
    void namesTheReportWhereTheBankHasNoNameForTheTransfer() {
        server.answers(
                200,
                Samples.document("<TxInfAndSts><OrgnlEndToEndId>" + Samples.ID
                        + "</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts>"));

        assertAnswers(new BankStatus.Settled("BANKMSG1"), new BankStatus.Settled("BANKMSG1"));
    }

    static Stream<Arguments> rejections() {
        return Stream.of(
                Arguments.of("", new BankStatus.Rejected("NARR", "")),
                Arguments.of(
                        "<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf><AddtlInf>in May</AddtlInf></StsRsnInf>",
                        new BankStatus.Rejected("AC04", "closed in May")),
                Arguments.of("<StsRsnInf><Rsn><Prtry>X7</Prtry></Rsn></StsRsnInf>", new BankStatus.Rejected("X7", "")),
                Arguments.of("<StsRsnInf><AddtlInf>no</AddtlInf></StsRsnInf>", new BankStatus.Rejected("NARR", "no")));
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void rejected(String reason, BankStatus.Rejected expected) {
        server.answers(200, Samples.report(Samples.ID, "RJCT", reason));

        assertAnswers(expected, expected);
    }

    @Test
    void rejectedByA4xxThatReportsOnTheTransfer() {
        server.answers(422, Samples.report(Samples.ID, "RJCT", "<StsRsnInf><Rsn><Cd>RR04</Cd></Rsn></StsRsnInf>"));

        assertAnswers(new BankStatus.Rejected("RR04", ""), new BankStatus.Rejected("RR04", ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 405, 409, 422})
    void nothingIsKnownAfterAnother4xx(int status) {
        server.answers(status, Samples.report("ACSC"));

        assertAnswers(new SendAnswer.Unknown("HTTP " + status), new InquiryAnswer.Unavailable("HTTP " + status, null));
    }

    @Test
    void notFoundSaysSomethingToAnInquiryOnly() {
        server.answers(404, "not known");

        assertAnswers(new SendAnswer.Unknown("HTTP 404"), new InquiryAnswer.NotKnown());
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 302, 500, 502, 504})
    void nothingIsKnownAfterAnotherStatus(int status) {
        server.answers(status, Map.of("Location", "/elsewhere"), "");

        assertAnswers(new SendAnswer.Unknown("HTTP " + status), new InquiryAnswer.Unavailable("HTTP " + status, null));
    }

    static Stream<Arguments> retryAfter() {
        return Stream.of(
                Arguments.of(null, null),
                Arguments.of("0", Duration.ZERO),
                Arguments.of(" 7 ", Duration.ofSeconds(7)),
                Arguments.of("3600", Duration.ofHours(1)),
                Arguments.of("3601", Duration.ofHours(1)),
                Arguments.of("99999999999999999999", null),
                Arguments.of("-5", null),
                Arguments.of("soon", null),
                Arguments.of("Sat, 21 Nov 2026 12:00:30 GMT", Duration.ofSeconds(30)),
                Arguments.of("Sat, 21 Nov 2026 11:00:00 GMT", Duration.ZERO),
                Arguments.of("Sun, 22 Nov 2026 12:00:00 GMT", Duration.ofHours(1)));
    }

    @ParameterizedTest
    @MethodSource("retryAfter")
    void unavailableIsNotSent(@Nullable String header, @Nullable Duration expected) {
        server.answers(503, header == null ? Map.of() : Map.of("Retry-After", header), "later");

        assertAnswers(new NotSent(Reason.UNAVAILABLE, expected), new InquiryAnswer.Unavailable("HTTP 503", expected));
    }

    @ParameterizedTest
    @MethodSource("retryAfter")
    void rateLimitedIsNotSent(@Nullable String header, @Nullable Duration expected) {
        server.answers(429, header == null ? Map.of() : Map.of("Retry-After", header), "later");

        assertAnswers(new NotSent(Reason.RATE_LIMITED, expected), new InquiryAnswer.Unavailable("HTTP 429", expected));
    }

    static Stream<Arguments> unreadable() {
        String wanted = "the answer is not a pacs.002.001.10";
        return Stream.of(
                Arguments.of("", wanted),
                Arguments.of("<html><body>Welcome</body></html>", wanted),
                Arguments.of("{\"status\":\"ACSC\"}", wanted),
                Arguments.of(Samples.report("ACSC").substring(0, 300), wanted),
                Arguments.of(Samples.report("ACSC").replace("pacs.002.001.10", "pacs.002.001.12"), wanted),
                Arguments.of(Samples.report("ACSC").replace("pacs.002.001.10", "pacs.004.001.09"), wanted),
                Arguments.of(Samples.report("ACSC").replace("FIToFIPmtStsRpt", "FIToFIPmtCxlReq"), wanted),
                Arguments.of(Samples.document(""), "the answer reports on 0 transfers"),
                Arguments.of(
                        Samples.document(Samples.transaction(Samples.ID, "ACSC", "")
                                + Samples.transaction(Samples.OTHER_ID, "RJCT", "")),
                        "the answer reports on 2 transfers"),
                Arguments.of(Samples.report(Samples.OTHER_ID, "ACSC", ""), "the answer is about another end-to-end id"),
                Arguments.of(Samples.report(Samples.OTHER_ID, "RJCT", ""), "the answer is about another end-to-end id"),
                Arguments.of(Samples.report("PART"), "the answer has the unknown status 'PART'"),
                Arguments.of(
                        Samples.report("ACSC").replace("<TxSts>ACSC</TxSts>", ""),
                        "the answer has the unknown status ''"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void nothingIsKnownAfterAnUnreadableOrContradictoryAnswer(String body, String detail) {
        server.answers(200, body);

        assertAnswers(new SendAnswer.Unknown(detail), new InquiryAnswer.Unavailable(detail, null));
    }

    @Test
    void externalEntitiesAreNotResolved() {
        try (FakeServer secret = new FakeServer()) {
            secret.answers(200, "ACSC");
            String doctype = "<!DOCTYPE Document [<!ENTITY status SYSTEM \"" + secret.uri() + "/secret\">]>";
            server.answers(200, Samples.report("&status;").replace("<Document", doctype + "<Document"));

            String detail = "the answer is not a pacs.002.001.10";
            assertAnswers(new SendAnswer.Unknown(detail), new InquiryAnswer.Unavailable(detail, null));
            assertThat(secret.received()).isEmpty();
        }
    }

    @Test
    void expandingEntitiesAreNotExpanded() {
        String doctype = "<!DOCTYPE Document [<!ENTITY a \"ACSC\">]>";
        server.answers(200, Samples.report("&a;").replace("<Document", doctype + "<Document"));

        assertThat(bank.send(Samples.transfer(), Samples.OPEN))
                .isEqualTo(new SendAnswer.Unknown("the answer is not a pacs.002.001.10"));
    }

    @Test
    void nothingIsKnownAfterAnAnswerTooLarge() {
        server.answers(200, Samples.report("ACSC") + " ".repeat(1 << 20));

        assertThat(bank.send(Samples.transfer(), Samples.OPEN)).isInstanceOf(SendAnswer.Unknown.class);
    }

    @Test
    void nothingIsKnownAfterAConnectionClosedWithoutAnAnswer() {
        server.does(exchange -> exchange.close());

        assertThat(bank.send(Samples.transfer(), Samples.OPEN)).isInstanceOf(SendAnswer.Unknown.class);
        assertThat(bank.inquire(Samples.ID)).isInstanceOf(InquiryAnswer.Unavailable.class);
        // Nothing was sent again by the HTTP client of its own accord.
        assertThat(server.received()).hasSize(2);
    }

    @Test
    void nothingIsKnownAfterAReset() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                HttpBank reset = bank(uri(listener))) {
            Thread.startVirtualThread(() -> acceptAndReset(listener));

            assertThat(reset.send(Samples.transfer(), Samples.OPEN)).isInstanceOf(SendAnswer.Unknown.class);
        }
    }

    @Test
    void nothingIsKnownAfterAnAnswerThatBreaksOff() {
        server.does(exchange -> {
            exchange.sendResponseHeaders(200, 5000);
            exchange.getResponseBody().write('<');
            exchange.getResponseBody().flush();
            throw new IOException("broken off");
        });

        assertThat(bank.send(Samples.transfer(), Samples.OPEN)).isInstanceOf(SendAnswer.Unknown.class);
    }

    @Test
    void nothingIsKnownWhenNoAnswerComesInTime() {
        CountDownLatch ever = new CountDownLatch(1);
        server.does(exchange -> await(ever));

        assertThat(impatient.send(Samples.transfer(), Samples.OPEN))
                .isEqualTo(new SendAnswer.Unknown("no answer within 400 ms"));
        assertThat(impatient.inquire(Samples.ID))
                .isEqualTo(new InquiryAnswer.Unavailable("no answer within 400 ms", null));
    }

    @Test
    void nothingIsKnownWhenTheAnswerDoesNotEndInTime() {
        CountDownLatch ever = new CountDownLatch(1);
        server.does(exchange -> {
            exchange.sendResponseHeaders(200, 5000);
            exchange.getResponseBody().write('<');
            exchange.getResponseBody().flush();
            await(ever);
        });

        assertThat(impatient.send(Samples.transfer(), Samples.OPEN))
                .isEqualTo(new SendAnswer.Unknown("no answer within 400 ms"));
    }

    @Test
    void aReportOnTheTransferSaysNothingOfItsReturn() {
        server.answers(200, Samples.report("ACSC"));

        String detail = "the answer is about another end-to-end id";
        assertThat(bank.requestReturn(Samples.returnRequest(), Samples.OPEN)).isEqualTo(new SendAnswer.Unknown(detail));
        assertThat(bank.inquire(Samples.RETURN_ID)).isEqualTo(new InquiryAnswer.Unavailable(detail, null));
    }

    @Test
    void connectionRefusedIsNotSent() throws Exception {
        URI nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = uri(closed);
        }
        try (HttpBank refused = bank(nobody)) {
            assertThat(refused.send(Samples.transfer(), Samples.OPEN))
                    .isEqualTo(new NotSent(Reason.CONNECTION_REFUSED, null));
            assertThat(refused.requestReturn(Samples.returnRequest(), Samples.OPEN))
                    .isEqualTo(new NotSent(Reason.CONNECTION_REFUSED, null));
            assertThat(refused.inquire(Samples.ID)).isInstanceOf(InquiryAnswer.Unavailable.class);
        }
    }

    @Test
    void connectTimeoutIsNotSent() throws Exception {
        // A full backlog: the kernel drops further connection requests.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket second = new Socket(full.getInetAddress(), full.getLocalPort());
                HttpBank slow = impatient(uri(full))) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            assertThat(slow.send(Samples.transfer(), Samples.OPEN))
                    .isEqualTo(new NotSent(Reason.CONNECTION_REFUSED, null));
        }
    }

    @Test
    void anUnknownHostIsNotSent() {
        try (HttpBank nowhere = bank(URI.create("http://bank.invalid"))) {
            assertThat(nowhere.send(Samples.transfer(), Samples.OPEN))
                    .isEqualTo(new NotSent(Reason.CONNECTION_REFUSED, null));
        }
    }

    @Test
    void nothingIsKnownWhenInterrupted() {
        CountDownLatch ever = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        server.does(exchange -> {
            caller.interrupt();
            await(ever);
        });

        assertThat(bank.send(Samples.transfer(), Samples.OPEN))
                .isEqualTo(new SendAnswer.Unknown("interrupted while waiting for the answer"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'', /credit-transfers", "/, /credit-transfers", "/api/v2, /api/v2/credit-transfers"})
    void appendsToThePathOfTheUrl(String path, String expected) {
        server.answers(200, Samples.report("ACSC"));
        try (HttpBank below = bank(URI.create(server.uri() + path))) {
            assertThat(below.send(Samples.transfer(), Samples.OPEN)).isEqualTo(new BankStatus.Settled("BANK-REF-7"));
        }
        assertThat(server.onlyRequest().path()).isEqualTo(expected);
    }

    @Test
    void theHttpClientIsNotAllowedToRepeatAPost() {
        assertThat(System.getProperty("jdk.httpclient.enableAllMethodRetry"))
                .as(HttpClient.class + " would send a POST again")
                .isNull();
    }

    /** What the bank says of a transfer, and, said of a return, means the same of that. */
    private void assertAnswers(SendAnswer expectedSend, InquiryAnswer expectedInquiry) {
        assertThat(bank.send(Samples.transfer(), Samples.OPEN)).isEqualTo(expectedSend);
        assertThat(bank.inquire(Samples.ID)).isEqualTo(expectedInquiry);
        server.speaksOf(Samples.RETURN_ID);
        assertThat(bank.requestReturn(Samples.returnRequest(), Samples.OPEN)).isEqualTo(expectedSend);
        assertThat(bank.inquire(Samples.RETURN_ID)).isEqualTo(expectedInquiry);
        assertThat(server.received())
                .extracting(FakeServer.Received::path)
                .containsExactly("/credit-transfers", "/status-inquiries", "/payment-returns", "/status-inquiries");
    }

    private static HttpBank bank(URI uri) {
        return bank(new BankSettings(uri, Duration.ofSeconds(20), Duration.ofSeconds(30)));
    }

    private static HttpBank impatient(URI uri) {
        return bank(new BankSettings(uri, Duration.ofMillis(150), Duration.ofMillis(400)));
    }

    private static HttpBank bank(BankSettings settings) {
        return new HttpBank(settings, Resilience.of(Provider.BANK), OpenTelemetry.noop(), NOON);
    }

    private static URI uri(ServerSocket socket) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private static void acceptAndReset(ServerSocket listener) {
        try (Socket connection = listener.accept()) {
            connection.getInputStream().read();
            // Closing with this option and unread input sends RST.
            connection.setSoLinger(true, 0);
        } catch (IOException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
