package io.fincore.dev.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The platform's side of the callbacks: keeps what came, and answers as the test says. */
final class CallbackReceiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private volatile int status = 204;

    CallbackReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/events", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int answer = status;
            try (exchange) {
                exchange.sendResponseHeaders(answer, -1);
            }
            deliveries.add(new Delivery(exchange.getRequestHeaders(), body, answer));
        });
        server.setExecutor(threads);
        server.start();
    }

    record Delivery(Headers headers, String body, int answer) {

        JsonNode json() {
            try {
                return Json.MAPPER.readTree(body);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        @Nullable
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events");
    }

    void answers(int next) {
        status = next;
    }

    /** The next delivery, waited for. */
    Delivery next() throws InterruptedException {
        return Objects.requireNonNull(deliveries.poll(30, TimeUnit.SECONDS), "no callback came");
    }

    int waiting() {
        return deliveries.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
