package io.fincore.steps;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fincore.workflows.client.Payloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A client's endpoint: a real HTTP server on a free port that does what the test tells it, and keeps what it received. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = (exchange, request) -> answer(exchange, 204, "");

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", exchange -> {
            Received request = Received.of(exchange);
            received.add(request);
            behaviour.handle(exchange, request);
        });
        server.setExecutor(threads);
        server.start();
    }

    record Received(String path, Map<String, List<String>> headers, String body) {

        static Received of(HttpExchange exchange) throws IOException {
            return new Received(
                    exchange.getRequestURI().getPath(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }

        /** Whether the standard's own library finds the signature right. */
        boolean isSignedWith(String secret) {
            Map<String, List<String>> lowerCase = Map.of(
                    "webhook-id", List.of(header("webhook-id")),
                    "webhook-timestamp", List.of(header("webhook-timestamp")),
                    "webhook-signature", List.of(header("webhook-signature")));
            try {
                new Webhook(secret).verify(body, lowerCase);
                return true;
            } catch (WebhookVerificationException wrong) {
                return false;
            } catch (Exception unusable) {
                throw new IllegalStateException(unusable);
            }
        }

        String field(String pointer) {
            try {
                return Payloads.mapper().readTree(body).at(pointer).asText();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    interface Behaviour {
        void handle(HttpExchange exchange, Received request) throws IOException;
    }

    void does(Behaviour next) {
        behaviour = next;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
