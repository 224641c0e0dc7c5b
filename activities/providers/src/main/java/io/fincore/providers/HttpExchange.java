package io.fincore.providers;

import io.fincore.money.EndToEndId;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request and its response, in a client span, within the timeouts. */
final class HttpExchange implements AutoCloseable {

    /** A status report has some 2 kB. */
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private final HttpClient client;
    private final Duration readTimeout;
    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final Clock clock;

    HttpExchange(BankSettings settings, OpenTelemetry openTelemetry, Clock clock) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        this.readTimeout = settings.readTimeout();
        this.tracer = openTelemetry.getTracer("io.fincore.providers");
        this.propagator = openTelemetry.getPropagators().getTextMapPropagator();
        this.clock = clock;
    }

    BankReply run(HttpRequest.Builder builder, EndToEndId id) {
        HttpRequest unsent = builder.build();
        Span span = tracer.spanBuilder(unsent.method() + " " + unsent.uri().getPath())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("http.request.method", unsent.method())
                .setAttribute("url.full", unsent.uri().toString())
                .setAttribute("server.address", unsent.uri().getHost())
                .setAttribute("fincore.end_to_end_id", id.value())
                .startSpan();
        try {
            propagator.inject(
                    Context.current().with(span),
                    builder,
                    (carrier, name, value) -> Objects.requireNonNull(carrier).setHeader(name, value));
            BankReply reply = await(builder.build(), id, span);
            if (reply.health() != BankReply.Health.GOOD) {
                span.setStatus(StatusCode.ERROR, reply.toString());
            }
            return reply;
        } finally {
            span.end();
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private BankReply await(HttpRequest request, EndToEndId id, Span span) {
        // The timeout of HttpRequest ends with the response's head: a body that never ends would be waited for without
        // limit.
        CompletableFuture<HttpResponse<String>> response = client.sendAsync(
                request, BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_ANSWER_BYTES));
        try {
            HttpResponse<String> arrived = response.get(readTimeout.toMillis(), TimeUnit.MILLISECONDS);
            span.setAttribute("http.response.status_code", arrived.statusCode());
            return read(arrived, id);
        } catch (TimeoutException timeout) {
            response.cancel(true);
            return new BankReply.Unclear("no answer within " + readTimeout.toMillis() + " ms");
        } catch (ExecutionException failed) {
            return failure(failed.getCause());
        } catch (InterruptedException interrupted) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            return new BankReply.Interrupted();
        }
    }

    private BankReply read(HttpResponse<String> response, EndToEndId id) {
        int status = response.statusCode();
        if (status == 200) {
            return switch (StatusReport.read(response.body(), id)) {
                case StatusReport.Understood readable -> new BankReply.Told(readable.status());
                case StatusReport.NotUnderstood unreadable -> new BankReply.Unclear(unreadable.detail());
            };
        }
        if (status == 404) {
            return new BankReply.NotFound();
        }
        if (status == 429) {
            return new BankReply.RateLimited(retryAfter(response));
        }
        if (status == 503) {
            return new BankReply.Busy(retryAfter(response));
        }
        if (status >= 400 && status < 500) {
            return refusal(response, id);
        }
        return new BankReply.Unclear("HTTP " + status);
    }

    private static BankReply refusal(HttpResponse<String> response, EndToEndId id) {
        if (StatusReport.read(response.body(), id) instanceof StatusReport.Understood report
                && report.status() instanceof BankStatus.Rejected rejected) {
            return new BankReply.Told(rejected);
        }
        return new BankReply.RequestRefused("HTTP " + response.statusCode());
    }

    private @Nullable Duration retryAfter(HttpResponse<String> response) {
        return RetryAfter.parse(response.headers().firstValue("Retry-After").orElse(null), clock);
    }

    private static BankReply failure(@Nullable Throwable cause) {
        // All three come from the attempt to connect, before a byte of the request was written.
        if (cause instanceof HttpConnectTimeoutException
                || cause instanceof ConnectException
                || cause instanceof NoRouteToHostException) {
            return new BankReply.NotConnected(describe((IOException) cause));
        }
        if (cause instanceof IOException lost) {
            return new BankReply.Unclear(describe(lost));
        }
        throw new IllegalStateException("the HTTP client failed", cause);
    }

    private static String describe(IOException failure) {
        String message = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        return message == null ? name : name + ": " + message;
    }
}
