package io.fincore.dev.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "events", description = "See events, and have them sent again.", mixinStandardHelpOptions = true)
final class EventCommands {

    private static final Duration POLL = Duration.ofMillis(500);

    @ParentCommand
    private Fincore fincore = new Fincore();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "listen",
            description = {
                "Prints events as they happen, from now on, until it is stopped.",
                "With --forward-to each is posted there as a webhook, signed with a secret that is printed first: so that a receiver on this"
                        + " machine can be tried out without an endpoint."
            },
            mixinStandardHelpOptions = true)
    void listen(
            @Option(names = "--type", description = "only events of this type, such as payment.completed")
                    Optional<String> type,
            @Option(names = "--forward-to", description = "such as http://localhost:3000/webhooks")
                    Optional<URI> target,
            @Option(names = "--count", description = "ends after so many") Optional<Integer> count)
            throws InterruptedException {
        Client client = fincore.client();
        Optional<Forwarder> forwarder = target.map(Forwarder::to);
        forwarder.ifPresent(to -> out().println("signed with " + to.secret()));
        NewEvents news = new NewEvents(client);
        out().println("listening");
        int seen = 0;
        while (true) {
            List<JsonNode> events = news.next();
            for (JsonNode event : events) {
                if (type.isEmpty() || type.get().equals(event.path("type").asText())) {
                    show(event, forwarder);
                    seen++;
                }
                if (count.isPresent() && seen == count.get()) {
                    return;
                }
            }
            out().flush();
            if (events.isEmpty()) {
                Thread.sleep(POLL);
            }
        }
    }

    @Command(
            name = "resend",
            description = "Has an event sent again to one of your webhook endpoints.",
            mixinStandardHelpOptions = true)
    void resend(
            @Parameters(paramLabel = "EVENT", description = "evt_…") String event,
            @Option(names = "--endpoint", required = true, description = "whe_…") String endpoint) {
        Client client = fincore.client();
        String deliveries = "/v1/webhook-endpoints/" + Output.id(endpoint) + "/deliveries";
        JsonNode latest = client.get(deliveries, Map.of("event", Output.id(event), "limit", "1"))
                .at("/data/0/id");
        if (latest.isMissingNode()) {
            throw new CliException("This event was never due at this endpoint: replay the time when it happened.");
        }
        Output.print(out(), client.post(deliveries + "/" + latest.asText() + "/resends", Map.of()));
    }

    private void show(JsonNode event, Optional<Forwarder> forwarder) {
        String answer = forwarder.map(to -> "  -> " + to.forward(event)).orElse("");
        out().printf(
                        "%-27s  %-24s  %s  %s%s%n",
                        event.path("created_at").asText(),
                        event.path("type").asText(),
                        event.path("id").asText(),
                        Output.brief(event.path("data")),
                        answer);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
