package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    void theCommittedPagesOfProblemsAreThoseTheCodeGives() throws IOException {
        Reply served = api.send(api.request("/problems.md").GET());

        assertThat(served.status()).isEqualTo(200);
        assertSame(PROBLEMS, served.text());
    }

    @Test
    void everyTypeOfProblemHasAPageAtItsPath() {
        for (ProblemType type : ProblemType.values()) {
            Reply page = api.send(api.request(type.uri().getPath()).GET());

            assertThat(page.status()).as(type.code()).isEqualTo(200);
            assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
            assertThat(page.text())
                    .contains(
                            "<h1><code>" + type.code() + "</code></h1>",
                            type.status().value() + " ",
                            "What to do",
                            "Repeat it?");
        }
        assertThat(api.send(api.request("/problems").GET()).text())
                .contains(Arrays.stream(ProblemType.values())
                        .map(type -> "href=\"problems/" + type.code() + "\"")
                        .toList());
        Reply unknown = api.send(api.request("/problems/nothing").GET());
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("not_found");
    }

    @Test
    void aPageNamesTheOperationsThatAnswerWithItsProblem() {
        assertThat(api.send(api.request("/problems/refund_exceeds_remainder").GET())
                        .text())
                .contains("<h2>Answered by</h2><p><code>POST /v1/payments/{id}/refunds</code></p>");
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
