package io.fincore.dev.simulator;

import static io.fincore.dev.simulator.HttpCounter.only;

import com.sun.net.httpserver.HttpServer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What the simulator tells about itself. */
final class InformationCounter {

    void open(HttpServer server) {
        server.createContext("/behaviours", only("GET", exchange -> HttpCounter.json(exchange, Behaviours.all())));
        server.createContext(
                "/health", only("GET", exchange -> HttpCounter.answer(exchange, 200, HttpCounter.TEXT, "ok\n")));
    }

    /** The tables of the documentation. */
    private record Behaviours(
            List<OfTransfers> transfers,
            List<OfReturns> returns,
            List<OfChecks> kyc,
            List<OfNotifications> notifications) {

        static Behaviours all() {
            return new Behaviours(
                    lines(
                            BankBehaviour.values(),
                            each -> new OfTransfers(each.name(), each.iban(), each.description(), each.paymentEnds())),
                    lines(
                            ReturnBehaviour.values(),
                            each -> new OfReturns(each.name(), each.iban(), each.description(), each.refundEnds())),
                    lines(
                            KycBehaviour.values(),
                            each -> new OfChecks(
                                    each.name(), each.customerName(), each.description(), each.checkEnds())),
                    lines(
                            NotificationBehaviour.values(),
                            each -> new OfNotifications(each.name(), each.localPart(), each.description())));
        }
    }

    private record OfTransfers(String name, String iban, String description, String paymentEnds) {}

    private record OfReturns(String name, String iban, String description, String refundEnds) {}

    private record OfChecks(String name, String customerName, String description, String checkEnds) {}

    private record OfNotifications(String name, String localPart, String description) {}

    private static <B, L> List<L> lines(B[] behaviours, Function<B, L> line) {
        return Arrays.stream(behaviours).map(line).toList();
    }
}
