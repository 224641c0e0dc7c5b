package io.fincore.dev.simulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Takes orders from HTTP requests to the desk, and answers what is the same for all orders. */
final class Reception {

    private final Desk desk;

    Reception(Desk desk) {
        this.desk = desk;
    }

    interface ReportWriter {
        void write(Desk.Report report) throws IOException;
    }

    void receive(HttpExchange exchange, Order order, ReportWriter writer) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        if (!order.id().equals(headers.getFirst("Idempotency-Key"))) {
            HttpCounter.answer(exchange, 400, HttpCounter.TEXT, "the Idempotency-Key is not the id of the order\n");
            return;
        }
        switch (ask(order, headers)) {
            case Desk.Report report -> writer.write(report);
            case Desk.Busy busy -> {
                exchange.getResponseHeaders().set("Retry-After", "1");
                HttpCounter.answer(exchange, 503, HttpCounter.TEXT, "try again\n");
            }
            // Closed before it has a response, an exchange closes its connection.
            case Desk.Dropped dropped -> exchange.close();
            // No report of any kind: a refusal would be read as the fate of the first order, which may have been
            // executed.
            case Desk.OtherContent other ->
                HttpCounter.answer(exchange, 409, HttpCounter.TEXT, "the id is taken by an order with other content\n");
        }
    }

    private Desk.Answer ask(Order order, Headers headers) throws IOException {
        try {
            return desk.receive(order, headers.getFirst("traceparent"));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("the simulator stops", stopping);
        }
    }
}
