package io.fincore.providers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fincore.money.EndToEndId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A real HTTP server on a free port that does what the test tells it, and keeps what it received. */
final class FakeServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile String subject = Samples.ID.value();
    private volatile Behaviour behaviour = exchange -> respond(exchange, 500, Map.of(), "");

    FakeServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", exchange -> {
            received.add(Received.of(exchange));
            behaviour.handle(exchange);
        });
        server.setExecutor(threads);
        server.start();
    }

    record Received(
            String method,
            String path,
            @Nullable String contentType,
            @Nullable String idempotencyKey,
            @Nullable String traceParent,
            String body) {

        static Received of(HttpExchange exchange) throws IOException {
            var headers = exchange.getRequestHeaders();
            return new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    headers.getFirst("Content-Type"),
                    headers.getFirst("Idempotency-Key"),
                    headers.getFirst("traceparent"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    interface Behaviour {
        void handle(HttpExchange exchange) throws IOException;
    }

    void does(Behaviour next) {
        behaviour = next;
    }

    void answers(int status, String body) {
        answers(status, Map.of(), body);
    }

    void answers(int status, Map<String, String> headers, String body) {
        does(exchange -> respond(exchange, status, headers, body.replace(Samples.ID.value(), subject)));
    }

    /** From now on answers are about this one, where they were about {@link Samples#ID}. */
    void speaksOf(EndToEndId other) {
        subject = other.value();
    }

    List<Received> received() {
        return received;
    }

    Received onlyRequest() {
        if (received.size() != 1) {
            throw new AssertionError("one request expected, not " + received);
        }
        return Objects.requireNonNull(received.getFirst());
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    static void respond(HttpExchange exchange, int status, Map<String, String> headers, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
