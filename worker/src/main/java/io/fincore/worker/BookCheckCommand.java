package io.fincore.worker;

import io.fincore.audit.Anchor;
import io.fincore.steps.BookCheck.Finding;
import io.fincore.workflows.client.PayloadKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Checks the book of the worker's settings once, from a shell, and keeps no report: one line per check, then its culprits. Temporal is
 * not asked. Exit status 0 if everything holds, 1 if something does not or the book could not be read, 2 for wrong use.
 */
final class BookCheckCommand {

    private static final String USAGE = "usage: check-book [--anchors FILE]\n"
            + "FILE has exported anchors of the audit log, one a line, that the log must still contain.";

    private final PrintStream out;
    private final PrintStream err;

    BookCheckCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(new BookCheckCommand(System.out, System.err).run(List.of(arguments)));
    }

    /** @return the exit status */
    int run(List<String> arguments) {
        if (arguments.equals(List.of("--help"))) {
            out.println(USAGE);
            return 0;
        }
        List<Anchor> anchors;
        try {
            anchors = anchors(arguments);
        } catch (IllegalArgumentException | IOException wrong) {
            err.println(wrong instanceof IOException ? "cannot be read: " + wrong.getMessage() : wrong.getMessage());
            err.println(USAGE);
            return 2;
        }
        try (ConfigurableApplicationContext settings = settings()) {
            return report(BookCheckConfiguration.bookCheck(settings.getBean(WorkerSettings.class))
                    .run(anchors));
        } catch (RuntimeException failed) {
            err.println("The book could not be checked: " + innermost(failed));
            return 1;
        }
    }

    private int report(List<Finding> findings) {
        for (Finding finding : findings) {
            out.println((finding.isSound() ? "ok   " : "BAD  ") + finding.check() + ": " + finding.meaning());
            finding.culprits().forEach(culprit -> out.println("       " + culprit));
            long others = finding.violations() - finding.culprits().size();
            if (others > 0) {
                out.println("       and " + others + " more");
            }
        }
        boolean sound = findings.stream().allMatch(Finding::isSound);
        return sound ? 0 : 1;
    }

    private static List<Anchor> anchors(List<String> arguments) throws IOException {
        if (arguments.isEmpty()) {
            return List.of();
        }
        if (arguments.size() != 2 || !arguments.getFirst().equals("--anchors")) {
            throw new IllegalArgumentException("not understood: " + String.join(" ", arguments));
        }
        try {
            return Files.readAllLines(Path.of(arguments.getLast())).stream()
                    .filter(line -> !line.isBlank())
                    .map(Anchor::parse)
                    .toList();
        } catch (InvalidPathException noPath) {
            throw new IllegalArgumentException("no file: " + arguments.getLast(), noPath);
        }
    }

    /** As the worker reads them: application.yaml, environment, system properties. Its log would only be in the way. */
    private static ConfigurableApplicationContext settings() {
        return new SpringApplicationBuilder(Settings.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                // Nothing is read from Temporal here, so nobody has to bring its keys.
                .properties("fincore.payloads.keys=" + PayloadKeys.PLAIN)
                .run("--logging.level.root=off");
    }

    private static String innermost(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    @SpringBootConfiguration
    @ImportAutoConfiguration(ValidationAutoConfiguration.class)
    @EnableConfigurationProperties(WorkerSettings.class)
    static class Settings {}
}
