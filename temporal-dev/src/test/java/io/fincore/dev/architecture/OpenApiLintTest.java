package io.fincore.dev.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The API's description keeps the rules of {@code temporal-dev/openapi-lint/rules.yaml}, and a description that breaks one is refused. */
class OpenApiLintTest {

    private static final Path COMMAND = Path.of("lint-openapi").toAbsolutePath();

    /** Rules of our own, without those that are switched off. */
    private static final Pattern RULE = Pattern.compile("(?m)^  ([a-z0-9-]+):$");

    private record Outcome(int status, String output) {}

    @Test
    void theDescriptionKeepsTheRules() throws Exception {
        Outcome outcome = lint();

        assertThat(outcome.status()).as(outcome.output()).isZero();
    }

    @Test
    void everyRuleRefusesAMistake() throws Exception {
        Outcome outcome = lint("src/test/resources/openapi-with-mistakes.yaml");

        assertThat(outcome.status()).as(outcome.output()).isEqualTo(1);
        assertThat(rules())
                .hasSizeGreaterThan(15)
                .allSatisfy(rule -> assertThat(outcome.output()).containsPattern(" error +" + rule + " "));
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        Outcome outcome = lint("nothing.yaml");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).contains("nothing.yaml cannot be read.");
    }

    private static Outcome lint(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(COMMAND.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private static List<String> rules() throws IOException {
        return RULE.matcher(Files.readString(Path.of("openapi-lint/rules.yaml")))
                .results()
                .map(MatchResult::group)
                .map(line -> line.strip().replace(":", ""))
                .toList();
    }
}
