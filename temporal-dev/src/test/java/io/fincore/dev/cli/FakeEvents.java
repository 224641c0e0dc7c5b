package io.fincore.dev.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fincore.money.IdType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The API's list of events, over HTTP. What is still to be committed is, each time that the list was asked what is new. */
final class FakeEvents implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant BEGIN = Instant.parse("2026-11-22T05:00:00Z");

    private final HttpServer server;
    private final TreeMap<String, Instant> committed = new TreeMap<>();
    private final Deque<List<Integer>> uncommitted = new ArrayDeque<>();

    FakeEvents() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/v1/events", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The id of the event that was made in a second. */
    static String id(int second) {
        return IdType.EVENT.lowest(BEGIN.plusSeconds(second));
    }

    void commit(int... seconds) {
        Arrays.stream(seconds).forEach(this::add);
    }

    /** Those together that are committed after the next question. */
    void commitLater(Integer... seconds) {
        uncommitted.add(List.of(seconds));
    }

    private void add(int second) {
        committed.put(id(second), BEGIN.plusSeconds(second));
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> query = Arrays.stream(
                        exchange.getRequestURI().getRawQuery().split("&", -1))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> URLDecoder.decode(each[1], StandardCharsets.UTF_8)));
        String newerThan = query.get("ending_before");
        int limit = Integer.parseInt(query.getOrDefault("limit", "10"));
        List<String> found = newerThan == null
                ? List.copyOf(committed.descendingKeySet())
                : List.copyOf(committed.tailMap(newerThan, false).keySet());
        List<Map<String, Object>> page = found.stream()
                .limit(limit)
                .sorted(Comparator.reverseOrder())
                .<Map<String, Object>>map(id -> Map.of(
                        "id",
                        id,
                        "type",
                        "payment.completed",
                        "created_at",
                        Objects.toString(committed.get(id)),
                        "data",
                        Map.of()))
                .toList();
        if (newerThan != null && !uncommitted.isEmpty()) {
            uncommitted.remove().forEach(this::add);
        }
        byte[] body = JSON.writeValueAsBytes(Map.of("data", page, "has_more", found.size() > limit));
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
