package io.fincore.dev.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "sagas",
        description = "For operators: what runs, and what waits for them.",
        mixinStandardHelpOptions = true)
final class SagaCommands {

    private static final String PATH = "/v1/admin/sagas";

    @ParentCommand
    private Fincore fincore = new Fincore();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(name = "list", description = "One line for each saga, newest first.", mixinStandardHelpOptions = true)
    void list(
            @Option(names = "--status", description = "such as REQUIRES_MANUAL_INTERVENTION") Optional<String> status,
            @Option(names = "--type", description = "payment, refund, compliance_case or account_activation")
                    Optional<String> type,
            @Option(names = "--limit", defaultValue = "20", description = "1 to 100, ${DEFAULT-VALUE}") int limit) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("limit", Integer.toString(limit));
        status.ifPresent(value -> query.put("status", value));
        type.ifPresent(value -> query.put("type", value));
        JsonNode sagas = fincore.client().get(PATH, query);
        for (JsonNode saga : sagas.path("data")) {
            out().printf(
                            "%-31s  %-18s  %-28s  %2d/%-2d  %s%n",
                            saga.path("id").asText(),
                            saga.path("type").asText(),
                            saga.path("status").asText(),
                            saga.path("current_step").asInt(),
                            saga.path("total_steps").asInt(),
                            Output.brief(saga.path("cause")));
        }
        if (sagas.path("has_more").asBoolean()) {
            out().println("… and more");
        }
    }

    @Command(
            name = "show",
            description = "A saga with its steps, and what can be done about it.",
            mixinStandardHelpOptions = true)
    void show(@Parameters(paramLabel = "ID", description = "pay_…, ref_…, case_… or act_…") String id) {
        JsonNode saga = fincore.client().get(PATH + "/" + Output.id(id));
        out().printf(
                        "%s %s is %s, workflow %s%n",
                        saga.path("type").asText(),
                        saga.path("id").asText(),
                        saga.path("status").asText(),
                        saga.path("workflow_id").asText());
        for (JsonNode step : saga.path("steps")) {
            out().printf(
                            "  %2d  %-28s  %-12s  %d attempts  %s%n",
                            step.path("number").asInt(),
                            step.path("name").asText(),
                            step.path("status").asText(),
                            step.path("attempts").asInt(),
                            Output.brief(step.path("error")));
        }
        if (saga.hasNonNull("cause")) {
            out().printf(
                            "waits for a person: %s, %s%nrunbook: %s%n",
                            saga.path("cause").asText(),
                            Output.brief(saga.path("cause_detail")),
                            saga.path("runbook").asText());
        }
        if (!saga.path("possible_actions").isEmpty()) {
            out().println("possible: " + saga.path("possible_actions"));
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
