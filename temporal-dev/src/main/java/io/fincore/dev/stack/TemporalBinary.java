package io.fincore.dev.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** The {@code temporal} program: the installed one, or the version that {@code temporal-dev/go.mod} names, built once. */
final class TemporalBinary {

    private static final String COMPONENT = "temporal";
    private static final String PACKAGE = "github.com/temporalio/cli/cmd/temporal";
    private static final Pattern SERVER_VERSION = Pattern.compile("Server (\\d+)\\.(\\d+)");
    /** The first server line with update-with-start switched on. */
    private static final int LEAST_MINOR = 28;

    private final Path repository;
    private final Path cache;
    private final Progress progress;

    TemporalBinary(Path repository, Path cache, Progress progress) {
        this.repository = repository;
        this.cache = cache;
        this.progress = progress;
    }

    Path find() {
        return installed().or(this::built).orElseGet(this::build);
    }

    private Optional<Path> installed() {
        return Executables.onPath("temporal").filter(this::isRecent);
    }

    private boolean isRecent(Path program) {
        String version = Command.run(repository, Map.of(), List.of(program.toString(), "--version"));
        Matcher matcher = SERVER_VERSION.matcher(version);
        boolean recent = matcher.find()
                && (Integer.parseInt(matcher.group(1)) > 1 || Integer.parseInt(matcher.group(2)) >= LEAST_MINOR);
        if (!recent) {
            progress.report(
                    COMPONENT,
                    program + " is passed over, its server is older than 1." + LEAST_MINOR + ": " + version.strip());
        }
        return recent;
    }

    private Optional<Path> built() {
        return Optional.of(place()).filter(Files::isExecutable);
    }

    /** Named after the sums of all its sources: another go.mod gives another program. */
    private Path place() {
        try {
            CRC32 sum = new CRC32();
            sum.update(Files.readAllBytes(repository.resolve("temporal-dev/go.mod")));
            sum.update(Files.readAllBytes(repository.resolve("temporal-dev/go.sum")));
            return cache.resolve("temporal-" + HexFormat.of().toHexDigits((int) sum.getValue()) + "/temporal");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path build() {
        Path go = Executables.onPath("go")
                .or(() -> Optional.of(Path.of("/usr/local/go/bin/go")).filter(Files::isExecutable))
                .orElseThrow(() -> new StackException("""
                        No Temporal server: there is no program "temporal" (server 1.%d or newer) on PATH, and no Go to build one.
                        Install one of them and run temporal-dev/up again: the Temporal CLI, or Go 1.26 or newer.""".formatted(LEAST_MINOR)));
        progress.report(COMPONENT, "building the server with Go, once; this takes 2 to 4 minutes");
        try {
            Path place = place();
            Files.createDirectories(cache);
            Path fresh = Files.createTempDirectory(cache, "temporal");
            Command.run(
                    repository.resolve("temporal-dev"),
                    Map.of("CGO_ENABLED", "0"),
                    List.of(
                            go.toString(),
                            "build",
                            "-trimpath",
                            "-ldflags=-s -w",
                            "-o",
                            fresh.resolve("temporal").toString(),
                            PACKAGE));
            Files.createDirectories(place.resolveSibling("."));
            Files.move(fresh.resolve("temporal"), place, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(fresh);
            return place;
        } catch (IOException e) {
            throw new StackException("The Temporal server cannot be built: " + e.getMessage(), e);
        }
    }
}
