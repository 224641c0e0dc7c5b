package io.fincore.dev.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The KYC provider's HTTP interface. */
final class KycCounter {

    private static final String CHECKS = "/kyc/checks";

    private final Reception reception;
    private final Book book;

    KycCounter(Reception reception, Book book) {
        this.reception = reception;
        this.book = book;
    }

    void open(HttpServer server) {
        server.createContext(CHECKS, HttpCounter.at(Map.of("GET", this::list, "POST", this::check)));
        server.createContext(CHECKS + "/", HttpCounter.below("GET", this::tell));
    }

    /** What the provider tells about a check. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            String checkId,
            String status,
            String reference,
            @Nullable String reason) {

        static Answer of(Entry entry, Status status) {
            Reason reason = entry.reason();
            return new Answer(
                    entry.order().id(),
                    KycStatus.of(status).word(),
                    entry.reference(),
                    reason == null ? null : reason.detail());
        }
    }

    /** One check as the list shows it; the counts are as in the bank's book. */
    record Line(
            String checkId,
            String name,
            String status,
            String reference,
            @Nullable String reason,
            int timesReceived,
            @Nullable String traceParent,
            Instant receivedAt,
            @Nullable String callbackEventId,
            int callbacksOwed,
            int callbacksDelivered) {

        static Line of(Entry entry, Check check) {
            Answer answer = Answer.of(entry, entry.status());
            Callback callback = entry.callback();
            return new Line(
                    answer.checkId(),
                    check.name(),
                    answer.status(),
                    answer.reference(),
                    answer.reason(),
                    entry.timesReceived(),
                    entry.traceParent(),
                    entry.receivedAt(),
                    callback == null ? null : callback.eventId(),
                    entry.callbacksOwed(),
                    entry.callbacksDelivered());
        }
    }

    private void check(HttpExchange exchange) throws IOException {
        Check check = Json.read(HttpCounter.body(exchange), Check.class);
        reception.receive(
                exchange, check, report -> HttpCounter.json(exchange, Answer.of(report.entry(), report.status())));
    }

    private void tell(HttpExchange exchange, String checkId) throws IOException {
        Optional<Entry> entry = book.find(checkId).filter(known -> known.order() instanceof Check);
        if (entry.isEmpty()) {
            HttpCounter.answer(exchange, 404, HttpCounter.TEXT, "not known\n");
            return;
        }
        HttpCounter.json(exchange, Answer.of(entry.get(), entry.get().status()));
    }

    private void list(HttpExchange exchange) throws IOException {
        List<Line> lines = book.all().stream()
                .<Line>mapMulti((entry, found) -> {
                    if (entry.order() instanceof Check check) {
                        found.accept(Line.of(entry, check));
                    }
                })
                .toList();
        HttpCounter.json(exchange, lines);
    }
}
