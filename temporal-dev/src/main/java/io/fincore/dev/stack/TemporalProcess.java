package io.fincore.dev.stack;

import io.fincore.workflows.SagaAttributes;
import io.fincore.workflows.client.PayloadKeys;
import io.temporal.common.SearchAttributeKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Temporal's development server on SQLite, with the Web UI. Workflows survive its kill. */
public final class TemporalProcess extends Component {

    public static final String NAMESPACE = "default";

    /** All keywords, never encrypted: no personal data goes in here. */
    private static final List<String> SEARCH_ATTRIBUTES =
            SagaAttributes.ALL.stream().map(SearchAttributeKey::getName).toList();

    /** The server's defaults suit clusters of thousands of shards; on one machine they cost a payment seconds. */
    private static final List<String> DYNAMIC_CONFIGURATION = List.of(
            "history.transferProcessorMaxPollRPS=1000",
            "matching.numTaskqueueReadPartitions=1",
            "matching.numTaskqueueWritePartitions=1",
            "system.enableActivityEagerExecution=true");

    /** 64-bit numbers are strings in Protobuf's JSON. */
    private static final Pattern COUNT = Pattern.compile("\"count\":\\s*\"(\\d+)\"");

    private final TemporalBinary binary;
    private final Secrets secrets;
    private final int port;
    private final int uiPort;

    TemporalProcess(StackSettings settings, TemporalBinary binary, Secrets secrets) {
        super("temporal", settings);
        this.binary = binary;
        this.secrets = secrets;
        this.port = settings.ports().of(Port.TEMPORAL);
        this.uiPort = settings.ports().of(Port.TEMPORAL_UI);
    }

    /** For clients: host and port. */
    public String target() {
        return Ports.LOOPBACK + ":" + port;
    }

    /** Its whole store: the SQLite database with its log of writes. */
    public List<Path> databaseFiles() {
        try (Stream<Path> files = Files.list(settings().folder().temporal())) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What api and worker encrypt with before anything reaches it. */
    public PayloadKeys payloadKeys() {
        return PayloadKeys.of(List.of(secrets.payloadKeys().split(",")));
    }

    /** The server's program, which is Temporal's command line as well. */
    public Path program() {
        return binary.find();
    }

    /** The page of one workflow in the Web UI. */
    public String workflowLink(String workflowId) {
        return uiLink() + "/namespaces/" + NAMESPACE + "/workflows/" + workflowId.replace("/", "%2F");
    }

    public String uiLink() {
        return "http://localhost:" + uiPort;
    }

    /**
     * Registers the search attributes that are missing: the server does it from its command line for a new database only.
     */
    public void prepareSearchAttributes() {
        String known = searchAttributes().orElse("");
        List<String> missing = SEARCH_ATTRIBUTES.stream()
                .filter(name -> !known.contains("\"" + name + "\""))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        List<String> command =
                new ArrayList<>(List.of(binary.find().toString(), "operator", "search-attribute", "create"));
        command.addAll(List.of("--address", target(), "--namespace", NAMESPACE));
        missing.forEach(name -> command.addAll(List.of("--name", name, "--type", "Keyword")));
        Command.run(settings().folder().path(), Map.of(), command);
    }

    @Override
    protected Map<Port, Integer> portsInUse() {
        return Map.of(Port.TEMPORAL, port, Port.TEMPORAL_UI, uiPort);
    }

    @Override
    protected Launch prepare() {
        List<String> command = new ArrayList<>(List.of(binary.find().toString(), "server", "start-dev"));
        command.addAll(List.of("--ip", Ports.LOOPBACK, "--port", "" + port, "--ui-port", "" + uiPort));
        command.addAll(List.of(
                "--db-filename",
                settings().folder().temporal().resolve("temporal.db").toString()));
        SEARCH_ATTRIBUTES.forEach(name -> command.addAll(List.of("--search-attribute", name + "=Keyword")));
        DYNAMIC_CONFIGURATION.forEach(value -> command.addAll(List.of("--dynamic-config-value", value)));
        // Nothing of a developer's own Temporal configuration, such as a cloud address, may leak in.
        command.addAll(List.of("--disable-config-file", "--disable-config-env"));
        return new Launch(command, Map.of());
    }

    /** How many workflows have not ended, as the server's index of them says; it is a moment behind. */
    public long openWorkflows() {
        String query = URLEncoder.encode("ExecutionStatus='Running'", StandardCharsets.UTF_8);
        String answer = Http.get(uiPort, "/api/v1/namespaces/" + NAMESPACE + "/workflow-count?query=" + query)
                .orElseThrow(() -> new StackException("Temporal does not say how many workflows are open."));
        Matcher count = COUNT.matcher(answer);
        // As any number in Protobuf's JSON, a zero is left out.
        return count.find() ? Long.parseLong(count.group(1)) : 0;
    }

    /** Asks through the Web UI's server, so that both answer. */
    @Override
    protected boolean isHealthy() {
        return searchAttributes().isPresent();
    }

    private Optional<String> searchAttributes() {
        return Http.get(uiPort, "/api/v1/namespaces/" + NAMESPACE + "/search-attributes");
    }
}
