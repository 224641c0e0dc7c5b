package io.fincore.dev.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "payments", description = "Order payments and follow them.", mixinStandardHelpOptions = true)
final class PaymentCommands {

    private static final String PATH = "/v1/payments";
    private static final Set<String> ENDS =
            Set.of("completed", "rejected", "failed", "cancelled", "partially_refunded", "refunded");
    private static final Duration POLL = Duration.ofMillis(300);

    @ParentCommand
    private Fincore fincore = new Fincore();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "create",
            description = "Orders a payment and prints it; with the same --key it is the same order.",
            mixinStandardHelpOptions = true)
    void create(
            @Option(names = "--source", required = true, description = "the wallet, wal_…") String source,
            @Option(names = "--amount", required = true, description = "in minor units: 1250 is EUR 12.50") long amount,
            @Option(names = "--currency", defaultValue = "EUR", description = "${DEFAULT-VALUE}") String currency,
            @Option(names = "--creditor", required = true, description = "the creditor's name") String creditor,
            @Option(names = "--iban", required = true, description = "the creditor's account") String iban,
            @Option(names = "--reference", description = "for the creditor") Optional<String> reference,
            @Option(names = "--wait", defaultValue = "0", description = "seconds to wait for its end, 30 at most")
                    int seconds,
            @Option(names = "--key", description = "the Idempotency-Key; a new one by default") Optional<String> key) {
        Map<String, Object> body = new HashMap<>();
        body.put("source", source);
        body.put("amount", amount);
        body.put("currency", currency);
        body.put("creditor", Map.of("name", creditor, "iban", iban));
        reference.ifPresent(text -> body.put("reference", text));
        String used = key.orElseGet(() -> UUID.randomUUID().toString());
        Output.print(
                out(),
                fincore.client()
                        .post(
                                PATH,
                                body,
                                "Idempotency-Key",
                                used,
                                "Prefer",
                                seconds == 0 ? "respond-async" : "wait=" + seconds));
    }

    @Command(name = "get", description = "Prints a payment.", mixinStandardHelpOptions = true)
    void get(@Parameters(paramLabel = "ID", description = "pay_…") String id) {
        Output.print(out(), fincore.client().get(PATH + "/" + Output.id(id)));
    }

    @Command(
            name = "watch",
            description = "Prints what happens to a payment, line by line, until it has ended.",
            mixinStandardHelpOptions = true)
    int watch(@Parameters(paramLabel = "ID", description = "pay_…") String id) throws InterruptedException {
        Client client = fincore.client();
        String path = PATH + "/" + Output.id(id);
        // By what they say: an entry may come between others, and that of a delivery changes with each attempt.
        Set<JsonNode> printed = new HashSet<>();
        while (true) {
            // Read first: what led to an end is in the timeline by then.
            JsonNode payment = client.get(path);
            for (JsonNode entry : client.get(path + "/timeline").path("data")) {
                if (printed.add(entry)) {
                    out().printf(
                                    "%-27s  %-8s  %-24s  %s%n",
                                    entry.path("occurred_at").asText(),
                                    entry.path("kind").asText(),
                                    entry.path("name").asText(),
                                    Output.brief(entry.path("detail")));
                }
            }
            String status = payment.path("status").asText();
            if (ENDS.contains(status)) {
                out().println(payment.path("id").asText() + " is " + status);
                return status.equals("rejected") || status.equals("failed") ? 1 : 0;
            }
            out().flush();
            Thread.sleep(POLL);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
