package io.fincore.dev.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP interface of the provider of notifications, which keeps them instead of sending them. */
final class NotificationCounter {

    private final Reception reception;
    private final Book book;

    NotificationCounter(Reception reception, Book book) {
        this.reception = reception;
        this.book = book;
    }

    void open(HttpServer server) {
        server.createContext("/notifications", HttpCounter.at(Map.of("GET", this::list, "POST", this::take)));
    }

    /** One notification as the list shows it. */
    record Line(
            String id,
            String recipient,
            String template,
            Map<String, String> values,
            int timesReceived,
            @Nullable String traceParent,
            Instant receivedAt) {

        static Line of(Entry entry, Notice notice) {
            return new Line(
                    notice.id(),
                    notice.recipient(),
                    notice.template(),
                    notice.values(),
                    entry.timesReceived(),
                    entry.traceParent(),
                    entry.receivedAt());
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        Notice notice = Json.read(HttpCounter.body(exchange), Notice.class);
        if (NotificationBehaviour.of(notice.recipient()) == NotificationBehaviour.REFUSES) {
            HttpCounter.answer(exchange, 422, HttpCounter.TEXT, "not to this recipient\n");
            return;
        }
        reception.receive(exchange, notice, report -> HttpCounter.answer(exchange, 202, HttpCounter.TEXT, "taken\n"));
    }

    private void list(HttpExchange exchange) throws IOException {
        List<Line> lines = book.all().stream()
                .<Line>mapMulti((entry, found) -> {
                    if (entry.order() instanceof Notice notice) {
                        found.accept(Line.of(entry, notice));
                    }
                })
                .toList();
        HttpCounter.json(exchange, lines);
    }
}
