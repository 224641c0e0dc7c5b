package io.fincore.dev.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The one folder that holds everything a stack keeps: data, logs, and what runs. */
public record StackFolder(Path path) {

    private static final long LEAST_FREE_BYTES = 1_000_000_000;
    private static final List<String> CONTENT =
            List.of("applications", "issuer", "logs", "postgres", "run", "secrets", "simulator", "temporal");

    public StackFolder {
        path = path.toAbsolutePath().normalize();
    }

    public Path logs() {
        return path.resolve("logs");
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    Path temporal() {
        return path.resolve("temporal");
    }

    Path simulator() {
        return path.resolve("simulator");
    }

    Path issuer() {
        return path.resolve("issuer");
    }

    Path applications() {
        return path.resolve("applications");
    }

    Path secrets() {
        return path.resolve("secrets");
    }

    Path processes() {
        return path.resolve("run/processes");
    }

    Path ports() {
        return path.resolve("run/ports");
    }

    void prepare() {
        try {
            Files.createDirectories(path);
            if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
                // Passwords and keys lie inside.
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
            for (String content : List.of("applications", "issuer", "logs", "run", "simulator", "temporal")) {
                Files.createDirectories(path.resolve(content));
            }
            long freeBytes = Files.getFileStore(path).getUsableSpace();
            if (freeBytes < LEAST_FREE_BYTES) {
                throw new StackException("No disk space: %d MB are free in %s, the stack needs %d MB."
                        .formatted(freeBytes / 1_000_000, path, LEAST_FREE_BYTES / 1_000_000));
            }
        } catch (IOException e) {
            throw new StackException("The folder " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Keeps a second launcher out while this one starts or stops processes.
     *
     * @throws StackException if another launcher is at work
     */
    public <T> T whileLocked(Supplier<T> work) {
        prepare();
        try (FileChannel channel =
                FileChannel.open(path.resolve("run/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Given back when the channel is closed, or when the process ends.
            if (channel.tryLock() == null) {
                throw new StackException("Another up or down is at work on " + path + "; wait until it is done.");
            }
            return work.get();
        } catch (IOException e) {
            throw new StackException("The lock in " + path + " cannot be taken: " + e.getMessage(), e);
        }
    }

    /** Deletes what a stack wrote, and the folder if nothing else is in it. */
    public void wipe() {
        for (String content : CONTENT) {
            deleteTree(path.resolve(content));
        }
        try (Stream<Path> rest = Files.exists(path) ? Files.list(path) : Stream.empty()) {
            if (rest.findAny().isEmpty()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteTree(Path tree) {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Properties read(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return properties;
    }

    /** Replaces the file as a whole: a reader sees the old content or the new one. Only the owner may read it. */
    static void write(Path file, Properties properties) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent == null) {
                throw new IllegalArgumentException("not a file in a folder: " + file);
            }
            // Created by createTempFile with mode 600.
            Path written = Files.createTempFile(parent, ".", ".new");
            try (OutputStream out = Files.newOutputStream(written)) {
                properties.store(out, null);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
