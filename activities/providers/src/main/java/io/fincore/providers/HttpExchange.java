package io.fincore.providers;

import io.fincore.providers.Reply.Cause;
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

    /** A bank's status report has some 2 kB, and no other answer more. */
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private final HttpClient client;
    private final Duration readTimeout;
    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final Clock clock;

    HttpExchange(Endpoint endpoint, OpenTelemetry openTelemetry, Clock clock) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(endpoint.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        this.readTimeout = endpoint.readTimeout();
        this.tracer = openTelemetry.getTracer("io.fincore.providers");
        this.propagator = openTelemetry.getPropagators().getTextMapPropagator();
        this.clock = clock;
    }

    <T> Reply<T> run(Question<T> question) {
        HttpRequest unsent = question.request().build();
        Span span = tracer.spanBuilder(question.route())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("http.request.method", unsent.method())
                .setAttribute("url.full", unsent.uri().toString())
                .setAttribute("server.address", unsent.uri().getHost())
                .setAttribute(question.idAttribute(), question.id())
                .startSpan();
        try {
            propagator.inject(
                    Context.current().with(span),
                    question.request(),
                    (carrier, name, value) -> Objects.requireNonNull(carrier).setHeader(name, value));
            Reply<T> reply = await(question, span);
            if (reply.health() != Reply.Health.GOOD) {
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

    private <T> Reply<T> await(Question<T> question, Span span) {
        // The timeout of HttpRequest ends with the response's head: a body that never ends would be waited for without
        // limit.
        CompletableFuture<HttpResponse<String>> response = client.sendAsync(
                question.request().build(),
                BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_ANSWER_BYTES));
        try {
            HttpResponse<String> arrived = response.get(readTimeout.toMillis(), TimeUnit.MILLISECONDS);
            span.setAttribute("http.response.status_code", arrived.statusCode());
            return read(arrived, question.reader());
        } catch (TimeoutException timeout) {
            response.cancel(true);
            return new Reply.Untold<>(Cause.UNCLEAR, "no answer within " + readTimeout.toMillis() + " ms");
        } catch (ExecutionException failed) {
            return failure(failed.getCause());
        } catch (InterruptedException interrupted) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            return Reply.interrupted();
        }
    }

    private <T> Reply<T> read(HttpResponse<String> response, AnswerReader<T> reader) {
        int status = response.statusCode();
        return switch (status) {
            case 404 -> new Reply.Untold<>(Cause.NOT_FOUND, "HTTP 404");
            case 429 -> new Reply.Untold<>(Cause.RATE_LIMITED, "HTTP 429", retryAfter(response));
            case 503 -> new Reply.Untold<>(Cause.BUSY, "HTTP 503", retryAfter(response));
            default -> reader.read(status, response.body());
        };
    }

    private @Nullable Duration retryAfter(HttpResponse<String> response) {
        return RetryAfter.parse(response.headers().firstValue("Retry-After").orElse(null), clock);
    }

    private static <T> Reply<T> failure(@Nullable Throwable cause) {
        // All three come from the attempt to connect, before a byte of the request was written.
        if (cause instanceof HttpConnectTimeoutException
                || cause instanceof ConnectException
                || cause instanceof NoRouteToHostException) {
            return new Reply.Untold<>(Cause.NOT_CONNECTED, describe((IOException) cause));
        }
        if (cause instanceof IOException lost) {
            return new Reply.Untold<>(Cause.UNCLEAR, describe(lost));
        }
        throw new IllegalStateException("the HTTP client failed", cause);
    }

    private static String describe(IOException failure) {
        String message = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        return message == null ? name : name + ": " + message;
    }
}
