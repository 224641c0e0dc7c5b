package io.fincore.dev.simulator;

import static io.fincore.dev.simulator.HttpCounter.only;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The bank's HTTP interface. */
final class BankCounter {

    private final Reception reception;
    private final Book book;
    private final Clock clock;

    BankCounter(Reception reception, Book book, Clock clock) {
        this.reception = reception;
        this.book = book;
        this.clock = clock;
    }

    void open(HttpServer server) {
        server.createContext("/credit-transfers", only("POST", this::creditTransfer));
        server.createContext("/payment-returns", only("POST", this::paymentReturn));
        server.createContext("/status-inquiries", only("POST", this::statusInquiry));
        server.createContext("/book", only("GET", this::book));
    }

    private void creditTransfer(HttpExchange exchange) throws IOException {
        Transfer transfer = BankMessages.readTransfer(HttpCounter.body(exchange));
        reception.receive(exchange, transfer, report -> report(exchange, report.entry(), report.status()));
    }

    private void paymentReturn(HttpExchange exchange) throws IOException {
        Return back = BankMessages.readReturn(HttpCounter.body(exchange));
        reception.receive(exchange, back, report -> report(exchange, report.entry(), report.status()));
    }

    private void statusInquiry(HttpExchange exchange) throws IOException {
        String id = BankMessages.readInquiry(HttpCounter.body(exchange));
        Optional<Entry> entry = book.find(id).filter(known -> BankLine.isOfBank(known.order()));
        if (entry.isEmpty()) {
            HttpCounter.answer(exchange, 404, HttpCounter.TEXT, "not known\n");
            return;
        }
        report(exchange, entry.get(), entry.get().status());
    }

    private void report(HttpExchange exchange, Entry entry, Status status) throws IOException {
        String report = BankMessages.writeReport(entry, BankStatus.of(status), clock.instant());
        HttpCounter.answer(exchange, 200, HttpCounter.XML, report);
    }

    private void book(HttpExchange exchange) throws IOException {
        List<BankLine> lines = book.all().stream()
                .filter(entry -> BankLine.isOfBank(entry.order()))
                .map(BankLine::of)
                .toList();
        HttpCounter.json(exchange, lines);
    }
}
