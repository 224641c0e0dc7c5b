package io.fincore.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.providers.FakeServer.Received;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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

/** What the KYC provider gets to see, and every way in which a call can end. */
class KycAnswersTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private final FakeServer server = new FakeServer();
    private final HttpKyc kyc = kyc(server.uri(), Duration.ofSeconds(20), Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        server.close();
        kyc.close();
    }

    static Stream<Arguments> told() {
        return Stream.of(
                Arguments.of("'status':'approved','reference':'KY-7'", new KycAnswer.Approved("KY-7")),
                Arguments.of("'status':'pending','reference':'KY-7'", new KycAnswer.Pending("KY-7")),
                Arguments.of(
                        "'status':'rejected','reference':'KY-7','reason':'not alive'",
                        new KycAnswer.Rejected("KY-7", "not alive")),
                Arguments.of(
                        "'status':'referred','reference':'KY-7','reason':'blurred','more':[1]",
                        new KycAnswer.Referred("KY-7", "blurred")),
                Arguments.of("'status':'referred','reason':null", new KycAnswer.Referred("", "")),
                Arguments.of(
                        "'status':'rejected','reference':'a\\u0000b','reason':'c\\nd'",
                        new KycAnswer.Rejected("a b", "c d")));
    }

    @ParameterizedTest
    @MethodSource("told")
    void believesWhatIsSaidAboutThisCheck(String fields, KycAnswer expected) {
        server.answers(200, answer(Samples.CHECK_ID, fields));

        assertAnswers(expected, expected);
    }

    @Test
    void cutsWordsThatNobodyReadsToTheirEnd() {
        server.answers(200, answer(Samples.CHECK_ID, "'status':'rejected','reason':'" + "x".repeat(5000) + "'"));

        assertThat(kyc.verify(Samples.check())).isEqualTo(new KycAnswer.Rejected("", "x".repeat(500)));
    }

    @Test
    void notFoundSaysSomethingToAnInquiryOnly() {
        server.answers(404, "not known");

        assertAnswers(new KycAnswer.Unavailable("HTTP 404", null), new KycAnswer.NotKnown());
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204, 302, 400, 401, 403, 409, 422, 500, 502, 504})
    void nothingIsKnownAfterAnotherStatus(int status) {
        server.answers(status, status == 204 ? "" : answer(Samples.CHECK_ID, "'status':'rejected'"));

        KycAnswer nothing = new KycAnswer.Unavailable("HTTP " + status, null);
        assertAnswers(nothing, nothing);
    }

    @ParameterizedTest
    @CsvSource({"503, 7, 7", "429, 7, 7", "503, , ", "429, soon, "})
    void waitsAsLongAsTheProviderAsks(int status, @Nullable String header, @Nullable Integer seconds) {
        server.answers(status, header == null ? Map.of() : Map.of("Retry-After", header), "later");

        KycAnswer later =
                new KycAnswer.Unavailable("HTTP " + status, seconds == null ? null : Duration.ofSeconds(seconds));
        assertAnswers(later, later);
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("", "the answer is not a JSON object"),
                Arguments.of("<html/>", "the answer is not a JSON object"),
                Arguments.of("[]", "the answer is not a JSON object"),
                Arguments.of("{\"status\":\"approved\"}", "the answer is about another check"),
                Arguments.of(
                        answer("act_01k9x2m4e6g8h0j2k4m6n8p0q9", "'status':'approved'"),
                        "the answer is about another check"),
                Arguments.of(answer(Samples.CHECK_ID, "'status':'fine'"), "the answer has an unknown status"),
                Arguments.of(answer(Samples.CHECK_ID, "'reference':'KY-7'"), "the answer has an unknown status"),
                Arguments.of(
                        answer(Samples.CHECK_ID, "'status':'approved'").substring(0, 50),
                        "the answer is not a JSON object"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void nothingIsKnownAfterAnUnreadableOrContradictoryAnswer(String body, String detail) {
        server.answers(200, body);

        KycAnswer nothing = new KycAnswer.Unavailable(detail, null);
        assertAnswers(nothing, nothing);
    }

    @Test
    void nothingIsKnownAfterAConnectionClosedWithoutAnAnswer() {
        server.does(exchange -> exchange.close());

        assertThat(kyc.verify(Samples.check())).isInstanceOf(KycAnswer.Unavailable.class);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void nothingIsKnownWhenNoAnswerComesInTime() {
        CountDownLatch ever = new CountDownLatch(1);
        server.does(exchange -> hold(ever));
        try (HttpKyc impatient = kyc(server.uri(), Duration.ofMillis(150), Duration.ofMillis(400))) {
            assertThat(impatient.verify(Samples.check()))
                    .isEqualTo(new KycAnswer.Unavailable("no answer within 400 ms", null));
        }
    }

    @Test
    void nothingIsKnownWhenInterrupted() {
        CountDownLatch ever = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        server.does(exchange -> {
            caller.interrupt();
            hold(ever);
        });

        assertThat(kyc.verify(Samples.check()))
                .isEqualTo(new KycAnswer.Unavailable("interrupted while waiting for the answer", null));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void nothingIsKnownWithoutAConnection() throws Exception {
        URI nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }
        try (HttpKyc refused = kyc(nobody, Duration.ofSeconds(20), Duration.ofSeconds(30))) {
            assertThat(refused.verify(Samples.check())).isInstanceOf(KycAnswer.Unavailable.class);
            assertThat(refused.inquire(Samples.CHECK_ID)).isInstanceOf(KycAnswer.Unavailable.class);
        }
    }

    @Test
    void sendsTheSameRequestAgain() {
        server.answers(200, answer(Samples.CHECK_ID, "'status':'pending'"));
        kyc.verify(Samples.check());
        kyc.verify(Samples.check());

        Received request = server.received().getFirst();
        assertThat(request)
                .isEqualTo(new Received(
                        "POST",
                        "/kyc/checks",
                        "application/json",
                        Samples.CHECK_ID,
                        null,
                        "{\"check_id\":\"" + Samples.CHECK_ID
                                + "\",\"name\":\"Jürgen Groß\",\"date_of_birth\":\"1990-02-28\",\"country\":\"DE\"}"));
        assertThat(server.received().getLast()).isEqualTo(request);
    }

    @Test
    void leavesOutWhatTheCustomerDidNotSay() {
        server.answers(200, answer(Samples.CHECK_ID, "'status':'approved'"));
        kyc.verify(new KycCheck(Samples.CHECK_ID, "Ada", null, null));

        assertThat(server.onlyRequest().body())
                .isEqualTo("{\"check_id\":\"" + Samples.CHECK_ID + "\",\"name\":\"Ada\"}");
    }

    @Test
    void carriesTheTraceInSpansWithoutPersonalData() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        server.answers(503, "");
        try (HttpKyc traced = new HttpKyc(
                KycSettings.of(server.uri()), Resilience.of(Provider.KYC), Telemetry.keeping(spans), NOON)) {
            traced.verify(Samples.check());
            traced.inquire(Samples.CHECK_ID);
        }

        List<SpanData> finished = spans.getFinishedSpanItems();
        assertThat(finished).extracting(SpanData::getName).containsExactly("POST /kyc/checks", "GET /kyc/checks/{id}");
        assertThat(finished).allSatisfy(span -> {
            assertThat(span.getAttributes().get(AttributeKey.stringKey("fincore.check_id")))
                    .isEqualTo(Samples.CHECK_ID);
            assertThat(span.getStatus().getStatusCode())
                    .isEqualTo(StatusData.error().getStatusCode());
            assertThat(span.toString()).doesNotContain("Groß");
        });
        assertThat(server.received())
                .extracting(Received::traceParent)
                .containsExactly(
                        "00-" + finished.getFirst().getTraceId() + "-"
                                + finished.getFirst().getSpanId() + "-01",
                        "00-" + finished.getLast().getTraceId() + "-"
                                + finished.getLast().getSpanId() + "-01");
    }

    @Test
    void refusesWhatIsNoCheckOfOurs() {
        assertThatThrownBy(() -> new KycCheck("pay_1", "Ada", null, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KycCheck(Samples.CHECK_ID, " ", null, null))
                .hasMessageContaining("blank");
        assertThatThrownBy(() -> kyc.inquire("../" + Samples.CHECK_ID)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Samples.check().toString()).doesNotContain("Groß").doesNotContain("1990");
    }

    private void assertAnswers(KycAnswer expectedVerification, KycAnswer expectedInquiry) {
        assertThat(kyc.verify(Samples.check())).isEqualTo(expectedVerification);
        assertThat(kyc.inquire(Samples.CHECK_ID)).isEqualTo(expectedInquiry);
        assertThat(server.received())
                .extracting(request -> request.method() + " " + request.path())
                .containsExactly("POST /kyc/checks", "GET /kyc/checks/" + Samples.CHECK_ID);
    }

    private static String answer(String checkId, String fields) {
        return "{\"check_id\":\"" + checkId + "\"," + fields.replace('\'', '"') + "}";
    }

    private static HttpKyc kyc(URI uri, Duration connectTimeout, Duration readTimeout) {
        return new HttpKyc(
                new KycSettings(uri, connectTimeout, readTimeout),
                Resilience.of(Provider.KYC),
                OpenTelemetry.noop(),
                NOON);
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
