package io.fincore.dev.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The requests of {@code docs/using/collection} use every operation of the API, but for those that its page leaves out with a reason. */
class CollectionCoverageTest {

    private static final Path COLLECTION = Path.of("..", "docs", "using", "collection");

    /** Method and path of a request file, up to its query. */
    private static final Pattern REQUEST =
            Pattern.compile("(?m)^(get|post|put|patch|delete) \\{\n  url: \\{\\{api}}([^?\n]*)");

    /** A variable of the collection, or an id that stands for one. */
    private static final Pattern VALUE = Pattern.compile("\\{\\{\\w+}}|[a-z]+_[0-7][0-9a-z]{25}");

    /** A row of the page: method, path as in the description, reason. */
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^\\| `([A-Z]+) ([^`]+)` \\| .+ \\|$");

    @Test
    void everyOperationIsRequestedOrLeftOutWithAReason() throws IOException {
        Set<String> described = described();
        Set<String> requested = requested();
        Set<String> leftOut = leftOut();

        assertThat(described).hasSizeGreaterThan(60);
        assertThat(requested).as("requested, but not in api/openapi.yaml").isSubsetOf(described);
        assertThat(leftOut).as("left out, but not in api/openapi.yaml").isSubsetOf(described);
        assertThat(leftOut).as("left out, but requested").doesNotContainAnyElementsOf(requested);
        assertThat(described.stream()
                        .filter(operation -> !requested.contains(operation) && !leftOut.contains(operation)))
                .as("add a request to docs/using/collection, or a row with a reason to its README.md")
                .isEmpty();
    }

    private static Set<String> described() throws IOException {
        JsonNode paths = new YAMLMapper()
                .readTree(Path.of("..", "api", "openapi.yaml").toFile())
                .path("paths");
        return paths.properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> operation(operation.getKey(), path.getKey())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> requested() throws IOException {
        try (Stream<Path> files = Files.walk(COLLECTION)) {
            return files.filter(file -> file.toString().endsWith(".bru"))
                    .flatMap(file -> REQUEST.matcher(read(file)).results())
                    .map(request -> operation(
                            request.group(1), VALUE.matcher(request.group(2)).replaceAll("{value}")))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> leftOut() {
        List<MatchResult> rows = LEFT_OUT.matcher(read(COLLECTION.resolve("README.md")))
                .results()
                .toList();
        assertThat(rows).hasSizeLessThan(20);
        return rows.stream()
                .map(row -> operation(row.group(1), row.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Without the names of parameters, which are the description's own. */
    private static String operation(String method, String path) {
        return method.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{\\w+}", "{}");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
