package io.fincore.dev.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the providers' HTTP interfaces have in common. */
final class HttpCounter {

    static final String XML = "application/xml";
    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";

    private static final Logger LOG = LoggerFactory.getLogger(HttpCounter.class);

    private HttpCounter() {}

    interface ItemHandler {
        /** @param item what follows the context's path */
        void handle(HttpExchange exchange, String item) throws IOException;
    }

    /** Serves the path of its context alone, by one method. */
    static HttpHandler only(String method, HttpHandler handler) {
        return at(Map.of(method, handler));
    }

    /** Serves the path of its context alone, by the given methods. */
    static HttpHandler at(Map<String, HttpHandler> byMethod) {
        return safely(exchange -> {
            if (!item(exchange).isEmpty()) {
                answer(exchange, 404, TEXT, "no such page\n");
                return;
            }
            serve(exchange, byMethod);
        });
    }

    /** Serves the paths below its context, whose path ends with a slash, by one method. */
    static HttpHandler below(String method, ItemHandler handler) {
        Map<String, HttpHandler> byMethod = Map.of(method, exchange -> handler.handle(exchange, item(exchange)));
        return safely(exchange -> serve(exchange, byMethod));
    }

    static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    static void json(HttpExchange exchange, Object content) throws IOException {
        answer(exchange, 200, JSON, Json.MAPPER.writeValueAsString(content));
    }

    static void answer(HttpExchange exchange, int status, String type, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void serve(HttpExchange exchange, Map<String, HttpHandler> byMethod) throws IOException {
        byMethod.getOrDefault(exchange.getRequestMethod(), other -> refuse(other, byMethod))
                .handle(exchange);
    }

    private static void refuse(HttpExchange exchange, Map<String, HttpHandler> byMethod) throws IOException {
        String allowed = String.join(", ", new TreeMap<>(byMethod).keySet());
        exchange.getResponseHeaders().set("Allow", allowed);
        answer(exchange, 405, TEXT, allowed + " only\n");
    }

    private static String item(HttpExchange exchange) {
        String context = exchange.getHttpContext().getPath();
        return exchange.getRequestURI().getPath().substring(context.length());
    }

    private static HttpHandler safely(HttpHandler handler) {
        return exchange -> {
            try {
                handler.handle(exchange);
            } catch (BadMessageException bad) {
                answer(exchange, 400, TEXT, bad.getMessage() + "\n");
            } catch (RuntimeException fault) {
                LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), fault);
                answer(exchange, 500, TEXT, "the simulator failed: " + fault.getMessage() + "\n");
            }
        };
    }
}
