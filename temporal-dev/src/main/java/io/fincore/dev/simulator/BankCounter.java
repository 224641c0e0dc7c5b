package io.fincore.dev.simulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bank's HTTP interface. */
final class BankCounter {

    private static final Logger LOG = LoggerFactory.getLogger(BankCounter.class);

    private static final String XML = "application/xml";
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final TransferDesk desk;
    private final Book book;
    private final Clock clock;

    BankCounter(TransferDesk desk, Book book, Clock clock) {
        this.desk = desk;
        this.book = book;
        this.clock = clock;
    }

    void open(HttpServer server) {
        server.createContext("/credit-transfers", only("POST", this::creditTransfer));
        server.createContext("/status-inquiries", only("POST", this::statusInquiry));
        server.createContext("/book", only("GET", this::book));
        server.createContext("/behaviours", only("GET", BankCounter::behaviours));
        server.createContext("/health", only("GET", exchange -> answer(exchange, 200, TEXT, "ok\n")));
    }

    private void creditTransfer(HttpExchange exchange) throws IOException {
        Transfer transfer = BankMessages.readTransfer(body(exchange));
        Headers headers = exchange.getRequestHeaders();
        if (!transfer.endToEndId().equals(headers.getFirst("Idempotency-Key"))) {
            answer(exchange, 400, TEXT, "the Idempotency-Key is not the end-to-end id\n");
            return;
        }
        switch (receive(transfer, headers)) {
            case TransferDesk.Report report ->
                answer(exchange, 200, XML, BankMessages.writeReport(report.entry(), report.status(), clock.instant()));
            case TransferDesk.Busy busy -> {
                exchange.getResponseHeaders().set("Retry-After", "1");
                answer(exchange, 503, TEXT, "try again\n");
            }
            // Closed before it has a response, an exchange closes its connection.
            case TransferDesk.Dropped dropped -> exchange.close();
            // Not a pacs.002 with RJCT: that would be read as the fate of the first transfer, which may have been
            // executed.
            case TransferDesk.OtherContent other ->
                answer(exchange, 409, TEXT, "the end-to-end id is taken by a transfer with other content\n");
        }
    }

    private TransferDesk.Answer receive(Transfer transfer, Headers headers) throws IOException {
        try {
            return desk.receive(transfer, headers.getFirst("traceparent"));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("the simulator stops", stopping);
        }
    }

    private void statusInquiry(HttpExchange exchange) throws IOException {
        Optional<BookEntry> entry = desk.find(BankMessages.readInquiry(body(exchange)));
        if (entry.isEmpty()) {
            answer(exchange, 404, TEXT, "not known\n");
            return;
        }
        answer(
                exchange,
                200,
                XML,
                BankMessages.writeReport(entry.get(), entry.get().status(), clock.instant()));
    }

    private void book(HttpExchange exchange) throws IOException {
        List<BookLine> lines = book.all().stream().map(BookLine::of).toList();
        answer(exchange, 200, JSON, Json.MAPPER.writeValueAsString(lines));
    }

    private static void behaviours(HttpExchange exchange) throws IOException {
        List<BehaviourLine> lines =
                Arrays.stream(BankBehaviour.values()).map(BehaviourLine::of).toList();
        answer(exchange, 200, JSON, Json.MAPPER.writeValueAsString(lines));
    }

    private record BehaviourLine(String name, String iban, String description, String paymentEnds) {

        static BehaviourLine of(BankBehaviour behaviour) {
            return new BehaviourLine(
                    behaviour.name(), behaviour.iban(), behaviour.description(), behaviour.paymentEnds());
        }
    }

    private static HttpHandler only(String method, HttpHandler handler) {
        return exchange -> {
            try {
                if (!exchange.getRequestURI()
                        .getPath()
                        .equals(exchange.getHttpContext().getPath())) {
                    answer(exchange, 404, TEXT, "no such page\n");
                } else if (!exchange.getRequestMethod().equals(method)) {
                    exchange.getResponseHeaders().set("Allow", method);
                    answer(exchange, 405, TEXT, method + " only\n");
                } else {
                    handler.handle(exchange);
                }
            } catch (BankMessages.BadMessageException bad) {
                answer(exchange, 400, TEXT, bad.getMessage() + "\n");
            } catch (RuntimeException fault) {
                LOG.error("{} {} failed", method, exchange.getRequestURI(), fault);
                answer(exchange, 500, TEXT, "the simulator failed: " + fault.getMessage() + "\n");
            }
        };
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String type, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
