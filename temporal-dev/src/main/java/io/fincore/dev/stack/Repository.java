package io.fincore.dev.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The working copy that the stack is run from. */
public final class Repository {

    private static final String PROPERTY = "fincore.repository";

    private Repository() {}

    /** From the system property {@code fincore.repository}, else the nearest folder above the current one that looks like it. */
    public static Path root() {
        String given = System.getProperty(PROPERTY, "");
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        return Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .filter(path -> Files.exists(path.resolve("temporal-dev/go.mod")))
                .findFirst()
                .orElseThrow(() ->
                        new StackException("Not inside a working copy of FinCore; set -D" + PROPERTY + "=<folder>."));
    }
}
