package io.fincore.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.providers.FakeServer.Received;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider of notifications gets to see, every way in which a call can end, and what protects us. */
class NotifierTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private final FakeServer server = new FakeServer();
    private final Resilience resilience = Resilience.of(Provider.NOTIFIER);
    private final CircuitBreaker breaker = resilience.circuitBreaker();
    private final HttpNotifier notifier =
            new HttpNotifier(NotifierSettings.of(server.uri()), resilience, OpenTelemetry.noop(), NOON);

    @AfterEach
    void stop() {
        server.close();
        notifier.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void delivered(int status) {
        server.answers(status, "");

        assertThat(notifier.deliver(Samples.notification())).isEqualTo(new NotifierAnswer.Delivered());
        assertThat(breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422})
    void refused(int status) {
        server.answers(status, "ada@example.com is no address");

        assertThat(notifier.deliver(Samples.notification())).isEqualTo(new NotifierAnswer.Refused("HTTP " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 404, 405, 500, 502})
    void nothingIsKnownAfterAnotherStatus(int status) {
        server.answers(status, "");

        assertThat(notifier.deliver(Samples.notification()))
                .isEqualTo(new NotifierAnswer.Unavailable("HTTP " + status, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void waitsAsLongAsTheProviderAsks(int status) {
        server.answers(status, Map.of("Retry-After", "7"), "");

        assertThat(notifier.deliver(Samples.notification()))
                .isEqualTo(new NotifierAnswer.Unavailable("HTTP " + status, Duration.ofSeconds(7)));
    }

    @Test
    void nothingIsKnownWhenNoAnswerComesInTime() {
        CountDownLatch ever = new CountDownLatch(1);
        server.does(exchange -> {
            try {
                ever.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        NotifierSettings settings = new NotifierSettings(server.uri(), Duration.ofMillis(150), Duration.ofMillis(400));
        try (HttpNotifier impatient = new HttpNotifier(settings, resilience, OpenTelemetry.noop())) {
            assertThat(impatient.deliver(Samples.notification()))
                    .isEqualTo(new NotifierAnswer.Unavailable("no answer within 400 ms", null));
        }
    }

    @Test
    void sendsTheSameRequestAgain() {
        server.answers(202, "");
        notifier.deliver(Samples.notification());
        notifier.deliver(Samples.notification());

        Received request = server.received().getFirst();
        assertThat(request)
                .isEqualTo(new Received(
                        "POST",
                        "/notifications",
                        "application/json",
                        "evt_01k9x2m4e6g8h0j2k4m6n8p0q6",
                        null,
                        "{\"id\":\"evt_01k9x2m4e6g8h0j2k4m6n8p0q6\",\"recipient\":\"ada@example.com\","
                                + "\"template\":\"payment_completed\","
                                + "\"values\":{\"amount\":\"EUR 12.50\",\"b\":\"2\",\"creditor\":\"ACME GmbH\","
                                + "\"k\":\"3\",\"name\":\"Ada\",\"z\":\"4\"}}"));
        assertThat(server.received().getLast()).isEqualTo(request);
    }

    @Test
    void carriesTheTraceInASpanWithoutPersonalData() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        server.answers(202, "");
        try (HttpNotifier traced =
                new HttpNotifier(NotifierSettings.of(server.uri()), resilience, Telemetry.keeping(spans))) {
            traced.deliver(Samples.notification());
        }

        SpanData span = Objects.requireNonNull(spans.getFinishedSpanItems().getFirst());
        assertThat(span.getName()).isEqualTo("POST /notifications");
        assertThat(span.getAttributes().get(AttributeKey.stringKey("fincore.notification_id")))
                .isEqualTo(Samples.notification().id());
        assertThat(span.toString()).doesNotContain("ada@example.com");
        assertThat(server.onlyRequest().traceParent())
                .isEqualTo("00-" + span.getTraceId() + "-" + span.getSpanId() + "-01");
    }

    @Test
    void opensAfterTwentyBadCallsAndThenLetsNothingPass() {
        server.answers(503, "");
        for (int call = 1; call <= 20; call++) {
            notifier.deliver(Samples.notification());
        }

        assertThat(notifier.deliver(Samples.notification()))
                .isEqualTo(new NotifierAnswer.Unavailable("circuit open", Duration.ofSeconds(30)));
        assertThat(server.received()).hasSize(20);
    }

    @Test
    void hasTheAgreedNumbers() {
        var config = breaker.getCircuitBreakerConfig();

        assertThat(breaker.getName()).isEqualTo("notifier");
        assertThat(config.getSlowCallDurationThreshold()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.getSlidingWindowSize()).isEqualTo(50);
        assertThat(config.getMinimumNumberOfCalls()).isEqualTo(20);
        assertThat(config.getWaitIntervalFunctionInOpenState().apply(1)).isEqualTo(30_000L);
        assertThat(resilience.bulkhead().getBulkheadConfig().getMaxConcurrentCalls())
                .isEqualTo(10);
        assertThat(NotifierSettings.of(URI.create("https://notifier.example")))
                .isEqualTo(new NotifierSettings(
                        URI.create("https://notifier.example"), Duration.ofSeconds(1), Duration.ofSeconds(5)));
    }

    @Test
    void refusesWhatReachesNobody() {
        assertThatThrownBy(() -> new Notification(" ", "a@b", "t", Map.of())).hasMessageContaining("id is blank");
        assertThatThrownBy(() -> new Notification("1", "", "t", Map.of())).hasMessageContaining("recipient is blank");
        assertThatThrownBy(() -> new Notification("1", "a@b", "", Map.of())).hasMessageContaining("template is blank");
        assertThat(Samples.notification().toString()).doesNotContain("ada").doesNotContain("ACME");
    }
}
