package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What clients read and what the code does are the same. After a wanted change, {@code -Dfincore.write=true} writes the files anew:
 * {@code ./mvnw -pl api -am test -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dfincore.write=true}.
 */
class OpenApiTest {

    private static final Path DESCRIPTION = Path.of("openapi.yaml");
    private static final Path PROBLEMS = Path.of("../docs/using/problems.md");

    private final Api api = Platform.sharedApi();

    @Test
    void theCommittedDescriptionIsTheOneTheCodeGives() throws IOException {
        Reply served = api.send(api.request("/openapi.yaml").GET());

        assertThat(served.status()).isEqualTo(200);
        assertThat(served.text()).startsWith("openapi: 3.1.");
        assertSame(DESCRIPTION, served.text());
    }

    @Test
    void thePageOfProblemsListsThemAll() throws IOException {
        String rows = Arrays.stream(ProblemType.values())
                .map(type -> "| <a id=\"%s\"></a>`%s` | %d | %s | %s |"
                        .formatted(type.code(), type.code(), type.status().value(), type.title(), type.description()))
                .collect(Collectors.joining("\n"));
        String page = """
                # Problems

                Every error is an `application/problem+json` (RFC 9457). `type` is `https://fincore.io/problems/<code>` and never
                changes its meaning; `title` and `detail` are for people and may. `request_id` is also in the `Request-Id` header and in
                every log line; `correlation_id` is the `Correlation-Id` you sent, else the request id. `errors` names what is wrong by
                JSON pointer into the body, or by the name of the parameter. This page is checked against the code by a test.

                | code | status | title | meaning |
                |---|---|---|---|
                %s
                """.formatted(rows);

        assertSame(PROBLEMS, page);
    }

    @Test
    void thereIsAnInteractivePage() {
        Reply redirect = api.send(api.request("/openapi/ui").GET());

        assertThat(redirect.status()).isEqualTo(302);
        assertThat(api.send(api.request(redirect.header("Location")).GET()).text())
                .contains("swagger-ui");
    }

    private static void assertSame(Path file, String current) throws IOException {
        if (Boolean.getBoolean("fincore.write")) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, current);
        }
        assertThat(file).content().isEqualTo(current);
    }
}
