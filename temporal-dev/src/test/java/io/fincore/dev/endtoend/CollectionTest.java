package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.dev.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The requests of {@code docs/using/collection} by the tool that people open them with: Bruno's own command line. */
@ExtendWith(SharedPlatform.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class CollectionTest {

    private static final Path COLLECTION = Path.of("..", "docs", "using", "collection");
    private static final Path REPORT = Path.of("target", "collection.json").toAbsolutePath();

    private final Stack stack;
    private final Audit audit;

    CollectionTest(SharedPlatform.Running platform) {
        stack = platform.stack();
        audit = platform.audit();
    }

    @Test
    void everyRequestIsAnsweredAsItsFileSays() throws IOException {
        Files.deleteIfExists(REPORT);

        Shell.run(
                "temporal-dev/run-collection --reporter-json '" + REPORT + "'",
                Map.of(
                        "FINCORE_PORT_API", port(stack.api().url()),
                        "FINCORE_PORT_ISSUER", port(stack.issuer().tokenEndpoint())));

        // A file that cannot be read, or that says nothing of its status, is passed over without a failure.
        assertThat(withTheStatusExpected()).containsExactlyInAnyOrderElementsOf(requests());
        audit.awaitQuiet(Duration.ofMinutes(2));
        assertThat(audit.violations()).isEmpty();
    }

    /** Files of the requests whose status was compared, and was right. */
    private static List<String> withTheStatusExpected() throws IOException {
        return elements(new ObjectMapper().readTree(REPORT.toFile()).path(0).path("results"))
                .filter(result -> elements(result.path("assertionResults"))
                        .anyMatch(
                                assertion -> assertion.path("lhsExpr").asText().equals("res.status")
                                        && assertion.path("status").asText().equals("pass")))
                .map(result -> result.path("test").path("filename").asText())
                .toList();
    }

    private static List<String> requests() throws IOException {
        try (Stream<Path> files = Files.walk(COLLECTION)) {
            return files.map(COLLECTION::relativize)
                    .map(Path::toString)
                    .filter(file -> file.endsWith(".bru")
                            && !file.endsWith("folder.bru")
                            && !file.equals("collection.bru")
                            && !file.startsWith("environments"))
                    .toList();
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String port(String url) {
        return Integer.toString(URI.create(url).getPort());
    }
}
