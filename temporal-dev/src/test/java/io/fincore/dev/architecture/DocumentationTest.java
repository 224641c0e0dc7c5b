package io.fincore.dev.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.simulator.KycBehaviour;
import io.fincore.dev.simulator.NotificationBehaviour;
import io.fincore.dev.simulator.ReturnBehaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reader of the documentation can follow without being led astray. */
class DocumentationTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    /** Relative ones only; group 1 is the file, empty for a place in the same page, group 2 the place. */
    private static final Pattern LINK = Pattern.compile("]\\((?![a-z]+:)([^)#]*)(?:#([^)]*))?\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> dead =
                pages().stream().flatMap(DocumentationTest::deadLinks).toList();
        assertThat(dead).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void readmeTellsHowAPaymentToThisIbanEnds(BankBehaviour behaviour) throws IOException {
        assertReadmeTells(behaviour.iban(), behaviour.paymentEnds());
    }

    @ParameterizedTest
    @EnumSource
    void readmeTellsHowARefundFromThisIbanEnds(ReturnBehaviour behaviour) throws IOException {
        assertReadmeTells(behaviour.iban(), behaviour.refundEnds());
    }

    @ParameterizedTest
    @EnumSource
    void readmeTellsHowACheckOfThisNameEnds(KycBehaviour behaviour) throws IOException {
        assertReadmeTells(behaviour.customerName(), behaviour.checkEnds());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DELIVERS")
    void readmeTellsOfThisRecipient(NotificationBehaviour behaviour) throws IOException {
        assertThat(Files.readString(REPOSITORY.resolve("README.md"))).contains("`" + behaviour.localPart() + "@…`");
    }

    private static void assertReadmeTells(String key, String end) throws IOException {
        assertThat(Files.readAllLines(REPOSITORY.resolve("README.md")))
                .anySatisfy(
                        line -> assertThat(line).startsWith("| `" + key + "`").endsWith("| `" + end + "` |"));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.find(
                REPOSITORY,
                6,
                (path, attributes) -> path.toString().endsWith(".md") && isOurs(REPOSITORY.relativize(path)))) {
            return files.toList();
        }
    }

    private static boolean isOurs(Path path) {
        for (Path part : path) {
            if (part.toString().equals("target") || part.toString().startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    private static Stream<String> deadLinks(Path page) {
        return LINK.matcher(read(page))
                .results()
                .filter(link -> !leadsSomewhere(page, link))
                .map(link -> REPOSITORY.relativize(page) + ": " + link.group());
    }

    private static boolean leadsSomewhere(Path page, MatchResult link) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        return Files.exists(target) && (link.group(2) == null || anchors(target).contains(link.group(2)));
    }

    /** Of headings, as code forges make them: lower case, punctuation dropped, hyphens for spaces. */
    private static List<String> anchors(Path page) {
        return HEADING.matcher(read(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
